//! Server functions that give orders another status: several from a list, one on the board.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]

use leptos::prelude::*;

use crate::doors::{Done, Form, act};
use crate::error::{AppError, FieldErrors};
use crate::paths;

use super::bulk::{self, Item};
use super::input::Input;
use super::model::Side;
use super::{service, take};

/// Gives the chosen orders another status: all of them, or none.
#[server(prefix = "/_fn", endpoint = "orders/bulk_status")]
pub async fn bulk_status(
    #[server(default)] ids: Vec<String>,
    #[server(default)] revisions: Vec<String>,
    #[server(default)] status: String,
    #[server(default)] readers: String,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let form = Form::on("bulk", paths::staff_orders_bulk(&ids, &status)).value("reason", reason.clone());
    act(form, async move |ctx| {
        crate::organisation::service::require_staff(&ctx)?;
        if !service::may_manage_any(&ctx) {
            return Err(AppError::Forbidden);
        }
        let item = |(at, id): (usize, &String)| {
            let revision = revisions.get(at).and_then(|text| text.parse().ok());
            // Without the revision that was looked at, nothing is what was looked at.
            Ok(Item { id: id.parse().map_err(|_| AppError::NotFound)?, revision: Some(revision.unwrap_or(-1)) })
        };
        let items = ids.iter().enumerate().map(item).collect::<Result<Vec<_>, AppError>>()?;
        let count = bulk::set_status(&ctx, &items, &status, &reason, Some(&readers)).await?;
        Ok(Done::to(paths::STAFF_ORDERS).saying(ctx.with("orders-bulk-toast", &[("count", count.into())])))
    })
    .await
}

/// Moves one order to another status.
#[server(prefix = "/_fn", endpoint = "orders/move")]
pub async fn move_order(
    #[server(default)] order: String,
    #[server(default)] revision: String,
    #[server(default)] status: String,
    #[server(default)] waits: String,
) -> Result<(), ServerFnError> {
    let page = match Side::parse(&waits) {
        Some(side) => format!("{}?waits={}", paths::STAFF_ORDERS_BOARD, side.name()),
        None => paths::STAFF_ORDERS_BOARD.to_owned(),
    };
    act(Form::on("move", page.clone()), async move |ctx| {
        crate::organisation::service::require_staff(&ctx)?;
        let found = service::find(&ctx, order.parse().map_err(|_| AppError::NotFound)?).await?;
        if !service::may(&ctx, &found).manage {
            return Err(AppError::Forbidden);
        }
        let stale = || AppError::Conflict(ctx.t("orders-error-stale").to_owned());
        let input = Input {
            number: found.number.clone(),
            external_id: found.external_id.clone(),
            organisation: Some(found.organisation_id.to_string()),
            status: Some(status),
            revision: Some(revision.parse().map_err(|_| stale())?),
            ..Input::default()
        };
        match take::change(&ctx, &found, input).await {
            Err(AppError::Stale) => return Err(stale()),
            // A card has no field to say it at.
            Err(AppError::Invalid(errors)) => return Err(AppError::Conflict(first(&errors))),
            other => other?,
        };
        let text = ctx.with("orders-board-moved", &[("order", found.name().to_owned().into())]);
        Ok(Done::to(page).saying(text))
    })
    .await
}

fn first(errors: &FieldErrors) -> String {
    errors.iter().map(|(_, text)| text.to_owned()).next().unwrap_or_default()
}
