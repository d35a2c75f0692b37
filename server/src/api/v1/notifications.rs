//! `/api/v1/notifications`: what the token's owner was told, as far as the token may read the area it comes from.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::error::AppError;
use app::ids::NotificationId;
use app::notifications::service::{self, Filter};
use app::notifications::{Area, Line};
use app::time::Instant;
use axum::Json;
use axum::extract::Path;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::dto::List;
use super::extract::{Answer, Body, Caller, Params};
use super::organisations::limit;
use crate::api::problem::Problem;

/// Something the owner was told.
#[derive(Serialize, ToSchema)]
pub struct NotificationDto {
    id: String,
    /// What happened, such as `document.published`.
    kind: String,
    /// `needs_me`, `information` or `security`.
    class: String,
    /// Where it comes from: documents, approvals, files, orders, projects, appointments, organisation, announcements, imports or security.
    area: String,
    /// In words, in the owner's language.
    text: String,
    /// What it is about is called.
    title: String,
    /// Who did it, as far as the owner may know.
    by: Option<String>,
    /// What it is about: document, request, order, orders or projects (many that came together), project, task, appointment, announcement, member, organisation, import or user.
    object_kind: String,
    object_id: String,
    organisation_id: Option<String>,
    /// The page where it is.
    path: String,
    /// RFC 3339.
    created_at: String,
    /// When the owner has seen it; null: not yet.
    seen_at: Option<String>,
}

impl From<Line> for NotificationDto {
    fn from(line: Line) -> Self {
        let (object_kind, object_id) = line.object.parts();
        Self {
            id: line.id.to_string(),
            kind: line.kind.name().to_owned(),
            class: line.class().name().to_owned(),
            area: line.kind.area().name().to_owned(),
            text: line.text,
            title: line.title,
            by: Some(line.who).filter(|who| !who.is_empty()),
            object_kind: object_kind.to_owned(),
            object_id: object_id.to_string(),
            organisation_id: line.organisation.map(|id| id.to_string()),
            path: line.path,
            created_at: line.at.rfc3339(),
            seen_at: line.seen_at.map(Instant::rfc3339),
        }
    }
}

/// Filters and paging.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NotificationQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Only of this area.
    area: Option<String>,
    /// Only what was not seen.
    unseen: Option<bool>,
}

/// What to mark.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeeAllDto {
    /// Only of this area.
    area: Option<String>,
    /// Nothing newer than this one: what came after the list was read stays unseen.
    up_to: Option<String>,
}

/// How many were marked.
#[derive(Serialize, ToSchema)]
pub struct SeenDto {
    seen: u64,
}

fn area(name: Option<&str>) -> Result<Option<Area>, AppError> {
    name.map(|name| Area::parse(name).ok_or_else(|| AppError::BadRequest("area: not one of ours".into()))).transpose()
}

fn known(id: Option<&str>, field: &str) -> Result<Option<NotificationId>, AppError> {
    id.map(|id| id.parse().map_err(|_| AppError::BadRequest(format!("{field}: not one of ours")))).transpose()
}

fn parse(id: &str) -> Result<NotificationId, AppError> {
    id.parse().map_err(|_| AppError::NotFound)
}

/// What the token's owner was told, the newest first, without what they may not see any more.
#[utoipa::path(get, path = "/notifications", tag = "notifications", operation_id = "list_notifications", params(NotificationQuery), responses((status = 200, body = List<NotificationDto>), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn list(caller: Caller, Params(query): Params<NotificationQuery>) -> Answer<Json<List<NotificationDto>>> {
    let listed = async {
        let filter = Filter { area: area(query.area.as_deref())?, unseen: query.unseen.unwrap_or(false) };
        let cursor = known(query.cursor.as_deref(), "cursor")?;
        let page = service::list(&caller.0, filter, cursor, limit(query.limit)?).await?;
        let items = page.items.into_iter().map(NotificationDto::from).collect();
        Ok::<_, AppError>(List { items, next: page.next.map(|id| id.to_string()) })
    };
    listed.await.map(Json).map_err(|e| caller.refuse(&e))
}

/// One of them.
#[utoipa::path(get, path = "/notifications/{id}", tag = "notifications", operation_id = "find_notification", params(("id" = String, Path)), responses((status = 200, body = NotificationDto), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(id): Path<String>) -> Answer<Json<NotificationDto>> {
    let found = async { service::find(&caller.0, parse(&id)?).await };
    found.await.map(|line| Json(line.into())).map_err(|e| caller.refuse(&e))
}

/// Marks one as seen.
#[utoipa::path(post, path = "/notifications/{id}/seen", tag = "notifications", operation_id = "see_notification", params(("id" = String, Path)), responses((status = 200, body = NotificationDto), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn see(caller: Caller, Path(id): Path<String>) -> Answer<Json<NotificationDto>> {
    let seen = async { service::see(&caller.0, parse(&id)?).await };
    seen.await.map(|line| Json(line.into())).map_err(|e| caller.refuse(&e))
}

/// Marks all of them as seen, or those of an area.
#[utoipa::path(post, path = "/notifications/seen", tag = "notifications", operation_id = "see_notifications", request_body = SeeAllDto, responses((status = 200, body = SeenDto), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn see_all(caller: Caller, body: Body<SeeAllDto>) -> Answer<Json<SeenDto>> {
    let seen = async {
        let (area, up_to) = (area(body.value.area.as_deref())?, known(body.value.up_to.as_deref(), "up_to")?);
        service::see_all(&caller.0, area, up_to).await
    };
    seen.await.map(|seen| Json(SeenDto { seen })).map_err(|e| caller.refuse(&e))
}
