//! Who asks: the session's person, or the token's owner under `/api`. Builds the [`Ctx`] every handler gets.

use std::net::{IpAddr, SocketAddr};

use app::access::{Actor, Via};
use app::account::server::{LANGUAGE_COOKIE, ORGANISATION_KEY};
use app::ctx::Ctx;
use app::error::{AppError, outage};
use app::i18n::Locale;
use app::ids::{OrganisationId, ViewId};
use app::sign_in::assurance::Assurance;
use app::sign_in::backend::AuthSession;
use app::sign_in::server::Sender;
use app::sign_in::{sessions, token};
use app::sso::enforce;
use app::sso::model::Through;
use app::view_as;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::api::problem::Problem;
use crate::state::AppState;

use super::request_id::RequestId;

pub(super) fn header<'a>(headers: &'a HeaderMap, name: &axum::http::HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The sender's address. `X-Forwarded-For` counts only from a configured proxy, and of it only what the nearest
/// proxy that is not ours wrote.
pub fn sender(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    if !trusted.contains(&peer) {
        return peer;
    }
    let forwarded: Vec<IpAddr> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map_while(|text| text.trim().parse().ok())
        .collect();
    forwarded.into_iter().rev().find(|address| !trusted.contains(address)).unwrap_or(peer)
}

/// For pages, server functions and file handlers: the session's person, or nobody.
pub async fn session_ctx(
    State(state): State<AppState>,
    auth: AuthSession,
    mut request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    let cookie_locale = cookie(headers, LANGUAGE_COOKIE).and_then(Locale::parse);
    let wanted = header(headers, &ACCEPT_LANGUAGE).and_then(Locale::negotiate);
    let path = request.uri().path().to_owned();
    let mut ctx = base(&state, &request);
    ctx.portal.refresh(&ctx.db, ctx.now()).await;
    let person = auth.user.clone();
    ctx.locale = person.as_ref().and_then(|p| p.locale).or(cookie_locale).or(wanted).unwrap_or_default();
    if let Some(person) = person {
        ctx.theme = person.theme.unwrap_or_default();
        ctx.zone = zone(&state, person.time_zone.as_deref());
        ctx.session = auth.session.get(sessions::KEY).await.ok().flatten();
        let assurance = Assurance::read(&auth.session).await;
        let hold = person.hold(&assurance);
        let through = match person.only_sso.is_empty() {
            true => None,
            false => auth.session.get(Through::KEY).await.ok().flatten(),
        };
        // A session from before single sign-on became the only way counts for nobody where nothing is left to see.
        if let Some(kind) = enforce::seen(&person, through.as_ref()) {
            ctx.assurance = Some(assurance);
            ctx.actor = Actor::person(kind, Via::Session).held(hold);
        }
        match view_as(ctx, &auth, request.method(), &path).await {
            Ok(looking) => ctx = looking,
            Err(response) => return *response,
        }
        let memberships = ctx.actor.memberships();
        if ctx.viewing.is_none() && !memberships.is_empty() {
            let asked = request.uri().query().and_then(asked_organisation);
            let mine = |id: &OrganisationId| memberships.iter().any(|m| m.organisation_id == *id);
            let chosen = match (memberships.len(), asked.filter(mine)) {
                (1, _) => None,
                (_, Some(asked)) => {
                    // Where it cannot be kept this page is right all the same.
                    let _: Result<(), _> = auth.session.insert(ORGANISATION_KEY, asked).await;
                    Some(asked)
                }
                (_, None) => auth.session.get(ORGANISATION_KEY).await.ok().flatten().filter(mine),
            };
            ctx.organisation = chosen.or(memberships.first().map(|m| m.organisation_id));
        }
    }
    run(ctx, &state, &mut request);
    let ctx = request.extensions().get::<Ctx>().cloned();
    let mut response = next.run(request).await;
    if let Some(ctx) = ctx {
        // For the error page outside.
        response.extensions_mut().insert(ctx);
    }
    response
}

/// The organisation that an address asks for: links of somebody who is in several say which one they mean.
fn asked_organisation(query: &str) -> Option<OrganisationId> {
    url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "organisation")?.1.parse().ok()
}

/// What staff who look as somebody else may still send: the way back, and the way out. There they are themselves.
const OWN_ACTS: [&str; 2] = ["/_fn/view_as/stop", "/_fn/sign_in/sign_out"];

/// The context of whoever is looked as, where this session looks as somebody; everything but reading is refused.
async fn view_as(ctx: Ctx, auth: &AuthSession, method: &axum::http::Method, path: &str) -> Result<Ctx, Box<Response>> {
    if ctx.actor.staff().is_none() || OWN_ACTS.contains(&path) {
        return Ok(ctx);
    }
    let id: Option<ViewId> = auth.session.get(view_as::KEY).await.ok().flatten();
    let Some(id) = id else { return Ok(ctx) };
    let answer = |ctx: Ctx, status: StatusCode| {
        let mut response = status.into_response();
        // For the error page outside.
        response.extensions_mut().insert(ctx);
        Box::new(response)
    };
    let looking = match view_as::service::resume(&ctx, id).await {
        Ok(looking) => looking,
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            return Err(answer(ctx, status));
        }
    };
    let Some(looking) = looking else {
        let _: Result<Option<ViewId>, _> = auth.session.remove(view_as::KEY).await;
        let toast = Some(ctx.t("view-as-over").to_owned());
        app::flash::Flash { toast, ..Default::default() }.put(&auth.session).await;
        return Err(Box::new(axum::response::Redirect::to(app::paths::STAFF).into_response()));
    };
    let reads = method == axum::http::Method::GET || method == axum::http::Method::HEAD;
    let credentials = path.starts_with("/account") || path.starts_with("/sign-in");
    if reads && !credentials { Ok(looking) } else { Err(answer(looking, StatusCode::FORBIDDEN)) }
}

/// For `/api`: the token's owner, never a cookie's.
pub async fn token_ctx(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let mut ctx = base(&state, &request);
    ctx.locale = header(request.headers(), &ACCEPT_LANGUAGE).and_then(Locale::negotiate).unwrap_or_default();
    let token = header(request.headers(), &AUTHORIZATION).and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
    });
    if let Some(token) = token {
        match token::actor(&state.db, token, state.clock.now()).await {
            Ok(Some((actor, person))) => {
                ctx.actor = actor;
                ctx.zone = zone(&state, person.time_zone.as_deref());
            }
            Ok(None) => return Problem::of(&AppError::Unauthenticated, &ctx.request_id).into_response(),
            Err(error) => {
                outage::note(&error);
                return Problem::of(&AppError::from(error), &ctx.request_id).into_response();
            }
        }
    }
    ctx.portal.refresh(&ctx.db, ctx.now()).await;
    run(ctx, &state, &mut request);
    next.run(request).await
}

/// The zone somebody chose; the portal's where they chose none, or one that this machine does not know any more.
fn zone(state: &AppState, chosen: Option<&str>) -> jiff::tz::TimeZone {
    chosen.and_then(|name| jiff::tz::TimeZone::get(name).ok()).unwrap_or_else(|| state.portal.zone.clone())
}

/// The address at the other end of the line.
pub(super) fn peer(request: &Request) -> IpAddr {
    request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), |info| info.0.ip())
}

fn base(state: &AppState, request: &Request) -> Ctx {
    let id = request.extensions().get::<RequestId>().map_or_else(|| "".into(), |id| id.0.clone());
    let mut ctx = state.ctx(Actor::anonymous(), &id);
    let uri = request.uri();
    ctx.path = uri.path_and_query().map_or(uri.path(), |path| path.as_str()).into();
    ctx
}

fn run(ctx: Ctx, state: &AppState, request: &mut Request) {
    let sender = sender(peer(request), request.headers(), &state.config.trusted_proxies);
    request.extensions_mut().insert(Sender(sender));
    request.extensions_mut().insert(ctx);
}

/// A handler's way to the context. It is there on every route below the two layers above.
#[derive(Clone, Debug)]
pub struct Asker(pub Ctx);

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Asker {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, _: &S) -> Result<Self, StatusCode> {
        parts.extensions.get::<Ctx>().cloned().map(Self).ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forwarded_addresses_count_only_from_our_proxies() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "6.6.6.6, 203.0.113.9, 10.0.0.2".parse().unwrap());
        assert_eq!(sender(ip("198.51.100.1"), &headers, &[ip("10.0.0.1")]), ip("198.51.100.1"));
        assert_eq!(sender(ip("10.0.0.1"), &headers, &[ip("10.0.0.1"), ip("10.0.0.2")]), ip("203.0.113.9"));
    }
}
