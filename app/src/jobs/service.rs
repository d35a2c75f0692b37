//! Looking at the queue, and having failed work tried again.

use crate::access::{Action, Relation, allow};
use crate::audit;
use crate::ctx::Ctx;
use crate::db::{Tx, is_unique_violation};
use crate::error::AppError;
use crate::idempotency;
use crate::ids::JobId;
use crate::time::Instant;

use super::model::{Row, State};
use super::store;

/// How often a job that somebody has tried again is tried at least.
const MORE: i64 = 10;

/// Which jobs to list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this state.
    pub state: Option<State>,
    /// Of the kind with this name.
    pub kind: Option<String>,
    /// Made before this one.
    pub before: Option<JobId>,
    /// How many.
    pub limit: i64,
}

/// How much there is of something, and since when.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    /// How many jobs.
    pub jobs: i64,
    /// When the oldest was enqueued.
    pub oldest: Option<Instant>,
}

/// The queue at a glance.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// To be done.
    pub waiting: Count,
    /// Being done.
    pub running: Count,
    /// Given up.
    pub dead: Count,
}

fn may_read(ctx: &Ctx) -> Result<(), AppError> {
    allow(&ctx.actor, Action::JobRead, Relation::Other, None)
}

fn may_manage(ctx: &Ctx) -> Result<(), AppError> {
    allow(&ctx.actor, Action::JobManage, Relation::Other, None)
}

/// Whether the actor may have jobs tried again and dropped.
pub fn manages(ctx: &Ctx) -> bool {
    may_manage(ctx).is_ok()
}

/// Jobs, newest first, and whether there are more.
pub async fn list(ctx: &Ctx, filter: &Filter) -> Result<(Vec<Row>, bool), AppError> {
    may_read(ctx)?;
    let before = filter.before.unwrap_or(JobId(uuid::Uuid::max()));
    let kind = filter.kind.as_deref().unwrap_or_default();
    let mut rows = store::list(&ctx.db, filter.state, kind, before, filter.limit + 1).await?;
    let wanted = usize::try_from(filter.limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    Ok((rows, more))
}

/// One job.
pub async fn find(ctx: &Ctx, id: JobId) -> Result<Row, AppError> {
    may_read(ctx)?;
    store::find(&ctx.db, id).await?.ok_or(AppError::NotFound)
}

/// What waits, runs and was given up.
pub async fn counts(ctx: &Ctx) -> Result<Counts, AppError> {
    may_read(ctx)?;
    let mut counts = Counts::default();
    for (state, jobs, oldest) in store::counts(&ctx.db).await? {
        let count = Count { jobs, oldest: Some(oldest) };
        match state {
            State::Waiting => counts.waiting = count,
            State::Running => counts.running = count,
            State::Dead => counts.dead = count,
            State::Done => {}
        }
    }
    Ok(counts)
}

/// The job, for somebody who may change it.
async fn managed(tx: &Tx, ctx: &Ctx, id: JobId) -> Result<Row, AppError> {
    may_manage(ctx)?;
    store::find(tx, id).await?.ok_or(AppError::NotFound)
}

/// Has a job tried again now: one that was given up, or one that waits for its next try.
pub async fn retry(ctx: &Ctx, id: JobId) -> Result<(), AppError> {
    may_manage(ctx)?;
    if idempotency::replay(&ctx.db, ctx).await?.is_some() {
        return Ok(());
    }
    let tx = ctx.db.begin().await?;
    let job = managed(&tx, ctx, id).await?;
    let replaced = || AppError::Conflict(ctx.t("jobs-conflict-replaced").to_owned());
    let retried = match store::retry(&tx, id, ctx.now(), MORE).await {
        Err(error) if is_unique_violation(&error) => return Err(replaced()),
        other => other?,
    };
    if !retried {
        return Err(AppError::Conflict(ctx.t("jobs-conflict-state").to_owned()));
    }
    idempotency::claim(&tx, ctx, id.0, 0).await?;
    let event = audit::Event::new("job.retry", "job", id.0).with("kind", &job.kind).with("attempts", job.attempts);
    audit::record(&tx, ctx, event).await?;
    tx.wake_after_commit(&ctx.portal.bell);
    tx.commit().await?;
    Ok(())
}

/// Has everything that failed tried again now, what was given up too; how much that is.
pub async fn retry_failed(ctx: &Ctx) -> Result<u64, AppError> {
    may_manage(ctx)?;
    let tx = ctx.db.begin().await?;
    let jobs = store::retry_failed(&tx, ctx.now(), MORE).await?;
    if jobs > 0 {
        audit::record(&tx, ctx, audit::Event::new("job.retry_failed", "job", None).with("jobs", jobs)).await?;
    }
    tx.wake_after_commit(&ctx.portal.bell);
    tx.commit().await?;
    Ok(jobs)
}

/// Drops a job that is not running: it will not be done.
pub async fn drop_job(ctx: &Ctx, id: JobId) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    let job = managed(&tx, ctx, id).await?;
    if !store::drop_job(&tx, id).await? {
        return Err(AppError::Conflict(ctx.t("jobs-conflict-state").to_owned()));
    }
    let event = audit::Event::new("job.drop", "job", id.0).with("kind", &job.kind).with("state", job.state.name());
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(())
}
