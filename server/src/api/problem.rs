//! Errors as `application/problem+json` (RFC 9457).

use std::collections::BTreeMap;

use app::error::AppError;
use axum::Json;
use axum::http::header::{CONTENT_RANGE, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// What went wrong.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Identifies the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// This case in words.
    pub detail: String,
    /// For the operator's log.
    pub request_id: String,
    /// By field, for 422.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub errors: BTreeMap<String, Vec<String>>,
    #[serde(skip)]
    #[schema(ignore)]
    range_of: Option<u64>,
    #[serde(skip)]
    #[schema(ignore)]
    retry_after: Option<u64>,
}

impl Problem {
    /// The problem of an error of ours.
    pub fn of(error: &AppError, request_id: &str) -> Self {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut problem = Self::bare(status, request_id);
        match error {
            AppError::Conflict(text) | AppError::Quarantined(text) | AppError::BadRequest(text) => {
                problem.detail.clone_from(text)
            }
            AppError::Invalid(errors) => {
                for (field, message) in errors.iter() {
                    problem.errors.entry(field.to_owned()).or_default().push(message.to_owned());
                }
            }
            AppError::TooLarge(limit) => problem.detail = format!("At most {limit} bytes are accepted."),
            AppError::RangeNotSatisfiable(size) => problem.range_of = Some(*size),
            AppError::RateLimited(seconds) => problem.retry_after = Some(*seconds),
            _ => {}
        }
        problem
    }

    /// The problem of a status alone.
    pub fn bare(status: StatusCode, request_id: &str) -> Self {
        let detail = match status.as_u16() {
            400 => "The request could not be understood.",
            401 => "Send a valid token: Authorization: Bearer ...",
            403 => "The token's owner may see this, but not do it.",
            404 => "There is no such thing, or it is not for the token's owner.",
            405 => "This address has other methods.",
            408 => "The body did not arrive in time.",
            409 => "Somebody else was faster.",
            411 => "Send Content-Length.",
            412 => "It has changed since it was read. Read it again.",
            413 => "The body is too large.",
            414 => "The address is too long.",
            415 => "This media type is not accepted.",
            416 => "The range lies outside the file.",
            422 => "Some fields are wrong.",
            423 => "A virus scanner holds this file.",
            428 => "Send If-Match with the ETag of what was read.",
            429 => "Too many attempts.",
            431 => "The headers are too large.",
            503 => "A part of the portal is away. Nothing was lost; try again.",
            _ if status.is_client_error() => "The request cannot be answered as it was sent.",
            _ => "Something went wrong on our side.",
        };
        let title = status.canonical_reason().unwrap_or("Error").to_owned();
        let kind = format!("urn:kontor:problem:{}", title.to_lowercase().replace(' ', "-"));
        Self {
            kind,
            title,
            status: status.as_u16(),
            detail: detail.to_owned(),
            request_id: request_id.to_owned(),
            errors: BTreeMap::new(),
            range_of: None,
            retry_after: None,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let (range_of, retry_after) = (self.range_of, self.retry_after);
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(Ok(value)) = range_of.map(|size| HeaderValue::from_str(&format!("bytes */{size}"))) {
            headers.insert(CONTENT_RANGE, value);
        }
        if let Some(seconds) = retry_after.or((status == StatusCode::SERVICE_UNAVAILABLE).then_some(10)) {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
