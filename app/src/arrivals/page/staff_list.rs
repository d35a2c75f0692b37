//! `/staff/arrivals`: what customers sent without being asked, the newest first.

use leptos::prelude::*;

use crate::ui::markup::IntoMarkup as _;

use crate::arrivals::model::After;
use crate::arrivals::service;
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::notifications::{self, Kind};
use crate::paths;
use crate::ui::{EmptyState, MorePager, Notice, PageHead, Place, Tone};

use super::parts;

const PER_PAGE: i64 = 50;

/// The page.
#[component]
pub fn StaffArrivalsPage() -> impl IntoView {
    page(show)
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let unseen = match visit.query.get("seen") {
        None => true,
        Some("all") => false,
        Some(_) => return Err(AppError::NotFound),
    };
    let after: Option<After> =
        visit.query.get("after").map(|text| text.parse().map_err(|()| AppError::NotFound)).transpose()?;
    let found = service::list(ctx, unseen, after, PER_PAGE).await?;
    // Files are told of minutes after they came: what was told of is on the list.
    if after.is_none() {
        notifications::seen_kind(ctx, Kind::FilesArrived).await;
    }
    let address = |unseen: bool, after: Option<After>| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if !unseen {
            query.append_pair("seen", "all");
        }
        if let Some(after) = after {
            query.append_pair("after", &after.to_string());
        }
        let query = query.finish();
        if query.is_empty() { paths::STAFF_ARRIVALS.to_owned() } else { format!("{}?{query}", paths::STAFF_ARRIVALS) }
    };
    let tab = |wanted: bool, key: &'static str| {
        let current = (wanted == unseen).then_some("page");
        view! { <a href=address(wanted, None) aria-current=current>{ctx.t(key)}</a> }
    };
    let next = found.next.map(|next| address(unseen, Some(next)));
    let newest = after.map(|_| address(unseen, None));
    let list = if found.items.is_empty() {
        let text = if unseen { "arrivals-empty-text" } else { "arrivals-empty-all-text" };
        view! { <EmptyState icon="inbox" title=ctx.t("arrivals-empty-title") text=ctx.t(text) /> }.into_markup()
    } else {
        parts::rows(ctx, &found.items)
    };
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t("arrivals-title").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("arrivals-meta") />
        <nav class="tabs" aria-label=ctx.t("documents-column-status")>{tab(true, "arrivals-new")}{tab(false, "documents-all")}</nav>
        {problem}
        <section class="panel" id="list" data-live-area="files">{list}<MorePager locale=ctx.locale next_href=next newest_href=newest /></section>
    }
    .into_markup();
    let crumbs = vec![(paths::STAFF_DOCUMENTS.to_owned(), ctx.t("nav-documents").to_owned())];
    Ok(Page { title, place: Place::StaffDocuments, crumbs, todo: None, body })
}
