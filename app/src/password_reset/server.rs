//! Server functions of a forgotten password.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]

use leptos::prelude::*;

use crate::doors::{Done, Form, act};
use crate::error::AppError;
use crate::paths;
use crate::sign_in::server::Sender;

use super::service;

/// Asks for a link to choose a new password.
#[server(prefix = "/_fn", endpoint = "password_reset/ask")]
pub async fn ask_password_reset(#[server(default)] email: String) -> Result<(), ServerFnError> {
    let sender: Result<axum::Extension<Sender>, _> = leptos_axum::extract().await;
    act(Form::on("password-reset", paths::PASSWORD_RESET).value("email", email.clone()), async move |ctx| {
        let axum::Extension(Sender(sender)) = sender.map_err(|_| AppError::Internal)?;
        service::ask(&ctx, &email, sender).await?;
        Ok(Done::to(format!("{}?sent=1", paths::PASSWORD_RESET)))
    })
    .await
}

/// Chooses the new password.
#[server(prefix = "/_fn", endpoint = "password_reset/choose")]
pub async fn choose_password(
    #[server(default)] key: String,
    #[server(default)] password: String,
) -> Result<(), ServerFnError> {
    let page = paths::with_key(paths::PASSWORD_RESET_NEW, &key);
    act(Form::on("password-reset-new", page), async move |ctx| {
        service::choose(&ctx, &key, &password).await?;
        Ok(Done::to(format!("{}?done=1", paths::PASSWORD_RESET)))
    })
    .await
}
