//! What only tests may do with a database: run any text. Not in the program that ships (feature `testing`).

use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;
use sqlx::{AssertSqlSafe, Executor as _, Row as _, TypeInfo as _, ValueRef as _};

use super::{Db, DbResult, Engine};

impl Db {
    /// The writer of SQLite, for tests that prepare statements.
    pub fn sqlite_for_tests(&self) -> Option<&SqlitePool> {
        match &*self.0 {
            Engine::Sqlite { writer, .. } => Some(writer),
            _ => None,
        }
    }

    /// PostgreSQL's pool, for tests that prepare statements.
    pub fn postgres_for_tests(&self) -> Option<&PgPool> {
        match &*self.0 {
            Engine::Postgres(pool) => Some(pool),
            _ => None,
        }
    }

    /// Runs any text that takes no arguments: what somebody else changes in the database, bulk data, EXPLAIN.
    pub async fn raw(&self, text: String) -> DbResult<Vec<Vec<String>>> {
        match &*self.0 {
            Engine::Sqlite { writer, .. } => {
                let rows = writer.fetch_all(sqlx::raw_sql(AssertSqlSafe(text))).await?;
                Ok(rows
                    .iter()
                    .map(|row| {
                        (0..row.len())
                            .map(|at| match row.try_get_raw(at) {
                                Ok(value) if value.is_null() => String::new(),
                                Ok(value) if value.type_info().name() == "INTEGER" => {
                                    row.try_get::<i64, _>(at).map(|n| n.to_string()).unwrap_or_default()
                                }
                                _ => row.try_get::<String, _>(at).unwrap_or_default(),
                            })
                            .collect()
                    })
                    .collect())
            }
            Engine::Postgres(pool) => {
                let rows = pool.fetch_all(sqlx::raw_sql(AssertSqlSafe(text))).await?;
                Ok(rows
                    .iter()
                    .map(|row| {
                        (0..row.len()).map(|at| row.try_get_unchecked::<String, _>(at).unwrap_or_default()).collect()
                    })
                    .collect())
            }
            Engine::Tx(_) => Err(sqlx::Error::Configuration("raw text inside a transaction".into())),
        }
    }
}
