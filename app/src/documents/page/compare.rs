//! `/documents/{id}/compare`: two versions side by side, by what is known of their files.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::documents::model::{Document, Version};
use crate::documents::service;
use crate::doors::{Page, Query, Visit, page};
use crate::error::AppError;
use crate::i18n::format;
use crate::ids::DocumentId;
use crate::paths;
use crate::ui::{EmptyState, PageHead, SelectField, SelectOption, SubmitButton};

use super::history::trail;

/// So many can be chosen from.
const OFFERED: i64 = 100;

/// The page.
#[component]
pub fn ComparePage() -> impl IntoView {
    page(show)
}

fn number(query: &Query, name: &str, default: i64) -> Result<i64, AppError> {
    query.get(name).map_or(Ok(default), |text| text.parse().map_err(|_| AppError::NotFound))
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let id: DocumentId = visit.id("id")?;
    let document = service::find(ctx, id).await?;
    visit.is_in(document.organisation_id);
    let listed = service::versions(ctx, &document, i64::MAX, OFFERED).await?;
    let title = ctx.t("compare-title").to_owned();
    let (place, crumbs) = trail(ctx, &document);
    let body = if let [newest, before, ..] = listed.as_slice() {
        let (from, to) = (number(&visit.query, "from", before.number)?, number(&visit.query, "to", newest.number)?);
        let old = service::version(ctx, &document, from).await?;
        let new = service::version(ctx, &document, to).await?;
        view! {
            <PageHead title=title.clone() meta=document.title.clone() />
            {choice(ctx, &document, &listed, from, to)}
            {table(ctx, &old, &new)}
        }
        .into_markup()
    } else {
        view! {
            <PageHead title=title.clone() meta=document.title.clone() />
            <section class="panel"><EmptyState icon="history" title=ctx.t("compare-empty-title") text=ctx.t("compare-empty-text") /></section>
        }
        .into_markup()
    };
    Ok(Page { title, place, crumbs, todo: None, body })
}

fn choice(ctx: &Ctx, document: &Document, versions: &[Version], from: i64, to: i64) -> Markup {
    let options = |chosen: i64| {
        let option = |version: &Version| SelectOption {
            value: version.number.to_string(),
            label: ctx.with("documents-version", &[("number", version.number.into())]),
            selected: version.number == chosen,
        };
        versions.iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <form class="filters" method="get" action=paths::document_compare(document.id)>
            <SelectField name="from" label=ctx.t("compare-from") options=options(from) />
            <SelectField name="to" label=ctx.t("compare-to") options=options(to) />
            <SubmitButton>{ctx.t("compare-show")}</SubmitButton>
        </form>
    }
    .into_markup()
}

/// What is known of two versions, line by line; where they differ is said in words, too.
fn table(ctx: &Ctx, old: &Version, new: &Version) -> Markup {
    let dash = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
    let when = |version: &Version| ctx.date_time(version.created_at);
    let size = |version: &Version| format::size(ctx.locale, version.size);
    let lines = [
        (ctx.t("compare-file"), old.file_name.clone(), new.file_name.clone(), false),
        (ctx.t("compare-note"), dash(&old.note), dash(&new.note), false),
        (ctx.t("compare-by"), old.uploaded_by_name.clone(), new.uploaded_by_name.clone(), false),
        (ctx.t("compare-when"), when(old), when(new), false),
        (ctx.t("compare-size"), size(old), size(new), false),
        (ctx.t("compare-type"), old.media_type.clone(), new.media_type.clone(), true),
        (ctx.t("documents-hash"), old.sha256_hex(), new.sha256_hex(), true),
    ];
    let rows = lines
        .into_iter()
        .map(|(label, before, after, mono)| {
            let differs = before != after;
            let class = if mono { "mono hash" } else { "" };
            let said = if differs { ctx.t("compare-differs") } else { ctx.t("compare-same") };
            let strong = if differs { "strong" } else { "meta" };
            view! {
                <tr role="row">
                    <th scope="row" role="rowheader" class="c-main">{label}<p class=strong>{said}</p></th>
                    <td role="cell" class=class>{before}</td>
                    <td role="cell" class=class>{after}</td>
                </tr>
            }
        })
        .collect_view();
    let name = |version: &Version| ctx.with("documents-version", &[("number", version.number.into())]);
    view! {
        <section class="panel">
            <table class="table cards" role="table">
                <thead role="rowgroup"><tr role="row">
                    <th scope="col" role="columnheader"><span class="vh">{ctx.t("compare-what")}</span></th>
                    <th scope="col" role="columnheader">{name(old)}</th>
                    <th scope="col" role="columnheader">{name(new)}</th>
                </tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </section>
    }
    .into_markup()
}
