//! `Idempotency-Key` on every POST of the API that brings JSON or nothing: the same request again is not carried out again,
//! and answered as it was. Handlers that know the key by themselves, uploads among them, say so and are left alone.

use std::time::Duration;

use app::ctx::{Ctx, IdempotencyKey};
use app::error::{AppError, FieldErrors};
use app::idempotency::{self, Answer, Known};
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_MATCH, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use bytes::{Bytes, BytesMut};
use futures::StreamExt as _;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::api::problem::Problem;

/// The header that names a request.
pub const KEY: &str = "idempotency-key";
/// Says that an answer is the one of the first time.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// The longest body that is looked at, and how long it may take to arrive: as for every JSON body.
const LONGEST: usize = 256 * 1024;
const TIME: Duration = Duration::from_secs(8);
/// The longest answer that is kept, in bytes.
const KEPT: usize = 64 * 1024;

/// An answer that is shown once and never kept: it holds a secret.
#[derive(Clone, Copy, Debug)]
pub struct ShownOnce;

/// Reads the `Idempotency-Key` header.
pub fn key(headers: &HeaderMap) -> Result<Option<String>, AppError> {
    let Some(value) = headers.get(KEY) else { return Ok(None) };
    let key = value.to_str().unwrap_or_default();
    if key.is_empty() || key.len() > 200 {
        return Err(AppError::Invalid(FieldErrors::one("Idempotency-Key", "1 to 200 printable characters")));
    }
    Ok(Some(key.to_owned()))
}

/// Carries a POST with a key out once.
pub async fn once(mut request: Request, next: Next) -> Response {
    if request.method() != Method::POST || !request.headers().contains_key(KEY) || !is_small(request.headers()) {
        return next.run(request).await;
    }
    // Nobody in particular has no keys; the door refuses them.
    let Some(mut ctx) = request.extensions().get::<Ctx>().filter(|ctx| ctx.actor.user_id().is_some()).cloned() else {
        return next.run(request).await;
    };
    let key = match key(request.headers()) {
        Ok(Some(key)) => key,
        Ok(None) => return next.run(request).await,
        Err(error) => return Problem::of(&error, &ctx.request_id).into_response(),
    };
    let (mut parts, body) = request.into_parts();
    let body = match tokio::time::timeout(TIME, read(body)).await {
        Ok(Ok(Sent::Short(body))) => body,
        // A file of no stated length, or what its handler refuses.
        Ok(Ok(Sent::Long(body))) => return next.run(Request::from_parts(parts, body)).await,
        Ok(Err(_)) => return Problem::bare(StatusCode::BAD_REQUEST, &ctx.request_id).into_response(),
        Err(_) => return Problem::bare(StatusCode::REQUEST_TIMEOUT, &ctx.request_id).into_response(),
    };
    let mut hasher = Sha256::new();
    let seen = parts.headers.get(IF_MATCH).map(HeaderValue::as_bytes).unwrap_or_default();
    for part in [parts.uri.to_string().as_bytes(), seen, &body] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    ctx.idempotency =
        Some(IdempotencyKey { key, fingerprint: hasher.finalize().to_vec(), request: Some(Uuid::new_v4()) });
    if let Some(known) = known(&ctx).await {
        return known;
    }
    parts.extensions.insert(ctx.clone());
    request = Request::from_parts(parts, Body::from(body));
    let response = next.run(request).await;
    if response.status().is_success() {
        return keep(&ctx, response).await;
    }
    // The same request may have been carried out meanwhile: then that is why this one failed.
    if response.status().is_client_error() { known(&ctx).await.unwrap_or(response) } else { response }
}

/// A body.
enum Sent {
    /// As a JSON handler reads it.
    Short(Bytes),
    /// Longer than that, with what was read of it at its beginning.
    Long(Body),
}

/// Reads a body as far as a JSON handler does.
async fn read(body: Body) -> Result<Sent, axum::Error> {
    let (mut rest, mut begun) = (body.into_data_stream(), BytesMut::new());
    while let Some(chunk) = rest.next().await {
        begun.extend_from_slice(&chunk?);
        if begun.len() > LONGEST {
            let begun = futures::stream::once(std::future::ready(Ok(begun.freeze())));
            return Ok(Sent::Long(Body::from_stream(begun.chain(rest))));
        }
    }
    Ok(Sent::Short(begun.freeze()))
}

/// The answer to a request whose key is known.
async fn known(ctx: &Ctx) -> Option<Response> {
    let error = match idempotency::kept(ctx).await {
        Ok(None) => return None,
        Ok(Some(Known::Answered(answer))) => return Some(again(answer)),
        Ok(Some(Known::Done)) => AppError::Conflict(ctx.t("idempotency-done").to_owned()),
        Err(error) => error,
    };
    Some(Problem::of(&error, &ctx.request_id).into_response())
}

/// What a JSON handler reads. Files come with another type, or are longer.
fn is_small(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let length = text(CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    match text(CONTENT_TYPE) {
        // A file may be JSON as well.
        Some(kind) => kind.starts_with("application/json") && length.is_none_or(|length| length <= LONGEST),
        // Nothing at all, or something short of no type; what has no known length may be a file.
        None => length.map_or(!headers.contains_key("transfer-encoding"), |length| length <= LONGEST),
    }
}

/// Keeps what a request was answered that was carried out. Where that fails, the next one learns that it was.
async fn keep(ctx: &Ctx, response: Response) -> Response {
    if response.extensions().get::<ShownOnce>().is_some() {
        return response;
    }
    let Some((status, etag, location)) = kept_of(&response) else { return response };
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, KEPT).await else {
        return Problem::bare(StatusCode::INTERNAL_SERVER_ERROR, &ctx.request_id).into_response();
    };
    if let Ok(text) = std::str::from_utf8(&body) {
        let answer = Answer { status, etag, location, body: text.to_owned() };
        if let Err(error) = idempotency::keep(ctx, answer).await {
            tracing::warn!(%error, "an answer was not kept for a repetition");
        }
    }
    Response::from_parts(parts, Body::from(body))
}

/// What is kept of an answer beside its body: of JSON that is not too long, and of nothing at all.
fn kept_of(response: &Response) -> Option<(i64, Option<String>, Option<String>)> {
    let text = |name| response.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let is_json = text(CONTENT_TYPE).is_none_or(|kind| kind.starts_with("application/json"));
    let length = axum::body::HttpBody::size_hint(response.body()).exact();
    let owned = |name| text(name).map(str::to_owned);
    (is_json && length.is_some_and(|length| length <= KEPT as u64))
        .then(|| (response.status().as_u16().into(), owned(ETAG), owned(LOCATION)))
}

/// The answer of the first time.
fn again(answer: Answer) -> Response {
    let status = u16::try_from(answer.status).ok().and_then(|status| StatusCode::from_u16(status).ok());
    let is_empty = answer.body.is_empty();
    let mut response = (status.unwrap_or(StatusCode::OK), answer.body).into_response();
    let headers = response.headers_mut();
    if is_empty {
        headers.remove(CONTENT_TYPE);
    } else {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    for (name, value) in [(ETAG, answer.etag), (LOCATION, answer.location)] {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            headers.insert(name, value);
        }
    }
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    response
}
