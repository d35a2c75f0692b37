//! Putting work into the queue.

use crate::access::Via;
use crate::ctx::Ctx;
use crate::db::{Db, Tx};
use crate::error::AppError;
use crate::ids::JobId;

use super::model::New;
use super::store;

/// How often a job with a key is tried to be made, when the one that had it finishes meanwhile.
const TRIES: usize = 3;

/// Whether work with this key is still to be done.
pub async fn is_waiting(db: &Db, key: &str) -> Result<bool, AppError> {
    Ok(store::unfinished(db, key).await?.is_some())
}

/// Enqueues work in the transaction of the act that wants it done: no act without its work, no work without its act.
/// Workers of this process wake when the transaction is durable. With a key that an unfinished job has, that job is
/// answered.
pub async fn enqueue(tx: &Tx, ctx: &Ctx, job: New) -> Result<JobId, AppError> {
    let (token, scope) = match ctx.actor.via() {
        Via::Token(id, scope) => (Some(*id), scope.as_text()),
        _ => (None, String::new()),
    };
    let insert = store::Insert {
        id: JobId::new(),
        due_at: job.run_at.unwrap_or(ctx.now()),
        originator: ctx.actor.user_id(),
        token,
        scope,
        now: ctx.now(),
        job: &job,
    };
    tx.wake_after_commit(&ctx.portal.bell);
    for _ in 0..TRIES {
        if store::insert(tx, &insert).await? {
            return Ok(insert.id);
        }
        let key = job.dedupe.as_deref().unwrap_or_default();
        if let Some(id) = store::unfinished(tx, key).await? {
            return Ok(id);
        }
    }
    tracing::error!(kind = job.kind.name(), "a job could not be enqueued");
    Err(AppError::Internal)
}
