//! All SQL of the index.

use uuid::Uuid;

use crate::access::{Scope, Topic};
use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::documents::model::{Category, Document, State};
use crate::documents::scope::{columns, may_see, sources};
use crate::ids::{DocumentId, OrganisationId, UserId};
use crate::scan::model::Scan;
use crate::time::Instant;

use super::expression::Expression;
use super::window::Window;

/// A document's tokens begin with this much of its text, in letters.
const TEXT_INDEXED: i64 = 1_000_000;
/// Excerpts come from this much of it.
const TEXT_SHOWN: i64 = 100_000;

// On SQLite the ids come first, by CROSS JOIN: with old statistics it would rather walk every document there is.
macro_rules! indexed {
    ($from:literal, $ids:literal) => {
        concat!(
            "SELECT d.id, d.organisation_id, o.name AS organisation_name, d.title, d.category, d.topic, d.state, d.changed_at, d.tags, \
             v.file_name, v.note, v.scan, substr(p.text, 1, CAST($2 AS integer)) AS text FROM ",
            $from,
            " JOIN organisations o ON o.id = d.organisation_id LEFT JOIN document_versions v ON v.document_id = d.id AND v.number = d.current_version \
             LEFT JOIN version_previews p ON p.document_id = d.id AND p.number = d.current_version WHERE d.id = ",
            $ids
        )
    };
}

macro_rules! held {
    ($ids:literal, $lock:literal) => {
        concat!(
            "SELECT s.document_id, s.stamp, i.position, i.changed_at FROM search_stale s JOIN documents d ON d.id = s.document_id \
             LEFT JOIN search_documents i ON i.document_id = s.document_id WHERE s.document_id ",
            $ids,
            $lock
        )
    };
}

macro_rules! by_ids {
    ($from:literal, $ids:literal) => {
        concat!("SELECT ", columns!(), " FROM ", $from, " ", sources!(), " WHERE d.id = ", $ids, " AND ", may_see!())
    };
}

sql! {
    /// With how long their texts are, without reading them.
    STALE = "SELECT s.document_id, s.stamp, CAST(COALESCE(octet_length(p.text), 0) AS BIGINT) AS bytes FROM search_stale s JOIN documents d ON d.id = s.document_id LEFT JOIN version_previews p ON p.document_id = s.document_id AND p.number = d.current_version ORDER BY s.since LIMIT $1";
    INDEXED = sqlite: indexed!("json_each($1) x CROSS JOIN documents d", "unhex(x.value)"), postgres: indexed!("documents d", "ANY($1)");
    SUBJECTS = sqlite: "SELECT document_id, subject_id FROM document_audience WHERE document_id IN (SELECT unhex(value) FROM json_each($1))", postgres: "SELECT document_id, subject_id FROM document_audience WHERE document_id = ANY($1)";
    /// One fills the index at a time; nobody else waits here.
    LOCK = "INSERT INTO settings (key, value) VALUES ('search', '') ON CONFLICT (key) DO UPDATE SET value = settings.value";
    /// Never waits for a transaction that changes or deletes a document: such a one waits its turn in the table, and goes
    /// without a turn when it is gone.
    HELD = sqlite: held!("IN (SELECT unhex(value) FROM json_each($1))", ""), postgres: held!("= ANY($1)", " FOR UPDATE OF s SKIP LOCKED FOR KEY SHARE OF d SKIP LOCKED");
    NEWEST = "SELECT COALESCE(MAX(position), 0) AS position FROM search_documents";
    PLACE = sqlite: "INSERT INTO search_documents (document_id, position, changed_at) SELECT unhex(value ->> 'id'), value ->> 'position', value ->> 'changed_at' FROM json_each($1) WHERE true ON CONFLICT (document_id) DO UPDATE SET position = excluded.position, changed_at = excluded.changed_at",
        postgres: "INSERT INTO search_documents (document_id, position, changed_at) SELECT x.id, x.position, x.changed_at FROM json_to_recordset(CAST(CAST($1 AS text) AS json)) AS x(id uuid, position bigint, changed_at bigint) ON CONFLICT (document_id) DO UPDATE SET position = excluded.position, changed_at = excluded.changed_at";
    FORGET = sqlite: "DELETE FROM search_words WHERE rowid IN (SELECT value FROM json_each($1))",
        postgres: "DELETE FROM search_words WHERE position IN (SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(CAST($1 AS text) AS json)) AS value)";
    WORDS = sqlite: "INSERT INTO search_words (rowid, words) SELECT value ->> 'position', value ->> 'words' FROM json_each($1)",
        postgres: "INSERT INTO search_words (position, words) SELECT x.position, array_to_tsvector(string_to_array(x.words, ' ')) FROM json_to_recordset(CAST(CAST($1 AS text) AS json)) AS x(position bigint, words text)";
    LEARN = sqlite: "INSERT INTO search_vocabulary (word) SELECT value FROM json_each($1) WHERE true ON CONFLICT (word) DO NOTHING",
        postgres: "INSERT INTO search_vocabulary (word) SELECT value FROM json_array_elements_text(CAST(CAST($1 AS text) AS json)) AS value ON CONFLICT (word) DO NOTHING";
    DONE = sqlite: "DELETE FROM search_stale WHERE document_id IN (SELECT unhex(value) FROM json_each($1))", postgres: "DELETE FROM search_stale WHERE document_id = ANY($1)";
    FORMAT = "SELECT value FROM settings WHERE key = 'search.format'";
    SET_FORMAT = "INSERT INTO settings (key, value) VALUES ('search.format', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    MARK_ALL = sqlite: "INSERT INTO search_stale (document_id, stamp, since) SELECT id, random(), changed_at FROM documents WHERE true ON CONFLICT (document_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since",
        postgres: "INSERT INTO search_stale (document_id, stamp, since) SELECT id, CAST(random() * 9e18 AS bigint), changed_at FROM documents ORDER BY id ON CONFLICT (document_id) DO UPDATE SET stamp = excluded.stamp, since = excluded.since";

    COMPLETE = "SELECT word FROM search_vocabulary WHERE word >= $1 AND word < $2 ORDER BY length(word), word LIMIT $3";
    AFTER_WORD = "SELECT word FROM search_vocabulary WHERE word > $1 ORDER BY word LIMIT 1 OFFSET $2";
    UNLEARN = sqlite: "DELETE FROM search_vocabulary WHERE word > $1 AND (word <= $2 OR $2 IS NULL) AND NOT EXISTS (SELECT 1 FROM search_words WHERE search_words MATCH '\"' || search_vocabulary.word || '\"')",
        postgres: "DELETE FROM search_vocabulary v WHERE v.word > $1 AND (v.word <= $2 OR $2 IS NULL) AND NOT EXISTS (SELECT 1 FROM search_words w WHERE w.words @@ CAST('''' || v.word || '''' AS tsquery))";

    SUBJECTS_OF = "SELECT m.organisation_id, g.group_id AS subject_id, false AS project FROM memberships m JOIN group_organisations g ON g.organisation_id = m.organisation_id WHERE m.user_id = $1 AND m.state = 'active' UNION ALL SELECT j.organisation_id, j.id AS subject_id, true AS project FROM project_people p JOIN projects j ON j.id = p.project_id WHERE p.user_id = $1";
    /// `$2` and `$3`: between these positions. On PostgreSQL `+ 0` keeps the planner from walking the positions and reading
    /// every document's words on the way; a window is small, or what is in it is rare.
    POSITIONS = sqlite: "SELECT i.position, i.document_id FROM search_words CROSS JOIN search_documents i ON i.position = search_words.rowid WHERE search_words MATCH $1 AND search_words.rowid > $2 AND search_words.rowid < $3 ORDER BY search_words.rowid DESC LIMIT $4",
        postgres: "SELECT i.position, i.document_id FROM (SELECT w.position FROM search_words w WHERE w.words @@ CAST(CAST($1 AS text) AS tsquery) AND w.position + 0 > $2 AND w.position + 0 < $3 ORDER BY w.position + 0 DESC LIMIT $4) found JOIN search_documents i ON i.position = found.position ORDER BY i.position DESC";
    BY_IDS = sqlite: by_ids!("json_each($6) x CROSS JOIN documents d", "unhex(x.value)"), postgres: by_ids!("documents d", "ANY($6)");
    TEXTS = sqlite: "SELECT p.document_id, substr(p.text, 1, CAST($2 AS integer)) AS text FROM json_each($1) x CROSS JOIN documents d CROSS JOIN version_previews p ON p.document_id = d.id AND p.number = d.current_version WHERE d.id = unhex(x.value)",
        postgres: "SELECT p.document_id, substr(p.text, 1, CAST($2 AS integer)) AS text FROM version_previews p JOIN documents d ON d.id = p.document_id AND d.current_version = p.number WHERE p.document_id = ANY($1)";
}

/// A document that is to be indexed, and the stamp that says as of when.
pub type Stale = (DocumentId, i64);

/// What is known of a document, as its row.
#[derive(Debug, sqlx::FromRow)]
pub struct Row {
    pub id: DocumentId,
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    pub title: String,
    pub category: Category,
    pub topic: Topic,
    pub state: State,
    pub changed_at: Instant,
    pub tags: String,
    pub file_name: Option<String>,
    pub note: Option<String>,
    pub scan: Option<Scan>,
    pub text: Option<String>,
}

/// A document whose turn it is, held for this transaction.
#[derive(Debug, sqlx::FromRow)]
pub struct Held {
    pub document_id: DocumentId,
    pub stamp: i64,
    /// Where it stood.
    pub position: Option<i64>,
    /// As of which change.
    pub changed_at: Option<Instant>,
}

/// A group or project a customer's documents may be published to.
#[derive(Debug, sqlx::FromRow)]
pub struct Subject {
    /// Through which membership.
    pub organisation_id: OrganisationId,
    /// The group or project.
    pub subject_id: Uuid,
    /// A project.
    pub project: bool,
}

fn uuids(ids: &[DocumentId]) -> Value {
    Value::Uuids(ids.iter().map(|id| id.0).collect())
}

/// The documents that wait longest, and how many bytes of text each has.
pub async fn stale(db: &Db, limit: i64) -> DbResult<Vec<(DocumentId, i64, i64)>> {
    db.all(STALE, args![limit]).await
}

/// What is known of these, and who they are published to.
pub async fn rows(db: &Db, ids: &[DocumentId]) -> DbResult<(Vec<Row>, Vec<(DocumentId, Uuid)>)> {
    let rows = db.all(INDEXED, [uuids(ids), TEXT_INDEXED.into()]).await?;
    Ok((rows, db.all(SUBJECTS, [uuids(ids)]).await?))
}

/// Waits for whoever fills the index.
pub async fn lock(tx: &Tx) -> DbResult<()> {
    tx.execute(LOCK, args![]).await.map(|_| ())
}

/// Those of these that nobody is changing now.
pub async fn held(tx: &Tx, ids: &[DocumentId]) -> DbResult<Vec<Held>> {
    tx.all(HELD, [uuids(ids)]).await
}

/// The last position.
pub async fn newest(db: &Db) -> DbResult<i64> {
    let (position,): (i64,) = db.one(NEWEST, args![]).await?;
    Ok(position)
}

/// One document's place and words.
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

/// Puts documents into the index, and takes what was at these old places out of it.
pub async fn place(tx: &Tx, placed: &[Placed], old: &[i64], vocabulary: &[String]) -> Result<(), sqlx::Error> {
    let json = |value: serde_json::Result<String>| value.map_err(|e| sqlx::Error::Encode(Box::new(e)));
    let rows = json(serde_json::to_string(placed))?;
    tx.execute(FORGET, args![json(serde_json::to_string(old))?]).await?;
    tx.execute(PLACE, args![&rows]).await?;
    tx.execute(WORDS, args![rows]).await?;
    tx.execute(LEARN, args![json(serde_json::to_string(vocabulary))?]).await?;
    Ok(())
}

/// These wait no longer.
pub async fn done(tx: &Tx, ids: &[DocumentId]) -> DbResult<()> {
    tx.execute(DONE, [uuids(ids)]).await.map(|_| ())
}

/// Marks every document to be indexed again, when the index is of another make than this.
pub async fn mark_all_stale(tx: &Tx, format: &str) -> DbResult<bool> {
    let known: Option<(String,)> = tx.optional(FORMAT, args![]).await?;
    if known.is_some_and(|(known,)| known == format) {
        return Ok(false);
    }
    tx.execute(MARK_ALL, args![]).await?;
    tx.execute(SET_FORMAT, args![format]).await?;
    Ok(true)
}

/// The words that begin so, the shortest first.
pub async fn complete(db: &Db, start: &str, limit: i64) -> DbResult<Vec<String>> {
    let rows: Vec<(String,)> = db.all(COMPLETE, args![start, format!("{start}\u{10ffff}"), limit]).await?;
    Ok(rows.into_iter().map(|(word,)| word).collect())
}

/// Forgets words after this one that no document has any more, of the next `count`. Answers where to go on.
pub async fn unlearn(tx: &Tx, after: &str, count: i64) -> DbResult<(u64, Option<String>)> {
    let end: Option<(String,)> = tx.optional(AFTER_WORD, args![after, count - 1]).await?;
    let end = end.map(|(word,)| word);
    let gone = tx.execute(UNLEARN, args![after, end.clone()]).await?;
    Ok((gone, end))
}

/// Groups and projects a person's documents may be published to.
pub async fn subjects_of(db: &Db, user: UserId) -> DbResult<Vec<Subject>> {
    db.all(SUBJECTS_OF, args![user]).await
}

/// Documents with these words, the last changed first.
pub async fn positions(db: &Db, wanted: &Expression, window: Window, limit: i64) -> DbResult<Vec<(i64, DocumentId)>> {
    db.all(POSITIONS, [wanted.value(), window.after.into(), window.before.into(), limit.into()]).await
}

/// Those of these documents that the scope reaches.
pub async fn documents(db: &Db, scope: Scope, ids: &[DocumentId]) -> DbResult<Vec<Document>> {
    let [a, b, c, d, e] = scope.values();
    db.all(BY_IDS, [a, b, c, d, e, uuids(ids)]).await
}

/// What can be read in the current versions of documents that were found in scope.
pub async fn texts(db: &Db, ids: &[DocumentId]) -> DbResult<Vec<(DocumentId, String)>> {
    db.all(TEXTS, [uuids(ids), TEXT_SHOWN.into()]).await
}
