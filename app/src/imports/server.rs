//! Server functions of imports.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "the fields of one form, as the macro passes them on")]

use leptos::prelude::*;

use crate::ctx::Ctx;
use crate::doors::{Done, Form, act};
use crate::error::AppError;
use crate::ids::ImportId;
use crate::paths;

use super::kind::Kind;
use super::mapping::{self, Mapping};
use super::model::Options;
use super::service;
use super::values::DayOrder;

fn parse(id: &str) -> Result<ImportId, AppError> {
    id.parse().map_err(|_| AppError::NotFound)
}

fn page_of(id: &str) -> String {
    id.parse().map_or_else(|_| paths::STAFF_IMPORTS.to_owned(), paths::staff_import)
}

/// What a form says of how a file is read: a column for each field, in their order.
fn mapping_of(kind: Kind, fields: &[String], columns: &[String], days: &str, decimals: &str) -> Mapping {
    let pairs = fields.iter().zip(columns).filter(|(_, column)| !column.is_empty());
    let known = pairs.filter_map(|(field, column)| Some((kind.field(field)?.to_owned(), column.clone())));
    Mapping {
        columns: Some(known.collect()),
        days: DayOrder::parse(days),
        comma: match decimals {
            "comma" => Some(true),
            "point" => Some(false),
            _ => None,
        },
    }
}

/// Says which column is which field. With a name, that is kept for other files.
#[server(prefix = "/_fn", endpoint = "imports/map")]
pub async fn map_import(
    #[server(default)] id: String,
    #[server(default)] fields: Vec<String>,
    #[server(default)] columns: Vec<String>,
    #[server(default)] days: String,
    #[server(default)] decimals: String,
    #[server(default)] currency: String,
    #[server(default)] invite: String,
    #[server(default)] publish: String,
    #[server(default)] name: String,
) -> Result<(), ServerFnError> {
    let form = Form::on("mapping", page_of(&id)).value("name", &name).value("currency", &currency);
    act(form, async move |ctx| {
        let run = service::find(&ctx, parse(&id)?).await?;
        let mapping = mapping_of(run.kind, &fields, &columns, &days, &decimals);
        let wanted = Options { currency, invite: invite == "yes", publish: publish == "yes", ..Options::default() };
        service::map(&ctx, run.id, &mapping, wanted).await?;
        let done = Done::to(paths::staff_import(run.id));
        if name.trim().is_empty() {
            return Ok(done);
        }
        let name = mapping::save(&ctx, run.kind, &name, &mapping).await?;
        Ok(done.saying(ctx.with("imports-mapping-saved", &[("name", name.into())])))
    })
    .await
}

/// Reads a file as it was said under a name; `auto`: by the names of its columns.
#[server(prefix = "/_fn", endpoint = "imports/use_mapping")]
pub async fn use_mapping(
    #[server(default)] id: String,
    #[server(default)] mapping: String,
) -> Result<(), ServerFnError> {
    act(Form::on("use-mapping", page_of(&id)), async move |ctx| {
        let run = service::find(&ctx, parse(&id)?).await?;
        let wanted = mapping::named(&ctx, run.kind, &mapping).await?;
        service::map(&ctx, run.id, &wanted, run.options()).await?;
        Ok(Done::to(paths::staff_import(run.id)))
    })
    .await
}

/// Forgets a way to read files.
#[server(prefix = "/_fn", endpoint = "imports/forget_mapping")]
pub async fn forget_mapping(#[server(default)] id: String) -> Result<(), ServerFnError> {
    act(Form::on("forget-mapping", paths::STAFF_IMPORTS), async move |ctx| {
        service::may_manage(&ctx)?;
        mapping::forget(&ctx, id.parse().map_err(|_| AppError::NotFound)?).await?;
        Ok(Done::to(paths::STAFF_IMPORTS).saying(ctx.t("imports-mapping-forgotten")))
    })
    .await
}

async fn decided(ctx: Ctx, id: &str, choice: &str) -> Result<Done, AppError> {
    let id = parse(id)?;
    let page = Done::to(paths::staff_import(id));
    match choice {
        "again" => service::again(&ctx, id).await.map(|()| page),
        "undo" => service::undo(&ctx, id).await.map(|()| page),
        "discard" => {
            service::discard(&ctx, id).await?;
            Ok(Done::to(paths::STAFF_IMPORTS).saying(ctx.t("imports-discarded")))
        }
        _ => service::start(&ctx, id, choice == "skip").await.map(|()| page),
    }
}

/// Imports a file that was looked through. `wrong`: `skip` leaves out what is wrong, otherwise nothing is done then.
#[server(prefix = "/_fn", endpoint = "imports/start")]
pub async fn start_import(
    #[server(default)] id: String,
    #[server(default)] wrong: String,
) -> Result<(), ServerFnError> {
    let choice = if wrong == "skip" { "skip" } else { "all" };
    act(Form::on("start", page_of(&id)), async move |ctx| decided(ctx, &id, choice).await).await
}

/// Imports a file again that failed or was undone.
#[server(prefix = "/_fn", endpoint = "imports/again")]
pub async fn import_again(#[server(default)] id: String) -> Result<(), ServerFnError> {
    act(Form::on("again", page_of(&id)), async move |ctx| decided(ctx, &id, "again").await).await
}

/// Takes an import back.
#[server(prefix = "/_fn", endpoint = "imports/undo")]
pub async fn undo_import(#[server(default)] id: String) -> Result<(), ServerFnError> {
    act(Form::on("undo", page_of(&id)), async move |ctx| decided(ctx, &id, "undo").await).await
}

/// Forgets a file that nothing was imported of.
#[server(prefix = "/_fn", endpoint = "imports/discard")]
pub async fn discard_import(#[server(default)] id: String) -> Result<(), ServerFnError> {
    act(Form::on("discard", page_of(&id)), async move |ctx| decided(ctx, &id, "discard").await).await
}
