//! The web app manifest: the portal can be installed under the operator's name.

use app::assets;
use axum::Json;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde_json::json;

use crate::state::AppState;

/// `/manifest.webmanifest`.
pub async fn manifest(State(state): State<AppState>) -> impl IntoResponse {
    let icon = |name: &str, size: &str| json!({ "src": assets::url(name), "sizes": size, "type": "image/png", "purpose": "any" });
    let body = json!({
        "name": state.portal.name.get(),
        "short_name": state.portal.name.get().split(' ').next().unwrap_or("Kontor"),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f5f7f9",
        "theme_color": "#f5f7f9",
        "icons": [icon("icon-192.png", "192x192"), icon("icon-512.png", "512x512")],
    });
    ([(CONTENT_TYPE, "application/manifest+json")], Json(body).into_response().into_body())
}
