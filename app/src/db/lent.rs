//! A connection of PostgreSQL's pool while somebody uses it. PostgreSQL ends a statement that takes too long, but a
//! line that has gone silent ends nothing: whoever asks says until when they wait. And a connection goes back to the
//! pool only when it has answered everything, and else is given up: the pool itself would wait for that without a limit,
//! and with every connection it waits for there is a place less.

use std::io;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgArguments, PgConnection, PgPool, PgRow};
use sqlx::{Executor as _, Postgres};
use tokio::time::{Instant, timeout, timeout_at};

use super::DbResult;

/// How long PostgreSQL may take to answer: a little longer than it gives a statement itself (see `DbOptions::connect`),
/// so that only a line that swallows what is sent comes to this; and under the promised 10 s.
const ANSWER: Duration = Duration::from_secs(9);

/// The end of the patience of whoever asks now.
pub(super) fn deadline() -> Instant {
    Instant::now() + ANSWER
}

/// As a line that broke: the caller answers 503.
pub(super) fn silent() -> sqlx::Error {
    sqlx::Error::Io(io::Error::new(io::ErrorKind::TimedOut, "the database did not answer in time"))
}

/// A connection, until it is dropped.
pub(super) struct Lent {
    /// None: it was given up.
    connection: Option<PoolConnection<Postgres>>,
    /// A transaction was begun and has not ended.
    open: bool,
}

impl Lent {
    pub(super) async fn of(pool: &PgPool, until: Instant) -> DbResult<Self> {
        let connection = timeout_at(until, pool.acquire()).await.map_err(|_| silent())??;
        Ok(Self { connection: Some(connection), open: false })
    }

    /// The connection itself, for what sets its own limits.
    pub(super) fn get(&mut self) -> DbResult<&mut PgConnection> {
        self.connection.as_deref_mut().ok_or_else(silent)
    }

    pub(super) async fn rows(&mut self, text: &'static str, args: PgArguments, until: Instant) -> DbResult<Vec<PgRow>> {
        let answer = sqlx::query_with(text, args).fetch_all(self.get()?);
        match timeout_at(until, answer).await {
            Ok(rows) => rows,
            Err(_) => self.give_up(),
        }
    }

    /// How many rows a statement changed.
    pub(super) async fn execute(&mut self, text: &'static str, args: PgArguments, until: Instant) -> DbResult<u64> {
        let answer = sqlx::query_with(text, args).execute(self.get()?);
        match timeout_at(until, answer).await {
            Ok(done) => Ok(done?.rows_affected()),
            Err(_) => self.give_up(),
        }
    }

    /// Statements without arguments, and without an answer.
    pub(super) async fn tell(&mut self, text: &'static str, until: Instant) -> DbResult<()> {
        let answer = self.get()?.execute(sqlx::raw_sql(text));
        match timeout_at(until, answer).await {
            Ok(done) => done.map(|_| ()),
            Err(_) => self.give_up(),
        }
    }

    /// One inside a transaction, which is undone unless [`commit`](Self::commit) ends it.
    pub(super) async fn begun(pool: &PgPool, how: &'static str, until: Instant) -> DbResult<Self> {
        let mut lent = Self::of(pool, until).await?;
        lent.open = true;
        lent.tell(how, until).await?;
        Ok(lent)
    }

    /// Where no answer came, nobody knows whether it is durable: the same as a line that broke in that moment.
    pub(super) async fn commit(mut self, until: Instant) -> DbResult<()> {
        self.tell("COMMIT", until).await?;
        self.open = false;
        Ok(())
    }

    /// Closes the line at once: nobody knows what is still to come on it.
    fn give_up<T>(&mut self) -> DbResult<T> {
        if let Some(connection) = self.connection.take() {
            drop(connection.detach());
        }
        Err(silent())
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            drop(connection.detach());
            return;
        };
        if !self.open {
            // What the pool does with a connection that is dropped: it waits for what was left unanswered. Dropped in
            // its turn, it closes the line.
            let back = connection.return_to_pool();
            runtime.spawn(async move {
                let _ = timeout(ANSWER, back).await;
            });
            return;
        }
        runtime.spawn(async move {
            match timeout(ANSWER, connection.execute(sqlx::raw_sql("ROLLBACK"))).await {
                Ok(Ok(_)) => {
                    let _ = timeout(ANSWER, connection.return_to_pool()).await;
                }
                _ => drop(connection.detach()),
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_database_is_an_outage_and_is_not_asked_again_at_once() {
        assert!(super::super::is_unavailable(&silent()));
        assert!(ANSWER > super::super::RECONNECT, "a retry after a silence would double it");
    }
}
