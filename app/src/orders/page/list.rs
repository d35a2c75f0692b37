//! `/orders` and `/staff/orders`: what was ordered, the newest first; those that are still to come unless one asks. A customer
//! who waits for none sees all of them.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::{Action, allow_any};
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, ctx, page, redirect_to};
use crate::error::AppError;
use crate::export::Format;
use crate::notifications::{self, Kind};
use crate::orders::list::{Listed, Wanted};
use crate::orders::model::Which;
use crate::orders::service;
use crate::organisation::service as organisation;
use crate::paths;
use crate::saved_views::model::List;
use crate::saved_views::page::views as saved_views;
use crate::ui::{ButtonKind, EmptyState, Icon, LinkButton, MorePager, Notice, PageHead, Place, SubmitButton, Tone};

use super::filter;
use super::table::{Shown, table};

/// The customer's orders.
#[component]
pub fn OrdersPage() -> impl IntoView {
    if ctx().is_some_and(|ctx| ctx.actor.staff().is_some()) {
        redirect_to(paths::STAFF_ORDERS);
        return ().into_any();
    }
    let nonce = filter::nonce();
    page(async move |ctx, visit| customer(ctx, visit, nonce).await)
}

/// The orders of all customers.
#[component]
pub fn StaffOrdersPage() -> impl IntoView {
    let nonce = filter::nonce();
    page(async move |ctx, visit| staff(ctx, visit, nonce).await)
}

async fn customer(ctx: Ctx, visit: Visit, nonce: String) -> Result<Page, AppError> {
    let ctx = &ctx;
    if !service::may_open(ctx) {
        return Err(AppError::Forbidden);
    }
    let statuses = service::statuses(ctx).await?;
    let wanted = Wanted { organisation: ctx.organisation, ..filter::wanted(&visit.query, &statuses)? };
    let listed = filter::read(ctx, &wanted).await?;
    let (wanted, listed) = or_all(ctx, &visit, wanted, listed).await?;
    // The organisation is the session's, not the address's.
    let wanted = Wanted { organisation: None, ..wanted };
    notifications::seen_kind(ctx, Kind::OrdersChanged).await;
    let views = saved_views(ctx, List::Orders, &filter::query(&wanted), &visit.flash).await?;
    let shown = Shown { organisation: false, choose: false, href: paths::order };
    let title = ctx.t("orders-title").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("orders-meta") />
        {filter::form(ctx, paths::ORDERS, &wanted, nonce)}
        {filter::said(ctx, &wanted, &listed)}
        <div id="results" class="stack">
            {views}
            {filter::tabs(ctx, paths::ORDERS, &wanted, &statuses)}
            {filter::left_out(ctx, &wanted)}
            <section class="panel" id="list" data-live-area="orders">{rows(ctx, paths::ORDERS, &wanted, &listed, shown)}</section>
        </div>
    }
    .into_markup();
    Ok(Page { title, place: Place::Orders, crumbs: vec![], todo: None, body })
}

/// All orders, where nobody chose which, none is open, and others are there.
async fn or_all(ctx: &Ctx, visit: &Visit, open: Wanted, listed: Listed) -> Result<(Wanted, Listed), AppError> {
    if !listed.items.is_empty() || filter::is_chosen(&visit.query) {
        return Ok((open, listed));
    }
    let all = Wanted { which: Which::All, ..open.clone() };
    let others = filter::read(ctx, &all).await?;
    Ok(if others.items.is_empty() { (open, listed) } else { (all, others) })
}

async fn staff(ctx: Ctx, visit: Visit, nonce: String) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisation::require_staff(ctx)?;
    allow_any(&ctx.actor, Action::OrderRead)?;
    let statuses = service::statuses(ctx).await?;
    let only = visit.query.get("organisation").filter(|id| !id.is_empty());
    let customer = match only.map(|id| id.parse().map_err(|_| AppError::NotFound)).transpose()? {
        Some(id) => Some(organisation::find(ctx, id).await?),
        None => None,
    };
    let only = customer.as_ref().map(|customer| customer.id);
    let wanted = Wanted { organisation: only, ..filter::wanted(&visit.query, &statuses)? };
    let listed = filter::read(ctx, &wanted).await?;
    let views = saved_views(ctx, List::StaffOrders, &filter::query(&wanted), &visit.flash).await?;
    let may_manage = service::may_manage_any(ctx);
    let shown = Shown { organisation: only.is_none(), choose: may_manage, href: paths::staff_order };
    let new = may_manage.then(|| {
        let href = only.map_or_else(
            || paths::STAFF_ORDER_NEW.to_owned(),
            |id| format!("{}?organisation={id}", paths::STAFF_ORDER_NEW),
        );
        view! { <LinkButton href=href kind=ButtonKind::Primary>{ctx.t("orders-new")}</LinkButton> }
    });
    let title = ctx.t("orders-title").to_owned();
    let meta =
        customer.as_ref().map_or_else(|| ctx.t("orders-staff-meta").to_owned(), |customer| customer.name.clone());
    let everybody = only.map(|_| {
        let all = filter::address(paths::STAFF_ORDERS, &Wanted { organisation: None, after: None, ..wanted.clone() });
        view! { <LinkButton href=all>{ctx.t("orders-of-everybody")}</LinkButton> }
    });
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let body = view! {
        <PageHead title=title.clone() meta=meta>{everybody}<LinkButton href=paths::STAFF_ORDERS_BOARD>{ctx.t("orders-board-title")}</LinkButton>{new}</PageHead>
        {filter::form(ctx, paths::STAFF_ORDERS, &wanted, nonce)}
        {filter::said(ctx, &wanted, &listed)}
        <div id="results" class="stack">
            {views}
            {filter::tabs(ctx, paths::STAFF_ORDERS, &wanted, &statuses)}
            {problem}
            {filter::left_out(ctx, &wanted)}
            <section class="panel" id="list" data-live-area="orders">{rows(ctx, paths::STAFF_ORDERS, &wanted, &listed, shown)}</section>
        </div>
    }
    .into_markup();
    let crumbs = customer.map(|customer| (paths::staff_customer(customer.id), customer.name)).into_iter().collect();
    Ok(Page { title, place: Place::StaffOrders, crumbs, todo: None, body })
}

/// The rows with their pager, or what to say without any.
fn rows(ctx: &Ctx, path: &'static str, wanted: &Wanted, listed: &Listed, shown: Shown) -> Markup {
    let address = |after: Option<String>| filter::address(path, &Wanted { after, ..wanted.clone() });
    let next = listed.next.clone().map(|next| address(Some(next)));
    let newest = wanted.after.is_some().then(|| address(None));
    if listed.items.is_empty() {
        return view! { {empty(ctx, path, wanted)}<MorePager locale=ctx.locale next_href=next newest_href=newest /> }
            .into_markup();
    }
    // Whoever looks as somebody else takes nothing away in bulk.
    let files = ctx.actor.viewer().is_none().then(|| {
        let query = filter::query(&Wanted { after: None, ..wanted.clone() });
        let link = |format: Format, key: &'static str| {
            let href =
                format!("{path}/export?{query}{}format={}", if query.is_empty() { "" } else { "&" }, format.name());
            view! { <LinkButton href=href><Icon name="download" />{ctx.t(key)}</LinkButton> }
        };
        view! { {link(Format::Csv, "export-csv")}{link(Format::Xlsx, "export-xlsx")} }
    });
    let choose = shown.choose.then(|| view! { <SubmitButton>{ctx.t("orders-bulk-button")}</SubmitButton> });
    let foot =
        (files.is_some() || choose.is_some()).then(|| view! { <div class="panel-foot cluster">{choose}{files}</div> });
    let list = table(ctx, listed, shown);
    let list = if shown.choose {
        view! { <form method="get" action=paths::STAFF_ORDERS_BULK>{list}{foot}</form> }.into_markup()
    } else {
        view! { {list}{foot} }.into_markup()
    };
    view! { {list}<MorePager locale=ctx.locale next_href=next newest_href=newest /> }.into_markup()
}

fn empty(ctx: &Ctx, path: &'static str, wanted: &Wanted) -> Markup {
    let (icon, title, text) = match &wanted.which {
        _ if wanted.search.is_some() => ("search", "orders-none-title", "orders-none-text"),
        _ if wanted.is_narrowed() => ("package", "orders-empty-here-title", "orders-empty-filter-text"),
        Which::All => ("package", "orders-empty-title", "orders-empty-text"),
        _ => ("package", "orders-empty-here-title", "orders-empty-here-text"),
    };
    let all = Wanted { which: Which::All, organisation: wanted.organisation, ..Wanted::default() };
    let filtered = wanted.which != Which::All || wanted.is_narrowed();
    let all =
        filtered.then(|| view! { <LinkButton href=filter::address(path, &all)>{ctx.t("orders-all")}</LinkButton> });
    view! { <EmptyState icon=icon title=ctx.t(title) text=ctx.t(text)>{all}</EmptyState> }.into_markup()
}
