//! A worker: claims jobs, keeps their leases while it works, reports how they ended.

use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use rand::RngExt as _;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant as Moment, sleep, timeout};

use crate::ctx::Ctx;
use crate::db::{DbResult, Tx};
use crate::error::AppError;
use crate::ids::JobId;

use super::lane::Places;
use super::model::{Failure, Job, Kind};
use super::store::{Fence, Outcome};
use super::{backoff, schedule, store};

/// How long a claim holds without a sign of life. Long enough for nodes whose clocks are two minutes apart.
pub const LEASE: Duration = Duration::from_secs(180);
/// How often a worker gives a sign of life.
const HEARTBEAT: Duration = Duration::from_secs(30);
/// How often it looks for work that nobody rang the bell for: another process enqueued it.
const POLL: Duration = Duration::from_secs(5);
/// How soon it looks again when somebody else was faster.
const BEATEN: Duration = Duration::from_millis(250);
/// Jobs at once: mails wait for the network, not for the processor. Two more than the limited lanes have together
/// (`lane.rs`): mails go out while all of these wait for somebody.
const SLOTS: usize = 8;
/// Ends before the server's own patience with requests in flight does.
const GRACE: Duration = Duration::from_secs(20);

/// Does the work of a job. Must bear being repeated: a run may be cut off at any point and begun again elsewhere.
pub trait Handler: Send + Sync + 'static {
    /// Does it.
    fn run<'a>(&'a self, ctx: &'a Ctx, job: &'a Job) -> BoxFuture<'a, Result<(), Failure>>;
}

/// How often a worker gives a sign of life, and how long running jobs may take after the stop.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Between two signs of life; well below a third of [`LEASE`].
    pub heartbeat: Duration,
    /// After the stop; what is not done by then is handed back.
    pub grace: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { heartbeat: HEARTBEAT, grace: GRACE }
    }
}

/// A job that was claimed, with its place in its lane.
type Claimed = (Job, Option<OwnedSemaphorePermit>);

/// One worker of one process.
pub struct Worker {
    ctx: Ctx,
    handler: Arc<dyn Handler>,
    name: String,
    pace: Pace,
    /// The jobs it is at. It begins none of them again while they run, also where the clock jumps past their leases.
    held: Mutex<BTreeSet<JobId>>,
}

/// A job that is being worked at, until it is dropped.
struct Held<'a> {
    worker: &'a Worker,
    job: JobId,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.worker.held.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.job);
    }
}

impl Worker {
    /// A worker with a name of its own; `ctx` is the operator's.
    pub fn new(ctx: Ctx, handler: Arc<dyn Handler>) -> Self {
        let name: [u8; 8] = rand::rng().random();
        Self { ctx, handler, name: crate::documents::model::hex(&name), pace: Pace::default(), held: Mutex::default() }
    }

    /// The same worker at another pace.
    #[must_use]
    pub fn at_pace(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    /// Takes up to this many due jobs, of whatever kind.
    pub async fn claim(&self, limit: usize) -> DbResult<Vec<Job>> {
        let tx = self.begin().await?;
        let jobs = self.take(&tx, limit, "").await?;
        tx.commit().await?;
        Ok(jobs)
    }

    /// Takes up to this many due jobs, each with its place: what has none in its lane is left for later as it is.
    async fn claim_with_places(&self, limit: usize, places: &Places) -> DbResult<Vec<Claimed>> {
        let mut claimed = Vec::new();
        let tx = self.begin().await?;
        for soon in [true, false] {
            while claimed.len() < limit {
                let Some(job) = self.take(&tx, 1, &places.closed(soon)).await?.pop() else { break };
                let place = places.take(&job);
                claimed.push((job, place));
            }
        }
        tx.commit().await?;
        Ok(claimed)
    }

    fn hold(&self, job: JobId) -> Held<'_> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).insert(job);
        Held { worker: self, job }
    }

    fn held(&self) -> Vec<JobId> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
    }

    async fn begin(&self) -> DbResult<Tx> {
        let tx = self.ctx.db.begin().await?;
        let buried = store::bury(&tx, self.ctx.now(), &self.held()).await?;
        if buried > 0 {
            tracing::error!(buried, "jobs given up: their workers disappeared");
        }
        Ok(tx)
    }

    async fn take(&self, tx: &Tx, limit: usize, but: &str) -> DbResult<Vec<Job>> {
        let (now, limit) = (self.ctx.now(), i64::try_from(limit).unwrap_or(i64::MAX));
        store::claim(tx, now, limit, &self.name, now.plus(LEASE), but, &self.held()).await
    }

    /// Does one claimed job and reports. `false` when the lease was lost: then another worker has it, and nothing is
    /// reported.
    pub async fn work(&self, job: Job) -> bool {
        let _held = self.hold(job.id);
        let fence = Fence { id: job.id, worker: &self.name, attempts: job.attempts };
        let request_id = format!("job-{}-{}", job.id, job.attempts);
        let ctx = Ctx { request_id: request_id.into(), ..self.ctx.clone() };
        ctx.portal.refresh(&ctx.db, ctx.now()).await;
        let limit = Kind::parse(&job.kind).unwrap_or(Kind::Mail).time_limit();
        let run = AssertUnwindSafe(timeout(limit, self.handler.run(&ctx, &job))).catch_unwind();
        let mut lease_ends = Moment::now() + LEASE;
        let result = tokio::select! {
            result = run => result,
            () = self.keep(fence, &mut lease_ends) => {
                tracing::warn!(job = %job.id, kind = job.kind, "lease lost, work stopped");
                return false;
            }
        };
        let result = match result {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(Failure::Again("took too long".into())),
            // What it said may hold personal data; the panic hook has logged where.
            Err(_) => Err(Failure::Again("panicked".into())),
        };
        self.report(fence, &job, &result, lease_ends).await
    }

    /// Gives signs of life; ends when the lease is lost or cannot be kept.
    async fn keep(&self, fence: Fence<'_>, lease_ends: &mut Moment) {
        loop {
            sleep(self.pace.heartbeat).await;
            let asked = Moment::now();
            match store::extend(&self.ctx.db, fence, self.ctx.now().plus(LEASE)).await {
                Ok(true) => *lease_ends = asked + LEASE,
                Ok(false) => return,
                Err(error) => {
                    tracing::warn!(%error, "sign of life");
                    // Another may begin when it ends: this one must have stopped by then.
                    if Moment::now() + self.pace.heartbeat >= *lease_ends {
                        return;
                    }
                }
            }
        }
    }

    /// Records the outcome, again and again while the lease is ours: work that was done should not be repeated only
    /// because the database was away for a moment.
    async fn report(&self, fence: Fence<'_>, job: &Job, result: &Result<(), Failure>, lease_ends: Moment) -> bool {
        let given_up = job.attempts >= job.max_attempts;
        loop {
            let now = self.ctx.now();
            let outcome = match result {
                Ok(()) => Outcome::Done,
                Err(Failure::Never(why)) => Outcome::Dead(why),
                Err(Failure::Again(why)) if given_up => Outcome::Dead(why),
                Err(Failure::Again(why)) => Outcome::Again(why, now.plus(backoff::wait(job.attempts))),
            };
            match store::report(&self.ctx.db, fence, &outcome, now).await {
                Ok(ours) => {
                    log(job, &outcome, ours);
                    return ours;
                }
                Err(error) if Moment::now() + Duration::from_secs(2) < lease_ends => {
                    tracing::warn!(%error, job = %job.id, "outcome of a job");
                    sleep(Duration::from_secs(1)).await;
                }
                Err(_) => return false,
            }
        }
    }

    /// Does everything that is due, one after the other; how many jobs that were. For tests and commands.
    pub async fn drain(&self) -> DbResult<usize> {
        let mut done = 0;
        loop {
            let jobs = self.claim(1).await?;
            let Some(job) = jobs.into_iter().next() else { return Ok(done) };
            self.work(job).await;
            done += 1;
        }
    }

    /// Works until `stop` says so; then what runs may end, and what does not is handed back. `alone`: no other process
    /// works on this database, so whatever seems to run was cut off when the last one ended.
    pub async fn run(self: Arc<Self>, alone: bool, mut stop: watch::Receiver<bool>) {
        let mut running = JoinSet::new();
        let places = Places::new();
        let mut prepared = false;
        while !*stop.borrow() {
            let mut pause = POLL;
            if !prepared {
                match self.prepare(alone).await {
                    Ok(()) => prepared = true,
                    Err(error) => tracing::warn!(%error, "job queue"),
                }
            }
            let free = SLOTS.saturating_sub(running.len());
            if prepared && free > 0 {
                match self.step(free, &places).await {
                    Ok((jobs, wait)) => {
                        pause = wait;
                        for (job, place) in jobs {
                            let worker = self.clone();
                            running.spawn(async move {
                                let done = worker.work(job).await;
                                drop(place);
                                done
                            });
                        }
                    }
                    Err(error) => tracing::warn!(%error, "job queue"),
                }
            }
            tokio::select! {
                changed = stop.changed() => if changed.is_err() { break },
                () = self.ctx.portal.bell.notified(), if free > 0 => {}
                Some(_) = running.join_next() => {}
                () = sleep(pause) => {}
            }
        }
        let ended = async { while running.join_next().await.is_some() {} };
        if timeout(self.pace.grace, ended).await.is_err() {
            running.shutdown().await;
            match store::hand_back(&self.ctx.db, &self.name, self.ctx.now()).await {
                Ok(jobs) => tracing::info!(jobs, "running jobs handed back"),
                Err(error) => tracing::warn!(%error, "jobs could not be handed back; their leases will end"),
            }
        }
    }

    async fn prepare(&self, alone: bool) -> Result<(), AppError> {
        if alone {
            let jobs = store::recover(&self.ctx.db, self.ctx.now()).await?;
            if jobs > 0 {
                tracing::warn!(jobs, "jobs were cut off when the last process ended; they are begun again");
            }
        }
        schedule::prepare(&self.ctx).await
    }

    /// Claims what is due; says when to look again. Costs one read while nothing is.
    async fn step(&self, free: usize, places: &Places) -> Result<(Vec<Claimed>, Duration), AppError> {
        let (job, timed) = store::next(&self.ctx.db).await?;
        let now = self.ctx.now();
        schedule::follow_clock(&self.ctx, timed).await?;
        let due = |at: Option<crate::time::Instant>| at.is_some_and(|at| at <= now);
        let mut jobs = Vec::new();
        if due(timed) {
            schedule::tick(&self.ctx).await?;
        }
        if due(job) || due(timed) {
            jobs = self.claim_with_places(free, places).await?;
            let pause = match jobs.is_empty() {
                false => Duration::ZERO,
                // What is due has no place: the end of one that runs says when.
                true if places.any_full() => POLL,
                true => BEATEN,
            };
            return Ok((jobs, pause));
        }
        let next = [job, timed].into_iter().flatten().min();
        let wait = next.map_or(POLL, |at| Duration::from_micros(u64::try_from(at.0 - now.0).unwrap_or(0)));
        Ok((jobs, wait.min(POLL)))
    }
}

fn log(job: &Job, outcome: &Outcome<'_>, ours: bool) {
    let (id, kind, attempts) = (job.id, job.kind.as_str(), job.attempts);
    match outcome {
        _ if !ours => tracing::warn!(job = %id, kind, attempts, "lease lost, outcome not recorded"),
        Outcome::Done => tracing::debug!(job = %id, kind, attempts, "job done"),
        Outcome::Again(why, _) => tracing::warn!(job = %id, kind, attempts, why, "job failed, will be tried again"),
        Outcome::Dead(why) => tracing::error!(job = %id, kind, attempts, why, "job given up"),
    }
}
