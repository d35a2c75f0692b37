//! Server functions of the staff's page of people.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]

use leptos::prelude::*;

use crate::access::{Action, Relation, Role, allow};
use crate::ctx::Ctx;
use crate::doors::{Done, Form, act};
use crate::error::{AppError, FieldErrors};
use crate::ids::UserId;
use crate::paths;
use crate::people;
use crate::sign_in::proof;

fn page_of(id: &str) -> String {
    id.parse().map_or_else(|_| paths::STAFF_USERS.to_owned(), paths::staff_user)
}

/// Whoever may do this at all is asked for a fresh proof, and only then learns whether there is such a person.
fn sensitive(ctx: &Ctx, id: &str) -> Result<UserId, AppError> {
    allow(&ctx.actor, Action::UserManage, Relation::Other, None)?;
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    proof::require(ctx)?;
    Ok(id)
}

/// Lets somebody sign in no more.
#[server(prefix = "/_fn", endpoint = "users/suspend")]
pub async fn suspend_user(#[server(default)] id: String) -> Result<(), ServerFnError> {
    let page = page_of(&id);
    act(Form::on("suspend", page.clone()), async move |ctx| {
        people::suspend(&ctx, sensitive(&ctx, &id)?).await?;
        Ok(Done::to(page).saying(ctx.t("users-suspended-toast")))
    })
    .await
}

/// Lets somebody sign in again.
#[server(prefix = "/_fn", endpoint = "users/restore")]
pub async fn restore_user(#[server(default)] id: String) -> Result<(), ServerFnError> {
    let page = page_of(&id);
    act(Form::on("restore", page.clone()), async move |ctx| {
        people::restore(&ctx, sensitive(&ctx, &id)?).await?;
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
    #[server(default)] role: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&id);
    act(Form::on("role", page.clone()), async move |ctx| {
        let id = sensitive(&ctx, &id)?;
        let Some(Role::Staff(role)) = Role::parse(&role) else {
            return Err(AppError::Invalid(FieldErrors::one("role", ctx.t("users-error-role"))));
        };
        people::set_staff_role(&ctx, id, role).await?;
        Ok(Done::to(page).saying(ctx.t("users-role-toast")))
    })
    .await
}
