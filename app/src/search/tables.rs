//! The tables of an index, once for each kind of thing that is found: what waits to be indexed, where each thing stands, the
//! words at that place, and the words there are. The statements are the same but for the names.

use uuid::Uuid;

use crate::db::{Db, DbResult, Sql, Tx, Value, args, sql};
use crate::time::Instant;

use super::expression::Expression;
use super::window::Window;

macro_rules! held {
    ($things:literal, $stale:literal, $id:literal, $placed:literal, $ids:literal, $lock:literal) => {
        concat!(
            "SELECT s.",
            $id,
            " AS id, s.stamp, i.position, i.changed_at FROM ",
            $stale,
            " s JOIN ",
            $things,
            " d ON d.id = s.",
            $id,
            " LEFT JOIN ",
            $placed,
            " i ON i.",
            $id,
            " = s.",
            $id,
            " WHERE s.",
            $id,
            " ",
            $ids,
            $lock
        )
    };
}

/// The statements of one index. `$measured` is how many bytes of text a thing has, with what `$from` joins for it.
macro_rules! tables {
    ($name:ident, $things:literal, $stale:literal, $id:literal, $placed:literal, $words:literal, $vocabulary:literal, $measured:literal, $from:literal) => {
        mod $name {
            use super::{Tables, sql};

            sql! {
                /// With how long their texts are, without reading them.
                STALE = concat!("SELECT s.", $id, " AS id, s.stamp, ", $measured, " AS bytes FROM ", $stale, " s JOIN ", $things, " d ON d.id = s.", $id, $from, " ORDER BY s.since LIMIT $1");
                /// Never waits for a transaction that changes or deletes a thing: such a one waits its turn in the table, and
                /// goes without a turn when it is gone.
                HELD = sqlite: held!($things, $stale, $id, $placed, "IN (SELECT unhex(value) FROM json_each($1))", ""),
                    postgres: held!($things, $stale, $id, $placed, "= ANY($1)", " FOR UPDATE OF s SKIP LOCKED FOR KEY SHARE OF d SKIP LOCKED");
                NEWEST = concat!("SELECT COALESCE(MAX(position), 0) AS position FROM ", $placed);
                PLACE = sqlite: concat!("INSERT INTO ", $placed, " (", $id, ", position, changed_at) SELECT unhex(value ->> 'id'), value ->> 'position', value ->> 'changed_at' FROM json_each($1) WHERE true ON CONFLICT (", $id, ") DO UPDATE SET position = excluded.position, changed_at = excluded.changed_at"),
                    postgres: concat!("INSERT INTO ", $placed, " (", $id, ", position, changed_at) SELECT x.id, x.position, x.changed_at FROM json_to_recordset(CAST(CAST($1 AS text) AS json)) AS x(id uuid, position bigint, changed_at bigint) ON CONFLICT (", $id, ") DO UPDATE SET position = excluded.position, changed_at = excluded.changed_at");
                FORGET = sqlite: concat!("DELETE FROM ", $words, " WHERE rowid IN (SELECT value FROM json_each($1))"),
                    postgres: concat!("DELETE FROM ", $words, " WHERE position IN (SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(CAST($1 AS text) AS json)) AS value)");
                WORDS = sqlite: concat!("INSERT INTO ", $words, " (rowid, words) SELECT value ->> 'position', value ->> 'words' FROM json_each($1)"),
                    postgres: concat!("INSERT INTO ", $words, " (position, words) SELECT x.position, array_to_tsvector(string_to_array(x.words, ' ')) FROM json_to_recordset(CAST(CAST($1 AS text) AS json)) AS x(position bigint, words text)");
                LEARN = sqlite: concat!("INSERT INTO ", $vocabulary, " (word) SELECT value FROM json_each($1) WHERE true ON CONFLICT (word) DO NOTHING"),
                    postgres: concat!("INSERT INTO ", $vocabulary, " (word) SELECT value FROM json_array_elements_text(CAST(CAST($1 AS text) AS json)) AS value ON CONFLICT (word) DO NOTHING");
                DONE = sqlite: concat!("DELETE FROM ", $stale, " WHERE ", $id, " IN (SELECT unhex(value) FROM json_each($1))"), postgres: concat!("DELETE FROM ", $stale, " WHERE ", $id, " = ANY($1)");
                AFTER_THING = concat!("SELECT id FROM ", $things, " WHERE id > $1 ORDER BY id LIMIT 1 OFFSET $2");
                MARK = sqlite: concat!("INSERT INTO ", $stale, " (", $id, ", stamp, since) SELECT id, random(), changed_at FROM ", $things, " WHERE id > $1 AND (id <= $2 OR $2 IS NULL) ON CONFLICT (", $id, ") DO UPDATE SET stamp = excluded.stamp, since = excluded.since"),
                    postgres: concat!("INSERT INTO ", $stale, " (", $id, ", stamp, since) SELECT id, CAST(random() * 9e18 AS bigint), changed_at FROM ", $things, " WHERE id > $1 AND (id <= $2 OR $2 IS NULL) ORDER BY id ON CONFLICT (", $id, ") DO UPDATE SET stamp = excluded.stamp, since = excluded.since");
                COMPLETE = concat!("SELECT word FROM ", $vocabulary, " WHERE word >= $1 AND word < $2 ORDER BY length(word), word LIMIT $3");
                AFTER_WORD = concat!("SELECT word FROM ", $vocabulary, " WHERE word > $1 ORDER BY word LIMIT 1 OFFSET $2");
                UNLEARN = sqlite: concat!("DELETE FROM ", $vocabulary, " WHERE word > $1 AND (word <= $2 OR $2 IS NULL) AND NOT EXISTS (SELECT 1 FROM ", $words, " WHERE ", $words, " MATCH '\"' || ", $vocabulary, ".word || '\"')"),
                    postgres: concat!("DELETE FROM ", $vocabulary, " v WHERE v.word > $1 AND (v.word <= $2 OR $2 IS NULL) AND NOT EXISTS (SELECT 1 FROM ", $words, " w WHERE w.words @@ CAST('''' || v.word || '''' AS tsquery))");
                /// `$2` and `$3`: between these positions. On PostgreSQL `+ 0` keeps the planner from walking the positions and
                /// reading everything's words on the way; a window is small, or what is in it is rare.
                POSITIONS = sqlite: concat!("SELECT i.position, i.", $id, " AS id FROM ", $words, " CROSS JOIN ", $placed, " i ON i.position = ", $words, ".rowid WHERE ", $words, " MATCH $1 AND ", $words, ".rowid > $2 AND ", $words, ".rowid < $3 ORDER BY ", $words, ".rowid DESC LIMIT $4"),
                    postgres: concat!("SELECT i.position, i.", $id, " AS id FROM (SELECT w.position FROM ", $words, " w WHERE w.words @@ CAST(CAST($1 AS text) AS tsquery) AND w.position + 0 > $2 AND w.position + 0 < $3 ORDER BY w.position + 0 DESC LIMIT $4) found JOIN ", $placed, " i ON i.position = found.position ORDER BY i.position DESC");
            }

            pub(super) const TABLES: Tables = Tables {
                stale: STALE, held: HELD, newest: NEWEST, place: PLACE, forget: FORGET, words: WORDS, learn: LEARN, done: DONE,
                after_thing: AFTER_THING, mark: MARK, complete: COMPLETE, after_word: AFTER_WORD, unlearn: UNLEARN, positions: POSITIONS,
            };
        }
    };
}

tables!(
    documents,
    "documents",
    "search_stale",
    "document_id",
    "search_documents",
    "search_words",
    "search_vocabulary",
    "CAST(COALESCE(octet_length(p.text), 0) AS BIGINT)",
    " LEFT JOIN version_previews p ON p.document_id = d.id AND p.number = d.current_version"
);
// What is known of an order is short.
tables!(
    orders,
    "orders",
    "search_stale_orders",
    "order_id",
    "search_orders",
    "search_order_words",
    "search_order_vocabulary",
    "CAST(0 AS BIGINT)",
    ""
);
// So is what is known of a project.
tables!(
    projects,
    "projects",
    "search_stale_projects",
    "project_id",
    "search_projects",
    "search_project_words",
    "search_project_vocabulary",
    "CAST(0 AS BIGINT)",
    ""
);

sql! {
    /// One fills the indexes at a time; nobody else waits here.
    LOCK = "INSERT INTO settings (key, value) VALUES ('search', '') ON CONFLICT (key) DO UPDATE SET value = settings.value";
    FORMAT = "SELECT value FROM settings WHERE key = 'search.format'";
    SET_FORMAT = "INSERT INTO settings (key, value) VALUES ('search.format', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
}

/// The statements of one index.
#[derive(Debug)]
pub struct Tables {
    stale: Sql<1>,
    held: Sql<1>,
    newest: Sql<0>,
    place: Sql<1>,
    forget: Sql<1>,
    words: Sql<1>,
    learn: Sql<1>,
    done: Sql<1>,
    after_thing: Sql<2>,
    mark: Sql<2>,
    complete: Sql<3>,
    after_word: Sql<2>,
    unlearn: Sql<2>,
    positions: Sql<4>,
}

/// The index of documents.
pub static DOCUMENTS: Tables = documents::TABLES;
/// The index of orders.
pub static ORDERS: Tables = orders::TABLES;
/// The index of projects.
pub static PROJECTS: Tables = projects::TABLES;

/// A thing whose turn it is, held for this transaction.
#[derive(Debug, sqlx::FromRow)]
pub struct Held {
    /// Which.
    pub id: Uuid,
    /// As of when it waits.
    pub stamp: i64,
    /// Where it stood.
    pub position: Option<i64>,
    /// As of which change.
    pub changed_at: Option<Instant>,
}

/// One thing's place and words.
#[derive(Debug, serde::Serialize)]
pub struct Placed {
    /// Its id in hexadecimal.
    pub id: String,
    /// Its new place.
    pub position: i64,
    /// As of which change.
    pub changed_at: i64,
    /// Its tokens, separated by spaces.
    pub words: String,
}

fn uuids(ids: &[Uuid]) -> Value {
    Value::Uuids(ids.to_vec())
}

impl Tables {
    /// What waits longest, with the stamp that says as of when, and how many bytes of text each has.
    pub async fn stale(&self, db: &Db, limit: i64) -> DbResult<Vec<(Uuid, i64, i64)>> {
        db.all(self.stale, args![limit]).await
    }

    /// Those of these that nobody is changing now.
    pub async fn held(&self, tx: &Tx, ids: &[Uuid]) -> DbResult<Vec<Held>> {
        tx.all(self.held, [uuids(ids)]).await
    }

    /// The last position.
    pub async fn newest(&self, db: &Db) -> DbResult<i64> {
        let (position,): (i64,) = db.one(self.newest, args![]).await?;
        Ok(position)
    }

    /// Puts things into the index, and takes what was at these old places out of it.
    pub async fn place(&self, tx: &Tx, placed: &[Placed], old: &[i64], vocabulary: &[String]) -> DbResult<()> {
        let json = |value: serde_json::Result<String>| value.map_err(|e| sqlx::Error::Encode(Box::new(e)));
        let rows = json(serde_json::to_string(placed))?;
        tx.execute(self.forget, args![json(serde_json::to_string(old))?]).await?;
        tx.execute(self.place, args![&rows]).await?;
        tx.execute(self.words, args![rows]).await?;
        tx.execute(self.learn, args![json(serde_json::to_string(vocabulary))?]).await?;
        Ok(())
    }

    /// Marks the next `count` things after this one to be indexed again. Answers where to go on.
    pub async fn mark(&self, tx: &Tx, after: Uuid, count: i64) -> DbResult<Option<Uuid>> {
        let end: Option<(Uuid,)> = tx.optional(self.after_thing, args![after, count - 1]).await?;
        let end = end.map(|(id,)| id);
        tx.execute(self.mark, args![after, end]).await?;
        Ok(end)
    }

    /// These wait no longer.
    pub async fn done(&self, tx: &Tx, ids: &[Uuid]) -> DbResult<()> {
        tx.execute(self.done, [uuids(ids)]).await.map(|_| ())
    }

    /// The words that begin so, the shortest first.
    pub async fn complete(&self, db: &Db, start: &str, limit: i64) -> DbResult<Vec<String>> {
        let rows: Vec<(String,)> = db.all(self.complete, args![start, format!("{start}\u{10ffff}"), limit]).await?;
        Ok(rows.into_iter().map(|(word,)| word).collect())
    }

    /// Forgets words after this one that nothing has any more, of the next `count`. Answers where to go on.
    pub async fn unlearn(&self, tx: &Tx, after: &str, count: i64) -> DbResult<(u64, Option<String>)> {
        let end: Option<(String,)> = tx.optional(self.after_word, args![after, count - 1]).await?;
        let end = end.map(|(word,)| word);
        let gone = tx.execute(self.unlearn, args![after, end.clone()]).await?;
        Ok((gone, end))
    }

    /// Things with these words, the last changed first.
    pub async fn positions(
        &self,
        db: &Db,
        wanted: &Expression,
        window: Window,
        limit: i64,
    ) -> DbResult<Vec<(i64, Uuid)>> {
        db.all(self.positions, [wanted.value(), window.after.into(), window.before.into(), limit.into()]).await
    }
}

/// Waits for whoever fills an index.
pub async fn lock(tx: &Tx) -> DbResult<()> {
    tx.execute(LOCK, args![]).await.map(|_| ())
}

/// Of which make the indexes are.
pub async fn format(db: &Db) -> DbResult<Option<String>> {
    let known: Option<(String,)> = db.optional(FORMAT, args![]).await?;
    Ok(known.map(|(known,)| known))
}

/// They are of this make from now on.
pub async fn set_format(tx: &Tx, format: &str) -> DbResult<()> {
    tx.execute(SET_FORMAT, args![format]).await.map(|_| ())
}
