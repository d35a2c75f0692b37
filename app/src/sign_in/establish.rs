//! Signing somebody in: the one way in which every kind of sign-in ends, whatever it began with.
//!
//! First [`begin`], in the transaction of whatever proved who they are; then, when that is committed, [`Begun::enter`]
//! puts them into the session. [`establish`] does both. Who has a second factor and has not shown it waits for it: the
//! session belongs to nobody until then.

use crate::access::{Actor, ActorKind, Via};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Tx, args, sql};
use crate::doors::Done;
use crate::error::AppError;
use crate::ids::UserId;
use crate::paths;
use crate::sso::enforce;
use crate::sso::model::Through;

use super::actor::{self, Person};
use super::assurance::{Assurance, Method};
use super::backend::AuthSession;
use super::pending::Pending;

sql! {
    SIGNED_IN = "UPDATE users SET last_sign_in_at = $2 WHERE id = $1";
}

/// Somebody whose proof was accepted, and who is not in the session yet.
#[derive(Clone, Debug)]
#[must_use = "nobody is signed in before `enter`"]
pub struct Begun {
    person: Person,
    assurance: Assurance,
    waits: bool,
}

/// Accepts a proof. Unknown and suspended people are not found.
pub async fn begin(tx: &Tx, ctx: &Ctx, user: UserId, method: Method) -> Result<Begun, AppError> {
    accept(tx, ctx, user, Assurance::begun(method, ctx.now())).await
}

/// Accepts the word of a provider that does not answer for a second factor: whoever has one still shows it here.
pub async fn begin_weak(tx: &Tx, ctx: &Ctx, user: UserId, method: Method) -> Result<Begun, AppError> {
    accept(tx, ctx, user, Assurance::begun(method, ctx.now()).weak()).await
}

/// Accepts the second factor of somebody who waited for it.
pub async fn complete(tx: &Tx, ctx: &Ctx, user: UserId, method: Method, factor: Method) -> Result<Begun, AppError> {
    accept(tx, ctx, user, Assurance::begun(method, ctx.now()).proved(factor, ctx.now())).await
}

async fn accept(tx: &Tx, ctx: &Ctx, user: UserId, assurance: Assurance) -> Result<Begun, AppError> {
    let person = actor::load(tx, user).await?.ok_or(AppError::NotFound)?;
    if !assurance.method.is_single_sign_on() {
        enforce::check(&person)?;
    }
    let waits = person.has_factor && !assurance.is_strong();
    if !waits {
        tx.execute(SIGNED_IN, args![user, ctx.now()]).await?;
        let as_person = Ctx { actor: Actor::person(person.kind.clone(), Via::Session), ..ctx.clone() };
        let mut event = Event::new("session.begin", "user", user.0).with("method", assurance.method.name());
        if let Some(factor) = assurance.factor {
            event = event.with("factor", factor.name());
        }
        audit::record(tx, &as_person, event).await?;
    }
    Ok(Begun { person, assurance, waits })
}

impl Begun {
    /// Who it is.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// Whether a second factor is asked for before they are in.
    pub fn waits(&self) -> bool {
        self.waits
    }

    /// Puts them into the session, under a new id, and says where they go: to `next`, a path of ours, or home; first to
    /// the second factor where they have to. What another person left in the session is gone.
    pub async fn enter(self, ctx: &Ctx, auth: &mut AuthSession, next: &str) -> Result<Done, AppError> {
        let away = |_| AppError::Unavailable;
        let next = paths::own_path(next, "");
        // Also where somebody was signed in already: the id changes with the person.
        if auth.session.id().is_some() {
            // Where the provider has just sent them from: it stays, over the wait for a second factor too.
            let through: Option<Through> = auth.session.get(Through::KEY).await.map_err(away)?;
            auth.session.clear().await;
            auth.session.cycle_id().await.map_err(away)?;
            if let Some(through) = through.filter(|_| self.assurance.method.is_single_sign_on()) {
                auth.session.insert(Through::KEY, through).await.map_err(away)?;
            }
        }
        if self.waits {
            auth.user = None;
            Pending::of(&self.person, self.assurance.method, ctx.now()).write(&auth.session).await?;
            return Ok(Done::to(with(paths::SECOND_FACTOR, next)));
        }
        auth.login(&self.person).await.map_err(|_| AppError::Unavailable)?;
        self.assurance.write(&auth.session).await?;
        if self.person.hold(&self.assurance).is_some() {
            return Ok(Done::to(with(paths::SECOND_FACTOR, next)));
        }
        Ok(Done::to(if next.is_empty() { home(&self.person) } else { next }))
    }
}

fn with(page: &str, next: &str) -> String {
    if next.is_empty() { page.to_owned() } else { paths::with_next(page, next) }
}

/// Where a person begins.
pub fn home(person: &Person) -> &'static str {
    match &*person.kind {
        ActorKind::Person { staff: Some(_), .. } => paths::STAFF,
        _ => paths::HOME,
    }
}

/// Signs somebody in whose proof stands in no transaction of its own.
pub async fn establish(
    ctx: &Ctx,
    auth: &mut AuthSession,
    user: UserId,
    method: Method,
    next: &str,
) -> Result<Done, AppError> {
    let tx = ctx.db.begin().await?;
    let begun = begin(&tx, ctx, user, method).await?;
    tx.commit().await?;
    begun.enter(ctx, auth, next).await
}
