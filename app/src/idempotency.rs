//! `Idempotency-Key`: a repeated POST does nothing twice.
//!
//! The key is claimed in the transaction of the act itself, so there is no moment in which the act is done and
//! the key unknown, or the other way round. A second request that arrives meanwhile waits for the first at the
//! primary key and then finds what it made.
//!
//! Services that answer a repetition with the object itself use [`replay`] and [`claim`]. For every other POST the audit event
//! claims the key ([`claim_act`]), and the answer is kept for the next one ([`keep`], [`kept`]).

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use futures::{Stream, StreamExt as _};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::ctx::{Ctx, IdempotencyKey};
use crate::db::{Db, DbResult, Tx, args, is_unique_violation, sql};
use crate::error::{AppError, FieldErrors};
use crate::ids::UserId;
use crate::time::Instant;

sql! {
    FIND = "SELECT fingerprint, object_id, detail FROM idempotency_keys WHERE user_id = $1 AND key = $2";
    INSERT = "INSERT INTO idempotency_keys (user_id, key, fingerprint, object_id, detail, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    CLAIMED = "SELECT object_id, fingerprint FROM idempotency_keys WHERE user_id = $1 AND key = $2";
    /// `$4` the request that claims it, `$6` what its sender may do.
    INSERT_ACT = "INSERT INTO idempotency_keys (user_id, key, fingerprint, object_id, detail, created_at, rights) VALUES ($1, $2, $3, $4, 0, $5, $6)";
    KEEP = "UPDATE idempotency_keys SET answer_status = $4, answer_etag = $5, answer_location = $6, answer = $7 WHERE user_id = $1 AND key = $2 AND object_id = $3 AND rights IS NOT NULL";
    /// Where somebody stands beside their roles: the customers they look after, the projects they are on, the groups of their
    /// organisations.
    STANDS = "SELECT organisation_id AS id FROM staff_assignments WHERE user_id = $1 UNION SELECT project_id FROM project_people WHERE user_id = $1 UNION SELECT g.group_id FROM group_organisations g JOIN memberships m ON m.organisation_id = g.organisation_id WHERE m.user_id = $1 AND m.state = 'active' ORDER BY 1";
    ANSWERED = "SELECT fingerprint, object_id, rights, answer_status, answer_etag, answer_location, answer FROM idempotency_keys WHERE user_id = $1 AND key = $2 AND rights IS NOT NULL";
    PURGE = "DELETE FROM idempotency_keys WHERE created_at < $1";
}

/// How long a key is remembered.
pub const KEPT: Duration = Duration::from_secs(48 * 3600);

/// What the first request with this key made: the object and a number that belongs to it. `None` for a new key
/// or no key. The same key for a different request is refused.
pub async fn replay(db: &Db, ctx: &Ctx) -> Result<Option<(Uuid, i64)>, AppError> {
    let (Some(idempotency), Some(user)) = (own_key(ctx), ctx.actor.user_id()) else {
        return Ok(None);
    };
    let row: Option<(Vec<u8>, Uuid, i64)> = db.optional(FIND, args![user, &idempotency.key]).await?;
    match row {
        Some((fingerprint, object, detail)) if fingerprint == idempotency.fingerprint => Ok(Some((object, detail))),
        Some(_) => Err(other_request(ctx)),
        None => Ok(None),
    }
}

/// Claims the key for what this transaction makes. When another request was faster, this one rolls back and
/// the caller asks [`replay`] again.
pub async fn claim(tx: &Tx, ctx: &Ctx, object: Uuid, detail: i64) -> Result<(), AppError> {
    let (Some(idempotency), Some(user)) = (own_key(ctx), ctx.actor.user_id()) else {
        return Ok(());
    };
    let fingerprint = idempotency.fingerprint.clone();
    match tx.execute(INSERT, args![user, &idempotency.key, fingerprint, object, detail, ctx.now()]).await {
        Ok(_) => Ok(()),
        Err(e) if is_unique_violation(&e) => Err(in_progress(ctx)),
        Err(e) => Err(e.into()),
    }
}

/// The key, where a service answers its repetition.
fn own_key(ctx: &Ctx) -> Option<&IdempotencyKey> {
    ctx.idempotency.as_ref().filter(|key| key.request.is_none())
}

/// The key was used for something else.
fn other_request(ctx: &Ctx) -> AppError {
    AppError::Invalid(FieldErrors::one("Idempotency-Key", ctx.t("idempotency-other-request")))
}

/// The key belongs to the same request, which was faster.
fn in_progress(ctx: &Ctx) -> AppError {
    AppError::Conflict(ctx.t("idempotency-in-progress").to_owned())
}

/// Compares what is sent again with the file that came the first time; none of it is kept. A repetition with other bytes is
/// another request, however long they are.
pub async fn check_same<E: fmt::Display>(
    ctx: &Ctx,
    sha256: &[u8],
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> Result<(), AppError> {
    let (mut hasher, mut length) = (Sha256::new(), 0_u64);
    let mut bytes = std::pin::pin!(bytes);
    while let Some(chunk) = bytes.next().await {
        let chunk = chunk.map_err(|error| AppError::BadRequest(error.to_string()))?;
        length += chunk.len() as u64;
        if length > ctx.portal.upload_limit {
            return Err(AppError::TooLarge(ctx.portal.upload_limit));
        }
        hasher.update(&chunk);
    }
    if hasher.finalize().as_slice() == sha256 { Ok(()) } else { Err(other_request(ctx)) }
}

/// What the actor may do, as a hash: who they are, their roles, rights and the token's scopes, and where they stand.
async fn rights(db: &Db, ctx: &Ctx, user: UserId) -> DbResult<Vec<u8>> {
    let stands: Vec<(Uuid,)> = db.all(STANDS, args![user]).await?;
    Ok(Sha256::digest(format!("{:?} {stands:?}", ctx.actor)).to_vec())
}

/// Claims the key for the request whose act this transaction records. An act of several transactions claims it with the first.
/// [`record`](crate::audit::record) does it; an act that writes no event, and that does something else when it is done again,
/// does it itself.
///
/// Errors: a `Conflict` where the same request was faster, `Invalid` where the key belongs to another one; inside the error of the
/// database, and this transaction rolls back.
pub(crate) async fn claim_act(tx: &Tx, ctx: &Ctx) -> DbResult<()> {
    let (Some(idempotency), Some(user)) = (&ctx.idempotency, ctx.actor.user_id()) else {
        return Ok(());
    };
    let Some(request) = idempotency.request else { return Ok(()) };
    let refused = |error: AppError| sqlx::Error::AnyDriverError(Box::new(error));
    let claimed: Option<(Uuid, Vec<u8>)> = tx.optional(CLAIMED, args![user, &idempotency.key]).await?;
    match claimed {
        Some((by, _)) if by == request => return Ok(()),
        Some((_, asked)) if asked != idempotency.fingerprint => return Err(refused(other_request(ctx))),
        Some(_) => return Err(refused(in_progress(ctx))),
        None => {}
    }
    let (fingerprint, rights) = (idempotency.fingerprint.clone(), rights(tx, ctx, user).await?);
    match tx.execute(INSERT_ACT, args![user, &idempotency.key, fingerprint, request, ctx.now(), rights]).await {
        Ok(_) => Ok(()),
        Err(e) if is_unique_violation(&e) => Err(refused(in_progress(ctx))),
        Err(e) => Err(e),
    }
}

/// What a request was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: i64,
    /// The `ETag` header.
    pub etag: Option<String>,
    /// The `Location` header.
    pub location: Option<String>,
    /// The body: JSON, or nothing.
    pub body: String,
}

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// The request was carried out, and answered this.
    Answered(Answer),
    /// It was carried out; what it was answered is not known any more, or not for who asks to see now.
    Done,
}

#[derive(sqlx::FromRow)]
struct Kept {
    fingerprint: Vec<u8>,
    object_id: Uuid,
    rights: Vec<u8>,
    answer_status: Option<i64>,
    answer_etag: Option<String>,
    answer_location: Option<String>,
    answer: Option<String>,
}

/// What became of the request that claimed this key by its act; `None` for a new key, and for one that a service knows.
pub async fn kept(ctx: &Ctx) -> Result<Option<Known>, AppError> {
    let (Some(idempotency), Some(user)) = (&ctx.idempotency, ctx.actor.user_id()) else {
        return Ok(None);
    };
    let row: Option<Kept> = ctx.db.optional(ANSWERED, args![user, &idempotency.key]).await?;
    // What this request has claimed itself is not known from before.
    let Some(row) = row.filter(|row| idempotency.request != Some(row.object_id)) else { return Ok(None) };
    if row.fingerprint != idempotency.fingerprint {
        return Err(other_request(ctx));
    }
    let same = row.rights == rights(&ctx.db, ctx, user).await?;
    Ok(Some(match (row.answer_status, row.answer) {
        (Some(status), Some(body)) if same => {
            Known::Answered(Answer { status, etag: row.answer_etag, location: row.answer_location, body })
        }
        _ => Known::Done,
    }))
}

/// Keeps what the request was answered, where its act has claimed the key.
pub async fn keep(ctx: &Ctx, answer: Answer) -> Result<(), AppError> {
    let (Some(idempotency), Some(user)) = (&ctx.idempotency, ctx.actor.user_id()) else {
        return Ok(());
    };
    let Some(request) = idempotency.request else { return Ok(()) };
    let Answer { status, etag, location, body } = answer;
    let tx = ctx.db.begin_relaxed().await?;
    tx.execute(KEEP, args![user, &idempotency.key, request, status, etag, location, body]).await?;
    tx.commit().await?;
    Ok(())
}

/// Forgets keys older than [`KEPT`].
pub async fn purge(db: &Db, now: Instant) -> Result<(), AppError> {
    let tx = db.begin().await?;
    tx.execute(PURGE, args![now.minus(KEPT)]).await?;
    tx.commit().await?;
    Ok(())
}
