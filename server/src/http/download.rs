//! Files out: streamed, with ranges, and with headers that keep a browser from doing anything but saving them.

use std::ops::Range;

use app::documents::read::{self, OpenVersion};
use app::error::AppError;
use app::files::{Link, disposition, served_type};
use app::ids::DocumentId;
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, ETAG, IF_NONE_MATCH, IF_RANGE, LOCATION, RANGE, REFERRER_POLICY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::layers::ctx::Asker;

/// `GET /documents/{id}/versions/{number}/content`: for a page's reader. Errors become error pages.
pub async fn content(
    Asker(ctx): Asker,
    Path((id, number)): Path<(String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    if ctx.actor.is_anonymous() {
        let next = utf8_percent_encode(&ctx.path, NON_ALPHANUMERIC).to_string();
        return axum::response::Redirect::to(&format!("{}?next={next}", app::paths::SIGN_IN)).into_response();
    }
    let door = if wants_page(&headers) { Door::Reader } else { Door::Program };
    serve(&ctx, door, &id, &number, &method, &headers).await.unwrap_or_else(|error| {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        if let AppError::RangeNotSatisfiable(size) = error
            && let Ok(value) = HeaderValue::from_str(&format!("bytes */{size}"))
        {
            response.headers_mut().insert(CONTENT_RANGE, value);
        }
        response
    })
}

/// A script may not follow to another host, and is not sent there.
fn wants_page(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-mode").is_none_or(|mode| mode == "navigate" || mode == "no-cors")
}

/// Who is at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// A browser that follows where it is sent: to the store, where that gives out links.
    Reader,
    /// A program, for which the contract says that the bytes come from here.
    Program,
}

/// Serves one version, for pages and REST alike.
pub async fn serve(
    ctx: &app::ctx::Ctx,
    door: Door,
    id: &str,
    number: &str,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Response, AppError> {
    let id: DocumentId = id.parse().map_err(|_| AppError::NotFound)?;
    let number: i64 = number.parse().map_err(|_| AppError::NotFound)?;
    let open = read::open(ctx, id, number).await?;
    let size = u64::try_from(open.version.size).unwrap_or(0);
    let etag = format!("\"{}\"", open.version.sha256_hex());
    let mut response = Response::new(Body::empty());
    facts(&mut response, &open, &etag);
    if headers.get(IF_NONE_MATCH).and_then(|v| v.to_str().ok()).is_some_and(|v| matches(v, &etag)) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    if door == Door::Reader
        && method == Method::GET
        && !headers.contains_key(RANGE)
        && let Some(link) = open.link(ctx).await?
    {
        return redirect(&link);
    }
    let unchanged = headers.get(IF_RANGE).is_none_or(|v| v.as_bytes() == etag.as_bytes());
    let range = headers.get(RANGE).and_then(|v| v.to_str().ok()).filter(|_| unchanged);
    let range = match range.map(|text| parse_range(text, size)) {
        None | Some(Parsed::Ignored) => None,
        Some(Parsed::Part(range)) => Some(range),
        Some(Parsed::Outside) => return Err(AppError::RangeNotSatisfiable(size)),
    };
    let length = range.as_ref().map_or(size, |r| r.end - r.start);
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    if let Some(range) = &range {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let text = format!("bytes {}-{}/{size}", range.start, range.end - 1);
        response.headers_mut().insert(CONTENT_RANGE, HeaderValue::from_str(&text).map_err(|_| AppError::Internal)?);
    }
    if method != Method::HEAD {
        *response.body_mut() = Body::from_stream(open.stream(ctx, range).await?);
    }
    Ok(response)
}

/// To the store, with nothing that could keep the link or tell where it was followed from.
fn redirect(link: &Link) -> Result<Response, AppError> {
    let mut location = HeaderValue::from_str(link.reveal()).map_err(|_| AppError::Internal)?;
    location.set_sensitive(true);
    let headers = [
        (LOCATION, location),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

fn facts(response: &mut Response, open: &OpenVersion, etag: &str) {
    let headers = response.headers_mut();
    let mut set = |name, text: &str| {
        if let Ok(value) = HeaderValue::from_str(text) {
            headers.insert(name, value);
        }
    };
    set(CONTENT_TYPE, served_type(&open.version.media_type));
    set(CONTENT_DISPOSITION, &disposition(&open.version.file_name));
    set(ETAG, etag);
    set(ACCEPT_RANGES, "bytes");
    set(CACHE_CONTROL, "private, no-store");
    set(CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'; frame-ancestors 'none'");
}

pub(crate) fn matches(header: &str, etag: &str) -> bool {
    header.split(',').map(str::trim).any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

#[derive(Debug, PartialEq, Eq)]
enum Parsed {
    Ignored,
    Part(Range<u64>),
    Outside,
}

/// One byte range (RFC 9110, 14). Several at once may be ignored by the standard, and are.
fn parse_range(text: &str, size: u64) -> Parsed {
    let Some(spec) = text.trim().strip_prefix("bytes=") else { return Parsed::Ignored };
    let Some((first, last)) = spec.split_once('-').filter(|_| !spec.contains(',')) else { return Parsed::Ignored };
    let number = |text: &str| text.trim().parse::<u64>().ok();
    match (first.trim(), last.trim()) {
        ("", suffix) => match number(suffix) {
            Some(0) => Parsed::Outside,
            Some(length) => Parsed::Part(size.saturating_sub(length)..size),
            None => Parsed::Ignored,
        },
        (first, last) => {
            let (Some(start), Some(end)) = (number(first), if last.is_empty() { Some(u64::MAX) } else { number(last) })
            else {
                return Parsed::Ignored;
            };
            if end < start {
                Parsed::Ignored
            } else if start >= size {
                Parsed::Outside
            } else {
                Parsed::Part(start..end.saturating_add(1).min(size))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        assert_eq!(parse_range("bytes=0-9", 100), Parsed::Part(0..10));
        assert_eq!(parse_range("bytes=90-", 100), Parsed::Part(90..100));
        assert_eq!(parse_range("bytes=-5", 100), Parsed::Part(95..100));
        assert_eq!(parse_range("bytes=-500", 100), Parsed::Part(0..100));
        assert_eq!(parse_range("bytes=50-5000", 100), Parsed::Part(50..100));
        assert_eq!(parse_range("bytes=100-", 100), Parsed::Outside);
        assert_eq!(parse_range("bytes=9-0", 100), Parsed::Ignored);
        assert_eq!(parse_range("bytes=0-1,5-6", 100), Parsed::Ignored);
        assert_eq!(parse_range("lines=1-2", 100), Parsed::Ignored);
        assert_eq!(parse_range("bytes=0-18446744073709551615", 100), Parsed::Part(0..100));
    }
}
