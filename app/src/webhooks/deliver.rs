//! The worker's part: what is due for an endpoint is sent, and how it went is noted.
//!
//! A job is for an endpoint, not for a message: where nobody is there, one message finds out and the others wait behind it.

use std::time::Duration;

use futures::future::BoxFuture;
use futures::{FutureExt as _, StreamExt as _};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::db::Tx;
use crate::error::AppError;
use crate::ids::WebhookId;
use crate::jobs::{self, Kind, New};
use crate::time::Instant;

use super::payload::Facts;
use super::send::{self, Endpoint, Tried};
use super::{pause, retry};

/// Messages taken at once, and of these sent at once.
const BATCH: i64 = 32;
const TOGETHER: usize = 8;
/// How long they are taken for: longer than all of them can last.
const LEASE: Duration = Duration::from_secs(120);
const MINUTE: Duration = Duration::from_secs(60);
/// How long one job goes on.
const TURN: Duration = Duration::from_secs(60);
/// The receiver says that it is gone for good.
const GONE: u16 = 410;

/// Whose messages to send.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Ask {
    webhook: WebhookId,
}

/// Has what waits for an endpoint sent now.
pub(super) async fn soon(tx: &Tx, ctx: &Ctx, webhook: WebhookId) -> Result<(), AppError> {
    at(tx, ctx, webhook, ctx.now()).await
}

/// Has what waits for an endpoint sent from `due` on, in the transaction that makes it wait.
pub(super) async fn at(tx: &Tx, ctx: &Ctx, webhook: WebhookId, due: Instant) -> Result<(), AppError> {
    let payload = serde_json::to_value(Ask { webhook }).map_err(|_| AppError::Internal)?;
    let job = New::new(Kind::DeliverWebhooks, payload).at(due);
    // Now is without a key: a job that is just ending would not see what was made after it last looked.
    let job = if due > ctx.now() { job.once(format!("webhook:{webhook}:{}", due.0)) } else { job };
    jobs::enqueue(tx, ctx, job).await.map(|_| ())
}

/// From when on an endpoint that has failed so often is told what happens now: with what waits already, and no later than
/// somebody who is back may have to wait. In full minutes, so that many events make few jobs.
pub(super) async fn behind(tx: &Tx, ctx: &Ctx, webhook: WebhookId, failures: i64) -> Result<Instant, AppError> {
    let latest = ctx.now().plus(retry::behind(failures)).rounded_up(MINUTE);
    let next = send::next(tx, webhook).await?.filter(|next| *next > ctx.now());
    Ok(next.map_or(latest, |next| next.min(latest)))
}

/// Sends what is due for an endpoint.
pub async fn run(ctx: &Ctx, ask: Ask) -> Result<(), AppError> {
    let begun = std::time::Instant::now();
    loop {
        // Read each time: it may have been paused or changed meanwhile.
        let Some(endpoint) = send::endpoint(&ctx.db, ask.webhook, ctx.now()).await? else { return Ok(()) };
        if !batch(ctx, &endpoint).await? || begun.elapsed() > TURN {
            break;
        }
    }
    again(ctx, ask.webhook).await
}

/// Leaves a job for what waits for later.
async fn again(ctx: &Ctx, webhook: WebhookId) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    if let Some(due) = send::next(&tx, webhook).await? {
        at(&tx, ctx, webhook, due).await?;
    }
    Ok(tx.commit().await?)
}

/// Sends a batch; `false` when there is nothing more to do now.
async fn batch(ctx: &Ctx, endpoint: &Endpoint) -> Result<bool, AppError> {
    let claim = Uuid::now_v7();
    let tx = ctx.db.begin().await?;
    let taken = send::claim(&tx, endpoint.id, ctx.now(), ctx.now().plus(LEASE), claim, BATCH).await?;
    tx.commit().await?;
    if taken == 0 {
        return Ok(false);
    }
    let facts = send::claimed(&ctx.db, endpoint, claim).await?;
    let (told, hidden): (Vec<Facts>, Vec<Facts>) =
        facts.into_iter().partition(|facts| facts.may_be_told(endpoint.organisation_id));
    let tx = ctx.db.begin().await?;
    for facts in &hidden {
        send::hide(&tx, facts.id, claim, ctx.now()).await?;
    }
    tx.commit().await?;
    let tried = sent(ctx, endpoint, &told).await;
    note(ctx, endpoint, claim, &tried).await
}

/// Sends them, several at once. After one that finds nobody there, those that have not begun are left.
async fn sent<'a>(ctx: &Ctx, endpoint: &Endpoint, told: &'a [Facts]) -> Vec<(&'a Facts, Tried)> {
    // Whoever was away is asked with one message first.
    let (first, rest) = told.split_at(if endpoint.failures > 0 { told.len().min(1) } else { 0 });
    let mut tried = Vec::with_capacity(told.len());
    for (group, together) in [(first, 1), (rest, TOGETHER)] {
        let one = |facts: &'a Facts| async move { (facts, send::send(ctx, endpoint, facts).await) }.boxed();
        let calls: Vec<BoxFuture<'_, (&'a Facts, Tried)>> = group.iter().map(one).collect();
        let mut calls = futures::stream::iter(calls).buffer_unordered(together);
        let mut nobody = false;
        while let Some(one) = calls.next().await {
            nobody |= one.1.nobody();
            tried.push(one);
            if nobody {
                break;
            }
        }
        if nobody {
            break;
        }
    }
    tried
}

/// Notes how they went; `false` when nobody was there, or the endpoint is told nothing more.
async fn note(ctx: &Ctx, endpoint: &Endpoint, claim: Uuid, tried: &[(&Facts, Tried)]) -> Result<bool, AppError> {
    let now = ctx.now();
    let tx = ctx.db.begin().await?;
    let (mut accepted, mut failed, mut given_up) = (false, 0, false);
    for (facts, tried) in tried {
        let gone = tried.status == Some(GONE);
        let wait = if gone { None } else { retry::after(facts.attempts + 1, tried.retry_after) };
        let next = wait.filter(|_| !tried.accepted()).map(|wait| now.plus(wait));
        if send::note(&tx, facts.id, claim, tried, next, now).await? {
            accepted |= tried.accepted();
            failed += i64::from(!tried.accepted());
            given_up |= !tried.accepted() && next.is_none();
        }
    }
    let nobody = tried.iter().any(|(_, tried)| tried.nobody());
    let gone = tried.iter().any(|(_, tried)| tried.status == Some(GONE));
    let until = now.plus(retry::behind(endpoint.failures));
    send::release(&tx, claim, if nobody { until } else { now }).await?;
    let ends = pause::note(&tx, ctx, endpoint.id, pause::Round { accepted, failed, given_up, gone }).await?;
    if nobody {
        send::put_behind(&tx, endpoint.id, now, until).await?;
    }
    tx.commit().await?;
    Ok(!nobody && !ends)
}
