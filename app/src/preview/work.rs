//! The jobs that make previews.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ::preview::Reason;
use bytes::Bytes;
use futures::StreamExt as _;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::documents::store as documents;
use crate::error::AppError;
use crate::files::{Object, PutError};
use crate::ids::VersionId;
use crate::jobs::{Failure, Job};
use crate::scan;
use crate::settings;

use super::child::{Answer, Previewer, Trouble};
use super::model::{Image, Images, Made, State, ToMake, kind_name};
use super::{service, store};

/// Bytes of a document that is looked at.
const LONGEST: i64 = 100 * 1024 * 1024;
/// Bytes of the images of one document.
const IMAGES: u64 = 64 * 1024 * 1024;
/// How many of a backlog are looked up at once.
const BATCH: i64 = 100;
/// One job works at a backlog for so long, and leaves the rest to the next night's.
const PATIENCE: Duration = Duration::from_secs(25 * 60);

/// What the job for one version needs to know.
#[derive(Debug, Deserialize)]
pub struct One {
    version: VersionId,
}

/// Why there is no preview yet.
enum Delay {
    /// The document took its process down with it, or kept it too long.
    Document(Reason),
    /// Something was away.
    Away(Failure),
}

impl From<Failure> for Delay {
    fn from(failure: Failure) -> Self {
        Self::Away(failure)
    }
}

/// Makes the preview of one version. What kills its process is tried again, and after the last try said to be so.
pub async fn one(ctx: &Ctx, previewer: &Previewer, job: &Job, One { version }: One) -> Result<(), Failure> {
    // Made already, or deleted meanwhile.
    let Some(file) = store::to_make(&ctx.db, version).await? else { return Ok(()) };
    match make(ctx, previewer, &file).await {
        Ok(()) => Ok(()),
        Err(Delay::Away(failure)) => Err(failure),
        Err(Delay::Document(reason)) if job.attempts < job.max_attempts => Err(Failure::Again(reason.name().into())),
        Err(Delay::Document(reason)) => {
            tracing::warn!(version = %version, reason = reason.name(), "no preview");
            Ok(keep(ctx, &file, Made::nothing(reason)).await?)
        }
    }
}

/// Makes what nobody has asked for yet: of what came before there were previews, and of what a job was given up on.
pub async fn backlog(ctx: &Ctx, previewer: &Previewer) -> Result<(), Failure> {
    let begun = std::time::Instant::now();
    let mut after = VersionId(Uuid::nil());
    loop {
        let batch = store::backlog(&ctx.db, after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(()) };
        after = last.version_id;
        for file in &batch {
            match make(ctx, previewer, file).await {
                Ok(()) => {}
                Err(Delay::Away(failure)) => return Err(failure),
                // It gets a job of its own, which counts how often it was tried.
                Err(Delay::Document(_)) => {
                    let tx = ctx.db.begin().await?;
                    service::enqueue(&tx, ctx, file.version_id).await?;
                    tx.commit().await?;
                }
            }
            if begun.elapsed() > PATIENCE {
                return Ok(());
            }
        }
    }
}

async fn make(ctx: &Ctx, previewer: &Previewer, file: &ToMake) -> Result<(), Delay> {
    // Its verdict will have it made.
    if !scan::service::is_readable(ctx, file.scan) {
        return Ok(());
    }
    let made = if file.size > LONGEST {
        Made::nothing(Reason::Length)
    } else {
        let answer = ask(ctx, previewer, file).await?;
        put(ctx, file, answer).await?
    };
    Ok(keep(ctx, file, made).await?)
}

/// Has the process look at the bytes that were uploaded, and no others.
async fn ask(ctx: &Ctx, previewer: &Previewer, file: &ToMake) -> Result<Answer, Delay> {
    let wrong = |why: &str| Delay::Away(Failure::Again(why.to_owned()));
    let object = Object { key: file.store_key.clone(), size: file.size, sealed_key: file.sealed_key.clone() };
    let bytes = ctx.files.get(&object, None).await.map_err(|_| wrong("the store does not return the file"))?;
    let hasher = Arc::new(Mutex::new(Sha256::new()));
    let hashing = hasher.clone();
    let bytes = bytes.inspect(move |chunk: &std::io::Result<Bytes>| {
        if let Ok(chunk) = chunk {
            hashing.lock().unwrap_or_else(PoisonError::into_inner).update(chunk);
        }
    });
    let size = u64::try_from(file.size).unwrap_or(0);
    let answer = previewer.ask(size, bytes).await.map_err(|trouble| match trouble {
        Trouble::Source => wrong("the store does not return the file"),
        Trouble::Start(error) => {
            tracing::error!(%error, "no preview process can be started");
            wrong("no process can be started")
        }
        Trouble::Slow => Delay::Document(Reason::Slow),
        Trouble::Died => Delay::Document(Reason::Died),
    })?;
    let seen = hasher.lock().unwrap_or_else(PoisonError::into_inner).clone().finalize();
    if seen.as_slice() != file.sha256.as_slice() {
        tracing::error!(version = %file.version_id, "the store returns other bytes than were uploaded");
        return Err(wrong("stored bytes differ from their hash"));
    }
    Ok(answer)
}

/// Stores the images, as one object with a key of its own that is noted first: whatever a crash leaves behind is found.
async fn put(ctx: &Ctx, file: &ToMake, answer: Answer) -> Result<Made, Failure> {
    let Answer { pages, text, invoice, end } = answer;
    let Some(kind) = end.kind else {
        return Ok(Made::nothing(end.reason.unwrap_or(Reason::Broken)));
    };
    let mut made = Made {
        state: State::Ready,
        kind: Some(kind_name(kind)),
        pages: end.pages.into(),
        text,
        summary: invoice.and_then(|invoice| serde_json::to_string(&invoice).ok()),
        reason: None,
        images: None,
    };
    if pages.is_empty() {
        return Ok(made);
    }
    let mut at = 0;
    let list: Vec<Image> = pages
        .iter()
        .map(|page| {
            let image = Image { at, length: page.png.len() as u64, width: page.width, height: page.height };
            at += image.length;
            image
        })
        .collect();
    let key = format!("documents/{}/preview-{}", file.version_id, Uuid::now_v7());
    let tx = ctx.db.begin().await?;
    documents::insert_pending(&tx, &key, ctx.now()).await?;
    tx.commit().await?;
    let chunks = pages.into_iter().map(|page| Ok::<_, std::io::Error>(Bytes::from(page.png)));
    let stored = ctx.files.put(&key, futures::stream::iter(chunks), IMAGES, |_| Ok(())).await;
    let stored = stored.map_err(|error| {
        let why = match error {
            PutError::Store(error) => {
                tracing::warn!(%error, "preview not stored");
                "the store does not take the preview"
            }
            _ => "the preview is too long",
        };
        Failure::Again(why.into())
    })?;
    let list = serde_json::to_string(&list).map_err(|_| Failure::Never("images not listed".into()))?;
    made.images = Some(Images { key, sealed_key: stored.sealed_key, size: stored.size, list });
    Ok(made)
}

/// Notes what was made, in the transaction in which its object stops being an orphan.
async fn keep(ctx: &Ctx, file: &ToMake, made: Made) -> Result<(), Failure> {
    let tx = ctx.db.begin().await?;
    // Whoever deletes the document has seen this object, or this sees that the document is gone.
    documents::lock(&tx, file.document_id).await?;
    if let Some(images) = &made.images {
        // The sweeper was here first: it is made again.
        if !documents::delete_pending(&tx, &images.key).await? {
            return Err(Failure::Again("the preview was swept away".into()));
        }
        if images.sealed_key.is_some() {
            settings::check_key_in(&tx, &ctx.portal.secrets.fingerprint()).await?;
        }
    }
    if store::set_made(&tx, file.version_id, &made, ctx.now()).await? {
        tx.commit().await?;
        return Ok(());
    }
    drop(tx);
    // Another was faster, or the document is gone: nobody will look at these images.
    if let Some(images) = &made.images {
        ctx.files.delete(&images.key).await.map_err(AppError::from)?;
        let tx = ctx.db.begin().await?;
        documents::delete_pending(&tx, &images.key).await?;
        tx.commit().await?;
    }
    Ok(())
}
