//! Server functions of the inbox: one click each, and back to the list.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]

use leptos::prelude::*;

use crate::ctx::Ctx;
use crate::doors::{Done, Form, act};
use crate::error::AppError;
use crate::i18n::format;

use super::inbox;
use super::model::{Item, Until};
use super::page::{Show, words};

/// What was done in another tab waits no more; what waits for somebody else never did.
fn gone(ctx: &Ctx, result: Result<Item, AppError>) -> Result<Item, AppError> {
    match result {
        Err(AppError::NotFound) => Err(AppError::Conflict(ctx.t("inbox-gone").to_owned())),
        other => other,
    }
}

/// Back to the list, which says what happened to which item and how to take it back.
fn back(show: Show, item: &Item, said: String, undo: bool) -> Done {
    let key = if undo { item.key().to_string() } else { String::new() };
    Done::to(show.address()).showing("said", said).showing("undo", key)
}

fn named(ctx: &Ctx, item: &Item, key: &'static str) -> String {
    let what = if item.title.is_empty() { words(ctx, item).text } else { item.title.clone() };
    ctx.with(key, &[("what", what.into())])
}

/// Puts something off.
#[server(prefix = "/_fn", endpoint = "inbox/snooze")]
pub async fn snooze_item(
    #[server(default)] item: String,
    #[server(default)] until: String,
    #[server(default)] day: String,
    #[server(default)] show: String,
) -> Result<(), ServerFnError> {
    let show = Show::parse(&show);
    act(Form::on("inbox", show.address()), async move |ctx: Ctx| {
        let until = match until.as_str() {
            "tomorrow" => Some(Until::Tomorrow),
            "week" => Some(Until::NextWeek),
            _ => day.parse().ok().map(Until::Day),
        };
        let item = gone(&ctx, inbox::snooze(&ctx, item.parse().ok(), until).await)?;
        let when = item.snoozed_until.map(|at| format::ahead(ctx.locale, &ctx.zone, ctx.now(), at)).unwrap_or_default();
        let text = words(&ctx, &item).text;
        let said = ctx.with("inbox-snoozed", &[("what", text.into()), ("when", when.into())]);
        Ok(back(show, &item, said, true))
    })
    .await
}

/// Takes it back.
#[server(prefix = "/_fn", endpoint = "inbox/wake")]
pub async fn wake_item(#[server(default)] item: String, #[server(default)] show: String) -> Result<(), ServerFnError> {
    let show = Show::parse(&show);
    act(Form::on("inbox", show.address()), async move |ctx: Ctx| {
        let item = gone(&ctx, inbox::wake(&ctx, item.parse().ok()).await)?;
        Ok(back(show, &item, named(&ctx, &item, "inbox-woken"), false))
    })
    .await
}

/// Says that it is done.
#[server(prefix = "/_fn", endpoint = "inbox/done")]
pub async fn finish_item(
    #[server(default)] item: String,
    #[server(default)] show: String,
) -> Result<(), ServerFnError> {
    let show = Show::parse(&show);
    act(Form::on("inbox", show.address()), async move |ctx: Ctx| {
        let item = gone(&ctx, inbox::done(&ctx, item.parse().ok()).await)?;
        Ok(back(show, &item, named(&ctx, &item, "inbox-done"), true))
    })
    .await
}

/// Takes a document as read.
#[server(prefix = "/_fn", endpoint = "inbox/read")]
pub async fn read_item(#[server(default)] item: String, #[server(default)] show: String) -> Result<(), ServerFnError> {
    let show = Show::parse(&show);
    act(Form::on("inbox", show.address()), async move |ctx: Ctx| {
        let item = gone(&ctx, inbox::read(&ctx, item.parse().ok()).await)?;
        Ok(back(show, &item, named(&ctx, &item, "inbox-read"), false))
    })
    .await
}
