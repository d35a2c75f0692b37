//! The one place where every door is mounted and the layers are ordered.

use app::access::Actor;
use app::app::{App, shell};
use app::ctx::Ctx;
use app::sign_in::backend::Backend;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::http::request::Parts;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse as _;
use axum::routing::{get, head, post};
use axum_login::AuthManagerLayerBuilder;
use leptos::config::LeptosOptions;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{LeptosRoutes as _, generate_route_list};
use metrics_exporter_prometheus::PrometheusHandle;
use tower::limit::GlobalConcurrencyLimitLayer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate as _, SizeAbove};
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};

use crate::http::{
    account, approvals, archive, audit, calendar, certificate, download, health, imports, live, manifest,
    notifications, orders, portrait, preview, projects, send, sso, tus, unsubscribe, upload,
};
use crate::layers::ctx::{session_ctx, token_ctx};
use crate::layers::error_pages::error_pages;
use crate::layers::in_time::{self, in_time};
use crate::layers::once::once;
use crate::layers::origin::origin;
use crate::layers::parameters::known_parameters;
use crate::layers::request_id::{note_route, request_id};
use crate::layers::security_headers::security_headers;
use crate::layers::time_limit::time_limit;
use crate::session_store::Sessions;
use crate::state::AppState;
use crate::{api, embedded};

/// The longest body of everything that is not a file.
const BODY: usize = in_time::LONGEST;
/// The longest logout token.
const LOGOUT: usize = 16 * 1024;
/// Requests of one kind (pages, files, REST) at once; more wait. What machines ask never waits behind them.
const CONCURRENT: usize = 512;

#[derive(Clone, FromRef)]
struct WithMetrics {
    app: AppState,
    metrics: Option<PrometheusHandle>,
}

impl FromRef<WithMetrics> for LeptosOptions {
    fn from_ref(state: &WithMetrics) -> Self {
        state.app.leptos.clone()
    }
}

/// The whole portal as one service.
pub fn router(state: AppState, metrics: Option<PrometheusHandle>) -> Router {
    let doors = machines(&state, metrics).merge(pages(&state)).merge(open(&state)).merge(rest(&state));
    around(doors, state)
}

/// What stands around every door: an answer in time, no change from another site, a panic costs its request and nothing
/// else, every failure has a page, every answer its headers and its id.
pub fn around(doors: Router, state: AppState) -> Router {
    doors
        .layer(from_fn(time_limit))
        .layer(from_fn(note_route))
        .layer(csrf(&state))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(state.clone(), error_pages))
        .layer(from_fn_with_state(state, security_headers))
        .layer(from_fn(request_id))
}

/// What machines ask: no session, no database unless they ask for it.
fn machines(state: &AppState, metrics: Option<PrometheusHandle>) -> Router {
    Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .route("/manifest.webmanifest", get(manifest::manifest))
        .route("/sso/backchannel-logout/{id}", post(sso::logout).layer(DefaultBodyLimit::max(LOGOUT)))
        // The address is the key: calendar programs have no session.
        .route("/calendar/{token}", get(calendar::subscribed))
        // Mail programs send it on behalf of a reader, without a session; the key is the right.
        .route("/unsubscribe", post(unsubscribe::stop).layer(DefaultBodyLimit::max(LOGOUT)))
        .route("/robots.txt", get(async || "User-agent: *\nDisallow: /\n"))
        .route("/assets/{hash}/{*path}", get(embedded::asset))
        .route("/sw.js", get(embedded::worker))
        .with_state(WithMetrics { app: state.clone(), metrics })
}

/// Pages, server functions and files, for a session's person.
fn pages(state: &AppState) -> Router {
    let routes = generate_route_list(App);
    let context = || {
        #[expect(clippy::disallowed_methods, reason = "hands the layer's context to Leptos")]
        if let Some(ctx) = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Ctx>().cloned()) {
            provide_context(ctx);
        }
    };
    let options = state.leptos.clone();
    let unknown = {
        let options = options.clone();
        leptos_axum::render_app_async_with_context(context, move || shell(options.clone()))
    };
    let html = Router::new()
        .leptos_routes_with_context(state, routes, context, move || shell(options.clone()))
        .fallback(unknown)
        .layer(CompressionLayer::new().br(false).compress_when(SizeAbove::new(512).and(NotFiles)))
        .layer(GlobalConcurrencyLimitLayer::new(CONCURRENT))
        .layer(RequestBodyLimitLayer::new(BODY))
        .layer(DefaultBodyLimit::max(BODY));
    let html = html.merge(
        Router::new()
            .route("/sign-in/sso", post(sso::start))
            .route("/sign-in/sso/callback", get(sso::callback))
            .route("/sign-in/sso/confirm", post(sso::confirm))
            .route("/organisation/sign-in/test", post(sso::test))
            .layer(GlobalConcurrencyLimitLayer::new(CONCURRENT))
            .layer(DefaultBodyLimit::max(BODY)),
    );
    let files = Router::new()
        .route("/documents/{id}/versions/{number}/content", get(download::content))
        .route("/documents/{id}/versions/{number}/preview/{page}", get(preview::page))
        .route("/documents/archive", post(archive::of_form).layer(DefaultBodyLimit::max(BODY)).layer(from_fn(in_time)))
        .route("/approvals/{id}/certificate.pdf", get(certificate::pdf))
        .route("/approvals/{id}/certificate.json", get(certificate::json))
        .route("/appointments/{id}/calendar.ics", get(calendar::one))
        .route("/orders/export", get(orders::customer))
        .route("/staff/orders/export", get(orders::staff))
        .route("/projects/export", get(projects::customer))
        .route("/staff/projects/export", get(projects::staff))
        .route("/staff/approvals/export", get(approvals::export))
        .route("/staff/audit/export", get(audit::export))
        .route("/notifications/{id}", get(notifications::follow))
        .route("/portraits/{id}", get(portrait::show))
        .route("/account/portrait", post(portrait::save))
        .route("/account/data", post(account::data))
        .route("/account/stay", post(account::stay))
        .route("/staff/documents", post(upload::create))
        .route("/staff/documents/{id}/versions", post(upload::version))
        // Reads and writes the whole file: it may take as long as an upload.
        .route(
            "/staff/documents/{id}/restore",
            post(upload::restore).layer(DefaultBodyLimit::max(BODY)).layer(from_fn(in_time)),
        )
        .route("/staff/imports", post(imports::receive))
        .route("/staff/imports/{id}/report.csv", get(imports::report))
        .route("/requests/{id}/file", post(upload::answer_request))
        .route("/documents/send", post(send::send))
        .route("/uploads", post(tus::create).options(tus::options))
        .route(
            "/uploads/{id}",
            head(tus::look).patch(tus::append).delete(tus::give_up).post(tus::overridden).options(tus::options),
        )
        .layer(GlobalConcurrencyLimitLayer::new(CONCURRENT))
        // The stream itself is limited, to the configured size.
        .layer(DefaultBodyLimit::disable());
    Router::new()
        .merge(html)
        .merge(files)
        .layer(from_fn_with_state(state.clone(), session_ctx))
        .layer(sessions(state))
        .layer(from_fn_with_state(state.clone(), origin))
        .with_state(state.clone())
}

/// What a browser keeps open by itself: it has no origin, so that it does not keep a session alive that nobody uses.
fn open(state: &AppState) -> Router {
    Router::new()
        .route("/live", get(live::open))
        .layer(from_fn_with_state(state.clone(), session_ctx))
        .layer(sessions(state))
        .with_state(state.clone())
}

/// REST, for a token's owner.
fn rest(state: &AppState) -> Router {
    api::v1::router()
        // JSON bodies are limited where they are read, files by the configured size.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(known_parameters))
        .layer(from_fn(once))
        .layer(GlobalConcurrencyLimitLayer::new(CONCURRENT))
        .layer(from_fn_with_state(state.clone(), token_ctx))
        .with_state(state.clone())
}

fn sessions(state: &AppState) -> axum_login::AuthManagerLayer<Backend, Sessions> {
    let secure = state.portal.secure;
    let layer = SessionManagerLayer::new(Sessions::new(state.ctx(Actor::operator(), "session")))
        // The prefix makes browsers refuse the cookie from anywhere but this host over https.
        .with_name(if secure { "__Host-kontor" } else { "kontor" })
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        // The table knows how old a session may become.
        .with_expiry(Expiry::OnSessionEnd);
    AuthManagerLayerBuilder::new(Backend::new(state.db.clone()), layer).build()
}

/// Refuses changes that another site's page sends, by `Sec-Fetch-Site` and `Origin`.
fn csrf(state: &AppState) -> CsrfLayer {
    let origin = state.config.base_url.origin().ascii_serialization();
    // Behind a proxy the host may be another than the one the browser sees. What mail programs stop for their readers comes
    // from anywhere: it carries its own key, and no cookie counts for it.
    CsrfLayer::new()
        .add_trusted_origin(&origin)
        .unwrap_or_default()
        .with_insecure_bypass(|_, uri| uri.path() == app::paths::UNSUBSCRIBE)
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    // What it said may hold personal data; the panic hook has logged where.
    axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// Compress pages, not what is compressed already.
#[derive(Clone, Copy, Debug)]
struct NotFiles;

impl tower_http::compression::Predicate for NotFiles {
    fn should_compress<B: axum::body::HttpBody>(&self, response: &axum::http::Response<B>) -> bool {
        let kind = response.headers().get(axum::http::header::CONTENT_TYPE);
        kind.is_some_and(|v| v.as_bytes().starts_with(b"text/html") || v.as_bytes().starts_with(b"application/json"))
    }
}
