//! `/documents/{id}/history`: what happened to one document, in words.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::audit;
use crate::ctx::Ctx;
use crate::documents::history::{self, Entry};
use crate::documents::model::Document;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::ids::DocumentId;
use crate::paths;
use crate::ui::{EmptyState, Icon, MorePager, PageHead, Place};

use super::rows::doer_name;
use super::sentences;

const PER_PAGE: i64 = 50;

/// The page.
#[component]
pub fn HistoryPage() -> impl IntoView {
    page(show)
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let id: DocumentId = visit.id("id")?;
    let downloads = visit.query.get("only") == Some("downloads");
    let only = if downloads { "document.download" } else { "" };
    let before = match visit.query.get("before") {
        Some(text) => text.parse().map_err(|_| AppError::NotFound)?,
        None => i64::MAX,
    };
    let (document, history) = history::read(ctx, id, only, before, PER_PAGE).await?;
    visit.is_in(document.organisation_id);
    let path = paths::document_history(id);
    let filter = if downloads { "&only=downloads" } else { "" };
    let next = history.next.map(|before| format!("{path}?before={before}{filter}"));
    let newest = (before != i64::MAX).then(|| if downloads { format!("{path}?only=downloads") } else { path.clone() });
    let list = if history.entries.is_empty() {
        view! { <EmptyState icon="history" title=ctx.t("history-empty-title") text=ctx.t("history-empty-text") /> }
            .into_markup()
    } else {
        let rows = history.entries.iter().map(|entry| row(ctx, entry)).collect_view();
        view! { <ol class="rows" aria-label=ctx.t("history-title")>{rows}</ol> }.into_markup()
    };
    let title = ctx.t("history-title").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=document.title.clone() />
        <nav class="tabs" aria-label=ctx.t("documents-filter")>
            <a href=path.clone() aria-current=(!downloads).then_some("page")>{ctx.t("history-all")}</a>
            <a href=format!("{path}?only=downloads") aria-current=downloads.then_some("page")>{ctx.t("history-downloads")}</a>
        </nav>
        <section class="panel">{list}<MorePager locale=ctx.locale next_href=next newest_href=newest /></section>
    }
    .into_markup();
    let (place, crumbs) = trail(ctx, &document);
    Ok(Page { title, place, crumbs, todo: None, body })
}

/// Where the pages about one document hang.
pub fn trail(ctx: &Ctx, document: &Document) -> (Place, Vec<(String, String)>) {
    let (place, list, own) = if ctx.actor.staff().is_some() {
        (Place::StaffDocuments, paths::STAFF_DOCUMENTS, paths::staff_document(document.id))
    } else {
        (Place::Documents, paths::DOCUMENTS, paths::document(document.id))
    };
    (place, vec![(list.to_owned(), ctx.t("nav-documents").to_owned()), (own, document.title.clone())])
}

fn icon(action: &str) -> &'static str {
    match action.split_once('.').unwrap_or((action, "")) {
        ("approval", _) => "circle-check-big",
        ("quarantine", _) => "shield-alert",
        (_, "download") => "download",
        (_, "upload" | "create") => "upload",
        (_, "publish") => "users",
        (_, "withdraw" | "delete") => "x",
        (_, "restore") => "rotate-ccw",
        (_, "hold" | "release") => "lock",
        _ => "history",
    }
}

fn row(ctx: &Ctx, entry: &Entry) -> Markup {
    let mut facts = Vec::new();
    if let Some(number) = entry.version() {
        facts.push(ctx.with("documents-version", &[("number", number.into())]));
    }
    let text = |name: &str| entry.detail.get(name).and_then(serde_json::Value::as_str);
    if let Some(kind) = text("audience") {
        facts.push(ctx.t(audience_key(kind)).to_owned());
    }
    facts.extend(text("finding").map(str::to_owned));
    facts.push(ctx.with("activity-by", &[("who", doer_name(ctx, entry.doer.clone()).into())]));
    let facts = facts
        .into_iter()
        .enumerate()
        .map(|(at, fact)| view! { {(at > 0).then(|| view! { <span class="sep"></span> })}{fact} })
        .collect_view();
    view! {
        <li class="linkrow">
            <span class="docicon"><Icon name=icon(&entry.action) /></span>
            <div class="grow"><p class="strong">{audit::words(ctx.locale, &entry.action)}</p><p class="meta">{facts}</p>{sentences::below(ctx, entry)}</div>
            <time class="meta nowrap" datetime=entry.at.rfc3339()>{ctx.date_time(entry.at)}</time>
        </li>
    }
    .into_markup()
}

fn audience_key(kind: &str) -> &'static str {
    match kind {
        "organisation" => "history-to-organisation",
        "group" => "history-to-group",
        "project" => "history-to-project",
        _ => "history-to-people",
    }
}
