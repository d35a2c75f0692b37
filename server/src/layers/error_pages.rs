//! Whatever fails outside a page's own code gets a page too, or a problem document under `/api`: limits, refused
//! origins, panics, a database that is away.

use app::ctx::Ctx;
use app::error::outage;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use crate::api::problem::Problem;
use crate::state::AppState;

use super::request_id::RequestId;

/// Marks an answer whose body is already what the reader should see.
#[derive(Clone, Copy, Debug)]
pub struct Finished;

/// Set by a server function that could not read its arguments.
const SERVER_FN_ERROR: &str = "serverfnerror";

/// Gives every failure a body.
pub async fn error_pages(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let path = request.uri().path().to_owned();
    let head = request.method() == axum::http::Method::HEAD;
    let id = request.extensions().get::<RequestId>().map_or_else(|| "".into(), |id| id.0.clone());
    let language = request.headers().get(ACCEPT_LANGUAGE).cloned();
    let (response, outage) = outage::watch(next.run(request)).await;
    let mut status = response.status();
    if response.headers().contains_key(SERVER_FN_ERROR) {
        // The arguments of a form could not be read; Leptos would go back with the error in the address.
        status = StatusCode::BAD_REQUEST;
    }
    if status == StatusCode::INTERNAL_SERVER_ERROR && outage {
        status = StatusCode::SERVICE_UNAVAILABLE;
    }
    if !(status.is_client_error() || status.is_server_error()) || response.extensions().get::<Finished>().is_some() {
        return response;
    }
    let content = response.headers().get(CONTENT_TYPE).map(|v| v.as_bytes().to_vec()).unwrap_or_default();
    if content.starts_with(b"text/html") || content.starts_with(b"application/problem+json") {
        return retry_after(response);
    }
    let (mut parts, _) = response.into_parts();
    parts.status = status;
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.remove(LOCATION);
    if api {
        let problem = Problem::bare(status, &id).into_response();
        parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        return retry_after(Response::from_parts(parts, problem.into_body()));
    }
    let ctx = parts.extensions.get::<Ctx>().cloned().unwrap_or_else(|| {
        let mut ctx = state.ctx(app::access::Actor::anonymous(), &id);
        let wanted = language.as_ref().and_then(|v| v.to_str().ok()).and_then(app::i18n::Locale::negotiate);
        ctx.locale = wanted.unwrap_or_default();
        ctx.path = path.into();
        ctx
    });
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    let body = if head {
        Body::empty()
    } else {
        Html(app::app::error_document(&ctx, status.as_u16())).into_response().into_body()
    };
    retry_after(Response::from_parts(parts, body))
}

fn retry_after(mut response: Response) -> Response {
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().entry(RETRY_AFTER).or_insert(HeaderValue::from_static("10"));
    }
    response
}
