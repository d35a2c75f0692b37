//! Server functions of push.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]

use leptos::prelude::*;

use crate::doors::{Done, Form, act};
use crate::error::AppError;
use crate::paths;

use super::model::Subscribe;
use super::service;

/// Switches it on in the browser that posts this (`public/push.js`); with `quiet` it only says where it is reached now.
#[server(prefix = "/_fn", endpoint = "push/subscribe")]
pub async fn subscribe_browser(
    #[server(default)] endpoint: String,
    #[server(default)] p256dh: String,
    #[server(default)] auth: String,
    #[server(default)] key: String,
    #[server(default)] quiet: String,
) -> Result<(), ServerFnError> {
    act(Form::on("push", paths::ACCOUNT_PUSH), async move |ctx| {
        service::subscribe(&ctx, &Subscribe { endpoint, p256dh, auth, key }).await?;
        let done = Done::to(paths::ACCOUNT_PUSH);
        Ok(if quiet.is_empty() { done.saying(ctx.t("push-switched-on")) } else { done })
    })
    .await
}

/// Switches it off in one of one's browsers.
#[server(prefix = "/_fn", endpoint = "push/remove")]
pub async fn remove_browser(#[server(default)] id: String) -> Result<(), ServerFnError> {
    act(Form::on("push", paths::ACCOUNT_PUSH), async move |ctx| {
        service::remove(&ctx, id.parse().map_err(|_| AppError::NotFound)?).await?;
        Ok(Done::to(paths::ACCOUNT_PUSH).saying(ctx.t("push-switched-off")))
    })
    .await
}
