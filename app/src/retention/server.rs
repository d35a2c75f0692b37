//! Server functions of retention.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "the fields of one form, as the macro passes them on")]

use leptos::prelude::*;

use crate::documents::model::Category;
use crate::doors::{Done, Form, act};
use crate::error::{AppError, FieldErrors};
use crate::ids::DocumentId;
use crate::paths;

use super::model::Rule;
use super::service;

/// Saves the rule of every category.
#[server(prefix = "/_fn", endpoint = "retention/save")]
pub async fn save_retention(
    #[server(default)] seen: String,
    #[server(default)] keep_proposal: String,
    #[server(default)] least_proposal: String,
    #[server(default)] keep_contract: String,
    #[server(default)] least_contract: String,
    #[server(default)] keep_invoice: String,
    #[server(default)] least_invoice: String,
    #[server(default)] keep_specification: String,
    #[server(default)] least_specification: String,
    #[server(default)] keep_minutes: String,
    #[server(default)] least_minutes: String,
    #[server(default)] keep_other: String,
    #[server(default)] least_other: String,
) -> Result<(), ServerFnError> {
    let typed = [
        (Category::Proposal, keep_proposal, least_proposal),
        (Category::Contract, keep_contract, least_contract),
        (Category::Invoice, keep_invoice, least_invoice),
        (Category::Specification, keep_specification, least_specification),
        (Category::Minutes, keep_minutes, least_minutes),
        (Category::Other, keep_other, least_other),
    ];
    let form = typed.iter().fold(Form::on("retention", paths::STAFF_RETENTION), |form, (category, keep, least)| {
        form.value(&format!("keep_{}", category.key()), keep.clone())
            .value(&format!("least_{}", category.key()), least.clone())
    });
    act(form, async move |ctx| {
        service::check_manage(&ctx)?;
        let mut errors = FieldErrors::default();
        let mut rules = Vec::new();
        for (category, keep, least) in typed {
            let mut days = |name: &str, text: &str| {
                service::parse_days(text).unwrap_or_else(|| {
                    errors.add(&format!("{name}_{}", category.key()), ctx.t("retention-error-number"));
                    None
                })
            };
            let (keep_days, least_days) = (days("keep", &keep), days("least", &least).unwrap_or(0));
            rules.push(Rule { category, keep_days, least_days });
        }
        errors.into_result()?;
        match service::set_rules(&ctx, &rules, Some(&seen)).await {
            Err(AppError::Stale) => return Err(AppError::Conflict(ctx.t("customers-error-changed").to_owned())),
            other => other?,
        };
        Ok(Done::to(paths::STAFF_RETENTION).saying(ctx.t("settings-saved")))
    })
    .await
}

/// Deletes what is due.
#[server(prefix = "/_fn", endpoint = "retention/run")]
pub async fn run_retention() -> Result<(), ServerFnError> {
    act(Form::on("retention", paths::STAFF_RETENTION), async move |ctx| {
        let totals = service::run(&ctx).await?;
        let text = ctx.with("retention-deleted-toast", &[("count", totals.documents.into())]);
        Ok(Done::to(paths::STAFF_RETENTION).saying(text))
    })
    .await
}

/// Keeps one document in spite of the rules, or no longer.
#[server(prefix = "/_fn", endpoint = "retention/hold")]
pub async fn hold_document(
    #[server(default)] document: String,
    #[server(default)] reason: String,
    #[server(default)] release: String,
) -> Result<(), ServerFnError> {
    let page = document.parse().map_or_else(|_| paths::STAFF_DOCUMENTS.to_owned(), paths::staff_document);
    act(Form::on("hold", page.clone()).value("reason", reason.clone()), async move |ctx| {
        let id: DocumentId = document.parse().map_err(|_| AppError::NotFound)?;
        let keep = release.is_empty();
        service::hold(&ctx, id, keep.then_some(reason.as_str())).await?;
        Ok(Done::to(page).saying(ctx.t(if keep { "retention-held-toast" } else { "retention-released-toast" })))
    })
    .await
}
