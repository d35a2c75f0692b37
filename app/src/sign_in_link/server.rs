//! Server functions of signing in with a link.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]

use leptos::prelude::*;

use crate::doors::{Done, Form, act};
use crate::error::AppError;
use crate::paths;
use crate::sign_in::backend::AuthSession;
use crate::sign_in::server::Sender;

use super::service;

/// Asks for a link to sign in with.
#[server(prefix = "/_fn", endpoint = "sign_in_link/ask")]
pub async fn ask_sign_in_link(#[server(default)] email: String) -> Result<(), ServerFnError> {
    let sender: Result<axum::Extension<Sender>, _> = leptos_axum::extract().await;
    act(Form::on("sign-in-link", paths::SIGN_IN_LINK).value("email", email.clone()), async move |ctx| {
        let axum::Extension(Sender(sender)) = sender.map_err(|_| AppError::Internal)?;
        service::ask(&ctx, &email, sender).await?;
        Ok(Done::to(format!("{}?sent=1", paths::SIGN_IN_LINK)))
    })
    .await
}

/// Signs in with the link.
#[server(prefix = "/_fn", endpoint = "sign_in_link/redeem")]
pub async fn redeem_sign_in_link(#[server(default)] key: String) -> Result<(), ServerFnError> {
    let auth: Result<AuthSession, _> = leptos_axum::extract().await;
    let page = paths::with_key(paths::SIGN_IN_LINK_OPEN, &key);
    act(Form::on("sign-in-link", page), async move |ctx| {
        let mut auth = auth.map_err(|_| AppError::Internal)?;
        service::redeem(&ctx, &key).await?.enter(&ctx, &mut auth, "").await
    })
    .await
}
