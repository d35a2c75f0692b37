//! The frame around pages: who reads, where they may go, and what waits for them there.

use crate::access::{Action, Relation, Topic, allow};
use crate::account::sessions;
use crate::announcements;
use crate::appointments;
use crate::approvals::overview;
use crate::ctx::Ctx;
use crate::home::inbox;
use crate::i18n::format;
use crate::ids::OrganisationId;
use crate::orders;
use crate::paths;
use crate::projects;
use crate::ui::{Frame, OrganisationChoice, Place, SessionEnd, Side, ViewingBar};
use crate::webhooks;

/// Which side a person is on, and where it begins.
pub fn home_of(ctx: &Ctx) -> (Side, &'static str) {
    if ctx.actor.staff().is_some() { (Side::Staff, paths::STAFF) } else { (Side::Customer, paths::HOME) }
}

/// The numbers in the navigation: what waits in each organisation. Who has only one is spared the question where the
/// page has counted already.
pub(super) async fn waiting(ctx: &Ctx, counted: Option<u32>) -> Vec<(OrganisationId, u32)> {
    match (counted, ctx.organisation) {
        (Some(count), Some(organisation)) if ctx.actor.memberships().len() == 1 => vec![(organisation, count)],
        _ if ctx.actor.staff().is_some() => Vec::new(),
        // A number is no reason to withhold the page.
        _ => inbox::counts(ctx).await.unwrap_or_default(),
    }
}

pub(super) fn frame_of(
    ctx: &Ctx,
    current: Place,
    crumbs: Vec<(String, String)>,
    waiting: &[(OrganisationId, u32)],
    toast: Option<String>,
) -> Frame {
    let waiting = |id| waiting.iter().find(|(organisation, _)| *organisation == id).map_or(0, |(_, count)| *count);
    let (side, _) = home_of(ctx);
    let back = crumbs.iter().rev().map(|(href, _)| href).find(|href| !href.is_empty()).cloned();
    let organisation = ctx.organisation;
    Frame {
        locale: ctx.locale,
        portal_name: ctx.portal.name.get(),
        side,
        person_name: ctx.actor.name().to_owned(),
        person_email: ctx.actor.email().to_owned(),
        role_label: ctx.actor.role_for(organisation).map_or("", |role| ctx.t(role.label_key())).to_owned(),
        current,
        places: places(ctx),
        todo_count: organisation.map_or(0, waiting),
        organisations: ctx
            .actor
            .memberships()
            .iter()
            .map(|m| OrganisationChoice {
                id: m.organisation_id.to_string(),
                name: m.name.clone(),
                role_label: ctx.t(m.role.role().label_key()).to_owned(),
                current: organisation == Some(m.organisation_id),
                waiting: waiting(m.organisation_id),
            })
            .collect(),
        path: ctx.path.to_string(),
        theme: ctx.theme,
        crumbs,
        toast,
        announcements: Vec::new(),
        unseen: 0,
        viewing: ctx.viewing.as_ref().map(|viewing| ViewingBar {
            title: ctx.with("view-as-bar", &[("name", ctx.actor.name().to_owned().into())]),
            place: ctx.with("view-as-bar-place", &[("organisation", viewing.organisation.clone().into())]),
            facts: ctx.with(
                "view-as-bar-facts",
                &[
                    ("reason", viewing.reason.clone().into()),
                    ("time", format::time(&ctx.zone, viewing.expires_at).into()),
                ],
            ),
        }),
        back,
        session_end: None,
    }
}

/// When the session ends, for pages that may run a script.
pub(super) fn session_end(ctx: &Ctx, nonce: Option<String>) -> Option<SessionEnd> {
    let (nonce, session, remaining) = (nonce?, ctx.session?, sessions::remaining(ctx)?);
    let (idle, left) = (remaining.idle.as_secs(), remaining.left.as_secs());
    Some(SessionEnd { nonce, who: session.user.to_string(), idle, left })
}

/// What this person may open: the policy decides, the navigation only asks.
fn places(ctx: &Ctx) -> Vec<Place> {
    let may = |action| allow(&ctx.actor, action, Relation::Other, None).is_ok();
    if ctx.actor.staff().is_none() {
        let mut places = vec![Place::Home, Place::Documents];
        if orders::service::may_open(ctx) {
            places.push(Place::Orders);
        }
        if projects::service::may_open(ctx) {
            places.push(Place::Projects);
        }
        if appointments::service::may_open(ctx) {
            places.push(Place::Appointments);
        }
        if allow(&ctx.actor, Action::OrganisationRead, Relation::Own, ctx.organisation).is_ok() {
            places.push(Place::Organisation);
        }
        return places;
    }
    let mut places = vec![Place::StaffHome];
    let reads = Topic::ALL.into_iter().any(|t| {
        [Relation::Other, Relation::Assigned]
            .into_iter()
            .any(|r| allow(&ctx.actor, Action::DocumentRead(t), r, None).is_ok())
    });
    if reads {
        places.push(Place::StaffDocuments);
    }
    if orders::service::may_open(ctx) {
        places.push(Place::StaffOrders);
    }
    if projects::service::may_open(ctx) {
        places.push(Place::StaffProjects);
    }
    if appointments::service::may_open(ctx) {
        places.push(Place::StaffAppointments);
    }
    if overview::may_open(&ctx.actor) {
        places.push(Place::Approvals);
    }
    if reads {
        places.push(Place::Requests);
    }
    places.push(Place::Customers);
    if may(Action::UserRead) {
        places.push(Place::Users);
    }
    if may(Action::UserManage) {
        places.push(Place::SignInRules);
    }
    if announcements::service::may_read(ctx) {
        places.push(Place::Announcements);
    }
    if may(Action::SettingsRead) {
        places.push(Place::Statuses);
        places.push(Place::Categories);
        places.push(Place::Retention);
        places.push(Place::Quarantine);
        places.push(Place::Settings);
    }
    if may(Action::ImportRead) {
        places.push(Place::Imports);
    }
    if webhooks::service::check_read(ctx).is_ok() {
        places.push(Place::Webhooks);
    }
    if may(Action::JobRead) {
        places.push(Place::Jobs);
    }
    if may(Action::AuditRead) {
        places.push(Place::Audit);
    }
    places
}
