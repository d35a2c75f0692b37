//! `/`: first what needs me, then new documents, then the named contact.

use leptos::prelude::*;

use crate::access::Role;
use crate::access::{Action, Relation, allow};
use crate::approvals::page::due;
use crate::ctx::Ctx;
use crate::documents::cursor::Cursor;
use crate::documents::page::rows::document_rows;
use crate::documents::service as documents;
use crate::doors::{Page, Visit, ctx, page, redirect_to};
use crate::error::AppError;
use crate::home::inbox::{self, Item};
use crate::i18n::format;
use crate::orders;
use crate::orders::model::{Order, Which};
use crate::organisation::model::Contact;
use crate::organisation::service as organisation;
use crate::paths;
use crate::ui::{Avatar, EmptyState, Icon, LinkButton, PageHead, Panel, Place};

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

async fn home(ctx: Ctx, _: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    allow(&ctx.actor, Action::HomeRead, Relation::Own, ctx.organisation)?;
    let waiting = inbox::items(ctx, 20).await?;
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
    let meta = ctx.with("home-needs-count", &[("count", waiting.len().into())]);
    let todo = u32::try_from(waiting.len()).unwrap_or(0);
    let all = (paths::DOCUMENTS.to_owned(), ctx.t("home-all-documents").to_owned());
    let documents = if newest.is_empty() {
        view! { <EmptyState icon="file-text" title=ctx.t("home-documents-empty-title") text=ctx.t("home-documents-empty-text") /> }.into_any()
    } else {
        document_rows(ctx, &newest)
    };
    let body = view! {
        <PageHead title=greeting meta=meta />
        <div class="homegrid">
            {needs(ctx, &waiting)}
            <Panel id="new-documents" title=ctx.t("home-new-documents") link=all class="a-docs">{documents}</Panel>
            <div class="stack a-side">{orders.map(|orders| open_orders(ctx, &orders))}{contact(ctx, contacts)}{coming(ctx)}</div>
        </div>
    }
    .into_any();
    Ok(Page { title: ctx.t("nav-home").to_owned(), place: Place::Home, crumbs: vec![], todo: Some(todo), body })
}

/// What waits for this person, each with its one action.
fn needs(ctx: &Ctx, waiting: &[Item]) -> AnyView {
    if waiting.is_empty() {
        return view! {
            <Panel id="todo" title=ctx.t("home-needs") class="a-need">
                <EmptyState icon="circle-check-big" title=ctx.t("home-needs-empty-title") text=ctx.t("home-needs-empty-text") />
            </Panel>
        }
        .into_any();
    }
    let rows = waiting.iter().map(|item| row(ctx, item)).collect_view();
    view! {
        <Panel id="todo" title=ctx.t("home-needs") count=waiting.len().to_string() mine=true class="a-need">
            <ol class="inbox">{rows}</ol>
        </Panel>
    }
    .into_any()
}

fn row(ctx: &Ctx, item: &Item) -> AnyView {
    let (icon, href, text, meta, due, action, title) = match item {
        Item::Approve(waiting) => {
            let version = ctx.with("documents-version", &[("number", waiting.version.into())]);
            let asked = ctx.with(
                "home-asked-by",
                &[("name", waiting.asked_by_name.clone().into()), ("when", ctx.date(waiting.asked_at).into())],
            );
            (
                "circle-check-big",
                paths::document(waiting.document_id),
                ctx.with("home-approve-document", &[("title", waiting.title.clone().into())]),
                format!("{version}, {asked}"),
                due(ctx, waiting.due_at),
                ctx.t("home-approve"),
                &waiting.title,
            )
        }
        Item::Send(request) => {
            let asked = ctx.with(
                "home-asked-by",
                &[("name", request.asked_by_name.clone().into()), ("when", ctx.date(request.asked_at).into())],
            );
            (
                "upload",
                paths::request(request.id),
                ctx.with("home-send-file", &[("title", request.title.clone().into())]),
                asked,
                crate::requests::page::due(ctx, request),
                ctx.t("home-send"),
                &request.title,
            )
        }
        Item::Order(order) => {
            let due = order.next_on.map(|day| ctx.with("home-until", &[("when", format::day(ctx.locale, day).into())]));
            let step = if order.next_step.is_empty() {
                order.status.name(ctx.locale).to_owned()
            } else {
                order.next_step.clone()
            };
            (
                "package",
                paths::order(order.id),
                ctx.with("home-order-waits", &[("title", order.name().to_owned().into())]),
                format!("{}, {step}", order.number),
                view! { <span class="due">{due}</span> }.into_any(),
                ctx.t("home-order-open"),
                if order.title.is_empty() { &order.number } else { &order.title },
            )
        }
        Item::Appointment(appointment) => (
            "calendar",
            paths::appointment(appointment.id),
            ctx.with("home-choose-time", &[("title", appointment.title.clone().into())]),
            crate::appointments::page::time_in_a_row(ctx, appointment),
            view! { <span class="due"></span> }.into_any(),
            ctx.t("home-choose"),
            &appointment.title,
        ),
        Item::Read(document) => {
            let since = document.published_at.map(|at| ctx.with("home-since", &[("when", ctx.date(at).into())]));
            (
                "file-text",
                paths::document(document.id),
                ctx.with("home-read-document", &[("title", document.title.clone().into())]),
                ctx.t(document.category.label_key()).to_owned(),
                view! { <span class="due">{since}</span> }.into_any(),
                ctx.t("home-read"),
                &document.title,
            )
        }
    };
    let label = format!("{action}: {title}");
    view! {
        <li>
            <span class="verb"><Icon name=icon /></span>
            <div><a class="title" href=href.clone()>{text}</a><p class="meta">{meta}</p></div>
            <p class="due">{due}</p>
            <LinkButton href=href label=label>{action}</LinkButton>
        </li>
    }
    .into_any()
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
