//! What nodes on one PostgreSQL tell each other. An SQLite file has one node, and nothing to hear.

use std::time::Duration;

use sqlx::Executor as _;
use sqlx::postgres::{PgListener, PgPoolOptions};

use super::{Db, DbResult, Engine};

/// After how long without a call the connection is asked whether it lives.
const SILENCE: Duration = Duration::from_secs(30);
/// How long it may take to answer that, and to begin.
const ANSWER: Duration = Duration::from_secs(10);

/// Hears a channel, on one connection of its own.
pub struct Calls(PgListener);

impl std::fmt::Debug for Calls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Calls")
    }
}

impl Db {
    /// Begins to hear a channel; none where there are no other nodes.
    pub async fn listen(&self, channel: &str) -> DbResult<Option<Calls>> {
        let Engine::Postgres(pool) = &*self.0 else { return Ok(None) };
        // Outside the pool: who listens on a line that has gone silent would keep a place that requests need.
        let own = PgPoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        let own = own.acquire_timeout(ANSWER).connect_lazy_with((*pool.connect_options()).clone());
        let begun = async {
            let mut listener = PgListener::connect_with(&own).await?;
            listener.listen(channel).await?;
            DbResult::Ok(listener)
        };
        let listener = tokio::time::timeout(ANSWER, begun).await.map_err(|_| sqlx::Error::PoolTimedOut)??;
        Ok(Some(Calls(listener)))
    }
}

impl Calls {
    /// The next call; `None` when the connection broke and is another one: something may have been missed. A connection
    /// that says nothing for long is asked whether it still lives: nobody tells a side that only listens.
    pub async fn next(&mut self) -> DbResult<Option<String>> {
        loop {
            if let Ok(call) = tokio::time::timeout(SILENCE, self.0.try_recv()).await {
                return Ok(call?.map(|call| call.payload().to_owned()));
            }
            tokio::time::timeout(ANSWER, self.0.execute("SELECT 1")).await.map_err(|_| sqlx::Error::PoolTimedOut)??;
        }
    }
}
