//! The watched place where it is a prefix of a bucket.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use futures::StreamExt as _;

use crate::ctx::Ctx;
use crate::error::AppError;
use crate::files::{Lying, Watched};
use crate::jobs::Failure;

use super::kind::Kind;
use super::watch::{self, Imported, MOST};

/// Looks once at what lies there of a kind.
pub(super) async fn look(ctx: &Ctx, store: &Watched, kind: Kind) -> Result<(), Failure> {
    let found = store.list(kind.name(), watch::is_finished, MOST).await;
    let found = found.map_err(|error| Failure::Again(format!("import store: {error}")))?;
    for lying in found {
        let name = format!("{}/{}", kind.name(), lying.name);
        if watch::unchanged(ctx, &name, (lying.size, lying.stamp)).await? {
            take(ctx, store, kind, &lying, &name).await?;
        }
    }
    Ok(())
}

/// Takes one object in, imports it and moves it away.
async fn take(ctx: &Ctx, store: &Watched, kind: Kind, lying: &Lying, name: &str) -> Result<(), AppError> {
    let Some(bytes) = store.read(lying).await? else { return Ok(()) };
    // What broke off on the way is not wrong: the next look reads it again.
    let broken = Arc::new(AtomicBool::new(false));
    let seen = broken.clone();
    let bytes = bytes.inspect(move |chunk: &std::io::Result<Bytes>| {
        seen.fetch_or(chunk.is_err(), Ordering::Relaxed);
    });
    let changed = move || broken.load(Ordering::Relaxed);
    match watch::import(ctx, kind, &lying.name, bytes, changed).await? {
        Imported::Later => Ok(()),
        Imported::Now(report) => {
            let first = if report.is_some() { "error" } else { "archive" };
            let folder = format!("{first}/{}/{}", kind.name(), watch::day(ctx));
            let moved = store.put_away(lying, &folder, report.as_deref()).await;
            watch::settle(ctx, name, moved).await
        }
    }
}
