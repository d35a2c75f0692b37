//! The floor: the customer's pages with the portal's own statements on the same database, served by plain axum from
//! compiled templates. No framework, no policy, no translations: what the pages cannot cost less than.

mod format;
mod pages;
mod reader;
mod rows;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::serve::ListenerExt as _;
use jiff::tz::TimeZone;
use sqlx::sqlite::SqlitePool;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;

use crate::{Outcome, db, line};

/// What every handler needs.
#[derive(Clone, Debug)]
struct Floor {
    readers: SqlitePool,
    zone: Arc<TimeZone>,
}

/// Serves until it is killed.
pub async fn run(database: &str, addr: SocketAddr) -> Outcome {
    let floor = Floor { readers: db::readers(database).await?, zone: Arc::new(TimeZone::get("Europe/Berlin")?) };
    let app = Router::new()
        .route("/readyz", get(async || "ready"))
        .route("/", get(pages::home_page))
        .route("/documents", get(pages::documents))
        .route("/documents/{id}", get(pages::document))
        .layer(CompressionLayer::new().br(false))
        .with_state(floor);
    let listener = TcpListener::bind(addr).await?;
    line(&format!("the floor serves on http://{}", listener.local_addr()?))?;
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, app).await?;
    Ok(())
}

/// A page, with the headers that are long.
fn page(template: &impl askama::Template) -> Result<Response, Failed> {
    const HEADERS: [(axum::http::HeaderName, &str); 3] = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
             connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
    ];
    Ok((HEADERS, template.render()?).into_response())
}

/// Why there is no page.
#[derive(Debug)]
enum Failed {
    /// Nobody, or somebody whose session has ended.
    SignIn,
    NotFound,
    Broken(String),
}

impl<E: std::error::Error> From<E> for Failed {
    fn from(error: E) -> Self {
        Self::Broken(error.to_string())
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        match self {
            Self::SignIn => StatusCode::UNAUTHORIZED.into_response(),
            Self::NotFound => StatusCode::NOT_FOUND.into_response(),
            Self::Broken(why) => (StatusCode::INTERNAL_SERVER_ERROR, why).into_response(),
        }
    }
}
