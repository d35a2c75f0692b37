//! What stands beside a project: people, decisions, papers, orders, what has changed.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::Role;
use crate::ctx::Ctx;
use crate::documents::page::rows;
use crate::ids::ProjectId;
use crate::orders;
use crate::orders::model::Status;
use crate::paths;
use crate::projects::model::{Changed, OnProject, Project};
use crate::projects::service::Whole;
use crate::ui::{EmptyState, Icon, Panel, PersonRow};

use super::parts;

/// Who is on it, on both sides; `foot` is for whoever keeps the project.
pub fn people(ctx: &Ctx, project: &Project, whole: &Whole, foot: Option<Markup>) -> Markup {
    let row = |person: &OnProject| {
        let role = person.role.map(|role| role.role()).or(person.staff_role.map(Role::Staff));
        let mut meta = vec![role.map_or("", |role| ctx.t(role.label_key())).to_owned()];
        if project.lead_id == Some(person.id) {
            meta.insert(0, ctx.t("projects-lead").to_owned());
        }
        let never = person.last_sign_in_at.is_none() && person.role.is_some();
        if never {
            meta.push(ctx.t("people-never").to_owned());
        }
        let me = ctx.actor.user_id() == Some(person.id);
        let house = person.staff_role.is_some();
        // Of staff, only they themselves see it.
        let photo = (person.portrait && (me || ctx.actor.staff().is_none())).then(|| paths::portrait(person.id));
        view! { <li><PersonRow name=person.name.clone() meta=meta.join(", ") never=never house=house me=me photo=photo /></li> }
    };
    let staff = whole.staff.iter().map(row).collect_view();
    let customers = whole.people.iter().map(row).collect_view();
    let nobody = whole.people.is_empty().then(|| {
        let key = if ctx.actor.staff().is_some() { "projects-people-none-staff" } else { "projects-people-none" };
        view! { <p class="meta">{ctx.t(key)}</p> }
    });
    let nobody_here = whole.staff.is_empty().then(|| view! { <p class="meta">{ctx.t("projects-staff-none")}</p> });
    let count = (whole.staff.len() + whole.people.len()).to_string();
    view! {
        <Panel id="people" title=ctx.t("projects-people") count=count>
            <div class="panel-body stack-4">
                <h3>{ctx.portal.name.get()}</h3>{nobody_here}<ul class="stack-2">{staff}</ul>
                <h3>{project.organisation_name.clone()}</h3>{nobody}<ul class="stack-2">{customers}</ul>
            </div>
            {foot}
        </Panel>
    }
    .into_markup()
}

/// What was decided, when, by whom and why.
pub fn decisions(ctx: &Ctx, whole: &Whole, foot: Option<Markup>) -> Markup {
    let rows = whole
        .decisions
        .iter()
        .map(|decision| {
            let day = parts::day(ctx, decision.decided_on);
            let by = ctx.with(
                "projects-decided",
                &[("name", decision.decided_by.clone().into()), ("day", day.into())],
            );
            let why = (!decision.reason.is_empty()).then(|| view! { <p class="prewrap">{decision.reason.clone()}</p> });
            view! { <li class="linkrow"><div class="grow"><p class="strong">{decision.title.clone()}</p>{why}<p class="meta">{by}</p></div></li> }
        })
        .collect_view();
    let body = if whole.decisions.is_empty() {
        view! { <div class="panel-body"><p class="meta">{ctx.t("projects-decisions-none")}</p></div> }.into_markup()
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_markup()
    };
    view! { <Panel id="decisions" title=ctx.t("projects-decisions")>{body}{foot}</Panel> }.into_markup()
}

/// Papers for whoever is on it, as far as the reader may see them.
pub fn papers(ctx: &Ctx, id: ProjectId, whole: &Whole) -> Markup {
    let body = if whole.documents.is_empty() {
        view! { <EmptyState icon="file-text" title=ctx.t("projects-papers-none-title") text=ctx.t("projects-papers-none-text") /> }.into_markup()
    } else {
        let list = if ctx.actor.staff().is_some() { paths::STAFF_DOCUMENTS } else { paths::DOCUMENTS };
        view! {
            {rows::document_rows(ctx, &whole.documents)}
            <div class="panel-foot"><a href=format!("{list}?project={id}")>{ctx.t("projects-papers-all")}</a></div>
        }
        .into_markup()
    };
    view! { <Panel id="documents" title=ctx.t("projects-papers")>{body}</Panel> }.into_markup()
}

/// Orders that belong to it, as far as the reader may see them.
pub fn orders(ctx: &Ctx, whole: &Whole) -> Option<Markup> {
    if whole.orders.is_empty() {
        return None;
    }
    let staff = ctx.actor.staff().is_some();
    let rows = whole
        .orders
        .iter()
        .map(|order| {
            let href = if staff { paths::staff_order(order.id) } else { paths::order(order.id) };
            view! {
                <li class="linkrow linkrow--acts">
                    <span class="docicon"><Icon name="package" /></span>
                    <div class="grow"><a class="title" href=href>{order.name().to_owned()}</a><p class="meta num">{order.number.clone()}</p></div>
                    {orders::page::status(ctx, order)}
                    <span class="meta nowrap">{orders::page::expected(ctx, order)}</span>
                </li>
            }
        })
        .collect_view();
    Some(view! { <Panel id="orders" title=ctx.t("projects-orders")><ul class="rows">{rows}</ul></Panel> }.into_markup())
}

/// The name of a field, as its history calls it.
fn field(ctx: &Ctx, change: &Changed) -> String {
    let key = match change.field.as_str() {
        "name" => "projects-field-name",
        "number" => "projects-field-number",
        "summary" => "projects-field-summary",
        "status" => "orders-field-status",
        "starts_on" => "projects-field-starts",
        "due_on" => "projects-field-due",
        "done_on" => "projects-field-done",
        "milestones" => "projects-milestones",
        "lead_id" => "projects-lead",
        "milestone_expected" | "milestone_done" => {
            return ctx.with("projects-field-milestone", &[("title", change.subject.clone().into())]);
        }
        _ => "orders-field-other",
    };
    ctx.t(key).to_owned()
}

/// A change in one sentence: days and statuses in words.
fn sentence(ctx: &Ctx, change: &Changed, statuses: &[Status]) -> String {
    let value = |text: &String| match change.field.as_str() {
        "status" => statuses.iter().find(|s| s.key == *text).map_or(text.as_str(), |s| s.name(ctx.locale)).to_owned(),
        _ => text.parse().map_or_else(|()| text.clone(), |day| parts::day(ctx, day)),
    };
    let (old, new) = (value(&change.old), value(&change.new));
    let args = [("field", field(ctx, change).into()), ("old", old.clone().into()), ("new", new.clone().into())];
    if change.field == "milestone_done" {
        return ctx.with(if new.is_empty() { "projects-unreached" } else { "projects-reached" }, &args);
    }
    // What a number of milestones was says nothing, ids say nothing either, and long texts too much.
    let plain = matches!(change.field.as_str(), "milestones" | "lead_id" | "external_id" | "slug" | "summary");
    let key = match (plain, old.is_empty(), new.is_empty()) {
        (true, ..) => "orders-changed",
        (false, true, _) => "orders-changed-set",
        (false, false, true) => "orders-changed-cleared",
        (false, false, false) => "orders-changed-from",
    };
    ctx.with(key, &args)
}

/// What has changed, the last first. Customers do not read who of the operator did it.
pub fn history(ctx: &Ctx, whole: &Whole, statuses: &[Status]) -> Option<Markup> {
    if whole.changes.is_empty() {
        return None;
    }
    let rows = whole
        .changes
        .iter()
        .map(|change| {
            let by =
                change.by_name.clone().filter(|_| ctx.actor.staff().is_some()).unwrap_or_else(|| ctx.portal.name.get());
            let reason = (!change.reason.is_empty()).then(|| view! { <p>{change.reason.clone()}</p> });
            view! {
                <li class="linkrow">
                    <span class="docicon"><Icon name="history" /></span>
                    <div class="grow"><p>{sentence(ctx, change, statuses)}</p>{reason}<p class="meta">{by}</p></div>
                    <time class="meta nowrap" datetime=change.at.rfc3339()>{ctx.date(change.at)}</time>
                </li>
            }
        })
        .collect_view();
    Some(view! { <Panel id="history" title=ctx.t("orders-history")><ul class="rows">{rows}</ul></Panel> }.into_markup())
}
