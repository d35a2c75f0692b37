//! What several pages of orders say.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::day::Day;
use crate::i18n::format;
use crate::money;
use crate::orders::model::{Order, Side};
use crate::ui::{Badge, Glyph, Status};
use crate::validity::service::today;

/// The state as a headline.
pub fn badge(ctx: &Ctx, order: &Order) -> Markup {
    let status = &order.status;
    view! { <Badge tone=status.tone.tone() glyph=status.glyph() text=status.name(ctx.locale).to_owned() /> }
        .into_markup()
}

/// The state in a row.
pub fn status(ctx: &Ctx, order: &Order) -> Markup {
    let status = &order.status;
    view! { <Status tone=status.tone.tone() glyph=status.glyph() text=status.name(ctx.locale).to_owned() /> }
        .into_markup()
}

/// A day in words.
pub fn day(ctx: &Ctx, day: Day) -> String {
    format::day(ctx.locale, day)
}

/// A day, as one that has passed where it is late.
fn due(ctx: &Ctx, when: Day, late: bool) -> Markup {
    if late {
        let late = ctx.t("orders-late");
        return view! { <span class="due due--late"><Glyph name="late" />{day(ctx, when)}<span class="vh">{format!(", {late}")}</span></span> }
            .into_markup();
    }
    view! { <span>{day(ctx, when)}</span> }.into_markup()
}

/// When it comes or came; late where the day has passed.
pub fn expected(ctx: &Ctx, order: &Order) -> Markup {
    if let Some(delivered) = order.delivered_on {
        return due(ctx, delivered, false);
    }
    match order.expected_on() {
        Some(expected) => due(ctx, expected, order.is_late(today(ctx))),
        None => view! { <span class="meta">{ctx.t("orders-no-date")}</span> }.into_markup(),
    }
}

/// What comes next, and when; late where nothing else is waited for and the day has passed.
pub fn next(ctx: &Ctx, order: &Order) -> Option<Markup> {
    if order.next_step.is_empty() {
        return None;
    }
    let when = order.next_on.map(|when| {
        let late = order.due_on() == Some(when)
            && order.is_late(today(ctx))
            && (order.delivered_on.is_some() || order.expected_on().is_none());
        view! { <span class="meta nowrap">" "{due(ctx, when, late)}</span> }
    });
    Some(view! { <span>{order.next_step.clone()}</span>{when} }.into_markup())
}

/// The customer's own number, in words of whoever reads.
pub fn reference(ctx: &Ctx, order: &Order) -> String {
    let key = if ctx.actor.staff().is_some() { "orders-reference-of-customer" } else { "orders-reference-is" };
    ctx.with(key, &[("number", order.reference.clone().into())])
}

/// Who acts next, in words of whoever reads.
pub fn acts(ctx: &Ctx, side: Side) -> String {
    let staff = ctx.actor.staff().is_some();
    match (side, staff) {
        (Side::House, false) => ctx.portal.name.get(),
        (Side::House, true) => ctx.t("orders-acts-us").to_owned(),
        (Side::Customer, false) => ctx.t("orders-acts-you").to_owned(),
        (Side::Customer, true) => ctx.t("orders-acts-customer").to_owned(),
        (Side::Nobody, _) => ctx.t("orders-acts-nobody").to_owned(),
    }
}

/// What it costs, where that is known and to be seen.
pub fn total(ctx: &Ctx, order: &Order) -> Option<String> {
    order.total.map(|total| money::with_currency(ctx.locale, total, &order.currency))
}
