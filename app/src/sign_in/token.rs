//! API tokens: shown once, stored as a hash, acting as their owner and never with more.

use rand::RngExt as _;
use sha2::{Digest as _, Sha256};

use crate::access::{Actor, TokenScope, Via};
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::ids::{TokenId, UserId};
use crate::time::Instant;

use super::actor::{self, Person};

sql! {
    INSERT = "INSERT INTO api_tokens (id, user_id, name, token_hash, scopes, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    FIND = "SELECT id, user_id, scopes, last_used_at FROM api_tokens WHERE token_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)";
    USED = "UPDATE api_tokens SET last_used_at = $2 WHERE id = $1";
}

/// Marks a text as one of our tokens, so that scanners of leaked secrets can find it.
const PREFIX: &str = "kontor_";
/// The last use is noted this often.
const NOTED_EVERY: std::time::Duration = std::time::Duration::from_secs(300);

fn hash(token: &str) -> Vec<u8> {
    // 256 random bits need no slow hash.
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Makes a token for a person and returns it; it is stored nowhere. Without an end it works until it is revoked.
pub async fn create(
    tx: &Tx,
    user: UserId,
    name: &str,
    scope: &TokenScope,
    expires: Option<Instant>,
    now: Instant,
) -> DbResult<(TokenId, String)> {
    let secret: [u8; 32] = rand::rng().random();
    let token = format!("{PREFIX}{}", crate::documents::model::hex(&secret));
    let id = TokenId::new();
    tx.execute(INSERT, args![id, user, name, hash(&token), scope.as_text(), now, expires]).await?;
    Ok((id, token))
}

/// The actor of a token; `None` for unknown, revoked and expired tokens and for people who may not sign in.
pub async fn actor(db: &Db, token: &str, now: Instant) -> DbResult<Option<(Actor, Person)>> {
    let row: Option<(TokenId, UserId, String, Option<Instant>)> = db.optional(FIND, args![hash(token), now]).await?;
    let Some((id, user, scopes, used)) = row else { return Ok(None) };
    let Some(person) = actor::load(db, user).await? else { return Ok(None) };
    // A scope this program does not know narrows to nothing rather than to everything.
    let Ok(scope) = TokenScope::parse(scopes.split_whitespace()) else { return Ok(None) };
    if used.is_none_or(|used| used < now.minus(NOTED_EVERY)) {
        let tx = db.begin().await?;
        tx.execute(USED, args![id, now]).await?;
        tx.commit().await?;
    }
    Ok(Some((Actor::person(person.kind.clone(), Via::Token(id, scope)), person)))
}
