//! Calendar files: `GET /appointments/{id}/calendar.ics` for whoever has signed in, and `GET /calendar/{token}`, which
//! calendar programs ask again and again with nothing but the address.

use app::access::Actor;
use app::appointments::{feed, ics, service};
use app::ctx::Ctx;
use app::error::AppError;
use app::files::disposition;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::layers::ctx::Asker;
use crate::layers::request_id::RequestId;
use crate::state::AppState;

fn refused(error: &AppError) -> Response {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}

fn file(text: String, name: &str) -> Response {
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(ics::MEDIA_TYPE));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if let Ok(value) = HeaderValue::from_str(&disposition(name)) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    response
}

/// Serves one appointment.
pub async fn one(Asker(ctx): Asker, Path(id): Path<String>) -> Response {
    if ctx.actor.is_anonymous() {
        return Redirect::to(&app::paths::with_next(app::paths::SIGN_IN, &ctx.path)).into_response();
    }
    appointment(&ctx, &id).await.unwrap_or_else(|error| refused(&error))
}

/// One appointment as a file, for pages and REST alike.
pub async fn appointment(ctx: &Ctx, id: &str) -> Result<Response, AppError> {
    let row = service::find(ctx, id.parse().map_err(|_| AppError::NotFound)?).await?;
    let slots = service::slots(ctx, &row).await?;
    Ok(file(ics::one(ctx, &row, &slots), &format!("{}.ics", row.title)))
}

/// Serves the calendar behind an address. There is no cookie and no session here; the address is all there is.
pub async fn subscribed(
    State(state): State<AppState>,
    Path(token): Path<String>,
    request_id: Option<axum::Extension<RequestId>>,
) -> Response {
    let request_id = request_id.map_or_else(|| "".into(), |axum::Extension(RequestId(id))| id);
    let ctx = state.ctx(Actor::anonymous(), &request_id);
    ctx.portal.refresh(&ctx.db, ctx.now()).await;
    let Some(token) = token.strip_suffix(".ics") else { return refused(&AppError::NotFound) };
    match feed::read(&ctx, token).await {
        Ok(text) => file(text, "calendar.ics"),
        Err(error) => refused(&error),
    }
}
