//! "What can this person see?": the other side of "who can see this?", with the same scopes that answer the person
//! themselves. Whoever asks learns of no more than they may see too.

use crate::access::{Action, Actor, Scope, Topic, Via, allow, grant};
use crate::appointments;
use crate::appointments::model::Appointment;
use crate::ctx::Ctx;
use crate::documents::cursor::Cursor;
use crate::documents::model::Document;
use crate::documents::store::{self as documents, Filter};
use crate::error::AppError;
use crate::ids::{OrganisationId, RequestId, UserId};
use crate::orders;
use crate::orders::model::Order;
use crate::organisation::model::Organisation;
use crate::projects;
use crate::projects::model::Project;
use crate::requests;
use crate::requests::model::Request;
use crate::sign_in::actor;

use super::model::{Member, MemberState};
use super::policy::{SeeAccess, relation_to};
use super::service;

/// Of whom is asked.
#[derive(Debug)]
pub struct Whom {
    /// The organisation.
    pub organisation: Organisation,
    /// The person.
    pub member: Member,
    /// The person's own context; none where they see nothing.
    person: Option<Ctx>,
}

/// What somebody of an organisation can see of one area through their membership of it, as far as the asker may know of it.
#[derive(Debug)]
pub struct Part<T, K> {
    /// The newest first.
    pub items: Vec<T>,
    /// Where the next page begins.
    pub next: Option<K>,
    /// Some were left out, because the asker's own role does not include them.
    pub withheld: bool,
}

impl<T, K> Part<T, K> {
    const fn none() -> Self {
        Self { items: Vec::new(), next: None, withheld: false }
    }

    /// What the asker sees of a page of the person's, in its order.
    fn of<I: Copy + PartialEq>(ids: &[I], mut seen: Vec<T>, id: impl Fn(&T) -> I, next: Option<K>) -> Self {
        seen.sort_by_cached_key(|row| ids.iter().position(|known| *known == id(row)));
        Self { withheld: seen.len() < ids.len(), items: seen, next }
    }
}

/// Looks for the person. Nobody sees anything through a membership or a sign-in that is suspended.
pub async fn whom(ctx: &Ctx, organisation: OrganisationId, user: UserId) -> Result<Whom, AppError> {
    let (organisation, member) = service::find(ctx, organisation, user).await?;
    let member = grant::<SeeAccess, _>(&ctx.actor, member)?.into_row();
    let active = member.state == MemberState::Active && member.may_sign_in;
    let person = if active { actor::load(&ctx.db, user).await? } else { None };
    // The memberships count as they would for the person, but only this one is asked about.
    let person = person.map(|person| Ctx {
        actor: Actor::person(person.kind, Via::CommandLine),
        organisation: Some(organisation.id),
        ..ctx.clone()
    });
    Ok(Whom { organisation, member, person })
}

/// Documents, the last changed first.
pub async fn documents(ctx: &Ctx, whom: &Whom, after: Cursor, limit: i64) -> Result<Part<Document, Cursor>, AppError> {
    let Some(person) = &whom.person else { return Ok(Part::none()) };
    let scope = Scope::of(&person.actor)?;
    let organisation = &whom.organisation;
    let filter = Filter { category: None, state: None, organisation: Some(organisation.id), after, limit: limit + 1 };
    let mut rows = documents::list(&ctx.db, scope, false, &filter).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let next = if rows.len() > wanted { rows.get(wanted.saturating_sub(1)).map(Cursor::after) } else { None };
    rows.truncate(wanted);
    let before = rows.len();
    rows.retain(|document| may_know(ctx, organisation, document));
    let withheld = rows.len() < before;
    Ok(Part { items: rows, next, withheld })
}

/// Staff learn of nothing that their own role does not include, and no token of more than it is for; another customer's paper
/// that came through a group stays that customer's.
fn may_know(ctx: &Ctx, organisation: &Organisation, document: &Document) -> bool {
    if ctx.actor.staff().is_none() {
        return ctx.actor.within_door(Action::DocumentRead(document.topic));
    }
    let own = document.organisation_id == organisation.id;
    let relation = relation_to(&ctx.actor, own && organisation.assigned);
    let topic: Topic = document.topic;
    allow(&ctx.actor, Action::DocumentRead(topic), relation, Some(document.organisation_id)).is_ok()
}

/// Refuses whoever may not see such things of the organisation themselves.
fn check(ctx: &Ctx, whom: &Whom, action: Action) -> Result<(), AppError> {
    let organisation = &whom.organisation;
    allow(&ctx.actor, action, relation_to(&ctx.actor, organisation.assigned), Some(organisation.id))
}

/// Orders, the last ordered first.
pub async fn orders(
    ctx: &Ctx,
    whom: &Whom,
    after: Option<orders::model::After>,
    limit: i64,
) -> Result<Part<Order, orders::model::After>, AppError> {
    check(ctx, whom, Action::OrderRead)?;
    let Some(person) = &whom.person else { return Ok(Part::none()) };
    let all = orders::model::Which::All;
    let page = orders::service::list(person, &all, Some(whom.organisation.id), after, limit).await?;
    let ids: Vec<_> = page.items.iter().map(|row| row.id).collect();
    let seen = orders::service::by_ids(ctx, &ids).await?;
    Ok(Part::of(&ids, seen, |row| row.id, page.next))
}

/// Projects, the furthest day first.
pub async fn projects(
    ctx: &Ctx,
    whom: &Whom,
    after: Option<projects::model::After>,
    limit: i64,
) -> Result<Part<Project, projects::model::After>, AppError> {
    check(ctx, whom, Action::ProjectRead)?;
    let Some(person) = &whom.person else { return Ok(Part::none()) };
    let all = projects::model::Which::All;
    let page = projects::service::list(person, all, Some(whom.organisation.id), after, limit).await?;
    let ids: Vec<_> = page.items.iter().map(|row| row.id).collect();
    let seen = projects::service::by_ids(ctx, &ids).await?;
    Ok(Part::of(&ids, seen, |row| row.id, page.next))
}

/// Appointments, the last first: to come, and over.
pub async fn appointments(
    ctx: &Ctx,
    whom: &Whom,
    after: Option<appointments::model::After>,
    limit: i64,
) -> Result<Part<Appointment, appointments::model::After>, AppError> {
    check(ctx, whom, Action::AppointmentRead)?;
    let Some(person) = &whom.person else { return Ok(Part::none()) };
    let after = after.unwrap_or(appointments::model::After::END);
    let past = appointments::model::Which::PAST;
    let page = appointments::service::list(person, past, Some(whom.organisation.id), Some(after), limit).await?;
    let ids: Vec<_> = page.items.iter().map(|row| row.id).collect();
    let seen = appointments::service::by_ids(ctx, &ids).await?;
    Ok(Part::of(&ids, seen, |row| row.id, page.next))
}

/// Requests, the last asked first.
pub async fn requests(
    ctx: &Ctx,
    whom: &Whom,
    before: Option<RequestId>,
    limit: i64,
) -> Result<Part<Request, RequestId>, AppError> {
    let may = |topic| check(ctx, whom, Action::RequestRead(topic)).is_ok();
    if !Topic::ALL.into_iter().any(may) {
        return Err(AppError::Forbidden);
    }
    let Some(person) = &whom.person else { return Ok(Part::none()) };
    let (rows, next) = requests::service::newest(person, whom.organisation.id, before, limit).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let seen = requests::service::by_ids(ctx, &ids).await?;
    Ok(Part::of(&ids, seen, |row| row.id, next))
}
