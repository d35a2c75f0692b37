//! `/appointments`: what is to come, day by day, and what is over.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::{Action, allow_any};
use crate::appointments::model::{After, Which};
use crate::appointments::service;
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, ctx, page, redirect_to};
use crate::error::AppError;
use crate::paths;
use crate::ui::{EmptyState, LinkButton, PageHead, Place};

use super::parts;

const PER_PAGE: i64 = 50;

/// The customer's appointments.
#[component]
pub fn AppointmentsPage() -> impl IntoView {
    let staff = |ctx: &Ctx| ctx.actor.staff().is_some() && allow_any(&ctx.actor, Action::AppointmentRead).is_ok();
    if ctx().is_some_and(|ctx| staff(&ctx)) {
        redirect_to(paths::STAFF_APPOINTMENTS);
        return ().into_any();
    }
    page(show)
}

fn address(past: bool, after: Option<After>) -> String {
    let parts = [past.then(|| "when=past".to_owned()), after.map(|after| format!("after={after}"))];
    let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
    if query.is_empty() { paths::APPOINTMENTS.to_owned() } else { format!("{}?{query}", paths::APPOINTMENTS) }
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    if !service::may_open(ctx) {
        return Err(AppError::Forbidden);
    }
    let past = match visit.query.get("when") {
        None | Some("upcoming") => false,
        Some("past") => true,
        Some(_) => return Err(AppError::NotFound),
    };
    let after = parts::read_after(&visit.query)?;
    let which = if past { Which::PAST } else { Which::UPCOMING };
    let found = service::list(ctx, which, ctx.organisation, after, PER_PAGE).await?;
    let list = if found.items.is_empty() { empty(ctx, past) } else { parts::by_day(ctx, &found.items) };
    let pager =
        parts::pager(ctx, past, found.next.map(|next| address(past, Some(next))), after.map(|_| address(past, None)));
    let tab = |wanted: bool, key: &'static str| {
        let current = (wanted == past).then_some("page");
        view! { <a href=address(wanted, None) aria-current=current>{ctx.t(key)}</a> }
    };
    // Whoever looks as somebody else has no calendar of theirs.
    let subscribe = ctx.actor.viewer().is_none().then(|| {
        view! { <LinkButton href=paths::ACCOUNT_CALENDAR>{ctx.t("calendar-subscribe")}</LinkButton> }
    });
    let title = ctx.t("appointments-title").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("appointments-meta")>{subscribe}</PageHead>
        <nav class="tabs" aria-label=ctx.t("appointments-which")>{tab(false, "appointments-upcoming")}{tab(true, "appointments-past")}</nav>
        <div class="stack" id="list" data-live-area="appointments">{list}{pager}</div>
    }
    .into_markup();
    Ok(Page { title, place: Place::Appointments, crumbs: vec![], todo: None, body })
}

fn empty(ctx: &Ctx, past: bool) -> Markup {
    let (title, text) = if past {
        ("appointments-empty-past-title", "appointments-empty-past-text")
    } else {
        ("appointments-empty-title", "appointments-empty-text")
    };
    view! { <section class="panel"><EmptyState icon="calendar" title=ctx.t(title) text=ctx.t(text) /></section> }
        .into_markup()
}
