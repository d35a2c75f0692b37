//! The SQL of sessions. The store itself is `server/src/session_store.rs`.

use std::time::Duration;

use crate::db::{Db, DbResult, args, sql};
use crate::ids::UserId;
use crate::time::Instant;

sql! {
    INSERT = "INSERT INTO sessions (id_hash, user_id, data, created_at, last_seen_at) VALUES ($1, $2, $3, $4, $4)";
    /// Ended rows stay ended.
    UPDATE = "UPDATE sessions SET user_id = $2, data = $3, last_seen_at = $4 WHERE id_hash = $1 AND ended_at IS NULL";
    LOAD = "SELECT data, last_seen_at FROM sessions WHERE id_hash = $1 AND ended_at IS NULL AND last_seen_at > $2 AND created_at > $3";
    TOUCH = "UPDATE sessions SET last_seen_at = $2 WHERE id_hash = $1 AND ended_at IS NULL";
    END = "UPDATE sessions SET ended_at = $2, data = '{}' WHERE id_hash = $1 AND ended_at IS NULL";
    PURGE = "DELETE FROM sessions WHERE last_seen_at < $1 OR (user_id IS NULL AND last_seen_at < $2)";
}

/// Ends after this long without a request.
pub const IDLE: Duration = Duration::from_secs(30 * 60);
/// Ends after this long, whatever happens.
pub const ABSOLUTE: Duration = Duration::from_secs(12 * 3600);
/// The last request is noted this often, not at each.
const NOTED_EVERY: Duration = Duration::from_secs(60);

/// A new session. `false` when the id is taken.
pub async fn insert(db: &Db, id_hash: &[u8], user: Option<UserId>, data: &str, now: Instant) -> DbResult<bool> {
    let tx = db.begin().await?;
    match tx.execute(INSERT, args![id_hash, user, data, now]).await {
        Ok(_) => tx.commit().await.map(|()| true),
        Err(e) if crate::db::is_unique_violation(&e) => Ok(false),
        Err(e) => Err(e),
    }
}

/// Writes what a session holds.
pub async fn update(db: &Db, id_hash: &[u8], user: Option<UserId>, data: &str, now: Instant) -> DbResult<()> {
    let tx = db.begin().await?;
    tx.execute(UPDATE, args![id_hash, user, data, now]).await?;
    tx.commit().await
}

/// What a living session holds.
pub async fn load(db: &Db, id_hash: &[u8], now: Instant) -> DbResult<Option<String>> {
    let row: Option<(String, Instant)> =
        db.optional(LOAD, args![id_hash, now.minus(IDLE), now.minus(ABSOLUTE)]).await?;
    let Some((data, seen)) = row else { return Ok(None) };
    if seen < now.minus(NOTED_EVERY) {
        let tx = db.begin().await?;
        tx.execute(TOUCH, args![id_hash, now]).await?;
        tx.commit().await?;
    }
    Ok(Some(data))
}

/// Ends a session; it cannot come back.
pub async fn end(db: &Db, id_hash: &[u8], now: Instant) -> DbResult<()> {
    let tx = db.begin().await?;
    tx.execute(END, args![id_hash, now]).await?;
    tx.commit().await
}

/// Forgets sessions that ended long ago, and strangers' that ran out.
pub async fn purge(db: &Db, now: Instant) -> DbResult<()> {
    let tx = db.begin().await?;
    tx.execute(PURGE, args![now.minus(ABSOLUTE), now.minus(IDLE)]).await?;
    tx.commit().await
}
