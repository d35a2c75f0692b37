//! `/staff/sign-in-rules`: which roles need a second factor.

use leptos::prelude::*;

use crate::ui::markup::IntoMarkup as _;

use crate::access::Role;
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::factors::rules;
use crate::ui::{ButtonKind, CheckRow, ChoiceGroup, Notice, PageHead, Panel, Place, SubmitButton, Tone};

/// The rules.
#[component]
pub fn RulesPage() -> impl IntoView {
    page(show)
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let required = rules::roles(ctx).await?;
    let title = ctx.t("rules-title").to_owned();
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let ticked = |role: &Role| match flash.form.as_str() {
        "rules" => flash.value(role.name()).is_some_and(|value| !value.is_empty()),
        _ => required.contains(role),
    };
    let rows = |staff: bool| {
        Role::ALL
            .into_iter()
            .filter(|role| matches!(role, Role::Staff(_)) == staff)
            .map(|role| {
                view! { <CheckRow name=role.name() value="1" label=ctx.t(role.label_key()) checked=ticked(&role) /> }
            })
            .collect_view()
    };
    let seen = rules::digest(&required);
    let body = view! {
        <div class="narrow">
            <PageHead title=title.clone() meta=ctx.t("rules-meta") />
            {problem}
            <Panel id="second-factor" title=ctx.t("rules-factor")>
                <form method="post" action="/_fn/factors/set_rules">
                    <input type="hidden" name="seen" value=seen />
                    <div class="panel-body stack-4">
                        <p>{ctx.t("rules-text")}</p>
                        <ChoiceGroup id="staff-roles" legend=ctx.t("rules-staff")>{rows(true)}</ChoiceGroup>
                        <ChoiceGroup id="customer-roles" legend=ctx.t("rules-customers") hint=ctx.t("rules-customers-hint")>{rows(false)}</ChoiceGroup>
                    </div>
                    <div class="panel-foot"><SubmitButton kind=ButtonKind::Primary>{ctx.t("rules-save")}</SubmitButton></div>
                </form>
            </Panel>
        </div>
    }
    .into_markup();
    Ok(Page { title, place: Place::SignInRules, crumbs: vec![], todo: None, body })
}
