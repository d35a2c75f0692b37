//! Server functions of signing in and out.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]

use std::net::IpAddr;

use leptos::prelude::*;

use crate::doors::{Done, Form, act};
use crate::error::AppError;
use crate::paths;

use super::backend::AuthSession;
use super::service;

/// Where a request came from, as the server's layer found out.
#[derive(Clone, Copy, Debug)]
pub struct Sender(pub IpAddr);

/// Signs in with e-mail and password.
#[server(prefix = "/_fn", endpoint = "sign_in/sign_in")]
pub async fn sign_in(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    let next_path = paths::own_path(&next, "").to_owned();
    let page =
        if next_path.is_empty() { paths::SIGN_IN.to_owned() } else { paths::with_next(paths::SIGN_IN, &next_path) };
    let auth: Result<AuthSession, _> = leptos_axum::extract().await;
    let sender: Result<axum::Extension<Sender>, _> = leptos_axum::extract().await;
    act(Form::on("sign-in", page).value("email", email.clone()), async move |ctx| {
        let mut auth = auth.map_err(|_| AppError::Internal)?;
        let axum::Extension(Sender(sender)) = sender.map_err(|_| AppError::Internal)?;
        service::sign_in(&ctx, &email, &password, sender).await?.enter(&ctx, &mut auth, &next_path).await
    })
    .await
}

/// Signs out: the session ends on the server, whatever the browser does with its cookie.
#[server(prefix = "/_fn", endpoint = "sign_in/sign_out")]
pub async fn sign_out() -> Result<(), ServerFnError> {
    let auth: Result<AuthSession, _> = leptos_axum::extract().await;
    act(Form::on("sign-out", paths::HOME), async move |ctx| {
        service::sign_out(&ctx).await?;
        let mut auth = auth.map_err(|_| AppError::Internal)?;
        crate::view_as::server::leave(&ctx, &auth.session).await?;
        auth.logout().await.map_err(|_| AppError::Unavailable)?;
        Ok(Done::to(paths::SIGN_IN))
    })
    .await
}
