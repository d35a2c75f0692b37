//! Server functions of saved views.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]

use leptos::prelude::*;

use crate::doors::{Done, Form, act};
use crate::error::AppError;

use super::model::List;
use super::service;

fn back(list: List, query: &str) -> String {
    let query = list.normal(query);
    if query.is_empty() { list.path().to_owned() } else { format!("{}?{query}", list.path()) }
}

/// Saves how one sees a list.
#[server(prefix = "/_fn", endpoint = "views/save")]
pub async fn save_view(
    #[server(default)] list: String,
    #[server(default)] query: String,
    #[server(default)] name: String,
) -> Result<(), ServerFnError> {
    let known = List::parse(&list);
    let page = known.map_or_else(|| crate::paths::HOME.to_owned(), |list| back(list, &query));
    act(Form::on("view", page.clone()).value("name", name.clone()), async move |ctx| {
        service::check(&ctx)?;
        service::save(&ctx, known.ok_or(AppError::NotFound)?, &name, &query).await?;
        Ok(Done::to(page).saying(ctx.t("views-saved")))
    })
    .await
}

/// Removes a saved view.
#[server(prefix = "/_fn", endpoint = "views/remove")]
pub async fn remove_view(
    #[server(default)] list: String,
    #[server(default)] query: String,
    #[server(default)] id: String,
) -> Result<(), ServerFnError> {
    let page = List::parse(&list).map_or_else(|| crate::paths::HOME.to_owned(), |list| back(list, &query));
    act(Form::on("view", page.clone()), async move |ctx| {
        service::check(&ctx)?;
        service::remove(&ctx, id.parse().map_err(|_| AppError::NotFound)?).await?;
        Ok(Done::to(page).saying(ctx.t("views-removed")))
    })
    .await
}
