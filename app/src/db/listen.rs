//! What nodes on one PostgreSQL tell each other. An SQLite file has one node, and nothing to hear.

use sqlx::postgres::PgListener;

use super::{Db, DbResult, Engine};

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
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(channel).await?;
        Ok(Some(Calls(listener)))
    }
}

impl Calls {
    /// The next call; `None` when the connection broke and is another one: something may have been missed.
    pub async fn next(&mut self) -> DbResult<Option<String>> {
        Ok(self.0.try_recv().await?.map(|call| call.payload().to_owned()))
    }
}
