//! `/api/v1/documents`.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::ctx::Ctx;
use app::documents::history;
use app::documents::model::{Audience, Category, Document, EditDocument, NewDocument, State};
use app::documents::service::{self, Seen};
use app::documents::sort::Sort;
use app::documents::upload::{Incoming, add_version, grant_version, restore as restore_version};
use app::error::{AppError, FieldErrors};
use app::files::FileName;
use app::ids::{DocumentId, ProjectId};
use app::organisation::service as organisations;
use app::search::list::{self as search, Wanted, typed};
use app::validity::service::{self as validity, parse as parse_day};
use axum::Json;
use axum::extract::{FromRequest as _, Multipart, Path, Request};
use axum::http::header::{CONTENT_TYPE, ETAG, LOCATION};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode;
use serde::Deserialize;
use utoipa::IntoParams;

use super::dto::{
    AudienceDto, DocumentDto, EditDocumentDto, HistoryDto, List, NewDocumentDto, PublishDto, ReaderDto, VersionDto,
    readers,
};
use super::extract::{Answer, Body, Caller, Params, if_match};
use super::organisations::{Paging, limit};
use crate::api::problem::Problem;
use crate::http::upload::{broken, chunks, next, text};
use crate::http::{archive as zip, download};

/// Filters and paging.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Only what holds words that begin so, each of them: in title, tags, category, file name, note or text of the
    /// current version. Spelling of umlauts, accents and case do not matter. A document is found a moment after it was
    /// changed.
    search: Option<String>,
    /// Only with this tag.
    tag: Option<String>,
    /// Only what was published for the people of this project.
    project_id: Option<String>,
    /// Only this category.
    category: Option<String>,
    /// Only this state.
    state: Option<String>,
    /// Only this organisation.
    organisation_id: Option<String>,
    /// newest (default), oldest: by the latest change; title: A to Z, umlauts with their letters, numbers by their
    /// value; valid_until: what ends first comes first, without what has no end. Not with search, tag or project_id, which
    /// have an order of their own. A cursor continues only the order it is of.
    sort: Option<String>,
}

pub(super) fn parse_id(text: &str) -> Result<DocumentId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

fn tagged(status: StatusCode, row: Document) -> Response {
    let etag = format!("\"{}\"", row.revision);
    let mut response = (status, Json(DocumentDto::from(row))).into_response();
    if let Ok(value) = HeaderValue::from_str(&etag) {
        response.headers_mut().insert(ETAG, value);
    }
    response
}

fn wanted(query: &ListQuery) -> Result<Wanted, AppError> {
    let bad = |text: &str| AppError::BadRequest(text.to_owned());
    let sort = query.sort.as_deref().map(|name| Sort::parse(name).ok_or_else(|| bad("sort: unknown"))).transpose()?;
    let (search, tag) = (typed(query.search.as_deref()), typed(query.tag.as_deref()));
    let project: Option<ProjectId> =
        query.project_id.as_deref().map(|id| id.parse().map_err(|_| bad("project_id: not an id"))).transpose()?;
    if sort.is_some() && (search.is_some() || tag.is_some() || project.is_some()) {
        return Err(bad("sort: not with search, tag or project_id"));
    }
    Ok(Wanted {
        search,
        tag,
        project,
        sort: sort.unwrap_or_default(),
        category: query
            .category
            .as_deref()
            .map(|k| Category::parse(k).ok_or_else(|| bad("category: unknown")))
            .transpose()?,
        state: query.state.as_deref().map(|s| State::parse(s).ok_or_else(|| bad("state: unknown"))).transpose()?,
        organisation: query
            .organisation_id
            .as_deref()
            .map(|id| id.parse().map_err(|_| bad("organisation_id: not an id")))
            .transpose()?,
        after: query.cursor.clone(),
        limit: limit(query.limit)?,
    })
}

/// Documents the token's owner may see, all or those searched for; the latest change first, unless sorted otherwise.
#[utoipa::path(get, path = "/documents", tag = "documents", operation_id = "list_documents", params(ListQuery), responses((status = 200, body = List<DocumentDto>), (status = 400, body = Problem), (status = 401, body = Problem)))]
pub async fn list(caller: Caller, Params(query): Params<ListQuery>) -> Answer<Json<List<DocumentDto>>> {
    let refuse = |e: AppError| caller.refuse(&e);
    let listed = search::list(&caller.0, &wanted(&query).map_err(refuse)?).await.map_err(refuse)?;
    Ok(Json(List { items: listed.hits.into_iter().map(DocumentDto::from).collect(), next: listed.next }))
}

/// Makes a draft.
#[utoipa::path(post, path = "/documents", tag = "documents", operation_id = "create_document", request_body = NewDocumentDto, params(("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = DocumentDto), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn create(mut caller: Caller, headers: HeaderMap, body: Body<NewDocumentDto>) -> Answer<Response> {
    caller.idempotent(&headers, &[b"POST /documents", &body.raw])?;
    let new = parse_new(&caller.0, &body.value).map_err(|e| caller.refuse(&e))?;
    let row = service::create(&caller.0, new).await.map_err(|e| caller.refuse(&e))?;
    let location = format!("/api/v1/documents/{}", row.id);
    let mut response = tagged(StatusCode::CREATED, row);
    if let Ok(value) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(LOCATION, value);
    }
    Ok(response)
}

fn parse_new(ctx: &Ctx, body: &NewDocumentDto) -> Result<NewDocument, AppError> {
    let mut errors = FieldErrors::default();
    let organisation_id = body.organisation_id.parse().ok();
    if organisation_id.is_none() {
        errors.add("organisation_id", ctx.t("documents-error-organisation"));
    }
    let category = Category::parse(&body.category);
    if category.is_none() {
        errors.add("category", ctx.t("documents-error-category"));
    }
    match (organisation_id, category) {
        (Some(organisation_id), Some(category)) => {
            Ok(NewDocument { organisation_id, title: body.title.clone(), category })
        }
        _ => Err(AppError::Invalid(errors)),
    }
}

/// One document, with its ETag.
#[utoipa::path(get, path = "/documents/{id}", tag = "documents", operation_id = "find_document", params(("id" = String, Path)), responses((status = 200, body = DocumentDto), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(id): Path<String>) -> Answer<Response> {
    let refuse = |e: AppError| caller.refuse(&e);
    let row = service::find(&caller.0, parse_id(&id).map_err(refuse)?).await.map_err(refuse)?;
    Ok(tagged(StatusCode::OK, row))
}

/// Changes title or category.
#[utoipa::path(patch, path = "/documents/{id}", tag = "documents", operation_id = "edit_document", request_body = EditDocumentDto, params(("id" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = DocumentDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn edit(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<EditDocumentDto>,
) -> Answer<Response> {
    let ctx = &caller.0;
    let edited = async {
        let id = parse_id(&id)?;
        // What is not visible is not found, whatever else is wrong with the request.
        let row = service::find(ctx, id).await?;
        let seen = Seen { revision: if_match(&headers, true)?, ..Seen::default() };
        let category = body.value.category.as_deref().map(|key| {
            let unknown = || AppError::Invalid(FieldErrors::one("category", ctx.t("documents-error-category")));
            Category::parse(key).ok_or_else(unknown)
        });
        let category = category.transpose()?;
        let mut errors = FieldErrors::default();
        let mut validity = row.validity();
        if let Some(from) = &body.value.valid_from {
            validity.from = parse_day(ctx, "valid_from", from.as_deref().unwrap_or_default(), &mut errors);
        }
        if let Some(until) = &body.value.valid_until {
            validity.until = parse_day(ctx, "valid_until", until.as_deref().unwrap_or_default(), &mut errors);
        }
        validity.notice_days = body.value.notice_days.unwrap_or(validity.notice_days);
        errors.into_result()?;
        let edit = EditDocument {
            title: body.value.title.clone(),
            category,
            validity: Some(validity),
            tags: body.value.tags.clone(),
        };
        service::edit(ctx, id, &seen, edit).await
    };
    Ok(tagged(StatusCode::OK, edited.await.map_err(|e| caller.refuse(&e))?))
}

/// Paging of versions.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VersionsQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<i64>,
}

/// The versions of a document, newest first. Customers see those that were ever published.
#[utoipa::path(get, path = "/documents/{id}/versions", tag = "documents", operation_id = "list_versions", params(("id" = String, Path), VersionsQuery), responses((status = 200, body = List<VersionDto>), (status = 404, body = Problem)))]
pub async fn versions(
    caller: Caller,
    Path(id): Path<String>,
    Params(query): Params<VersionsQuery>,
) -> Answer<Json<List<VersionDto>>> {
    let listed = async {
        let row = service::find(&caller.0, parse_id(&id)?).await?;
        let limit = limit(query.limit)?;
        let mut rows = service::versions(&caller.0, &row, query.cursor.unwrap_or(i64::MAX), limit + 1).await?;
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > wanted;
        rows.truncate(wanted);
        let next = rows.last().filter(|_| more).map(|last| last.number.to_string());
        let items = rows.into_iter().map(|version| VersionDto::new(row.id.to_string(), version)).collect();
        Ok(List { items, next })
    };
    listed.await.map(Json).map_err(|e: AppError| caller.refuse(&e))
}

/// Adds a version: the raw bytes with `X-Filename` and `X-Note`, or multipart with parts `note` and `file`, in this order.
#[utoipa::path(post, path = "/documents/{id}/versions", tag = "documents", operation_id = "upload_version", request_body(content = Vec<u8>, content_type = "application/octet-stream"), params(("id" = String, Path), ("X-Filename" = Option<String>, Header), ("X-Note" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = VersionDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub async fn upload(mut caller: Caller, Path(id): Path<String>, request: Request) -> Answer<Response> {
    let headers = request.headers().clone();
    let of = |name: &str| headers.get(name).map(|v| v.as_bytes().to_vec()).unwrap_or_default();
    caller.idempotent(&headers, &[b"POST version", id.as_bytes(), &of("x-filename"), &of("content-length")])?;
    let stored = async {
        let ctx = &caller.0;
        let document = parse_id(&id)?;
        // The policy before the first byte.
        let granted = grant_version(ctx, document).await?;
        let multipart = headers
            .get(CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .is_some_and(|v| v.to_ascii_lowercase().starts_with("multipart/form-data"));
        if !multipart {
            let name = FileName::parse(&file_name(&of("x-filename")));
            let note = file_name(&of("x-note"));
            let file = Incoming { name: &name, note: &note };
            return add_version(ctx, granted, file, chunks(request.into_body().into_data_stream())).await;
        }
        let mut parts = Multipart::from_request(request, &()).await.map_err(|_| broken(ctx))?;
        let mut note = String::new();
        while let Some(field) = next(ctx, &mut parts).await? {
            match field.name().unwrap_or_default() {
                "note" => note = text(ctx, field).await?,
                "file" => {
                    let name = FileName::parse(field.file_name().unwrap_or_default());
                    return add_version(ctx, granted, Incoming { name: &name, note: &note }, chunks(field)).await;
                }
                _ => {}
            }
        }
        Err(AppError::Invalid(FieldErrors::one("file", ctx.t("documents-error-file-missing"))))
    };
    let version = stored.await.map_err(|e| caller.refuse(&e))?;
    let location = format!("/api/v1/documents/{id}/versions/{}", version.number);
    let mut response = (StatusCode::CREATED, Json(VersionDto::new(id, version))).into_response();
    if let Ok(value) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(LOCATION, value);
    }
    Ok(response)
}

/// A file name as programs send it: UTF-8, percent-encoded UTF-8 (RFC 8187 with or without its prefix), or Latin-1.
pub(super) fn file_name(raw: &[u8]) -> String {
    let raw = raw.strip_prefix(b"UTF-8''").or(raw.strip_prefix(b"utf-8''")).unwrap_or(raw);
    let decoded: Vec<u8> = percent_decode(raw).collect();
    String::from_utf8(decoded).unwrap_or_else(|_| raw.iter().map(|byte| char::from(*byte)).collect())
}

/// One version.
#[utoipa::path(get, path = "/documents/{id}/versions/{number}", tag = "documents", operation_id = "find_version", params(("id" = String, Path), ("number" = i64, Path)), responses((status = 200, body = VersionDto), (status = 404, body = Problem)))]
pub async fn version(caller: Caller, Path((id, number)): Path<(String, String)>) -> Answer<Json<VersionDto>> {
    let found = async {
        let row = service::find(&caller.0, parse_id(&id)?).await?;
        let number = number.parse().map_err(|_| AppError::NotFound)?;
        service::version(&caller.0, &row, number).await
    };
    let version = found.await.map_err(|e| caller.refuse(&e))?;
    Ok(Json(VersionDto::new(id, version)))
}

/// Brings an older version back: its bytes become the next version.
#[utoipa::path(post, path = "/documents/{id}/versions/{number}/restore", tag = "documents", operation_id = "restore_version", params(("id" = String, Path), ("number" = i64, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = VersionDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem)))]
pub async fn restore(
    mut caller: Caller,
    Path((id, number)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer<Response> {
    caller.idempotent(&headers, &[b"POST restore", id.as_bytes(), number.as_bytes()])?;
    let restored = async {
        let document = parse_id(&id)?;
        service::find(&caller.0, document).await?;
        let number = number.parse().map_err(|_| AppError::NotFound)?;
        let seen = Seen { revision: if_match(&headers, false)?, ..Seen::default() };
        restore_version(&caller.0, document, number, &seen).await
    };
    let version = restored.await.map_err(|e| caller.refuse(&e))?;
    Ok((StatusCode::CREATED, Json(VersionDto::new(id, version))).into_response())
}

/// The bytes of one version: streamed, with ranges; the ETag is the SHA-256.
#[utoipa::path(get, path = "/documents/{id}/versions/{number}/content", tag = "documents", operation_id = "download_version", params(("id" = String, Path), ("number" = i64, Path), ("Range" = Option<String>, Header)), responses((status = 200, description = "The bytes", content_type = "application/octet-stream"), (status = 206, description = "A part of them"), (status = 404, body = Problem), (status = 416, body = Problem), (status = 423, body = Problem)))]
pub async fn content(
    caller: Caller,
    Path((id, number)): Path<(String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Answer<Response> {
    download::serve(&caller.0, download::Door::Program, &id, &number, &method, &headers)
        .await
        .map_err(|e| caller.refuse(&e))
}

async fn audience_of(ctx: &Ctx, dto: &AudienceDto) -> Result<Audience, AppError> {
    let wrong = |key: &'static str| AppError::Invalid(FieldErrors::one("audience", ctx.t(key)));
    match dto {
        AudienceDto { organisation: Some(true), people: None, project_id: None, group: None } => {
            Ok(Audience::Organisation)
        }
        AudienceDto { organisation: None | Some(false), people: Some(people), project_id: None, group: None } => {
            Ok(Audience::People(service::parse_people(people).ok_or_else(|| wrong("documents-error-people"))?))
        }
        AudienceDto { organisation: None | Some(false), people: None, project_id: Some(project), group: None } => {
            Ok(Audience::Project(project.parse().map_err(|_| wrong("documents-error-project"))?))
        }
        AudienceDto { organisation: None | Some(false), people: None, project_id: None, group: Some(group) } => {
            let group = organisations::group(ctx, group).await?;
            Ok(Audience::Group(group.ok_or_else(|| wrong("documents-error-group"))?))
        }
        _ => Err(wrong("documents-error-audience")),
    }
}

/// Publishes the current version; publishing again replaces the audience. Send `If-Match` where somebody else may publish it too.
#[utoipa::path(post, path = "/documents/{id}/publish", tag = "documents", operation_id = "publish_document", request_body = PublishDto, params(("id" = String, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)), responses((status = 200, body = DocumentDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn publish(
    mut caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<PublishDto>,
) -> Answer<Response> {
    caller.idempotent(&headers, &[b"POST publish", id.as_bytes(), &body.raw])?;
    let ctx = &caller.0;
    let published = async {
        let id = parse_id(&id)?;
        let document = service::find(ctx, id).await?;
        service::check_publisher(ctx, &document)?;
        let seen = Seen { revision: if_match(&headers, false)?, ..Seen::default() };
        let audience = audience_of(ctx, &body.value.audience).await?;
        service::publish(ctx, id, &seen, audience).await
    };
    Ok(tagged(StatusCode::OK, published.await.map_err(|e| caller.refuse(&e))?))
}

/// Takes a document back from everyone.
#[utoipa::path(post, path = "/documents/{id}/withdraw", tag = "documents", operation_id = "withdraw_document", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 200, body = DocumentDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem)))]
pub async fn withdraw(caller: Caller, Path(id): Path<String>, headers: HeaderMap) -> Answer<Response> {
    let withdrawn = async {
        let id = parse_id(&id)?;
        service::find(&caller.0, id).await?;
        let seen = Seen { revision: if_match(&headers, false)?, ..Seen::default() };
        service::withdraw(&caller.0, id, &seen).await
    };
    Ok(tagged(StatusCode::OK, withdrawn.await.map_err(|e| caller.refuse(&e))?))
}

/// Who can read a document, and why.
#[utoipa::path(get, path = "/documents/{id}/audience", tag = "documents", operation_id = "document_audience", params(("id" = String, Path), Paging), responses((status = 200, body = List<ReaderDto>), (status = 400, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn audience(
    caller: Caller,
    Path(id): Path<String>,
    Params(paging): Params<Paging>,
) -> Answer<Json<List<ReaderDto>>> {
    let listed = async { readers(service::readers(&caller.0, parse_id(&id)?).await?, &paging) };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// Paging of the history.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HistoryQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<i64>,
    /// Only acts of this name, such as `document.download`.
    action: Option<String>,
}

/// What happened to a document, newest first: for whoever may see who can read it.
#[utoipa::path(get, path = "/documents/{id}/history", tag = "documents", operation_id = "document_history", params(("id" = String, Path), HistoryQuery), responses((status = 200, body = List<HistoryDto>), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn history(
    caller: Caller,
    Path(id): Path<String>,
    Params(query): Params<HistoryQuery>,
) -> Answer<Json<List<HistoryDto>>> {
    let listed = async {
        let (before, limit) = (query.cursor.unwrap_or(i64::MAX), limit(query.limit)?);
        let only = query.action.as_deref().unwrap_or_default();
        let (_, found) = history::read(&caller.0, parse_id(&id)?, only, before, limit).await?;
        let items = found.entries.into_iter().map(HistoryDto::from).collect();
        Ok::<_, AppError>(List { items, next: found.next.map(|next| next.to_string()) })
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// Paging of renewals.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RenewalsQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// Documents that end soon, or have ended, and are to be renewed, the first to end first: for staff.
#[utoipa::path(get, path = "/renewals", tag = "documents", operation_id = "list_renewals", params(RenewalsQuery), responses((status = 200, body = List<DocumentDto>), (status = 403, body = Problem)))]
pub async fn renewals(caller: Caller, Params(query): Params<RenewalsQuery>) -> Answer<Json<List<DocumentDto>>> {
    let listed = async {
        organisations::require_staff(&caller.0)?;
        let bad = || AppError::BadRequest("cursor: not one of ours".into());
        let after = match &query.cursor {
            None => None,
            Some(text) => {
                let (day, id) = text.split_once('_').ok_or_else(bad)?;
                Some((day.parse().map_err(|()| bad())?, id.parse().map_err(|_| bad())?))
            }
        };
        let found = validity::renewals(&caller.0, after, limit(query.limit)?).await?;
        let next = found.next.map(|(day, id)| format!("{day}_{id}"));
        Ok::<_, AppError>(List { items: found.items.into_iter().map(DocumentDto::from).collect(), next })
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// Which documents.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArchiveDto {
    /// Their ids, at most 1,000.
    pub ids: Vec<String>,
}

/// The current versions of several documents as one zip file with a list of their hashes. What a virus scanner holds is
/// left out, and a list inside says so.
#[utoipa::path(post, path = "/documents/archive", tag = "documents", operation_id = "archive_documents", request_body = ArchiveDto, responses((status = 200, description = "The zip file", content_type = "application/zip"), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn archive(caller: Caller, body: Body<ArchiveDto>) -> Answer<Response> {
    let made = async {
        let ids = body.value.ids.iter().map(|id| parse_id(id)).collect::<Result<Vec<_>, _>>()?;
        zip::serve(&caller.0, &ids).await
    };
    made.await.map_err(|e| caller.refuse(&e))
}
