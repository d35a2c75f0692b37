//! Server functions of appointments, and of one's own calendar.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "the fields of one form, as the macro passes them on")]

use jiff::tz::TimeZone;
use leptos::prelude::*;

use crate::account::{shown_once, zones};
use crate::ctx::Ctx;
use crate::doors::{Done, Form, act};
use crate::error::{AppError, FieldErrors};
use crate::ids::{AppointmentId, OrganisationId};
use crate::orders::server::KEPT;
use crate::organisation::service::require_staff;
use crate::paths;
use crate::time::Instant;

use super::model::{Details, NewAppointment};
use super::progress::{self, Frame};
use super::{answer, feed, propose, service, slots};

/// The times of a form; what is wrong with one is said with the time.
fn read_slots(ctx: &Ctx, typed: &[String], zone: &TimeZone, errors: &mut FieldErrors) -> Vec<Instant> {
    let mut read = Vec::new();
    for text in typed.iter().filter(|text| !text.trim().is_empty()) {
        match slots::parse(text, zone) {
            Ok(at) => read.push(at),
            Err(trouble) => errors.add("slots", trouble.words(ctx, zone)),
        }
    }
    read
}

fn number(text: &str) -> i64 {
    text.trim().parse().unwrap_or(-1)
}

/// An id where one was chosen; what is none is wrong.
fn chosen<T: std::str::FromStr>(field: &str, text: &str, wrong: &'static str, errors: &mut FieldErrors) -> Option<T> {
    let id = text.parse().ok();
    if id.is_none() && !text.is_empty() {
        errors.add(field, wrong);
    }
    id
}

fn parse_id(text: &str) -> Result<AppointmentId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// The revision that was seen; what is none was never there.
fn seen(revision: &str) -> Option<i64> {
    Some(revision.parse().unwrap_or(-1))
}

/// A form about an older appointment comes back with what has happened since.
async fn told<T>(ctx: &Ctx, id: AppointmentId, result: Result<T, AppError>) -> Result<T, AppError> {
    match result {
        Err(AppError::Stale) => Err(service::meanwhile(ctx, id).await?),
        other => other,
    }
}

/// The page a form stands on: the customer's, or the house's.
fn page_of(appointment: &str, side: &str) -> String {
    match (appointment.parse(), side == "staff") {
        (Ok(id), true) => paths::staff_appointment(id),
        (Ok(id), false) => paths::appointment(id),
        (Err(_), true) => paths::STAFF_APPOINTMENTS.to_owned(),
        (Err(_), false) => paths::APPOINTMENTS.to_owned(),
    }
}

/// Proposes an appointment, or changes one.
#[server(prefix = "/_fn", endpoint = "appointments/save")]
pub async fn save_appointment(
    #[server(default)] appointment: String,
    #[server(default)] revision: String,
    #[server(default)] organisation_id: String,
    #[server(default)] order_id: String,
    #[server(default)] project_id: String,
    #[server(default)] title: String,
    #[server(default)] purpose: String,
    #[server(default)] place: String,
    #[server(default)] link: String,
    #[server(default)] notes: String,
    #[server(default)] internal_note: String,
    #[server(default)] phone: String,
    #[server(default)] minutes: String,
    #[server(default)] time_zone: String,
    #[server(default)] cancel_hours: String,
    #[server(default)] people: Vec<String>,
    #[server(default)] slot: Vec<String>,
    #[server(default)] agreed: String,
) -> Result<(), ServerFnError> {
    let known: Option<AppointmentId> = appointment.parse().ok();
    let page = match (known, organisation_id.parse::<OrganisationId>()) {
        (Some(id), _) => paths::staff_appointment_edit(id),
        (None, Ok(customer)) => paths::staff_appointment_new(customer),
        (None, Err(_)) => paths::STAFF_APPOINTMENT_NEW.to_owned(),
    };
    let texts = [
        ("order_id", &order_id),
        ("project_id", &project_id),
        ("title", &title),
        ("purpose", &purpose),
        ("place", &place),
        ("link", &link),
        ("notes", &notes),
        ("internal_note", &internal_note),
        ("phone", &phone),
        ("minutes", &minutes),
        ("time_zone", &time_zone),
        ("cancel_hours", &cancel_hours),
        ("agreed", &agreed),
    ];
    let mut form = Form::on("appointment", page).value("people", people.join(",")).value("slot", slot.join(KEPT));
    for (field, text) in texts {
        form = form.value(field, text.clone());
    }
    act(form, async move |ctx| {
        require_staff(&ctx)?;
        if !service::may_manage_any(&ctx) {
            return Err(AppError::Forbidden);
        }
        let mut errors = FieldErrors::default();
        let details = Details {
            title,
            purpose,
            place,
            link,
            notes,
            internal_note,
            phone,
            minutes: number(&minutes),
            cancel_hours: number(&cancel_hours),
            order_id: chosen("order_id", &order_id, ctx.t("appointments-error-order"), &mut errors),
            project_id: chosen("project_id", &project_id, ctx.t("orders-error-project"), &mut errors),
            people: people.iter().filter_map(|id| id.parse().ok()).collect(),
            time_zone,
        };
        if !appointment.is_empty() {
            let id = parse_id(&appointment)?;
            // Found in scope first: what is foreign is not there.
            service::find(&ctx, id).await?;
            let saved = propose::edit(&ctx, id, seen(&revision), details, errors).await;
            told(&ctx, id, saved).await?;
            return Ok(Done::to(paths::staff_appointment(id)).saying(ctx.t("appointments-saved")));
        }
        let Ok(organisation_id) = organisation_id.parse() else {
            let unknown = ctx.t("documents-error-organisation");
            return Err(AppError::Invalid(FieldErrors::one("organisation_id", unknown)));
        };
        // In a zone that does not exist no time can be read; the zone is what is wrong.
        let zone = zones::parse(details.time_zone.trim()).map(slots::zone);
        let slots = zone.map(|zone| read_slots(&ctx, &slot, &zone, &mut errors)).unwrap_or_default();
        let agreed = agreed == "yes";
        let id = propose::create(&ctx, NewAppointment { organisation_id, details, slots, agreed }, errors).await?;
        let said = if agreed { "appointments-agreed-toast" } else { "appointments-proposed-toast" };
        Ok(Done::to(paths::staff_appointment(id)).saying(ctx.t(said)))
    })
    .await
}

/// Proposes other times.
#[server(prefix = "/_fn", endpoint = "appointments/move")]
pub async fn move_appointment(
    #[server(default)] appointment: String,
    #[server(default)] revision: String,
    #[server(default)] slot: Vec<String>,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let page = appointment.parse().map_or_else(
        |_| paths::STAFF_APPOINTMENTS.to_owned(),
        |id| format!("{}#move", paths::staff_appointment_edit(id)),
    );
    let form = Form::on("move", page).value("slot", slot.join(KEPT)).value("reason", reason.clone());
    act(form, async move |ctx| {
        require_staff(&ctx)?;
        let id = parse_id(&appointment)?;
        let zone = slots::zone(&service::find(&ctx, id).await?.time_zone);
        let mut errors = FieldErrors::default();
        let slots = read_slots(&ctx, &slot, &zone, &mut errors);
        let moved = propose::move_to(&ctx, id, seen(&revision), slots, &reason, errors).await;
        told(&ctx, id, moved).await?;
        Ok(Done::to(paths::staff_appointment(id)).saying(ctx.t("appointments-moved-toast")))
    })
    .await
}

/// Takes one of the proposed times.
#[server(prefix = "/_fn", endpoint = "appointments/confirm")]
pub async fn confirm_appointment(
    #[server(default)] appointment: String,
    #[server(default)] revision: String,
    #[server(default)] side: String,
    #[server(default)] slot: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&appointment, &side);
    act(Form::on("confirm", page.clone()), async move |ctx| {
        let id = parse_id(&appointment)?;
        service::find(&ctx, id).await?;
        let at = slot.parse().ok().map(Instant);
        let confirmed = answer::confirm(&ctx, id, seen(&revision), at).await;
        told(&ctx, id, confirmed).await?;
        Ok(Done::to(page).saying(ctx.t("appointments-confirmed-toast")))
    })
    .await
}

/// Takes another of the proposed times in place of the agreed one.
#[server(prefix = "/_fn", endpoint = "appointments/retime")]
pub async fn retime_appointment(
    #[server(default)] appointment: String,
    #[server(default)] revision: String,
    #[server(default)] side: String,
    #[server(default)] slot: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&appointment, &side);
    act(Form::on("retime", page.clone()), async move |ctx| {
        let id = parse_id(&appointment)?;
        service::find(&ctx, id).await?;
        let at = slot.parse().ok().map(Instant);
        let retimed = answer::retime(&ctx, id, seen(&revision), at).await;
        told(&ctx, id, retimed).await?;
        Ok(Done::to(page).saying(ctx.t("appointments-retimed-toast")))
    })
    .await
}

/// Asks for another time.
#[server(prefix = "/_fn", endpoint = "appointments/wish")]
pub async fn wish_other_time(
    #[server(default)] appointment: String,
    #[server(default)] revision: String,
    #[server(default)] side: String,
    #[server(default)] wish: String,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&appointment, &side);
    let form = Form::on("wish", page.clone()).value("wish", wish.clone()).value("reason", reason.clone());
    act(form, async move |ctx| {
        let id = parse_id(&appointment)?;
        service::find(&ctx, id).await?;
        let wished = answer::wish(&ctx, id, seen(&revision), &wish, &reason).await;
        told(&ctx, id, wished).await?;
        Ok(Done::to(page).saying(ctx.t("appointments-wished-toast")))
    })
    .await
}

/// Calls it off.
#[server(prefix = "/_fn", endpoint = "appointments/cancel")]
pub async fn cancel_appointment(
    #[server(default)] appointment: String,
    #[server(default)] revision: String,
    #[server(default)] side: String,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&appointment, &side);
    act(Form::on("cancel", page.clone()).value("reason", reason.clone()), async move |ctx| {
        let id = parse_id(&appointment)?;
        service::find(&ctx, id).await?;
        let cancelled = answer::cancel(&ctx, id, seen(&revision), &reason).await;
        told(&ctx, id, cancelled).await?;
        Ok(Done::to(page).saying(ctx.t("appointments-cancelled-toast")))
    })
    .await
}

/// Says that the team is on its way, and between which hours it comes.
#[server(prefix = "/_fn", endpoint = "appointments/on_the_way")]
pub async fn leave_for_appointment(
    #[server(default)] appointment: String,
    #[server(default)] revision: String,
    #[server(default)] from: String,
    #[server(default)] until: String,
    #[server(default)] note: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&appointment, "staff");
    let form = Form::on("on_the_way", page.clone())
        .value("from", from.clone())
        .value("until", until.clone())
        .value("note", note.clone());
    act(form, async move |ctx| {
        require_staff(&ctx)?;
        let id = parse_id(&appointment)?;
        service::find(&ctx, id).await?;
        let frame = Frame::Hours(slots::hour(&from), slots::hour(&until));
        let said = progress::on_the_way(&ctx, id, seen(&revision), frame, &note).await;
        told(&ctx, id, said).await?;
        Ok(Done::to(page).saying(ctx.t("appointments-way-toast")))
    })
    .await
}

/// It has taken place.
#[server(prefix = "/_fn", endpoint = "appointments/complete")]
pub async fn complete_appointment(
    #[server(default)] appointment: String,
    #[server(default)] revision: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&appointment, "staff");
    act(Form::on("complete", page.clone()), async move |ctx| {
        require_staff(&ctx)?;
        let id = parse_id(&appointment)?;
        service::find(&ctx, id).await?;
        let done = progress::complete(&ctx, id, seen(&revision)).await;
        told(&ctx, id, done).await?;
        Ok(Done::to(page).saying(ctx.t("appointments-done-toast")))
    })
    .await
}

/// Makes the address of one's own calendar, in place of the one before, and shows it once.
#[server(prefix = "/_fn", endpoint = "account/renew_calendar")]
pub async fn renew_calendar() -> Result<(), ServerFnError> {
    act(Form::on("calendar", paths::ACCOUNT_CALENDAR), async move |ctx| {
        let secret = feed::renew(&ctx).await?;
        Ok(Done::to(paths::ACCOUNT_CALENDAR).showing(shown_once::FIELD, shown_once::seal(&ctx, &secret)))
    })
    .await
}

/// Takes the address of one's own calendar back.
#[server(prefix = "/_fn", endpoint = "account/revoke_calendar")]
pub async fn revoke_calendar() -> Result<(), ServerFnError> {
    act(Form::on("calendar", paths::ACCOUNT_CALENDAR), async move |ctx| {
        feed::revoke(&ctx).await?;
        Ok(Done::to(paths::ACCOUNT_CALENDAR).saying(ctx.t("calendar-revoked")))
    })
    .await
}
