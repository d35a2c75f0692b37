//! Writing to an upload: part by part, each durable before it counts.

use bytes::Bytes;
use futures::Stream;
use uuid::Uuid;

use crate::categories;
use crate::ctx::Ctx;
use crate::documents;
use crate::documents::upload;
use crate::error::{AppError, FieldErrors};
use crate::files::{FileName, PutError, Stored};
use crate::ids::UploadId;
use crate::settings;

use super::body::{Body, Checksum};
use super::finish::finish;
use super::model::{Part, Upload};
use super::service::{self, WAITS};
use super::store;

/// How much of a file one part holds: a line that breaks, or a server that dies, loses at most this.
const PART: i64 = 8 * 1024 * 1024;
/// From so many bytes on the beginning says what a file is.
const HEAD: i64 = 8 * 1024;

/// Why bytes were not taken.
#[derive(Debug)]
pub enum Refused {
    /// As any other act is refused.
    App(AppError),
    /// They do not begin where the ones before ended.
    Offset,
    /// The upload was given up.
    Expired,
    /// Somebody else writes.
    Locked,
    /// They do not add up to what was announced.
    Checksum,
}

impl<E: Into<AppError>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self::App(error.into())
    }
}

/// Adds the bytes that follow after the first `offset`. Answers how far the upload is; what has come before the sender
/// broke off counts. With the last byte the file becomes what it was sent for.
pub async fn append<E: std::fmt::Display>(
    ctx: &Ctx,
    id: UploadId,
    offset: i64,
    checksum: Option<Checksum>,
    bytes: impl Stream<Item = Result<Bytes, E>> + Send,
) -> Result<Upload, Refused> {
    let row = service::find(ctx, id).await?;
    if row.result_id.is_some() {
        return if offset == row.length { Ok(row) } else { Err(Refused::Offset) };
    }
    if service::is_expired(ctx, &row) {
        return Err(Refused::Expired);
    }
    if row.received != offset {
        return Err(Refused::Offset);
    }
    let writer = Uuid::now_v7();
    let tx = ctx.db.begin().await?;
    if !store::claim(&tx, id, offset, writer, ctx.now()).await? {
        return Err(Refused::Locked);
    }
    // What an earlier request left that never counted.
    let stale = service::take(&tx, id, offset, ctx.now()).await?;
    tx.commit().await?;
    service::discard(ctx, stale).await;
    let mut body = Body::new(bytes, checksum);
    let at = match read(ctx, &row, writer, &mut body).await {
        Ok(at) => at,
        Err(Refused::App(error @ AppError::Invalid(_))) => {
            // What the file is shows at its beginning: nobody sends the rest for nothing.
            service::remove(ctx, id).await?;
            body.drain().await;
            return Err(error.into());
        }
        Err(other) => {
            body.drain().await;
            return Err(other);
        }
    };
    if body.is_checked() {
        if !body.is_broken() && !body.adds_up() {
            return Err(Refused::Checksum);
        }
        if body.is_broken() {
            return Err(broken(ctx).into());
        }
        if at < row.length {
            count(ctx, id, writer, at).await?;
        }
    }
    if at == row.length {
        finish(ctx, &row, writer).await?;
    } else if body.is_broken() {
        return Err(broken(ctx).into());
    }
    Ok(service::find(ctx, id).await?)
}

/// Nobody hears of it: the line is gone.
fn broken(ctx: &Ctx) -> AppError {
    AppError::Invalid(FieldErrors::one("file", ctx.t("documents-error-file-broken")))
}

async fn count(ctx: &Ctx, id: UploadId, writer: Uuid, at: i64) -> Result<(), Refused> {
    let tx = ctx.db.begin().await?;
    if !store::advance(&tx, id, writer, at, ctx.now().plus(WAITS)).await? {
        return Err(Refused::Locked);
    }
    tx.commit().await?;
    Ok(())
}

/// Stores what comes, part by part. Answers how far it came.
async fn read<S, E>(ctx: &Ctx, row: &Upload, writer: Uuid, body: &mut Body<S>) -> Result<i64, Refused>
where
    S: Stream<Item = Result<Bytes, E>> + Send,
    E: std::fmt::Display,
{
    let mut at = row.received;
    while at < row.length {
        let Some(stored) = part(ctx, row, writer, body, at).await? else { break };
        if at == 0 && (stored.size >= HEAD || stored.size == row.length) {
            check_beginning(ctx, row, &stored).await?;
        }
        at += stored.size;
    }
    if at == row.length && body.has_more().await {
        return Err(AppError::TooLarge(u64::try_from(row.length).unwrap_or(0)).into());
    }
    Ok(at)
}

/// Stores one part; `None` where nothing more comes. It counts at once, unless it is the last one or what was announced
/// is to be compared first.
async fn part<S, E>(
    ctx: &Ctx,
    row: &Upload,
    writer: Uuid,
    body: &mut Body<S>,
    at: i64,
) -> Result<Option<Stored>, Refused>
where
    S: Stream<Item = Result<Bytes, E>> + Send,
    E: std::fmt::Display,
{
    // Asked before anything is written, so that the end of a body leaves nothing to clean up.
    if !body.has_more().await {
        return Ok(None);
    }
    let key = format!("uploads/{}/{}", row.id, Uuid::now_v7());
    let tx = ctx.db.begin().await?;
    documents::store::insert_pending(&tx, &key, ctx.now()).await?;
    tx.commit().await?;
    let most = PART.min(row.length - at);
    let limit = u64::try_from(most).unwrap_or(0);
    let stored = match ctx.files.put(&key, body.part(usize::try_from(most).unwrap_or(0)), limit, |_| Ok(())).await {
        Ok(stored) => stored,
        Err(error) => {
            // What a store that is away has of it nobody knows: the note stays, and the sweeper looks.
            if !matches!(error, PutError::Store(_)) {
                upload::forget(ctx, &key).await;
            }
            return match error {
                PutError::Empty => Ok(None),
                PutError::Store(error) => Err(error.into()),
                PutError::TooLarge(_) | PutError::Refused(_) | PutError::Sender(_) => Err(AppError::Internal.into()),
            };
        }
    };
    let end = at + stored.size;
    let tx = ctx.db.begin().await?;
    // The sweeper may have given this part up; then its object is gone.
    if !documents::store::delete_pending(&tx, &key).await? {
        return Err(AppError::Unavailable.into());
    }
    let to = match (body.is_checked(), end == row.length) {
        (true, _) => row.received,
        (false, true) => at,
        (false, false) => end,
    };
    if stored.sealed_key.is_some() {
        settings::check_key_in(&tx, &ctx.portal.secrets.fingerprint()).await?;
    }
    if !store::advance(&tx, row.id, writer, to, ctx.now().plus(WAITS)).await? {
        drop(tx);
        return Err(Refused::Locked);
    }
    let (size, sealed_key) = (stored.size, stored.sealed_key.clone());
    store::insert_part(&tx, row.id, Part { start: at, size, store_key: key, sealed_key }).await?;
    tx.commit().await?;
    Ok(Some(stored))
}

/// Refuses a file for what its beginning shows, before the rest is sent.
async fn check_beginning(ctx: &Ctx, row: &Upload, stored: &Stored) -> Result<(), AppError> {
    let Some(category) = service::category(ctx, row).await? else { return Ok(()) };
    let rules = categories::store::of(&ctx.db, category).await?;
    let name = FileName::parse(&row.file_name);
    categories::service::check_file(ctx, &rules, &stored.head, &name)
        .map_err(|why| AppError::Invalid(FieldErrors::one("file", why)))
}
