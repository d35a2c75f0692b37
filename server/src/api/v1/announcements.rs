//! `/api/v1/announcements` for whoever writes them, and `/api/v1/me/announcements` for whoever they are for.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::announcements::current;
use app::announcements::model::{Announcement, Audience, Severity, State, Wanted};
use app::announcements::service::{self, Detail};
use app::ctx::Ctx;
use app::error::{AppError, FieldErrors};
use app::i18n::Locale;
use app::ids::AnnouncementId;
use app::time::Instant;
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

/// What an announcement says in one language.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnouncementVersionDto {
    /// `en`, `de` or `nl`.
    language: String,
    /// In one sentence.
    title: String,
    /// More about it.
    #[serde(default)]
    text: String,
}

/// An announcement as whoever writes them sees it.
#[derive(Serialize, ToSchema)]
pub struct AnnouncementDto {
    id: String,
    /// `draft`, `planned`, `running`, `over` or `withdrawn`.
    state: String,
    /// `info`, `warning` or `urgent`.
    severity: String,
    /// `everyone`, `customers`, `staff` or `groups`.
    audience: String,
    /// Readers have to confirm it.
    confirm: bool,
    /// From when on; null: from its publication.
    starts_at: Option<String>,
    /// Until when; null: until it is withdrawn.
    ends_at: Option<String>,
    versions: Vec<AnnouncementVersionDto>,
    created_at: String,
    published_at: Option<String>,
    /// Raised by every change; the ETag.
    revision: i64,
}

impl AnnouncementDto {
    fn of(row: &Announcement, now: Instant) -> Self {
        let version = |locale: Locale| {
            let (title, text) = row.version(locale);
            let (title, text) = (title.to_owned(), text.to_owned());
            (!title.is_empty()).then(|| AnnouncementVersionDto { language: locale.tag().to_owned(), title, text })
        };
        Self {
            id: row.id.to_string(),
            state: row.phase(now).name().to_owned(),
            severity: row.severity.name().to_owned(),
            audience: row.audience.name().to_owned(),
            confirm: row.confirm,
            starts_at: row.starts_at.map(Instant::rfc3339),
            ends_at: row.ends_at.map(Instant::rfc3339),
            versions: Locale::ALL.into_iter().filter_map(version).collect(),
            created_at: row.created_at.rfc3339(),
            published_at: row.published_at.map(Instant::rfc3339),
            revision: row.revision,
        }
    }
}

/// One announcement, with its groups and how many it has reached.
#[derive(Serialize, ToSchema)]
pub struct AnnouncementDetailDto {
    #[serde(flatten)]
    announcement: AnnouncementDto,
    /// Ids of the groups it is for.
    groups: Vec<String>,
    /// People it is for, as it is now.
    people: i64,
    /// It has stood on a page of theirs.
    seen: i64,
    /// They have closed or confirmed it.
    closed: i64,
}

/// What an announcement is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteAnnouncementDto {
    /// `info`, `warning` or `urgent`.
    severity: String,
    /// `everyone`, `customers`, `staff` or `groups`.
    audience: String,
    /// Ids of the groups, for the audience `groups`.
    #[serde(default)]
    groups: Vec<String>,
    /// Readers have to confirm it.
    #[serde(default)]
    confirm: bool,
    /// From when on, RFC 3339.
    starts_at: Option<String>,
    /// Until when, RFC 3339.
    ends_at: Option<String>,
    /// At least one language.
    versions: Vec<AnnouncementVersionDto>,
}

/// An announcement as its reader sees it.
#[derive(Serialize, ToSchema)]
pub struct MyAnnouncementDto {
    id: String,
    /// `info`, `warning` or `urgent`.
    severity: String,
    /// The language of the words.
    language: String,
    title: String,
    text: String,
    /// It is to be confirmed.
    confirm: bool,
}

/// How much, and where to go on.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// 1 to 100, 25 by default.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

fn moment(field: &str, text: Option<String>, errors: &mut FieldErrors) -> Option<Instant> {
    let text = text?;
    let at = text.parse::<jiff::Timestamp>().ok();
    if at.is_none() {
        errors.add(field, "an instant such as 2026-11-30T18:00:00Z");
    }
    at.map(|at| Instant(at.as_microsecond()))
}

fn wanted(dto: WriteAnnouncementDto) -> Result<Wanted, AppError> {
    let mut errors = FieldErrors::default();
    let severity = Severity::parse(&dto.severity);
    if severity.is_none() {
        errors.add("severity", "info, warning or urgent");
    }
    let audience = Audience::parse(&dto.audience);
    if audience.is_none() {
        errors.add("audience", "everyone, customers, staff or groups");
    }
    let groups: Vec<_> = dto.groups.iter().filter_map(|id| id.parse().ok()).collect();
    if groups.len() != dto.groups.len() {
        errors.add("groups", "ids of groups");
    }
    let starts_at = moment("starts_at", dto.starts_at, &mut errors);
    let ends_at = moment("ends_at", dto.ends_at, &mut errors);
    let mut versions: [(String, String); 3] = Default::default();
    for version in dto.versions {
        let at = Locale::ALL.iter().position(|locale| locale.tag() == version.language);
        match at.and_then(|at| versions.get_mut(at)) {
            Some(slot) => *slot = (version.title, version.text),
            None => errors.add("versions", "languages are en, de and nl"),
        }
    }
    let (Some(severity), Some(audience), true) = (severity, audience, errors.is_empty()) else {
        return Err(AppError::Invalid(errors));
    };
    Ok(Wanted { severity, audience, groups, confirm: dto.confirm, starts_at, ends_at, versions })
}

fn parse(id: &str) -> Result<AnnouncementId, AppError> {
    id.parse().map_err(|_| AppError::NotFound)
}

fn tagged(ctx: &Ctx, status: StatusCode, detail: &Detail) -> Response {
    let etag = format!("\"{}\"", detail.row.revision);
    let dto = AnnouncementDetailDto {
        announcement: AnnouncementDto::of(&detail.row, ctx.now()),
        groups: detail.groups.iter().map(ToString::to_string).collect(),
        people: detail.reach.people,
        seen: detail.seen.seen,
        closed: detail.seen.closed,
    };
    let mut response = (status, Json(dto)).into_response();
    if let Ok(value) = HeaderValue::from_str(&etag) {
        response.headers_mut().insert(ETAG, value);
    }
    response
}

async fn answer(ctx: &Ctx, id: AnnouncementId) -> Result<Response, AppError> {
    Ok(tagged(ctx, StatusCode::OK, &service::find(ctx, id).await?))
}

/// Announcements, drafts too, the newest first.
#[utoipa::path(get, path = "/announcements", tag = "announcements", operation_id = "list_announcements", params(Query), responses((status = 200, body = List<AnnouncementDto>), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn list(caller: Caller, Params(query): Params<Query>) -> Answer<Json<List<AnnouncementDto>>> {
    let found = async {
        let cursor =
            query.cursor.map(|id| id.parse().map_err(|_| AppError::BadRequest("cursor".into()))).transpose()?;
        let page = service::list(&caller.0, cursor, limit(query.limit)?).await?;
        let items = page.items.iter().map(|row| AnnouncementDto::of(row, caller.0.now())).collect();
        Ok::<_, AppError>(List { items, next: page.next.map(|id| id.to_string()) })
    };
    found.await.map(Json).map_err(|e| caller.refuse(&e))
}

/// Writes a draft.
#[utoipa::path(post, path = "/announcements", tag = "announcements", operation_id = "create_announcement", request_body = WriteAnnouncementDto, params(("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = AnnouncementDetailDto), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn create(mut caller: Caller, headers: HeaderMap, body: Body<WriteAnnouncementDto>) -> Answer<Response> {
    caller.idempotent(&headers, &[b"create_announcement", &body.raw])?;
    let made = async {
        service::check_manage(&caller.0)?;
        let id = service::create(&caller.0, wanted(body.value)?).await?;
        let mut response = tagged(&caller.0, StatusCode::CREATED, &service::find(&caller.0, id).await?);
        if let Ok(value) = HeaderValue::from_str(&format!("/api/v1/announcements/{id}")) {
            response.headers_mut().insert(LOCATION, value);
        }
        Ok(response)
    };
    made.await.map_err(|e| caller.refuse(&e))
}

/// One of them, and how many it has reached.
#[utoipa::path(get, path = "/announcements/{id}", tag = "announcements", operation_id = "find_announcement", params(("id" = String, Path)), responses((status = 200, body = AnnouncementDetailDto), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(id): Path<String>) -> Answer<Response> {
    async { answer(&caller.0, parse(&id)?).await }.await.map_err(|e| caller.refuse(&e))
}

/// Changes it as a whole; what is published changes on every page.
#[utoipa::path(put, path = "/announcements/{id}", tag = "announcements", operation_id = "change_announcement", request_body = WriteAnnouncementDto, params(("id" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = AnnouncementDetailDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn edit(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<WriteAnnouncementDto>,
) -> Answer<Response> {
    let changed = async {
        service::check_manage(&caller.0)?;
        let id = parse(&id)?;
        let revision = if_match(&headers, true)?;
        service::edit(&caller.0, id, revision, wanted(body.value)?).await?;
        answer(&caller.0, id).await
    };
    changed.await.map_err(|e| caller.refuse(&e))
}

async fn set_state(ctx: &Ctx, id: &str, headers: &HeaderMap, state: State) -> Result<Response, AppError> {
    service::check_manage(ctx)?;
    let id = parse(id)?;
    service::set_state(ctx, id, if_match(headers, false)?, state).await?;
    answer(ctx, id).await
}

/// Publishes it.
#[utoipa::path(post, path = "/announcements/{id}/publish", tag = "announcements", operation_id = "publish_announcement", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 200, body = AnnouncementDetailDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn publish(caller: Caller, Path(id): Path<String>, headers: HeaderMap) -> Answer<Response> {
    set_state(&caller.0, &id, &headers, State::Published).await.map_err(|e| caller.refuse(&e))
}

/// Takes it back from every page.
#[utoipa::path(post, path = "/announcements/{id}/withdraw", tag = "announcements", operation_id = "withdraw_announcement", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 200, body = AnnouncementDetailDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem)))]
pub async fn withdraw(caller: Caller, Path(id): Path<String>, headers: HeaderMap) -> Answer<Response> {
    set_state(&caller.0, &id, &headers, State::Withdrawn).await.map_err(|e| caller.refuse(&e))
}

/// What is for the caller now and not closed yet.
#[utoipa::path(get, path = "/me/announcements", tag = "me", operation_id = "my_announcements", responses((status = 200, body = List<MyAnnouncementDto>)))]
pub async fn mine(caller: Caller) -> Answer<Json<List<MyAnnouncementDto>>> {
    let rows = current::shown(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    let dto = |row: &Announcement| {
        let (language, title, text) = row.said(caller.0.locale);
        MyAnnouncementDto {
            id: row.id.to_string(),
            severity: row.severity.name().to_owned(),
            language: language.tag().to_owned(),
            title: title.to_owned(),
            text: text.to_owned(),
            confirm: row.confirm,
        }
    };
    Ok(Json(List::whole(rows.iter().map(dto))))
}

/// Closes or confirms it for oneself.
#[utoipa::path(post, path = "/me/announcements/{id}/close", tag = "me", operation_id = "close_announcement", params(("id" = String, Path)), responses((status = 204), (status = 404, body = Problem)))]
pub async fn close(caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    let closed = async { current::close(&caller.0, parse(&id)?).await };
    closed.await.map(|()| StatusCode::NO_CONTENT).map_err(|e| caller.refuse(&e))
}
