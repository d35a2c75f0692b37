//! Panels of the staff's home: who is waiting for whom.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::i18n::format;
use crate::ids::{AppointmentId, DocumentId, OrderId, ProjectId, RequestId};
use crate::imports::model::Run;
use crate::paths;
use crate::time::Instant;
use crate::ui::{EmptyState, Glyph, Icon, Panel};

use super::waits::{ByCustomer, ForUs, Kind, NeverHere};

/// Rows of a short list.
const FEW: usize = 6;

/// How long ago: "today", "yesterday", "3 days ago".
fn age(ctx: &Ctx, at: Instant) -> String {
    let on = |at: Instant| at.timestamp().to_zoned(ctx.zone.clone()).date();
    let days = on(at).until(on(ctx.now())).map_or(0, |span| i64::from(span.get_days()));
    ctx.with("home-age", &[("days", days.max(0).into())])
}

/// What waits for us, the longest first, each with where it is done.
pub(super) fn for_us(ctx: &Ctx, rows: Vec<ForUs>) -> Markup {
    let title = ctx.t("waits-for-us");
    if rows.is_empty() {
        return view! {
            <Panel id="for-us" title=title><EmptyState icon="circle-check-big" title=ctx.t("waits-for-us-empty-title") text=ctx.t("waits-for-us-empty-text") /></Panel>
        }
        .into_markup();
    }
    let rows = rows.into_iter().map(|row| one_for_us(ctx, row)).collect_view();
    view! { <Panel id="for-us" title=title mine=true><ul class="rows">{rows}</ul></Panel> }.into_markup()
}

fn one_for_us(ctx: &Ctx, row: ForUs) -> Markup {
    let (icon, href, key) = match row.kind {
        Kind::Request => ("upload", paths::staff_request(RequestId(row.id)), "waits-request"),
        Kind::Arrival => ("inbox", paths::staff_document(DocumentId(row.id)), "waits-arrival"),
        Kind::Declined => ("file-x", paths::staff_document(DocumentId(row.id)), "waits-declined"),
        Kind::Order => ("package", paths::staff_order(OrderId(row.id)), "waits-order"),
        Kind::Task => ("list-checks", paths::staff_project(ProjectId(row.id)), "waits-task"),
        Kind::Wish => ("calendar", paths::staff_appointment(AppointmentId(row.id)), "waits-wish"),
        Kind::Lapsed => ("calendar", paths::staff_appointment(AppointmentId(row.id)), "waits-lapsed"),
    };
    let what = ctx.with(key, &[("who", row.who.into())]);
    let when = row.due_on.map(|day| format::day(ctx.locale, day));
    let late = when.map(|day| {
        let text = ctx.with("waits-since-day", &[("day", day.into())]);
        view! { <span class="due due--late"><Glyph name="late" />{text}</span> }
    });
    let since = row.since.map(|at| view! { <time class="meta nowrap" datetime=at.rfc3339()>{age(ctx, at)}</time> });
    view! {
        <li class="linkrow">
            <span class="docicon"><Icon name=icon /></span>
            <div class="grow"><a class="title" href=href>{row.title}</a><p class="meta">{row.organisation_name}<span class="sep"></span>{what}</p></div>
            {late}{since}
        </li>
    }
    .into_markup()
}

/// Whom we are waiting for: how much is open at each customer, and since when.
pub(super) fn for_them(ctx: &Ctx, rows: &[ByCustomer], matrix: bool) -> Markup {
    let mut open: Vec<&ByCustomer> = rows.iter().filter(|row| row.open() > 0).collect();
    open.sort_by_key(|row| row.oldest);
    let title = ctx.t("waits-for-them");
    if open.is_empty() {
        return view! {
            <Panel id="for-them" title=title><EmptyState icon="circle-check-big" title=ctx.t("waits-for-them-empty-title") text=ctx.t("waits-for-them-empty-text") /></Panel>
        }
        .into_markup();
    }
    let rows = open
        .into_iter()
        .take(FEW)
        .map(|row| {
            let parts = [
                (row.approvals > 0).then(|| ctx.with("waits-approvals", &[("count", row.approvals.into())])),
                (row.requests > 0).then(|| ctx.with("waits-requests", &[("count", row.requests.into())])),
                (row.tasks > 0).then(|| ctx.with("waits-tasks", &[("count", row.tasks.into())])),
                (row.appointments > 0).then(|| ctx.with("waits-appointments", &[("count", row.appointments.into())])),
                (row.orders > 0).then(|| ctx.with("waits-orders", &[("count", row.orders.into())])),
            ];
            let parts = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
            let since = row.oldest.map(|at| view! { <time class="meta nowrap" datetime=at.rfc3339()>{age(ctx, at)}</time> });
            view! {
                <li class="linkrow">
                    <div class="grow"><a class="title" href=paths::staff_customer(row.organisation_id)>{row.organisation_name.clone()}</a><p class="meta">{parts}</p></div>
                    {since}
                </li>
            }
        })
        .collect_view();
    let link = if matrix { paths::STAFF_APPROVALS } else { paths::STAFF_REQUESTS };
    let link = (link.to_owned(), ctx.t("waits-for-them-all").to_owned());
    view! { <Panel id="for-them" title=title link=link><ul class="rows">{rows}</ul></Panel> }.into_markup()
}

/// What is late, customer by customer: the numbers, and a bar to see them by.
pub(super) fn late(ctx: &Ctx, rows: &[ByCustomer]) -> Option<Markup> {
    let late: Vec<&ByCustomer> = rows.iter().filter(|row| row.late() > 0).take(FEW).collect();
    let most = late.iter().map(|row| row.late()).max()?;
    let rows = late
        .into_iter()
        .map(|row| {
            let cell = |count: i64, label: &'static str| {
                view! { <td role="cell" class="num end" data-label=label>{count}</td> }
            };
            view! {
                <tr role="row">
                    <th scope="row" role="rowheader" class="c-main"><a class="title" href=paths::staff_customer(row.organisation_id)>{row.organisation_name.clone()}</a></th>
                    {cell(row.late_approvals, ctx.t("late-approvals"))}
                    {cell(row.late_requests, ctx.t("late-requests"))}
                    {cell(row.late_orders, ctx.t("late-orders"))}
                    {cell(row.late_tasks, ctx.t("late-tasks"))}
                    {cell(row.late_appointments, ctx.t("late-appointments"))}
                    <td role="cell" class="c-right"><span class="barred"><progress class="bar" max=most.to_string() value=row.late().to_string() aria-hidden="true"></progress><strong class="num">{row.late()}</strong></span></td>
                </tr>
            }
        })
        .collect_view();
    Some(
        view! {
            <Panel id="late" title=ctx.t("late-title")>
                <table class="table cards" role="table" aria-labelledby="late-title">
                    <thead role="rowgroup"><tr role="row">
                        <th scope="col" role="columnheader">{ctx.t("late-customer")}</th>
                        <th scope="col" role="columnheader" class="end">{ctx.t("late-approvals")}</th>
                        <th scope="col" role="columnheader" class="end">{ctx.t("late-requests")}</th>
                        <th scope="col" role="columnheader" class="end">{ctx.t("late-orders")}</th>
                        <th scope="col" role="columnheader" class="end">{ctx.t("late-tasks")}</th>
                        <th scope="col" role="columnheader" class="end">{ctx.t("late-appointments")}</th>
                        <th scope="col" role="columnheader">{ctx.t("late-all")}</th>
                    </tr></thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </Panel>
        }
        .into_markup(),
    )
}

/// Who was given a login or an invitation a week ago or longer, and has not come.
pub(super) fn never_here(ctx: &Ctx, rows: Vec<NeverHere>) -> Option<Markup> {
    if rows.is_empty() {
        return None;
    }
    let rows = rows
        .into_iter()
        .map(|row| {
            let (href, key) = match row.user_id {
                Some(user) => (paths::staff_person(row.organisation_id, user), "never-login"),
                None => (paths::staff_people(row.organisation_id), "never-invited"),
            };
            let when = ctx.with(key, &[("when", age(ctx, row.since).into())]);
            view! {
                <li class="linkrow">
                    <div class="grow"><a class="title" href=href>{row.name}</a><p class="meta">{row.organisation_name}<span class="sep"></span>{when}</p></div>
                </li>
            }
        })
        .collect_view();
    Some(view! { <Panel id="never-here" title=ctx.t("never-title")><ul class="rows">{rows}</ul></Panel> }.into_markup())
}

/// Imports and work of the portal that failed, for whoever may see them.
pub(super) fn failed(ctx: &Ctx, imports: Vec<Run>, jobs: i64) -> Option<Markup> {
    if imports.is_empty() && jobs == 0 {
        return None;
    }
    let rows = imports
        .into_iter()
        .map(|run| {
            let since = age(ctx, run.ended_at.unwrap_or(run.created_at));
            let text = ctx.with("failed-import", &[("when", since.into())]);
            view! {
                <li class="linkrow">
                    <span class="docicon"><Icon name="upload" /></span>
                    <div class="grow"><a class="title" href=paths::staff_import(run.id)>{run.file_name}</a><p class="meta">{text}</p></div>
                </li>
            }
        })
        .collect_view();
    let jobs = (jobs > 0).then(|| {
        let text = ctx.with("failed-jobs", &[("count", jobs.into())]);
        view! {
            <li class="linkrow">
                <span class="docicon"><Icon name="history" /></span>
                <div class="grow"><a class="title" href=paths::STAFF_JOBS_FAILED>{text}</a></div>
            </li>
        }
    });
    Some(
        view! { <Panel id="failed" title=ctx.t("failed-title")><ul class="rows">{rows}{jobs}</ul></Panel> }
            .into_markup(),
    )
}
