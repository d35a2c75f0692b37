//! The loop of every node: spreads what happened, and sends the mails that are due.

use std::time::Duration;

use tokio::sync::watch;

use crate::ctx::Ctx;
use crate::error::AppError;
use crate::news;

use super::{mail, spread, store};

/// How often a node looks for what another process has left.
const POLL: Duration = Duration::from_secs(5);
/// A notification this old is of no use to anybody.
const KEPT: Duration = Duration::from_secs(180 * 24 * 3600);
/// Rows that one transaction removes.
const PURGED: i64 = 1000;

/// Runs until `stop` says so; woken by the bell after a commit that left something.
pub async fn keep(ctx: Ctx, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let pause = match turn(&ctx).await {
            Ok(pause) => pause,
            Err(error) => {
                tracing::warn!(%error, "notifications");
                POLL
            }
        };
        tokio::select! {
            changed = stop.changed() => if changed.is_err() { break },
            () = ctx.portal.live.post.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Does what there is to do; says when to look again.
async fn turn(ctx: &Ctx) -> Result<Duration, AppError> {
    spread::run(ctx).await?;
    let now = ctx.now();
    let due = mail::next_due(&ctx.db).await?;
    if due.is_some_and(|due| due <= now) {
        mail::dispatch(ctx, now).await?;
        return Ok(POLL);
    }
    let wait = due.map_or(POLL, |due| Duration::from_micros(u64::try_from(due.0 - now.0).unwrap_or(0)));
    Ok(wait.min(POLL))
}

/// Removes what is old, a little at a time. Answers how many rows that were.
pub async fn purge(ctx: &Ctx) -> Result<u64, AppError> {
    let mut gone = 0;
    loop {
        let tx = ctx.db.begin_relaxed().await?;
        let before = ctx.now().minus(KEPT);
        let some = store::purge(&tx, before, PURGED).await? + news::purge(&tx, before, PURGED).await?;
        tx.commit().await?;
        gone += some;
        if some == 0 {
            return Ok(gone);
        }
    }
}
