//! `/projects` and `/staff/projects`: what is under way, what comes next soonest first; what is over, the last first.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::{Action, allow_any};
use crate::ctx::Ctx;
use crate::doors::{Page, Query, Visit, ctx, page, redirect_to};
use crate::error::AppError;
use crate::ids::{OrganisationId, ProjectId};
use crate::organisation::service as organisation;
use crate::paths;
use crate::projects::model::{After, Project, Which};
use crate::projects::service;
use crate::ui::{ButtonKind, EmptyState, LinkButton, MorePager, PageHead, Place};

use super::parts;

const PER_PAGE: i64 = 50;

/// The customer's projects.
#[component]
pub fn ProjectsPage() -> impl IntoView {
    if ctx().is_some_and(|ctx| ctx.actor.staff().is_some()) {
        redirect_to(paths::STAFF_PROJECTS);
        return ().into_any();
    }
    page(customer)
}

/// The projects of all customers.
#[component]
pub fn StaffProjectsPage() -> impl IntoView {
    page(staff)
}

fn which(query: &Query) -> Result<Which, AppError> {
    match query.get("which") {
        None | Some("open") => Ok(Which::Open),
        Some("closed") => Ok(Which::Closed),
        Some(_) => Err(AppError::NotFound),
    }
}

fn address(base: &str, which: Which, only: Option<OrganisationId>, after: Option<After>) -> String {
    let parts = [
        (which == Which::Closed).then(|| "which=closed".to_owned()),
        only.map(|id| format!("organisation={id}")),
        after.map(|after| format!("after={after}")),
    ];
    let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
    if query.is_empty() { base.to_owned() } else { format!("{base}?{query}") }
}

fn after(query: &Query) -> Result<Option<After>, AppError> {
    query.get("after").map(|text| text.parse().map_err(|()| AppError::NotFound)).transpose()
}

async fn customer(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    if !service::may_open(ctx) {
        return Err(AppError::Forbidden);
    }
    let (which, after) = (which(&visit.query)?, after(&visit.query)?);
    let found = service::list(ctx, which, ctx.organisation, after, PER_PAGE).await?;
    let list = table(ctx, &found.items, false, paths::project).unwrap_or_else(|| empty(ctx, which));
    let next = found.next.map(|next| address(paths::PROJECTS, which, None, Some(next)));
    let first = after.map(|_| address(paths::PROJECTS, which, None, None));
    let title = ctx.t("projects-title").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("projects-meta") />
        {tabs(ctx, which, paths::PROJECTS, None)}
        <section class="panel">{list}<MorePager locale=ctx.locale next_href=next newest_href=first /></section>
    }
    .into_markup();
    Ok(Page { title, place: Place::Projects, crumbs: vec![], todo: None, body })
}

async fn staff(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisation::require_staff(ctx)?;
    allow_any(&ctx.actor, Action::ProjectRead)?;
    let (which, after) = (which(&visit.query)?, after(&visit.query)?);
    let only: Option<OrganisationId> = visit
        .query
        .get("organisation")
        .filter(|id| !id.is_empty())
        .map(|id| id.parse().map_err(|_| AppError::NotFound))
        .transpose()?;
    let customer = match only {
        Some(id) => Some(organisation::find(ctx, id).await?),
        None => None,
    };
    let found = service::list(ctx, which, only, after, PER_PAGE).await?;
    let list = table(ctx, &found.items, only.is_none(), paths::staff_project).unwrap_or_else(|| empty(ctx, which));
    let next = found.next.map(|next| address(paths::STAFF_PROJECTS, which, only, Some(next)));
    let first = after.map(|_| address(paths::STAFF_PROJECTS, which, only, None));
    let new = service::may_manage_any(ctx).then(|| {
        let href = only.map_or_else(
            || paths::STAFF_PROJECT_NEW.to_owned(),
            |id| format!("{}?organisation={id}", paths::STAFF_PROJECT_NEW),
        );
        view! { <LinkButton href=href kind=ButtonKind::Primary>{ctx.t("projects-new")}</LinkButton> }
    });
    let title = ctx.t("projects-title").to_owned();
    let meta =
        customer.as_ref().map_or_else(|| ctx.t("projects-staff-meta").to_owned(), |customer| customer.name.clone());
    let body = view! {
        <PageHead title=title.clone() meta=meta><LinkButton href=paths::STAFF_PROJECT_BOARD>{ctx.t("projects-board")}</LinkButton>{new}</PageHead>
        {tabs(ctx, which, paths::STAFF_PROJECTS, only)}
        <section class="panel">{list}<MorePager locale=ctx.locale next_href=next newest_href=first /></section>
    }
    .into_markup();
    let crumbs = customer.map(|customer| (paths::staff_customer(customer.id), customer.name)).into_iter().collect();
    Ok(Page { title, place: Place::StaffProjects, crumbs, todo: None, body })
}

fn tabs(ctx: &Ctx, which: Which, base: &'static str, only: Option<OrganisationId>) -> Markup {
    let tab = |wanted: Which, key: &'static str| {
        let current = (which == wanted).then_some("page");
        view! { <a href=address(base, wanted, only, None) aria-current=current>{ctx.t(key)}</a> }
    };
    view! {
        <nav class="tabs" aria-label=ctx.t("documents-column-status")>
            {tab(Which::Open, "projects-open")}{tab(Which::Closed, "projects-closed")}
        </nav>
    }
    .into_markup()
}

fn empty(ctx: &Ctx, which: Which) -> Markup {
    let (title, text) = match which {
        Which::Closed => ("projects-empty-closed-title", "projects-empty-closed-text"),
        Which::Open | Which::All => ("projects-empty-title", "projects-empty-text"),
    };
    view! { <EmptyState icon="list-checks" title=ctx.t(title) text=ctx.t(text) /> }.into_markup()
}

/// The table; cards on a phone. None without rows.
fn table(ctx: &Ctx, projects: &[Project], show_organisation: bool, href: fn(ProjectId) -> String) -> Option<Markup> {
    if projects.is_empty() {
        return None;
    }
    let rows = projects
        .iter()
        .map(|project| {
            let facts = [
                show_organisation.then(|| project.organisation_name.clone()),
                Some(project.number.clone()).filter(|number| !number.is_empty()),
                project.due_on.map(|day| ctx.with("projects-due-is", &[("day", parts::day(ctx, day).into())])),
            ];
            let facts = facts.into_iter().flatten().enumerate().map(|(at, fact)| view! { {(at > 0).then(|| view! { <span class="sep"></span> })}{fact} }).collect_view();
            view! {
                <tr role="row">
                    <th scope="row" role="rowheader" class="c-main"><a class="title" href=href(project.id)>{project.name.clone()}</a><p class="meta">{facts}</p></th>
                    <td role="cell" class="c-status">{parts::status(ctx, project)}</td>
                    <td role="cell" class="c-right">{parts::light(ctx, project.light)}</td>
                    <td role="cell" class="c-wide">{parts::next(ctx, project)}</td>
                    <td role="cell" data-label=ctx.t("projects-column-acts")>{parts::acts(ctx, project.acts())}</td>
                </tr>
            }
        })
        .collect_view();
    let head = |key: &'static str| view! { <th scope="col" role="columnheader">{ctx.t(key)}</th> };
    Some(
        view! {
            <table class="table cards" role="table">
                <thead role="rowgroup"><tr role="row">
                    {head("projects-column-project")}{head("documents-column-status")}{head("projects-column-light")}{head("orders-column-next")}{head("projects-column-acts")}
                </tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        }
        .into_markup(),
    )
}
