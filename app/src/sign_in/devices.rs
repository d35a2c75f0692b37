//! Browsers somebody has signed in with: a sign-in on any other is told to them by mail.

use std::time::Duration;

use rand::RngExt as _;
use sha2::{Digest as _, Sha256};

use crate::db::{DbResult, Tx, args, sql};
use crate::ids::UserId;
use crate::time::Instant;

use super::origin::{self, Origin};

sql! {
    SEEN = "UPDATE known_devices SET last_seen_at = $3 WHERE user_id = $1 AND token_hash = $2";
    ANY = "SELECT user_id FROM known_devices WHERE user_id = $1 LIMIT 1";
    INSERT = "INSERT INTO known_devices (user_id, token_hash, first_seen_at, last_seen_at) VALUES ($1, $2, $3, $3) ON CONFLICT DO NOTHING";
    PURGE = "DELETE FROM known_devices WHERE last_seen_at < $1";
}

/// A browser that has not been seen for this long is a new one.
pub const KEPT: Duration = Duration::from_secs(365 * 24 * 3600);

/// What the browser of a sign-in is to its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// The first there is.
    First,
    /// Seen before.
    Known,
    /// Never seen, while others were.
    New,
}

/// What a browser is kept as.
pub(crate) fn hash(token: &str) -> Vec<u8> {
    // 256 random bits need no slow hash.
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Notes the browser of a sign-in and has it remember, by a cookie, that it is known.
pub(super) async fn note(tx: &Tx, user: UserId, origin: &Origin, now: Instant) -> DbResult<Device> {
    if let Some(cookie) = &origin.cookie
        && tx.execute(SEEN, args![user, hash(cookie), now]).await? > 0
    {
        origin::remember(cookie);
        return Ok(Device::Known);
    }
    let before: Option<(UserId,)> = tx.optional(ANY, args![user]).await?;
    // Several people may sign in with one browser; each is told once.
    let token = origin.cookie.clone().unwrap_or_else(|| {
        let secret: [u8; 32] = rand::rng().random();
        crate::documents::model::hex(&secret)
    });
    tx.execute(INSERT, args![user, hash(&token), now]).await?;
    origin::remember(&token);
    Ok(if before.is_some() { Device::New } else { Device::First })
}

/// Forgets browsers that were not seen for [`KEPT`].
pub(super) async fn purge(tx: &Tx, now: Instant) -> DbResult<()> {
    tx.execute(PURGE, args![now.minus(KEPT)]).await.map(|_| ())
}
