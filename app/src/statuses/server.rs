//! Server functions of statuses.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "the fields of one form, as the macro passes them on")]

use leptos::prelude::*;

use crate::ctx::Ctx;
use crate::doors::{Done, Form, act};
use crate::error::AppError;
use crate::paths;

use super::model::{Input, Kind, Look, Side};
use super::service;

fn changed(ctx: &Ctx, outcome: Result<(), AppError>) -> Result<(), AppError> {
    match outcome {
        Err(AppError::Stale) => Err(AppError::Conflict(ctx.t("statuses-error-stale").to_owned())),
        other => other,
    }
}

/// Adds a status, or changes one. A box that is not ticked sends nothing.
#[server(prefix = "/_fn", endpoint = "statuses/save")]
pub async fn save_status(
    #[server(default)] kind: String,
    #[server(default)] key: String,
    #[server(default)] revision: String,
    #[server(default)] name_en: String,
    #[server(default)] name_de: String,
    #[server(default)] name_nl: String,
    #[server(default)] tone: String,
    #[server(default)] waits_for: String,
    #[server(default)] is_final: String,
) -> Result<(), ServerFnError> {
    let known = Kind::parse(&kind);
    let page = match known {
        Some(kind) if key.is_empty() => paths::staff_status_new(kind),
        Some(kind) => paths::staff_status(kind, &key),
        None => paths::STAFF_STATUSES.to_owned(),
    };
    let form = Form::on("status", page)
        .value("name_en", name_en.clone())
        .value("name_de", name_de.clone())
        .value("name_nl", name_nl.clone())
        .value("tone", tone.clone())
        .value("waits_for", waits_for.clone())
        .value("is_final", is_final.clone());
    act(form, async move |ctx| {
        service::check_manage(&ctx)?;
        let kind = known.ok_or(AppError::NotFound)?;
        let named = |name: &str| AppError::BadRequest(name.to_owned());
        let input = Input {
            name_en,
            name_de,
            name_nl,
            tone: Look::parse(&tone).ok_or_else(|| named("tone"))?,
            waits_for: Side::parse(&waits_for).ok_or_else(|| named("waits_for"))?,
            is_final: is_final == "yes",
        };
        if key.is_empty() {
            service::create(&ctx, kind, None, &input).await?;
        } else {
            let seen = revision.parse().map_err(|_| AppError::Stale);
            let saved = async { service::edit(&ctx, kind, &key, &input, Some(seen?)).await };
            changed(&ctx, saved.await)?;
        }
        Ok(Done::to(paths::staff_statuses(kind)).saying(ctx.t("statuses-saved")))
    })
    .await
}

/// Moves a status one place up or down.
#[server(prefix = "/_fn", endpoint = "statuses/shift")]
pub async fn shift_status(
    #[server(default)] kind: String,
    #[server(default)] key: String,
    #[server(default)] way: String,
) -> Result<(), ServerFnError> {
    let known = Kind::parse(&kind);
    let page = known.map_or_else(|| paths::STAFF_STATUSES.to_owned(), paths::staff_statuses);
    act(Form::on("shift", page.clone()), async move |ctx| {
        service::check_manage(&ctx)?;
        service::shift(&ctx, known.ok_or(AppError::NotFound)?, &key, way == "up").await?;
        Ok(Done::to(page).saying(ctx.t("statuses-moved")))
    })
    .await
}

/// Deletes a status; what stands so gets the other one.
#[server(prefix = "/_fn", endpoint = "statuses/delete")]
pub async fn delete_status(
    #[server(default)] kind: String,
    #[server(default)] key: String,
    #[server(default)] revision: String,
    #[server(default)] replacement: String,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let known = Kind::parse(&kind);
    let page = known.map_or_else(|| paths::STAFF_STATUSES.to_owned(), |kind| paths::staff_status(kind, &key));
    let form = Form::on("delete", page).value("replacement", replacement.clone()).value("reason", reason.clone());
    act(form, async move |ctx| {
        service::check_manage(&ctx)?;
        let kind = known.ok_or(AppError::NotFound)?;
        let other = Some(replacement.as_str());
        let deleted = match revision.parse() {
            Ok(seen) => service::delete(&ctx, kind, &key, other, &reason, Some(seen)).await,
            Err(_) => Err(AppError::Stale),
        };
        let moved = match deleted {
            Err(AppError::Stale) => return Err(AppError::Conflict(ctx.t("statuses-error-stale").to_owned())),
            other => other?,
        };
        let text = ctx.with("statuses-deleted", &[("count", i64::try_from(moved).unwrap_or(i64::MAX).into())]);
        Ok(Done::to(paths::staff_statuses(kind)).saying(text))
    })
    .await
}
