//! Server functions of one's own account.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]

use axum::http::header::{HeaderValue, SET_COOKIE};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use tower_sessions::Session;

use crate::ctx::{Ctx, Theme};
use crate::doors::{Done, Form, act};
use crate::error::{AppError, FieldErrors};
use crate::i18n::Locale;
use crate::ids::OrganisationId;
use crate::paths;

use super::expiry::Expiry;
use super::service::{self, EditProfile};
use super::tokens::{self, NewToken};
use super::{portrait, sessions, shown_once};

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
        remember_language(&ctx, response, locale);
        Ok(Done::to(back))
    })
    .await
}

/// Has the browser remember the language, for the pages before sign-in.
fn remember_language(ctx: &Ctx, response: Option<ResponseOptions>, locale: Locale) {
    let secure = if ctx.portal.secure { "; Secure" } else { "" };
    let cookie =
        format!("{LANGUAGE_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}", locale.tag());
    if let (Some(response), Ok(value)) = (response, HeaderValue::from_str(&cookie)) {
        response.append_header(SET_COOKIE, value);
    }
}

/// Saves one's profile.
#[server(prefix = "/_fn", endpoint = "account/save_profile")]
pub async fn save_profile(
    #[server(default)] revision: String,
    #[server(default)] name: String,
    #[server(default)] locale: String,
    #[server(default)] theme: String,
    #[server(default)] time_zone: String,
    phone: Option<String>,
    hours: Option<String>,
) -> Result<(), ServerFnError> {
    #[expect(clippy::disallowed_methods, reason = "a cookie is a header of this response")]
    let response = use_context::<ResponseOptions>();
    let form = Form::on("profile", paths::ACCOUNT)
        .value("name", name.clone())
        .value("locale", locale.clone())
        .value("theme", theme.clone())
        .value("time_zone", time_zone.clone())
        .value("phone", phone.clone().unwrap_or_default())
        .value("hours", hours.clone().unwrap_or_default());
    act(form, async move |ctx| {
        let revision = revision.parse().map_err(|_| AppError::BadRequest("revision".into()))?;
        let (name, locale, theme, time_zone) = (Some(name), Some(locale), Some(theme), Some(time_zone));
        let edit = EditProfile { name, locale, theme, time_zone, phone, hours };
        let profile = match service::edit(&ctx, Some(revision), edit).await {
            Err(AppError::Stale) => return Err(AppError::Conflict(ctx.t("account-changed-meanwhile").to_owned())),
            other => other?,
        };
        if let Some(locale) = profile.locale {
            remember_language(&ctx, response, locale);
        }
        // In the language just chosen.
        let said = profile.locale.unwrap_or(ctx.locale).t("account-saved");
        Ok(Done::to(paths::ACCOUNT).saying(said))
    })
    .await
}

/// Takes one's portrait away.
#[server(prefix = "/_fn", endpoint = "account/remove_portrait")]
pub async fn remove_portrait() -> Result<(), ServerFnError> {
    act(Form::on("portrait", paths::ACCOUNT), async move |ctx| {
        portrait::remove(&ctx).await?;
        Ok(Done::to(paths::ACCOUNT).saying(ctx.t("account-portrait-removed")))
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

/// Ends one of one's own sessions.
#[server(prefix = "/_fn", endpoint = "account/end_session")]
pub async fn end_session(#[server(default)] id: String) -> Result<(), ServerFnError> {
    act(Form::on("session", paths::ACCOUNT_SESSIONS), async move |ctx| {
        sessions::end(&ctx, id.parse().map_err(|_| AppError::NotFound)?).await?;
        Ok(Done::to(paths::ACCOUNT_SESSIONS).saying(ctx.t("sessions-ended")))
    })
    .await
}

/// Ends all of one's sessions but this one.
#[server(prefix = "/_fn", endpoint = "account/end_other_sessions")]
pub async fn end_other_sessions() -> Result<(), ServerFnError> {
    act(Form::on("session", paths::ACCOUNT_SESSIONS), async move |ctx| {
        let count = sessions::end_others(&ctx).await?;
        let said = ctx.with("sessions-ended-others", &[("count", count.into())]);
        Ok(Done::to(paths::ACCOUNT_SESSIONS).saying(said))
    })
    .await
}

/// Makes an API token and shows it once.
#[server(prefix = "/_fn", endpoint = "account/create_token")]
pub async fn create_token(
    #[server(default)] name: String,
    #[server(default)] access: String,
    #[server(default)] scopes: Vec<String>,
    #[server(default)] expires: String,
    #[server(default)] date: String,
) -> Result<(), ServerFnError> {
    let form = Form::on("token", paths::ACCOUNT_TOKENS)
        .value("name", name.clone())
        .value("access", access.clone())
        .value("scopes", scopes.join(" "))
        .value("expires", expires.clone())
        .value("date", date.clone());
    act(form, async move |ctx| {
        let mut errors = FieldErrors::default();
        let scopes = match access.as_str() {
            "all" => Vec::new(),
            "read" => vec!["read".to_owned()],
            "areas" if !scopes.is_empty() => scopes,
            "areas" => {
                errors.add("access", ctx.t("tokens-error-no-area"));
                Vec::new()
            }
            _ => {
                errors.add("access", ctx.t("tokens-error-scope"));
                Vec::new()
            }
        };
        let expires_at = match Expiry::parse(&expires).map(|choice| choice.end(&date, &ctx.zone, ctx.now())) {
            Some(Some(end)) => end,
            Some(None) => {
                errors.add("date", ctx.t("tokens-error-date"));
                None
            }
            None => {
                errors.add("expires", ctx.t("tokens-error-expires"));
                None
            }
        };
        tokens::check_may(&ctx)?;
        errors.into_result()?;
        let (_, secret) = tokens::create(&ctx, NewToken { name, scopes, expires_at }).await?;
        Ok(Done::to(paths::ACCOUNT_TOKENS).showing(shown_once::FIELD, shown_once::seal(&ctx, &secret)))
    })
    .await
}

/// Takes one of one's own tokens back.
#[server(prefix = "/_fn", endpoint = "account/revoke_token")]
pub async fn revoke_token(#[server(default)] id: String) -> Result<(), ServerFnError> {
    act(Form::on("token", paths::ACCOUNT_TOKENS), async move |ctx| {
        tokens::revoke(&ctx, id.parse().map_err(|_| AppError::NotFound)?).await?;
        Ok(Done::to(paths::ACCOUNT_TOKENS).saying(ctx.t("tokens-revoked")))
    })
    .await
}
