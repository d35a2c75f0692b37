//! Opening the database that a URL names.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::ConnectOptions as _;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::{Db, DbResult, Engine};

/// How many connections each pool may hold.
#[derive(Clone, Copy, Debug)]
pub struct PoolSizes {
    /// SQLite readers, or all PostgreSQL connections.
    pub connections: u32,
}

impl Default for PoolSizes {
    fn default() -> Self {
        Self { connections: 8 }
    }
}

/// What to open: a parsed `KONTOR_DATABASE_URL`.
#[derive(Clone, Debug)]
pub enum DbOptions {
    /// A file, owned by one process.
    Sqlite(PathBuf),
    /// A server.
    Postgres(Box<PgConnectOptions>),
}

/// How long a request waits for a connection before it becomes a 503; well under the promised 10 s.
const ACQUIRE: Duration = Duration::from_secs(5);

impl DbOptions {
    /// Parses `sqlite:PATH`, `postgres://...` or `postgresql://...`.
    pub fn parse(url: &str) -> Result<Self, String> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.trim_start_matches("//");
            if path.is_empty() {
                return Err("sqlite: needs a path".into());
            }
            return Ok(Self::Sqlite(path.into()));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            // The driver's own message may quote the password.
            return PgConnectOptions::from_str(url)
                .map(|options| Self::Postgres(Box::new(options)))
                .map_err(|_| "not a valid postgres:// URL".into());
        }
        Err("must start with sqlite: or postgres://".into())
    }

    /// The SQLite file, where there is none yet: opening it would make it.
    pub fn missing(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(path) => Some(path.as_path()).filter(|path| !path.exists()),
            Self::Postgres(_) => None,
        }
    }

    /// Claims an SQLite file for the one process that serves or migrates it. Two servers would each trust their own
    /// settings, and SQLite's own migration lock is none. Other commands may read and write beside a server, because
    /// SQLite keeps writers apart. PostgreSQL needs no claim.
    pub fn claim(&self) -> Result<Claim, String> {
        match self {
            Self::Sqlite(path) => lock_beside(path).map(|lock| Claim(Some(lock))),
            Self::Postgres(_) => Ok(Claim(None)),
        }
    }

    /// Opens the pools.
    pub async fn connect(&self, sizes: PoolSizes) -> DbResult<Db> {
        let engine = match self {
            Self::Sqlite(path) => connect_sqlite(path, sizes).await?,
            Self::Postgres(options) => {
                let options = options
                    .as_ref()
                    .clone()
                    .application_name("kontor")
                    .log_statements(tracing::log::LevelFilter::Off)
                    // A statement that hangs must not hold a request beyond the promised 10 s. What a server that is
                    // away cannot end, `Lent` does.
                    .options([("statement_timeout", "8000"), ("lock_timeout", "5000"), ("jit", "off")]);
                let pool = PgPoolOptions::new()
                    .max_connections(sizes.connections.max(2) * 2)
                    .acquire_timeout(ACQUIRE)
                    .idle_timeout(Duration::from_secs(300))
                    // A ping before each use would double the round trips; broken connections are
                    // replaced where they show (see `Db::rows` and `Db::begin`).
                    .test_before_acquire(false)
                    .connect_lazy_with(options);
                Engine::Postgres(pool)
            }
        };
        Ok(Db(Arc::new(engine)))
    }
}

async fn connect_sqlite(path: &Path, sizes: PoolSizes) -> DbResult<Engine> {
    // Made by us first, because SQLite would let everybody on the machine read it.
    private().create(true).open(path)?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        // NORMAL would lose acknowledged commits in a power cut.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("cache_size", "-8000")
        .pragma("mmap_size", "268435456")
        .statement_cache_capacity(256)
        .log_statements(tracing::log::LevelFilter::Off);
    // The writer first: it creates the file and the write-ahead log that readers need.
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(ACQUIRE)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options.clone().create_if_missing(true).optimize_on_close(true, None))
        .await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(sizes.connections)
        .acquire_timeout(ACQUIRE)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options.read_only(true))
        .await?;
    Ok(Engine::Sqlite { writer, readers })
}

/// Options to make a file for this user's eyes only.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// The claim of one process on an SQLite file; ends with the value, and with the process however it ends.
#[derive(Debug)]
pub struct Claim(#[expect(dead_code, reason = "held, not read")] Option<File>);

fn lock_beside(path: &Path) -> Result<File, String> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let failed = |e: std::io::Error| format!("{}: {e}", path.display());
    let file = private().create(true).open(&name).map_err(failed)?;
    file.try_lock().map_err(|_| format!("{} is in use by another kontor process", path.display()))?;
    Ok(file)
}
