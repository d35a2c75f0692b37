//! `/api/v1/jobs`.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::error::AppError;
use app::ids::JobId;
use app::jobs::service::{self, Filter};
use app::jobs::{Kind, Row, State};
use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::dto::List;
use super::extract::{Answer, Caller, Params};
use super::organisations::limit;
use crate::api::problem::Problem;

/// Filters and paging.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct JobsQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Only this state: waiting, running, done or dead.
    state: Option<String>,
    /// Only this kind, such as mail.
    kind: Option<String>,
}

/// A job of the queue.
#[derive(Serialize, ToSchema)]
pub struct JobDto {
    /// Id.
    pub id: String,
    /// What kind of work, such as mail.
    pub kind: String,
    /// What of the kind: the template of a mail; may be empty.
    pub topic: String,
    /// waiting, running, done or dead.
    pub state: String,
    /// Waiting: not before this. Running: when another worker takes it.
    pub due_at: Option<String>,
    /// How often it was begun.
    pub attempts: i64,
    /// How often it will be at most.
    pub max_attempts: i64,
    /// Why it failed last.
    pub last_error: Option<String>,
    /// When it was enqueued.
    pub created_at: String,
    /// When it was last begun.
    pub started_at: Option<String>,
    /// When it was done or given up.
    pub finished_at: Option<String>,
}

impl From<Row> for JobDto {
    fn from(row: Row) -> Self {
        let open = matches!(row.state, State::Waiting | State::Running);
        Self {
            id: row.id.to_string(),
            kind: row.kind,
            topic: row.topic,
            state: row.state.name().to_owned(),
            due_at: open.then(|| row.due_at.rfc3339()),
            attempts: row.attempts,
            max_attempts: row.max_attempts,
            last_error: row.last_error,
            created_at: row.created_at.rfc3339(),
            started_at: row.started_at.map(app::time::Instant::rfc3339),
            finished_at: row.finished_at.map(app::time::Instant::rfc3339),
        }
    }
}

fn filter(query: &JobsQuery) -> Result<Filter, AppError> {
    let bad = |text: &str| AppError::BadRequest(text.to_owned());
    let state = query.state.as_deref().map(|s| State::parse(s).ok_or_else(|| bad("state: unknown"))).transpose()?;
    let kind = query.kind.as_deref().map(|k| Kind::parse(k).ok_or_else(|| bad("kind: unknown"))).transpose()?;
    let before = query.cursor.as_deref().map(|c| c.parse().map_err(|_| bad("cursor: not one of ours"))).transpose()?;
    Ok(Filter { state, kind: kind.map(|k| k.name().to_owned()), before, limit: limit(query.limit)? })
}

fn parse_id(text: &str) -> Result<JobId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// Jobs of the queue, newest first.
#[utoipa::path(get, path = "/jobs", tag = "jobs", operation_id = "list_jobs", params(JobsQuery), responses((status = 200, body = List<JobDto>), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn list(caller: Caller, Params(query): Params<JobsQuery>) -> Answer<Json<List<JobDto>>> {
    let refuse = |e: AppError| caller.refuse(&e);
    let (rows, more) = service::list(&caller.0, &filter(&query).map_err(refuse)?).await.map_err(refuse)?;
    let next = rows.last().filter(|_| more).map(|last| last.id.to_string());
    Ok(Json(List { items: rows.into_iter().map(JobDto::from).collect(), next }))
}

/// One job.
#[utoipa::path(get, path = "/jobs/{id}", tag = "jobs", operation_id = "find_job", params(("id" = String, Path)), responses((status = 200, body = JobDto), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(id): Path<String>) -> Answer<Json<JobDto>> {
    let found = async { service::find(&caller.0, parse_id(&id)?).await };
    let row = found.await.map_err(|e| caller.refuse(&e))?;
    Ok(Json(row.into()))
}

/// Has a job that waits or was given up tried again now.
#[utoipa::path(post, path = "/jobs/{id}/retry", tag = "jobs", operation_id = "retry_job", params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)), responses((status = 200, body = JobDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn retry(mut caller: Caller, Path(id): Path<String>, headers: HeaderMap) -> Answer<Json<JobDto>> {
    caller.idempotent(&headers, &[b"POST /jobs/retry", id.as_bytes()])?;
    let retried = async {
        let id = parse_id(&id)?;
        service::retry(&caller.0, id).await?;
        service::find(&caller.0, id).await
    };
    let row = retried.await.map_err(|e| caller.refuse(&e))?;
    Ok(Json(row.into()))
}

/// How much of the queue something was done to.
#[derive(Serialize, ToSchema)]
pub struct JobsRetriedDto {
    /// How many jobs are tried again.
    pub jobs: u64,
}

/// Has everything that failed tried again now, what was given up too.
#[utoipa::path(post, path = "/jobs/retry", tag = "jobs", operation_id = "retry_failed_jobs", responses((status = 200, body = JobsRetriedDto), (status = 403, body = Problem)))]
pub async fn retry_failed(caller: Caller) -> Answer<Json<JobsRetriedDto>> {
    let jobs = service::retry_failed(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    Ok(Json(JobsRetriedDto { jobs }))
}

/// Drops a job that is not running: it will not be done.
#[utoipa::path(delete, path = "/jobs/{id}", tag = "jobs", operation_id = "drop_job", params(("id" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn drop_job(caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    let dropped = async { service::drop_job(&caller.0, parse_id(&id)?).await };
    dropped.await.map(|()| StatusCode::NO_CONTENT).map_err(|e| caller.refuse(&e))
}
