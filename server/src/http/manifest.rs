//! The web app manifest: the portal can be installed under the operator's name.

use app::app::CANVAS;
use app::assets;
use axum::Json;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde_json::json;

use crate::state::AppState;

/// `/manifest.webmanifest`.
pub async fn manifest(State(state): State<AppState>) -> impl IntoResponse {
    let [canvas, _] = CANVAS;
    // The same pictures for both: they fill their square, and the mark lies in the circle that every mask leaves.
    let icons: Vec<_> = ["any", "maskable"]
        .into_iter()
        .flat_map(|purpose| [192, 512].map(|size| (purpose, size)))
        .map(|(purpose, size)| {
            let src = assets::url(&format!("icon-{size}.png"));
            json!({ "src": src, "sizes": format!("{size}x{size}"), "type": "image/png", "purpose": purpose })
        })
        .collect();
    let body = json!({
        "name": state.portal.name.get(),
        "short_name": state.portal.name.get().split(' ').next().unwrap_or("Kontor"),
        // Where it begins may change one day; it stays the same portal to whoever has installed it.
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        // A manifest knows one look; pages name the colour of both.
        "background_color": canvas,
        "theme_color": canvas,
        "icons": icons,
    });
    ([(CONTENT_TYPE, "application/manifest+json")], Json(body).into_response().into_body())
}
