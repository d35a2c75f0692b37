//! What stands beside the list of what waits: orders, what happened, whom to ask.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::Role;
use crate::appointments;
use crate::appointments::model::Appointment;
use crate::ctx::Ctx;
use crate::home::activity::{Event, Subject, Who};
use crate::orders;
use crate::orders::model::Order;
use crate::organisation::model::Contact;
use crate::paths;
use crate::ui::{Avatar, EmptyState, Icon, LinkButton, Panel};

/// What is still to come of what was ordered.
pub(super) fn open_orders(ctx: &Ctx, orders: &[Order]) -> Markup {
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
            .into_markup()
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_markup()
    };
    view! { <Panel id="orders" title=ctx.t("home-orders") link=all>{body}</Panel> }.into_markup()
}

/// What is agreed for the days to come.
pub(super) fn next_appointments(ctx: &Ctx, rows: &[Appointment]) -> Markup {
    let all = (paths::APPOINTMENTS.to_owned(), ctx.t("home-all-appointments").to_owned());
    let body = if rows.is_empty() {
        view! { <EmptyState icon="calendar" title=ctx.t("home-no-appointments-title") text=ctx.t("home-no-appointments-text") /> }
            .into_markup()
    } else {
        appointments::page::rows(ctx, rows)
    };
    view! { <Panel id="appointments" title=ctx.t("home-appointments") link=all>{body}</Panel> }.into_markup()
}

/// Whom to ask, and when.
pub(super) fn contact(ctx: &Ctx, contacts: Vec<Contact>) -> Markup {
    if contacts.is_empty() {
        return view! {
            <Panel id="contact" title=ctx.t("home-contact")>
                <EmptyState icon="user" title=ctx.t("home-contact-empty-title") text=ctx.t("home-contact-empty-text") />
            </Panel>
        }
        .into_markup();
    }
    let rows = contacts
        .into_iter()
        .map(|contact| {
            let photo = contact.photo(ctx);
            let role = ctx.t(Role::Staff(contact.staff_role).label_key());
            let label = ctx.with("home-write-to", &[("name", contact.name.clone().into())]);
            let hours = (!contact.hours.is_empty()).then(|| view! { <span class="meta">{contact.hours.clone()}</span> });
            let phone = (!contact.phone.is_empty()).then(|| {
                let dial: String = contact.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
                let call = ctx.with("home-call", &[("name", contact.name.clone().into()), ("phone", contact.phone.clone().into())]);
                view! { <LinkButton href=format!("tel:{dial}") label=call><Icon name="phone" />{contact.phone.clone()}</LinkButton> }
            });
            view! {
                <div class="person">
                    <Avatar name=contact.name.clone() house=true large=true photo=photo />
                    <div><span class="strong">{contact.name.clone()}</span><span class="meta">{role}</span>{hours}</div>
                </div>
                <div class="cluster">{phone}<LinkButton href=format!("mailto:{}", contact.email) label=label><Icon name="mail" />{ctx.t("home-write")}</LinkButton></div>
            }
        })
        .collect_view();
    view! { <Panel id="contact" title=ctx.t("home-contact")><div class="panel-body stack-4">{rows}</div></Panel> }
        .into_markup()
}

/// What this page will show once there is something: said once, quietly.
pub(super) fn coming(ctx: &Ctx) -> Markup {
    view! {
        <Panel id="coming" title=ctx.t("home-coming")>
            <div class="panel-body"><p class="meta">{ctx.t("home-coming-text")}</p></div>
        </Panel>
    }
    .into_markup()
}

/// What happened lately, in words.
pub(super) fn activity(ctx: &Ctx, events: Vec<Event>) -> Markup {
    let title = ctx.t("activity");
    if events.is_empty() {
        return view! {
            <Panel id="activity" title=title><EmptyState icon="history" title=ctx.t("activity-empty-title") text=ctx.t("home-activity-empty-text") /></Panel>
        }
        .into_markup();
    }
    let rows = events.into_iter().map(|event| line(ctx, event)).collect_view();
    view! { <Panel id="activity" title=title><ul class="rows">{rows}</ul></Panel> }.into_markup()
}

fn line(ctx: &Ctx, event: Event) -> Markup {
    let href = match event.subject {
        Subject::Document(id) => paths::document(id),
        Subject::Request(id) => paths::request(id),
        Subject::Order(id) => paths::order(id),
    };
    let who = match event.who {
        Who::Me => ctx.t("home-who-you").to_owned(),
        Who::Colleague(name) => name,
        Who::Somebody => ctx.t("home-who-colleague").to_owned(),
        Who::House => ctx.portal.name.get(),
    };
    let key = match event.action.as_str() {
        "document.upload" => "activity-upload",
        "document.restore" => "activity-restore",
        "document.create" => "home-act-sent",
        "approval.ask" => "home-act-approval-ask",
        "approval.approve" => "home-act-approve",
        "approval.decline" => "home-act-decline",
        "approval.withdraw" => "home-act-approval-withdraw",
        "request.ask" => "home-act-request-ask",
        "request.accept" => "home-act-request-accept",
        "request.fix" => "home-act-request-fix",
        "order.create" => "home-act-order-create",
        "order.edit" => "home-act-order-edit",
        _ => "activity-publish",
    };
    let mut fields: Vec<&str> = event.fields.iter().map(|name| orders::page::field(ctx, name)).collect();
    fields.dedup();
    let text = ctx.with(key, &[("who", who.into()), ("fields", fields.join(", ").into())]);
    view! {
        <li class="linkrow">
            <div class="grow"><a class="title" href=href>{event.title}</a><p class="meta">{text}</p></div>
            <time class="meta nowrap" datetime=event.at.rfc3339()>{ctx.date_or_time(event.at)}</time>
        </li>
    }
    .into_markup()
}
