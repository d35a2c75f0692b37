//! Use cases of looking as somebody else.

use std::sync::Arc;

use crate::access::{Action, Actor, Guarded as _, Relation, Role, StaffRole, Via, Viewer, allow, policy};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::error::{AppError, FieldErrors};
use crate::ids::{OrganisationId, UserId, ViewId};
use crate::jobs::{self, Kind, New};
use crate::organisation::model::Organisation;
use crate::organisation::service as organisations;
use crate::settings;
use crate::sign_in::{actor, proof};

use super::end::{Why, end};
use super::{LASTS, Past, Viewing, Which, store};

/// The longest reason.
pub const REASON_LONGEST: usize = 300;
/// How many past ones a page shows.
const PAST: i64 = 20;

/// Whether the actor may look as people of this customer: for the links on its page.
pub fn may(ctx: &Ctx, organisation: &Organisation) -> bool {
    let relation = organisation.relation(&ctx.actor);
    allow(&ctx.actor, Action::MemberViewAs, relation, Some(organisation.id)).is_ok()
}

/// Whether this role may look as somebody who belongs there: everywhere they belong, or they would show customers that
/// the member of staff has nothing to do with.
pub(super) fn reaches(role: StaffRole, places: &[(OrganisationId, bool)], organisation: OrganisationId) -> bool {
    let allowed = |assigned: bool| {
        let relation = if assigned { Relation::Assigned } else { Relation::Other };
        policy::allowed(Role::Staff(role), Action::MemberViewAs, relation)
    };
    places.iter().any(|(id, _)| *id == organisation) && places.iter().all(|(_, assigned)| allowed(*assigned))
}

fn viewer(ctx: &Ctx) -> Option<Viewer> {
    Some(Viewer { user_id: ctx.actor.user_id()?, name: ctx.actor.name().to_owned(), role: ctx.actor.staff()? })
}

/// The customer and the name of the person to look as, for the page that asks for the reason.
///
/// # Errors
/// `NotFound` for a customer the actor does not see and for somebody who does not belong to it; `Forbidden` where the
/// role does not include it, or the person also belongs to a customer that the actor is not assigned to.
pub async fn offer(ctx: &Ctx, organisation: OrganisationId, user: UserId) -> Result<(Organisation, String), AppError> {
    organisations::require_staff(ctx)?;
    let organisation = organisations::find(ctx, organisation).await?;
    allow(&ctx.actor, Action::MemberViewAs, organisation.relation(&ctx.actor), Some(organisation.id))?;
    let viewer = viewer(ctx).ok_or(AppError::Forbidden)?;
    let places = store::reach(&ctx.db, user, viewer.user_id).await?;
    if !places.iter().any(|(id, _)| *id == organisation.id) {
        return Err(AppError::NotFound);
    }
    if !reaches(viewer.role, &places, organisation.id) {
        return Err(AppError::Forbidden);
    }
    let name = store::name(&ctx.db, user).await?.ok_or(AppError::NotFound)?;
    Ok((organisation, name))
}

/// Begins to look as somebody. Asks for a fresh proof.
pub async fn begin(ctx: &Ctx, organisation: OrganisationId, user: UserId, reason: &str) -> Result<ViewId, AppError> {
    let (organisation, _) = offer(ctx, organisation, user).await?;
    let staff = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    proof::require(ctx)?;
    let reason: String = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() {
        return Err(AppError::Invalid(FieldErrors::one("reason", ctx.t("view-as-reason-missing"))));
    }
    if reason.chars().count() > REASON_LONGEST {
        let text = ctx.with("view-as-reason-long", &[("max", REASON_LONGEST.into())]);
        return Err(AppError::Invalid(FieldErrors::one("reason", text)));
    }
    let viewing = Viewing {
        id: ViewId::new(),
        user_id: user,
        organisation_id: organisation.id,
        organisation: organisation.name,
        reason,
        expires_at: ctx.now().plus(LASTS),
    };
    let tx = ctx.db.begin().await?;
    store::insert(&tx, staff, &viewing, ctx.session.map(|session| session.id), ctx.now()).await?;
    // Nobody may come back to end it.
    jobs::enqueue(&tx, ctx, New::new(Kind::EndViews, serde_json::json!({})).at(viewing.expires_at)).await?;
    let event = Event::new("view_as.begin", "user", user.0).organisation(organisation.id).with("view", viewing.id);
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(viewing.id)
}

/// Ends it by itself; says at which customer it was, if it was going on.
pub async fn stop(ctx: &Ctx, id: ViewId) -> Result<Option<OrganisationId>, AppError> {
    let Some(staff) = ctx.actor.user_id() else { return Ok(None) };
    end_one(ctx, Which::one(id, staff), Why::Stopped).await
}

async fn end_one(ctx: &Ctx, which: Which, why: Why) -> Result<Option<OrganisationId>, AppError> {
    let tx = ctx.db.begin().await?;
    let ended = end(&tx, ctx, which, why).await?;
    tx.commit().await?;
    Ok(ended.first().map(|ended| ended.organisation_id))
}

/// The context of a request that looks as somebody, made from the member of staff's own; `None` when that is over: time
/// has run out, somebody lost a right, the person was suspended.
pub async fn resume(ctx: &Ctx, id: ViewId) -> Result<Option<Ctx>, AppError> {
    let Some(viewer) = viewer(ctx) else { return Ok(None) };
    let Some(viewing) = store::find(&ctx.db, id, viewer.user_id).await? else { return Ok(None) };
    if viewing.expires_at <= ctx.now() {
        end_one(ctx, Which::one(id, viewer.user_id), Why::Time).await?;
        return Ok(None);
    }
    let places = store::reach(&ctx.db, viewing.user_id, viewer.user_id).await?;
    let person = actor::load(&ctx.db, viewing.user_id).await?;
    let Some(person) = person.filter(|_| reaches(viewer.role, &places, viewing.organisation_id)) else {
        end_one(ctx, Which::one(id, viewer.user_id), Why::Rights).await?;
        return Ok(None);
    };
    Ok(Some(Ctx {
        actor: Actor::person(person.kind, Via::ViewAs(viewer)),
        organisation: Some(viewing.organisation_id),
        assurance: None,
        session: None,
        viewing: Some(Arc::new(viewing)),
        ..ctx.clone()
    }))
}

/// Who looked as people of a customer lately: for staff who see it, and for its administrators where the setting says so.
pub async fn past(ctx: &Ctx, organisation: &Organisation) -> Result<Vec<Past>, AppError> {
    let relation = organisation.relation(&ctx.actor);
    if ctx.actor.staff().is_none() {
        // Whoever manages the people may know who looked as them.
        allow(&ctx.actor, Action::OrganisationEdit, relation, Some(organisation.id))?;
        if !settings::view_as_shown(&ctx.db).await? {
            return Ok(Vec::new());
        }
    }
    Ok(store::past(&ctx.db, organisation.id, PAST).await?)
}
