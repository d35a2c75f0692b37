//! The server function of the rules of categories.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "the fields of one form, as the macro passes them on")]

use leptos::prelude::*;

use crate::access::StaffRole;
use crate::ctx::Ctx;
use crate::documents::model::Category;
use crate::doors::{Done, Form, act};
use crate::error::{AppError, FieldErrors};
use crate::paths;
use crate::validity::model::NOTICE_USUALLY;

use super::approval::{FIELDS, MOST, Needed, STEPS, Step};
use super::file_kind::FileKind;
use super::model::{AUDIENCES, Approval, Rules};
use super::service;

/// Bytes of a megabyte as people count them.
pub const MEGABYTE: i64 = 1_000_000;

/// The steps that somebody filled in: who, the rule, the number of each.
fn steps(ctx: &Ctx, typed: &[(String, String, String); STEPS], errors: &mut FieldErrors) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut wrong = false;
    for ((who, rule, needed), names) in typed.iter().zip(FIELDS).filter(|((who, ..), _)| !who.is_empty()) {
        let count = match rule.as_str() {
            "all" | "" => Some(Needed::All),
            "any" => Some(Needed::Count(1)),
            _ => needed.trim().parse::<i64>().ok().filter(|count| (1..=MOST).contains(count)).map(Needed::Count),
        };
        match count.and_then(|count| Step::of(who, count)) {
            Some(step) => steps.push(step),
            None => {
                wrong = true;
                errors.add(names.2, ctx.with("retention-error-days", &[("max", MOST.into())]));
            }
        }
    }
    if steps.is_empty() && !wrong {
        errors.add("step_who", ctx.t("categories-error-steps"));
    }
    steps
}

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
    #[server(default)] step_who: String,
    #[server(default)] step_rule: String,
    #[server(default)] step_needed: String,
    #[server(default)] step_who2: String,
    #[server(default)] step_rule2: String,
    #[server(default)] step_needed2: String,
    #[server(default)] step_who3: String,
    #[server(default)] step_rule3: String,
    #[server(default)] step_needed3: String,
    #[server(default)] approval_days: String,
    #[server(default)] valid_days: String,
    #[server(default)] notice_days: String,
    #[server(default)] customers_send: String,
    #[server(default)] watermark: String,
) -> Result<(), ServerFnError> {
    let known = Category::parse(&category);
    let page = known.map_or_else(|| paths::STAFF_CATEGORIES.to_owned(), paths::staff_category);
    let typed = [
        (step_who, step_rule, step_needed),
        (step_who2, step_rule2, step_needed2),
        (step_who3, step_rule3, step_needed3),
    ];
    let mut form = Form::on("category", page)
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
    for ((who, rule, needed), names) in typed.iter().zip(FIELDS) {
        form = form.value(names.0, who.clone()).value(names.1, rule.clone()).value(names.2, needed.clone());
    }
    act(form, async move |ctx| {
        service::check_manage(&ctx)?;
        let category = known.ok_or(AppError::NotFound)?;
        let mut errors = FieldErrors::default();
        let steps = if approval == "steps" { steps(&ctx, &typed, &mut errors) } else { Vec::new() };
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
            approval: Approval::named(&approval, steps).ok_or_else(|| named("approval"))?,
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
