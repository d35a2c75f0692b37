//! Use cases of uploads in parts: begin, look, give up. Writing is in [`super::append`].

use std::time::Duration;

use crate::access::{Action, Relation, allow};
use crate::arrivals::model::NewArrival;
use crate::arrivals::service as arrivals;
use crate::categories;
use crate::ctx::Ctx;
use crate::db::Tx;
use crate::documents::model::{Category, NewDocument};
use crate::documents::{self, upload};
use crate::error::{AppError, FieldErrors};
use crate::files::FileName;
use crate::ids::{UploadId, UserId};
use crate::requests::service as requests;
use crate::time::Instant;

use super::model::{NewUpload, Target, Upload};
use super::store;

/// How long an upload waits for its next byte.
pub const WAITS: Duration = Duration::from_secs(24 * 3600);
/// The most unfinished uploads of one person.
pub const MOST: i64 = 30;
/// Together they are at most so many times the longest file.
const MOST_FILES: u64 = 4;
/// When to try again where there are too many.
const TRY_AGAIN: u64 = 60;

/// Refuses everybody who is not somebody: uploads are one's own.
pub fn check_sender(ctx: &Ctx) -> Result<UserId, AppError> {
    allow(&ctx.actor, Action::AccountManage, Relation::Own, None)?;
    ctx.actor.user_id().ok_or(AppError::Unauthenticated)
}

/// Asks the policy of what the file is for. Answers the category it goes into.
pub(super) async fn check_target(ctx: &Ctx, new: &NewUpload) -> Result<Category, AppError> {
    Ok(match new.target {
        Target::Request(id) => requests::grant_answer(ctx, id).await?.category(),
        Target::Version(id) => upload::grant_version(ctx, id).await?.category(),
        Target::Category(organisation_id, category) => {
            let title = new.title.clone();
            arrivals::grant_send(ctx, NewArrival { organisation_id, category, title }).await?;
            category
        }
        Target::Draft(organisation_id, category) => {
            upload::grant_draft(ctx, draft(organisation_id, category, &new.title, &new.file_name)).await?;
            category
        }
    })
}

/// A draft with its title, or the name of its file.
pub(super) fn draft(
    organisation_id: crate::ids::OrganisationId,
    category: Category,
    title: &str,
    file_name: &str,
) -> NewDocument {
    let name = FileName::parse(file_name);
    let title = if title.trim().is_empty() { name.stem() } else { title };
    NewDocument { organisation_id, title: title.to_owned(), category }
}

/// The category that an upload goes into, as far as its target is still there.
pub(super) async fn category(ctx: &Ctx, upload: &Upload) -> Result<Option<Category>, AppError> {
    let found = match upload.target() {
        Some(Target::Category(_, category) | Target::Draft(_, category)) => Ok(category),
        Some(Target::Request(id)) => requests::find(ctx, id).await.map(|request| request.category),
        Some(Target::Version(id)) => documents::service::find(ctx, id).await.map(|document| document.category),
        None => return Ok(None),
    };
    match found {
        Ok(category) => Ok(Some(category)),
        // Whether it is still theirs is asked at the end.
        Err(AppError::NotFound | AppError::Forbidden) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Begins an upload: the policy first, then limits and what else of this person waits.
pub async fn begin(ctx: &Ctx, new: NewUpload) -> Result<Upload, AppError> {
    let user = check_sender(ctx)?;
    let category = check_target(ctx, &new).await?;
    upload::check_note(ctx, &new.note)?;
    if new.length == 0 {
        return Err(AppError::Invalid(FieldErrors::one("file", ctx.t("documents-error-file-empty"))));
    }
    let rules = categories::store::of(&ctx.db, category).await?;
    let limit = rules.limit(ctx.portal.upload_limit);
    if new.length > limit {
        return Err(AppError::TooLarge(limit));
    }
    let new = NewUpload { file_name: FileName::parse(&new.file_name).as_str().to_owned(), ..new };
    let id = UploadId::new();
    let tx = ctx.db.begin().await?;
    let (count, bytes) = store::unfinished(&tx, user, ctx.now()).await?;
    let most = ctx.portal.upload_limit.saturating_mul(MOST_FILES);
    if count >= MOST || u64::try_from(bytes).unwrap_or(0).saturating_add(new.length) > most {
        return Err(AppError::RateLimited(TRY_AGAIN));
    }
    store::insert(&tx, id, user, &new, ctx.now(), ctx.now().plus(WAITS)).await?;
    tx.commit().await?;
    find(ctx, id).await
}

/// One upload. Foreign and missing are the same.
pub async fn find(ctx: &Ctx, id: UploadId) -> Result<Upload, AppError> {
    let user = check_sender(ctx)?;
    store::find(&ctx.db, user, id).await?.ok_or(AppError::NotFound)
}

/// Whether an upload was given up by the clock and waits for the sweeper.
pub fn is_expired(ctx: &Ctx, upload: &Upload) -> bool {
    upload.expires_at <= ctx.now()
}

/// Gives an upload up: nothing of it remains. What has become of it stays.
pub async fn give_up(ctx: &Ctx, id: UploadId) -> Result<(), AppError> {
    let upload = find(ctx, id).await?;
    remove(ctx, upload.id).await
}

/// Takes an upload and its parts away.
pub(super) async fn remove(ctx: &Ctx, id: UploadId) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    store::close(&tx, id).await?;
    let keys = take(&tx, id, 0, ctx.now()).await?;
    store::delete(&tx, id).await?;
    tx.commit().await?;
    discard(ctx, keys).await;
    Ok(())
}

/// Takes parts away, and notes that their objects must go: if this process dies before they have, the sweeper finds them.
pub(super) async fn take(tx: &Tx, id: UploadId, start: i64, at: Instant) -> Result<Vec<String>, AppError> {
    let keys = store::take_parts(tx, id, start).await?;
    for key in &keys {
        documents::store::insert_pending(tx, key, at).await?;
    }
    Ok(keys)
}

/// Removes objects that are noted as going. What fails is left for the sweeper.
pub(super) async fn discard(ctx: &Ctx, keys: Vec<String>) {
    for key in keys {
        match ctx.files.delete(&key).await {
            Ok(()) => upload::forget(ctx, &key).await,
            Err(error) => tracing::warn!(%error, "a part is left for the sweeper"),
        }
    }
}
