//! `/`: first what needs me, then new documents, then the named contact.

mod list;
mod words;

use leptos::prelude::*;

use crate::access::Role;
use crate::access::{Action, Relation, allow};
use crate::ctx::Ctx;
use crate::documents::cursor::Cursor;
use crate::documents::page::rows::document_rows;
use crate::documents::service as documents;
use crate::doors::{Page, Visit, ctx, page, redirect_to};
use crate::error::AppError;
use crate::home::inbox;
use crate::i18n::format;
use crate::orders;
use crate::orders::model::{Order, Which};
use crate::organisation::model::Contact;
use crate::organisation::service as organisation;
use crate::paths;
use crate::ui::{Avatar, EmptyState, Icon, LinkButton, PageHead, Panel, Place};
use crate::validity::service::today;

pub use list::Show;
pub use words::{Words, due, words};

/// How many open orders it names.
const ORDERS: i64 = 5;

/// The customer's home page.
#[component]
pub fn HomePage() -> impl IntoView {
    // The address people remember leads everybody to their own beginning.
    if ctx().is_some_and(|ctx| ctx.actor.staff().is_some()) {
        redirect_to(paths::STAFF);
        return ().into_any();
    }
    page(home).into_any()
}

async fn home(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
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
    let contacts = organisation::contacts(ctx).await?;
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
        view! { <EmptyState icon="file-text" title=ctx.t("home-documents-empty-title") text=ctx.t("home-documents-empty-text") /> }.into_any()
    } else {
        document_rows(ctx, &newest)
    };
    let body = view! {
        <PageHead title=greeting meta=meta />
        <div class="homegrid">
            {list::panel(ctx, &inbox, show, &visit.flash)}
            <Panel id="new-documents" title=ctx.t("home-new-documents") link=all class="a-docs">{documents}</Panel>
            <div class="stack a-side">{orders.map(|orders| open_orders(ctx, &orders))}{contact(ctx, contacts)}{coming(ctx)}</div>
        </div>
    }
    .into_any();
    Ok(Page { title: ctx.t("nav-home").to_owned(), place: Place::Home, crumbs: vec![], todo, body })
}

/// What is still to come of what was ordered.
fn open_orders(ctx: &Ctx, orders: &[Order]) -> AnyView {
    let all = (paths::ORDERS.to_owned(), ctx.t("home-all-orders").to_owned());
    let rows = orders
        .iter()
        .map(|order| {
            view! {
                <li class="linkrow">
                    <div class="grow"><a class="title" href=paths::order(order.id)>{order.name().to_owned()}</a><p class="meta">{orders::page::status(ctx, order)}</p></div>
                    <span class="meta nowrap">{orders::page::expected(ctx, order)}</span>
                </li>
            }
        })
        .collect_view();
    let body = if orders.is_empty() {
        view! { <EmptyState icon="package" title=ctx.t("home-no-orders-title") text=ctx.t("home-no-orders-text") /> }
            .into_any()
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! { <Panel id="orders" title=ctx.t("home-orders") link=all>{body}</Panel> }.into_any()
}

fn contact(ctx: &Ctx, contacts: Vec<Contact>) -> AnyView {
    if contacts.is_empty() {
        return view! {
            <Panel id="contact" title=ctx.t("home-contact")>
                <EmptyState icon="user" title=ctx.t("home-contact-empty-title") text=ctx.t("home-contact-empty-text") />
            </Panel>
        }
        .into_any();
    }
    let rows = contacts
        .into_iter()
        .map(|contact| {
            let role = ctx.t(Role::Staff(contact.staff_role).label_key());
            let label = ctx.with("home-write-to", &[("name", contact.name.clone().into())]);
            view! {
                <div class="person">
                    <Avatar name=contact.name.clone() house=true large=true />
                    <div><span class="strong">{contact.name.clone()}</span><span class="meta">{role}</span></div>
                </div>
                <div class="cluster"><LinkButton href=format!("mailto:{}", contact.email) label=label><Icon name="mail" />{ctx.t("home-write")}</LinkButton></div>
            }
        })
        .collect_view();
    view! { <Panel id="contact" title=ctx.t("home-contact")><div class="panel-body stack-4">{rows}</div></Panel> }
        .into_any()
}

/// What this page will show once there is something: said once, quietly.
fn coming(ctx: &Ctx) -> AnyView {
    view! {
        <Panel id="activity" title=ctx.t("home-coming")>
            <div class="panel-body"><p class="meta">{ctx.t("home-coming-text")}</p></div>
        </Panel>
    }
    .into_any()
}
