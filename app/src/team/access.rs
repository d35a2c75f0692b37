//! "What can this person see?": the other side of "who can see this?", with the same scope that answers the person
//! themselves.

use std::sync::Arc;

use crate::access::{Action, Actor, ActorKind, Scope, Topic, Via, allow, grant};
use crate::ctx::Ctx;
use crate::documents::cursor::Cursor;
use crate::documents::model::Document;
use crate::documents::store::{self as documents, Filter};
use crate::error::AppError;
use crate::ids::{OrganisationId, UserId};
use crate::organisation::model::Organisation;
use crate::sign_in::actor;

use super::model::{Member, MemberState};
use super::policy::{SeeAccess, relation_to};
use super::service;

/// What somebody of an organisation can see through their membership of it, newest first.
#[derive(Debug)]
pub struct Access {
    /// The organisation.
    pub organisation: Organisation,
    /// The person.
    pub member: Member,
    /// Documents, as far as the asker may know of them.
    pub documents: Vec<Document>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
    /// Some were left out, because the asker's own role does not include them.
    pub withheld: bool,
}

/// Asks with the person's own scope. Nobody sees anything through a membership or a sign-in that is suspended.
pub async fn of(
    ctx: &Ctx,
    organisation: OrganisationId,
    user: UserId,
    after: Cursor,
    limit: i64,
) -> Result<Access, AppError> {
    let (organisation, member) = service::find(ctx, organisation, user).await?;
    let member = grant::<SeeAccess, _>(&ctx.actor, member)?.into_row();
    let active = member.state == MemberState::Active && member.may_sign_in;
    let person = if active { actor::load(&ctx.db, user).await? } else { None };
    let Some(person) = person else {
        return Ok(Access { organisation, member, documents: Vec::new(), next: None, withheld: false });
    };
    // The memberships count as they would for the person, but only this one is asked about.
    let as_person: Arc<ActorKind> = person.kind;
    let scope = Scope::of(&Actor::person(as_person, Via::CommandLine))?;
    let filter = Filter { category: None, state: None, organisation: Some(organisation.id), after, limit: limit + 1 };
    let mut rows = documents::list(&ctx.db, scope, false, &filter).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let next = if rows.len() > wanted { rows.get(wanted.saturating_sub(1)).map(Cursor::after) } else { None };
    rows.truncate(wanted);
    let before = rows.len();
    rows.retain(|document| may_know(ctx, &organisation, document));
    let withheld = rows.len() < before;
    Ok(Access { organisation, member, documents: rows, next, withheld })
}

/// Staff learn of nothing that their own role does not include; another customer's paper that came through a group
/// stays that customer's.
fn may_know(ctx: &Ctx, organisation: &Organisation, document: &Document) -> bool {
    if ctx.actor.staff().is_none() {
        return true;
    }
    let own = document.organisation_id == organisation.id;
    let relation = relation_to(&ctx.actor, own && organisation.assigned);
    let topic: Topic = document.topic;
    allow(&ctx.actor, Action::DocumentRead(topic), relation, Some(document.organisation_id)).is_ok()
}
