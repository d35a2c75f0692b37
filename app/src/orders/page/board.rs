//! `/staff/orders/board`: every open status with what stands so over all customers, what is expected first before the others.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::orders::board::{Column, MANY, board};
use crate::orders::list::Wanted;
use crate::orders::model::{Order, Side, Status, Which};
use crate::orders::service;
use crate::paths;
use crate::ui::{Glyph, LinkButton, Notice, PageHead, Place, Status as StatusWord, Tone};

use super::{filter, parts};

/// The page.
#[component]
pub fn StaffBoardPage() -> impl IntoView {
    page(show)
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    crate::organisation::service::require_staff(ctx)?;
    let waits = visit.query.get("waits").map(|name| Side::parse(name).ok_or(AppError::NotFound)).transpose()?;
    let columns = board(ctx, waits).await?;
    let statuses = service::statuses(ctx).await?;
    let tab = |side: Option<Side>, text: String| {
        let href = side.map_or_else(
            || paths::STAFF_ORDERS_BOARD.to_owned(),
            |side| format!("{}?waits={}", paths::STAFF_ORDERS_BOARD, side.name()),
        );
        let current = (waits == side).then_some("page");
        view! { <a href=href aria-current=current>{text}</a> }
    };
    let sides = Side::ALL.map(|side| tab(Some(side), waits_for(ctx, side).to_owned())).into_iter().collect_view();
    let (over, open): (Vec<&Column>, Vec<&Column>) = columns.iter().partition(|column| column.status.is_final);
    let open = open.into_iter().map(|shown| column(ctx, shown, &statuses, waits)).collect_view();
    let over = (!over.is_empty()).then(|| {
        let links = over
            .into_iter()
            .map(|column| {
                view! { <li><a class="btn" href=list_of(&column.status, false)>{column.status.name(ctx.locale).to_owned()}" "<span class="count count--plain">{count(column.orders)}</span></a></li> }
            })
            .collect_view();
        view! { <nav class="views" aria-label=ctx.t("orders-closed")><ul>{links}</ul></nav> }
    });
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t("orders-board-title").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("orders-board-meta")><LinkButton href=paths::STAFF_ORDERS>{ctx.t("orders-board-list")}</LinkButton></PageHead>
        {problem}
        <nav class="tabs" aria-label=ctx.t("orders-next-acts")>{tab(None, ctx.t("orders-board-all").to_owned())}{sides}</nav>
        <div class="board">{open}</div>
        {over}
    }
    .into_markup();
    let crumbs = vec![(paths::STAFF_ORDERS.to_owned(), ctx.t("orders-title").to_owned())];
    Ok(Page { title, place: Place::StaffOrders, crumbs, todo: None, body })
}

fn waits_for(ctx: &Ctx, side: Side) -> &'static str {
    match side {
        Side::House => ctx.t("statuses-waits-house"),
        Side::Customer => ctx.t("statuses-waits-customer"),
        Side::Nobody => ctx.t("statuses-waits-nobody"),
    }
}

/// A number of orders as far as somebody counts them.
fn count(count: i64) -> String {
    if count >= MANY { format!("{}+", MANY - 1) } else { count.to_string() }
}

/// The list of what stands so; what is expected first before the others where something is.
fn list_of(status: &Status, overdue: bool) -> String {
    let sort = if status.is_final { crate::orders::list::Sort::Newest } else { crate::orders::list::Sort::Due };
    let which = Which::Status(status.key.clone());
    filter::address(paths::STAFF_ORDERS, &Wanted { which, overdue, sort, ..Wanted::default() })
}

fn column(ctx: &Ctx, column: &Column, statuses: &[Status], waits: Option<Side>) -> Markup {
    let status = &column.status;
    let id = format!("status-{}", status.key);
    let labelled = id.clone();
    let late = (column.overdue > 0).then(|| {
        let text = ctx.with("orders-board-overdue", &[("count", count(column.overdue).into())]);
        view! { <a class="due due--late" href=list_of(status, true)><Glyph name="late" />{text}</a> }
    });
    let cards = column.cards.iter().map(|order| card(ctx, order, statuses, waits)).collect_view();
    let shown = i64::try_from(column.cards.len()).unwrap_or(i64::MAX);
    let more = (column.orders > shown).then(|| {
        let label = ctx.with("orders-board-more-of", &[("status", status.name(ctx.locale).to_owned().into())]);
        view! { <p><a href=list_of(status, false) aria-label=label>{ctx.t("orders-board-more")}</a></p> }
    });
    let none = column.cards.is_empty().then(|| view! { <p class="meta">{ctx.t("orders-board-none")}</p> });
    view! {
        <section class="board-column" aria-labelledby=labelled>
            <div class="board-head">
                <h2 id=id><StatusWord tone=status.tone.tone() glyph=status.glyph() text=status.name(ctx.locale).to_owned() /></h2>
                <span class="count count--plain">{count(column.orders)}</span>
                <p class="meta">{waits_for(ctx, status.waits_for)}</p>{late}
            </div>
            <ul class="board-cards">{cards}</ul>{none}{more}
        </section>
    }
    .into_markup()
}

fn card(ctx: &Ctx, order: &Order, statuses: &[Status], waits: Option<Side>) -> Markup {
    let number = (!order.title.is_empty())
        .then(|| view! { <span class="num">{order.number.clone()}</span><span class="sep"></span> });
    let next = parts::next(ctx, order).map(|next| view! { <p class="meta">{next}</p> });
    let step = service::may(ctx, order).manage.then(|| {
        let named = |key: &'static str| ctx.with(key, &[("order", order.name().to_owned().into())]);
        let options = statuses
            .iter()
            .map(|status| {
                let current = status.key == order.status.key;
                view! { <option value=status.key.clone() selected=current>{status.name(ctx.locale).to_owned()}</option> }
            })
            .collect_view();
        view! {
            <form class="board-move" method="post" action="/_fn/orders/move">
                <input type="hidden" name="order" value=order.id.to_string() />
                <input type="hidden" name="revision" value=order.order_revision.to_string() />
                <input type="hidden" name="waits" value=waits.map(Side::name).unwrap_or_default() />
                <select class="input" name="status" aria-label=named("orders-board-move-label")>{options}</select>
                <button class="btn" type="submit" aria-label=named("orders-board-move-named")>{ctx.t("orders-board-move")}</button>
            </form>
        }
    });
    view! {
        <li class="board-card">
            <a class="title" href=paths::staff_order(order.id)>{order.name().to_owned()}</a>
            <p class="meta">{number}{order.organisation_name.clone()}</p>
            <p>{parts::expected(ctx, order)}</p>
            {next}{step}
        </li>
    }
    .into_markup()
}
