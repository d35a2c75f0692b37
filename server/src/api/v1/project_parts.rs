//! `/api/v1/projects/{id}/...`: tasks with their comments, reports and decisions.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::ctx::Ctx;
use app::day::Day;
use app::error::{AppError, FieldErrors};
use app::ids::{CommentId, DecisionId, ReportId, TaskId};
use app::projects::decisions::{self, NewDecision};
use app::projects::model::{Light, Project, Task};
use app::projects::{reports, service, tasks};
use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use super::dto::List;
use super::extract::{Answer, Body, Caller, Params, if_match};
use super::orders::day;
use super::organisations::{Paging, limit};
use super::project_dto::{CommentDto, ProjectDecisionDto, ProjectReportDto, ProjectTaskDto, SaveTaskDto};
use super::projects::{parse_id, tag};
use crate::api::problem::Problem;

/// What somebody says about a task.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCommentDto {
    /// In words; everybody who sees the project reads it.
    pub text: String,
}

/// How it goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReportDto {
    /// on_track, at_risk or off_track.
    pub light: String,
    /// In words, for the customer.
    pub text: String,
}

/// What was decided.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDecisionDto {
    /// What.
    pub title: String,
    /// When, such as 2026-11-22; today where it is not said.
    #[serde(default)]
    pub decided_on: Option<String>,
    /// By whom.
    pub decided_by: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// The id that a page continues after.
fn cursor<T: std::str::FromStr>(query: &Paging, first: T) -> Result<T, AppError> {
    match query.cursor.as_deref() {
        None => Ok(first),
        Some(text) => text.parse().map_err(|_| AppError::BadRequest("cursor: not one of ours".into())),
    }
}

/// One page of rows, of which one more than wanted was read.
fn paged<R, D: From<R>>(mut rows: Vec<R>, wanted: i64, key: impl Fn(&R) -> String) -> List<D> {
    let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next = rows.last().filter(|_| more).map(key);
    List { items: rows.into_iter().map(D::from).collect(), next }
}

async fn found(ctx: &Ctx, id: &str) -> Result<Project, AppError> {
    service::find(ctx, parse_id(id)?).await
}

async fn found_task(ctx: &Ctx, project: &Project, task: &str) -> Result<Task, AppError> {
    service::task(ctx, project, task.parse().map_err(|_| AppError::NotFound)?).await
}

async fn answer(ctx: &Ctx, status: StatusCode, project: &Project, task: TaskId) -> Result<Response, AppError> {
    let row = service::task(ctx, project, task).await?;
    let revision = row.revision;
    Ok(tag((status, Json(ProjectTaskDto::from(row))).into_response(), revision))
}

/// Its tasks, in the order they were written down.
#[utoipa::path(get, path = "/projects/{id}/tasks", tag = "projects", operation_id = "list_project_tasks", params(("id" = String, Path), Paging), responses((status = 200, body = List<ProjectTaskDto>), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub async fn list_tasks(
    caller: Caller,
    Path(id): Path<String>,
    Params(query): Params<Paging>,
) -> Answer<Json<List<ProjectTaskDto>>> {
    let ctx = &caller.0;
    let listed = async {
        let project = found(ctx, &id).await?;
        let (after, wanted) = (cursor(&query, TaskId(uuid::Uuid::nil()))?, limit(query.limit)?);
        let rows = service::tasks(ctx, &project, after, wanted + 1).await?;
        Ok::<_, AppError>(paged(rows, wanted, |row: &Task| row.id.to_string()))
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// One task.
#[utoipa::path(get, path = "/projects/{id}/tasks/{task}", tag = "projects", operation_id = "find_project_task", params(("id" = String, Path), ("task" = String, Path)), responses((status = 200, body = ProjectTaskDto), (status = 404, body = Problem)))]
pub async fn find_task(caller: Caller, Path((id, task)): Path<(String, String)>) -> Answer<Response> {
    let ctx = &caller.0;
    let found = async {
        let project = found(ctx, &id).await?;
        let task = found_task(ctx, &project, &task).await?.id;
        answer(ctx, StatusCode::OK, &project, task).await
    };
    found.await.map_err(|e| caller.refuse(&e))
}

/// Writes down something to do.
#[utoipa::path(post, path = "/projects/{id}/tasks", tag = "projects", operation_id = "add_project_task", request_body = SaveTaskDto, params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = ProjectTaskDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn add_task(
    mut caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<SaveTaskDto>,
) -> Answer<Response> {
    caller.idempotent(&headers, &[b"POST /projects/tasks", id.as_bytes(), &body.raw])?;
    let ctx = &caller.0;
    let added = async {
        let project = found(ctx, &id).await?;
        if !service::may(ctx, &project).manage {
            return Err(AppError::Forbidden);
        }
        let task = body.value.into_task(ctx, None).map_err(AppError::Invalid)?;
        let task = tasks::add(ctx, project.id, task).await?;
        answer(ctx, StatusCode::CREATED, &project, task).await
    };
    added.await.map_err(|e| caller.refuse(&e))
}

/// Changes a task. What is not said stays as it is.
#[utoipa::path(patch, path = "/projects/{id}/tasks/{task}", tag = "projects", operation_id = "edit_project_task", request_body = SaveTaskDto, params(("id" = String, Path), ("task" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = ProjectTaskDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn edit_task(
    caller: Caller,
    Path((id, task)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body<SaveTaskDto>,
) -> Answer<Response> {
    let ctx = &caller.0;
    let edited = async {
        let project = found(ctx, &id).await?;
        let before = found_task(ctx, &project, &task).await?;
        if !service::may(ctx, &project).manage {
            return Err(AppError::Forbidden);
        }
        let revision = if_match(&headers, true)?;
        let wanted = body.value.into_task(ctx, Some(&before)).map_err(AppError::Invalid)?;
        tasks::edit(ctx, project.id, before.id, revision, wanted).await?;
        answer(ctx, StatusCode::OK, &project, before.id).await
    };
    edited.await.map_err(|e| caller.refuse(&e))
}

async fn tick(caller: &Caller, id: &str, task: &str, headers: &HeaderMap, done: bool) -> Answer<Response> {
    let ctx = &caller.0;
    let ticked = async {
        let project = found(ctx, id).await?;
        let task = found_task(ctx, &project, task).await?.id;
        tasks::tick(ctx, project.id, task, if_match(headers, false)?, done).await?;
        answer(ctx, StatusCode::OK, &project, task).await
    };
    ticked.await.map_err(|e| caller.refuse(&e))
}

/// Ticks a task off: whoever it is for, or whoever keeps the project.
#[utoipa::path(post, path = "/projects/{id}/tasks/{task}/done", tag = "projects", operation_id = "tick_project_task", params(("id" = String, Path), ("task" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 200, body = ProjectTaskDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem)))]
pub async fn done(caller: Caller, Path((id, task)): Path<(String, String)>, headers: HeaderMap) -> Answer<Response> {
    tick(&caller, &id, &task, &headers, true).await
}

/// Takes that back.
#[utoipa::path(post, path = "/projects/{id}/tasks/{task}/reopen", tag = "projects", operation_id = "reopen_project_task", params(("id" = String, Path), ("task" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 200, body = ProjectTaskDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem)))]
pub async fn reopen(caller: Caller, Path((id, task)): Path<(String, String)>, headers: HeaderMap) -> Answer<Response> {
    tick(&caller, &id, &task, &headers, false).await
}

/// What was said about a task, the first first.
#[utoipa::path(get, path = "/projects/{id}/tasks/{task}/comments", tag = "projects", operation_id = "list_task_comments", params(("id" = String, Path), ("task" = String, Path), Paging), responses((status = 200, body = List<CommentDto>), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub async fn list_comments(
    caller: Caller,
    Path((id, task)): Path<(String, String)>,
    Params(query): Params<Paging>,
) -> Answer<Json<List<CommentDto>>> {
    let ctx = &caller.0;
    let listed = async {
        let project = found(ctx, &id).await?;
        let task = found_task(ctx, &project, &task).await?;
        let (after, wanted) = (cursor(&query, CommentId(uuid::Uuid::nil()))?, limit(query.limit)?);
        let rows = service::comments(ctx, &task, after, wanted + 1).await?;
        Ok::<_, AppError>(paged(rows, wanted, |row: &app::projects::model::Comment| row.id.to_string()))
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// Says something about a task.
#[utoipa::path(post, path = "/projects/{id}/tasks/{task}/comments", tag = "projects", operation_id = "comment_task", request_body = NewCommentDto, params(("id" = String, Path), ("task" = String, Path), ("Idempotency-Key" = Option<String>, Header)), responses((status = 201), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn comment(
    mut caller: Caller,
    Path((id, task)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body<NewCommentDto>,
) -> Answer<StatusCode> {
    caller.idempotent(&headers, &[b"POST /projects/comments", id.as_bytes(), task.as_bytes(), &body.raw])?;
    let ctx = &caller.0;
    let said = async {
        let project = found(ctx, &id).await?;
        let task = found_task(ctx, &project, &task).await?;
        tasks::comment(ctx, project.id, task.id, &body.value.text).await
    };
    said.await.map(|_| StatusCode::CREATED).map_err(|e| caller.refuse(&e))
}

/// How it goes, the last report first.
#[utoipa::path(get, path = "/projects/{id}/reports", tag = "projects", operation_id = "list_project_reports", params(("id" = String, Path), Paging), responses((status = 200, body = List<ProjectReportDto>), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub async fn list_reports(
    caller: Caller,
    Path(id): Path<String>,
    Params(query): Params<Paging>,
) -> Answer<Json<List<ProjectReportDto>>> {
    let ctx = &caller.0;
    let listed = async {
        let project = found(ctx, &id).await?;
        let (before, wanted) = (cursor(&query, ReportId(uuid::Uuid::max()))?, limit(query.limit)?);
        let rows = service::reports(ctx, &project, before, wanted + 1).await?;
        Ok::<_, AppError>(paged(rows, wanted, |row: &app::projects::model::Report| row.id.to_string()))
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// Says how it goes.
#[utoipa::path(post, path = "/projects/{id}/reports", tag = "projects", operation_id = "report_project", request_body = NewReportDto, params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)), responses((status = 201), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn report(
    mut caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<NewReportDto>,
) -> Answer<StatusCode> {
    caller.idempotent(&headers, &[b"POST /projects/reports", id.as_bytes(), &body.raw])?;
    let ctx = &caller.0;
    let written = async {
        let project = found(ctx, &id).await?;
        reports::write(ctx, project.id, Light::parse(&body.value.light), &body.value.text).await
    };
    written.await.map(|_| StatusCode::CREATED).map_err(|e| caller.refuse(&e))
}

/// What was decided, the last first.
#[utoipa::path(get, path = "/projects/{id}/decisions", tag = "projects", operation_id = "list_project_decisions", params(("id" = String, Path), Paging), responses((status = 200, body = List<ProjectDecisionDto>), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub async fn list_decisions(
    caller: Caller,
    Path(id): Path<String>,
    Params(query): Params<Paging>,
) -> Answer<Json<List<ProjectDecisionDto>>> {
    let ctx = &caller.0;
    let listed = async {
        let project = found(ctx, &id).await?;
        let bad = || AppError::BadRequest("cursor: not one of ours".into());
        let before = match query.cursor.as_deref() {
            None => (Day::LAST, DecisionId(uuid::Uuid::max())),
            Some(text) => {
                let (day, id) = text.split_once('_').ok_or_else(bad)?;
                (day.parse().map_err(|()| bad())?, id.parse().map_err(|_| bad())?)
            }
        };
        let wanted = limit(query.limit)?;
        let rows = service::decisions(ctx, &project, before, wanted + 1).await?;
        let key = |row: &app::projects::model::Decision| format!("{}_{}", row.decided_on, row.id);
        Ok::<_, AppError>(paged(rows, wanted, key))
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// Writes down what was decided.
#[utoipa::path(post, path = "/projects/{id}/decisions", tag = "projects", operation_id = "decide_project", request_body = NewDecisionDto, params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)), responses((status = 201), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn decide(
    mut caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<NewDecisionDto>,
) -> Answer<StatusCode> {
    caller.idempotent(&headers, &[b"POST /projects/decisions", id.as_bytes(), &body.raw])?;
    let ctx = &caller.0;
    let decided = async {
        let project = found(ctx, &id).await?;
        if !service::may(ctx, &project).manage {
            return Err(AppError::Forbidden);
        }
        let NewDecisionDto { title, decided_on, decided_by, reason } = body.value;
        let mut errors = FieldErrors::default();
        let decided_on = decided_on.as_deref().and_then(|text| day(ctx, "decided_on", text, &mut errors));
        errors.into_result()?;
        decisions::add(ctx, project.id, NewDecision { title, decided_on, decided_by, reason }).await
    };
    decided.await.map(|_| StatusCode::CREATED).map_err(|e| caller.refuse(&e))
}
