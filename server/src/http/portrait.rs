//! Portraits of the staff: `POST /account/portrait` takes one's own, `GET /portraits/{id}` shows it to customers whose contact
//! they are.

use app::account::portrait;
use app::ctx::Ctx;
use app::doors::{Done, Form};
use app::error::{AppError, FieldErrors};
use app::paths;
use axum::body::Body;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use bytes::BytesMut;
use futures::StreamExt as _;
use tower_sessions::Session;

use super::download::matches;
use super::upload::{answer, broken, chunks, drain, next};
use crate::layers::ctx::Asker;
use crate::state::AppState;

/// `POST /account/portrait`: an image of oneself.
pub async fn save(
    State(state): State<AppState>,
    Asker(ctx): Asker,
    session: Session,
    headers: HeaderMap,
    multipart: Result<Multipart, MultipartRejection>,
) -> Response {
    let form = Form::on("portrait", paths::ACCOUNT);
    if let Err(error) = portrait::check(&ctx) {
        return answer(&ctx, &session, &headers, form, Err(error)).await;
    }
    let result = match multipart {
        Ok(mut parts) => {
            let result = save_from(&state, &ctx, &mut parts).await;
            if result.is_err() {
                drain(&mut parts).await;
            }
            result
        }
        Err(_) => Err(broken(&ctx)),
    };
    answer(&ctx, &session, &headers, form, result).await
}

async fn save_from(state: &AppState, ctx: &Ctx, parts: &mut Multipart) -> Result<Done, AppError> {
    let wrong = |text: String| AppError::Invalid(FieldErrors::one("file", text));
    while let Some(field) = next(ctx, parts).await? {
        if field.name() != Some("file") || field.file_name().is_none_or(str::is_empty) {
            continue;
        }
        let mut image = BytesMut::new();
        let mut bytes = std::pin::pin!(chunks(field));
        while let Some(chunk) = bytes.next().await {
            image.extend_from_slice(&chunk.map_err(|_| wrong(ctx.t("documents-error-file-broken").to_owned()))?);
            if image.len() as u64 > portrait::LONGEST {
                return Err(wrong(ctx.t("account-error-portrait-size").to_owned()));
            }
        }
        portrait::save(ctx, &state.previewer, image.freeze()).await?;
        return Ok(Done::to(paths::ACCOUNT).saying(ctx.t("account-portrait-saved")));
    }
    Err(wrong(ctx.t("documents-error-file-missing").to_owned()))
}

/// `GET /portraits/{id}`: what somebody looks like. The browser asks each time whether it still may show it.
pub async fn show(Asker(ctx): Asker, Path(id): Path<String>, headers: HeaderMap) -> Response {
    if ctx.actor.is_anonymous() {
        return Redirect::to(&paths::with_next(paths::SIGN_IN, &ctx.path)).into_response();
    }
    serve(&ctx, &id, &headers).await.unwrap_or_else(|error| {
        StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
    })
}

async fn serve(ctx: &Ctx, id: &str, headers: &HeaderMap) -> Result<Response, AppError> {
    let found = portrait::find(ctx, id.parse().map_err(|_| AppError::NotFound)?).await?;
    let etag = found.etag();
    let mut response = Response::new(Body::empty());
    let answer = response.headers_mut();
    answer.insert(ETAG, HeaderValue::from_str(&etag).map_err(|_| AppError::Internal)?);
    answer.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if headers.get(IF_NONE_MATCH).and_then(|v| v.to_str().ok()).is_some_and(|v| matches(v, &etag)) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    let png = portrait::png(ctx, &found).await?;
    answer.insert(CONTENT_TYPE, HeaderValue::from_static("image/png"));
    answer.insert(CONTENT_LENGTH, HeaderValue::from(png.len()));
    let policy = "sandbox; default-src 'none'; frame-ancestors 'none'";
    answer.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    *response.body_mut() = Body::from(png);
    Ok(response)
}
