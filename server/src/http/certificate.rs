//! `GET /approvals/{id}/certificate.pdf` and `.json`: what proves a decision, to be kept elsewhere.

use app::approvals::certificate::{self, Signed};
use app::ctx::Ctx;
use app::error::AppError;
use app::files::disposition;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::layers::ctx::Asker;

/// How a certificate is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// For people.
    Pdf,
    /// For programs.
    Json,
}

/// Serves the PDF.
pub async fn pdf(Asker(ctx): Asker, Path(id): Path<String>) -> Response {
    answer(&ctx, &id, Kind::Pdf).await
}

/// Serves the JSON.
pub async fn json(Asker(ctx): Asker, Path(id): Path<String>) -> Response {
    answer(&ctx, &id, Kind::Json).await
}

async fn answer(ctx: &Ctx, id: &str, kind: Kind) -> Response {
    if ctx.actor.is_anonymous() {
        return Redirect::to(&app::paths::with_next(app::paths::SIGN_IN, &ctx.path)).into_response();
    }
    serve(ctx, id, kind).await.unwrap_or_else(|error| {
        StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
    })
}

/// Issues a certificate as a file, for pages and REST alike.
pub async fn serve(ctx: &Ctx, id: &str, kind: Kind) -> Result<Response, AppError> {
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let signed = certificate::issue(ctx, id).await?;
    let (bytes, media_type, extension) = match kind {
        Kind::Pdf => (certificate::pdf(ctx, &signed).await?, "application/pdf", "pdf"),
        Kind::Json => (certificate::json(&signed)?, "application/json", "json"),
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if let Ok(value) = HeaderValue::from_str(&disposition(&name(&signed, extension))) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// As the document's own file is called, with what this is.
fn name(signed: &Signed, extension: &str) -> String {
    let paper = &signed.certificate.document;
    let stem = paper.file_name.rsplit_once('.').map_or(paper.file_name.as_str(), |(stem, _)| stem);
    format!("{stem}-v{}-certificate.{extension}", paper.version)
}
