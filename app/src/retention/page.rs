//! `/staff/retention`: how long documents are kept, what that would delete today, and what it has deleted.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::documents::model::State;
use crate::doors::{Page, Query, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::i18n::format;
use crate::ids::DocumentId;
use crate::paths;
use crate::time::Instant;
use crate::ui::{
    ButtonKind, ConfirmDialog, DialogCancel, EmptyState, ErrorSummary, LinkButton, MorePager, Notice, PageHead, Panel,
    Place, SubmitButton, TextField, Tone,
};

use super::model::{After, Due, Rule, Totals};
use super::service;

const PER_PAGE: i64 = 50;

/// The page.
#[component]
pub fn RetentionPage() -> impl IntoView {
    page(show)
}

fn read(query: &Query) -> Result<Option<After>, AppError> {
    let Some(text) = query.get("after") else { return Ok(None) };
    let (at, id) = text.split_once('_').ok_or(AppError::NotFound)?;
    let changed_at = Instant(at.parse().map_err(|_| AppError::NotFound)?);
    let id: DocumentId = id.parse().map_err(|_| AppError::NotFound)?;
    Ok(Some(After { changed_at, id }))
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let rules = service::rules(ctx).await?;
    let after = read(&visit.query)?;
    let totals = service::totals(ctx).await?;
    let mut due = service::due(ctx, after, PER_PAGE + 1).await?;
    let more = due.len() > usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    due.truncate(usize::try_from(PER_PAGE).unwrap_or(usize::MAX));
    let next = due
        .last()
        .filter(|_| more)
        .map(|last| format!("{}?after={}_{}", paths::STAFF_RETENTION, last.changed_at.0, last.id));
    let newest = after.map(|_| paths::STAFF_RETENTION.to_owned());
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t("retention-title").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("retention-meta") />
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        <div class="split split--wide">
            <div class="stack">{would_go(ctx, totals, due)}<MorePager locale=ctx.locale next_href=next newest_href=newest /></div>
            <div class="stack">{form(ctx, &rules, flash)}</div>
        </div>
    }
    .into_markup();
    Ok(Page { title, place: Place::Retention, crumbs: vec![], todo: None, body })
}

/// What is due, with the one button that deletes it.
fn would_go(ctx: &Ctx, totals: Totals, due: Vec<Due>) -> Markup {
    let kept = (totals.kept > 0)
        .then(|| view! { <p class="meta">{ctx.with("retention-kept", &[("count", totals.kept.into())])}</p> });
    if due.is_empty() {
        return view! {
            <Panel id="due" title=ctx.t("retention-due")>
                <EmptyState icon="circle-check-big" title=ctx.t("retention-empty-title") text=ctx.t("retention-empty-text") />
                {kept.map(|kept| view! { <div class="panel-foot">{kept}</div> })}
            </Panel>
        }
        .into_markup();
    }
    let size = format::size(ctx.locale, totals.bytes);
    let args = [("count", totals.documents.into()), ("versions", totals.versions.into()), ("size", size.into())];
    let sum = ctx.with("retention-sum", &args);
    let rows = due.into_iter().map(|due| row(ctx, due)).collect_view();
    let locale = ctx.locale;
    let words = sum.clone();
    view! {
        <Panel id="due" title=ctx.t("retention-due") count=totals.documents.to_string()>
            <ul class="rows">{rows}</ul>
            <div class="panel-foot stack-2">
                <p>{sum}</p>
                {kept}
                <div class="cluster">
                    <ConfirmDialog locale=locale id="delete" title=ctx.t("retention-delete-title") trigger_label=ctx.t("retention-delete")>
                        <form method="post" action="/_fn/retention/run">
                            <div class="dialog-body"><p>{words}</p><p>{ctx.t("retention-delete-text")}</p></div>
                            <div class="dialog-foot"><DialogCancel locale=locale dialog="delete" /><SubmitButton kind=ButtonKind::Danger>{ctx.t("retention-delete")}</SubmitButton></div>
                        </form>
                    </ConfirmDialog>
                    <LinkButton href=format!("{}?action=retention.run", paths::STAFF_AUDIT)>{ctx.t("retention-runs")}</LinkButton>
                </div>
            </div>
        </Panel>
    }
    .into_markup()
}

fn row(ctx: &Ctx, due: Due) -> Markup {
    let state = match due.state {
        State::Draft => "state-draft",
        State::Published => "state-published",
        State::Withdrawn => "state-withdrawn",
    };
    let versions = ctx.with("retention-versions", &[("count", due.versions.into())]);
    let facts = [ctx.t(due.category.label_key()), ctx.t(state), &versions].join(", ");
    view! {
        <li class="linkrow">
            <div class="grow">
                <a class="title" href=paths::staff_document(due.id)>{due.title}</a>
                <p class="meta">{due.organisation_name}<span class="sep"></span>{facts}<span class="sep"></span>{format::size(ctx.locale, due.bytes)}</p>
            </div>
            <span class="meta nowrap">{ctx.date(due.changed_at)}</span>
        </li>
    }
    .into_markup()
}

/// The names of the fields of each category's rule, in their order.
const FIELDS: [(&str, &str); 6] = [
    ("keep_proposal", "least_proposal"),
    ("keep_contract", "least_contract"),
    ("keep_invoice", "least_invoice"),
    ("keep_specification", "least_specification"),
    ("keep_minutes", "least_minutes"),
    ("keep_other", "least_other"),
];

fn form(ctx: &Ctx, rules: &[Rule], flash: &Flash) -> Markup {
    let mine = flash.form == "retention";
    let typed = |field: &str, stored: String| {
        if mine { flash.value(field).unwrap_or_default().to_owned() } else { stored }
    };
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    let rows = rules
        .iter()
        .zip(FIELDS)
        .map(|(rule, (keep, least))| {
            let days = rule.keep_days.map(|days| days.to_string()).unwrap_or_default();
            view! {
                <fieldset class="field">
                    <legend class="label strong">{ctx.t(rule.category.label_key())}</legend>
                    <div class="fields">
                        <TextField name=keep label=ctx.t("retention-keep") kind="number" value=typed(keep, days) error=error(keep) />
                        <TextField name=least label=ctx.t("retention-least") kind="number" value=typed(least, rule.least_days.to_string()) error=error(least) />
                    </div>
                </fieldset>
            }
        })
        .collect_view();
    view! {
        <Panel id="rules" title=ctx.t("retention-rules")>
            <form method="post" action="/_fn/retention/save" novalidate=true>
                <input type="hidden" name="seen" value=service::digest(rules) />
                <div class="panel-body stack-4"><p class="meta">{ctx.t("retention-rules-text")}</p>{rows}</div>
                <div class="panel-foot"><SubmitButton kind=ButtonKind::Primary>{ctx.t("settings-save")}</SubmitButton></div>
            </form>
        </Panel>
    }
    .into_markup()
}
