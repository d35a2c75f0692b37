//! Server functions of one's own factors, of the rules, and of taking a lost factor away.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "the fields of one form, as the macro passes them on")]

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use crate::access::Role;
use crate::ctx::Ctx;
use crate::doors::{Done, Form, act};
use crate::error::AppError;
use crate::ids::{PasskeyId, UserId};
use crate::paths;
use crate::sign_in::assurance::Method;
use crate::sign_in::backend::AuthSession;
use crate::sign_in::proof;

use super::{password, rules, service};

/// The key in the session of codes that have just been made.
const CODES: &str = "recovery-codes";
/// They can be looked at for this long.
const SHOWN_FOR: std::time::Duration = std::time::Duration::from_secs(10 * 60);

/// Codes that were just made, sealed, until their owner has printed them.
#[derive(Serialize, Deserialize)]
struct Shown {
    sealed: String,
    at: i64,
}

fn codes_place(user: UserId) -> String {
    format!("recovery-codes:{user}")
}

/// The session, or the error that there is none: a server function always has one.
async fn session() -> Result<AuthSession, AppError> {
    leptos_axum::extract().await.map_err(|_: ServerFnErrorErr| AppError::Internal)
}

/// Keeps codes for the page that shows them, and leads there; on to `next` where there are none.
async fn show(ctx: &Ctx, session: &Session, codes: Option<Vec<String>>, next: &str) -> Result<Done, AppError> {
    let (Some(codes), Some(user)) = (codes, ctx.actor.user_id()) else { return Ok(Done::to(next)) };
    let sealed = ctx.portal.secrets.seal_text(&codes_place(user), codes.join(" ").as_bytes());
    session.insert(CODES, Shown { sealed, at: ctx.now().0 }).await.map_err(|_| AppError::Unavailable)?;
    Ok(Done::to(paths::recovery_codes(next)))
}

/// Codes that were just made and not put away yet.
pub(super) async fn shown(ctx: &Ctx, session: &Session) -> Option<Vec<String>> {
    let shown: Shown = session.get(CODES).await.ok().flatten()?;
    if shown.at < ctx.now().minus(SHOWN_FOR).0 {
        return None;
    }
    let text = ctx.portal.secrets.open_text(&codes_place(ctx.actor.user_id()?), &shown.sealed)?;
    Some(String::from_utf8(text).ok()?.split(' ').map(str::to_owned).collect())
}

/// Where a form came from: a page of ours.
fn back(return_to: &str) -> String {
    paths::own_path(return_to, paths::ACCOUNT_SECURITY).to_owned()
}

/// Where to go after a factor was added.
fn onward(ctx: &Ctx, next: &str) -> String {
    paths::own_path(next, crate::doors::home_of(ctx).1).to_owned()
}

/// Adds an authenticator app with its first code.
#[server(prefix = "/_fn", endpoint = "factors/add_app")]
pub async fn add_app(
    #[server(default)] state: String,
    #[server(default)] code: String,
    #[server(default)] return_to: String,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    let auth = session().await;
    let form = Form::on("app", back(&return_to)).value("state", state.clone());
    act(form, async move |ctx| {
        let codes = service::add_app(&ctx, &state, &code).await?;
        let auth = auth?;
        let assurance = proof::note(&ctx, &auth.session, Method::Totp).await?;
        let ctx = proof::refreshed(&ctx, assurance).await?;
        let done = show(&ctx, &auth.session, codes, &onward(&ctx, &next)).await?;
        Ok(done.saying(ctx.t("factors-app-added")))
    })
    .await
}

/// Removes the authenticator app.
#[server(prefix = "/_fn", endpoint = "factors/remove_app")]
pub async fn remove_app() -> Result<(), ServerFnError> {
    act(Form::on("app", paths::ACCOUNT_SECURITY), async move |ctx| {
        service::remove_app(&ctx).await?;
        Ok(Done::to(paths::ACCOUNT_SECURITY).saying(ctx.t("factors-app-removed")))
    })
    .await
}

/// Adds a passkey.
#[server(prefix = "/_fn", endpoint = "factors/add_passkey")]
pub async fn add_passkey(
    #[server(default)] state: String,
    #[server(default)] credential: String,
    #[server(default)] name: String,
    #[server(default)] return_to: String,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    let auth = session().await;
    act(Form::on("passkey", back(&return_to)).value("name", name.clone()), async move |ctx| {
        let codes = service::add_passkey(&ctx, &state, &credential, &name).await?;
        let auth = auth?;
        let assurance = proof::note(&ctx, &auth.session, Method::Passkey).await?;
        let ctx = proof::refreshed(&ctx, assurance).await?;
        let done = show(&ctx, &auth.session, codes, &onward(&ctx, &next)).await?;
        Ok(done.saying(ctx.t("factors-passkey-added")))
    })
    .await
}

/// What is no id is nobody's.
fn passkey_id(text: &str) -> PasskeyId {
    text.parse().unwrap_or(PasskeyId(uuid::Uuid::nil()))
}

/// Calls a passkey something else.
#[server(prefix = "/_fn", endpoint = "factors/rename_passkey")]
pub async fn rename_passkey(
    #[server(default)] id: String,
    #[server(default)] name: String,
) -> Result<(), ServerFnError> {
    let form = Form::on("rename", paths::ACCOUNT_SECURITY).value("id", id.clone()).value("name", name.clone());
    act(form, async move |ctx| {
        service::rename_passkey(&ctx, passkey_id(&id), &name).await?;
        Ok(Done::to(paths::ACCOUNT_SECURITY).saying(ctx.t("factors-passkey-renamed")))
    })
    .await
}

/// Removes a passkey.
#[server(prefix = "/_fn", endpoint = "factors/remove_passkey")]
pub async fn remove_passkey(#[server(default)] id: String) -> Result<(), ServerFnError> {
    act(Form::on("passkey", paths::ACCOUNT_SECURITY), async move |ctx| {
        service::remove_passkey(&ctx, passkey_id(&id)).await?;
        Ok(Done::to(paths::ACCOUNT_SECURITY).saying(ctx.t("factors-passkey-removed")))
    })
    .await
}

/// Makes new recovery codes.
#[server(prefix = "/_fn", endpoint = "factors/renew_codes")]
pub async fn renew_codes() -> Result<(), ServerFnError> {
    let auth = session().await;
    act(Form::on("codes", paths::ACCOUNT_SECURITY), async move |ctx| {
        let codes = service::renew_codes(&ctx).await?;
        show(&ctx, &auth?.session, Some(codes), paths::ACCOUNT_SECURITY).await
    })
    .await
}

/// Puts recovery codes away that have been printed.
#[server(prefix = "/_fn", endpoint = "factors/keep_codes")]
pub async fn keep_codes(#[server(default)] next: String) -> Result<(), ServerFnError> {
    let auth = session().await;
    act(Form::on("codes", paths::ACCOUNT_SECURITY), async move |ctx| {
        service::own(&ctx)?;
        let removed = auth?.session.remove_value(CODES).await;
        removed.map_err(|_| AppError::Unavailable)?;
        Ok(Done::to(back(&next)))
    })
    .await
}

/// Changes the password.
#[server(prefix = "/_fn", endpoint = "factors/change_password")]
pub async fn change_password(
    #[server(default)] password: String,
    #[server(default)] again: String,
) -> Result<(), ServerFnError> {
    let auth = session().await;
    act(Form::on("password", paths::ACCOUNT_SECURITY), async move |ctx| {
        password::change(&ctx, &password, &again).await?;
        proof::renew(&ctx, &mut auth?).await?;
        Ok(Done::to(paths::ACCOUNT_SECURITY).saying(ctx.t("password-changed")))
    })
    .await
}

/// Sets which roles need a second factor. One argument per role: a box that is not ticked sends nothing.
#[server(prefix = "/_fn", endpoint = "factors/set_rules")]
pub async fn set_rules(
    #[server(default)] seen: String,
    #[server(default)] customer: String,
    #[server(default)] customer_admin: String,
    #[server(default)] partner: String,
    #[server(default)] project_manager: String,
    #[server(default)] support: String,
    #[server(default)] finance: String,
    #[server(default)] sales: String,
    #[server(default)] management: String,
    #[server(default)] administrator: String,
) -> Result<(), ServerFnError> {
    let ticked = [
        ("customer", customer),
        ("customer_admin", customer_admin),
        ("partner", partner),
        ("project_manager", project_manager),
        ("support", support),
        ("finance", finance),
        ("sales", sales),
        ("management", management),
        ("administrator", administrator),
    ];
    let form = Form::on("rules", paths::STAFF_SIGN_IN_RULES);
    let form = ticked.iter().fold(form, |form, (name, value)| form.value(name, value.as_str()));
    act(form, async move |ctx| {
        let roles: Vec<Role> =
            ticked.iter().filter(|(_, value)| !value.is_empty()).filter_map(|(name, _)| Role::parse(name)).collect();
        match rules::set_roles(&ctx, &roles, Some(&seen)).await {
            Err(AppError::Stale) => Err(AppError::Conflict(ctx.t("customers-error-changed").to_owned())),
            Err(error) => Err(error),
            Ok(_) => Ok(Done::to(paths::STAFF_SIGN_IN_RULES).saying(ctx.t("rules-saved"))),
        }
    })
    .await
}

/// Takes away every factor of somebody who lost theirs.
#[server(prefix = "/_fn", endpoint = "factors/reset")]
pub async fn reset_factors(
    #[server(default)] user: String,
    #[server(default)] return_to: String,
) -> Result<(), ServerFnError> {
    let page = paths::own_path(&return_to, paths::STAFF).to_owned();
    act(Form::on("reset-factors", page.clone()), async move |ctx| {
        // What is no id is nobody's.
        let user = user.parse().unwrap_or(UserId(uuid::Uuid::nil()));
        service::reset_by_staff(&ctx, user).await.map_err(|error| match error {
            // Their password is no field of this page.
            AppError::Invalid(errors) => AppError::Conflict(errors.get("password").unwrap_or_default().to_owned()),
            other => other,
        })?;
        Ok(Done::to(page).saying(ctx.t("factors-reset-done")))
    })
    .await
}
