//! `/api/v1/webhooks`: programs elsewhere that are told what happens, and what they were sent.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::ctx::Ctx;
use app::error::{AppError, FieldErrors};
use app::ids::{DeliveryId, OrganisationId, WebhookId};
use app::time::Instant;
use app::webhooks::log::{self, Detail};
use app::webhooks::model::{Attempt, Delivery, State, Wanted, Webhook};
use app::webhooks::{event, service};
use axum::Json;
use axum::extract::Path;
use axum::http::header::{ETAG, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::dto::List;
use super::extract::{Answer, Body, Caller, Params, if_match};
use super::organisations::limit;
use crate::api::problem::Problem;
use crate::layers::once::ShownOnce;

/// An endpoint that is told what happens.
#[derive(Serialize, ToSchema)]
pub struct WebhookDto {
    id: String,
    /// The customer it belongs to; null: the operator.
    organisation_id: Option<String>,
    /// What people call it.
    name: String,
    /// Where messages are sent; of an endpoint that one may not change, its machine only.
    url: String,
    /// The `type`s it is told of.
    events: Vec<String>,
    /// `active` or `paused`.
    state: String,
    /// Why it is paused: `by_hand`, `failing` (nothing was accepted for three days) or `gone` (it answered 410).
    pause_reason: Option<String>,
    /// Since when every try has failed.
    failing_since: Option<String>,
    /// When a message was last accepted.
    succeeded_at: Option<String>,
    /// Messages are signed with the secret before, too, until then.
    old_secret_until: Option<String>,
    created_at: String,
    /// Raised by every change; the ETag.
    revision: i64,
}

impl WebhookDto {
    fn of(ctx: &Ctx, row: &Webhook) -> Self {
        Self {
            id: row.id.to_string(),
            organisation_id: row.organisation_id.map(|id| id.to_string()),
            name: row.name.clone(),
            url: service::shown_url(ctx, row),
            events: row.events.split_whitespace().map(str::to_owned).collect(),
            state: row.state.name().to_owned(),
            pause_reason: row.pause_reason.map(|reason| reason.name().to_owned()),
            failing_since: row.failing_since.map(Instant::rfc3339),
            succeeded_at: row.succeeded_at.map(Instant::rfc3339),
            old_secret_until: row.old_until.filter(|until| *until > ctx.now()).map(Instant::rfc3339),
            created_at: row.created_at.rfc3339(),
            revision: row.revision,
        }
    }
}

/// An endpoint with its secret, which is answered once.
#[derive(Serialize, ToSchema)]
pub struct WebhookSecretDto {
    #[serde(flatten)]
    webhook: WebhookDto,
    /// `whsec_` and the key in base64.
    secret: String,
}

/// An endpoint to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateWebhookDto {
    /// The customer it is for; without one, the operator.
    organisation_id: Option<String>,
    /// What people call it.
    name: String,
    /// https, and an address on the internet.
    url: String,
    /// The `type`s it is told of; without any, all that there are.
    events: Option<Vec<String>>,
}

/// What to change about an endpoint.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeWebhookDto {
    name: Option<String>,
    url: Option<String>,
    events: Option<Vec<String>>,
    /// `active` or `paused`.
    state: Option<String>,
}

/// A message to an endpoint.
#[derive(Serialize, ToSchema)]
pub struct DeliveryDto {
    id: String,
    /// The header `webhook-id`, the same on each try.
    message_id: String,
    /// The kind of event.
    #[serde(rename = "type")]
    kind: String,
    /// `waiting`, `delivered` or `failed`.
    state: String,
    attempts: i64,
    /// The status of the last answer; null where there was none.
    status: Option<i64>,
    /// Why there was none: `refused`, `unreachable`, `slow`, `redirected` or `hidden` (it may not be seen any more).
    problem: Option<String>,
    /// How long the last try took.
    milliseconds: Option<i64>,
    created_at: String,
    /// When it is tried next.
    next_attempt_at: Option<String>,
    /// When it was accepted or given up.
    finished_at: Option<String>,
}

impl DeliveryDto {
    fn of(row: &Delivery) -> Self {
        let waits = row.finished_at.is_none();
        Self {
            id: row.id.to_string(),
            message_id: row.message_id(),
            kind: row.kind.clone(),
            state: row.state.name().to_owned(),
            attempts: row.attempts,
            status: row.status,
            problem: row.problem.clone(),
            milliseconds: row.milliseconds,
            created_at: row.created_at.rfc3339(),
            next_attempt_at: waits.then(|| row.due_at.rfc3339()),
            finished_at: row.finished_at.map(Instant::rfc3339),
        }
    }
}

/// One try of a message.
#[derive(Serialize, ToSchema)]
pub struct AttemptDto {
    at: String,
    status: Option<i64>,
    problem: Option<String>,
    milliseconds: i64,
    /// The first bytes of the answer, as text.
    answer: String,
}

impl AttemptDto {
    fn of(row: &Attempt) -> Self {
        Self {
            at: row.at.rfc3339(),
            status: row.status,
            problem: row.problem.clone(),
            milliseconds: row.milliseconds,
            answer: row.answer.clone(),
        }
    }
}

/// A message with its tries.
#[derive(Serialize, ToSchema)]
pub struct DeliveryDetailDto {
    #[serde(flatten)]
    delivery: DeliveryDto,
    /// What it says, as its receiver may see it now; null where they may not.
    #[schema(value_type = Option<Object>)]
    payload: Option<serde_json::Value>,
    /// The newest first.
    tries: Vec<AttemptDto>,
}

impl DeliveryDetailDto {
    fn of(detail: Detail) -> Self {
        Self {
            delivery: DeliveryDto::of(&detail.row),
            payload: detail.payload,
            tries: detail.attempts.iter().map(AttemptDto::of).collect(),
        }
    }
}

/// Of whom, how many, and where to go on.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// Of this customer only.
    organisation_id: Option<String>,
    /// 1 to 100, 25 by default.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// How many, and where to go on.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LogQuery {
    /// 1 to 100, 25 by default.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

fn parse<T: std::str::FromStr>(id: &str) -> Result<T, AppError> {
    id.parse().map_err(|_| AppError::NotFound)
}

fn cursor<T: std::str::FromStr>(text: Option<String>) -> Result<Option<T>, AppError> {
    text.map(|id| id.parse().map_err(|_| AppError::BadRequest("cursor".into()))).transpose()
}

fn tagged(status: StatusCode, revision: i64, body: impl Serialize) -> Response {
    let mut response = (status, Json(body)).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("\"{revision}\"")) {
        response.headers_mut().insert(ETAG, value);
    }
    response
}

async fn answer(ctx: &Ctx, id: WebhookId) -> Result<Response, AppError> {
    let row = service::find(ctx, id).await?;
    Ok(tagged(StatusCode::OK, row.revision, WebhookDto::of(ctx, &row)))
}

async fn with_secret(ctx: &Ctx, status: StatusCode, id: WebhookId, secret: String) -> Result<Response, AppError> {
    let row = service::find(ctx, id).await?;
    let mut response = tagged(status, row.revision, WebhookSecretDto { webhook: WebhookDto::of(ctx, &row), secret });
    response.extensions_mut().insert(ShownOnce);
    Ok(response)
}

/// Endpoints that the caller may see, the newest first.
#[utoipa::path(get, path = "/webhooks", tag = "webhooks", operation_id = "list_webhooks", params(Query), responses((status = 200, body = List<WebhookDto>), (status = 400, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn list(caller: Caller, Params(query): Params<Query>) -> Answer<Json<List<WebhookDto>>> {
    let found = async {
        let organisation: Option<OrganisationId> = query.organisation_id.as_deref().map(parse).transpose()?;
        let page = service::list(&caller.0, organisation, cursor(query.cursor)?, limit(query.limit)?).await?;
        let items = page.items.iter().map(|row| WebhookDto::of(&caller.0, row)).collect();
        Ok::<_, AppError>(List { items, next: page.next.map(|id| id.to_string()) })
    };
    found.await.map(Json).map_err(|e| caller.refuse(&e))
}

/// Makes an endpoint. The secret is answered now and never again.
#[utoipa::path(post, path = "/webhooks", tag = "webhooks", operation_id = "create_webhook", request_body = CreateWebhookDto, params(("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = WebhookSecretDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn create(caller: Caller, body: Body<CreateWebhookDto>) -> Answer<Response> {
    let made = async {
        service::check_manage(&caller.0)?;
        let dto = body.value;
        let organisation: Option<OrganisationId> = dto.organisation_id.as_deref().map(parse).transpose()?;
        let all = || event::offered(organisation.is_none()).map(|kind| kind.name.to_owned()).collect();
        let wanted = Wanted { name: dto.name, url: dto.url, events: dto.events.unwrap_or_else(all) };
        let (id, secret) = service::create(&caller.0, organisation, wanted).await?;
        let mut response = with_secret(&caller.0, StatusCode::CREATED, id, secret).await?;
        if let Ok(value) = HeaderValue::from_str(&format!("/api/v1/webhooks/{id}")) {
            response.headers_mut().insert(LOCATION, value);
        }
        Ok(response)
    };
    made.await.map_err(|e| caller.refuse(&e))
}

/// One endpoint.
#[utoipa::path(get, path = "/webhooks/{id}", tag = "webhooks", operation_id = "find_webhook", params(("id" = String, Path)), responses((status = 200, body = WebhookDto), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(id): Path<String>) -> Answer<Response> {
    async { answer(&caller.0, parse(&id)?).await }.await.map_err(|e| caller.refuse(&e))
}

/// Changes it, pauses it or resumes it.
#[utoipa::path(patch, path = "/webhooks/{id}", tag = "webhooks", operation_id = "change_webhook", request_body = ChangeWebhookDto, params(("id" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = WebhookDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn change(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<ChangeWebhookDto>,
) -> Answer<Response> {
    let changed = async {
        let ctx = &caller.0;
        service::check_manage(ctx)?;
        let row = service::find(ctx, parse(&id)?).await?;
        if !service::may_manage(ctx, &row) {
            return Err(AppError::Forbidden);
        }
        let mut revision = if_match(&headers, true)?;
        let dto = body.value;
        let wrong = || AppError::Invalid(FieldErrors::one("state", "active or paused"));
        let state = dto.state.as_deref().map(|name| State::parse(name).ok_or_else(wrong)).transpose()?;
        if dto.name.is_some() || dto.url.is_some() || dto.events.is_some() {
            let kept = || row.events.split_whitespace().map(str::to_owned).collect();
            let wanted = Wanted {
                name: dto.name.unwrap_or_else(|| row.name.clone()),
                url: dto.url.unwrap_or_else(|| row.url.clone()),
                events: dto.events.unwrap_or_else(kept),
            };
            service::edit(ctx, row.id, revision, wanted).await?;
            revision = revision.map(|seen| seen + 1);
        }
        if revision.is_some_and(|seen| seen < row.revision) {
            return Err(AppError::Stale);
        }
        if let Some(state) = state.filter(|state| *state != row.state) {
            service::set_state(ctx, row.id, revision, state).await?;
        }
        answer(ctx, row.id).await
    };
    changed.await.map_err(|e| caller.refuse(&e))
}

/// Takes it away with its log.
#[utoipa::path(delete, path = "/webhooks/{id}", tag = "webhooks", operation_id = "delete_webhook", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem)))]
pub async fn delete(caller: Caller, Path(id): Path<String>, headers: HeaderMap) -> Answer<StatusCode> {
    let deleted = async { service::delete(&caller.0, parse(&id)?, if_match(&headers, false)?).await };
    deleted.await.map(|()| StatusCode::NO_CONTENT).map_err(|e| caller.refuse(&e))
}

/// Gives it another secret. For a day messages are signed with both. The new one is answered now and never again.
#[utoipa::path(post, path = "/webhooks/{id}/rotate", tag = "webhooks", operation_id = "rotate_webhook", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 200, body = WebhookSecretDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem)))]
pub async fn rotate(caller: Caller, Path(id): Path<String>, headers: HeaderMap) -> Answer<Response> {
    let rotated = async {
        let id = parse(&id)?;
        let secret = service::rotate(&caller.0, id, if_match(&headers, false)?).await?;
        with_secret(&caller.0, StatusCode::OK, id, secret).await
    };
    rotated.await.map_err(|e| caller.refuse(&e))
}

/// Sends a message that says nothing but that it is a test.
#[utoipa::path(post, path = "/webhooks/{id}/test", tag = "webhooks", operation_id = "test_webhook", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 202, body = DeliveryDetailDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem)))]
pub async fn test(caller: Caller, Path(id): Path<String>, headers: HeaderMap) -> Answer<Response> {
    let sent = async {
        let id = parse(&id)?;
        let delivery = service::test(&caller.0, id, if_match(&headers, false)?).await?;
        shown(&caller.0, StatusCode::ACCEPTED, id, delivery).await
    };
    sent.await.map_err(|e| caller.refuse(&e))
}

async fn shown(ctx: &Ctx, status: StatusCode, id: WebhookId, delivery: DeliveryId) -> Result<Response, AppError> {
    let webhook = service::find(ctx, id).await?;
    Ok((status, Json(DeliveryDetailDto::of(log::find(ctx, &webhook, delivery).await?))).into_response())
}

/// What was sent to it in the last month, and what waits; the newest first.
#[utoipa::path(get, path = "/webhooks/{id}/deliveries", tag = "webhooks", operation_id = "list_webhook_deliveries", params(("id" = String, Path), LogQuery), responses((status = 200, body = List<DeliveryDto>), (status = 400, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn deliveries(
    caller: Caller,
    Path(id): Path<String>,
    Params(query): Params<LogQuery>,
) -> Answer<Json<List<DeliveryDto>>> {
    let found = async {
        let webhook = service::find(&caller.0, parse(&id)?).await?;
        let page = log::list(&caller.0, &webhook, cursor(query.cursor)?, limit(query.limit)?).await?;
        let items = page.items.iter().map(DeliveryDto::of).collect();
        Ok::<_, AppError>(List { items, next: page.next.map(|id| id.to_string()) })
    };
    found.await.map(Json).map_err(|e| caller.refuse(&e))
}

/// One message with every try.
#[utoipa::path(get, path = "/webhooks/{id}/deliveries/{delivery}", tag = "webhooks", operation_id = "find_webhook_delivery", params(("id" = String, Path), ("delivery" = String, Path)), responses((status = 200, body = DeliveryDetailDto), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn delivery(caller: Caller, Path((id, delivery)): Path<(String, String)>) -> Answer<Response> {
    let found = async { shown(&caller.0, StatusCode::OK, parse(&id)?, parse(&delivery)?).await };
    found.await.map_err(|e| caller.refuse(&e))
}

/// Sends it again: the same id, the rights of now.
#[utoipa::path(post, path = "/webhooks/{id}/deliveries/{delivery}/redeliver", tag = "webhooks", operation_id = "redeliver_webhook", params(("id" = String, Path), ("delivery" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 202, body = DeliveryDetailDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem)))]
pub async fn redeliver(
    caller: Caller,
    Path((id, delivery)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer<Response> {
    let sent = async {
        let (id, delivery) = (parse(&id)?, parse(&delivery)?);
        log::redeliver(&caller.0, id, if_match(&headers, false)?, delivery).await?;
        shown(&caller.0, StatusCode::ACCEPTED, id, delivery).await
    };
    sent.await.map_err(|e| caller.refuse(&e))
}
