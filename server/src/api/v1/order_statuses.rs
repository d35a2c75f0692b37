//! `/api/v1/order-statuses`: how orders can stand. What these doors do is in `statuses.rs`.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::statuses::model::Kind;
use axum::Json;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::dto::List;
use super::extract::{Answer, Body, Caller, Params};
use super::statuses::{
    ArrangeDto, SaveStatusDto, StatusDto, arrange_of, create_of, delete_of, edit_of, find_of, list_of,
};
use crate::api::problem::Problem;

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

/// How orders can stand, in their order, with the ETag of all of them.
#[utoipa::path(get, path = "/order-statuses", tag = "orders", operation_id = "list_order_statuses", responses((status = 200, body = List<StatusDto>), (status = 403, body = Problem)))]
pub async fn list(caller: Caller) -> Answer<Response> {
    list_of(&caller, Kind::Orders).await
}

/// Adds a status, after the others.
#[utoipa::path(post, path = "/order-statuses", tag = "orders", operation_id = "create_order_status", request_body = SaveStatusDto, responses((status = 201, body = StatusDto), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn create(caller: Caller, body: Body<SaveStatusDto>) -> Answer<Response> {
    create_of(&caller, Kind::Orders, "/api/v1/order-statuses", body.value).await
}

/// Puts the statuses in another order.
#[utoipa::path(put, path = "/order-statuses", tag = "orders", operation_id = "arrange_order_statuses", request_body = ArrangeDto, params(("If-Match" = String, Header)), responses((status = 200, body = List<StatusDto>), (status = 403, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn arrange(caller: Caller, headers: HeaderMap, body: Body<ArrangeDto>) -> Answer<Response> {
    arrange_of(&caller, Kind::Orders, &headers, &body.value.keys).await
}

/// One status.
#[utoipa::path(get, path = "/order-statuses/{key}", tag = "orders", operation_id = "find_order_status", params(("key" = String, Path)), responses((status = 200, body = StatusDto), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(key): Path<String>) -> Answer<Response> {
    find_of(&caller, Kind::Orders, &key).await
}

/// Sets a status, all of it but its key.
#[utoipa::path(put, path = "/order-statuses/{key}", tag = "orders", operation_id = "edit_order_status", request_body = SaveStatusDto, params(("key" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = StatusDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn edit(
    caller: Caller,
    Path(key): Path<String>,
    headers: HeaderMap,
    body: Body<SaveStatusDto>,
) -> Answer<Response> {
    edit_of(&caller, Kind::Orders, &key, &headers, body.value).await
}

/// Deletes a status. Orders that stand so get the other one in the same transaction.
#[utoipa::path(delete, path = "/order-statuses/{key}", tag = "orders", operation_id = "delete_order_status", params(("key" = String, Path), DeleteQuery, ("If-Match" = Option<String>, Header)), responses((status = 200, body = MovedDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn delete(
    caller: Caller,
    Path(key): Path<String>,
    headers: HeaderMap,
    Params(query): Params<DeleteQuery>,
) -> Answer<Json<MovedDto>> {
    let (to, why) = (query.replacement.as_deref(), query.reason.as_deref());
    let orders = delete_of(&caller, Kind::Orders, &key, &headers, to, why).await?;
    Ok(Json(MovedDto { orders }))
}
