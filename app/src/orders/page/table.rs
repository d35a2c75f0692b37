//! Orders as rows; cards on a phone.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::documents::page::rows::pieces;
use crate::ids::OrderId;
use crate::orders::list::Listed;
use crate::orders::model::Order;
use crate::search::excerpt::marked;

use super::parts;

/// What a table of orders shows beside them.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// Whose they are.
    pub organisation: bool,
    /// A box before each, to choose them.
    pub choose: bool,
    /// Where each leads.
    pub href: fn(OrderId) -> String,
}

/// The table; what was looked for is marked in it.
pub fn table(ctx: &Ctx, listed: &Listed, shown: Shown) -> Markup {
    let prices = listed.items.iter().any(|order| order.total.is_some());
    let rows = listed.items.iter().map(|order| row(ctx, listed, order, shown, prices)).collect_view();
    let price =
        prices.then(|| view! { <th scope="col" role="columnheader" class="end">{ctx.t("orders-column-total")}</th> });
    let choose = shown.choose.then(|| view! { <th scope="col" role="columnheader" class="c-pick"><span class="vh">{ctx.t("archive-column")}</span></th> });
    view! {
        <table class="table cards" role="table">
            <thead role="rowgroup"><tr role="row">
                {choose}
                <th scope="col" role="columnheader">{ctx.t("orders-column-order")}</th>
                <th scope="col" role="columnheader">{ctx.t("documents-column-status")}</th>
                <th scope="col" role="columnheader">{ctx.t("orders-column-delivery")}</th>
                <th scope="col" role="columnheader">{ctx.t("orders-column-next")}</th>
                {price}
            </tr></thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
    .into_markup()
}

/// Nothing comes next.
fn nothing(ctx: &Ctx) -> Markup {
    let said = ctx.t("projects-next-none");
    view! { <span class="meta"><span aria-hidden="true">"–"</span><span class="vh">{said}</span></span> }.into_markup()
}

fn row(ctx: &Ctx, listed: &Listed, order: &Order, shown: Shown, prices: bool) -> Markup {
    let text = |text: &str| pieces(&marked(text, &listed.words));
    let whose =
        shown.organisation.then(|| view! { {text(&order.organisation_name)}<span class="sep"></span> }.into_markup());
    let number = (!order.title.is_empty())
        .then(|| view! { <span class="num">{text(&order.number)}</span><span class="sep"></span> }.into_markup());
    let reference = (!order.reference.is_empty()).then(|| {
        let said = parts::reference(ctx, order);
        view! { <span class="sep"></span>{text(&said)} }.into_markup()
    });
    let line = listed.lines.get(&order.id).map(|line| view! { <p class="found-in">{pieces(line)}</p> });
    let price = prices.then(|| view! { <td role="cell" class="num end nowrap c-drop">{parts::total(ctx, order)}</td> });
    let choose = shown.choose.then(|| {
        let label = ctx.with("archive-choose", &[("title", order.name().to_owned().into())]);
        view! { <td role="cell" class="c-pick"><input type="checkbox" name="ids" value=order.id.to_string() aria-label=label /></td> }
    });
    let (next, next_class) = match parts::next(ctx, order) {
        Some(next) => (next, "c-wide"),
        // A card on a phone leaves it out.
        None => (nothing(ctx), "c-drop"),
    };
    let ordered = ctx.with("orders-ordered-on", &[("day", parts::day(ctx, order.ordered_on).into())]);
    view! {
        <tr role="row">
            {choose}
            <th scope="row" role="rowheader" class="c-main">
                <a class="title" href=(shown.href)(order.id)>{text(order.name())}</a>
                <p class="meta">{whose}{number}{ordered}{reference}</p>{line}
            </th>
            <td role="cell" class="c-status">{parts::status(ctx, order)}</td>
            <td role="cell" class="nowrap c-right">{parts::expected(ctx, order)}</td>
            <td role="cell" class=next_class>{next}</td>
            {price}
        </tr>
    }
    .into_markup()
}
