//! The approval that a category offers: in words, and the fields to change its steps.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::MembershipRole;
use crate::ctx::Ctx;
use crate::error::FieldErrors;
use crate::flash::Flash;
use crate::ui::{SelectField, SelectOption, TextField};

use super::approval::{FIELDS, Needed, Step};
use super::model::{Approval, Rules};

/// What is asked of whom.
pub fn in_words(ctx: &Ctx, rule: &Approval) -> String {
    match rule {
        Approval::Steps(steps) => {
            let step = |(at, step): (usize, &Step)| format!("{}. {}", at + 1, step_in_words(ctx, *step));
            steps.iter().enumerate().map(step).collect::<Vec<_>>().join(", ")
        }
        simple => {
            let known = Approval::CHOICES.into_iter().find(|(name, _)| *name == simple.name());
            known.map_or("", |(_, key)| ctx.t(key)).to_owned()
        }
    }
}

fn step_in_words(ctx: &Ctx, step: Step) -> String {
    let who = match step.role {
        Some(role) => role_in_words(ctx, role),
        None => ctx.t("categories-step-people").to_owned(),
    };
    let rule = match step.needed {
        Needed::All => ctx.t("approval-choose-all").to_owned(),
        Needed::Count(1) => ctx.t("approval-choose-any").to_owned(),
        Needed::Count(count) => ctx.with("categories-step-count", &[("count", count.into())]),
    };
    ctx.with("categories-step-said", &[("who", who.into()), ("rule", rule.into())])
}

fn role_in_words(ctx: &Ctx, role: MembershipRole) -> String {
    ctx.with("approval-who-role", &[("role", ctx.t(role.role().label_key()).into())])
}

/// The fields of the steps; open where they count. `typed`: what the form came back with.
pub fn fields(ctx: &Ctx, rules: &Rules, open: bool, typed: Option<&Flash>, errors: &FieldErrors) -> Markup {
    let known = match &rules.approval {
        Approval::Steps(steps) => steps.as_slice(),
        _ => &[],
    };
    let rows = FIELDS
        .into_iter()
        .enumerate()
        .map(|(at, (who, rule, needed))| {
            let step = known.get(at).copied();
            let value = |field: &str, stored: String| match typed {
                Some(flash) => flash.value(field).unwrap_or_default().to_owned(),
                None => stored,
            };
            let chosen = value(who, step.map_or("", Step::who).to_owned());
            let said = value(rule, step.map_or("all", Step::rule).to_owned());
            let count = value(needed, step.and_then(Step::count).map(|count| count.to_string()).unwrap_or_default());
            let error = |field: &str| errors.get(field).map(str::to_owned);
            let title = ctx.with("approval-step", &[("number", (at + 1).into())]);
            view! {
                <fieldset class="field">
                    <legend class="label">{title}</legend>
                    <div class="fields">
                        <SelectField name=who label=ctx.t("approval-who") options=people(ctx, &chosen) error=error(who) />
                        <SelectField name=rule label=ctx.t("approval-rule") options=numbers(ctx, &said) />
                        <TextField name=needed label=ctx.t("categories-step-needed") kind="number" value=count error=error(needed) />
                    </div>
                </fieldset>
            }
        })
        .collect_view();
    view! {
        <details open=open>
            <summary class="btn btn--quiet">{ctx.t("categories-steps")}</summary>
            <div class="stack">{rows}</div>
        </details>
    }
    .into_markup()
}

fn option(value: &str, label: String, chosen: &str) -> SelectOption {
    SelectOption { value: value.to_owned(), label, selected: value == chosen }
}

fn people(ctx: &Ctx, chosen: &str) -> Vec<SelectOption> {
    let mut options = vec![
        option("", ctx.t("categories-step-nobody").to_owned(), chosen),
        option("people", ctx.t("categories-step-people").to_owned(), chosen),
    ];
    let roles = MembershipRole::ALL.into_iter().rev();
    options.extend(roles.map(|role| option(role.name(), role_in_words(ctx, role), chosen)));
    options
}

fn numbers(ctx: &Ctx, chosen: &str) -> Vec<SelectOption> {
    [("all", "approval-choose-all"), ("any", "approval-choose-any"), ("count", "approval-choose-count")]
        .into_iter()
        .map(|(value, key)| option(value, ctx.t(key).to_owned(), chosen))
        .collect()
}
