//! `/api/v1/quarantine`: files that a virus scanner holds, or has not seen yet.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::documents::model::hex;
use app::error::AppError;
use app::ids::VersionId;
use app::scan::model::{Before, Held, Scan};
use app::scan::service;
use app::time::Instant;
use axum::Json;
use axum::extract::Path;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::dto::List;
use super::extract::{Answer, Body, Caller, Params};
use super::organisations::limit;
use crate::api::problem::Problem;

/// A version that nobody may have.
#[derive(Serialize, ToSchema)]
pub struct HeldDto {
    /// Id of the version.
    pub id: String,
    /// The document.
    pub document_id: String,
    /// Its title.
    pub title: String,
    /// The customer.
    pub organisation_id: String,
    /// 1, 2, ...
    pub number: i64,
    /// As uploaded.
    pub file_name: String,
    /// Bytes.
    pub size: i64,
    /// Of the bytes, in hexadecimal.
    pub sha256: String,
    /// pending, infected or too_large.
    pub scan: String,
    /// The scanner's name for what it found.
    pub finding: Option<String>,
    /// RFC 3339; null until it was looked at.
    pub scanned_at: Option<String>,
    /// Who uploaded it.
    pub uploaded_by: String,
    /// RFC 3339.
    pub created_at: String,
}

impl From<Held> for HeldDto {
    fn from(row: Held) -> Self {
        Self {
            id: row.id.to_string(),
            document_id: row.document_id.to_string(),
            title: row.title,
            organisation_id: row.organisation_id.to_string(),
            number: row.number,
            file_name: row.file_name,
            size: row.size,
            sha256: hex(&row.sha256),
            scan: row.scan.name().to_owned(),
            finding: row.finding,
            scanned_at: row.scanned_at.map(|at| at.rfc3339()),
            uploaded_by: row.uploaded_by.to_string(),
            created_at: row.created_at.rfc3339(),
        }
    }
}

/// Why a file may be read all the same.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseDto {
    /// What was known of it when that was decided: pending, infected or too_large.
    pub scan: String,
    /// The reason, for whoever asks later.
    pub reason: String,
}

/// Paging.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct QuarantineQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

fn parse_id(text: &str) -> Result<VersionId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

fn parse_cursor(text: &str) -> Result<Before, AppError> {
    let bad = || AppError::BadRequest("cursor: not one of ours".into());
    let (at, id) = text.split_once('_').ok_or_else(bad)?;
    Ok(Before { created_at: Instant(at.parse().map_err(|_| bad())?), id: id.parse().map_err(|_| bad())? })
}

/// Files that are held, the newest first.
#[utoipa::path(get, path = "/quarantine", tag = "quarantine", operation_id = "list_quarantine", params(QuarantineQuery), responses((status = 200, body = List<HeldDto>), (status = 403, body = Problem)))]
pub async fn list(caller: Caller, Params(query): Params<QuarantineQuery>) -> Answer<Json<List<HeldDto>>> {
    let listed = async {
        service::check(&caller.0)?;
        let limit = limit(query.limit)?;
        let before = query.cursor.as_deref().map(parse_cursor).transpose()?;
        let mut rows = service::held(&caller.0, before, limit + 1).await?;
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > wanted;
        rows.truncate(wanted);
        let next = rows.last().filter(|_| more).map(|last| format!("{}_{}", last.created_at.0, last.id));
        Ok::<_, AppError>(List { items: rows.into_iter().map(HeldDto::from).collect(), next })
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// One file that is held.
#[utoipa::path(get, path = "/quarantine/{id}", tag = "quarantine", operation_id = "find_quarantined", params(("id" = String, Path)), responses((status = 200, body = HeldDto), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(id): Path<String>) -> Answer<Json<HeldDto>> {
    let refuse = |e: AppError| caller.refuse(&e);
    service::check(&caller.0).map_err(refuse)?;
    let row = service::find(&caller.0, parse_id(&id).map_err(refuse)?).await.map_err(refuse)?;
    Ok(Json(row.into()))
}

/// Lets it be read all the same.
#[utoipa::path(post, path = "/quarantine/{id}/release", tag = "quarantine", operation_id = "release_quarantined", request_body = ReleaseDto, params(("id" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn release(caller: Caller, Path(id): Path<String>, body: Body<ReleaseDto>) -> Answer<axum::http::StatusCode> {
    let refuse = |e: AppError| caller.refuse(&e);
    service::check(&caller.0).map_err(refuse)?;
    let id = parse_id(&id).map_err(refuse)?;
    let seen = Scan::parse(&body.value.scan).ok_or_else(|| refuse(AppError::BadRequest("scan: unknown".into())))?;
    service::release(&caller.0, id, seen, &body.value.reason).await.map_err(refuse)?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}

/// Has it looked at once more.
#[utoipa::path(post, path = "/quarantine/{id}/scan", tag = "quarantine", operation_id = "scan_quarantined", params(("id" = String, Path)), responses((status = 202), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn scan(caller: Caller, Path(id): Path<String>) -> Answer<axum::http::StatusCode> {
    let refuse = |e: AppError| caller.refuse(&e);
    service::check(&caller.0).map_err(refuse)?;
    service::again(&caller.0, parse_id(&id).map_err(refuse)?).await.map_err(refuse)?;
    Ok(axum::http::StatusCode::ACCEPTED)
}
