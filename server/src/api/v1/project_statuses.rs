//! `/api/v1/project-statuses`: how projects can stand. What they are is that of orders.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::ctx::Ctx;
use app::error::AppError;
use app::projects;
use app::statuses::model::{Kind, Status};
use app::statuses::service;
use axum::Json;
use axum::extract::Path;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::{Answer, Body, Caller, Params, if_match};
use super::statuses::{ArrangeDto, SaveStatusDto, StatusDto, input, same_key, tagged};
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

async fn one(ctx: &Ctx, key: &str) -> Result<Status, AppError> {
    let all = projects::service::statuses(ctx).await?;
    all.into_iter().find(|status| status.key == key).ok_or(AppError::NotFound)
}

/// How projects can stand, in their order.
#[utoipa::path(get, path = "/project-statuses", tag = "projects", operation_id = "list_project_statuses", responses((status = 200, body = Vec<StatusDto>), (status = 403, body = Problem)))]
pub async fn list(caller: Caller) -> Answer<Json<Vec<StatusDto>>> {
    let rows = projects::service::statuses(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    Ok(Json(rows.into_iter().map(StatusDto::from).collect()))
}

/// Adds a status, after the others.
#[utoipa::path(post, path = "/project-statuses", tag = "projects", operation_id = "create_project_status", request_body = SaveStatusDto, responses((status = 201, body = StatusDto), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn create(caller: Caller, body: Body<SaveStatusDto>) -> Answer<Response> {
    let ctx = &caller.0;
    let created = async {
        service::check_manage(ctx)?;
        let key = body.value.key.clone();
        let input = input(ctx, body.value)?;
        let key = service::create(ctx, Kind::Projects, key.as_deref(), &input).await?;
        let mut response = tagged(StatusCode::CREATED, one(ctx, &key).await?);
        if let Ok(value) = HeaderValue::from_str(&format!("/api/v1/project-statuses/{key}")) {
            response.headers_mut().insert(LOCATION, value);
        }
        Ok::<_, AppError>(response)
    };
    created.await.map_err(|e| caller.refuse(&e))
}

/// Puts the statuses in another order.
#[utoipa::path(put, path = "/project-statuses", tag = "projects", operation_id = "arrange_project_statuses", request_body = ArrangeDto, responses((status = 200, body = Vec<StatusDto>), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn arrange(caller: Caller, body: Body<ArrangeDto>) -> Answer<Json<Vec<StatusDto>>> {
    let ctx = &caller.0;
    let arranged = async {
        service::arrange(ctx, Kind::Projects, &body.value.keys).await?;
        projects::service::statuses(ctx).await
    };
    let rows = arranged.await.map_err(|e| caller.refuse(&e))?;
    Ok(Json(rows.into_iter().map(StatusDto::from).collect()))
}

/// One status.
#[utoipa::path(get, path = "/project-statuses/{key}", tag = "projects", operation_id = "find_project_status", params(("key" = String, Path)), responses((status = 200, body = StatusDto), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(key): Path<String>) -> Answer<Response> {
    let status = one(&caller.0, &key).await.map_err(|e| caller.refuse(&e))?;
    Ok(tagged(StatusCode::OK, status))
}

/// Sets a status, all of it but its key.
#[utoipa::path(put, path = "/project-statuses/{key}", tag = "projects", operation_id = "edit_project_status", request_body = SaveStatusDto, params(("key" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = StatusDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
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
        service::edit(ctx, Kind::Projects, &key, &input(ctx, body.value)?, seen).await?;
        one(ctx, &key).await
    };
    Ok(tagged(StatusCode::OK, edited.await.map_err(|e| caller.refuse(&e))?))
}

/// Deletes a status. Projects that stand so get the other one in the same transaction.
#[utoipa::path(delete, path = "/project-statuses/{key}", tag = "projects", operation_id = "delete_project_status", params(("key" = String, Path), DeleteProjectStatusQuery, ("If-Match" = Option<String>, Header)), responses((status = 200, body = MovedProjectsDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn delete(
    caller: Caller,
    Path(key): Path<String>,
    headers: HeaderMap,
    Params(query): Params<DeleteProjectStatusQuery>,
) -> Answer<Json<MovedProjectsDto>> {
    let ctx = &caller.0;
    let deleted = async {
        service::check_manage(ctx)?;
        let seen = if_match(&headers, false)?;
        let reason = query.reason.unwrap_or_default();
        service::delete(ctx, Kind::Projects, &key, query.replacement.as_deref(), &reason, seen).await
    };
    Ok(Json(MovedProjectsDto { projects: deleted.await.map_err(|e| caller.refuse(&e))? }))
}
