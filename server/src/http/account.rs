//! What pages of the account ask for that is neither a page nor a form.

use app::account::sessions;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::layers::ctx::Asker;

/// How long a session still lives, in seconds.
#[derive(Debug, Serialize)]
struct Remaining {
    idle: u64,
    left: u64,
}

/// `POST /account/stay`: somebody is still there. 401 when the session has ended.
pub async fn stay(Asker(ctx): Asker) -> Response {
    match sessions::stay(&ctx).await {
        Ok(remaining) => {
            let (idle, left) = (remaining.idle.as_secs(), remaining.left.as_secs());
            Json(Remaining { idle, left }).into_response()
        }
        Err(error) => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response(),
    }
}
