//! "Single sign-on only": what somebody does not see who came in through another door.
//!
//! It concerns one organisation, not the person: whoever belongs to two still sees the other one with their password, so
//! that no organisation can lock somebody out of another. Who belongs to nothing else is led to the provider. External
//! partners keep their own sign-in: they are not among the provider's people.

use std::sync::Arc;

use crate::access::{ActorKind, Membership};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::ids::OrganisationId;
use crate::sign_in::actor::Person;

use super::model::Through;

/// The person as a session sees them that was begun through this provider, or through none. `None`: nothing is left,
/// and the session counts for nobody.
pub fn seen(person: &Person, through: Option<&Through>) -> Option<Arc<ActorKind>> {
    keeping(person, |organisation| through.is_some_and(|through| through.organisation == organisation))
}

/// The person without what single sign-on keeps from them, except these organisations.
pub fn keeping(person: &Person, open: impl Fn(OrganisationId) -> bool) -> Option<Arc<ActorKind>> {
    let ActorKind::Person { user_id, name, email, staff, memberships } = &*person.kind else { return None };
    let closed = |m: &Membership| person.only_sso.contains(&m.organisation_id) && !open(m.organisation_id);
    if !memberships.iter().any(closed) {
        return Some(person.kind.clone());
    }
    let memberships: Vec<Membership> = memberships.iter().filter(|m| !closed(m)).cloned().collect();
    if memberships.is_empty() {
        return None;
    }
    let (user_id, name, email, staff) = (*user_id, name.clone(), email.clone(), *staff);
    Some(Arc::new(ActorKind::Person { user_id, name, email, staff, memberships }))
}

/// The person as an open context goes on seeing them: what it saw before stays open to it.
pub fn still(ctx: &Ctx, person: &Person) -> Option<Arc<ActorKind>> {
    let ActorKind::Person { memberships, .. } = ctx.actor.kind() else { return None };
    keeping(person, |organisation| memberships.iter().any(|m| m.organisation_id == organisation))
}

/// Refuses a sign-in that would see nothing: with the organisation whose provider is the way in.
pub fn check(person: &Person) -> Result<(), AppError> {
    if seen(person, None).is_some() {
        return Ok(());
    }
    let ActorKind::Person { memberships, .. } = &*person.kind else { return Ok(()) };
    let slug = memberships.first().map(|m| m.slug.clone()).unwrap_or_default();
    Err(AppError::SsoOnly(slug.into()))
}
