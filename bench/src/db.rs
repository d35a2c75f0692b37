//! Opening the database as the portal does (`app/src/db/connect.rs`), without its process lock: beside a running
//! portal only readers are opened, and seeding wants the portal stopped.

use std::time::Duration;

use sqlx::ConnectOptions as _;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::Outcome;

fn options(database: &str) -> Outcome<SqliteConnectOptions> {
    let path = database.strip_prefix("sqlite:").ok_or("--database must be sqlite:PATH")?;
    Ok(SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Wal)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("cache_size", "-8000")
        .pragma("mmap_size", "268435456")
        .statement_cache_capacity(256)
        .disable_statement_logging())
}

/// The readers, as many as the portal's.
pub async fn readers(database: &str) -> Outcome<SqlitePool> {
    Ok(SqlitePoolOptions::new()
        .max_connections(8)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options(database)?.read_only(true))
        .await?)
}

/// One connection for filling the database. A crash costs the run, so nothing waits for the disk.
pub async fn writer(database: &str) -> Outcome<SqliteConnection> {
    let options = options(database)?
        .synchronous(SqliteSynchronous::Off)
        .foreign_keys(false)
        .pragma("cache_size", "-262144")
        .pragma("temp_store", "2");
    Ok(options.connect().await?)
}
