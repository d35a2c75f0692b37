//! `/staff/requests`: what customers are asked for, by state, the soonest due first.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::doors::{Page, Query, Visit, page};
use crate::error::AppError;
use crate::paths;
use crate::requests::model::{After, Request, State};
use crate::requests::service;
use crate::ui::{ButtonKind, EmptyState, Icon, LinkButton, MorePager, PageHead, Place};

use super::parts;

const PER_PAGE: i64 = 50;

/// The page.
#[component]
pub fn StaffRequestsPage() -> impl IntoView {
    page(show)
}

fn read(query: &Query) -> Result<Option<After>, AppError> {
    let Some(text) = query.get("after") else { return Ok(None) };
    let (day, id) = text.split_once('_').ok_or(AppError::NotFound)?;
    let due_on = day.parse().map_err(|()| AppError::NotFound)?;
    Ok(Some(After { due_on, id: id.parse().map_err(|_| AppError::NotFound)? }))
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let state = visit.query.get("state").map_or(Some(State::Sent), State::parse).ok_or(AppError::NotFound)?;
    let after = read(&visit.query)?;
    let found = service::list(ctx, state, None, after, PER_PAGE).await?;
    let address = |state: State| format!("{}?state={}", paths::STAFF_REQUESTS, state.name());
    let next = found.next.map(|next| format!("{}&after={}_{}", address(state), next.due_on, next.id));
    let newest = after.map(|_| address(state));
    let tabs = State::ALL
        .map(|tab| {
            let current = (tab == state).then_some("page");
            view! { <a href=address(tab) aria-current=current>{ctx.t(tab.label_key())}</a> }
        })
        .into_iter()
        .collect_view();
    let list = if found.items.is_empty() {
        view! { <EmptyState icon="inbox" title=ctx.t("requests-empty-title") text=ctx.t("requests-empty-text") /> }
            .into_markup()
    } else {
        let rows = found.items.iter().map(|request| row(ctx, request)).collect_view();
        view! { <ul class="rows">{rows}</ul> }.into_markup()
    };
    let new = service::may_ask_any(ctx).then(|| {
        view! { <LinkButton href=paths::STAFF_REQUEST_NEW kind=ButtonKind::Primary>{ctx.t("requests-new")}</LinkButton> }
    });
    let title = ctx.t("requests-title").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("requests-meta")>{new}</PageHead>
        <nav class="tabs" aria-label=ctx.t("documents-column-status")>{tabs}</nav>
        <section class="panel" id="list" data-live-area="files">{list}<MorePager locale=ctx.locale next_href=next newest_href=newest /></section>
    }
    .into_markup();
    Ok(Page { title, place: Place::Requests, crumbs: vec![], todo: None, body })
}

fn row(ctx: &Ctx, request: &Request) -> Markup {
    view! {
        <li class="linkrow">
            <span class="docicon"><Icon name="inbox" /></span>
            <div class="grow"><a class="title" href=paths::staff_request(request.id)>{request.title.clone()}</a>
            <p class="meta">{request.organisation_name.clone()}<span class="sep"></span>{ctx.t(request.category.label_key())}</p>
            <p class="meta">{parts::due(ctx, request)}</p></div>
            {parts::status(ctx, request)}
        </li>
    }
    .into_markup()
}
