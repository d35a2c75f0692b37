//! The request that a page or a server function answers, and its response.

use axum::http::header::{CONTENT_SECURITY_POLICY, HeaderValue, LOCATION};
use axum::http::{StatusCode, request};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::ctx::Ctx;
use crate::paths;

/// The context of this request. Only these two functions look it up.
#[expect(clippy::disallowed_methods, reason = "the one place that looks the context up")]
pub fn ctx() -> Option<Ctx> {
    use_context::<Ctx>()
}

#[expect(clippy::disallowed_methods, reason = "the one place that looks the request up")]
pub(super) fn request() -> Option<request::Parts> {
    use_context::<request::Parts>()
}

#[expect(clippy::disallowed_methods, reason = "the one place that looks the response up")]
pub(super) fn response() -> ResponseOptions {
    use_context::<ResponseOptions>().unwrap_or_default()
}

/// Sets the content security policy of the page being rendered.
pub fn set_policy(policy: &str) {
    if let Ok(value) = HeaderValue::from_str(policy) {
        response().insert_header(CONTENT_SECURITY_POLICY, value);
    }
}

/// Leads the page being rendered somewhere else.
pub fn redirect_to(path: &str) {
    redirect(&response(), path);
}

/// 303 to one of our own paths.
pub(super) fn redirect(response: &ResponseOptions, path: &str) {
    let own = paths::own_path(path, paths::HOME);
    if let Ok(location) = HeaderValue::from_str(own) {
        response.insert_header(LOCATION, location);
        response.set_status(StatusCode::SEE_OTHER);
    }
}
