//! Files in, from forms: the fields first, the policy, then the bytes as they arrive.
//!
//! Without JavaScript the browser follows the 303. The upload island asks for JSON and gets the same target in
//! `X-Location`, because it must change the page as a whole.

use std::time::Duration;

use app::ctx::Ctx;
use app::documents::model::{Category, NewDocument};
use app::documents::service::{self, Seen};
use app::documents::upload::{self, Incoming, add_version, create_with_file};
use app::doors::{Done, Form};
use app::error::{AppError, FieldErrors};
use app::files::{FileName, until_silent};
use app::i18n::format;
use app::ids::DocumentId;
use app::paths;
use app::requests::service as requests;
use axum::extract::Path;
use axum::extract::multipart::{Field, Multipart, MultipartRejection};
use axum::http::header::{ACCEPT, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::{Stream, StreamExt as _};
use tower_sessions::Session;

use crate::layers::ctx::Asker;

/// A sender who is silent for this long has gone.
const SILENCE: Duration = Duration::from_secs(30);
/// What is read and thrown away of a refused upload, so that the browser sees the answer and not a broken line.
const DRAIN: usize = 64 * 1024 * 1024;
/// The longest text field.
const FIELD: usize = 64 * 1024;

/// `POST /staff/documents`: a draft with its first version.
pub async fn create(
    Asker(ctx): Asker,
    session: Session,
    headers: HeaderMap,
    multipart: Result<Multipart, MultipartRejection>,
) -> Response {
    let mut form = Form::on("new-document", paths::STAFF_DOCUMENT_NEW);
    // Who may make nothing is answered before a byte of the body is read.
    if let Err(error) = service::check_creator(&ctx) {
        return answer(&ctx, &session, &headers, form, Err(error)).await;
    }
    let result = match multipart {
        Ok(mut parts) => {
            let result = create_from(&ctx, &mut parts, &mut form).await;
            if result.is_err() {
                drain(&mut parts).await;
            }
            result
        }
        Err(_) => Err(broken(&ctx)),
    };
    answer(&ctx, &session, &headers, form, result).await
}

/// `POST /staff/documents/{id}/versions`: the next version.
pub async fn version(
    Asker(ctx): Asker,
    session: Session,
    Path(id): Path<String>,
    headers: HeaderMap,
    multipart: Result<Multipart, MultipartRejection>,
) -> Response {
    let page = id.parse().map_or_else(|_| paths::STAFF_DOCUMENTS.to_owned(), paths::staff_document);
    let mut form = Form::on("new-version", page.clone());
    let result = match multipart {
        Ok(mut parts) => {
            let result = version_from(&ctx, &id, &mut parts, &mut form).await;
            if result.is_err() {
                drain(&mut parts).await;
            }
            result.map(|()| Done::to(page).saying(ctx.t("documents-version-added")))
        }
        Err(_) => Err(broken(&ctx)),
    };
    answer(&ctx, &session, &headers, form, result).await
}

/// The fields of the form that brings a version back.
#[derive(serde::Deserialize)]
pub struct Restore {
    #[serde(default)]
    revision: String,
    #[serde(default)]
    number: String,
}

/// `POST /staff/documents/{id}/restore`: an older version becomes the newest.
pub async fn restore(
    Asker(ctx): Asker,
    session: Session,
    Path(id): Path<String>,
    headers: HeaderMap,
    fields: Result<axum::Form<Restore>, axum::extract::rejection::FormRejection>,
) -> Response {
    let page = id.parse().map_or_else(|_| paths::STAFF_DOCUMENTS.to_owned(), paths::staff_document);
    let form = Form::on("restore", page.clone());
    let restored = async {
        if ctx.actor.is_anonymous() {
            return Err(AppError::Unauthenticated);
        }
        let axum::Form(Restore { revision, number }) = fields.map_err(|_| AppError::BadRequest("form".to_owned()))?;
        let id = id.parse().map_err(|_| AppError::NotFound)?;
        let number: i64 = number.parse().map_err(|_| AppError::NotFound)?;
        let revision = revision.parse().map_err(|_| AppError::BadRequest("revision".to_owned()))?;
        let seen = Seen { revision: Some(revision), form: true, ..Seen::default() };
        let version = upload::restore(&ctx, id, number, &seen).await?;
        let text = ctx.with("documents-restored-toast", &[("old", number.into()), ("new", version.number.into())]);
        Ok(Done::to(page).saying(text))
    };
    let result = restored.await;
    answer(&ctx, &session, &headers, form, result).await
}

/// `POST /requests/{id}/file`: what a customer was asked for.
pub async fn answer_request(
    Asker(ctx): Asker,
    session: Session,
    Path(id): Path<String>,
    headers: HeaderMap,
    multipart: Result<Multipart, MultipartRejection>,
) -> Response {
    let page = id.parse().map_or_else(|_| paths::HOME.to_owned(), paths::request);
    let mut form = Form::on("answer", page.clone());
    let result = match multipart {
        Ok(mut parts) => {
            let result = answer_from(&ctx, &id, &mut parts, &mut form).await;
            if result.is_err() {
                drain(&mut parts).await;
            }
            result.map(|()| Done::to(page).saying(ctx.t("requests-sent-toast")))
        }
        Err(_) => Err(broken(&ctx)),
    };
    answer(&ctx, &session, &headers, form, result).await
}

async fn answer_from(ctx: &Ctx, id: &str, parts: &mut Multipart, form: &mut Form) -> Result<(), AppError> {
    let granted = requests::grant_answer(ctx, id.parse().map_err(|_| AppError::NotFound)?).await?;
    let mut note = String::new();
    while let Some(field) = next(ctx, parts).await? {
        match field.name().unwrap_or_default() {
            "note" => {
                note = text(ctx, field).await?;
                *form = form.clone().value("note", &note);
            }
            "file" => {
                if field.file_name().is_none_or(str::is_empty) {
                    break;
                }
                let name = FileName::parse(field.file_name().unwrap_or_default());
                let file = Incoming { name: &name, note: &note };
                requests::answer(ctx, granted, file, chunks(field)).await.map_err(|e| too_large(ctx, e))?;
                return Ok(());
            }
            _ => {}
        }
    }
    Err(AppError::Invalid(FieldErrors::one("file", ctx.t("documents-error-file-missing"))))
}

async fn create_from(ctx: &Ctx, parts: &mut Multipart, form: &mut Form) -> Result<Done, AppError> {
    let (mut organisation, mut category, mut title) = (String::new(), String::new(), String::new());
    while let Some(field) = next(ctx, parts).await? {
        match field.name().unwrap_or_default() {
            "organisation_id" => organisation = text(ctx, field).await?,
            "category" => category = text(ctx, field).await?,
            "title" => title = text(ctx, field).await?,
            "file" => {
                let name = FileName::parse(field.file_name().unwrap_or_default());
                *form = form
                    .clone()
                    .value("organisation_id", &organisation)
                    .value("category", &category)
                    .value("title", &title);
                let chosen = field.file_name().is_some_and(|name| !name.is_empty());
                let new = parse(ctx, &organisation, &category, &title, &name, chosen)?;
                let granted = upload::grant_draft(ctx, new).await?;
                let id = create_with_file(ctx, granted, &name, chunks(field)).await.map_err(|e| too_large(ctx, e))?;
                return Ok(Done::to(paths::staff_document_publish(id)).saying(ctx.t("documents-draft-saved")));
            }
            _ => {}
        }
    }
    Err(AppError::Invalid(FieldErrors::one("file", ctx.t("documents-error-file-missing"))))
}

fn parse(
    ctx: &Ctx,
    organisation: &str,
    category: &str,
    title: &str,
    name: &FileName,
    chosen: bool,
) -> Result<NewDocument, AppError> {
    let mut errors = FieldErrors::default();
    let organisation_id = organisation.parse().ok();
    if organisation_id.is_none() {
        errors.add("organisation_id", ctx.t("documents-error-organisation"));
    }
    let category = Category::parse(category);
    if category.is_none() {
        errors.add("category", ctx.t("documents-error-category"));
    }
    if !chosen {
        errors.add("file", ctx.t("documents-error-file-missing"));
    }
    match (organisation_id, category) {
        (Some(organisation_id), Some(category)) if errors.is_empty() => {
            let title = if title.trim().is_empty() { name.stem() } else { title };
            Ok(NewDocument { organisation_id, title: title.to_owned(), category })
        }
        _ => Err(AppError::Invalid(errors)),
    }
}

async fn version_from(ctx: &Ctx, id: &str, parts: &mut Multipart, form: &mut Form) -> Result<(), AppError> {
    let id: DocumentId = id.parse().map_err(|_| AppError::NotFound)?;
    let granted = upload::grant_version(ctx, id).await?;
    let mut note = String::new();
    while let Some(field) = next(ctx, parts).await? {
        match field.name().unwrap_or_default() {
            "note" => {
                note = text(ctx, field).await?;
                *form = form.clone().value("note", &note);
            }
            "file" => {
                if field.file_name().is_none_or(str::is_empty) {
                    break;
                }
                let name = FileName::parse(field.file_name().unwrap_or_default());
                let file = Incoming { name: &name, note: &note };
                add_version(ctx, granted, file, chunks(field)).await.map_err(|e| too_large(ctx, e))?;
                return Ok(());
            }
            _ => {}
        }
    }
    Err(AppError::Invalid(FieldErrors::one("file", ctx.t("documents-error-file-missing"))))
}

/// On a form, "too large" stands beside the file.
pub(super) fn too_large(ctx: &Ctx, error: AppError) -> AppError {
    match error {
        AppError::TooLarge(limit) => {
            let size = format::size(ctx.locale, i64::try_from(limit).unwrap_or(i64::MAX));
            let text = ctx.with("documents-error-file-large", &[("size", size.into())]);
            AppError::Invalid(FieldErrors::one("file", text))
        }
        other => other,
    }
}

/// A body that is no form, or stops in the middle.
pub fn broken(ctx: &Ctx) -> AppError {
    AppError::Invalid(FieldErrors::one("file", ctx.t("documents-error-file-broken")))
}

/// The next field of a form; a sender who falls silent has broken off.
pub async fn next<'a>(ctx: &Ctx, parts: &'a mut Multipart) -> Result<Option<Field<'a>>, AppError> {
    within(ctx, parts.next_field()).await
}

/// What the sender sends next; one who falls silent has broken off.
async fn within<T, E>(ctx: &Ctx, part: impl Future<Output = Result<T, E>>) -> Result<T, AppError> {
    match tokio::time::timeout(SILENCE, part).await {
        Ok(Ok(value)) => Ok(value),
        _ => Err(broken(ctx)),
    }
}

/// A text field, as far as it is not too long.
pub async fn text(ctx: &Ctx, mut field: Field<'_>) -> Result<String, AppError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = within(ctx, field.chunk()).await? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > FIELD {
            return Err(AppError::TooLarge(FIELD as u64));
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The bytes of a field, with a limit on silence.
pub fn chunks<E: std::fmt::Display>(
    stream: impl Stream<Item = Result<Bytes, E>>,
) -> impl Stream<Item = Result<Bytes, String>> {
    until_silent(SILENCE, stream.map(|chunk| chunk.map_err(|e| e.to_string())), || "the sender fell silent".to_owned())
}

pub(super) async fn drain(parts: &mut Multipart) {
    let all = async {
        let mut seen = 0;
        while let Ok(Some(mut field)) = parts.next_field().await {
            while let Ok(Some(chunk)) = field.chunk().await {
                seen += chunk.len();
                if seen > DRAIN {
                    return;
                }
            }
        }
    };
    let _ = tokio::time::timeout(Duration::from_secs(10), all).await;
}

pub(super) async fn answer(
    ctx: &Ctx,
    session: &Session,
    headers: &HeaderMap,
    form: Form,
    result: Result<Done, AppError>,
) -> Response {
    match form.outcome(ctx, result) {
        Ok((path, flash)) => {
            if let Some(flash) = flash {
                flash.put(session).await;
            }
            let path = paths::own_path(&path, paths::HOME).to_owned();
            let Ok(location) = HeaderValue::from_str(&path) else {
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            };
            let island = headers.get(ACCEPT).is_some_and(|v| v.as_bytes() == b"application/json");
            if island {
                return ([(HeaderName::from_static("x-location"), location)], "{}").into_response();
            }
            (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
        }
        Err(error) => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response(),
    }
}
