//! `/api/v1/requests`: files that customers are asked for.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::ctx::Ctx;
use app::documents::model::Category;
use app::documents::service::{check_creator, parse_people};
use app::documents::upload::Incoming;
use app::error::{AppError, FieldErrors};
use app::files::FileName;
use app::ids::RequestId;
use app::organisation::service::require_staff;
use app::requests::model::{After, NewRequest, Request, State};
use app::requests::{audience, service};
use axum::Json;
use axum::extract::{Path, Request as HttpRequest};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::documents::file_name;
use super::dto::{List, ReaderDto, readers};
use super::extract::{Answer, Body, Caller, Params};
use super::organisations::{Paging, limit};
use crate::api::problem::Problem;
use crate::http::upload::chunks;

/// A file that a customer is asked for.
#[derive(Serialize, ToSchema)]
pub struct RequestDto {
    /// Id.
    pub id: String,
    /// The customer.
    pub organisation_id: String,
    /// What is wanted.
    pub title: String,
    /// What it should be like.
    pub text: String,
    /// Key of the category of the document it becomes.
    pub category: String,
    /// The last day in time, such as 2026-12-24.
    pub due_on: String,
    /// open, sent, fix, accepted or withdrawn.
    pub state: String,
    /// What is to be put right.
    pub note: String,
    /// The document that was sent.
    pub document_id: Option<String>,
    /// Who asks.
    pub asked_by: String,
    /// RFC 3339.
    pub asked_at: String,
    /// RFC 3339; null until a file has come.
    pub answered_at: Option<String>,
}

impl From<Request> for RequestDto {
    fn from(row: Request) -> Self {
        Self {
            id: row.id.to_string(),
            organisation_id: row.organisation_id.to_string(),
            title: row.title,
            text: row.text,
            category: row.category.key().to_owned(),
            due_on: row.due_on.to_string(),
            state: row.state.name().to_owned(),
            note: row.note,
            document_id: row.document_id.map(|id| id.to_string()),
            asked_by: row.asked_by.to_string(),
            asked_at: row.asked_at.rfc3339(),
            answered_at: row.answered_at.map(|at| at.rfc3339()),
        }
    }
}

/// A new request.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRequestDto {
    /// The customer.
    pub organisation_id: String,
    /// What is wanted; it becomes the title of the document.
    pub title: String,
    /// What it should be like.
    #[serde(default)]
    pub text: String,
    /// Key of the category of the document it becomes.
    pub category: String,
    /// The last day in time, such as 2026-12-24.
    pub due_on: String,
    /// Ids of people of the customer; one of them answers.
    pub people: Vec<String>,
}

/// What is to be put right.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FixDto {
    /// In words, for the people who were asked.
    pub note: String,
}

/// Filters and paging.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RequestsQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Only in this state; default sent.
    state: Option<String>,
    /// Only of this customer.
    organisation_id: Option<String>,
}

fn parse_id(text: &str) -> Result<RequestId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

fn parse_cursor(text: &str) -> Result<After, AppError> {
    let bad = || AppError::BadRequest("cursor: not one of ours".into());
    let (day, id) = text.split_once('_').ok_or_else(bad)?;
    Ok(After { due_on: day.parse().map_err(|()| bad())?, id: id.parse().map_err(|_| bad())? })
}

/// Requests in a state, the soonest due first: for staff.
#[utoipa::path(get, path = "/requests", tag = "requests", operation_id = "list_requests", params(RequestsQuery), responses((status = 200, body = List<RequestDto>), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn list(caller: Caller, Params(query): Params<RequestsQuery>) -> Answer<Json<List<RequestDto>>> {
    let listed = async {
        require_staff(&caller.0)?;
        let bad = |text: &str| AppError::BadRequest(text.to_owned());
        let state = query.state.as_deref().map_or(Some(State::Sent), State::parse);
        let state = state.ok_or_else(|| bad("state: unknown"))?;
        let customer =
            query.organisation_id.as_deref().map(|id| id.parse().map_err(|_| bad("organisation_id: not an id")));
        let after = query.cursor.as_deref().map(parse_cursor).transpose()?;
        let found = service::list(&caller.0, state, customer.transpose()?, after, limit(query.limit)?).await?;
        let next = found.next.map(|next| format!("{}_{}", next.due_on, next.id));
        Ok::<_, AppError>(List { items: found.items.into_iter().map(RequestDto::from).collect(), next })
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

fn parse_new(ctx: &Ctx, body: &NewRequestDto) -> Result<NewRequest, AppError> {
    let mut errors = FieldErrors::default();
    let organisation_id = body.organisation_id.parse().ok();
    if organisation_id.is_none() {
        errors.add("organisation_id", ctx.t("documents-error-organisation"));
    }
    let category = Category::parse(&body.category);
    if category.is_none() {
        errors.add("category", ctx.t("documents-error-category"));
    }
    let due_on = body.due_on.parse().ok();
    if due_on.is_none() {
        errors.add("due_on", ctx.t("approval-error-due"));
    }
    let people = parse_people(&body.people);
    if people.is_none() {
        errors.add("people", ctx.t("documents-error-people"));
    }
    let (Some(organisation_id), Some(category), Some(due_on), Some(people)) =
        (organisation_id, category, due_on, people)
    else {
        return Err(AppError::Invalid(errors));
    };
    let (title, text) = (body.title.clone(), body.text.clone());
    Ok(NewRequest { organisation_id, title, text, category, due_on, people })
}

/// Asks people of a customer for a file.
#[utoipa::path(post, path = "/requests", tag = "requests", operation_id = "ask_for_file", request_body = NewRequestDto, responses((status = 201, body = RequestDto), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn ask(caller: Caller, body: Body<NewRequestDto>) -> Answer<(StatusCode, Json<RequestDto>)> {
    let asked = async {
        check_creator(&caller.0)?;
        service::ask(&caller.0, parse_new(&caller.0, &body.value)?).await
    };
    let row = asked.await.map_err(|e| caller.refuse(&e))?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// One request.
#[utoipa::path(get, path = "/requests/{id}", tag = "requests", operation_id = "find_request", params(("id" = String, Path)), responses((status = 200, body = RequestDto), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(id): Path<String>) -> Answer<Json<RequestDto>> {
    let found = async { service::find(&caller.0, parse_id(&id)?).await };
    Ok(Json(found.await.map_err(|e| caller.refuse(&e))?.into()))
}

/// Who can see it, and why.
#[utoipa::path(get, path = "/requests/{id}/audience", tag = "requests", operation_id = "request_audience", params(("id" = String, Path), Paging), responses((status = 200, body = List<ReaderDto>), (status = 400, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn see_audience(
    caller: Caller,
    Path(id): Path<String>,
    Params(paging): Params<Paging>,
) -> Answer<Json<List<ReaderDto>>> {
    let listed = async { readers(audience::readers(&caller.0, parse_id(&id)?).await?, &paging) };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// Sends the file: the raw bytes with `X-Filename` and `X-Note`.
#[utoipa::path(post, path = "/requests/{id}/file", tag = "requests", operation_id = "send_requested_file", request_body(content = Vec<u8>, content_type = "application/octet-stream"), params(("id" = String, Path), ("X-Filename" = Option<String>, Header), ("X-Note" = Option<String>, Header)), responses((status = 201, body = RequestDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub async fn answer(
    mut caller: Caller,
    Path(id): Path<String>,
    request: HttpRequest,
) -> Answer<(StatusCode, Json<RequestDto>)> {
    let headers = request.headers().clone();
    let raw = |name: &str| headers.get(name).map(|value| value.as_bytes().to_vec()).unwrap_or_default();
    let header = |name: &str| file_name(&raw(name));
    let asked = [&raw("x-filename")[..], &raw("content-length")];
    caller.idempotent(&headers, &[b"POST /requests/file", id.as_bytes(), asked[0], asked[1]])?;
    let (name, note) = (FileName::parse(&header("x-filename")), header("x-note"));
    let sent = async {
        let granted = service::grant_answer(&caller.0, parse_id(&id)?).await?;
        let file = Incoming { name: &name, note: &note };
        service::answer(&caller.0, granted, file, chunks(request.into_body().into_data_stream())).await
    };
    let row = sent.await.map_err(|e| caller.refuse(&e))?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Accepts what was sent.
#[utoipa::path(post, path = "/requests/{id}/accept", tag = "requests", operation_id = "accept_requested_file", params(("id" = String, Path)), responses((status = 200, body = RequestDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn accept(caller: Caller, Path(id): Path<String>) -> Answer<Json<RequestDto>> {
    let done = async { service::accept(&caller.0, parse_id(&id)?).await };
    Ok(Json(done.await.map_err(|e| caller.refuse(&e))?.into()))
}

/// Says what is to be put right.
#[utoipa::path(post, path = "/requests/{id}/fix", tag = "requests", operation_id = "fix_requested_file", request_body = FixDto, params(("id" = String, Path)), responses((status = 200, body = RequestDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn fix(caller: Caller, Path(id): Path<String>, body: Body<FixDto>) -> Answer<Json<RequestDto>> {
    let done = async { service::fix(&caller.0, parse_id(&id)?, &body.value.note).await };
    Ok(Json(done.await.map_err(|e| caller.refuse(&e))?.into()))
}

/// Takes the question back.
#[utoipa::path(post, path = "/requests/{id}/withdraw", tag = "requests", operation_id = "withdraw_request", params(("id" = String, Path)), responses((status = 200, body = RequestDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn withdraw(caller: Caller, Path(id): Path<String>) -> Answer<Json<RequestDto>> {
    let done = async { service::withdraw(&caller.0, parse_id(&id)?).await };
    Ok(Json(done.await.map_err(|e| caller.refuse(&e))?.into()))
}
