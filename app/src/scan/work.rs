//! The jobs that have files looked at.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures::StreamExt as _;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::files::Object;
use crate::ids::VersionId;
use crate::jobs::Failure;
use crate::preview;

use super::clamd::{ScanError, Scanner};
use super::model::{Scan, Unscanned, Verdict};
use super::service::facts;
use super::{store, tell};

/// How many of a backlog are looked up at once.
const BATCH: i64 = 100;
/// One job works at a backlog for so long, and leaves the rest to the next hour's.
const PATIENCE: Duration = Duration::from_secs(25 * 60);

/// What the job for one version needs to know.
#[derive(Debug, Deserialize)]
pub struct One {
    version: VersionId,
}

/// Why a file was not looked at.
enum Trouble {
    /// The scanner or the database is away: the others would fail as well.
    Away(Failure),
    /// Something is wrong with this file, or with where it lies.
    File(Failure),
}

impl From<AppError> for Trouble {
    fn from(error: AppError) -> Self {
        Self::Away(error.into())
    }
}

impl From<sqlx::Error> for Trouble {
    fn from(error: sqlx::Error) -> Self {
        Self::Away(error.into())
    }
}

/// Has one version looked at.
pub async fn one(ctx: &Ctx, One { version }: One) -> Result<(), Failure> {
    // A version that was deleted meanwhile needs nothing.
    let Some(file) = store::unscanned(&ctx.db, version).await? else { return Ok(()) };
    let Some(scanner) = &ctx.portal.scanner else { return forget(ctx).await };
    look(ctx, scanner, &file).await.map_err(|(Trouble::Away(failure) | Trouble::File(failure))| failure)
}

/// There is no scanner any more: what waits for one can be read as it is.
async fn forget(ctx: &Ctx) -> Result<(), Failure> {
    let tx = ctx.db.begin().await?;
    store::forget_pending(&tx).await?;
    Ok(tx.commit().await?)
}

/// Has everything looked at that nobody has looked at yet: what came while there was no scanner, and what a job was
/// given up on. A file that cannot be looked at does not keep the others from it.
pub async fn backlog(ctx: &Ctx) -> Result<(), Failure> {
    let Some(scanner) = &ctx.portal.scanner else { return forget(ctx).await };
    let begun = std::time::Instant::now();
    let mut after = VersionId(uuid::Uuid::nil());
    let mut first = Ok(());
    loop {
        let batch = store::backlog(&ctx.db, after, BATCH).await?;
        let Some(last) = batch.last() else { return first };
        after = last.id;
        for file in &batch {
            match look(ctx, scanner, file).await {
                Ok(()) => {}
                Err(Trouble::Away(failure)) => return Err(failure),
                Err(Trouble::File(failure)) => {
                    // From now on it stands in quarantine, where somebody can decide about it.
                    let tx = ctx.db.begin().await?;
                    store::set_pending(&tx, file.id).await?;
                    tx.commit().await?;
                    first = first.and(Err(failure));
                }
            }
            if begun.elapsed() > PATIENCE {
                return first;
            }
        }
    }
}

async fn look(ctx: &Ctx, scanner: &Scanner, file: &Unscanned) -> Result<(), Trouble> {
    // What was released before anybody had looked at it is looked at all the same.
    let unseen = file.scan == Scan::Released && file.scanned_at.is_none();
    if !unseen && !matches!(file.scan, Scan::Pending | Scan::NotScanned) {
        return Ok(());
    }
    let verdict = ask(ctx, scanner, file).await?;
    let tx = ctx.db.begin().await?;
    if store::set_verdict(&tx, file.id, &verdict, ctx.now()).await? {
        match verdict {
            Verdict::Clean => preview::service::enqueue(&tx, ctx, file.id).await?,
            Verdict::Infected(_) | Verdict::TooLarge => hold(&tx, ctx, file.id).await?,
        }
    }
    Ok(tx.commit().await?)
}

/// Sends the bytes to the scanner. What it says of other bytes than those that were uploaded says nothing.
async fn ask(ctx: &Ctx, scanner: &Scanner, file: &Unscanned) -> Result<Verdict, Trouble> {
    let wrong = |why: &str| Trouble::File(Failure::Again(why.to_owned()));
    let object = Object { key: file.store_key.clone(), size: file.size, sealed_key: file.sealed_key.clone() };
    let bytes = ctx.files.get(&object, None).await.map_err(|_| wrong("the store does not return the file"))?;
    let hasher = Arc::new(Mutex::new(Sha256::new()));
    let hashing = hasher.clone();
    let bytes = bytes.inspect(move |chunk: &std::io::Result<Bytes>| {
        if let Ok(chunk) = chunk {
            hashing.lock().unwrap_or_else(PoisonError::into_inner).update(chunk);
        }
    });
    let verdict = scanner.scan(bytes).await.map_err(|error| match error {
        ScanError::Scanner(why) => Trouble::Away(Failure::Again(format!("scanner: {why}"))),
        ScanError::Source(_) => wrong("the store does not return the file"),
    })?;
    let seen = hasher.lock().unwrap_or_else(PoisonError::into_inner).clone().finalize();
    if verdict == Verdict::Clean && seen.as_slice() != file.sha256.as_slice() {
        tracing::error!(version = %file.id, "the store returns other bytes than were uploaded");
        return Err(wrong("stored bytes differ from their hash"));
    }
    Ok(verdict)
}

/// Notes that a file is held, and tells whoever uploaded it.
async fn hold(tx: &crate::db::Tx, ctx: &Ctx, id: VersionId) -> Result<(), AppError> {
    let Some(row) = store::just_held(tx, id).await? else { return Ok(()) };
    let event = Event::new("quarantine.hold", "document", row.document_id.0);
    audit::record(tx, ctx, facts(event, &row)).await?;
    tell::held(tx, ctx, &row).await
}
