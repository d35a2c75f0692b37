//! `/staff/categories`: the rules of every category; and changing those of one.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::{Role, StaffRole};
use crate::ctx::Ctx;
use crate::documents::model::Category;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::i18n::format;
use crate::paths;
use crate::ui::{
    ButtonKind, CheckRow, ChoiceGroup, ErrorSummary, LinkButton, Notice, PageHead, Panel, Place, RadioCard,
    SubmitButton, TextField, Tone,
};

use super::file_kind::FileKind;
use super::model::{AUDIENCES, Approval, Rules};
use super::server::MEGABYTE;
use super::service;
use super::steps;

/// The list.
#[component]
pub fn CategoriesPage() -> impl IntoView {
    page(list)
}

/// One category.
#[component]
pub fn CategoryPage() -> impl IntoView {
    page(one)
}

async fn list(ctx: Ctx, _: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let rules = service::all(ctx).await?;
    let rows = rules.0.iter().map(|rules| row(ctx, rules)).collect_view();
    let title = ctx.t("categories-title").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("categories-meta")><LinkButton href=paths::STAFF_RETENTION>{ctx.t("retention-title")}</LinkButton></PageHead>
        <section class="panel"><ul class="rows">{rows}</ul></section>
    }
    .into_markup();
    Ok(Page { title, place: Place::Categories, crumbs: vec![], todo: None, body })
}

fn role_name(ctx: &Ctx, role: StaffRole) -> &'static str {
    ctx.t(Role::Staff(role).label_key())
}

fn row(ctx: &Ctx, rules: &Rules) -> Markup {
    let takes =
        if rules.takes_all() { ctx.t("categories-all-kinds").to_owned() } else { service::kinds_in_words(ctx, rules) };
    let limit = i64::try_from(rules.limit(ctx.portal.upload_limit)).unwrap_or(i64::MAX);
    let limit = ctx.with("categories-up-to", &[("size", format::size(ctx.locale, limit).into())]);
    let who = if rules.publishers.is_empty() {
        ctx.t("categories-everybody").to_owned()
    } else {
        let names: Vec<&str> = rules.publishers.iter().map(|role| role_name(ctx, *role)).collect();
        ctx.with("categories-publish", &[("roles", names.join(", ").into())])
    };
    let asked = match &rules.approval {
        Approval::None => ctx.t("categories-approval-none").to_owned(),
        rule => {
            let days = ctx.with("categories-within", &[("days", rules.approval_days.into())]);
            format!("{}, {days}", steps::in_words(ctx, rule))
        }
    };
    let asked = format!("{}: {asked}", ctx.t("categories-approval"));
    let marked = rules.watermark.then(|| view! { <span class="sep"></span>{ctx.t("categories-marked")} });
    let open = rules.customers_send.then(|| view! { <span class="sep"></span>{ctx.t("categories-open")} });
    let first = format!("{}: {}", ctx.t("categories-audience"), ctx.t(audience_key(rules.audience)));
    let holds = rules.valid_days.map(|days| {
        view! { <span class="sep"></span>{ctx.with("categories-valid", &[("days", days.into())])} }
    });
    view! {
        <li class="linkrow">
            <div class="grow">
                <a class="title" href=paths::staff_category(rules.category)>{ctx.t(rules.category.label_key())}</a>
                <p class="meta">{takes}<span class="sep"></span>{limit}</p>
                <p class="meta">{who}{open}{marked}</p>
                <p class="meta">{first}<span class="sep"></span>{asked}{holds}</p>
            </div>
        </li>
    }
    .into_markup()
}

fn audience_key(kind: &str) -> &'static str {
    match kind {
        "group" => "categories-audience-group",
        "project" => "categories-audience-project",
        "people" => "categories-audience-people",
        _ => "categories-audience-organisation",
    }
}

async fn one(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let key: String = visit.id("key")?;
    // Whoever may not look does not learn which there are.
    service::all(ctx).await?;
    let category = Category::parse(&key).ok_or(AppError::NotFound)?;
    let rules = service::of(ctx, category).await?;
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t(category.label_key()).to_owned();
    let body = view! {
        <div class="narrow">
            <PageHead title=title.clone() meta=ctx.t("categories-one-meta") />
            {problem}
            <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
            {form(ctx, &rules, flash)}
        </div>
    }
    .into_markup();
    let crumbs = vec![(paths::STAFF_CATEGORIES.to_owned(), ctx.t("categories-title").to_owned())];
    Ok(Page { title, place: Place::Categories, crumbs, todo: None, body })
}

fn form(ctx: &Ctx, rules: &Rules, flash: &Flash) -> Markup {
    let mine = flash.form == "category";
    let typed = |field: &str, stored: String| {
        if mine { flash.value(field).unwrap_or_default().to_owned() } else { stored }
    };
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    let ticked = |field: &str, stored: bool, name: &str| {
        if mine { flash.value(field).is_some_and(|text| text.split(' ').any(|value| value == name)) } else { stored }
    };
    let kinds = FileKind::ALL
        .into_iter()
        .map(|kind| {
            let checked = ticked("kinds", rules.kinds.contains(&kind), kind.name());
            view! { <CheckRow name="kinds[]" value=kind.name() label=ctx.t(kind.label_key()) checked=checked /> }
        })
        .collect_view();
    let publishers = StaffRole::ALL
        .into_iter()
        .filter(|role| !matches!(role, StaffRole::Administrator | StaffRole::Management | StaffRole::Support))
        .map(|role| {
            let checked = ticked("publishers", rules.publishers.contains(&role), role.name());
            view! { <CheckRow name="publishers[]" value=role.name() label=role_name(ctx, role) checked=checked /> }
        })
        .collect_view();
    let audience = typed("audience", rules.audience.to_owned());
    let audiences = AUDIENCES
        .into_iter()
        .map(|kind| view! { <RadioCard name="audience" value=kind label=ctx.t(audience_key(kind)) checked={audience == kind} /> })
        .collect_view();
    let approval = typed("approval", rules.approval.name().to_owned());
    let approvals = Approval::CHOICES
        .into_iter()
        .map(|(name, key)| view! { <RadioCard name="approval" value=name label=ctx.t(key) checked={approval == name} /> })
        .collect_view();
    let steps = steps::fields(ctx, rules, approval == "steps", mine.then_some(flash), &flash.errors);
    let open = ticked("customers_send", rules.customers_send, "yes");
    let marked = ticked("watermark", rules.watermark, "yes");
    let size = rules.size_limit.map(|bytes| (bytes / MEGABYTE).to_string()).unwrap_or_default();
    let valid = rules.valid_days.map(|days| days.to_string()).unwrap_or_default();
    let limit = format::size(ctx.locale, i64::try_from(ctx.portal.upload_limit).unwrap_or(i64::MAX));
    let size_hint = ctx.with("categories-size-hint", &[("size", limit.into())]);
    view! {
        <form class="stack" method="post" action="/_fn/categories/save" novalidate=true>
            <input type="hidden" name="category" value=rules.category.key() />
            <input type="hidden" name="seen" value=service::digest(rules) />
            <Panel id="files" title=ctx.t("categories-files")>
                <div class="panel-body stack">
                    <ChoiceGroup id="kinds" legend=ctx.t("categories-kinds") hint=ctx.t("categories-kinds-hint") error=error("kinds")>{kinds}</ChoiceGroup>
                    <TextField name="size" label=ctx.t("categories-size") kind="number" value=typed("size", size) hint=size_hint error=error("size") />
                    <ChoiceGroup id="sending" legend=ctx.t("categories-sending")><CheckRow name="customers_send" value="yes" label=ctx.t("categories-customers-send") meta=ctx.t("categories-customers-send-hint") checked=open /></ChoiceGroup>
                    <ChoiceGroup id="looking" legend=ctx.t("categories-looking")><CheckRow name="watermark" value="yes" label=ctx.t("categories-watermark") meta=ctx.t("categories-watermark-hint") checked=marked /></ChoiceGroup>
                </div>
            </Panel>
            <Panel id="publishing" title=ctx.t("categories-publishing")>
                <div class="panel-body stack">
                    <ChoiceGroup id="publishers" legend=ctx.t("categories-publishers") hint=ctx.t("categories-publishers-hint")>{publishers}</ChoiceGroup>
                    <ChoiceGroup id="audience" legend=ctx.t("categories-audience")>{audiences}</ChoiceGroup>
                    <ChoiceGroup id="approval" legend=ctx.t("categories-approval")>{approvals}</ChoiceGroup>
                    {steps}
                    <TextField name="approval_days" label=ctx.t("categories-approval-days") kind="number" value=typed("approval_days", rules.approval_days.to_string()) error=error("approval_days") />
                    <TextField name="valid_days" label=ctx.t("categories-valid-days") kind="number" hint=ctx.t("categories-valid-days-hint") value=typed("valid_days", valid) error=error("valid_days") />
                    <TextField name="notice_days" label=ctx.t("validity-notice") kind="number" hint=ctx.t("validity-notice-hint") value=typed("notice_days", rules.notice_days.to_string()) error=error("notice_days") />
                </div>
                <div class="panel-foot cluster"><SubmitButton kind=ButtonKind::Primary>{ctx.t("settings-save")}</SubmitButton><LinkButton href=paths::STAFF_CATEGORIES>{ctx.t("ui-cancel")}</LinkButton></div>
            </Panel>
        </form>
    }
    .into_markup()
}
