//! What several pages of appointments say.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::appointments::model::{After, Appointment, State};
use crate::appointments::{service, when};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::ids::{AppointmentId, OrderId, ProjectId};
use crate::paths;
use crate::ui::{Badge, Icon, LinkButton, Panel, Status, Tone};

/// How it stands, for whoever reads: colour, shape and words.
fn look(ctx: &Ctx, row: &Appointment) -> (Tone, &'static str, &'static str) {
    let staff = ctx.actor.staff().is_some();
    match row.state {
        State::Proposed | State::Confirmed if row.wished_at.is_some() => match staff {
            true => (Tone::Mine, "mine", ctx.t("appointments-state-wished-us")),
            false => (Tone::Idle, "half", ctx.t("appointments-state-wished")),
        },
        State::Proposed if !row.can_be_chosen(ctx.now()) => (Tone::Warn, "late", ctx.t("appointments-state-missed")),
        State::Proposed => match !staff && (row.takes_part || row.administers) {
            true => (Tone::Mine, "mine", ctx.t("appointments-state-choose")),
            false => (Tone::Idle, "open", ctx.t("appointments-state-proposed")),
        },
        State::Confirmed if row.way_from.is_some() => (Tone::Good, "half", ctx.t("appointments-state-way")),
        State::Confirmed => (Tone::Good, "done", ctx.t("appointments-state-confirmed")),
        State::Done => (Tone::Idle, "done", ctx.t("appointments-state-done")),
        State::Cancelled => (Tone::Warn, "old", ctx.t("appointments-state-cancelled")),
    }
}

/// The state as a headline.
pub fn badge(ctx: &Ctx, row: &Appointment) -> Markup {
    let (tone, glyph, text) = look(ctx, row);
    view! { <Badge tone=tone glyph=glyph text=text /> }.into_markup()
}

/// The state in a row.
pub fn status(ctx: &Ctx, row: &Appointment) -> Markup {
    let (tone, glyph, text) = look(ctx, row);
    view! { <Status tone=tone glyph=glyph text=text /> }.into_markup()
}

/// The page of an appointment for whoever reads.
pub fn href(ctx: &Ctx, id: AppointmentId) -> String {
    if ctx.actor.staff().is_some() { paths::staff_appointment(id) } else { paths::appointment(id) }
}

/// When, as a row says it that stands under no day: the day and the hours, or how many times there are to choose from.
fn time_in_a_row(ctx: &Ctx, row: &Appointment) -> String {
    if row.slots > 0 {
        let first = row.first_at.unwrap_or(row.starts_at);
        let day = when::civil_day(ctx.locale, when::date(&ctx.zone, first), false);
        return ctx.with("appointments-slots-from", &[("count", row.slots.into()), ("day", day.into())]);
    }
    when::words(ctx.locale, &ctx.zone, row, row.starts_at)
}

fn row(ctx: &Ctx, row: &Appointment, under_day: bool) -> Markup {
    let time = if under_day && row.slots == 0 { when::hours(ctx, row, row.starts_at) } else { time_in_a_row(ctx, row) };
    let there = when::at_the_place(ctx.locale, &ctx.zone, row, row.starts_at).filter(|_| row.slots == 0);
    let there = there.map(|text| view! { <p class="meta">{text}</p> });
    let whose = ctx.actor.staff().is_some().then(|| row.organisation_name.clone());
    let place = if row.place.is_empty() && !row.link.is_empty() {
        Some(ctx.t("appointments-online").to_owned())
    } else {
        Some(row.place.clone()).filter(|place| !place.is_empty())
    };
    let order = row.order_number.clone();
    let more = [whose, place, order].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let more = (!more.is_empty()).then(|| view! { <p class="meta">{more}</p> });
    view! {
        <li class="linkrow linkrow--acts">
            <span class="docicon"><Icon name="calendar" /></span>
            <div class="grow">
                <a class="title" href=href(ctx, row.id)>{row.title.clone()}</a>
                <p>{time}</p>
                {there}{more}
            </div>
            {status(ctx, row)}
        </li>
    }
    .into_markup()
}

/// Rows that stand under no day.
pub fn rows(ctx: &Ctx, appointments: &[Appointment]) -> Markup {
    let rows = appointments.iter().map(|appointment| row(ctx, appointment, false)).collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_markup()
}

/// What belongs together under one heading.
fn group(at: usize, heading: String, rows: Vec<Markup>) -> Markup {
    let id = format!("day-{at}");
    let labelled = id.clone();
    view! { <section class="panel" aria-labelledby=labelled><div class="panel-head"><h2 id=id>{heading}</h2></div><ul class="rows">{rows.into_iter().collect_view()}</ul></section> }
        .into_markup()
}

/// A page of a list: first what has no time yet, then day by day.
pub fn by_day(ctx: &Ctx, appointments: &[Appointment]) -> Markup {
    let open: Vec<Markup> = appointments.iter().filter(|a| a.slots > 0).map(|a| row(ctx, a, true)).collect();
    let mut groups = Vec::new();
    if !open.is_empty() {
        groups.push((ctx.t("appointments-open-times").to_owned(), open));
    }
    let mut last = None;
    for appointment in appointments.iter().filter(|a| a.slots == 0) {
        let day = when::date(&ctx.zone, appointment.starts_at);
        if last != Some(day) {
            groups.push((when::heading(ctx, appointment.starts_at), Vec::new()));
            last = Some(day);
        }
        if let Some((_, rows)) = groups.last_mut() {
            rows.push(row(ctx, appointment, true));
        }
    }
    let groups = groups.into_iter().enumerate().map(|(at, (heading, rows))| group(at, heading, rows)).collect_view();
    view! { <div class="stack">{groups}</div> }.into_markup()
}

/// The foot of a list that goes on.
pub fn pager(ctx: &Ctx, past: bool, next: Option<String>, first: Option<String>) -> Option<Markup> {
    if next.is_none() && first.is_none() {
        return None;
    }
    let words = if past { "ui-pager-older" } else { "appointments-later" };
    let first = first.map(|href| {
        view! { <LinkButton href=href><Icon name="chevron-left" />{ctx.t("appointments-first")}</LinkButton> }
    });
    let next = next.map(|href| {
        view! { <LinkButton href=href class="push">{ctx.t(words)}<Icon name="chevron-right" /></LinkButton> }
    });
    Some(view! { <nav class="pages" aria-label=ctx.t("ui-pager-label")>{first}{next}</nav> }.into_markup())
}

/// Where a list continues, as its address says it.
pub fn read_after(query: &crate::doors::Query) -> Result<Option<After>, AppError> {
    query.get("after").map(|text| text.parse().map_err(|()| AppError::NotFound)).transpose()
}

fn panel(ctx: &Ctx, appointments: &[Appointment], new: String) -> Option<Markup> {
    let link = service::may_manage_what_is_seen(ctx).then(|| (new, ctx.t("appointments-new").to_owned()));
    if appointments.is_empty() && link.is_none() {
        return None;
    }
    let body = if appointments.is_empty() {
        view! { <div class="panel-body"><p class="meta">{ctx.t("appointments-none-here")}</p></div> }.into_markup()
    } else {
        rows(ctx, appointments)
    };
    let title = ctx.t("appointments-title");
    Some(match link {
        Some(link) => view! { <Panel id="appointments" title=title link=link>{body}</Panel> }.into_markup(),
        None => view! { <Panel id="appointments" title=title>{body}</Panel> }.into_markup(),
    })
}

/// The appointments of an order, for its page; none where there is nothing to show and nothing to do.
pub async fn panel_for_order(ctx: &Ctx, id: OrderId) -> Result<Option<Markup>, AppError> {
    let appointments = service::of_order(ctx, id).await?;
    Ok(panel(ctx, &appointments, format!("{}?order={id}", paths::STAFF_APPOINTMENT_NEW)))
}

/// The appointments of a project, likewise.
pub async fn panel_for_project(ctx: &Ctx, id: ProjectId) -> Result<Option<Markup>, AppError> {
    let appointments = service::of_project(ctx, id).await?;
    Ok(panel(ctx, &appointments, format!("{}?project={id}", paths::STAFF_APPOINTMENT_NEW)))
}
