//! `/appointments/{id}` and `/staff/appointments/{id}`: when, where, with whom, what happened, and what to do now.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::appointments::model::{Appointment, Changed, Person, State};
use crate::appointments::{audience, history, service, when};
use crate::ctx::Ctx;
use crate::documents::page::who;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::ids::AppointmentId;
use crate::notifications::{self, Object};
use crate::organisation::service as organisation;
use crate::paths;
use crate::ui::{ErrorSummary, Icon, LinkButton, Notice, PageHead, Panel, PersonRow, Place, Tone};

use super::{acts, parts, staff_acts};

/// As its customer sees it.
#[component]
pub fn AppointmentPage() -> impl IntoView {
    page(customer)
}

/// As staff see it.
#[component]
pub fn StaffAppointmentPage() -> impl IntoView {
    page(staff)
}

async fn customer(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let row = service::find(&ctx, visit.id::<AppointmentId>("id")?).await?;
    visit.is_in(row.organisation_id);
    let place = if ctx.actor.staff().is_some() { Place::StaffAppointments } else { Place::Appointments };
    let crumbs = vec![(place.href().to_owned(), ctx.t("appointments-title").to_owned())];
    show(&ctx, &visit, row, place, crumbs).await
}

async fn staff(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    organisation::require_staff(&ctx)?;
    let row = service::find(&ctx, visit.id::<AppointmentId>("id")?).await?;
    let crumbs = vec![
        (paths::STAFF_APPOINTMENTS.to_owned(), ctx.t("appointments-title").to_owned()),
        (paths::staff_customer(row.organisation_id), row.organisation_name.clone()),
    ];
    show(&ctx, &visit, row, Place::StaffAppointments, crumbs).await
}

async fn show(
    ctx: &Ctx,
    visit: &Visit,
    row: Appointment,
    place: Place,
    crumbs: Vec<(String, String)>,
) -> Result<Page, AppError> {
    notifications::seen(ctx, Object::Appointment(row.id)).await;
    let may = service::may(ctx, &row);
    let slots = match row.state {
        State::Confirmed => service::others(ctx, &row).await?,
        State::Proposed | State::Done | State::Cancelled => service::slots(ctx, &row).await?,
    };
    let people = service::people(ctx, &row).await?;
    let changes = service::changes(ctx, &row).await?;
    let whom = service::to_call(ctx, &row, &people).await?;
    let readers = if may.audience { Some(audience::readers(ctx, row.id).await?) } else { None };
    let staff_side = ctx.actor.staff().is_some();
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let answers = acts::answers(ctx, &row, &slots, &people, may, &whom, flash);
    let house = (staff_side && may.manage).then(|| staff_acts::house(ctx, &row, flash));
    let buttons = view! {
        {(row.state != State::Cancelled).then(|| view! { <LinkButton href=paths::appointment_file(row.id)><Icon name="download" />{ctx.t("appointments-to-calendar")}</LinkButton> })}
        {(staff_side && may.manage).then(|| view! { <LinkButton href=paths::staff_appointment_edit(row.id)>{ctx.t("appointments-edit")}</LinkButton> })}
    };
    let facts =
        [staff_side.then(|| row.organisation_name.clone()), Some(row.purpose.clone()).filter(|p| !p.is_empty())];
    let meta = facts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let title = row.title.clone();
    let body = view! {
        <PageHead title=title.clone() meta=meta badge=parts::badge(ctx, &row)>{buttons}</PageHead>
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        {on_the_way(ctx, &row)}
        {wished(ctx, &row)}
        <div class="split">
            <div class="stack">{answers}{about(ctx, &row)}{house}</div>
            <div class="stack">{taking_part(ctx, &people)}{happened(ctx, &changes)}{readers.map(|readers| who(ctx, readers))}</div>
        </div>
    }
    .into_markup();
    Ok(Page { title, place, crumbs, todo: None, body })
}

fn on_the_way(ctx: &Ctx, row: &Appointment) -> Option<Markup> {
    let (from, until) = (row.way_from?, row.way_until?);
    if row.state != State::Confirmed {
        return None;
    }
    let args = [("from", when::hour(&ctx.zone, from).into()), ("until", when::hour(&ctx.zone, until).into())];
    let title = ctx.with("appointments-way-notice", &args);
    let note = row.way_note.clone();
    Some(view! { <Notice tone=Tone::Good title=title><p class="prewrap">{note}</p></Notice> }.into_markup())
}

/// What the customer asked for, until staff have answered.
fn wished(ctx: &Ctx, row: &Appointment) -> Option<Markup> {
    row.wished_at?;
    let (tone, key) = match ctx.actor.staff() {
        Some(_) => (Tone::Mine, "appointments-wish-notice-us"),
        None => (Tone::Idle, "appointments-wish-notice"),
    };
    let wish = row.wish.clone();
    Some(
        view! { <Notice tone=tone title=ctx.t(key)><blockquote class="quote">{wish}</blockquote></Notice> }
            .into_markup(),
    )
}

/// When it is, or until when there is a choice.
fn time(ctx: &Ctx, row: &Appointment) -> Markup {
    if row.state == State::Proposed {
        return view! { <dd>{ctx.t("appointments-no-time-yet")}</dd> }.into_markup();
    }
    let there = when::at_the_place(ctx.locale, &ctx.zone, row, row.starts_at);
    let there = there.map(|text| view! { <p class="meta">{text}</p> });
    let words = when::words(ctx.locale, &ctx.zone, row, row.starts_at);
    view! { <dd><time datetime=row.starts_at.rfc3339()>{words}</time>{there}</dd> }.into_markup()
}

fn about(ctx: &Ctx, row: &Appointment) -> Markup {
    let staff = ctx.actor.staff().is_some();
    let fact = |key: &'static str, text: &str| {
        (!text.is_empty()).then(|| view! { <div><dt>{ctx.t(key)}</dt><dd class="prewrap">{text.to_owned()}</dd></div> })
    };
    let online = (!row.link.is_empty()).then(|| {
        view! { <div><dt>{ctx.t("appointments-field-link")}</dt><dd><a href=row.link.clone() rel="noopener noreferrer" target="_blank">{ctx.t("appointments-join")}<span class="vh">" "{ctx.t("appointments-join-elsewhere")}</span></a></dd></div> }
    });
    let order = row.order_id.zip(row.order_number.clone()).map(|(id, number)| {
        let href = if staff { paths::staff_order(id) } else { paths::order(id) };
        view! { <div><dt>{ctx.t("appointments-field-order")}</dt><dd><a href=href>{number}</a></dd></div> }
    });
    let internal = fact("appointments-field-internal", &row.internal_note);
    view! {
        <Panel id="about" title=ctx.t("appointments-about")>
            <dl class="panel-body facts">
                <div><dt>{ctx.t("appointments-when")}</dt>{time(ctx, row)}</div>
                <div><dt>{ctx.t("appointments-field-minutes")}</dt><dd>{when::duration(ctx, row.minutes)}</dd></div>
                {fact("appointments-field-place", &row.place)}
                {online}
                {fact("appointments-field-phone", &row.phone)}
                {fact("appointments-field-notes", &row.notes)}
                {order}
                {fact("orders-project", row.project_name.as_deref().unwrap_or_default())}
                {internal}
            </dl>
        </Panel>
    }
    .into_markup()
}

fn taking_part(ctx: &Ctx, people: &[Person]) -> Markup {
    let me = ctx.actor.user_id();
    let rows = people
        .iter()
        .map(|person| {
            let role = person.staff_role.map(|role| ctx.t(crate::access::Role::Staff(role).label_key()));
            let house = role.is_some();
            view! { <li><PersonRow name=person.name.clone() meta=role.unwrap_or_default() house=house me={me == Some(person.user_id)} /></li> }
        })
        .collect_view();
    let count = people.len().to_string();
    view! { <Panel id="participants" title=ctx.t("appointments-field-people") count=count><div class="panel-body"><ul class="stack-2">{rows}</ul></div></Panel> }
        .into_markup()
}

fn happened(ctx: &Ctx, changes: &[Changed]) -> Markup {
    let rows = changes
        .iter()
        .map(|change| {
            let reason = (!change.reason.is_empty())
                .then(|| view! { <blockquote class="quote">{change.reason.clone()}</blockquote> });
            view! {
                <li class="linkrow">
                    <span class="docicon"><Icon name="history" /></span>
                    <div class="grow"><p>{history::sentence(ctx, change)}</p>{reason}</div>
                    <time class="meta nowrap" datetime=change.at.rfc3339()>{ctx.date(change.at)}</time>
                </li>
            }
        })
        .collect_view();
    view! { <Panel id="history" title=ctx.t("appointments-history")><ul class="rows">{rows}</ul></Panel> }.into_markup()
}
