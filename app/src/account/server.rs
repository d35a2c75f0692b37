//! Server functions of one's own account.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]

use axum::http::header::{HeaderValue, SET_COOKIE};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use tower_sessions::Session;

use crate::ctx::Theme;
use crate::doors::{Done, Form, act};
use crate::error::{AppError, FieldErrors};
use crate::i18n::Locale;
use crate::ids::OrganisationId;
use crate::paths;

use super::service;

/// The cookie that remembers the language before sign-in.
pub const LANGUAGE_COOKIE: &str = "language";
/// The key in the session of the organisation somebody with several looks at.
pub const ORGANISATION_KEY: &str = "organisation";

/// Chooses the language: in the account of somebody signed in, and in a cookie for the page before that.
#[server(prefix = "/_fn", endpoint = "account/set_language")]
pub async fn set_language(
    #[server(default)] language: String,
    #[server(default)] return_to: String,
) -> Result<(), ServerFnError> {
    let back = paths::own_path(&return_to, paths::HOME).to_owned();
    #[expect(clippy::disallowed_methods, reason = "a cookie is a header of this response")]
    let response = use_context::<ResponseOptions>();
    act(Form::on("language", back.clone()), async move |ctx| {
        let locale = Locale::parse(&language)
            .ok_or_else(|| AppError::Invalid(FieldErrors::one("language", ctx.t("account-language-unknown"))))?;
        service::set_language(&ctx, locale).await?;
        let secure = if ctx.portal.secure { "; Secure" } else { "" };
        let cookie =
            format!("{LANGUAGE_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}", locale.tag());
        if let (Some(response), Ok(value)) = (response, HeaderValue::from_str(&cookie)) {
            response.append_header(SET_COOKIE, value);
        }
        Ok(Done::to(back))
    })
    .await
}

/// Chooses light, dark, or as the device says.
#[server(prefix = "/_fn", endpoint = "account/set_theme")]
pub async fn set_theme(
    #[server(default)] theme: String,
    #[server(default)] return_to: String,
) -> Result<(), ServerFnError> {
    let back = paths::own_path(&return_to, paths::HOME).to_owned();
    act(Form::on("theme", back.clone()), async move |ctx| {
        let theme = Theme::parse(&theme)
            .ok_or_else(|| AppError::Invalid(FieldErrors::one("theme", ctx.t("account-theme-unknown"))))?;
        service::set_theme(&ctx, theme).await?;
        Ok(Done::to(back))
    })
    .await
}

/// Chooses which of several organisations to look at.
#[server(prefix = "/_fn", endpoint = "account/switch_organisation")]
pub async fn switch_organisation(
    #[server(default)] organisation: String,
    #[server(default)] return_to: String,
) -> Result<(), ServerFnError> {
    let back = paths::own_path(&return_to, paths::HOME).to_owned();
    let session: Result<Session, _> = leptos_axum::extract().await;
    act(Form::on("organisation", back.clone()), async move |ctx| {
        let id: OrganisationId = organisation.parse().map_err(|_| AppError::NotFound)?;
        service::check_organisation(&ctx, id)?;
        let session = session.map_err(|_| AppError::Internal)?;
        session.insert(ORGANISATION_KEY, id).await.map_err(|_| AppError::Unavailable)?;
        // What was open may not be of the other organisation: begin at home.
        Ok(Done::to(paths::HOME))
    })
    .await
}
