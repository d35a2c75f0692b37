//! Files in, in parts: tus 1.0 (<https://tus.io/protocols/resumable-upload>) with creation, expiration, checksum and
//! termination. What happens with the bytes stands in `app/src/uploads`.

use app::ctx::Ctx;
use app::error::AppError;
use app::flash::Flash;
use app::i18n::format;
use app::ids::UploadId;
use app::paths;
use app::uploads::model::{Kind, Upload};
use app::uploads::{Refused, service};
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use tower_sessions::Session;

use super::tus_headers::{ALGORITHMS, EXTENSIONS, VERSION, checksum, new_upload, number};
use super::upload::chunks;
use crate::layers::ctx::Asker;
use crate::layers::error_pages::Finished;
use crate::state::AppState;

const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
/// Not the checksum that was announced; the protocol's own status.
const MISMATCH: u16 = 460;

/// An answer of this protocol; words are for people.
fn answer(status: u16, words: impl Into<String>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let words = words.into();
    let mut response = match words.is_empty() {
        true => status.into_response(),
        false => {
            (status, [(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))], words).into_response()
        }
    };
    response.headers_mut().insert(RESUMABLE, HeaderValue::from_static(VERSION));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.extensions_mut().insert(Finished);
    response
}

/// What is wrong, in the reader's language.
fn words(ctx: &Ctx, error: &AppError) -> String {
    match error {
        AppError::Invalid(errors) => errors.iter().map(|(_, text)| text).collect::<Vec<_>>().join(" "),
        AppError::Conflict(text) | AppError::Quarantined(text) => text.clone(),
        AppError::TooLarge(limit) => {
            let size = format::size(ctx.locale, i64::try_from(*limit).unwrap_or(i64::MAX));
            ctx.with("documents-error-file-large", &[("size", size.into())])
        }
        AppError::RateLimited(_) => ctx.t("upload-too-many").to_owned(),
        AppError::Unavailable | AppError::Internal => ctx.t("upload-failed").to_owned(),
        _ => ctx.t("upload-refused").to_owned(),
    }
}

fn refuse(ctx: &Ctx, error: &AppError) -> Response {
    let mut response = answer(error.status(), words(ctx, error));
    let wait = match error {
        AppError::RateLimited(seconds) => *seconds,
        AppError::Unavailable => 10,
        _ => return response,
    };
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait));
    response
}

fn refused(ctx: &Ctx, refused: Refused) -> Response {
    match refused {
        Refused::App(error) => refuse(ctx, &error),
        Refused::Offset => answer(409, ctx.t("upload-offset")),
        Refused::Expired => answer(410, ctx.t("upload-expired")),
        Refused::Locked => answer(423, ctx.t("upload-locked")),
        Refused::Checksum => answer(MISMATCH, ctx.t("upload-checksum")),
    }
}

/// Who asks, and in which version of the protocol.
fn check(ctx: &Ctx, headers: &HeaderMap) -> Result<(), Response> {
    service::check_sender(ctx).map_err(|error| refuse(ctx, &error))?;
    if headers.get(RESUMABLE).is_some_and(|version| version.as_bytes() == VERSION.as_bytes()) {
        return Ok(());
    }
    let mut response = answer(412, "");
    response.headers_mut().insert(HeaderName::from_static("tus-version"), HeaderValue::from_static(VERSION));
    Err(response)
}

fn parse(id: &str) -> Result<UploadId, AppError> {
    id.parse().map_err(|_| AppError::NotFound)
}

/// The moment as HTTP writes it.
fn http_date(at: app::time::Instant) -> Option<HeaderValue> {
    let text = at.timestamp().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    HeaderValue::from_str(&text).ok()
}

/// How far an upload is, until when it waits, and what has become of it.
fn with_state(mut response: Response, upload: &Upload) -> Response {
    let headers = response.headers_mut();
    headers.insert(OFFSET, HeaderValue::from(upload.received));
    match upload.location().map(|path| HeaderValue::from_str(&path)) {
        Some(Ok(path)) => {
            headers.insert(LOCATION, path);
        }
        _ => {
            if let Some(at) = http_date(upload.expires_at) {
                headers.insert(EXPIRES, at);
            }
        }
    }
    response
}

/// `OPTIONS /uploads`: what is spoken here.
pub async fn options(State(state): State<AppState>) -> Response {
    let mut response = answer(204, "");
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("tus-version"), HeaderValue::from_static(VERSION));
    headers.insert(HeaderName::from_static("tus-extension"), HeaderValue::from_static(EXTENSIONS));
    headers.insert(HeaderName::from_static("tus-checksum-algorithm"), HeaderValue::from_static(ALGORITHMS));
    headers.insert(HeaderName::from_static("tus-max-size"), HeaderValue::from(state.portal.upload_limit));
    response
}

/// `POST /uploads`: begins an upload.
pub async fn create(Asker(ctx): Asker, headers: HeaderMap) -> Response {
    if let Err(response) = check(&ctx, &headers) {
        return response;
    }
    let Some(length) = number(&headers, "upload-length") else {
        return refuse(&ctx, &AppError::BadRequest("Upload-Length".to_owned()));
    };
    let Some(new) = new_upload(&headers, length) else {
        return refuse(&ctx, &AppError::BadRequest("Upload-Metadata".to_owned()));
    };
    match service::begin(&ctx, new).await {
        Ok(upload) => {
            let mut response = with_state(answer(201, ""), &upload);
            if let Ok(value) = HeaderValue::from_str(&format!("{}/{}", paths::UPLOADS, upload.id)) {
                response.headers_mut().insert(LOCATION, value);
            }
            response
        }
        Err(error) => refuse(&ctx, &error),
    }
}

/// `HEAD /uploads/{id}`: how far it is.
pub async fn look(Asker(ctx): Asker, Path(id): Path<String>, headers: HeaderMap) -> Response {
    if let Err(response) = check(&ctx, &headers) {
        return response;
    }
    let found = async { service::find(&ctx, parse(&id)?).await };
    match found.await {
        Ok(upload) if upload.result_id.is_none() && service::is_expired(&ctx, &upload) => {
            refused(&ctx, Refused::Expired)
        }
        Ok(upload) => {
            let mut response = with_state(answer(200, ""), &upload);
            response.headers_mut().insert(LENGTH, HeaderValue::from(upload.length));
            response
        }
        Err(error) => refuse(&ctx, &error),
    }
}

/// What the next page says of a file that is there.
const fn toast(kind: Kind) -> &'static str {
    match kind {
        Kind::Request => "requests-sent-toast",
        Kind::Category => "arrivals-sent",
        Kind::Draft => "documents-draft-saved",
        Kind::Version => "documents-version-added",
    }
}

/// `PATCH /uploads/{id}`: the bytes that follow.
pub async fn append(Asker(ctx): Asker, session: Session, Path(id): Path<String>, request: Request) -> Response {
    let headers = request.headers();
    if let Err(response) = check(&ctx, headers) {
        return response;
    }
    let kind = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    if kind != Some(b"application/offset+octet-stream") {
        return answer(415, "");
    }
    let offset = number(headers, "upload-offset").and_then(|offset| i64::try_from(offset).ok());
    let (Some(offset), Ok(checksum)) = (offset, checksum(headers)) else {
        return refuse(&ctx, &AppError::BadRequest("Upload-Offset".to_owned()));
    };
    let announced = number(headers, CONTENT_LENGTH.as_str());
    let id = match parse(&id) {
        Ok(id) => id,
        Err(error) => return refuse(&ctx, &error),
    };
    // What is longer than it may be is refused before it is read.
    match service::find(&ctx, id).await {
        Ok(upload) => {
            let left = u64::try_from(upload.length.saturating_sub(offset)).unwrap_or(0);
            if offset == upload.received && announced.is_some_and(|announced| announced > left) {
                return refuse(&ctx, &AppError::TooLarge(u64::try_from(upload.length).unwrap_or(0)));
            }
        }
        Err(error) => return refuse(&ctx, &error),
    }
    let body = chunks(request.into_body().into_data_stream());
    // On its own, so that what has come is kept and what was begun is ended when the sender has gone.
    let (work, kept) = (ctx.clone(), ctx);
    let task = tokio::spawn(async move { app::uploads::append(&work, id, offset, checksum, body).await });
    match task.await {
        Ok(Ok(upload)) => {
            if upload.result_id.is_some() {
                // The next page says it, as after a form.
                Flash { toast: Some(kept.t(toast(upload.target)).to_owned()), ..Flash::default() }.put(&session).await;
            }
            with_state(answer(204, ""), &upload)
        }
        Ok(Err(error)) => refused(&kept, error),
        Err(_) => refuse(&kept, &AppError::Internal),
    }
}

/// `DELETE /uploads/{id}`: gives it up.
pub async fn give_up(Asker(ctx): Asker, Path(id): Path<String>, headers: HeaderMap) -> Response {
    if let Err(response) = check(&ctx, &headers) {
        return response;
    }
    let given_up = async { service::give_up(&ctx, parse(&id)?).await };
    match given_up.await {
        Ok(()) => answer(204, ""),
        Err(error) => refuse(&ctx, &error),
    }
}

/// `POST /uploads/{id}`: for senders that can only `POST`, with the method they mean in a header.
pub async fn overridden(asker: Asker, session: Session, path: Path<String>, request: Request<Body>) -> Response {
    let method = request.headers().get("x-http-method-override").map(|value| value.as_bytes().to_vec());
    let headers = request.headers().clone();
    match method.as_deref() {
        Some(b"PATCH") => append(asker, session, path, request).await,
        Some(b"DELETE") => give_up(asker, path, headers).await,
        Some(b"HEAD") => look(asker, path, headers).await,
        _ => match check(&asker.0, &headers) {
            Ok(()) => answer(405, ""),
            Err(response) => response,
        },
    }
}
