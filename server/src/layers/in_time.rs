//! A form among the doors of files, which have no limit of time: what is sent is read within half a minute, and not at all
//! from somebody who is not signed in. Otherwise slow senders could hold every place there is for files.

use std::time::Duration;

use app::ctx::Ctx;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// How long a form may take to come.
const PATIENCE: Duration = Duration::from_secs(30);
/// The longest form.
pub const LONGEST: usize = 256 * 1024;

/// Reads the body before the door does.
pub async fn in_time(request: Request, next: Next) -> Response {
    within(PATIENCE, request, next).await
}

/// The same, with as much patience as that.
pub async fn within(patience: Duration, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    if parts.extensions.get::<Ctx>().is_none_or(|ctx| ctx.actor.is_anonymous()) {
        return next.run(Request::from_parts(parts, Body::empty())).await;
    }
    match tokio::time::timeout(patience, to_bytes(body, LONGEST)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(_)) => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}
