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
use crate::jobs::{self, Failure, Kind, New};

use super::clamd::{ScanError, Scanner};
use super::model::{Scan, Unscanned, Verdict};
use super::service::facts;
use super::{store, tell};

/// How many of a backlog are looked up at once.
const BATCH: i64 = 100;
/// One job works at a backlog for so long, and leaves the rest to the next.
const PATIENCE: Duration = Duration::from_secs(20 * 60);

/// What the job for one version needs to know.
#[derive(Debug, Deserialize)]
pub struct One {
    version: VersionId,
}

/// Has one version looked at.
pub async fn one(ctx: &Ctx, One { version }: One) -> Result<(), Failure> {
    // A version that was deleted meanwhile needs nothing.
    let Some(file) = store::unscanned(&ctx.db, version).await? else { return Ok(()) };
    look(ctx, &file).await
}

/// Has everything looked at that nobody has looked at yet: what came while there was no scanner, and what a job was
/// given up on.
pub async fn backlog(ctx: &Ctx) -> Result<(), Failure> {
    let begun = std::time::Instant::now();
    let mut after = VersionId(uuid::Uuid::nil());
    loop {
        let batch = store::backlog(&ctx.db, after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(()) };
        after = last.id;
        let idle = ctx.portal.scanner.is_none() && batch.iter().all(|file| file.scan == Scan::NotScanned);
        if idle {
            return Ok(());
        }
        for file in &batch {
            look(ctx, file).await?;
        }
        if begun.elapsed() > PATIENCE {
            let tx = ctx.db.begin().await?;
            jobs::enqueue(&tx, ctx, New::new(Kind::ScanBacklog, serde_json::json!({}))).await?;
            tx.commit().await?;
            return Ok(());
        }
    }
}

async fn look(ctx: &Ctx, file: &Unscanned) -> Result<(), Failure> {
    if !matches!(file.scan, Scan::Pending | Scan::NotScanned) {
        return Ok(());
    }
    let Some(scanner) = &ctx.portal.scanner else {
        let tx = ctx.db.begin().await?;
        store::set_not_scanned(&tx, file.id).await?;
        return Ok(tx.commit().await?);
    };
    let verdict = ask(ctx, scanner, file).await?;
    let tx = ctx.db.begin().await?;
    if store::set_verdict(&tx, file.id, &verdict, ctx.now()).await? && verdict != Verdict::Clean {
        hold(&tx, ctx, file.id).await?;
    }
    Ok(tx.commit().await?)
}

/// Sends the bytes to the scanner. What it says of other bytes than those that were uploaded says nothing.
async fn ask(ctx: &Ctx, scanner: &Scanner, file: &Unscanned) -> Result<Verdict, Failure> {
    let away = |_| Failure::Again("store unavailable".to_owned());
    let object = Object { key: file.store_key.clone(), size: file.size, sealed_key: file.sealed_key.clone() };
    let bytes = ctx.files.get(&object, None).await.map_err(away)?;
    let hasher = Arc::new(Mutex::new(Sha256::new()));
    let hashing = hasher.clone();
    let bytes = bytes.inspect(move |chunk: &std::io::Result<Bytes>| {
        if let Ok(chunk) = chunk {
            hashing.lock().unwrap_or_else(PoisonError::into_inner).update(chunk);
        }
    });
    let verdict = scanner.scan(bytes).await.map_err(|error| match error {
        ScanError::Scanner(why) => Failure::Again(format!("scanner: {why}")),
        ScanError::Source(_) => Failure::Again("store unavailable".into()),
    })?;
    let seen = hasher.lock().unwrap_or_else(PoisonError::into_inner).clone().finalize();
    if verdict == Verdict::Clean && seen.as_slice() != file.sha256.as_slice() {
        tracing::error!(version = %file.id, "the store returns other bytes than were uploaded");
        return Err(Failure::Again("stored bytes differ from their hash".into()));
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
