//! `POST /documents/archive`: the chosen documents as one zip file, streamed.

use app::ctx::Ctx;
use app::documents::archive;
use app::error::AppError;
use app::files::disposition;
use app::flash::Flash;
use app::ids::DocumentId;
use app::paths;
use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use tower_sessions::Session;

use crate::layers::ctx::Asker;

/// What the boxes of a list sent.
fn ids(body: &[u8]) -> Result<Vec<DocumentId>, AppError> {
    let chosen = url::form_urlencoded::parse(body).filter(|(name, _)| name == "ids");
    chosen.map(|(_, id)| id.parse().map_err(|_| AppError::NotFound)).collect()
}

/// Where the list stands that somebody chose from.
fn list(ctx: &Ctx) -> &'static str {
    if ctx.actor.staff().is_some() { paths::STAFF_DOCUMENTS } else { paths::DOCUMENTS }
}

/// For a page's reader: what is wrong is said on the list.
pub async fn of_form(Asker(ctx): Asker, session: Session, body: Bytes) -> Response {
    if ctx.actor.is_anonymous() {
        let to = paths::with_next(paths::SIGN_IN, paths::DOCUMENTS);
        return Redirect::to(&to).into_response();
    }
    let made = async {
        let ids = ids(&body)?;
        serve(&ctx, &ids).await
    };
    match made.await {
        Ok(response) => response,
        Err(AppError::Invalid(errors)) => {
            let problem = errors.get("ids").map(str::to_owned);
            Flash { problem, ..Flash::default() }.put(&session).await;
            Redirect::to(list(&ctx)).into_response()
        }
        Err(error) => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response(),
    }
}

/// The zip file, for pages and REST alike.
pub async fn serve(ctx: &Ctx, ids: &[DocumentId]) -> Result<Response, AppError> {
    let stream = archive::open(ctx, ids).await?.stream(ctx).await?;
    let day = ctx.now().timestamp().to_zoned(ctx.zone.clone()).date();
    let name = format!("{} {day}.zip", ctx.t("nav-documents"));
    let mut response = Response::new(Body::from_stream(stream));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    if let Ok(value) = HeaderValue::from_str(&disposition(&name)) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    let policy = HeaderValue::from_static("sandbox; default-src 'none'; frame-ancestors 'none'");
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}
