//! `/staff/appointments`: across customers, day by day; what is asked for, what waits, one's own, one customer's.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::{Action, allow_any};
use crate::appointments::model::{After, State, Which};
use crate::appointments::service;
use crate::ctx::Ctx;
use crate::doors::{Page, Query, Visit, page};
use crate::error::AppError;
use crate::ids::OrganisationId;
use crate::organisation::{choice, service as organisation};
use crate::paths;
use crate::ui::{ButtonKind, EmptyState, LinkButton, PageHead, Place, SelectField, SelectOption, SubmitButton};

use super::parts;

const PER_PAGE: i64 = 50;

/// The appointments of all customers.
#[component]
pub fn StaffAppointmentsPage() -> impl IntoView {
    page(show)
}

/// The tabs: their name in the address, what they show, and their words.
const TABS: [(&str, Which, &str); 6] = [
    ("upcoming", Which::UPCOMING, "appointments-upcoming"),
    ("wished", Which { wished: true, ..Which::UPCOMING }, "appointments-tab-wished"),
    ("proposed", Which { state: Some(State::Proposed), ..Which::UPCOMING }, "appointments-tab-proposed"),
    ("confirmed", Which { state: Some(State::Confirmed), ..Which::UPCOMING }, "appointments-tab-confirmed"),
    // Confirmed and over, but nobody has said how it was.
    ("unclosed", Which { state: Some(State::Confirmed), ..Which::PAST }, "appointments-tab-unclosed"),
    ("past", Which::PAST, "appointments-past"),
];

struct Asked {
    tab: &'static str,
    which: Which,
    only: Option<OrganisationId>,
}

impl Asked {
    fn read(query: &Query) -> Result<Self, AppError> {
        let wanted = query.get("show").unwrap_or("upcoming");
        let (tab, which, _) = TABS.into_iter().find(|(name, ..)| *name == wanted).ok_or(AppError::NotFound)?;
        let mine = query.get("mine") == Some("yes");
        let only = query.get("organisation").map(|id| id.parse().map_err(|_| AppError::NotFound)).transpose()?;
        Ok(Self { tab, which: Which { mine, ..which }, only })
    }

    fn address(&self, tab: &str, after: Option<After>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if tab != "upcoming" {
            query.append_pair("show", tab);
        }
        if self.which.mine {
            query.append_pair("mine", "yes");
        }
        if let Some(id) = self.only {
            query.append_pair("organisation", &id.to_string());
        }
        if let Some(after) = after {
            query.append_pair("after", &after.to_string());
        }
        let query = query.finish();
        if query.is_empty() {
            paths::STAFF_APPOINTMENTS.to_owned()
        } else {
            format!("{}?{query}", paths::STAFF_APPOINTMENTS)
        }
    }
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisation::require_staff(ctx)?;
    allow_any(&ctx.actor, Action::AppointmentRead)?;
    let asked = Asked::read(&visit.query)?;
    let after = parts::read_after(&visit.query)?;
    let customer = match asked.only {
        Some(id) => Some(organisation::find(ctx, id).await?),
        None => None,
    };
    let found = service::list(ctx, asked.which, asked.only, after, PER_PAGE).await?;
    let list = if found.items.is_empty() {
        view! { <section class="panel"><EmptyState icon="calendar" title=ctx.t("appointments-empty-staff-title") text=ctx.t("appointments-empty-staff-text") /></section> }.into_markup()
    } else {
        parts::by_day(ctx, &found.items)
    };
    let next = found.next.map(|next| asked.address(asked.tab, Some(next)));
    let pager = parts::pager(ctx, asked.which.past, next, after.map(|_| asked.address(asked.tab, None)));
    let tabs = TABS
        .map(|(tab, _, key)| {
            let current = (tab == asked.tab).then_some("page");
            view! { <a href=asked.address(tab, None) aria-current=current>{ctx.t(key)}</a> }
        })
        .into_iter()
        .collect_view();
    let new = service::may_manage_any(ctx).then(|| {
        let href = asked.only.map_or_else(|| paths::STAFF_APPOINTMENT_NEW.to_owned(), paths::staff_appointment_new);
        view! { <LinkButton href=href kind=ButtonKind::Primary>{ctx.t("appointments-new")}</LinkButton> }
    });
    let title = ctx.t("appointments-title").to_owned();
    let meta = customer.as_ref().map_or_else(|| ctx.t("appointments-staff-meta").to_owned(), |c| c.name.clone());
    let body = view! {
        <PageHead title=title.clone() meta=meta>{new}</PageHead>
        <nav class="tabs" aria-label=ctx.t("appointments-which")>{tabs}</nav>
        {filters(ctx, &asked).await?}
        <div class="stack" id="list" data-live-area="appointments">{list}{pager}</div>
    }
    .into_markup();
    let crumbs = customer.map(|customer| (paths::staff_customer(customer.id), customer.name)).into_iter().collect();
    Ok(Page { title, place: Place::StaffAppointments, crumbs, todo: None, body })
}

async fn filters(ctx: &Ctx, asked: &Asked) -> Result<Markup, AppError> {
    let chosen = asked.only.map(|id| id.to_string()).unwrap_or_default();
    let all = SelectOption {
        value: String::new(),
        label: ctx.t("appointments-all-customers").to_owned(),
        selected: chosen.is_empty(),
    };
    let options = std::iter::once(all).chain(choice::options(ctx, &chosen).await?).collect();
    Ok(view! {
        <form class="filters" method="get" action=paths::STAFF_APPOINTMENTS>
            <input type="hidden" name="show" value=asked.tab />
            <SelectField name="organisation" label=ctx.t("documents-customer") options=options />
            <label class="check"><input type="checkbox" name="mine" value="yes" checked=asked.which.mine />{ctx.t("appointments-mine")}</label>
            <SubmitButton>{ctx.t("appointments-filter")}</SubmitButton>
        </form>
    }
    .into_markup())
}
