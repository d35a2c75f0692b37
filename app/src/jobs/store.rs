//! All SQL of the queue.

use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::ids::{JobId, TokenId, UserId};
use crate::time::Instant;

use super::model::{Job, New, Row, State};

macro_rules! columns {
    () => {
        "id, kind, topic, state, due_at, attempts, max_attempts, last_error, created_at, started_at, finished_at"
    };
}
macro_rules! claim {
    ($from:literal, $skip:literal, $held:literal) => {
        concat!(
            $from,
            "(SELECT id FROM jobs WHERE state IN ('waiting', 'running') AND due_at <= $1 \
             AND CAST($5 AS TEXT) NOT LIKE '% ' || kind || ' %' AND NOT (id ",
            $held,
            ") ORDER BY due_at, id LIMIT $2",
            $skip,
            ") ",
            "UPDATE jobs SET state = 'running', attempts = attempts + 1, worker = $3, due_at = $4, started_at = $1 \
             WHERE id IN (SELECT id FROM due) \
             RETURNING id, kind, payload, attempts, max_attempts, originator_id, token_id, scope, created_at"
        )
    };
}

sql! {
    INSERT = "INSERT INTO jobs (id, kind, topic, payload, state, due_at, attempts, max_attempts, dedupe, originator_id, token_id, scope, created_at) VALUES ($1, $2, $3, $4, 'waiting', $5, 0, $6, $7, $8, $9, $10, $11) ON CONFLICT (dedupe) WHERE state IN ('waiting', 'running') DO NOTHING";
    UNFINISHED = "SELECT id FROM jobs WHERE dedupe = $1 AND state IN ('waiting', 'running')";
    /// What was begun for the last time and never reported: the worker died over it, perhaps because of it.
    BURY = sqlite: "UPDATE jobs SET state = 'dead', worker = NULL, last_error = 'the worker disappeared', finished_at = $1 WHERE state = 'running' AND due_at <= $1 AND attempts >= max_attempts AND id NOT IN (SELECT unhex(value) FROM json_each($2))",
        postgres: "UPDATE jobs SET state = 'dead', worker = NULL, last_error = 'the worker disappeared', finished_at = $1 WHERE state = 'running' AND due_at <= $1 AND attempts >= max_attempts AND id <> ALL($2)";
    /// Materialised, because PostgreSQL may otherwise ask for the locked rows again and get others.
    CLAIM = sqlite: claim!("WITH due AS ", "", "IN (SELECT unhex(value) FROM json_each($6))"), postgres: claim!("WITH due AS MATERIALIZED ", " FOR UPDATE SKIP LOCKED", "= ANY($6)");
    NEXT = "SELECT (SELECT MIN(due_at) FROM jobs WHERE state IN ('waiting', 'running')) AS job, (SELECT MIN(next_at) FROM job_schedules) AS schedule";
    /// `$2` and `$3` of these fence off a worker that lost its lease: another run has another number.
    EXTEND = "UPDATE jobs SET due_at = $4 WHERE id = $1 AND worker = $2 AND attempts = $3 AND state = 'running'";
    DONE = "UPDATE jobs SET state = 'done', worker = NULL, payload = '{}', last_error = NULL, finished_at = $4 WHERE id = $1 AND worker = $2 AND attempts = $3 AND state = 'running'";
    AGAIN = "UPDATE jobs SET state = 'waiting', worker = NULL, last_error = $4, due_at = $5 WHERE id = $1 AND worker = $2 AND attempts = $3 AND state = 'running'";
    DEAD = "UPDATE jobs SET state = 'dead', worker = NULL, last_error = $4, finished_at = $5 WHERE id = $1 AND worker = $2 AND attempts = $3 AND state = 'running'";
    /// A run that was cut short by the end of its worker does not count.
    HAND_BACK = "UPDATE jobs SET state = 'waiting', worker = NULL, due_at = $2, max_attempts = max_attempts + 1 WHERE worker = $1 AND state = 'running'";
    /// For a database that only one process works on: whoever was at it has ended.
    RECOVER = "UPDATE jobs SET due_at = $1 WHERE state = 'running' AND due_at > $1";
    SCHEDULE = "INSERT INTO job_schedules (name, next_at) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
    SCHEDULES_DUE = "SELECT name, next_at FROM job_schedules WHERE next_at <= $1 ORDER BY name";
    /// Those further ahead than a clock that was never set back would have put them.
    SCHEDULES_AHEAD = "SELECT name, next_at FROM job_schedules WHERE next_at > $1 ORDER BY name";
    /// What was queued or put off by a clock that was ahead: it is due now.
    SET_JOBS_BACK = "UPDATE jobs SET due_at = $1 WHERE state = 'waiting' AND due_at > $1 AND (created_at > $1 OR started_at > $1)";
    /// A worker that lives gives its next sign of life before `$2`; of one that does not, nothing waits for the wrong day.
    SET_LEASES_BACK = "UPDATE jobs SET due_at = $2 WHERE state = 'running' AND due_at > $2 AND started_at > $1";
    SET_BACK = "UPDATE job_schedules SET next_at = $3 WHERE name = $1 AND next_at = $2";
    MOVE_ON = "UPDATE job_schedules SET next_at = $3, last_at = $4 WHERE name = $1 AND next_at = $2";
    PURGE = "DELETE FROM jobs WHERE finished_at < $1 AND state = 'done'";
    PURGE_DEAD = "DELETE FROM jobs WHERE finished_at < $1 AND state = 'dead'";
    LIST = concat!("SELECT ", columns!(), " FROM jobs WHERE id < $1 AND ($2 = '' OR kind = $2) ORDER BY id DESC LIMIT $3");
    LIST_STATE = concat!("SELECT ", columns!(), " FROM jobs WHERE state = $4 AND id < $1 AND ($2 = '' OR kind = $2) ORDER BY id DESC LIMIT $3");
    FIND = concat!("SELECT ", columns!(), " FROM jobs WHERE id = $1");
    COUNTS = "SELECT state, COUNT(*) AS jobs, MIN(created_at) AS oldest FROM jobs WHERE state IN ('waiting', 'running', 'dead') GROUP BY state";
    RETRY = "UPDATE jobs SET state = 'waiting', due_at = $2, finished_at = NULL, max_attempts = CASE WHEN attempts + $3 > max_attempts THEN attempts + $3 ELSE max_attempts END WHERE id = $1 AND state IN ('waiting', 'dead')";
    /// Of several with one key, the newest: only one may be unfinished.
    RETRY_FAILED = "UPDATE jobs SET state = 'waiting', due_at = $1, finished_at = NULL, max_attempts = CASE WHEN attempts + $2 > max_attempts THEN attempts + $2 ELSE max_attempts END WHERE (state = 'dead' OR (state = 'waiting' AND last_error IS NOT NULL)) AND NOT EXISTS (SELECT 1 FROM jobs o WHERE o.dedupe = jobs.dedupe AND o.id <> jobs.id AND (o.state IN ('waiting', 'running') OR (o.state = 'dead' AND o.id > jobs.id)))";
    DROP = "DELETE FROM jobs WHERE id = $1 AND state IN ('waiting', 'dead')";
}

/// A job to insert.
pub(super) struct Insert<'a> {
    pub id: JobId,
    pub due_at: Instant,
    pub originator: Option<UserId>,
    pub token: Option<TokenId>,
    pub scope: String,
    pub now: Instant,
    pub job: &'a New,
}

/// `false`: an unfinished job has the key.
pub(super) async fn insert(tx: &Tx, new: &Insert<'_>) -> DbResult<bool> {
    let job = new.job;
    let made = tx
        .execute(
            INSERT,
            args![
                new.id,
                job.kind.name(),
                job.topic,
                job.payload.to_string(),
                new.due_at,
                job.kind.max_attempts(),
                job.dedupe.clone(),
                new.originator,
                new.token,
                &new.scope,
                new.now
            ],
        )
        .await?;
    Ok(made == 1)
}

/// The unfinished job with this key.
pub(super) async fn unfinished(db: &Db, key: &str) -> DbResult<Option<JobId>> {
    let row: Option<(JobId,)> = db.optional(UNFINISHED, args![key]).await?;
    Ok(row.map(|(id,)| id))
}

/// When the next job and the next schedule are due.
pub(super) async fn next(db: &Db) -> DbResult<(Option<Instant>, Option<Instant>)> {
    db.one(NEXT, args![]).await
}

/// Buries jobs whose last run never reported, but none that this process is at; how many.
pub(super) async fn bury(tx: &Tx, now: Instant, held: &[JobId]) -> DbResult<u64> {
    tx.execute(BURY, args![now, ids(held)]).await
}

fn ids(jobs: &[JobId]) -> Value {
    Value::Uuids(jobs.iter().map(|job| job.0).collect())
}

/// Takes due jobs for one worker until `lease`, but none of these kinds: their names, each between two spaces; and none
/// that it holds, whatever the clock says of their leases.
pub(super) async fn claim(
    tx: &Tx,
    now: Instant,
    limit: i64,
    worker: &str,
    lease: Instant,
    but: &str,
    held: &[JobId],
) -> DbResult<Vec<Job>> {
    tx.all(CLAIM, args![now, limit, worker, lease, but, ids(held)]).await
}

/// Which run of which job by which worker: only the one that holds the lease may report.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fence<'a> {
    pub id: JobId,
    pub worker: &'a str,
    pub attempts: i64,
}

/// How a run ended.
pub(super) enum Outcome<'a> {
    Done,
    Again(&'a str, Instant),
    Dead(&'a str),
}

/// Keeps the lease; `false` when it is another's by now.
pub(super) async fn extend(db: &Db, fence: Fence<'_>, lease: Instant) -> DbResult<bool> {
    let tx = db.begin().await?;
    let kept = tx.execute(EXTEND, args![fence.id, fence.worker, fence.attempts, lease]).await? == 1;
    tx.commit().await?;
    Ok(kept)
}

/// Records how a run ended; `false` when the lease is another's by now, and then nothing is recorded.
pub(super) async fn report(db: &Db, fence: Fence<'_>, outcome: &Outcome<'_>, now: Instant) -> DbResult<bool> {
    let tx = db.begin().await?;
    let (id, worker, attempts) = (fence.id, fence.worker, fence.attempts);
    let recorded = match outcome {
        Outcome::Done => tx.execute(DONE, args![id, worker, attempts, now]).await?,
        Outcome::Again(why, at) => tx.execute(AGAIN, args![id, worker, attempts, *why, *at]).await?,
        Outcome::Dead(why) => tx.execute(DEAD, args![id, worker, attempts, *why, now]).await?,
    };
    tx.commit().await?;
    Ok(recorded == 1)
}

/// Gives everything back that this worker has begun.
pub(super) async fn hand_back(db: &Db, worker: &str, now: Instant) -> DbResult<u64> {
    let tx = db.begin().await?;
    let jobs = tx.execute(HAND_BACK, args![worker, now]).await?;
    tx.commit().await?;
    Ok(jobs)
}

/// Ends all leases: for a process that knows that it is the only one.
pub(super) async fn recover(db: &Db, now: Instant) -> DbResult<u64> {
    let tx = db.begin().await?;
    let jobs = tx.execute(RECOVER, args![now]).await?;
    tx.commit().await?;
    Ok(jobs)
}

/// Makes sure that a schedule has its row.
pub(super) async fn schedule(tx: &Tx, name: &str, next: Instant) -> DbResult<()> {
    tx.execute(SCHEDULE, args![name, next]).await.map(|_| ())
}

/// Schedules whose time has come.
pub(super) async fn schedules_due(db: &Db, now: Instant) -> DbResult<Vec<(String, Instant)>> {
    db.all(SCHEDULES_DUE, args![now]).await
}

/// Schedules whose time comes after this.
pub(super) async fn schedules_ahead(db: &Db, of: Instant) -> DbResult<Vec<(String, Instant)>> {
    db.all(SCHEDULES_AHEAD, args![of]).await
}

/// Puts jobs back that a clock from ahead has queued or put off, and ends leases that it gave at `lease`; how many.
pub(super) async fn set_jobs_back(tx: &Tx, now: Instant, lease: Instant) -> DbResult<u64> {
    Ok(tx.execute(SET_JOBS_BACK, args![now]).await? + tx.execute(SET_LEASES_BACK, args![now, lease]).await?)
}

/// Puts a schedule back, without its work.
pub(super) async fn set_back(tx: &Tx, name: &str, was: Instant, next: Instant) -> DbResult<()> {
    tx.execute(SET_BACK, args![name, was, next]).await.map(|_| ())
}

/// Moves a schedule on; `false` when another node was faster.
pub(super) async fn move_on(tx: &Tx, name: &str, was: Instant, next: Instant, now: Instant) -> DbResult<bool> {
    Ok(tx.execute(MOVE_ON, args![name, was, next, now]).await? == 1)
}

/// Forgets jobs that were done before `done`, and given up before `dead`.
pub(super) async fn purge(db: &Db, done: Instant, dead: Instant) -> DbResult<()> {
    let tx = db.begin().await?;
    tx.execute(PURGE, args![done]).await?;
    tx.execute(PURGE_DEAD, args![dead]).await?;
    tx.commit().await
}

/// Jobs before an id, newest first; of a state and of a kind, where they are given.
pub(super) async fn list(db: &Db, state: Option<State>, kind: &str, before: JobId, limit: i64) -> DbResult<Vec<Row>> {
    match state {
        None => db.all(LIST, args![before, kind, limit]).await,
        Some(state) => db.all(LIST_STATE, args![before, kind, limit, state.name()]).await,
    }
}

/// One job.
pub(super) async fn find(db: &Db, id: JobId) -> DbResult<Option<Row>> {
    db.optional(FIND, args![id]).await
}

/// How many there are of each unfinished state, and since when the oldest.
pub(super) async fn counts(db: &Db) -> DbResult<Vec<(State, i64, Instant)>> {
    db.all(COUNTS, args![]).await
}

/// Has a job tried again, `more` times at least.
pub(super) async fn retry(tx: &Tx, id: JobId, now: Instant, more: i64) -> DbResult<bool> {
    Ok(tx.execute(RETRY, args![id, now, more]).await? == 1)
}

/// The same for everything that has failed.
pub(super) async fn retry_failed(tx: &Tx, now: Instant, more: i64) -> DbResult<u64> {
    tx.execute(RETRY_FAILED, args![now, more]).await
}

/// Removes a job that nobody is at.
pub(super) async fn drop_job(tx: &Tx, id: JobId) -> DbResult<bool> {
    Ok(tx.execute(DROP, args![id]).await? == 1)
}
