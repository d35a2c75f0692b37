//! Server functions of looking as somebody else.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]

use leptos::prelude::*;
use tower_sessions::Session;

use crate::doors::{Done, Form, act};
use crate::error::AppError;
use crate::ids::{OrganisationId, UserId, ViewId};
use crate::paths;

use super::{KEY, service};

/// Begins to look as somebody of a customer.
#[server(prefix = "/_fn", endpoint = "view_as/begin")]
pub async fn begin_view_as(
    #[server(default)] organisation: String,
    #[server(default)] user: String,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let ids = organisation.parse::<OrganisationId>().ok().zip(user.parse::<UserId>().ok());
    let page = ids.map_or_else(|| paths::STAFF_CUSTOMERS.to_owned(), |(o, u)| paths::staff_view_as(o, u));
    let session: Result<Session, _> = leptos_axum::extract().await;
    act(Form::on("view-as", page).value("reason", reason.clone()), async move |ctx| {
        crate::organisation::service::require_staff(&ctx)?;
        let (organisation, user) = ids.ok_or(AppError::NotFound)?;
        let session = session.map_err(|_| AppError::Internal)?;
        let id = service::begin(&ctx, organisation, user, &reason).await?;
        session.cycle_id().await.map_err(|_| AppError::Unavailable)?;
        session.insert(KEY, id).await.map_err(|_| AppError::Unavailable)?;
        Ok(Done::to(paths::HOME))
    })
    .await
}

/// Stops looking as somebody else.
#[server(prefix = "/_fn", endpoint = "view_as/stop")]
pub async fn stop_view_as() -> Result<(), ServerFnError> {
    let session: Result<Session, _> = leptos_axum::extract().await;
    act(Form::on("view-as-stop", paths::STAFF), async move |ctx| {
        crate::organisation::service::require_staff(&ctx)?;
        let session = session.map_err(|_| AppError::Internal)?;
        let id: Option<ViewId> = session.remove(KEY).await.map_err(|_| AppError::Unavailable)?;
        let organisation = match id {
            Some(id) => service::stop(&ctx, id).await?,
            None => None,
        };
        session.cycle_id().await.map_err(|_| AppError::Unavailable)?;
        let back = organisation.map_or_else(|| paths::STAFF.to_owned(), paths::staff_customer);
        Ok(Done::to(back).saying(ctx.t("view-as-ended")))
    })
    .await
}
