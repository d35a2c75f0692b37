//! Tells whatever runs inside a request where it came from and on what, and gives a browser that has signed in the
//! cookie it is recognised by next time.

use std::net::IpAddr;

use app::sign_in::origin::{DEVICE_COOKIE, Origin, within};
use axum::extract::{Request, State};
use axum::http::header::{FORWARDED, SET_COOKIE, USER_AGENT, VIA};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;

use crate::state::AppState;

use super::ctx::{cookie, header, peer, sender};

/// What a page says that fetches itself again (`public/live.js`).
const BY_ITSELF: &str = "x-kontor-by-itself";
/// How long a browser is recognised, in seconds: a year.
const REMEMBERED: u32 = 365 * 24 * 3600;

/// Whether anybody but our own proxies has passed the request on.
fn proxied(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> bool {
    if !trusted.contains(&peer) {
        return [&VIA, &FORWARDED].into_iter().any(|name| headers.contains_key(name))
            || headers.contains_key("x-forwarded-for");
    }
    let hops = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let foreign = |hop: &&str| !hop.trim().parse().is_ok_and(|address| trusted.contains(&address));
    hops.flat_map(|value| value.split(',')).filter(foreign).count() > 1
}

/// Runs the request with its origin known.
pub async fn origin(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (peer, headers) = (peer(&request), request.headers());
    let trusted = &state.config.trusted_proxies;
    let device = header(headers, &USER_AGENT).unwrap_or_default();
    let mut origin = Origin::new(
        device,
        sender(peer, headers, trusted),
        proxied(peer, headers, trusted),
        cookie(headers, DEVICE_COOKIE),
    );
    origin.by_itself = request.method() == Method::GET && headers.contains_key(BY_ITSELF);
    let (mut response, remember) = within(origin, next.run(request)).await;
    if let Some(token) = remember {
        let secure = if state.portal.secure { "; Secure" } else { "" };
        let cookie = format!("{DEVICE_COOKIE}={token}; Path=/; Max-Age={REMEMBERED}; SameSite=Lax; HttpOnly{secure}");
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(SET_COOKIE, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_proxy_is_not_somebody_else_s() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let ours = [ip("10.0.0.1"), ip("10.0.0.2")];
        let headers = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", value.parse().unwrap());
            headers
        };
        assert!(!proxied(ip("198.51.100.1"), &HeaderMap::new(), &ours));
        assert!(proxied(ip("198.51.100.1"), &headers("203.0.113.9"), &ours), "they say so themselves");
        assert!(!proxied(ip("10.0.0.1"), &headers("203.0.113.9, 10.0.0.2"), &ours));
        assert!(proxied(ip("10.0.0.1"), &headers("192.168.1.4, 203.0.113.9"), &ours));
    }
}
