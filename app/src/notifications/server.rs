//! Server functions of notifications.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]

use leptos::prelude::*;

use crate::doors::{Done, Form, act};
use crate::error::AppError;
use crate::paths;

use super::kind::Area;
use super::service;

/// Marks one as seen.
#[server(prefix = "/_fn", endpoint = "notifications/see")]
pub async fn see_notification(
    #[server(default)] notification: String,
    #[server(default)] return_to: String,
) -> Result<(), ServerFnError> {
    let page = paths::own_path(&return_to, paths::NOTIFICATIONS).to_owned();
    act(Form::on("notification", page.clone()), async move |ctx| {
        service::see(&ctx, notification.parse().map_err(|_| AppError::NotFound)?).await?;
        Ok(Done::to(page))
    })
    .await
}

/// Marks everything as seen that the page has shown, or everything of an area.
#[server(prefix = "/_fn", endpoint = "notifications/see_all")]
pub async fn see_all_notifications(
    #[server(default)] area: String,
    #[server(default)] up_to: String,
    #[server(default)] return_to: String,
) -> Result<(), ServerFnError> {
    let page = paths::own_path(&return_to, paths::NOTIFICATIONS).to_owned();
    act(Form::on("notifications", page.clone()), async move |ctx| {
        let area = match area.as_str() {
            "" => None,
            name => Some(Area::parse(name).ok_or_else(|| AppError::BadRequest("area".into()))?),
        };
        let up_to = match up_to.as_str() {
            "" => None,
            id => Some(id.parse().map_err(|_| AppError::BadRequest("up_to".into()))?),
        };
        let seen = service::see_all(&ctx, area, up_to).await?;
        let said = ctx.with("notifications-all-seen", &[("count", seen.into())]);
        Ok(Done::to(page).saying(said))
    })
    .await
}
