//! What pages of the account ask for that is neither a page nor a form.

use app::account::export;
use app::account::sessions;
use app::ctx::Ctx;
use app::doors::Form;
use app::error::AppError;
use app::paths;
use axum::Json;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::layers::ctx::Asker;

/// How long a session still lives, in seconds.
#[derive(Debug, Serialize)]
struct Remaining {
    idle: u64,
    left: u64,
}

fn refused(error: &AppError) -> Response {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}

/// `POST /account/stay`: somebody is still there. 401 when the session has ended.
pub async fn stay(Asker(ctx): Asker) -> Response {
    match sessions::stay(&ctx).await {
        Ok(remaining) => {
            let (idle, left) = (remaining.idle.as_secs(), remaining.left.as_secs());
            Json(Remaining { idle, left }).into_response()
        }
        Err(error) => refused(&error),
    }
}

/// `POST /account/data`: a copy of what is stored about whoever asks. Without a fresh proof they are asked for one and
/// come back.
pub async fn data(Asker(ctx): Asker) -> Response {
    match copy(&ctx).await {
        Ok(response) => response,
        // As every form: to sign in, or to prove who they are, and back.
        Err(error) => match Form::on("data", paths::ACCOUNT_DATA).outcome(&ctx, Err(error)) {
            Ok((path, _)) => Redirect::to(&path).into_response(),
            Err(error) => refused(&error),
        },
    }
}

/// The copy as a file to be saved, for pages and REST alike.
pub async fn copy(ctx: &Ctx) -> Result<Response, AppError> {
    let export = export::begin(ctx).await?;
    let mut response = Body::from_stream(export.stream(ctx.clone())).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"my-data.json\""));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
