//! What became of the rows of a run, or what would.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::imports::kind::field_key;
use crate::imports::model::{Run, RunRow, State};
use crate::paths;
use crate::ui::{LinkButton, Panel, Status, Tone};

/// How a result looks.
fn status(ctx: &Ctx, run: &Run, result: &str) -> Markup {
    let will = run.state == State::Ready;
    let (tone, glyph, text) = match (result, will) {
        ("create", true) => (Tone::Good, "open", ctx.t("imports-will-create")),
        ("create", false) => (Tone::Good, "done", ctx.t("imports-did-create")),
        ("change", true) => (Tone::Mine, "open", ctx.t("imports-will-change")),
        ("change", false) => (Tone::Good, "done", ctx.t("imports-did-change")),
        _ => (Tone::Bad, "no", ctx.t("imports-rejected")),
    };
    view! { <Status tone=tone glyph=glyph text=text /> }.into_markup()
}

/// Old and new values, or what is wrong, each on its line.
fn details(ctx: &Ctx, run: &Run, row: &RunRow) -> Markup {
    let detail = row.detail();
    let name = |field: &str| ctx.t(field_key(run.kind, field));
    let empty = || ctx.t("imports-nothing").to_owned();
    let changes = detail.changes.into_iter().map(|(field, old, new)| {
        let old = if old.is_empty() { empty() } else { old };
        let new = if new.is_empty() { empty() } else { new };
        view! { <p>{format!("{}: ", name(&field))}<del>{old}</del>" \u{2192} "<ins>{new}</ins></p> }.into_markup()
    });
    let errors = detail
        .errors
        .into_iter()
        .map(|(field, why)| view! { <p>{format!("{}: {why}", name(&field))}</p> }.into_markup());
    changes.chain(errors).collect_view().into_markup()
}

/// The rows of one result. `after`: from where the next ones go on.
pub fn panel(ctx: &Ctx, run: &Run, shown: Option<&str>, rows: &[RunRow], more: bool) -> Markup {
    let page = paths::staff_import(run.id);
    let tab = |result: Option<&'static str>, key: &'static str, count: i64| {
        let href = result.map_or_else(|| page.clone(), |result| format!("{page}?result={result}"));
        let current = (shown == result).then_some("page");
        (result.is_none() || count > 0).then(|| {
            let count = result.map(|_| view! { <span class="count count--plain">{count}</span> });
            view! { <a href=format!("{href}#results") aria-current=current>{ctx.t(key)}" "{count}</a> }
        })
    };
    let listed = rows
        .iter()
        .map(|row| {
            view! {
                <tr role="row">
                    <th scope="row" role="rowheader" class="c-main"><span class="title">{row.number.clone()}</span><p class="meta">{ctx.with("imports-line", &[("line", row.line.into())])}</p></th>
                    <td role="cell" class="c-status c-wide">{status(ctx, run, &row.result)}</td>
                    <td role="cell" class="c-wide">{details(ctx, run, row)}</td>
                </tr>
            }
        })
        .collect_view();
    let next = rows.last().filter(|_| more).map(|last| {
        let result = shown.map(|result| format!("&result={result}")).unwrap_or_default();
        view! { <LinkButton href=format!("{page}?after={}{result}#results", last.position) class="push">{ctx.t("imports-more")}</LinkButton> }
    });
    let table = if rows.is_empty() {
        view! { <div class="panel-body"><p class="meta">{ctx.t("imports-results-none")}</p></div> }.into_markup()
    } else {
        view! {
            <table class="table cards" role="table">
                <thead role="rowgroup"><tr role="row">
                    <th scope="col" role="columnheader">{ctx.t("imports-column-row")}</th>
                    <th scope="col" role="columnheader">{ctx.t("documents-column-status")}</th>
                    <th scope="col" role="columnheader">{ctx.t("imports-column-details")}</th>
                </tr></thead>
                <tbody role="rowgroup">{listed}</tbody>
            </table>
        }
        .into_markup()
    };
    let report = view! { <LinkButton href=paths::staff_import_report(run.id)>{ctx.t("imports-report")}</LinkButton> };
    view! {
        <Panel id="results" title=ctx.t("imports-results")>
            <nav class="tabs" aria-label=ctx.t("imports-results")>
                {tab(None, "imports-tab-all", 0)}
                {tab(Some("rejected"), "imports-rejected", run.counts.rejected)}
                {tab(Some("change"), "imports-tab-changed", run.counts.changed)}
                {tab(Some("create"), "imports-tab-created", run.counts.created)}
            </nav>
            {table}
            <div class="panel-foot cluster">{report}{next}</div>
        </Panel>
    }
    .into_markup()
}
