//! Asking again for proof before something sensitive: a session left open, or stolen, must not be enough to change
//! how somebody signs in.

use tower_sessions::Session;

use crate::access::{Actor, Via};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::sso::enforce;

use super::assurance::{Assurance, Method};
use super::backend::AuthSession;

/// Refuses what needs a fresh proof ([`FRESH`](super::assurance::FRESH)): people are led to
/// [`CONFIRM`](crate::paths::CONFIRM) and come back. Tokens and the command line have no one to ask.
pub fn require(ctx: &Ctx) -> Result<(), AppError> {
    match ctx.actor.via() {
        Via::Token(..) | Via::CommandLine => Ok(()),
        Via::ViewAs(_) => Err(AppError::Forbidden),
        Via::Session if ctx.actor.is_anonymous() => Err(AppError::Unauthenticated),
        Via::Session => match ctx.assurance {
            Some(assurance) if assurance.is_fresh(ctx.now()) => Ok(()),
            _ => Err(AppError::ProofNeeded),
        },
    }
}

/// Notes a proof that was just given in this session. Its id changes, because it may do more from now on.
pub async fn note(ctx: &Ctx, session: &Session, method: Method) -> Result<Assurance, AppError> {
    let assurance = Assurance::read(session).await.proved(method, ctx.now());
    session.cycle_id().await.map_err(|_| AppError::Unavailable)?;
    assurance.write(session).await?;
    Ok(assurance)
}

/// Keeps this session alive over a change of the password, under a new id; every other one ends with the old password.
pub async fn renew(ctx: &Ctx, auth: &mut AuthSession) -> Result<(), AppError> {
    let Some(user) = ctx.actor.user_id() else { return Err(AppError::Unauthenticated) };
    let person = super::actor::load(&ctx.db, user).await?.ok_or(AppError::Unauthenticated)?;
    auth.session.cycle_id().await.map_err(|_| AppError::Unavailable)?;
    auth.login(&person).await.map_err(|_| AppError::Unavailable)
}

/// The context after a proof: the same person, who may be held up no longer.
pub async fn refreshed(ctx: &Ctx, assurance: Assurance) -> Result<Ctx, AppError> {
    let Some(user) = ctx.actor.user_id() else { return Err(AppError::Unauthenticated) };
    let person = super::actor::load(&ctx.db, user).await?.ok_or(AppError::Unauthenticated)?;
    let hold = person.hold(&assurance);
    let kind = enforce::still(ctx, &person).ok_or(AppError::Unauthenticated)?;
    let actor = Actor::person(kind, ctx.actor.via().clone()).held(hold);
    Ok(Ctx { actor, assurance: Some(assurance), ..ctx.clone() })
}
