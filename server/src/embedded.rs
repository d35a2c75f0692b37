//! Style, browser half, icons: embedded, precompressed, kept by browsers for ever because the content hash is in
//! their address.

use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$KONTOR_SITE"]
struct Site;

/// Of all embedded files.
pub const HASH: &str = env!("SITE_HASH");

/// `/assets/{hash}/{path}`: another hash is another version's page asking; it gets this version's file, uncached.
pub async fn asset(Path((hash, path)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let accepts =
        |name: &str| accepted.split(',').any(|e| e.trim().split(';').next() == Some(name) && !e.contains("q=0"));
    let found = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(name, _)| accepts(name))
        .find_map(|(name, suffix)| Site::get(&format!("{path}{suffix}")).map(|file| (file, Some(name))))
        .or_else(|| Site::get(&path).map(|file| (file, None)));
    let Some((file, encoding)) = found.filter(|_| !path.ends_with(".br") && !path.ends_with(".gz")) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let media = media_type(&path);
    let cache = if hash == HASH { "public, max-age=31536000, immutable" } else { "no-store" };
    let mut response = file.data.into_response();
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, axum::http::HeaderValue::from_static(media));
    out.insert(CACHE_CONTROL, axum::http::HeaderValue::from_static(cache));
    out.insert(VARY, axum::http::HeaderValue::from_static("Accept-Encoding"));
    if let Some(encoding) = encoding {
        out.insert(CONTENT_ENCODING, axum::http::HeaderValue::from_static(encoding));
    }
    response
}

const WORKER: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../public/sw.js"));

/// `/sw.js`: the worker that shows what the portal tells while it is closed. Its address says what it is for, all of the
/// portal, and never changes; what it may do is said here and not by a page: ask the portal, and nobody else.
pub async fn worker() -> Response {
    let headers = [
        (CONTENT_TYPE, media_type("sw.js")),
        // Browsers ask for it again and again, and take what has changed.
        (CACHE_CONTROL, "no-cache"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; connect-src 'self'"),
    ];
    (headers, WORKER).into_response()
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
