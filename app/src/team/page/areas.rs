//! "What can this person see?" beside documents: a panel for each area that whoever asks sees too, with its newest rows.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::appointments;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::orders;
use crate::orders::model::Order;
use crate::paths;
use crate::projects;
use crate::projects::model::Project;
use crate::requests;
use crate::requests::model::Request;
use crate::team::access::{self, Part, Whom};
use crate::ui::{EmptyState, Icon, Panel};

/// What the panels show, and whether anything was left out of them.
#[derive(Default)]
pub(super) struct Areas {
    /// One below the other.
    pub panels: Vec<Markup>,
    /// The asker's own role does not include some of it.
    pub withheld: bool,
}

/// The panels of all areas; at most so many rows in each. `nothing` says why there are none.
pub(super) async fn panels(ctx: &Ctx, whom: &Whom, limit: i64, nothing: &'static str) -> Result<Areas, AppError> {
    let mut areas = Areas::default();
    if let Some(part) = open(access::orders(ctx, whom, None, limit).await)? {
        let look = Look { id: "orders", icon: "package", title: "orders-title", empty: "access-no-orders" };
        areas.add(ctx, &look, nothing, &part, |rows| order_rows(ctx, rows));
    }
    if let Some(part) = open(access::projects(ctx, whom, None, limit).await)? {
        let look = Look { id: "projects", icon: "list-checks", title: "projects-title", empty: "access-no-projects" };
        areas.add(ctx, &look, nothing, &part, |rows| project_rows(ctx, rows));
    }
    if let Some(part) = open(access::appointments(ctx, whom, None, limit).await)? {
        let look =
            Look { id: "appointments", icon: "calendar", title: "appointments-title", empty: "access-no-appointments" };
        areas.add(ctx, &look, nothing, &part, |rows| appointments::page::rows(ctx, rows));
    }
    if let Some(part) = open(access::requests(ctx, whom, None, limit).await)? {
        let look = Look { id: "requests", icon: "upload", title: "requests-title", empty: "access-no-requests" };
        areas.add(ctx, &look, nothing, &part, |rows| request_rows(ctx, rows));
    }
    Ok(areas)
}

/// Whoever may not see an area themselves sees no panel of it.
fn open<T>(part: Result<T, AppError>) -> Result<Option<T>, AppError> {
    match part {
        Err(AppError::Forbidden) => Ok(None),
        other => other.map(Some),
    }
}

/// How an area looks: its anchor, its icon, its name, and what is said where nothing is.
struct Look {
    id: &'static str,
    icon: &'static str,
    title: &'static str,
    empty: &'static str,
}

impl Areas {
    fn add<T, K>(
        &mut self,
        ctx: &Ctx,
        look: &Look,
        nothing: &'static str,
        part: &Part<T, K>,
        rows: impl FnOnce(&[T]) -> Markup,
    ) {
        self.withheld |= part.withheld;
        let list = if part.items.is_empty() {
            view! { <EmptyState icon=look.icon title=ctx.t(look.empty) text=ctx.t(nothing) /> }.into_markup()
        } else {
            rows(&part.items)
        };
        let more = part.next.is_some().then(|| {
            let text = ctx.with("access-newest", &[("count", part.items.len().into())]);
            view! { <div class="panel-foot"><p class="meta">{text}</p></div> }
        });
        self.panels.push(view! { <Panel id=look.id title=ctx.t(look.title)>{list}{more}</Panel> }.into_markup());
    }
}

fn order_rows(ctx: &Ctx, orders: &[Order]) -> Markup {
    let rows = orders
        .iter()
        .map(|order| {
            let href = if ctx.actor.staff().is_some() { paths::staff_order(order.id) } else { paths::order(order.id) };
            view! {
                <li class="linkrow">
                    <span class="docicon"><Icon name="package" /></span>
                    <div class="grow"><a class="title" href=href>{order.name().to_owned()}</a><p class="meta">{orders::page::status(ctx, order)}</p></div>
                    <span class="meta nowrap">{orders::page::expected(ctx, order)}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_markup()
}

fn project_rows(ctx: &Ctx, projects: &[Project]) -> Markup {
    let rows = projects
        .iter()
        .map(|project| {
            let staff = ctx.actor.staff().is_some();
            let href = if staff { paths::staff_project(project.id) } else { paths::project(project.id) };
            view! {
                <li class="linkrow">
                    <span class="docicon"><Icon name="list-checks" /></span>
                    <div class="grow"><a class="title" href=href>{project.name.clone()}</a><p class="meta">{projects::page::next(ctx, project)}</p></div>
                    {projects::page::status(ctx, project)}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_markup()
}

fn request_rows(ctx: &Ctx, requests: &[Request]) -> Markup {
    let rows = requests
        .iter()
        .map(|request| {
            let staff = ctx.actor.staff().is_some();
            let href = if staff { paths::staff_request(request.id) } else { paths::request(request.id) };
            view! {
                <li class="linkrow">
                    <span class="docicon"><Icon name="upload" /></span>
                    <div class="grow"><a class="title" href=href>{request.title.clone()}</a><p class="meta">{requests::page::due(ctx, request)}</p></div>
                    {requests::page::status(ctx, request)}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_markup()
}
