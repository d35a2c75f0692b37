//! `/api/v1/documents/{id}/hold` and `release`: kept in spite of the rules of retention.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::retention::service;
use axum::extract::Path;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::documents::parse_id;
use super::extract::{Answer, Body, Caller};
use crate::api::problem::Problem;

/// Why a document is kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldDto {
    /// The reason, for whoever asks years later.
    pub reason: String,
}

/// Keeps a document however old it gets, until it is released; held already, the reason becomes this one.
#[utoipa::path(post, path = "/documents/{id}/hold", tag = "documents", operation_id = "hold_document", request_body = HoldDto, params(("id" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn hold(caller: Caller, Path(id): Path<String>, body: Body<HoldDto>) -> Answer<StatusCode> {
    let held = async { service::hold(&caller.0, parse_id(&id)?, Some(&body.value.reason)).await };
    held.await.map_err(|e| caller.refuse(&e))?;
    Ok(StatusCode::NO_CONTENT)
}

/// From now on the rules of its category count again.
#[utoipa::path(post, path = "/documents/{id}/release", tag = "documents", operation_id = "release_document", params(("id" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn release(caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    let released = async { service::hold(&caller.0, parse_id(&id)?, None).await };
    released.await.map_err(|e| caller.refuse(&e))?;
    Ok(StatusCode::NO_CONTENT)
}
