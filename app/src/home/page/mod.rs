//! `/`: first what needs me, then new documents, then the named contact.

mod list;
mod side;
mod tiles;
mod words;

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::ui::markup::IntoMarkup as _;

use crate::access::{Action, Relation, allow};
use crate::appointments;
use crate::ctx::Ctx;
use crate::documents::cursor::Cursor;
use crate::documents::page::rows::document_rows;
use crate::documents::service as documents;
use crate::doors::{Page, Visit, ctx, page, redirect_to};
use crate::error::AppError;
use crate::home::{activity, inbox, tiles as counted};
use crate::i18n::format;
use crate::notifications::push::page as push;
use crate::orders;
use crate::orders::model::Which;
use crate::organisation::service as organisation;
use crate::paths;
use crate::ui::{EmptyState, PageHead, Panel, Place};
use crate::validity::service::today;

pub use list::Show;
pub use words::{Words, due, words};

/// How many open orders it names.
const ORDERS: i64 = 5;
/// How many appointments.
const APPOINTMENTS: i64 = 3;
/// How many events it tells.
const EVENTS: usize = 6;

/// The customer's home page.
#[component]
pub fn HomePage() -> impl IntoView {
    // The address people remember leads everybody to their own beginning.
    if ctx().is_some_and(|ctx| ctx.actor.staff().is_some()) {
        redirect_to(paths::STAFF);
        return ().into_any();
    }
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    page(async move |ctx, visit| home(ctx, visit, nonce).await)
}

async fn home(ctx: Ctx, visit: Visit, nonce: String) -> Result<Page, AppError> {
    let ctx = &ctx;
    allow(&ctx.actor, Action::HomeRead, Relation::Own, ctx.organisation)?;
    let show = Show::parse(visit.query.get("show").unwrap_or_default());
    let inbox = inbox::first(ctx, show.kind(), show.limit()).await?;
    let filter = documents::Filter {
        category: None,
        state: None,
        organisation: ctx.organisation,
        after: Cursor::START,
        limit: 6,
    };
    let newest = documents::list(ctx, filter).await?.items;
    let orders = if orders::service::may_open(ctx) {
        Some(orders::service::list(ctx, &Which::Open, ctx.organisation, None, ORDERS).await?.items)
    } else {
        None
    };
    let appointments = if appointments::service::may_open(ctx) {
        Some(appointments::service::next(ctx, APPOINTMENTS).await?)
    } else {
        None
    };
    let contacts = organisation::contacts(ctx).await?;
    let counted = counted::tiles(ctx).await?;
    let events = activity::latest(ctx, EVENTS).await?;
    let name = ctx.actor.name().split(' ').next().unwrap_or_default().to_owned();
    let greeting = ctx.with(format::greeting_key(&ctx.zone, ctx.now()), &[("name", name.into())]);
    let late = inbox.waiting.iter().filter(|item| item.is_late(ctx.now(), today(ctx))).count();
    let late = (late > 0).then(|| format!(" {}", ctx.with("home-late-count", &[("count", late.into())])));
    let needs = ctx.with("home-needs-count", &[("count", inbox.total.into())]);
    let meta = format!("{needs}{}", late.unwrap_or_default());
    // A part of the list says nothing of the whole.
    let todo = show.kind().is_none().then_some(inbox.total);
    let all = (paths::DOCUMENTS.to_owned(), ctx.t("home-all-documents").to_owned());
    let documents = if newest.is_empty() {
        view! { <EmptyState icon="file-text" title=ctx.t("home-documents-empty-title") text=ctx.t("home-documents-empty-text") /> }.into_markup()
    } else {
        document_rows(ctx, &newest)
    };
    let hint = push::hint(ctx, nonce.clone()).await?;
    let body = view! {
        <PageHead title=greeting meta=meta />
        {hint}
        <div class="homegrid">
            {list::panel(ctx, &inbox, show, &visit.flash, nonce)}
            {tiles::tiles(ctx, &inbox, counted)}
            <Panel id="new-documents" title=ctx.t("home-new-documents") link=all class="a-docs">{documents}</Panel>
            <div class="stack a-side">{side::contact(ctx, contacts)}{appointments.map(|rows| side::next_appointments(ctx, &rows))}{orders.map(|orders| side::open_orders(ctx, &orders))}{side::activity(ctx, events)}{side::coming(ctx)}</div>
        </div>
    }
    .into_markup();
    Ok(Page { title: ctx.t("nav-home").to_owned(), place: Place::Home, crumbs: vec![], todo, body })
}
