//! Server functions of the staff's page of people.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]

use leptos::prelude::*;

use crate::access::StaffRole;
use crate::ctx::Ctx;
use crate::doors::{Done, Form, act};
use crate::error::{AppError, FieldErrors};
use crate::i18n::Locale;
use crate::ids::UserId;
use crate::invitations::invite;
use crate::invitations::model::NewStaff;
use crate::paths;
use crate::people::state::{self, Change, UserState};
use crate::people::{self, users};
use crate::sign_in::proof;

fn page_of(id: &str) -> String {
    id.parse().map_or_else(|_| paths::STAFF_USERS.to_owned(), paths::staff_user)
}

/// Whoever may do this at all is asked for a fresh proof, and only then learns whether there is such a person.
fn sensitive(ctx: &Ctx, id: &str) -> Result<UserId, AppError> {
    users::check_manage(ctx)?;
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    proof::require(ctx)?;
    Ok(id)
}

/// Changes somebody as the page showed them: who was faster is told in words.
async fn change(ctx: &Ctx, id: &str, revision: &str, change: Change) -> Result<(), AppError> {
    let id = sensitive(ctx, id)?;
    let seen = revision.parse().map_err(|_| AppError::BadRequest("revision".into()))?;
    state::change(ctx, id, Some(seen), change).await.map_err(|error| match error {
        AppError::Stale => AppError::Conflict(ctx.t("team-error-changed").to_owned()),
        other => other,
    })
}

/// Invites somebody to the staff.
#[server(prefix = "/_fn", endpoint = "users/invite")]
pub async fn invite_user(
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] role: String,
    #[server(default)] locale: String,
    #[server(default)] message: String,
) -> Result<(), ServerFnError> {
    let form = Form::on("invite-staff", paths::STAFF_USER_INVITE)
        .value("name", name.clone())
        .value("email", email.clone())
        .value("role", role.clone())
        .value("locale", locale.clone())
        .value("message", message.clone());
    act(form, async move |ctx| {
        users::check_manage(&ctx)?;
        proof::require(&ctx)?;
        let locale = Locale::parse(&locale).unwrap_or(ctx.locale);
        let new = NewStaff { email, name, role: StaffRole::parse(&role), message, locale };
        let invitation = invite::to_staff(&ctx, new).await?;
        Ok(Done::to(paths::STAFF_USERS).saying(ctx.with("invite-sent", &[("email", invitation.email.into())])))
    })
    .await
}

/// Lets somebody sign in no more.
#[server(prefix = "/_fn", endpoint = "users/suspend")]
pub async fn suspend_user(
    #[server(default)] id: String,
    #[server(default)] revision: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&id);
    act(Form::on("suspend", page.clone()), async move |ctx| {
        change(&ctx, &id, &revision, Change { state: Some(UserState::Suspended), role: None }).await?;
        Ok(Done::to(page).saying(ctx.t("users-suspended-toast")))
    })
    .await
}

/// Lets somebody sign in again.
#[server(prefix = "/_fn", endpoint = "users/restore")]
pub async fn restore_user(
    #[server(default)] id: String,
    #[server(default)] revision: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&id);
    act(Form::on("restore", page.clone()), async move |ctx| {
        change(&ctx, &id, &revision, Change { state: Some(UserState::Active), role: None }).await?;
        Ok(Done::to(page).saying(ctx.t("users-restored-toast")))
    })
    .await
}

/// Ends all of somebody's sessions.
#[server(prefix = "/_fn", endpoint = "users/sign_out")]
pub async fn sign_out_user(#[server(default)] id: String) -> Result<(), ServerFnError> {
    let page = page_of(&id);
    act(Form::on("sign-out-user", page.clone()), async move |ctx| {
        let ended = people::sign_out(&ctx, sensitive(&ctx, &id)?).await?;
        let ended = i64::try_from(ended).unwrap_or(i64::MAX);
        Ok(Done::to(page).saying(ctx.with("users-signed-out-toast", &[("count", ended.into())])))
    })
    .await
}

/// Gives a member of staff another role.
#[server(prefix = "/_fn", endpoint = "users/set_role")]
pub async fn set_user_role(
    #[server(default)] id: String,
    #[server(default)] revision: String,
    #[server(default)] role: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&id);
    act(Form::on("role", page.clone()).value("role", role.clone()), async move |ctx| {
        sensitive(&ctx, &id)?;
        let unknown = || AppError::Invalid(FieldErrors::one("role", ctx.t("users-error-role")));
        let role = StaffRole::parse(&role).ok_or_else(unknown)?;
        change(&ctx, &id, &revision, Change { state: None, role: Some(role) }).await?;
        Ok(Done::to(page).saying(ctx.t("users-role-toast")))
    })
    .await
}
