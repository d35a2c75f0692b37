//! `GET /notifications/{id}`: where a line of the bell leads.

use app::ids::NotificationId;
use app::notifications::service;
use app::paths;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::layers::ctx::Asker;

/// Marks it as seen and goes on to what it is about. What may not be seen any more is not there.
pub async fn follow(Asker(ctx): Asker, Path(id): Path<String>) -> Response {
    if ctx.actor.is_anonymous() {
        return Redirect::to(&paths::with_next(paths::SIGN_IN, &format!("{}/{id}", paths::NOTIFICATIONS)))
            .into_response();
    }
    let Ok(id) = id.parse::<NotificationId>() else { return StatusCode::NOT_FOUND.into_response() };
    match service::follow(&ctx, id).await {
        Ok(path) => Redirect::to(&path).into_response(),
        Err(error) => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response(),
    }
}
