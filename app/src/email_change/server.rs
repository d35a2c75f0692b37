//! Server functions of changing an address.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]

use leptos::prelude::*;

use crate::doors::{Done, Form, act};
use crate::paths;

use super::service::{self, Outcome};

/// Begins a change of one's own address.
#[server(prefix = "/_fn", endpoint = "email_change/begin")]
pub async fn begin_email_change(#[server(default)] email: String) -> Result<(), ServerFnError> {
    act(Form::on("email", paths::ACCOUNT_EMAIL).value("email", email.clone()), async move |ctx| {
        service::begin(&ctx, &email).await?;
        Ok(Done::to(paths::ACCOUNT_EMAIL).saying(ctx.t("email-change-begun")))
    })
    .await
}

/// Stops one's own change.
#[server(prefix = "/_fn", endpoint = "email_change/stop")]
pub async fn stop_email_change() -> Result<(), ServerFnError> {
    act(Form::on("email", paths::ACCOUNT_EMAIL), async move |ctx| {
        service::stop(&ctx).await?;
        Ok(Done::to(paths::ACCOUNT_EMAIL).saying(ctx.t("email-change-stopped")))
    })
    .await
}

/// Answers from a mailed link.
#[server(prefix = "/_fn", endpoint = "email_change/answer")]
pub async fn answer_email_change(
    #[server(default)] key: String,
    #[server(default)] answer: String,
) -> Result<(), ServerFnError> {
    act(Form::on("email-change", paths::with_key(paths::EMAIL_CHANGE, &key)), async move |ctx| {
        let done = match service::answer(&ctx, &key, answer != "stop").await? {
            Outcome::Changed => "changed",
            Outcome::Waits => "waits",
            Outcome::Stopped => "stopped",
            Outcome::Taken => "taken",
        };
        Ok(Done::to(format!("{}?done={done}", paths::EMAIL_CHANGE)))
    })
    .await
}
