//! What the handlers read from a request, with our own errors.

use std::time::Duration;

use app::ctx::{Ctx, IdempotencyKey};
use app::error::{AppError, FieldErrors};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::{CONTENT_TYPE, ETAG, IF_MATCH};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use crate::api::problem::Problem;
use crate::layers::once;

/// The longest JSON body, and how long it may take to arrive: less than the whole call (see `layers::time_limit`), so that
/// a slow sender is told so.
const LONGEST: usize = 256 * 1024;
const TIME: Duration = Duration::from_secs(8);

/// The outcome of a handler; errors carry the request id.
pub type Answer<T> = Result<T, Response>;

/// The context of somebody with a token. Nobody else gets any further.
pub struct Caller(pub Ctx);

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let Some(ctx) = parts.extensions.get::<Ctx>().cloned() else {
            return Err(Problem::bare(StatusCode::INTERNAL_SERVER_ERROR, "").into_response());
        };
        if ctx.actor.is_anonymous() {
            return Err(Problem::of(&AppError::Unauthenticated, &ctx.request_id).into_response());
        }
        Ok(Self(ctx))
    }
}

impl Caller {
    /// The answer for an error.
    pub fn refuse(&self, error: &AppError) -> Response {
        Problem::of(error, &self.0.request_id).into_response()
    }

    /// Reads the `Idempotency-Key` header, where the service answers a repetition by itself; `what` is what the request asks beside
    /// its address and the headers named here, for the fingerprint. Everywhere else [`once`](once::once) does.
    pub fn idempotent(&mut self, headers: &HeaderMap, what: &[&[u8]]) -> Answer<()> {
        let Some(key) = once::key(headers).map_err(|error| self.refuse(&error))? else { return Ok(()) };
        let mut hasher = Sha256::new();
        let named = ["if-match", "x-filename", "x-note"]
            .map(|name| headers.get(name).map(HeaderValue::as_bytes).unwrap_or_default());
        for part in [self.0.path.as_bytes()].iter().chain(&named).chain(what) {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
        self.0.idempotency = Some(IdempotencyKey { key, fingerprint: hasher.finalize().to_vec(), request: None });
        Ok(())
    }
}

/// A JSON body, strict: unknown fields are errors of the field, broken JSON is a 400. Keeps the raw bytes for the
/// idempotency fingerprint.
pub struct Body<T> {
    /// What it says.
    pub value: T,
    /// As sent.
    pub raw: Bytes,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Response;

    async fn from_request(request: Request, _: &S) -> Result<Self, Response> {
        let id = request.extensions().get::<Ctx>().map_or_else(|| "".into(), |ctx| ctx.request_id.clone());
        let json = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .is_none_or(|v| v.starts_with("application/json"));
        if !json {
            return Err(Problem::bare(StatusCode::UNSUPPORTED_MEDIA_TYPE, &id).into_response());
        }
        let read = tokio::time::timeout(TIME, axum::body::to_bytes(request.into_body(), LONGEST));
        let raw = match read.await {
            Ok(Ok(raw)) => raw,
            Ok(Err(_)) => return Err(Problem::bare(StatusCode::PAYLOAD_TOO_LARGE, &id).into_response()),
            Err(_) => return Err(Problem::bare(StatusCode::REQUEST_TIMEOUT, &id).into_response()),
        };
        let raw_or_empty: &[u8] = if raw.is_empty() { b"{}" } else { &raw };
        match serde_json::from_slice(raw_or_empty) {
            Ok(value) => Ok(Self { value, raw }),
            Err(error) if error.is_data() => {
                let errors = FieldErrors::one("body", error.to_string());
                Err(Problem::of(&AppError::Invalid(errors), &id).into_response())
            }
            Err(error) => Err(Problem::of(&AppError::BadRequest(error.to_string()), &id).into_response()),
        }
    }
}

/// A query; an unknown parameter or a bad value is a 400.
pub struct Params<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let id = parts.extensions.get::<Ctx>().map_or_else(|| "".into(), |ctx| ctx.request_id.clone());
        axum::extract::Query::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Query(value)| Self(value))
            .map_err(|rejection| Problem::of(&AppError::BadRequest(rejection.body_text()), &id).into_response())
    }
}

/// The revision in `If-Match`: an ETag of ours, or `*`.
pub fn if_match(headers: &HeaderMap, required: bool) -> Result<Option<i64>, AppError> {
    match headers.get(IF_MATCH).map(|v| v.to_str().unwrap_or_default().trim().to_owned()) {
        None if required => Err(AppError::PreconditionRequired),
        None => Ok(None),
        Some(star) if star == "*" => Ok(None),
        Some(tags) => {
            // Several: any may match. Revisions only grow, so that of those that were seen only the newest still can. What is
            // weak (`W/"1"`) is no number and never does.
            let revisions = tags.split(',').filter_map(|tag| tag.trim().trim_matches('"').parse().ok());
            revisions.max().map(Some).ok_or(AppError::Stale)
        }
    }
}

/// The tags in `If-Match`, of what has no revision, for [`app::etag::is_stale`]; none for `*`.
pub fn if_match_digest(headers: &HeaderMap, required: bool) -> Result<Option<&str>, AppError> {
    match headers.get(IF_MATCH).map(|v| v.to_str().unwrap_or_default().trim()) {
        None if required => Err(AppError::PreconditionRequired),
        None | Some("*") => Ok(None),
        Some(tags) => Ok(Some(tags)),
    }
}

/// A body with its ETag.
pub fn with_etag(dto: impl Serialize, tag: &str) -> Response {
    let mut response = Json(dto).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("\"{tag}\"")) {
        response.headers_mut().insert(ETAG, value);
    }
    response
}
