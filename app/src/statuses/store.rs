//! The SQL of statuses. The statements are the same for every kind but for the names of the tables.

use crate::db::{Db, DbResult, Sql, Tx, args, sql};

use super::model::{Input, Kind, MANY, Status, Used};

macro_rules! columns {
    () => {
        "t.key, t.position, t.name_en, t.name_de, t.name_nl, t.tone, t.waits_for, t.is_final, t.revision"
    };
}

/// The statements of one kind: its table of statuses, and the table of the things that have them.
macro_rules! tables {
    ($name:ident, $statuses:literal, $things:literal) => {
        mod $name {
            use super::{Tables, sql};

            sql! {
                /// With how many things stand so, as far as somebody counts them.
                USED = concat!("SELECT ", columns!(), ", (SELECT COUNT(*) FROM (SELECT 1 AS one FROM ", $things, " o WHERE o.status = t.key LIMIT $1) x) AS used FROM ", $statuses, " t ORDER BY t.position, t.key");
                /// Whoever takes things in with these statuses waits until they are as they are to be.
                TAKEN = sqlite: concat!("SELECT ", columns!(), " FROM ", $statuses, " t ORDER BY t.key"), postgres: concat!("SELECT ", columns!(), " FROM ", $statuses, " t ORDER BY t.key FOR UPDATE");
                INSERT = concat!("INSERT INTO ", $statuses, " (key, position, name_en, name_de, name_nl, tone, waits_for, is_final, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)");
                UPDATE = concat!("UPDATE ", $statuses, " SET name_en = $2, name_de = $3, name_nl = $4, tone = $5, waits_for = $6, is_final = $7, revision = revision + 1 WHERE key = $1");
                PLACE = concat!("UPDATE ", $statuses, " SET position = $2 WHERE key = $1");
                DELETE = concat!("DELETE FROM ", $statuses, " WHERE key = $1");
                IN_USE = concat!("SELECT key FROM ", $statuses, " t WHERE t.key = $1 AND EXISTS (SELECT 1 FROM ", $things, " o WHERE o.status = t.key)");
            }

            pub(super) const TABLES: Tables =
                Tables { used: USED, taken: TAKEN, insert: INSERT, update: UPDATE, place: PLACE, delete: DELETE, in_use: IN_USE };
        }
    };
}

tables!(orders, "order_statuses", "orders");
tables!(projects, "project_statuses", "projects");

struct Tables {
    used: Sql<1>,
    taken: Sql<0>,
    insert: Sql<8>,
    update: Sql<7>,
    place: Sql<2>,
    delete: Sql<1>,
    in_use: Sql<1>,
}

const fn of(kind: Kind) -> Tables {
    match kind {
        Kind::Orders => orders::TABLES,
        Kind::Projects => projects::TABLES,
    }
}

/// The statuses in their order, and how many things stand so.
pub async fn used(db: &Db, kind: Kind) -> DbResult<Vec<Used>> {
    db.all(of(kind).used, args![MANY]).await
}

/// The statuses, taken until the transaction ends.
pub async fn taken(tx: &Tx, kind: Kind) -> DbResult<Vec<Status>> {
    let mut all: Vec<Status> = tx.all(of(kind).taken, args![]).await?;
    all.sort_by(|a, b| (a.position, &a.key).cmp(&(b.position, &b.key)));
    Ok(all)
}

/// A new one.
pub async fn insert(tx: &Tx, kind: Kind, key: &str, position: i64, input: &Input) -> DbResult<()> {
    let Input { name_en, name_de, name_nl, tone, waits_for, is_final } = input;
    let args = args![key, position, name_en, name_de, name_nl, tone.name(), waits_for.name(), *is_final];
    tx.execute(of(kind).insert, args).await.map(|_| ())
}

/// What is to be changed of one.
pub async fn update(tx: &Tx, kind: Kind, key: &str, input: &Input) -> DbResult<()> {
    let Input { name_en, name_de, name_nl, tone, waits_for, is_final } = input;
    let args = args![key, name_en, name_de, name_nl, tone.name(), waits_for.name(), *is_final];
    tx.execute(of(kind).update, args).await.map(|_| ())
}

/// Where one stands among the others.
pub async fn place(tx: &Tx, kind: Kind, key: &str, position: i64) -> DbResult<()> {
    tx.execute(of(kind).place, args![key, position]).await.map(|_| ())
}

/// One less. Nothing may stand so any more.
pub async fn delete(tx: &Tx, kind: Kind, key: &str) -> DbResult<()> {
    tx.execute(of(kind).delete, args![key]).await.map(|_| ())
}

/// Whether anything stands so.
pub async fn in_use(tx: &Tx, kind: Kind, key: &str) -> DbResult<bool> {
    let row: Option<(String,)> = tx.optional(of(kind).in_use, args![key]).await?;
    Ok(row.is_some())
}
