//! `POST /unsubscribe?key=`: stops a kind of mail, for whoever holds the mail. Mail programs send it for their readers
//! (RFC 8058), without a cookie and from anywhere; the button of the page sends it, too.

use app::access::Actor;
use app::notifications::mail::unsubscribe;
use app::paths;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::layers::request_id::RequestId;
use crate::state::AppState;

/// What programs send in the body, whatever form it has.
const ONE_CLICK: &[u8] = b"One-Click";

/// What the address names.
#[derive(Deserialize)]
pub struct Address {
    /// The key of the mail.
    #[serde(default)]
    key: String,
}

/// Stops it. A program is answered in place, because it follows nothing; a browser is led to what the page says.
pub async fn stop(
    State(state): State<AppState>,
    Query(address): Query<Address>,
    request_id: Option<axum::Extension<RequestId>>,
    body: Bytes,
) -> Response {
    let request_id = request_id.map_or_else(|| "".into(), |axum::Extension(RequestId(id))| id);
    let ctx = state.ctx(Actor::anonymous(), &request_id);
    let program = body.windows(ONE_CLICK.len()).any(|part| part == ONE_CLICK);
    match unsubscribe::stop(&ctx, &address.key).await {
        Ok(Some(_)) if program => (StatusCode::OK, "unsubscribed\n").into_response(),
        Ok(None) if program => (StatusCode::NOT_FOUND, "not a key of this portal\n").into_response(),
        Ok(_) => Redirect::to(&paths::with_key(paths::UNSUBSCRIBE, &address.key)).into_response(),
        Err(error) => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response(),
    }
}
