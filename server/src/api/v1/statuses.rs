//! `/api/v1/order-statuses`: how orders can stand.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::ctx::Ctx;
use app::error::{AppError, FieldErrors};
use app::orders;
use app::statuses::model::{Input, Kind, Look, Side, Status};
use app::statuses::service;
use axum::Json;
use axum::extract::Path;
use axum::http::header::{ETAG, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::{Answer, Body, Caller, Params, if_match};
use crate::api::problem::Problem;

/// How an order or a project can stand.
#[derive(Serialize, ToSchema)]
pub struct StatusDto {
    /// What orders or projects name it by.
    pub key: String,
    /// English.
    pub name_en: String,
    /// German.
    pub name_de: String,
    /// Dutch.
    pub name_nl: String,
    /// idle, mine, good, warn or bad.
    pub tone: String,
    /// house, customer or nobody.
    pub waits_for: String,
    /// Nothing more will come.
    pub is_final: bool,
    /// Raised by every change; the ETag.
    pub revision: i64,
}

/// A status as it is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveStatusDto {
    /// What orders or projects are to name it by: small letters, digits and underscores. Made of the English name where a new one says
    /// none; it never changes.
    #[serde(default)]
    pub key: Option<String>,
    /// English.
    pub name_en: String,
    /// German.
    pub name_de: String,
    /// Dutch.
    pub name_nl: String,
    /// idle, mine, good, warn or bad.
    pub tone: String,
    /// house, customer or nobody.
    pub waits_for: String,
    /// Nothing more will come. What stands so is closed, or open again.
    #[serde(default)]
    pub is_final: bool,
}

/// The statuses in the order in which they are to stand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArrangeDto {
    /// Every key, once.
    pub keys: Vec<String>,
}

/// What orders that stand so get instead.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeleteQuery {
    /// Key of the status that replaces it. Needed where any order stands so.
    replacement: Option<String>,
    /// Why; the customers of these orders read it.
    reason: Option<String>,
}

/// How many orders were moved.
#[derive(Serialize, ToSchema)]
pub struct MovedDto {
    /// Orders.
    pub orders: u64,
}

impl From<Status> for StatusDto {
    fn from(row: Status) -> Self {
        Self {
            key: row.key,
            name_en: row.name_en,
            name_de: row.name_de,
            name_nl: row.name_nl,
            tone: row.tone.name().to_owned(),
            waits_for: row.waits_for.name().to_owned(),
            is_final: row.is_final,
            revision: row.revision,
        }
    }
}

async fn one(ctx: &Ctx, key: &str) -> Result<Status, AppError> {
    let all = orders::service::statuses(ctx).await?;
    all.into_iter().find(|status| status.key == key).ok_or(AppError::NotFound)
}

/// A status with its ETag.
pub fn tagged(code: StatusCode, status: Status) -> Response {
    let etag = HeaderValue::from_str(&format!("\"{}\"", status.revision)).ok();
    let mut response = (code, Json(StatusDto::from(status))).into_response();
    if let Some(etag) = etag {
        response.headers_mut().insert(ETAG, etag);
    }
    response
}

/// A status as the service takes it.
pub fn input(ctx: &Ctx, dto: SaveStatusDto) -> Result<Input, AppError> {
    let mut errors = FieldErrors::default();
    let mut unknown = |field: &str, name: &str| {
        errors.add(field, ctx.with("categories-error-unknown", &[("name", name.to_owned().into())]));
    };
    let (tone, waits_for) = (Look::parse(&dto.tone), Side::parse(&dto.waits_for));
    if tone.is_none() {
        unknown("tone", &dto.tone);
    }
    if waits_for.is_none() {
        unknown("waits_for", &dto.waits_for);
    }
    errors.into_result()?;
    Ok(Input {
        name_en: dto.name_en,
        name_de: dto.name_de,
        name_nl: dto.name_nl,
        tone: tone.unwrap_or(Look::Idle),
        waits_for: waits_for.unwrap_or(Side::House),
        is_final: dto.is_final,
    })
}

/// Refuses another key than the one it has.
pub fn same_key(ctx: &Ctx, dto: &SaveStatusDto, key: &str) -> Result<(), AppError> {
    if dto.key.as_ref().is_some_and(|said| said != key) {
        return Err(AppError::Invalid(FieldErrors::one("key", ctx.t("statuses-error-key-fixed"))));
    }
    Ok(())
}

/// How orders can stand, in their order.
#[utoipa::path(get, path = "/order-statuses", tag = "orders", operation_id = "list_order_statuses", responses((status = 200, body = Vec<StatusDto>), (status = 403, body = Problem)))]
pub async fn list(caller: Caller) -> Answer<Json<Vec<StatusDto>>> {
    let rows = orders::service::statuses(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    Ok(Json(rows.into_iter().map(StatusDto::from).collect()))
}

/// Adds a status, after the others.
#[utoipa::path(post, path = "/order-statuses", tag = "orders", operation_id = "create_order_status", request_body = SaveStatusDto, responses((status = 201, body = StatusDto), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn create(caller: Caller, body: Body<SaveStatusDto>) -> Answer<Response> {
    let ctx = &caller.0;
    let created = async {
        service::check_manage(ctx)?;
        let key = body.value.key.clone();
        let input = input(ctx, body.value)?;
        let key = service::create(ctx, Kind::Orders, key.as_deref(), &input).await?;
        let mut response = tagged(StatusCode::CREATED, one(ctx, &key).await?);
        if let Ok(value) = HeaderValue::from_str(&format!("/api/v1/order-statuses/{key}")) {
            response.headers_mut().insert(LOCATION, value);
        }
        Ok::<_, AppError>(response)
    };
    created.await.map_err(|e| caller.refuse(&e))
}

/// Puts the statuses in another order.
#[utoipa::path(put, path = "/order-statuses", tag = "orders", operation_id = "arrange_order_statuses", request_body = ArrangeDto, responses((status = 200, body = Vec<StatusDto>), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn arrange(caller: Caller, body: Body<ArrangeDto>) -> Answer<Json<Vec<StatusDto>>> {
    let ctx = &caller.0;
    let arranged = async {
        service::arrange(ctx, Kind::Orders, &body.value.keys).await?;
        orders::service::statuses(ctx).await
    };
    let rows = arranged.await.map_err(|e| caller.refuse(&e))?;
    Ok(Json(rows.into_iter().map(StatusDto::from).collect()))
}

/// One status.
#[utoipa::path(get, path = "/order-statuses/{key}", tag = "orders", operation_id = "find_order_status", params(("key" = String, Path)), responses((status = 200, body = StatusDto), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(key): Path<String>) -> Answer<Response> {
    let status = one(&caller.0, &key).await.map_err(|e| caller.refuse(&e))?;
    Ok(tagged(StatusCode::OK, status))
}

/// Sets a status, all of it but its key.
#[utoipa::path(put, path = "/order-statuses/{key}", tag = "orders", operation_id = "edit_order_status", request_body = SaveStatusDto, params(("key" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = StatusDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn edit(
    caller: Caller,
    Path(key): Path<String>,
    headers: HeaderMap,
    body: Body<SaveStatusDto>,
) -> Answer<Response> {
    let ctx = &caller.0;
    let edited = async {
        service::check_manage(ctx)?;
        one(ctx, &key).await?;
        let seen = if_match(&headers, true)?;
        same_key(ctx, &body.value, &key)?;
        service::edit(ctx, Kind::Orders, &key, &input(ctx, body.value)?, seen).await?;
        one(ctx, &key).await
    };
    Ok(tagged(StatusCode::OK, edited.await.map_err(|e| caller.refuse(&e))?))
}

/// Deletes a status. Orders that stand so get the other one in the same transaction.
#[utoipa::path(delete, path = "/order-statuses/{key}", tag = "orders", operation_id = "delete_order_status", params(("key" = String, Path), DeleteQuery, ("If-Match" = Option<String>, Header)), responses((status = 200, body = MovedDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn delete(
    caller: Caller,
    Path(key): Path<String>,
    headers: HeaderMap,
    Params(query): Params<DeleteQuery>,
) -> Answer<Json<MovedDto>> {
    let ctx = &caller.0;
    let deleted = async {
        service::check_manage(ctx)?;
        let seen = if_match(&headers, false)?;
        let reason = query.reason.unwrap_or_default();
        service::delete(ctx, Kind::Orders, &key, query.replacement.as_deref(), &reason, seen).await
    };
    Ok(Json(MovedDto { orders: deleted.await.map_err(|e| caller.refuse(&e))? }))
}
