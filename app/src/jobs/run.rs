//! With whose rights a job acts.

use crate::access::{Actor, TokenScope, Via};
use crate::ctx::Ctx;
use crate::sign_in::actor;

use super::model::{Failure, Job};

/// The context of whoever enqueued a job, with the rights they have now: a demotion, a suspension or a revoked token
/// holds for work that waits, too. Work that takes long asks again before it writes. Jobs that nobody in particular
/// enqueued keep the operator's.
pub async fn as_originator(ctx: &Ctx, job: &Job) -> Result<Ctx, Failure> {
    let Some(user) = job.originator_id else { return Ok(ctx.clone()) };
    let gone = || Failure::Never("the originator may not sign in any more".into());
    let person = actor::load(&ctx.db, user).await?.ok_or_else(gone)?;
    let via = match job.token_id {
        None => Via::Session,
        Some(id) => {
            // A scope this program does not know narrows to nothing rather than to everything.
            let scope = TokenScope::parse(job.scope.split_whitespace()).map_err(|_| gone())?;
            Via::Token(id, scope)
        }
    };
    let locale = person.locale.unwrap_or(ctx.locale);
    let originator = Ctx { actor: Actor::person(person.kind, via), locale, ..ctx.clone() };
    actor::refreshed(&originator).await.map_err(|error| match error {
        crate::error::AppError::Unauthenticated => gone(),
        other => other.into(),
    })
}
