//! `/documents`: what the reader may have, newest first, by category.

use leptos::prelude::*;

use crate::access::{Action, Relation, allow};
use crate::arrivals;
use crate::ctx::Ctx;
use crate::documents::cursor::Cursor;
use crate::documents::model::Category;
use crate::documents::service::{self, Filter};
use crate::doors::{Page, Query, Visit, page};
use crate::error::AppError;
use crate::paths;
use crate::ui::{EmptyState, Icon, LinkButton, MorePager, Notice, PageHead, Place, Tone};

use super::rows::{choosable, reader_table};

/// Rows per page.
pub const PER_PAGE: i64 = 50;

/// The reader's documents.
#[component]
pub fn DocumentsPage() -> impl IntoView {
    page(documents)
}

/// Where the list continues, from the address; rubbish is not found.
pub fn cursor(query: &Query) -> Result<Cursor, AppError> {
    query.get("after").map_or(Ok(Cursor::START), |text| text.parse().map_err(|()| AppError::NotFound))
}

/// The category from the address.
pub fn category(query: &Query) -> Result<Option<Category>, AppError> {
    query.get("category").map(|key| Category::parse(key).ok_or(AppError::NotFound)).transpose()
}

async fn documents(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    allow(&ctx.actor, Action::HomeRead, Relation::Own, ctx.organisation)?;
    let category = category(&visit.query)?;
    let after = cursor(&visit.query)?;
    let filter = Filter { category, state: None, organisation: ctx.organisation, after, limit: PER_PAGE };
    let listed = service::list(ctx, filter).await?;
    let locale = ctx.locale;
    let address = |category: Option<Category>, after: Option<Cursor>| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if let Some(category) = category {
            query.append_pair("category", category.key());
        }
        if let Some(after) = after {
            query.append_pair("after", &after.to_string());
        }
        let query = query.finish();
        if query.is_empty() { paths::DOCUMENTS.to_owned() } else { format!("{}?{query}", paths::DOCUMENTS) }
    };
    let tab = |wanted: Option<Category>, text: &'static str| {
        let current = (category == wanted).then_some("page");
        view! { <a href=address(wanted, None) aria-current=current>{text}</a> }
    };
    let tabs = Category::ALL.map(|c| tab(Some(c), ctx.t(c.label_key()))).into_iter().collect_view();
    let body = if listed.items.is_empty() {
        let (title, text) = match category {
            Some(_) => ("documents-empty-category-title", "documents-empty-category-text"),
            None => ("documents-empty-title", "documents-empty-text"),
        };
        view! {
            <EmptyState icon="file-text" title=ctx.t(title) text=ctx.t(text)>
                {category.map(|_| view! { <LinkButton href=paths::DOCUMENTS>{ctx.t("documents-all")}</LinkButton> })}
            </EmptyState>
        }
        .into_any()
    } else {
        let next = listed.next.map(|next| address(category, Some(next)));
        let newest = (after != Cursor::START).then(|| address(category, None));
        view! { {choosable(ctx, reader_table(ctx, &listed.items, false))}<MorePager locale=locale next_href=next newest_href=newest /> }
            .into_any()
    };
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let send = (!arrivals::service::open(ctx).is_empty()).then(|| {
        view! { <LinkButton href=paths::DOCUMENTS_SEND><Icon name="upload" />{ctx.t("arrivals-send")}</LinkButton> }
    });
    let title = ctx.t("nav-documents").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("documents-meta")>{send}</PageHead>
        <nav class="tabs" aria-label=ctx.t("documents-categories")>{tab(None, ctx.t("documents-all"))}{tabs}</nav>
        {problem}
        <section class="panel">{body}</section>
    }
    .into_any();
    Ok(Page { title, place: Place::Documents, crumbs: vec![], todo: None, body })
}
