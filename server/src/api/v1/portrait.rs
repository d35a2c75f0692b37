//! `/api/v1/me/portrait`: what the token's owner looks like, for customers whose contact they are.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::account::portrait;
use app::ctx::Ctx;
use app::error::{AppError, FieldErrors};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use bytes::BytesMut;
use futures::StreamExt as _;

use super::extract::{Answer, Caller};
use crate::api::problem::Problem;
use crate::http::upload::chunks;
use crate::state::AppState;

/// The image, no longer than any that is taken.
async fn image(ctx: &Ctx, request: Request) -> Result<bytes::Bytes, AppError> {
    let broken = || AppError::Invalid(FieldErrors::one("file", ctx.t("documents-error-file-broken")));
    let mut image = BytesMut::new();
    let mut bytes = std::pin::pin!(chunks(request.into_body().into_data_stream()));
    while let Some(chunk) = bytes.next().await {
        image.extend_from_slice(&chunk.map_err(|_| broken())?);
        if image.len() as u64 > portrait::LONGEST {
            return Err(AppError::TooLarge(portrait::LONGEST));
        }
    }
    Ok(image.freeze())
}

/// Makes the owner's portrait of an image: JPEG, PNG, WebP, GIF or BMP of up to 10 MiB. Staff only.
#[utoipa::path(put, path = "/me/portrait", tag = "me", operation_id = "set_portrait", request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 204), (status = 403, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem), (status = 503, body = Problem)))]
pub async fn set(State(state): State<AppState>, caller: Caller, request: Request) -> Answer<StatusCode> {
    let ctx = &caller.0;
    let set = async {
        // The policy before the first byte.
        portrait::check(ctx)?;
        portrait::save(ctx, &state.previewer, image(ctx, request).await?).await
    };
    set.await.map_err(|e| caller.refuse(&e))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes the owner's portrait away.
#[utoipa::path(delete, path = "/me/portrait", tag = "me", operation_id = "remove_portrait", responses((status = 204), (status = 403, body = Problem)))]
pub async fn remove(caller: Caller) -> Answer<StatusCode> {
    portrait::remove(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    Ok(StatusCode::NO_CONTENT)
}
