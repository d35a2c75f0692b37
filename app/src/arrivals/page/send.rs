//! `/documents/send`: files that nobody asked for, into the categories that are open.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::arrivals::service::{self, Open};
use crate::categories;
use crate::categories::model::Rules;
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::i18n::format;
use crate::paths;
use crate::ui::{
    ButtonKind, EmptyState, ErrorSummary, FileField, LinkButton, Notice, PageHead, Place, SelectField, SelectOption,
    SubmitButton, TextField, Tone,
};
use crate::uploads;
use crate::uploads::model::Kind;

/// The page.
#[component]
pub fn SendPage() -> impl IntoView {
    page(show)
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    service::check_sender(ctx)?;
    let open = service::open(ctx);
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let body = if open.is_empty() {
        view! {
            <section class="panel"><EmptyState icon="upload" title=ctx.t("arrivals-none-title") text=ctx.t("arrivals-none-text")>
                <LinkButton href=paths::DOCUMENTS>{ctx.t("nav-documents")}</LinkButton>
            </EmptyState></section>
        }
        .into_markup()
    } else {
        form(ctx, &open, flash)
    };
    let title = ctx.t("arrivals-send").to_owned();
    let body = view! {
        <div class="narrow">
            <PageHead title=title.clone() meta=ctx.t("arrivals-send-meta") />
            {problem}
            <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
            {body}
        </div>
    }
    .into_markup();
    let crumbs = vec![(paths::DOCUMENTS.to_owned(), ctx.t("nav-documents").to_owned())];
    Ok(Page { title, place: Place::Documents, crumbs, todo: None, body })
}

/// What a category takes, in words, where it is not everything that the portal takes.
fn takes(ctx: &Ctx, rules: &Rules) -> String {
    let limit = format::size(ctx.locale, i64::try_from(rules.limit(ctx.portal.upload_limit)).unwrap_or(i64::MAX));
    if rules.takes_all() {
        return ctx.with("documents-file-hint", &[("size", limit.into())]);
    }
    let kinds = categories::service::kinds_in_words(ctx, rules);
    ctx.with("documents-file-hint-kinds", &[("kinds", kinds.into()), ("size", limit.into())])
}

/// What every open category takes: said once where it is the same for all.
fn hint(ctx: &Ctx, rules: &[Rules]) -> String {
    let mut texts: Vec<(String, String)> = Vec::new();
    for rules in rules {
        texts.push((ctx.t(rules.category.label_key()).to_owned(), takes(ctx, rules)));
    }
    match texts.first() {
        Some((_, first)) if texts.iter().all(|(_, text)| text == first) => first.clone(),
        _ => texts.into_iter().map(|(name, text)| format!("{name}: {text}")).collect::<Vec<_>>().join("; "),
    }
}

fn form(ctx: &Ctx, open: &[Open], flash: &Flash) -> Markup {
    let typed = |field: &str| flash.value(field).unwrap_or_default().to_owned();
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    let chosen = flash.value("organisation_id").map(str::to_owned);
    let chosen = chosen.or_else(|| ctx.organisation.map(|id| id.to_string()));
    let organisation = match open {
        [one] => view! { <input type="hidden" name="organisation_id" value=one.id.to_string() /> }.into_markup(),
        several => {
            let option = |one: &Open| {
                let value = one.id.to_string();
                SelectOption { selected: Some(&value) == chosen.as_ref(), value, label: one.name.clone() }
            };
            let options: Vec<_> = several.iter().map(option).collect();
            view! { <SelectField name="organisation_id" label=ctx.t("arrivals-organisation") options=options error=error("organisation_id") required=true class="field wide" /> }.into_markup()
        }
    };
    let mut rules: Vec<Rules> = Vec::new();
    for category in open.iter().flat_map(|open| &open.categories) {
        if !rules.iter().any(|known| known.category == category.category) {
            rules.push(category.clone());
        }
    }
    let category = typed("category");
    let mut kinds = Vec::new();
    if rules.len() > 1 {
        let label = ctx.t("documents-choose").to_owned();
        kinds.push(SelectOption { value: String::new(), label, selected: category.is_empty() });
    }
    kinds.extend(rules.iter().map(|rules| SelectOption {
        value: rules.category.key().to_owned(),
        label: ctx.t(rules.category.label_key()).to_owned(),
        selected: rules.category.key() == category,
    }));
    view! {
        // The fields stand before the files: the server knows them when the first byte arrives.
        <form id="upload-form" class="panel" method="post" action=paths::DOCUMENTS_SEND enctype="multipart/form-data" novalidate=true>
            <div class="panel-body fields">
                {organisation}
                <SelectField name="category" label=ctx.t("documents-category") options=kinds error=error("category") required=true class="field wide" />
                <TextField name="title" label=ctx.t("documents-title") value=typed("title") note=ctx.t("ui-optional") hint=ctx.t("arrivals-title-hint") error=error("title") maxlength=200 class="field wide" />
                <TextField name="note" label=ctx.t("requests-note") value=typed("note") note=ctx.t("ui-optional") error=error("note") maxlength=500 class="field wide" />
                <FileField name="file" label=ctx.t("arrivals-files") hint=hint(ctx, &rules) error=error("file") required=true multiple=true class="field wide" />
                {uploads::page::camera(ctx)}
                {uploads::page::list(ctx, Kind::Category, None, paths::DOCUMENTS)}
                <p class="meta wide">{ctx.t("arrivals-who-sees")}</p>
            </div>
            <div class="panel-foot cluster"><SubmitButton kind=ButtonKind::Primary>{ctx.t("requests-send")}</SubmitButton><LinkButton href=paths::DOCUMENTS>{ctx.t("ui-cancel")}</LinkButton></div>
        </form>
    }
    .into_markup()
}
