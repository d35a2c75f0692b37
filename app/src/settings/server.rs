//! Server functions of settings.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "the fields of one form, as the macro passes them on")]

use leptos::prelude::*;

use crate::doors::{Done, Form, act};
use crate::error::AppError;
use crate::organisation::fields::Field;
use crate::paths;

use super::service::{self, Change};

/// Saves the page's settings. One argument per field of master data: a box that is not ticked sends nothing.
#[server(prefix = "/_fn", endpoint = "settings/save")]
pub async fn save_settings(
    #[server(default)] revision: String,
    #[server(default)] portal_name: String,
    #[server(default)] view_as_shown: String,
    #[server(default)] name: String,
    #[server(default)] street: String,
    #[server(default)] postcode: String,
    #[server(default)] city: String,
    #[server(default)] country: String,
    #[server(default)] phone: String,
    #[server(default)] website: String,
    #[server(default)] vat_id: String,
    #[server(default)] language: String,
) -> Result<(), ServerFnError> {
    let ticked = [name, street, postcode, city, country, phone, website, vat_id, language];
    let ticked = Field::RELEASABLE.into_iter().zip(ticked).filter(|(_, value)| !value.is_empty());
    let released: Vec<String> = ticked.map(|(field, _)| field.name().to_owned()).collect();
    let form = Form::on("settings", paths::STAFF_SETTINGS)
        .value("portal_name", portal_name.clone())
        .value("view_as_shown", view_as_shown.clone())
        .value("released_fields", released.join(" "));
    act(form, async move |ctx| {
        service::check_manage(&ctx)?;
        let revision = revision.parse().map_err(|_| AppError::BadRequest("revision".into()))?;
        let change = Change {
            portal_name: Some(portal_name),
            released_fields: Some(released),
            view_as_shown: Some(!view_as_shown.is_empty()),
        };
        match service::change(&ctx, Some(revision), change).await {
            Err(AppError::Stale) => Err(AppError::Conflict(ctx.t("customers-error-changed").to_owned())),
            Err(error) => Err(error),
            Ok(_) => Ok(Done::to(paths::STAFF_SETTINGS).saying(ctx.t("settings-saved"))),
        }
    })
    .await
}
