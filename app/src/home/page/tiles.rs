//! How things stand, in numbers: each leads to the list behind it.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::home::inbox::Inbox;
use crate::home::model::Kind;
use crate::home::tiles::{MOST, Tiles};
use crate::paths;
use crate::ui::Icon;

use super::Show;

/// One number: what it counts, the number with its word, what else there is to say, and the list behind it.
struct Tile {
    icon: &'static str,
    label: &'static str,
    value: String,
    meta: String,
    link: (String, &'static str),
}

/// The row of them: only areas that the person sees.
pub(super) fn tiles(ctx: &Ctx, inbox: &Inbox, counted: Tiles) -> Option<Markup> {
    let mut tiles = Vec::new();
    if let Some(orders) = counted.orders {
        let value = match orders.open {
            MOST.. => ctx.with("home-tile-orders-many", &[("count", (MOST - 1).into())]),
            open => ctx.with("home-tile-orders", &[("count", open.into())]),
        };
        let meta = match orders.late {
            0 => String::new(),
            late => ctx.with("home-tile-late", &[("count", late.min(MOST - 1).into())]),
        };
        let link = (paths::ORDERS.to_owned(), ctx.t("home-all-orders"));
        tiles.push(Tile { icon: "package", label: ctx.t("orders-title"), value, meta, link });
    }
    let mut waits = |kind: Kind, icon, label, value, link| {
        let count = inbox.of(kind);
        let value = ctx.with(value, &[("count", count.into())]);
        tiles.push(Tile { icon, label, value, meta: String::new(), link: (Show::Only(kind).address(), link) });
    };
    if counted.documents {
        waits(
            Kind::Approve,
            "circle-check-big",
            ctx.t("home-tile-approvals"),
            "home-tile-approve",
            ctx.t("home-tile-show"),
        );
        waits(Kind::Read, "file-text", ctx.t("home-tile-unread"), "home-tile-read", ctx.t("home-tile-show"));
        waits(Kind::Send, "upload", ctx.t("home-tile-requests"), "home-tile-send", ctx.t("home-tile-show"));
    }
    if tiles.is_empty() {
        return None;
    }
    let tiles = tiles.into_iter().map(tile).collect_view();
    Some(
        view! { <section class="a-tiles" aria-label=ctx.t("home-tiles")><div class="tiles">{tiles}</div></section> }
            .into_markup(),
    )
}

fn tile(tile: Tile) -> Markup {
    let Tile { icon, label, value, meta, link: (href, text) } = tile;
    let named = format!("{text}: {label}");
    view! {
        <div class="tile">
            <h2 class="tile-label"><Icon name=icon class="i i-s" />{label}</h2>
            <p class="tile-value">{value}</p>
            <p class="meta">{meta}</p>
            <a href=href aria-label=named>{text}</a>
        </div>
    }
    .into_markup()
}
