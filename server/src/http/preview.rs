//! `GET /documents/{id}/versions/{number}/preview/{page}`: a page as an image, for whoever may download the version.

use app::ctx::Ctx;
use app::error::AppError;
use app::ids::DocumentId;
use app::preview::service;
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::download::matches;
use crate::layers::ctx::Asker;

/// For a page's reader. Errors become error pages.
pub async fn page(
    Asker(ctx): Asker,
    Path((id, number, page)): Path<(String, String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    if ctx.actor.is_anonymous() {
        return Redirect::to(&app::paths::with_next(app::paths::SIGN_IN, &ctx.path)).into_response();
    }
    serve(&ctx, &id, &number, &page, &method, &headers).await.unwrap_or_else(|error| {
        StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
    })
}

/// Serves one page, for pages and REST alike. The browser may keep it for a while, and nobody between may. One with
/// somebody's name is asked for again each time: the next person at this browser has another.
pub async fn serve(
    ctx: &Ctx,
    id: &str,
    number: &str,
    page: &str,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Response, AppError> {
    let id: DocumentId = id.parse().map_err(|_| AppError::NotFound)?;
    let number: i64 = number.parse().map_err(|_| AppError::NotFound)?;
    let page: usize = page.parse().map_err(|_| AppError::NotFound)?;
    let open = service::open_page(ctx, id, number, page).await?;
    let mut response = Response::new(Body::empty());
    let answer = response.headers_mut();
    answer.insert(ETAG, HeaderValue::from_str(&open.etag).map_err(|_| AppError::Internal)?);
    let keep = if open.is_marked() { "private, no-cache" } else { "private, max-age=600" };
    answer.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    if headers.get(IF_NONE_MATCH).and_then(|v| v.to_str().ok()).is_some_and(|v| matches(v, &open.etag)) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    answer.insert(CONTENT_TYPE, HeaderValue::from_static("image/png"));
    let policy = "sandbox; default-src 'none'; frame-ancestors 'none'";
    answer.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    if method == Method::HEAD {
        // How long an image with somebody's name becomes is known when it is made.
        if !open.is_marked() {
            answer.insert(CONTENT_LENGTH, HeaderValue::from(open.image.length));
        }
        return Ok(response);
    }
    let (length, bytes) = open.stream(ctx).await?;
    answer.insert(CONTENT_LENGTH, HeaderValue::from(length));
    *response.body_mut() = Body::from_stream(bytes);
    Ok(response)
}
