//! `/api/v1/project-statuses`: how projects can stand. What these doors do is in `statuses.rs`.

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

/// What projects that stand so get instead.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeleteProjectStatusQuery {
    /// Key of the status that replaces it. Needed where any project stands so.
    replacement: Option<String>,
    /// Why; the customers of these projects read it.
    reason: Option<String>,
}

/// How many projects were moved.
#[derive(Serialize, ToSchema)]
pub struct MovedProjectsDto {
    /// Projects.
    pub projects: u64,
}

/// How projects can stand, in their order, with the ETag of all of them.
#[utoipa::path(get, path = "/project-statuses", tag = "projects", operation_id = "list_project_statuses", responses((status = 200, body = List<StatusDto>), (status = 403, body = Problem)))]
pub async fn list(caller: Caller) -> Answer<Response> {
    list_of(&caller, Kind::Projects).await
}

/// Adds a status, after the others.
#[utoipa::path(post, path = "/project-statuses", tag = "projects", operation_id = "create_project_status", request_body = SaveStatusDto, responses((status = 201, body = StatusDto), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn create(caller: Caller, body: Body<SaveStatusDto>) -> Answer<Response> {
    create_of(&caller, Kind::Projects, "/api/v1/project-statuses", body.value).await
}

/// Puts the statuses in another order.
#[utoipa::path(put, path = "/project-statuses", tag = "projects", operation_id = "arrange_project_statuses", request_body = ArrangeDto, params(("If-Match" = String, Header)), responses((status = 200, body = List<StatusDto>), (status = 403, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn arrange(caller: Caller, headers: HeaderMap, body: Body<ArrangeDto>) -> Answer<Response> {
    arrange_of(&caller, Kind::Projects, &headers, &body.value.keys).await
}

/// One status.
#[utoipa::path(get, path = "/project-statuses/{key}", tag = "projects", operation_id = "find_project_status", params(("key" = String, Path)), responses((status = 200, body = StatusDto), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(key): Path<String>) -> Answer<Response> {
    find_of(&caller, Kind::Projects, &key).await
}

/// Sets a status, all of it but its key.
#[utoipa::path(put, path = "/project-statuses/{key}", tag = "projects", operation_id = "edit_project_status", request_body = SaveStatusDto, params(("key" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = StatusDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn edit(
    caller: Caller,
    Path(key): Path<String>,
    headers: HeaderMap,
    body: Body<SaveStatusDto>,
) -> Answer<Response> {
    edit_of(&caller, Kind::Projects, &key, &headers, body.value).await
}

/// Deletes a status. Projects that stand so get the other one in the same transaction.
#[utoipa::path(delete, path = "/project-statuses/{key}", tag = "projects", operation_id = "delete_project_status", params(("key" = String, Path), DeleteProjectStatusQuery, ("If-Match" = Option<String>, Header)), responses((status = 200, body = MovedProjectsDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn delete(
    caller: Caller,
    Path(key): Path<String>,
    headers: HeaderMap,
    Params(query): Params<DeleteProjectStatusQuery>,
) -> Answer<Json<MovedProjectsDto>> {
    let (to, why) = (query.replacement.as_deref(), query.reason.as_deref());
    let projects = delete_of(&caller, Kind::Projects, &key, &headers, to, why).await?;
    Ok(Json(MovedProjectsDto { projects }))
}
