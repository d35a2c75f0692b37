//! `/documents`: what the reader may have, by category.

use leptos::prelude::*;

use crate::ui::markup::IntoMarkup as _;

use crate::access::{Action, Relation, allow};
use crate::arrivals;
use crate::ctx::Ctx;
use crate::documents::model::Category;
use crate::doors::{Page, Query, Visit, page};
use crate::error::AppError;
use crate::paths;
use crate::saved_views::model::List;
use crate::saved_views::page::views as saved_views;
use crate::search::list::Wanted;
use crate::ui::{EmptyState, Icon, LinkButton, MorePager, Notice, PageHead, Place, Tone};

use super::order::{self, Headings};
use super::rows::{choosable, reader_table};
use super::search;

/// Rows per page.
pub const PER_PAGE: i64 = 50;

/// The reader's documents.
#[component]
pub fn DocumentsPage() -> impl IntoView {
    let nonce = search::nonce();
    page(async move |ctx, visit| documents(ctx, visit, nonce).await)
}

/// The category from the address.
pub fn category(query: &Query) -> Result<Option<Category>, AppError> {
    query.get("category").map(|key| Category::parse(key).ok_or(AppError::NotFound)).transpose()
}

async fn documents(ctx: Ctx, visit: Visit, nonce: String) -> Result<Page, AppError> {
    let ctx = &ctx;
    allow(&ctx.actor, Action::HomeRead, Relation::Own, ctx.organisation)?;
    let wanted = Wanted { organisation: ctx.organisation, ..search::wanted(&visit.query)? };
    let listed = search::read(ctx, &wanted).await?;
    // The organisation is the session's, not the address's.
    let shown = Wanted { organisation: None, ..wanted };
    let project = search::project(ctx, paths::DOCUMENTS, &shown, &visit.query, ctx.organisation).await?;
    let category = shown.category;
    let address = |category: Option<Category>, after: Option<String>| {
        search::address(paths::DOCUMENTS, &Wanted { category, after, ..shown.clone() })
    };
    let tab = |wanted: Option<Category>, text: &'static str| {
        let current = (category == wanted).then_some("page");
        view! { <a href=address(wanted, None) aria-current=current>{text}</a> }
    };
    let tabs = Category::ALL.map(|c| tab(Some(c), ctx.t(c.label_key()))).into_iter().collect_view();
    let list = if listed.hits.is_empty() {
        let (icon, title, text) = match category {
            _ if shown.is_search() => ("search", "documents-none-title", "documents-none-text"),
            Some(_) => ("file-text", "documents-empty-category-title", "documents-empty-category-text"),
            None => ("file-text", "documents-empty-title", "documents-empty-text"),
        };
        let filtered = category.is_some() || shown.is_search();
        view! {
            <EmptyState icon=icon title=ctx.t(title) text=ctx.t(text)>
                {filtered.then(|| view! { <LinkButton href=paths::DOCUMENTS>{ctx.t("documents-all")}</LinkButton> })}
            </EmptyState>
        }
        .into_markup()
    } else {
        let next = listed.next.clone().map(|next| address(category, Some(next)));
        let newest = shown.after.is_some().then(|| address(category, None));
        view! { {choosable(ctx, reader_table(ctx, &listed.hits, Headings::of(paths::DOCUMENTS, &shown).as_ref()))}<MorePager locale=ctx.locale next_href=next newest_href=newest /> }
            .into_markup()
    };
    let views = saved_views(ctx, List::Documents, &search::query(&shown), &visit.flash).await?;
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let send = (!arrivals::service::open(ctx).is_empty()).then(|| {
        view! { <LinkButton href=paths::DOCUMENTS_SEND><Icon name="upload" />{ctx.t("arrivals-send")}</LinkButton> }
    });
    let title = ctx.t("nav-documents").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("documents-meta")>{send}</PageHead>
        {search::form(ctx, paths::DOCUMENTS, &shown, project, nonce)}
        {search::said(ctx, &shown, &listed)}
        <div id="results" class="stack">
            {views}
            <nav class="tabs" aria-label=ctx.t("documents-categories")>{tab(None, ctx.t("documents-all"))}{tabs}</nav>
            {problem}
            {order::left_out(ctx, &shown)}
            <section class="panel" id="list" data-live-area="documents">{list}</section>
        </div>
    }
    .into_markup();
    Ok(Page { title, place: Place::Documents, crumbs: vec![], todo: None, body })
}
