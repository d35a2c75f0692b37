//! Files to import, from the form; and what became of their rows, as CSV.

use app::ctx::Ctx;
use app::doors::{Done, Form};
use app::error::{AppError, FieldErrors};
use app::files::FileName;
use app::ids::ImportId;
use app::imports::kind::Kind;
use app::imports::mapping::Mapping;
use app::imports::model::{Options, RunRow, Source};
use app::imports::service::{self, NewImport};
use app::paths;
use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use tower_sessions::Session;

use super::csv;
use super::upload::{answer, broken, chunks, drain, next, text, too_large};
use crate::layers::ctx::Asker;

/// Rows read at once: memory does not grow with the report.
const BATCH: i64 = 500;

/// `POST /staff/imports`: a file to look through.
pub async fn receive(
    Asker(ctx): Asker,
    session: Session,
    headers: HeaderMap,
    multipart: Result<Multipart, MultipartRejection>,
) -> Response {
    let mut form = Form::on("new-import", paths::STAFF_IMPORTS);
    // Who may import nothing is answered before a byte of the body is read.
    if let Err(error) = service::check(&ctx) {
        return answer(&ctx, &session, &headers, form, Err(error)).await;
    }
    let result = match multipart {
        Ok(mut parts) => {
            let result = receive_from(&ctx, &mut parts, &mut form).await;
            if result.is_err() {
                drain(&mut parts).await;
            }
            result
        }
        Err(_) => Err(broken(&ctx)),
    };
    answer(&ctx, &session, &headers, form, result).await
}

async fn receive_from(ctx: &Ctx, parts: &mut Multipart, form: &mut Form) -> Result<Done, AppError> {
    let [mut kind, mut currency, mut invite, mut publish] = <[String; 4]>::default();
    while let Some(field) = next(ctx, parts).await? {
        match field.name().unwrap_or_default() {
            "kind" => kind = text(ctx, field).await?,
            "currency" => currency = text(ctx, field).await?,
            "invite" => invite = text(ctx, field).await?,
            "publish" => publish = text(ctx, field).await?,
            "file" => {
                *form = form
                    .clone()
                    .value("kind", &kind)
                    .value("currency", &currency)
                    .value("invite", &invite)
                    .value("publish", &publish);
                if field.file_name().is_none_or(str::is_empty) {
                    break;
                }
                let kind = Kind::parse(&kind)
                    .ok_or_else(|| AppError::Invalid(FieldErrors::one("kind", ctx.t("imports-error-kind"))))?;
                let new = NewImport {
                    kind,
                    name: FileName::parse(field.file_name().unwrap_or_default()),
                    source: Source::Page,
                    mapping: Mapping::default(),
                    options: Options {
                        currency: service::currency(ctx, &currency)?,
                        invite: invite == "yes",
                        publish: publish == "yes",
                        ..Options::default()
                    },
                    start: false,
                };
                let id = service::receive(ctx, new, chunks(field)).await.map_err(|e| too_large(ctx, e))?;
                return Ok(Done::to(paths::staff_import(id)));
            }
            _ => {}
        }
    }
    Err(AppError::Invalid(FieldErrors::one("file", ctx.t("documents-error-file-missing"))))
}

/// `GET /staff/imports/{id}/report.csv`: what became of its rows.
pub async fn report(Asker(ctx): Asker, Path(id): Path<String>) -> Response {
    if ctx.actor.is_anonymous() {
        let to = paths::with_next(paths::SIGN_IN, paths::STAFF_IMPORTS);
        return Redirect::to(&to).into_response();
    }
    serve(ctx, &id).await.unwrap_or_else(|error| {
        StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
    })
}

/// The heading of a report.
pub const HEAD: [&str; 4] = ["line", "number", "result", "details"];

/// A line of a report.
pub fn line(row: &RunRow) -> String {
    csv::line(&[row.line.to_string(), row.number.clone(), row.result.clone(), row.detail().text()])
}

/// The report of a run, streamed.
pub async fn serve(ctx: Ctx, id: &str) -> Result<Response, AppError> {
    let id: ImportId = id.parse().map_err(|_| AppError::NotFound)?;
    let run = service::find(&ctx, id).await?;
    let head = csv::line(&HEAD.map(str::to_owned));
    let batches = futures::stream::try_unfold(Some((ctx, run, None, head)), |state| async move {
        let Some((ctx, run, after, mut text)) = state else { return Ok::<_, std::io::Error>(None) };
        let (rows, more) = service::rows(&ctx, &run, None, after, BATCH).await.map_err(std::io::Error::other)?;
        rows.iter().for_each(|row| text.push_str(&line(row)));
        let last = rows.last().map(|row| row.position);
        let next = more.then_some((ctx, run, last, String::new()));
        Ok(Some((Bytes::from(text), next)))
    });
    let mut response = Response::new(Body::from_stream(batches));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"import.csv\""));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}
