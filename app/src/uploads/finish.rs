//! The end of an upload: its parts become one file, on the way that a file from a form takes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures::{Stream, StreamExt as _, TryStreamExt as _};
use uuid::Uuid;

use crate::arrivals::model::NewArrival;
use crate::arrivals::service as arrivals;
use crate::ctx::{Ctx, IdempotencyKey};
use crate::documents::upload::{self, Incoming};
use crate::error::AppError;
use crate::files::{FileName, Object};
use crate::idempotency;
use crate::ids::UploadId;
use crate::requests::service as requests;

use super::model::{Part, Target, Upload};
use super::{service, store};

/// So long the end is held; a server that dies leaves it to another after that.
const HOLD: Duration = Duration::from_secs(30);
/// How often that is said again.
const AGAIN: Duration = Duration::from_secs(10);

/// Makes the file what it was sent for. What is refused for good takes the upload with it; what was away leaves it as it
/// was before the last part.
pub(super) async fn finish(ctx: &Ctx, upload: &Upload, writer: Uuid) -> Result<(), AppError> {
    hold(ctx, upload.id, writer, HOLD).await?;
    let ctx = &Ctx { idempotency: Some(key(upload.id)), ..ctx.clone() };
    // Beside the work, never in its way: it may be in the middle of a transaction.
    let hold_on = async {
        loop {
            tokio::time::sleep(AGAIN).await;
            if let Err(error) = hold(ctx, upload.id, writer, HOLD).await {
                return error;
            }
        }
    };
    let made = tokio::select! {
        made = make(ctx, upload) => made,
        error = hold_on => return Err(error),
    };
    match made {
        Ok(result) => {
            let tx = ctx.db.begin().await?;
            store::done(&tx, upload.id, writer, result, ctx.now()).await?;
            let keys = service::take(&tx, upload.id, 0, ctx.now()).await?;
            tx.commit().await?;
            service::discard(ctx, keys).await;
            Ok(())
        }
        Err(error @ (AppError::Unavailable | AppError::Internal | AppError::RateLimited(_))) => {
            hold(ctx, upload.id, writer, Duration::ZERO).await?;
            Err(error)
        }
        Err(error) => {
            service::remove(ctx, upload.id).await?;
            Err(error)
        }
    }
}

/// With it the services do nothing twice: what a server did just before it died is found again.
fn key(id: UploadId) -> IdempotencyKey {
    IdempotencyKey { key: format!("upload:{id}"), fingerprint: b"upload".to_vec(), request: None }
}

async fn hold(ctx: &Ctx, id: UploadId, writer: Uuid, time: Duration) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    if !store::hold(&tx, id, writer, ctx.now().plus(time)).await? {
        return Err(AppError::Unavailable);
    }
    tx.commit().await?;
    Ok(())
}

async fn make(ctx: &Ctx, row: &Upload) -> Result<Uuid, AppError> {
    let parts = store::parts(&ctx.db, row.id).await?;
    let end = parts.iter().try_fold(0, |at, part| (part.start == at).then_some(at + part.size));
    if end != Some(row.length) {
        tracing::error!(upload = %row.id, "the parts of an upload do not add up");
        return Err(AppError::Internal);
    }
    let lost = Arc::new(AtomicBool::new(false));
    let made = hand_over(ctx, row, whole(ctx, parts, lost.clone())).await;
    // The sender is the store: what it cannot read just now is nobody's mistake.
    if made.is_err() && lost.load(Ordering::Relaxed) { Err(AppError::Unavailable) } else { made }
}

/// The parts as one stream. Memory does not grow with the file.
fn whole(
    ctx: &Ctx,
    parts: Vec<Part>,
    lost: Arc<AtomicBool>,
) -> impl Stream<Item = Result<Bytes, String>> + Send + use<> {
    let files = ctx.files.clone();
    let open = move |part: Part| {
        let files = files.clone();
        async move {
            let object = Object { key: part.store_key, size: part.size, sealed_key: part.sealed_key };
            let bytes = files.get(&object, None).await.map_err(|e| e.to_string())?;
            Ok::<_, String>(bytes.map_err(|e| e.to_string()))
        }
    };
    futures::stream::iter(parts).then(open).try_flatten().inspect(move |chunk| {
        if chunk.is_err() {
            lost.store(true, Ordering::Relaxed);
        }
    })
}

/// The same services as for a form: the policy is asked again, before and after.
async fn hand_over(
    ctx: &Ctx,
    row: &Upload,
    bytes: impl Stream<Item = Result<Bytes, String>>,
) -> Result<Uuid, AppError> {
    let name = FileName::parse(&row.file_name);
    let file = Incoming { name: &name, note: &row.note };
    if let Some((done, _)) = idempotency::replay(&ctx.db, ctx).await? {
        return Ok(done);
    }
    match row.target().ok_or(AppError::Internal)? {
        Target::Request(id) => {
            let granted = requests::grant_answer(ctx, id).await?;
            requests::answer(ctx, granted, file, bytes).await?;
            Ok(id.0)
        }
        Target::Category(organisation_id, category) => {
            let title = row.title.clone();
            let granted = arrivals::grant_send(ctx, NewArrival { organisation_id, category, title }).await?;
            Ok(arrivals::send(ctx, granted, file, bytes).await?.0)
        }
        Target::Draft(organisation_id, category) => {
            let new = service::draft(organisation_id, category, &row.title, &row.file_name);
            let granted = upload::grant_draft(ctx, new).await?;
            Ok(upload::create_with_file(ctx, granted, &name, bytes).await?.0)
        }
        Target::Version(id) => {
            let granted = upload::grant_version(ctx, id).await?;
            upload::add_version(ctx, granted, file, bytes).await?;
            Ok(id.0)
        }
    }
}
