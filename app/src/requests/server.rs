//! Server functions of requests. Files are not among them: they stream (`server/src/http`).

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "the fields of one form, as the macro passes them on")]

use leptos::prelude::*;

use crate::documents::model::Category;
use crate::documents::service::{check_creator, parse_people};
use crate::doors::{Done, Form, act};
use crate::error::{AppError, FieldErrors};
use crate::ids::{OrganisationId, RequestId};
use crate::paths;

use super::model::NewRequest;
use super::service;

/// Asks people of a customer for a file.
#[server(prefix = "/_fn", endpoint = "requests/ask")]
pub async fn ask_for_file(
    #[server(default)] organisation_id: String,
    #[server(default)] title: String,
    #[server(default)] text: String,
    #[server(default)] category: String,
    #[server(default)] due_on: String,
    #[server(default)] people: Vec<String>,
) -> Result<(), ServerFnError> {
    let known: Option<OrganisationId> = organisation_id.parse().ok();
    let page = known.map_or_else(|| paths::STAFF_REQUEST_NEW.to_owned(), paths::staff_request_new);
    let form = Form::on("request", page)
        .value("title", title.clone())
        .value("text", text.clone())
        .value("category", category.clone())
        .value("due_on", due_on.clone())
        .value("people", people.join(","));
    act(form, async move |ctx| {
        check_creator(&ctx)?;
        let mut errors = FieldErrors::default();
        if known.is_none() {
            errors.add("organisation_id", ctx.t("documents-error-organisation"));
        }
        let category = Category::parse(&category);
        if category.is_none() {
            errors.add("category", ctx.t("documents-error-category"));
        }
        let due = due_on.trim().parse().ok();
        if due.is_none() {
            errors.add("due_on", ctx.t("approval-error-due"));
        }
        let people = parse_people(&people);
        if people.is_none() {
            errors.add("people", ctx.t("documents-error-people"));
        }
        let (Some(organisation_id), Some(category), Some(due_on), Some(people)) = (known, category, due, people) else {
            return Err(AppError::Invalid(errors));
        };
        let new = NewRequest { organisation_id, title, text, category, due_on, people };
        let request = service::ask(&ctx, new).await?;
        Ok(Done::to(paths::staff_request(request.id)).saying(ctx.t("requests-asked-toast")))
    })
    .await
}

fn page_of(request: &str) -> String {
    request.parse().map_or_else(|_| paths::STAFF_REQUESTS.to_owned(), paths::staff_request)
}

fn parse_id(request: &str) -> Result<RequestId, AppError> {
    request.parse().map_err(|_| AppError::NotFound)
}

/// Accepts what was sent.
#[server(prefix = "/_fn", endpoint = "requests/accept")]
pub async fn accept_file(#[server(default)] request: String) -> Result<(), ServerFnError> {
    let page = page_of(&request);
    act(Form::on("accept", page.clone()), async move |ctx| {
        service::accept(&ctx, parse_id(&request)?).await?;
        Ok(Done::to(page).saying(ctx.t("requests-accepted-toast")))
    })
    .await
}

/// Says what is to be put right.
#[server(prefix = "/_fn", endpoint = "requests/fix")]
pub async fn fix_file(
    #[server(default)] request: String,
    #[server(default)] note: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&request);
    act(Form::on("fix", page.clone()).value("note", note.clone()), async move |ctx| {
        service::fix(&ctx, parse_id(&request)?, &note).await?;
        Ok(Done::to(page).saying(ctx.t("requests-fix-toast")))
    })
    .await
}

/// Takes the question back.
#[server(prefix = "/_fn", endpoint = "requests/withdraw")]
pub async fn withdraw_request(#[server(default)] request: String) -> Result<(), ServerFnError> {
    let page = page_of(&request);
    act(Form::on("withdraw", page.clone()), async move |ctx| {
        service::withdraw(&ctx, parse_id(&request)?).await?;
        Ok(Done::to(page).saying(ctx.t("requests-withdrawn-toast")))
    })
    .await
}
