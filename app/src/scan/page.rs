//! `/staff/quarantine`: files that a virus scanner holds, or has not seen yet; and deciding about one.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::documents::model::hex;
use crate::doors::{Page, Query, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::i18n::format;
use crate::ids::VersionId;
use crate::paths;
use crate::sign_in::proof;
use crate::time::Instant;
use crate::ui::{
    ButtonKind, EmptyState, ErrorSummary, Icon, LinkButton, MorePager, Notice, PageHead, Panel, Place, Status,
    SubmitButton, TextArea, Tone,
};

use super::model::{Before, Held, Scan};
use super::service;

const PER_PAGE: i64 = 50;

/// The list.
#[component]
pub fn QuarantinePage() -> impl IntoView {
    page(list)
}

/// One file.
#[component]
pub fn QuarantinedPage() -> impl IntoView {
    page(one)
}

fn read(query: &Query) -> Result<Option<Before>, AppError> {
    let Some(text) = query.get("before") else { return Ok(None) };
    let (at, id) = text.split_once('_').ok_or(AppError::NotFound)?;
    let created_at = Instant(at.parse().map_err(|_| AppError::NotFound)?);
    let id: VersionId = id.parse().map_err(|_| AppError::NotFound)?;
    Ok(Some(Before { created_at, id }))
}

async fn list(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let before = read(&visit.query)?;
    let mut held = service::held(ctx, before, PER_PAGE + 1).await?;
    let wanted = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    let more = held.len() > wanted;
    held.truncate(wanted);
    let next = held
        .last()
        .filter(|_| more)
        .map(|last| format!("{}?before={}_{}", paths::STAFF_QUARANTINE, last.created_at.0, last.id));
    let newest = before.map(|_| paths::STAFF_QUARANTINE.to_owned());
    let body = if held.is_empty() {
        view! { <EmptyState icon="circle-check-big" title=ctx.t("scan-empty-title") text=ctx.t("scan-empty-text") /> }
            .into_markup()
    } else {
        let rows = held.iter().map(|row| line(ctx, row)).collect_view();
        view! { <ul class="rows">{rows}</ul> }.into_markup()
    };
    let title = ctx.t("scan-title").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("scan-meta") />
        {scanner(ctx).await}
        <section class="panel">{body}<MorePager locale=ctx.locale next_href=next newest_href=newest /></section>
    }
    .into_markup();
    Ok(Page { title, place: Place::Quarantine, crumbs: vec![], todo: None, body })
}

/// Whether there is a scanner, and whether it answers.
async fn scanner(ctx: &Ctx) -> Markup {
    let Some(scanner) = &ctx.portal.scanner else {
        return view! { <Notice tone=Tone::Warn title=ctx.t("scan-none-title")>{ctx.t("scan-none-text")}</Notice> }
            .into_markup();
    };
    match scanner.version().await {
        Ok(version) => {
            view! { <p class="meta">{ctx.with("scan-answers", &[("version", version.into())])}</p> }.into_markup()
        }
        Err(_) => view! { <Notice tone=Tone::Bad title=ctx.t("scan-away-title")>{ctx.t("scan-away-text")}</Notice> }
            .into_markup(),
    }
}

fn status(ctx: &Ctx, row: &Held) -> Markup {
    let (tone, glyph) = match row.scan {
        Scan::Infected => (Tone::Bad, "no"),
        Scan::TooLarge => (Tone::Warn, "late"),
        _ => (Tone::Idle, "open"),
    };
    view! { <Status tone=tone glyph=glyph text=ctx.t(row.scan.label_key()) /> }.into_markup()
}

fn line(ctx: &Ctx, row: &Held) -> Markup {
    let version = ctx.with("documents-version", &[("number", row.number.into())]);
    let finding = row.finding.clone().map(|finding| view! { <span class="sep"></span>{finding} });
    view! {
        <li class="linkrow">
            <span class="docicon"><Icon name="shield-alert" /></span>
            <div class="grow">
                <a class="title" href=paths::staff_quarantined(row.id)>{row.file_name.clone()}</a>
                <p class="meta">{row.title.clone()}<span class="sep"></span>{version}<span class="sep"></span>{row.organisation_name.clone()}</p>
                <p class="meta">{row.uploaded_by_name.clone()}<span class="sep"></span>{ctx.date_time(row.created_at)}{finding}</p>
            </div>
            {status(ctx, row)}
        </li>
    }
    .into_markup()
}

async fn one(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let id: VersionId = visit.id("id")?;
    let row = service::find(ctx, id).await?;
    // Asked for before a reason is typed, not after.
    proof::require(ctx)?;
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = row.file_name.clone();
    let version = ctx.with("documents-version", &[("number", row.number.into())]);
    let body = view! {
        <PageHead title=title.clone() meta=format!("{}, {version}, {}", row.title, row.organisation_name) />
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        <div class="split">
            <div class="stack">{release(ctx, &row, flash)}</div>
            <div class="stack">{facts(ctx, &row)}</div>
        </div>
    }
    .into_markup();
    let crumbs = vec![(paths::STAFF_QUARANTINE.to_owned(), ctx.t("scan-title").to_owned())];
    Ok(Page { title, place: Place::Quarantine, crumbs, todo: None, body })
}

fn facts(ctx: &Ctx, row: &Held) -> Markup {
    let by = ctx.with(
        "documents-uploaded-by",
        &[("name", row.uploaded_by_name.clone().into()), ("when", ctx.date_time(row.created_at).into())],
    );
    let looked = row.scanned_at.map(|at| {
        view! { <div><dt>{ctx.t("scan-looked")}</dt><dd>{ctx.date_time(at)}</dd></div> }
    });
    let finding = row.finding.clone().map(|finding| {
        view! { <div><dt>{ctx.t("scan-finding")}</dt><dd class="mono">{finding}</dd></div> }
    });
    let id = row.id.to_string();
    let again = (row.scan != Scan::Pending).then(|| {
        view! {
            <form method="post" action="/_fn/quarantine/scan">
                <input type="hidden" name="version" value=id />
                <SubmitButton>{ctx.t("scan-again")}</SubmitButton>
            </form>
        }
    });
    view! {
        <Panel id="facts" title=ctx.t("scan-facts")>
            <div class="panel-body stack-4">
                {status(ctx, row)}
                <dl class="facts">
                    {finding}
                    {looked}
                    <div><dt>{ctx.t("scan-uploaded")}</dt><dd>{by}</dd></div>
                    <div><dt>{ctx.t("compare-size")}</dt><dd>{format::size(ctx.locale, row.size)}</dd></div>
                    <div><dt>{ctx.t("documents-hash")}</dt><dd class="mono hash">{hex(&row.sha256)}</dd></div>
                </dl>
            </div>
            <div class="panel-foot cluster">{again}<LinkButton href=paths::staff_document(row.document_id)>{ctx.t("scan-document")}</LinkButton></div>
        </Panel>
    }
    .into_markup()
}

fn release(ctx: &Ctx, row: &Held, flash: &Flash) -> Markup {
    let typed = flash.value("reason").filter(|_| flash.form == "quarantine").unwrap_or_default().to_owned();
    let warning = match row.scan {
        Scan::Infected => "scan-release-infected",
        Scan::TooLarge => "scan-release-too-large",
        _ => "scan-release-pending",
    };
    view! {
        <Panel id="release" title=ctx.t("scan-release-title")>
            <form method="post" action="/_fn/quarantine/release" novalidate=true>
                <input type="hidden" name="version" value=row.id.to_string() />
                <input type="hidden" name="scan" value=row.scan.name() />
                <div class="panel-body stack-4">
                    <p>{ctx.t(warning)}</p>
                    <TextArea name="reason" label=ctx.t("scan-reason") hint=ctx.t("scan-reason-hint") value=typed rows=4 error=flash.errors.get("reason").map(str::to_owned) required=true maxlength=500 />
                </div>
                <div class="panel-foot"><SubmitButton kind=ButtonKind::Danger>{ctx.t("scan-release")}</SubmitButton></div>
            </form>
        </Panel>
    }
    .into_markup()
}
