//! The server function of the rules of categories.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "the fields of one form, as the macro passes them on")]

use leptos::prelude::*;

use crate::access::StaffRole;
use crate::documents::model::Category;
use crate::doors::{Done, Form, act};
use crate::error::{AppError, FieldErrors};
use crate::paths;
use crate::validity::model::NOTICE_USUALLY;

use super::file_kind::FileKind;
use super::model::{AUDIENCES, Approval, Rules};
use super::service;

/// Bytes of a megabyte as people count them.
pub const MEGABYTE: i64 = 1_000_000;

/// Saves the rules of one category. Boxes that are not ticked send nothing.
#[server(prefix = "/_fn", endpoint = "categories/save")]
pub async fn save_category(
    #[server(default)] category: String,
    #[server(default)] seen: String,
    #[server(default)] kinds: Vec<String>,
    #[server(default)] size: String,
    #[server(default)] publishers: Vec<String>,
    #[server(default)] audience: String,
    #[server(default)] approval: String,
    #[server(default)] approval_days: String,
    #[server(default)] valid_days: String,
    #[server(default)] notice_days: String,
    #[server(default)] customers_send: String,
    #[server(default)] watermark: String,
) -> Result<(), ServerFnError> {
    let known = Category::parse(&category);
    let page = known.map_or_else(|| paths::STAFF_CATEGORIES.to_owned(), paths::staff_category);
    let form = Form::on("category", page)
        .value("kinds", kinds.join(" "))
        .value("size", size.clone())
        .value("publishers", publishers.join(" "))
        .value("audience", audience.clone())
        .value("approval", approval.clone())
        .value("approval_days", approval_days.clone())
        .value("valid_days", valid_days.clone())
        .value("notice_days", notice_days.clone())
        .value("customers_send", customers_send.clone())
        .value("watermark", watermark.clone());
    act(form, async move |ctx| {
        service::check_manage(&ctx)?;
        let category = known.ok_or(AppError::NotFound)?;
        let mut errors = FieldErrors::default();
        let size_limit = match size.trim() {
            "" => None,
            text => match text.parse::<i64>().ok().and_then(|megabytes| megabytes.checked_mul(MEGABYTE)) {
                Some(bytes) => Some(bytes),
                None => {
                    errors.add("size", ctx.t("categories-error-size"));
                    None
                }
            },
        };
        let mut number = |field: &str, text: &str, empty: i64| match text.trim() {
            "" => empty,
            text => text.parse().unwrap_or_else(|_| {
                errors.add(field, ctx.t("retention-error-number"));
                1
            }),
        };
        let approval_days = number("approval_days", &approval_days, 0);
        let valid_days = (!valid_days.trim().is_empty()).then(|| number("valid_days", &valid_days, 0));
        let notice_days = number("notice_days", &notice_days, NOTICE_USUALLY);
        errors.into_result()?;
        let named = |name: &str| AppError::BadRequest(name.to_owned());
        let rules = Rules {
            category,
            kinds: FileKind::ALL.into_iter().filter(|kind| kinds.iter().any(|name| name == kind.name())).collect(),
            size_limit,
            publishers: StaffRole::ALL
                .into_iter()
                .filter(|role| publishers.iter().any(|name| name == role.name()))
                .collect(),
            audience: AUDIENCES.into_iter().find(|kind| *kind == audience).ok_or_else(|| named("audience"))?,
            approval: Approval::parse(&approval).ok_or_else(|| named("approval"))?,
            approval_days,
            valid_days,
            notice_days,
            customers_send: customers_send == "yes",
            watermark: watermark == "yes",
        };
        match service::set(&ctx, &rules, Some(&seen)).await {
            Err(AppError::Stale) => return Err(AppError::Conflict(ctx.t("customers-error-changed").to_owned())),
            other => other?,
        };
        Ok(Done::to(paths::STAFF_CATEGORIES).saying(ctx.t("settings-saved")))
    })
    .await
}
