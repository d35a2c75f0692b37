//! `Idempotency-Key`: a repeated POST does nothing twice.
//!
//! The key is claimed in the transaction of the act itself, so there is no moment in which the act is done and
//! the key unknown, or the other way round. A second request that arrives meanwhile waits for the first at the
//! primary key and then finds what it made.

use std::time::Duration;

use uuid::Uuid;

use crate::ctx::Ctx;
use crate::db::{Db, Tx, args, is_unique_violation, sql};
use crate::error::{AppError, FieldErrors};
use crate::time::Instant;

sql! {
    FIND = "SELECT fingerprint, object_id, detail FROM idempotency_keys WHERE user_id = $1 AND key = $2";
    INSERT = "INSERT INTO idempotency_keys (user_id, key, fingerprint, object_id, detail, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    PURGE = "DELETE FROM idempotency_keys WHERE created_at < $1";
}

/// How long a key is remembered.
pub const KEPT: Duration = Duration::from_secs(48 * 3600);

/// What the first request with this key made: the object and a number that belongs to it. `None` for a new key
/// or no key. The same key for a different request is refused.
pub async fn replay(db: &Db, ctx: &Ctx) -> Result<Option<(Uuid, i64)>, AppError> {
    let (Some(idempotency), Some(user)) = (&ctx.idempotency, ctx.actor.user_id()) else {
        return Ok(None);
    };
    let row: Option<(Vec<u8>, Uuid, i64)> = db.optional(FIND, args![user, &idempotency.key]).await?;
    match row {
        Some((fingerprint, object, detail)) if fingerprint == idempotency.fingerprint => Ok(Some((object, detail))),
        Some(_) => Err(AppError::Invalid(FieldErrors::one("Idempotency-Key", ctx.t("idempotency-other-request")))),
        None => Ok(None),
    }
}

/// Claims the key for what this transaction makes. When another request was faster, this one rolls back and
/// the caller asks [`replay`] again.
pub async fn claim(tx: &Tx, ctx: &Ctx, object: Uuid, detail: i64) -> Result<(), AppError> {
    let (Some(idempotency), Some(user)) = (&ctx.idempotency, ctx.actor.user_id()) else {
        return Ok(());
    };
    let fingerprint = idempotency.fingerprint.clone();
    match tx.execute(INSERT, args![user, &idempotency.key, fingerprint, object, detail, ctx.now()]).await {
        Ok(_) => Ok(()),
        Err(e) if is_unique_violation(&e) => Err(AppError::Conflict(ctx.t("idempotency-in-progress").to_owned())),
        Err(e) => Err(e.into()),
    }
}

/// Forgets keys older than [`KEPT`].
pub async fn purge(db: &Db, now: Instant) -> Result<(), AppError> {
    let tx = db.begin().await?;
    tx.execute(PURGE, args![now.minus(KEPT)]).await?;
    tx.commit().await?;
    Ok(())
}
