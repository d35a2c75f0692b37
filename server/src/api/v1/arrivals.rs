//! `/api/v1/documents/send` and `/api/v1/arrivals`: what customers send without being asked.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::arrivals::model::{After, Arrival, NewArrival};
use app::arrivals::service;
use app::documents::model::Category;
use app::documents::service as documents;
use app::documents::upload::Incoming;
use app::error::{AppError, FieldErrors};
use app::files::FileName;
use app::organisation::service::require_staff;
use axum::Json;
use axum::extract::{Path, Request as HttpRequest};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::documents::file_name;
use super::dto::{DocumentDto, List};
use super::extract::{Answer, Caller, Params};
use super::organisations::limit;
use crate::api::problem::Problem;
use crate::http::upload::chunks;

/// Where a file goes.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SendQuery {
    /// The customer.
    organisation_id: String,
    /// Key of a category that is open for it.
    category: String,
    /// The title; without one the name of the file.
    title: Option<String>,
}

/// A document that a customer sent without being asked.
#[derive(Serialize, ToSchema)]
pub struct ArrivalDto {
    /// The document.
    pub document: DocumentDto,
    /// Who sent it.
    pub sent_by_name: String,
    /// RFC 3339.
    pub sent_at: String,
    /// Who of staff has looked at it; null until somebody has.
    pub seen_by_name: Option<String>,
    /// RFC 3339; null until somebody has.
    pub seen_at: Option<String>,
}

impl From<Arrival> for ArrivalDto {
    fn from(row: Arrival) -> Self {
        Self {
            document: row.document.into(),
            sent_by_name: row.mark.sent_by_name,
            sent_at: row.mark.sent_at.rfc3339(),
            seen_by_name: row.mark.seen_by_name,
            seen_at: row.mark.seen_at.map(|at| at.rfc3339()),
        }
    }
}

/// Filters and paging.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ArrivalsQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Only what nobody of staff has looked at.
    unseen: Option<bool>,
}

/// What customers sent without being asked, the newest first: for staff.
#[utoipa::path(get, path = "/arrivals", tag = "documents", operation_id = "list_arrivals", params(ArrivalsQuery), responses((status = 200, body = List<ArrivalDto>), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn list(caller: Caller, Params(query): Params<ArrivalsQuery>) -> Answer<Json<List<ArrivalDto>>> {
    let listed = async {
        require_staff(&caller.0)?;
        let after = query
            .cursor
            .as_deref()
            .map(|text| text.parse::<After>().map_err(|()| AppError::BadRequest("cursor: not one of ours".into())));
        let unseen = query.unseen.unwrap_or(false);
        let found = service::list(&caller.0, unseen, after.transpose()?, limit(query.limit)?).await?;
        let next = found.next.map(|next| next.to_string());
        Ok::<_, AppError>(List { items: found.items.into_iter().map(ArrivalDto::from).collect(), next })
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// Sends a file into a category that is open for it: the raw bytes with `X-Filename` and `X-Note`.
#[utoipa::path(post, path = "/documents/send", tag = "documents", operation_id = "send_document", request_body(content = Vec<u8>, content_type = "application/octet-stream"), params(SendQuery, ("X-Filename" = Option<String>, Header), ("X-Note" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = DocumentDto), (status = 400, body = Problem), (status = 403, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub async fn send(
    mut caller: Caller,
    Params(query): Params<SendQuery>,
    request: HttpRequest,
) -> Answer<(StatusCode, Json<DocumentDto>)> {
    let headers = request.headers().clone();
    let raw = |name: &str| headers.get(name).map(|value| value.as_bytes().to_vec()).unwrap_or_default();
    let about = [query.organisation_id.as_bytes(), query.category.as_bytes()];
    caller.idempotent(&headers, &[b"POST send", about[0], about[1], &raw("x-filename"), &raw("content-length")])?;
    let name = FileName::parse(&file_name(&raw("x-filename")));
    let note = file_name(&raw("x-note"));
    let sent = async {
        let ctx = &caller.0;
        service::check_sender(ctx)?;
        let mut errors = FieldErrors::default();
        let organisation_id = query.organisation_id.parse().ok();
        if organisation_id.is_none() {
            errors.add("organisation_id", ctx.t("documents-error-organisation"));
        }
        let category = Category::parse(&query.category);
        if category.is_none() {
            errors.add("category", ctx.t("documents-error-category"));
        }
        let (Some(organisation_id), Some(category)) = (organisation_id, category) else {
            return Err(AppError::Invalid(errors));
        };
        let title = query.title.unwrap_or_default();
        let granted = service::grant_send(ctx, NewArrival { organisation_id, category, title }).await?;
        let file = Incoming { name: &name, note: &note };
        let id = service::send(ctx, granted, file, chunks(request.into_body().into_data_stream())).await?;
        documents::find(ctx, id).await
    };
    let row = sent.await.map_err(|e| caller.refuse(&e))?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Somebody of staff has looked at what a customer sent.
#[utoipa::path(post, path = "/documents/{id}/seen", tag = "documents", operation_id = "see_document", params(("id" = String, Path)), responses((status = 200, body = DocumentDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn see(caller: Caller, Path(id): Path<String>) -> Answer<Json<DocumentDto>> {
    let seen = async { service::see(&caller.0, id.parse().map_err(|_| AppError::NotFound)?).await };
    Ok(Json(seen.await.map_err(|e| caller.refuse(&e))?.into()))
}
