//! `/staff/imports`: a file to begin with, and what was imported before.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::i18n::format;
use crate::ids::ImportId;
use crate::imports::kind::Kind;
use crate::imports::mapping::{self, Saved};
use crate::imports::model::{Run, State};
use crate::imports::service;
use crate::paths;
use crate::ui::{
    ButtonKind, CheckRow, EmptyState, ErrorSummary, FileField, Icon, MorePager, Notice, PageHead, Panel, Place,
    SelectField, SelectOption, SubmitButton, TextField, Tone,
};

use super::parts;

const PER_PAGE: i64 = 25;

/// Runs, and the form that begins one.
#[component]
pub fn StaffImportsPage() -> impl IntoView {
    page(show)
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let state = visit.query.get("state").map(|s| State::parse(s).ok_or(AppError::NotFound)).transpose()?;
    let before: Option<ImportId> =
        visit.query.get("before").map(|id| id.parse().map_err(|_| AppError::NotFound)).transpose()?;
    let (runs, more) = service::list(ctx, state, before, PER_PAGE).await?;
    let address = |before: Option<ImportId>| {
        let state = state.map(|state| format!("state={}", state.name()));
        let before = before.map(|id| format!("before={id}"));
        let query = state.into_iter().chain(before).collect::<Vec<_>>().join("&");
        if query.is_empty() { paths::STAFF_IMPORTS.to_owned() } else { format!("{}?{query}", paths::STAFF_IMPORTS) }
    };
    let next = runs.last().filter(|_| more).map(|last| address(Some(last.id)));
    let newest = before.map(|_| address(None));
    let list = if runs.is_empty() {
        view! { <EmptyState icon="file-spreadsheet" title=ctx.t("imports-empty-title") text=ctx.t("imports-empty-text") /> }
            .into_markup()
    } else {
        let rows = runs.iter().map(|run| row(ctx, run)).collect_view();
        view! { <ul class="rows">{rows}</ul> }.into_markup()
    };
    let begin = service::manages(ctx).then(|| begin(ctx, &visit));
    let known = if service::manages(ctx) { mapping::all(ctx).await? } else { Vec::new() };
    let known = mappings(ctx, &known);
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t("imports-title").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("imports-meta") />
        {problem}
        <ErrorSummary locale=ctx.locale errors=visit.flash.errors.clone() />
        {begin}
        <Panel id="runs" title=ctx.t("imports-runs")>{list}<MorePager locale=ctx.locale next_href=next newest_href=newest /></Panel>
        {known}
    }
    .into_markup();
    Ok(Page { title, place: Place::Imports, crumbs: vec![], todo: None, body })
}

/// The form that takes a file.
fn begin(ctx: &Ctx, visit: &Visit) -> Markup {
    let flash = &visit.flash;
    let typed = |field: &str| flash.value(field).filter(|_| flash.form == "new-import").unwrap_or_default().to_owned();
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    let chosen = Kind::parse(&typed("kind")).unwrap_or(Kind::Orders);
    let kinds = Kind::ALL.map(|kind| SelectOption {
        value: kind.name().to_owned(),
        label: ctx.t(kind.label_key()).to_owned(),
        selected: kind == chosen,
    });
    let currency = Some(typed("currency")).filter(|text| !text.is_empty()).unwrap_or_else(|| "EUR".to_owned());
    let size = format::size(ctx.locale, i64::try_from(ctx.portal.upload_limit).unwrap_or(i64::MAX));
    // The fields stand before the file: the server knows them when the first byte arrives.
    view! {
        <Panel id="begin" title=ctx.t("imports-begin")>
            <form method="post" action=paths::STAFF_IMPORTS enctype="multipart/form-data" novalidate=true>
                <div class="panel-body fields">
                    <SelectField name="kind" label=ctx.t("imports-kind") hint=ctx.t("imports-kind-hint") options=kinds.to_vec() error=error("kind") />
                    <TextField name="currency" label=ctx.t("imports-currency") hint=ctx.t("imports-currency-hint") value=currency error=error("currency") maxlength=3 />
                    <div class="field wide"><CheckRow name="invite" value="yes" label=ctx.t("imports-invite") meta=ctx.t("imports-invite-meta") checked=typed("invite") == "yes" /><CheckRow name="publish" value="yes" label=ctx.t("imports-publish") meta=ctx.t("imports-publish-meta") checked=typed("publish") == "yes" /></div>
                    <FileField name="file" label=ctx.t("imports-file") hint=ctx.with("imports-file-hint", &[("size", size.into())]) error=error("file") required=true class="field wide" />
                </div>
                <div class="panel-foot cluster">
                    <SubmitButton kind=ButtonKind::Primary>{ctx.t("imports-look")}</SubmitButton>
                    <span class="meta">{ctx.t("imports-look-hint")}</span>
                </div>
            </form>
        </Panel>
    }
    .into_markup()
}

/// The ways to read files that are kept. None where there are none.
fn mappings(ctx: &Ctx, known: &[Saved]) -> Option<Markup> {
    if known.is_empty() {
        return None;
    }
    let rows = known
        .iter()
        .map(|saved| {
            let label = format!("{}: {}", ctx.t("imports-mapping-forget"), saved.name);
            view! {
                <li class="linkrow linkrow--acts">
                    <div class="grow"><p>{saved.name.clone()}</p><p class="meta">{ctx.t(saved.kind.label_key())}</p></div>
                    <form method="post" action="/_fn/imports/forget_mapping"><input type="hidden" name="id" value=saved.id.to_string() /><SubmitButton label=label>{ctx.t("imports-mapping-forget")}</SubmitButton></form>
                </li>
            }
        })
        .collect_view();
    Some(
        view! { <Panel id="mappings" title=ctx.t("imports-mappings")><ul class="rows">{rows}</ul></Panel> }
            .into_markup(),
    )
}

fn row(ctx: &Ctx, run: &Run) -> Markup {
    let counts = parts::counts(ctx, run);
    let counts = (!counts.is_empty()).then(|| view! { <p class="meta">{counts}</p> });
    let problem = parts::problem(ctx, run).map(|text| view! { <p class="meta">{text}</p> });
    let at = run.created_at;
    view! {
        <li class="linkrow">
            <span class="docicon"><Icon name="file-spreadsheet" /></span>
            <div class="grow">
                <a class="title" href=paths::staff_import(run.id)>{run.file_name.clone()}</a>
                <p class="meta">{ctx.t(run.kind.label_key())}<span class="sep"></span>{parts::who(ctx, run)}<span class="sep"></span><time datetime=at.rfc3339()>{ctx.date_time(at)}</time></p>
                {counts}
                {problem}
            </div>
            {parts::status(ctx, run)}
        </li>
    }
    .into_markup()
}
