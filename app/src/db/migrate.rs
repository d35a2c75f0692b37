//! Migrations: the same numbers in `migrations/sqlite` and `migrations/postgres`, forward only.

use sqlx::Connection as _;
use sqlx::migrate::{AppliedMigration, Migrate as _, MigrateError, Migrator};

use super::lent::{Lent, deadline, silent};
use super::{Db, Engine};

static SQLITE: Migrator = sqlx::sqlx_macros::migrate!("../migrations/sqlite");
static POSTGRES: Migrator = sqlx::sqlx_macros::migrate!("../migrations/postgres");

/// Brings the schema up to this program. PostgreSQL takes an advisory lock, SQLite has the process lock.
pub async fn migrate(db: &Db) -> Result<(), MigrateError> {
    match &*db.0 {
        Engine::Sqlite { writer, .. } => SQLITE.run(writer).await,
        Engine::Postgres(pool) => {
            // On a connection of its own: an index on a large table takes longer than a request may, and another node
            // may have begun first.
            let mut connection = pool.acquire().await?.detach();
            sqlx::raw_sql("SET statement_timeout = 0; SET lock_timeout = '60s'").execute(&mut connection).await?;
            let done = POSTGRES.run(&mut connection).await;
            let _ = connection.close().await;
            done
        }
        Engine::Tx(_) => Ok(()),
    }
}

/// Where the schema stands against this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaState {
    /// Exactly the program's schema.
    Current,
    /// `kontor migrate` has work to do.
    Behind,
    /// A newer Kontor has been here.
    Ahead,
}

/// Nothing has been applied where the table of migrations does not exist yet.
fn applied(found: Result<Vec<AppliedMigration>, MigrateError>) -> Result<Vec<AppliedMigration>, MigrateError> {
    match found {
        Err(MigrateError::Execute(error))
            if matches!(error, sqlx::Error::Database(_)) && !super::is_unavailable(&error) =>
        {
            Ok(Vec::new())
        }
        other => other,
    }
}

/// Compares the applied migrations with those of this program.
pub async fn schema_state(db: &Db) -> Result<SchemaState, MigrateError> {
    let (ours, found) = match &*db.0 {
        Engine::Sqlite { readers, .. } => {
            let mut connection = readers.acquire().await?;
            (&SQLITE, applied(connection.list_applied_migrations(&SQLITE.table_name).await)?)
        }
        Engine::Postgres(pool) => {
            let until = deadline();
            let mut lent = Lent::of(pool, until).await?;
            let asked = lent.get()?.list_applied_migrations(&POSTGRES.table_name);
            let found = tokio::time::timeout_at(until, asked).await.map_err(|_| silent())?;
            (&POSTGRES, applied(found)?)
        }
        Engine::Tx(_) => return Ok(SchemaState::Current),
    };
    let newest = ours.iter().map(|m| m.version).max().unwrap_or(0);
    let reached = found.iter().map(|m| m.version).max().unwrap_or(0);
    Ok(match reached.cmp(&newest) {
        std::cmp::Ordering::Equal => SchemaState::Current,
        std::cmp::Ordering::Less => SchemaState::Behind,
        std::cmp::Ordering::Greater => SchemaState::Ahead,
    })
}
