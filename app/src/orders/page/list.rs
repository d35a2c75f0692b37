//! `/orders` and `/staff/orders`: what was ordered, the newest first; those that are still to come unless one asks.

use leptos::prelude::*;

use crate::access::{Action, allow_any};
use crate::ctx::Ctx;
use crate::doors::{Page, Query, Visit, ctx, page, redirect_to};
use crate::error::AppError;
use crate::ids::OrganisationId;
use crate::orders::model::{After, Order, Status, Which};
use crate::orders::service;
use crate::organisation::service as organisation;
use crate::paths;
use crate::ui::{ButtonKind, EmptyState, LinkButton, MorePager, PageHead, Place};

use super::parts;

const PER_PAGE: i64 = 50;

/// The customer's orders.
#[component]
pub fn OrdersPage() -> impl IntoView {
    if ctx().is_some_and(|ctx| ctx.actor.staff().is_some()) {
        redirect_to(paths::STAFF_ORDERS);
        return ().into_any();
    }
    page(customer).into_any()
}

/// The orders of all customers.
#[component]
pub fn StaffOrdersPage() -> impl IntoView {
    page(staff)
}

/// What the address asks for.
fn which(query: &Query, statuses: &[Status]) -> Result<Which, AppError> {
    match query.get("status") {
        None | Some("") => {}
        Some(key) if statuses.iter().any(|status| status.key == key) => return Ok(Which::Status(key.to_owned())),
        Some(_) => return Err(AppError::NotFound),
    }
    match query.get("which") {
        None | Some("open") => Ok(Which::Open),
        Some("closed") => Ok(Which::Closed),
        Some("all") => Ok(Which::All),
        Some(_) => Err(AppError::NotFound),
    }
}

fn query_of(which: &Which) -> String {
    match which {
        Which::Open => String::new(),
        Which::Closed => "which=closed".to_owned(),
        Which::All => "which=all".to_owned(),
        Which::Status(key) => format!("status={key}"),
    }
}

fn address(base: &str, which: &Which, only: Option<OrganisationId>, after: Option<After>) -> String {
    let parts = [
        Some(query_of(which)).filter(|text| !text.is_empty()),
        only.map(|id| format!("organisation={id}")),
        after.map(|after| format!("after={after}")),
    ];
    let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
    if query.is_empty() { base.to_owned() } else { format!("{base}?{query}") }
}

fn after(query: &Query) -> Result<Option<After>, AppError> {
    query.get("after").map(|text| text.parse().map_err(|()| AppError::NotFound)).transpose()
}

async fn customer(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    if !service::may_open(ctx) {
        return Err(AppError::Forbidden);
    }
    let statuses = service::statuses(ctx).await?;
    let which = which(&visit.query, &statuses)?;
    let after = after(&visit.query)?;
    let found = service::list(ctx, &which, ctx.organisation, after, PER_PAGE).await?;
    let list = table(ctx, &found.items, false, paths::order).unwrap_or_else(|| empty(ctx, &which, paths::ORDERS));
    let next = found.next.map(|next| address(paths::ORDERS, &which, None, Some(next)));
    let newest = after.map(|_| address(paths::ORDERS, &which, None, None));
    let title = ctx.t("orders-title").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("orders-meta") />
        {tabs(ctx, &which, paths::ORDERS, None, &statuses)}
        <section class="panel">{list}<MorePager locale=ctx.locale next_href=next newest_href=newest /></section>
    }
    .into_any();
    Ok(Page { title, place: Place::Orders, crumbs: vec![], todo: None, body })
}

async fn staff(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisation::require_staff(ctx)?;
    allow_any(&ctx.actor, Action::OrderRead)?;
    let statuses = service::statuses(ctx).await?;
    let which = which(&visit.query, &statuses)?;
    let after = after(&visit.query)?;
    let only: Option<OrganisationId> = visit
        .query
        .get("organisation")
        .filter(|id| !id.is_empty())
        .map(|id| id.parse().map_err(|_| AppError::NotFound))
        .transpose()?;
    let customer = match only {
        Some(id) => Some(organisation::find(ctx, id).await?),
        None => None,
    };
    let found = service::list(ctx, &which, only, after, PER_PAGE).await?;
    let list = table(ctx, &found.items, only.is_none(), paths::staff_order)
        .unwrap_or_else(|| empty(ctx, &which, paths::STAFF_ORDERS));
    let next = found.next.map(|next| address(paths::STAFF_ORDERS, &which, only, Some(next)));
    let newest = after.map(|_| address(paths::STAFF_ORDERS, &which, only, None));
    let new = service::may_manage_any(ctx).then(|| {
        let href = only.map_or_else(
            || paths::STAFF_ORDER_NEW.to_owned(),
            |id| format!("{}?organisation={id}", paths::STAFF_ORDER_NEW),
        );
        view! { <LinkButton href=href kind=ButtonKind::Primary>{ctx.t("orders-new")}</LinkButton> }
    });
    let title = ctx.t("orders-title").to_owned();
    let meta =
        customer.as_ref().map_or_else(|| ctx.t("orders-staff-meta").to_owned(), |customer| customer.name.clone());
    let body = view! {
        <PageHead title=title.clone() meta=meta>{new}</PageHead>
        {tabs(ctx, &which, paths::STAFF_ORDERS, only, &statuses)}
        <section class="panel">{list}<MorePager locale=ctx.locale next_href=next newest_href=newest /></section>
    }
    .into_any();
    let crumbs = customer.map(|customer| (paths::staff_customer(customer.id), customer.name)).into_iter().collect();
    Ok(Page { title, place: Place::StaffOrders, crumbs, todo: None, body })
}

/// Open, closed, all, and each status by itself.
fn tabs(ctx: &Ctx, which: &Which, base: &'static str, only: Option<OrganisationId>, statuses: &[Status]) -> AnyView {
    let tab = |wanted: Which, text: String| {
        let current = (*which == wanted).then_some("page");
        view! { <a href=address(base, &wanted, only, None) aria-current=current>{text}</a> }
    };
    let by_status = statuses
        .iter()
        .map(|status| tab(Which::Status(status.key.clone()), status.name(ctx.locale).to_owned()))
        .collect_view();
    view! {
        <nav class="tabs" aria-label=ctx.t("documents-column-status")>
            {tab(Which::Open, ctx.t("orders-open").to_owned())}{tab(Which::Closed, ctx.t("orders-closed").to_owned())}{tab(Which::All, ctx.t("orders-all").to_owned())}{by_status}
        </nav>
    }
    .into_any()
}

fn empty(ctx: &Ctx, which: &Which, base: &'static str) -> AnyView {
    let (title, text) = match which {
        Which::All => ("orders-empty-title", "orders-empty-text"),
        _ => ("orders-empty-here-title", "orders-empty-here-text"),
    };
    let all = (*which != Which::All)
        .then(|| view! { <LinkButton href=address(base, &Which::All, None, None)>{ctx.t("orders-all")}</LinkButton> });
    view! { <EmptyState icon="package" title=ctx.t(title) text=ctx.t(text)>{all}</EmptyState> }.into_any()
}

/// The table; cards on a phone. None without rows.
pub fn table(
    ctx: &Ctx,
    orders: &[Order],
    show_organisation: bool,
    href: fn(crate::ids::OrderId) -> String,
) -> Option<AnyView> {
    if orders.is_empty() {
        return None;
    }
    let prices = orders.iter().any(|order| order.total.is_some());
    let rows = orders
        .iter()
        .map(|order| {
            let whose = show_organisation.then(|| view! { {order.organisation_name.clone()}<span class="sep"></span> }.into_any());
            let number = (!order.title.is_empty()).then(|| view! { <span class="num">{order.number.clone()}</span><span class="sep"></span> }.into_any());
            let reference = (!order.reference.is_empty()).then(|| view! { <span class="sep"></span>{ctx.with("orders-reference-is", &[("number", order.reference.clone().into())])} }.into_any());
            let next = (!order.next_step.is_empty()).then(|| {
                let when = order.next_on.map(|day| view! { <span class="meta nowrap">" "{parts::day(ctx, day)}</span> });
                view! { <span>{order.next_step.clone()}</span>{when} }
            });
            let price = prices.then(|| view! { <td role="cell" class="num end nowrap c-drop">{parts::total(ctx, order)}</td> });
            view! {
                <tr role="row">
                    <th scope="row" role="rowheader" class="c-main">
                        <a class="title" href=href(order.id)>{order.name().to_owned()}</a>
                        <p class="meta">{whose}{number}{ctx.with("orders-ordered-on", &[("day", parts::day(ctx, order.ordered_on).into())])}{reference}</p>
                    </th>
                    <td role="cell" class="c-status">{parts::status(ctx, order)}</td>
                    <td role="cell" class="nowrap c-right">{parts::expected(ctx, order)}</td>
                    <td role="cell" class="c-wide">{next}</td>
                    {price}
                </tr>
            }
        })
        .collect_view();
    let price =
        prices.then(|| view! { <th scope="col" role="columnheader" class="end">{ctx.t("orders-column-total")}</th> });
    Some(
        view! {
            <table class="table cards" role="table">
                <thead role="rowgroup"><tr role="row">
                    <th scope="col" role="columnheader">{ctx.t("orders-column-order")}</th>
                    <th scope="col" role="columnheader">{ctx.t("documents-column-status")}</th>
                    <th scope="col" role="columnheader">{ctx.t("orders-column-delivery")}</th>
                    <th scope="col" role="columnheader">{ctx.t("orders-column-next")}</th>
                    {price}
                </tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        }
        .into_any(),
    )
}
