//! `/staff/appointments/new` and `/staff/appointments/{id}/edit`: what it is about, with whom, and when it could be.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::account::zones;
use crate::appointments::check::SLOTS_MOST;
use crate::appointments::model::{Appointment, Details};
use crate::appointments::propose;
use crate::appointments::service::{self, Candidates};
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::ids::{AppointmentId, OrderId, OrganisationId, ProjectId};
use crate::orders;
use crate::orders::model::Which;
use crate::orders::server::KEPT;
use crate::organisation::model::{Organisation, Project};
use crate::organisation::{choice, service as organisation};
use crate::paths;
use crate::ui::{
    ButtonKind, CheckRow, ChoiceGroup, ErrorSummary, Glyph, LinkButton, Notice, PageHead, Panel, Place, SelectField,
    SelectOption, SubmitButton, TextArea, TextField, Tone,
};

/// How many orders there are to choose from.
const ORDERS: i64 = 100;
/// The fields of times, by their ids.
const SLOT_IDS: [&str; SLOTS_MOST] = ["slot-1", "slot-2", "slot-3", "slot-4", "slot-5"];

/// A new appointment.
#[component]
pub fn StaffAppointmentNewPage() -> impl IntoView {
    page(new)
}

/// One that is there.
#[component]
pub fn StaffAppointmentEditPage() -> impl IntoView {
    page(edit)
}

/// What the form is about and begins with.
struct Filled<'a> {
    flash: &'a Flash,
    details: Details,
    customer: Organisation,
    candidates: Candidates,
    orders: Vec<(OrderId, String)>,
    projects: Vec<Project>,
}

impl Filled<'_> {
    /// What was typed, or else what is known.
    fn text(&self, field: &str, known: &str) -> String {
        if self.flash.form == "appointment" {
            return self.flash.value(field).unwrap_or_default().to_owned();
        }
        known.to_owned()
    }

    fn error(&self, field: &str) -> Option<String> {
        self.flash.errors.get(field).filter(|_| self.flash.form == "appointment").map(str::to_owned)
    }
}

async fn filled<'a>(ctx: &Ctx, flash: &'a Flash, id: OrganisationId, details: Details) -> Result<Filled<'a>, AppError> {
    let customer = organisation::find(ctx, id).await?;
    let candidates = service::candidates(&ctx.db, id).await?;
    let page = orders::service::list(ctx, &Which::All, Some(id), None, ORDERS).await?;
    let mut orders: Vec<_> = page
        .items
        .into_iter()
        .map(|o| (o.id, if o.title.is_empty() { o.number } else { format!("{}, {}", o.number, o.title) }))
        .collect();
    // An old one it belongs to stays to be chosen.
    if let Some(known) = details.order_id.filter(|known| !orders.iter().any(|(id, _)| id == known)) {
        let order = orders::service::find(ctx, known).await?;
        orders.push((known, order.number));
    }
    let projects = organisation::projects(ctx, &customer).await?;
    Ok(Filled { flash, details, customer, candidates, orders, projects })
}

fn parsed<T: std::str::FromStr>(visit: &Visit, name: &str) -> Result<Option<T>, AppError> {
    visit.query.get(name).map(|id| id.parse().map_err(|_| AppError::NotFound)).transpose()
}

async fn new(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisation::require_staff(ctx)?;
    if !service::may_manage_any(ctx) {
        return Err(AppError::Forbidden);
    }
    let order_id: Option<OrderId> = parsed(&visit, "order")?;
    let project_id: Option<ProjectId> = parsed(&visit, "project")?;
    // The customer of what it is about, or the one that was chosen.
    let order = match order_id {
        Some(id) => Some(orders::service::find(ctx, id).await?),
        None => None,
    };
    let chosen = match (&order, project_id) {
        (Some(order), _) => Some(order.organisation_id),
        (None, Some(id)) => Some(propose::customer_of(ctx, id).await?),
        (None, None) => parsed(&visit, "organisation")?,
    };
    let form = match chosen {
        Some(id) => {
            propose::check_may(ctx, id).await?;
            let people = order.as_ref().and_then(|order| order.buyer_id).into_iter().chain(ctx.actor.user_id());
            let details = Details {
                title: order.as_ref().map(|order| order.title.clone()).unwrap_or_default(),
                place: order.as_ref().map(|order| order.ship_to.replace('\n', ", ")).unwrap_or_default(),
                minutes: 60,
                cancel_hours: 24,
                time_zone: ctx.zone.iana_name().unwrap_or("Europe/Berlin").to_owned(),
                order_id,
                project_id: project_id.or_else(|| order.as_ref().and_then(|order| order.project_id)),
                people: people.collect(),
                ..Details::default()
            };
            let filled = filled(ctx, &visit.flash, id, details).await?;
            form(ctx, &filled, None)
        }
        None => choice::form(ctx, paths::STAFF_APPOINTMENT_NEW).await?,
    };
    let crumbs = vec![(paths::STAFF_APPOINTMENTS.to_owned(), ctx.t("appointments-title").to_owned())];
    let meta = ctx.t("appointments-new-meta").to_owned();
    Ok(framed(ctx, &visit.flash, ctx.t("appointments-new").to_owned(), meta, crumbs, form))
}

async fn edit(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisation::require_staff(ctx)?;
    let row = service::find(ctx, visit.id::<AppointmentId>("id")?).await?;
    if row.state.is_over() || !service::may(ctx, &row).manage {
        return Err(AppError::Forbidden);
    }
    let details = propose::details_of(ctx, &row).await?;
    let filled = filled(ctx, &visit.flash, row.organisation_id, details).await?;
    let form = view! { {form(ctx, &filled, Some(&row))}{other_times(ctx, &visit.flash, &row)} }.into_markup();
    let crumbs = vec![
        (paths::STAFF_APPOINTMENTS.to_owned(), ctx.t("appointments-title").to_owned()),
        (paths::staff_appointment(row.id), row.title.clone()),
    ];
    let meta = format!("{}, {}", row.title, row.organisation_name);
    Ok(framed(ctx, &visit.flash, ctx.t("appointments-edit").to_owned(), meta, crumbs, form))
}

fn framed(ctx: &Ctx, flash: &Flash, title: String, meta: String, crumbs: Vec<(String, String)>, form: Markup) -> Page {
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let body = view! {
        <div class="narrow stack">
            <PageHead title=title.clone() meta=meta />
            {problem}
            <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
            {form}
        </div>
    }
    .into_markup();
    Page { title, place: Place::StaffAppointments, crumbs, todo: None, body }
}

fn form(ctx: &Ctx, filled: &Filled<'_>, row: Option<&Appointment>) -> Markup {
    let back = row.map_or_else(|| paths::STAFF_APPOINTMENTS.to_owned(), |row| paths::staff_appointment(row.id));
    let id = row.map(|row| row.id.to_string()).unwrap_or_default();
    let revision = row.map(|row| row.revision.to_string()).unwrap_or_default();
    let times = row.is_none().then(|| {
        let agreed = filled.text("agreed", "") == "yes";
        let error = filled.error("slots");
        view! {
            <Panel id="times" title=ctx.t("appointments-times")><div class="panel-body stack-4">
                {zone(ctx, filled)}
                {slots(ctx, filled.flash, "appointment", error)}
                <CheckRow name="agreed" value="yes" label=ctx.t("appointments-agreed") meta=ctx.t("appointments-agreed-text") checked=agreed />
            </div></Panel>
        }
    });
    let zone = row.map(|_| zone(ctx, filled));
    let save = if row.is_some() { "appointments-save" } else { "appointments-propose" };
    view! {
        <form class="stack" method="post" action="/_fn/appointments/save" novalidate=true>
            <input type="hidden" name="appointment" value=id />
            <input type="hidden" name="revision" value=revision />
            <input type="hidden" name="organisation_id" value=filled.customer.id.to_string() />
            {about(ctx, filled, zone)}
            {times}
            {people(ctx, filled)}
            <section class="panel"><div class="panel-body cluster"><SubmitButton kind=ButtonKind::Primary>{ctx.t(save)}</SubmitButton><LinkButton href=back>{ctx.t("ui-cancel")}</LinkButton></div></section>
        </form>
    }
    .into_markup()
}

fn about(ctx: &Ctx, filled: &Filled<'_>, zone: Option<Markup>) -> Markup {
    let details = &filled.details;
    let optional = ctx.t("ui-optional");
    let choice = |chosen: String, options: Vec<(String, String)>| {
        let none = SelectOption {
            value: String::new(),
            label: ctx.t("appointments-none").to_owned(),
            selected: chosen.is_empty(),
        };
        let option = |(value, label): (String, String)| SelectOption { selected: value == chosen, value, label };
        std::iter::once(none).chain(options.into_iter().map(option)).collect::<Vec<_>>()
    };
    let known = |id: Option<String>| id.unwrap_or_default();
    let order = filled.text("order_id", &known(details.order_id.map(|id| id.to_string())));
    let orders = choice(order, filled.orders.iter().map(|(id, name)| (id.to_string(), name.clone())).collect());
    let project = filled.text("project_id", &known(details.project_id.map(|id| id.to_string())));
    let projects = choice(project, filled.projects.iter().map(|p| (p.id.to_string(), p.name.clone())).collect());
    let projects = (projects.len() > 1).then(|| {
        view! { <SelectField name="project_id" label=ctx.t("orders-project") note=optional options=projects error=filled.error("project_id") /> }
    });
    let orders = (orders.len() > 1).then(|| {
        view! { <SelectField name="order_id" label=ctx.t("appointments-field-order") note=optional options=orders error=filled.error("order_id") /> }
    });
    view! {
        <Panel id="what" title=filled.customer.name.clone()><div class="panel-body fields">
            <TextField name="title" label=ctx.t("appointments-field-title") hint=ctx.t("appointments-title-hint") value=filled.text("title", &details.title) error=filled.error("title") required=true maxlength=200 class="field wide" />
            <TextField name="purpose" label=ctx.t("appointments-field-purpose") note=optional hint=ctx.t("appointments-purpose-hint") value=filled.text("purpose", &details.purpose) error=filled.error("purpose") maxlength=200 class="field wide" />
            {orders}{projects}
            <TextField name="place" label=ctx.t("appointments-field-place") note=optional value=filled.text("place", &details.place) error=filled.error("place") maxlength=200 class="field wide" />
            <TextField name="link" kind="url" label=ctx.t("appointments-field-link") note=optional hint=ctx.t("orders-tracking-hint") value=filled.text("link", &details.link) error=filled.error("link") maxlength=1000 class="field wide" />
            <TextField name="minutes" kind="number" label=ctx.t("appointments-minutes-label") value=filled.text("minutes", &details.minutes.to_string()) error=filled.error("minutes") required=true />
            <TextField name="cancel_hours" kind="number" label=ctx.t("appointments-cancel-hours") hint=ctx.t("appointments-cancel-hours-hint") value=filled.text("cancel_hours", &details.cancel_hours.to_string()) error=filled.error("cancel_hours") required=true />
            {zone}
            <TextField name="phone" kind="tel" label=ctx.t("appointments-field-phone") note=optional hint=ctx.t("appointments-phone-hint") value=filled.text("phone", &details.phone) error=filled.error("phone") maxlength=200 />
            <TextArea name="notes" label=ctx.t("appointments-field-notes") note=optional hint=ctx.t("appointments-notes-hint") value=filled.text("notes", &details.notes) rows=3 error=filled.error("notes") maxlength=2000 class="field wide" />
            <TextArea name="internal_note" label=ctx.t("appointments-field-internal") note=optional hint=ctx.t("appointments-internal-hint") value=filled.text("internal_note", &details.internal_note) rows=2 error=filled.error("internal_note") maxlength=2000 class="field wide" />
        </div></Panel>
    }
    .into_markup()
}

/// The clock that times are typed by.
fn zone(ctx: &Ctx, filled: &Filled<'_>) -> Markup {
    let chosen = filled.text("time_zone", &filled.details.time_zone);
    let options = zones::names()
        .iter()
        .map(|name| SelectOption { value: name.clone(), label: zones::label(name), selected: *name == chosen })
        .collect::<Vec<_>>();
    view! { <SelectField name="time_zone" label=ctx.t("appointments-field-zone") hint=ctx.t("appointments-zone-hint") options=options error=filled.error("time_zone") /> }
        .into_markup()
}

/// Times to choose from. What was typed stays, also what is no time.
fn slots(ctx: &Ctx, flash: &Flash, form: &str, error: Option<String>) -> Markup {
    let typed = flash.value("slot").filter(|_| flash.form == form).unwrap_or_default();
    let mut typed = typed.split(KEPT);
    let fields = SLOT_IDS
        .into_iter()
        .enumerate()
        .map(|(at, id)| {
            let label = ctx.with("appointments-slot-label", &[("number", (at + 1).into())]);
            let value = typed.next().unwrap_or_default().to_owned();
            let note = if at == 0 { "" } else { ctx.t("ui-optional") };
            view! { <TextField name="slot[]" id=id kind="datetime-local" label=label note=note value=value /> }
        })
        .collect_view();
    let invalid = error.is_some().then_some("slots-error");
    let error =
        error.map(|error| view! { <p class="error" id="slots-error"><Glyph name="late" /><span>{error}</span></p> });
    view! {
        <fieldset class="field" id="slots" aria-describedby=invalid>
            <legend class="label">{ctx.t("appointments-slots")}</legend>
            <div class="fields">{fields}</div>
            {error}
        </fieldset>
    }
    .into_markup()
}

fn people(ctx: &Ctx, filled: &Filled<'_>) -> Markup {
    let known = filled.details.people.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let chosen = filled.text("people", &known);
    let check = |id: String, name: &str, meta: &'static str| {
        let checked = chosen.split(',').any(|known| known == id);
        view! { <CheckRow name="people[]" value=id label=name.to_owned() meta=meta checked=checked /> }
    };
    let members = filled.candidates.members.iter().map(|p| check(p.user_id.to_string(), &p.name, "")).collect_view();
    let staff = filled
        .candidates
        .staff
        .iter()
        .map(|colleague| {
            let person = &colleague.person;
            let role = person.staff_role.map(|role| ctx.t(crate::access::Role::Staff(role).label_key()));
            check(person.user_id.to_string(), &person.name, role.unwrap_or_default())
        })
        .collect_view();
    view! {
        <Panel id="who" title=ctx.t("appointments-field-people")><div class="panel-body stack-4">
            <ChoiceGroup id="participants" legend=ctx.t("appointments-people-customer") hint=ctx.t("appointments-people-hint") error=filled.error("participants")>{members}</ChoiceGroup>
            <ChoiceGroup id="house" legend=ctx.t("appointments-people-house")>{staff}</ChoiceGroup>
        </div></Panel>
    }
    .into_markup()
}

/// Other times in place of those there are: the customer is asked again.
fn other_times(ctx: &Ctx, flash: &Flash, row: &Appointment) -> Markup {
    let mine = flash.form == "move";
    let error = |field: &str| flash.errors.get(field).filter(|_| mine).map(str::to_owned);
    let reason = flash.value("reason").filter(|_| mine).unwrap_or_default().to_owned();
    let zone = ctx.with("appointments-move-zone", &[("zone", zones::label(&row.time_zone).into())]);
    view! {
        <Panel id="move" title=ctx.t("appointments-move")>
            <form method="post" action="/_fn/appointments/move" novalidate=true>
                <input type="hidden" name="appointment" value=row.id.to_string() />
                <input type="hidden" name="revision" value=row.revision.to_string() />
                <div class="panel-body stack-4">
                    <p class="meta">{ctx.t("appointments-move-text")}" "{zone}</p>
                    {slots(ctx, flash, "move", error("slots"))}
                    <TextArea name="reason" label=ctx.t("appointments-move-reason") note=ctx.t("ui-optional") hint=ctx.t("orders-reason-hint") value=reason rows=2 error=error("reason") maxlength=2000 />
                </div>
                <div class="panel-foot"><SubmitButton>{ctx.t("appointments-move-send")}</SubmitButton></div>
            </form>
        </Panel>
    }
    .into_markup()
}
