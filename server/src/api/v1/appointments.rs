//! `/api/v1/appointments`.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::appointments::model::{After, Appointment, State, Which};
use app::appointments::progress::{self, Frame};
use app::appointments::{answer, audience, propose, service};
use app::ctx::Ctx;
use app::error::{AppError, FieldErrors};
use app::ids::AppointmentId;
use app::time::Instant;
use axum::Json;
use axum::extract::Path;
use axum::http::header::{ETAG, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use super::appointment_dto::{
    AppointmentDto, CancelDto, ConfirmDto, EditAppointmentDto, LeaveDto, NewAppointmentDto, RescheduleDto, instant,
    instants,
};
use super::dto::{List, ReaderDto, readers};
use super::extract::{Answer, Body, Caller, Params, if_match};
use super::organisations::{Paging, limit};
use crate::api::problem::Problem;

/// Filters and paging.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AppointmentsQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// upcoming (from today on, the soonest first) or past (the last first); default upcoming.
    when: Option<String>,
    /// Only in this state.
    state: Option<String>,
    /// Only those for which the customer asks for another time.
    wished: Option<bool>,
    /// For staff: only those the token's owner takes part in.
    mine: Option<bool>,
    /// Only of this customer.
    organisation_id: Option<String>,
}

fn parse_id(text: &str) -> Result<AppointmentId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

fn bad(text: &str) -> AppError {
    AppError::BadRequest(text.to_owned())
}

async fn tagged(ctx: &Ctx, status: StatusCode, row: Appointment) -> Result<Response, AppError> {
    let slots = service::slots(ctx, &row).await?;
    let people = service::people(ctx, &row).await?;
    let others = service::others(ctx, &row).await?;
    let etag = HeaderValue::from_str(&format!("\"{}\"", row.revision)).ok();
    let mut dto = AppointmentDto::new(ctx, row, slots, Some(people));
    dto.other_slots = Some(others.into_iter().map(Instant::rfc3339).collect());
    let mut response = (status, Json(dto)).into_response();
    if let Some(etag) = etag {
        response.headers_mut().insert(ETAG, etag);
    }
    Ok(response)
}

/// It as it is after an act.
async fn done(ctx: &Ctx, id: AppointmentId) -> Result<Response, AppError> {
    tagged(ctx, StatusCode::OK, service::find(ctx, id).await?).await
}

/// Appointments from today on, the soonest first, or those before, the last first.
#[utoipa::path(get, path = "/appointments", tag = "appointments", operation_id = "list_appointments", params(AppointmentsQuery), responses((status = 200, body = List<AppointmentDto>), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn list(caller: Caller, Params(query): Params<AppointmentsQuery>) -> Answer<Json<List<AppointmentDto>>> {
    let ctx = &caller.0;
    let listed = async {
        let past = match query.when.as_deref() {
            None | Some("upcoming") => false,
            Some("past") => true,
            Some(_) => return Err(bad("when: upcoming or past")),
        };
        let state = query.state.as_deref().map(|name| State::parse(name).ok_or_else(|| bad("state: unknown")));
        let (wished, mine) = (query.wished.unwrap_or_default(), query.mine.unwrap_or_default());
        let which = Which { past, state: state.transpose()?, wished, mine };
        let only = query.organisation_id.as_deref().map(|id| id.parse().map_err(|_| bad("organisation_id: not an id")));
        let after = query.cursor.as_deref().map(|text| text.parse().map_err(|()| bad("cursor: not one of ours")));
        let after: Option<After> = after.transpose()?;
        let page = service::list(ctx, which, only.transpose()?, after, limit(query.limit)?).await?;
        let slots = service::slots_of(ctx, &page.items).await?;
        let next = page.next.map(|next| next.to_string());
        let dto = |row: Appointment| {
            let own = slots.iter().filter(|(id, _)| *id == row.id).map(|(_, at)| *at).collect();
            AppointmentDto::new(ctx, row, own, None)
        };
        Ok::<_, AppError>(List { items: page.items.into_iter().map(dto).collect(), next })
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// One appointment.
#[utoipa::path(get, path = "/appointments/{id}", tag = "appointments", operation_id = "find_appointment", params(("id" = String, Path)), responses((status = 200, body = AppointmentDto), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(id): Path<String>) -> Answer<Response> {
    let found = async { done(&caller.0, parse_id(&id)?).await };
    found.await.map_err(|e| caller.refuse(&e))
}

/// Who can see it, and why.
#[utoipa::path(get, path = "/appointments/{id}/audience", tag = "appointments", operation_id = "appointment_audience", params(("id" = String, Path), Paging), responses((status = 200, body = List<ReaderDto>), (status = 400, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn see_audience(
    caller: Caller,
    Path(id): Path<String>,
    Params(paging): Params<Paging>,
) -> Answer<Json<List<ReaderDto>>> {
    let listed = async { readers(audience::readers(&caller.0, parse_id(&id)?).await?, &paging) };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// Proposes times to a customer, or notes the one that was agreed already.
#[utoipa::path(post, path = "/appointments", tag = "appointments", operation_id = "create_appointment", request_body = NewAppointmentDto, params(("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = AppointmentDto), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn create(mut caller: Caller, headers: HeaderMap, body: Body<NewAppointmentDto>) -> Answer<Response> {
    caller.idempotent(&headers, &[b"POST /appointments", &body.raw])?;
    let ctx = &caller.0;
    let created = async {
        if !service::may_manage_any(ctx) {
            return Err(AppError::Forbidden);
        }
        let (new, errors) = body.value.into_new(ctx);
        let Some(new) = new else { return Err(AppError::Invalid(errors)) };
        let id = propose::create(ctx, new, errors).await?;
        let mut response = tagged(ctx, StatusCode::CREATED, service::find(ctx, id).await?).await?;
        if let Ok(value) = HeaderValue::from_str(&format!("/api/v1/appointments/{id}")) {
            response.headers_mut().insert(LOCATION, value);
        }
        Ok::<_, AppError>(response)
    };
    created.await.map_err(|e| caller.refuse(&e))
}

/// Changes what it is about and who takes part; its time stays.
#[utoipa::path(patch, path = "/appointments/{id}", tag = "appointments", operation_id = "edit_appointment", request_body = EditAppointmentDto, params(("id" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = AppointmentDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn edit(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<EditAppointmentDto>,
) -> Answer<Response> {
    let ctx = &caller.0;
    let edited = async {
        // What is not visible is not found, whatever else is wrong with the request.
        let row = service::find(ctx, parse_id(&id)?).await?;
        if !service::may_manage_any(ctx) {
            return Err(AppError::Forbidden);
        }
        let revision = if_match(&headers, true)?;
        let mut errors = FieldErrors::default();
        let details = body.value.over(ctx, propose::details_of(ctx, &row).await?, &mut errors);
        propose::edit(ctx, row.id, revision, details, errors).await?;
        done(ctx, row.id).await
    };
    edited.await.map_err(|e| caller.refuse(&e))
}

/// Takes one of the proposed times.
#[utoipa::path(post, path = "/appointments/{id}/confirm", tag = "appointments", operation_id = "confirm_appointment", request_body = ConfirmDto, params(("id" = String, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)), responses((status = 200, body = AppointmentDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn confirm(
    mut caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<ConfirmDto>,
) -> Answer<Response> {
    caller.idempotent(&headers, &[b"POST /appointments/confirm", id.as_bytes(), &body.raw])?;
    let ctx = &caller.0;
    let confirmed = async {
        let id = parse_id(&id)?;
        let at = instant(ctx, "slot", &body.value.slot, &mut FieldErrors::default());
        answer::confirm(ctx, id, if_match(&headers, false)?, at).await?;
        done(ctx, id).await
    };
    confirmed.await.map_err(|e| caller.refuse(&e))
}

/// Other times: a confirmed appointment is moved to another of the proposed times that is still free, at once; staff propose
/// others and the customer is asked again; customers say when it would suit them.
#[utoipa::path(post, path = "/appointments/{id}/reschedule", tag = "appointments", operation_id = "reschedule_appointment", request_body = RescheduleDto, params(("id" = String, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)), responses((status = 200, body = AppointmentDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn reschedule(
    mut caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<RescheduleDto>,
) -> Answer<Response> {
    caller.idempotent(&headers, &[b"POST /appointments/reschedule", id.as_bytes(), &body.raw])?;
    let ctx = &caller.0;
    let moved = async {
        let row = service::find(ctx, parse_id(&id)?).await?;
        let (revision, sent) = (if_match(&headers, false)?, body.value);
        if !sent.slot.is_empty() {
            let at = instant(ctx, "slot", &sent.slot, &mut FieldErrors::default());
            answer::retime(ctx, row.id, revision, at).await?;
            return done(ctx, row.id).await;
        }
        // Staff who send no times note what a customer has wished for on the telephone.
        let proposes = !sent.slots.is_empty() || (sent.wish.is_empty() && ctx.actor.staff().is_some());
        if proposes {
            let mut errors = FieldErrors::default();
            let slots = instants(ctx, "slots", &sent.slots, &mut errors);
            propose::move_to(ctx, row.id, revision, slots, &sent.reason, errors).await?;
        } else {
            answer::wish(ctx, row.id, revision, &sent.wish, &sent.reason).await?;
        }
        done(ctx, row.id).await
    };
    moved.await.map_err(|e| caller.refuse(&e))
}

/// Calls it off.
#[utoipa::path(post, path = "/appointments/{id}/cancel", tag = "appointments", operation_id = "cancel_appointment", request_body = CancelDto, params(("id" = String, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)), responses((status = 200, body = AppointmentDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn cancel(
    mut caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<CancelDto>,
) -> Answer<Response> {
    caller.idempotent(&headers, &[b"POST /appointments/cancel", id.as_bytes(), &body.raw])?;
    let ctx = &caller.0;
    let cancelled = async {
        let id = parse_id(&id)?;
        answer::cancel(ctx, id, if_match(&headers, false)?, &body.value.reason).await?;
        done(ctx, id).await
    };
    cancelled.await.map_err(|e| caller.refuse(&e))
}

/// Says on its day that the team is on its way, and between which times it comes.
#[utoipa::path(post, path = "/appointments/{id}/on-the-way", tag = "appointments", operation_id = "leave_for_appointment", request_body = LeaveDto, params(("id" = String, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)), responses((status = 200, body = AppointmentDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn on_the_way(
    mut caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<LeaveDto>,
) -> Answer<Response> {
    caller.idempotent(&headers, &[b"POST /appointments/on-the-way", id.as_bytes(), &body.raw])?;
    let ctx = &caller.0;
    let left = async {
        let row = service::find(ctx, parse_id(&id)?).await?;
        if !service::keeps(ctx, &row) {
            return Err(AppError::Forbidden);
        }
        let mut errors = FieldErrors::default();
        let from = instant(ctx, "from", &body.value.from, &mut errors);
        let until = instant(ctx, "until", &body.value.until, &mut errors);
        let (Some(from), Some(until)) = (from, until) else { return Err(AppError::Invalid(errors)) };
        let frame = Frame::Instants(from, until);
        progress::on_the_way(ctx, row.id, if_match(&headers, false)?, frame, &body.value.note).await?;
        done(ctx, row.id).await
    };
    left.await.map_err(|e| caller.refuse(&e))
}

/// It has taken place.
#[utoipa::path(post, path = "/appointments/{id}/complete", tag = "appointments", operation_id = "complete_appointment", params(("id" = String, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)), responses((status = 200, body = AppointmentDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem)))]
pub async fn complete(mut caller: Caller, Path(id): Path<String>, headers: HeaderMap) -> Answer<Response> {
    caller.idempotent(&headers, &[b"POST /appointments/complete", id.as_bytes()])?;
    let ctx = &caller.0;
    let completed = async {
        let id = parse_id(&id)?;
        progress::complete(ctx, id, if_match(&headers, false)?).await?;
        done(ctx, id).await
    };
    completed.await.map_err(|e| caller.refuse(&e))
}

/// One appointment as a calendar file (iCalendar).
#[utoipa::path(get, path = "/appointments/{id}/calendar.ics", tag = "appointments", operation_id = "appointment_calendar", params(("id" = String, Path)), responses((status = 200, body = String, content_type = "text/calendar"), (status = 404, body = Problem)))]
pub async fn calendar(caller: Caller, Path(id): Path<String>) -> Answer<Response> {
    crate::http::calendar::appointment(&caller.0, &id).await.map_err(|e| caller.refuse(&e))
}
