//! The database: one handle over SQLite (embedded, the default) and PostgreSQL.
//!
//! Reads take `&Db`, writes take `&Tx`; a `Tx` derefs to `Db`, so every read also runs inside a
//! transaction. SQL is written once in the portable subset with `$N` placeholders (see [`sql`]).
//! Which engine runs underneath is known only in this folder.

mod connect;
mod lent;
mod listen;
mod migrate;
mod sql;
#[cfg(feature = "testing")]
mod testing;
mod tx;
mod value;

pub use connect::{Claim, DbOptions, PoolSizes};
pub use listen::Calls;
pub use migrate::{SchemaState, migrate, schema_state};
pub use sql::{Entry, STATEMENTS, Sql, arity};
pub(crate) use sql::{args, sql};
pub use tx::Tx;
pub use value::Value;

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::future::BoxFuture;
use sqlx::FromRow;
use sqlx::postgres::{PgPool, PgRow};
use sqlx::sqlite::{SqlitePool, SqliteRow};

use self::lent::Lent;

/// A result of the database layer.
pub type DbResult<T> = Result<T, sqlx::Error>;

/// A row type that decodes from both engines; checked at compile time wherever it is used.
pub trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> Record for T {}

/// A handle on the database, or on one open transaction. Cheap to clone.
#[derive(Clone)]
pub struct Db(pub(crate) Arc<Engine>);

pub(crate) enum Engine {
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    Postgres(PgPool),
    Tx(tx::Slot),
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match *self.0 {
            Engine::Sqlite { .. } => "Db(sqlite)",
            Engine::Postgres(_) => "Db(postgres)",
            Engine::Tx(_) => "Db(transaction)",
        })
    }
}

pub(crate) enum Rows {
    Sqlite(Vec<SqliteRow>),
    Postgres(Vec<PgRow>),
}

/// The text of a statement for both engines, arity already checked.
#[derive(Clone, Copy)]
pub(crate) struct Text {
    pub sqlite: &'static str,
    pub postgres: &'static str,
}

/// How long a broken PostgreSQL connection is replaced by the next one before the caller hears of it.
const RECONNECT: Duration = Duration::from_secs(4);

impl Db {
    /// All rows of a statement. The return type decides what they decode to.
    pub async fn all<R: Record, const N: usize>(&self, sql: Sql<N>, args: [Value; N]) -> DbResult<Vec<R>> {
        decode(self.rows(Text { sqlite: sql.sqlite, postgres: sql.postgres }, args.into()).await?)
    }

    /// The first row, if there is one.
    pub async fn optional<R: Record, const N: usize>(&self, sql: Sql<N>, args: [Value; N]) -> DbResult<Option<R>> {
        Ok(self.all(sql, args).await?.into_iter().next())
    }

    /// The first row; an error when there is none.
    pub async fn one<R: Record, const N: usize>(&self, sql: Sql<N>, args: [Value; N]) -> DbResult<R> {
        self.optional(sql, args).await?.ok_or(sqlx::Error::RowNotFound)
    }

    /// Which engine this is, for `kontor doctor`.
    pub fn engine_name(&self) -> &'static str {
        match *self.0 {
            Engine::Sqlite { .. } => "SQLite",
            Engine::Postgres(_) => "PostgreSQL",
            Engine::Tx(_) => "transaction",
        }
    }

    /// Whether only one can write at a time: a long transaction keeps everybody else waiting.
    pub fn has_one_writer(&self) -> bool {
        matches!(*self.0, Engine::Sqlite { .. })
    }

    /// Closes all connections: SQLite merges its write-ahead log.
    pub async fn close(&self) {
        match &*self.0 {
            Engine::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Engine::Postgres(pool) => pool.close().await,
            Engine::Tx(_) => {}
        }
    }

    /// Whether the database answers, in time.
    pub async fn ping(&self) -> DbResult<()> {
        let one: (i64,) = self.one(PING, args![]).await?;
        debug_assert_eq!(one.0, 1);
        Ok(())
    }

    // Not generic: compiled once for the whole program.
    pub(crate) fn rows(&self, sql: Text, args: Vec<Value>) -> BoxFuture<'_, DbResult<Rows>> {
        Box::pin(async move {
            match &*self.0 {
                Engine::Sqlite { readers, .. } => {
                    let query = sqlx::query_with(sql.sqlite, lite(args)?);
                    Ok(Rows::Sqlite(query.fetch_all(readers).await?))
                }
                Engine::Postgres(pool) => {
                    // Outside a transaction a read may simply be asked again on a fresh connection, so that
                    // a restarted server costs nobody an error page.
                    let (started, until) = (Instant::now(), lent::deadline());
                    loop {
                        match ask(pool, sql.postgres, pg(args.clone())?, until).await {
                            Err(e) if is_broken_connection(&e) && started.elapsed() < RECONNECT => {
                                tokio::time::sleep(Duration::from_millis(20)).await;
                            }
                            other => return Ok(Rows::Postgres(other?)),
                        }
                    }
                }
                Engine::Tx(slot) => slot.rows(sql, args).await,
            }
        })
    }
}

/// What the planner is told about tables that have just become many times larger.
const ANALYZE: [(&str, &str); 3] = [
    ("orders", "ANALYZE orders, order_lines, order_steps, order_changes"),
    ("organisations", "ANALYZE organisations, organisation_terms"),
    ("projects", "ANALYZE projects, project_milestones, project_tasks, project_changes"),
];

impl Db {
    /// Has PostgreSQL look at tables that many rows were just written to: until it does, it plans for how they were. SQLite
    /// does so by itself. `of`: the first of the tables.
    pub async fn analyze(&self, of: &str) -> DbResult<()> {
        if let (Engine::Postgres(pool), Some(&(_, text))) = (&*self.0, ANALYZE.iter().find(|(name, _)| *name == of)) {
            let until = lent::deadline();
            Lent::of(pool, until).await?.tell(text, until).await?;
        }
        Ok(())
    }
}

sql! {
    /// The cheapest question there is.
    PING = "SELECT CAST(1 AS BIGINT) AS one";
}

/// A statement of its own, on a connection of its own.
async fn ask(
    pool: &PgPool,
    text: &'static str,
    args: sqlx::postgres::PgArguments,
    until: tokio::time::Instant,
) -> DbResult<Vec<PgRow>> {
    Lent::of(pool, until).await?.rows(text, args, until).await
}

fn decode<R: Record>(rows: Rows) -> DbResult<Vec<R>> {
    match rows {
        Rows::Sqlite(rows) => rows.iter().map(R::from_row).collect(),
        Rows::Postgres(rows) => rows.iter().map(R::from_row).collect(),
    }
}

fn lite(args: Vec<Value>) -> DbResult<sqlx::sqlite::SqliteArguments> {
    value::sqlite_arguments(args).map_err(sqlx::Error::Encode)
}

fn pg(args: Vec<Value>) -> DbResult<sqlx::postgres::PgArguments> {
    value::postgres_arguments(args).map_err(sqlx::Error::Encode)
}

/// The connection died; another may live.
pub(crate) fn is_broken_connection(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => true,
        // 57P01..57P03: the server is shutting down, has crashed, or is starting up.
        sqlx::Error::Database(e) => e.code().is_some_and(|code| code.starts_with("57P")),
        _ => false,
    }
}

/// The database cannot be used right now: the caller answers 503, nothing is lost.
pub fn is_unavailable(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Tls(_) => true,
        sqlx::Error::Database(e) => {
            let code = e.code().unwrap_or_default();
            // PostgreSQL: connection exceptions, insufficient resources, operator intervention, I/O errors;
            // read-only after a failover; deadlocks, serialisation and locks that were not had in time. SQLite: 5 busy, 6 locked, 10 I/O, 13 full, 14 cannot open.
            ["08", "53", "57", "58"].iter().any(|class| code.len() == 5 && code.starts_with(class))
                || ["25006", "40001", "40P01", "55P03"].contains(&code.as_ref())
                || code.parse::<u32>().is_ok_and(|code| code < 10_000 && matches!(code & 0xff, 5 | 6 | 10 | 13 | 14))
        }
        other => is_broken_connection(other),
    }
}

/// A unique constraint or primary key refused the row: somebody was faster.
pub fn is_unique_violation(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(e) if e.is_unique_violation())
}

/// A foreign key refused the change: something refers to the row, or what it refers to is gone.
pub fn is_foreign_key_violation(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(e) if e.is_foreign_key_violation())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arity_counts_the_highest_placeholder() {
        assert_eq!(arity("SELECT 1"), 0);
        assert_eq!(arity("SELECT $1, $2 WHERE x = $1"), 2);
        assert_eq!(arity("VALUES ($1, $12)"), 12);
    }
}
