//! `/projects` and `/staff/projects`: what is under way, what comes next soonest first; what is over, the last first.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::{Action, allow_any};
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, ctx, page, redirect_to};
use crate::error::AppError;
use crate::export::Format;
use crate::ids::ProjectId;
use crate::notifications::{self, Kind};
use crate::orders::model::Status;
use crate::organisation::service as organisation;
use crate::paths;
use crate::projects::list::{Listed, Sort, Wanted};
use crate::projects::model::Which;
use crate::projects::service;
use crate::saved_views::model::List;
use crate::saved_views::page::views as saved_views;
use crate::ui::{ButtonKind, EmptyState, Icon, LinkButton, MorePager, PageHead, Place};

use super::filter;
use super::table::table;

/// The customer's projects.
#[component]
pub fn ProjectsPage() -> impl IntoView {
    if ctx().is_some_and(|ctx| ctx.actor.staff().is_some()) {
        redirect_to(paths::STAFF_PROJECTS);
        return ().into_any();
    }
    let nonce = filter::nonce();
    page(async move |ctx, visit| customer(ctx, visit, nonce).await)
}

/// The projects of all customers.
#[component]
pub fn StaffProjectsPage() -> impl IntoView {
    let nonce = filter::nonce();
    page(async move |ctx, visit| staff(ctx, visit, nonce).await)
}

async fn customer(ctx: Ctx, visit: Visit, nonce: String) -> Result<Page, AppError> {
    let ctx = &ctx;
    if !service::may_open(ctx) {
        return Err(AppError::Forbidden);
    }
    let statuses = service::statuses(ctx).await?;
    let wanted = Wanted { organisation: ctx.organisation, ..filter::wanted(&visit.query, &statuses)? };
    let listed = filter::read(ctx, &wanted).await?;
    // The organisation is the session's, not the address's.
    let wanted = Wanted { organisation: None, ..wanted };
    notifications::seen_kind(ctx, Kind::ProjectsChanged).await;
    let views = saved_views(ctx, List::Projects, &filter::query(&wanted, &statuses), &visit.flash).await?;
    let title = ctx.t("projects-title").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("projects-meta") />
        {filter::form(ctx, paths::PROJECTS, &wanted, &statuses, nonce)}
        {filter::said(ctx, &wanted, &listed)}
        <div id="results" class="stack">
            {views}
            {filter::tabs(ctx, paths::PROJECTS, &wanted, &statuses)}
            <section class="panel" id="list" data-live-area="projects">{rows(ctx, paths::PROJECTS, &wanted, &listed, &statuses, false, paths::project)}</section>
        </div>
    }
    .into_markup();
    Ok(Page { title, place: Place::Projects, crumbs: vec![], todo: None, body })
}

async fn staff(ctx: Ctx, visit: Visit, nonce: String) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisation::require_staff(ctx)?;
    allow_any(&ctx.actor, Action::ProjectRead)?;
    let statuses = service::statuses(ctx).await?;
    let only = visit.query.get("organisation").filter(|id| !id.is_empty());
    let customer = match only.map(|id| id.parse().map_err(|_| AppError::NotFound)).transpose()? {
        Some(id) => Some(organisation::find(ctx, id).await?),
        None => None,
    };
    let only = customer.as_ref().map(|customer| customer.id);
    let wanted = Wanted { organisation: only, ..filter::wanted(&visit.query, &statuses)? };
    let listed = filter::read(ctx, &wanted).await?;
    let views = saved_views(ctx, List::StaffProjects, &filter::query(&wanted, &statuses), &visit.flash).await?;
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
    let everybody = only.map(|_| {
        let all = Wanted { organisation: None, after: None, ..wanted.clone() };
        let all = filter::address(paths::STAFF_PROJECTS, &all, &statuses);
        view! { <LinkButton href=all>{ctx.t("projects-of-everybody")}</LinkButton> }
    });
    let body = view! {
        <PageHead title=title.clone() meta=meta>{everybody}<LinkButton href=paths::STAFF_PROJECT_BOARD>{ctx.t("projects-board")}</LinkButton>{new}</PageHead>
        {filter::form(ctx, paths::STAFF_PROJECTS, &wanted, &statuses, nonce)}
        {filter::said(ctx, &wanted, &listed)}
        <div id="results" class="stack">
            {views}
            {filter::tabs(ctx, paths::STAFF_PROJECTS, &wanted, &statuses)}
            <section class="panel" id="list" data-live-area="projects">{rows(ctx, paths::STAFF_PROJECTS, &wanted, &listed, &statuses, only.is_none(), paths::staff_project)}</section>
        </div>
    }
    .into_markup();
    let crumbs = customer.map(|customer| (paths::staff_customer(customer.id), customer.name)).into_iter().collect();
    Ok(Page { title, place: Place::StaffProjects, crumbs, todo: None, body })
}

/// The rows with their pager, or what to say without any.
fn rows(
    ctx: &Ctx,
    path: &'static str,
    wanted: &Wanted,
    listed: &Listed,
    statuses: &[Status],
    whose: bool,
    href: fn(ProjectId) -> String,
) -> Markup {
    let address = |after: Option<String>| filter::address(path, &Wanted { after, ..wanted.clone() }, statuses);
    let next = listed.next.clone().map(|next| address(Some(next)));
    let first = wanted.after.is_some().then(|| address(None));
    if listed.items.is_empty() {
        let empty = empty(ctx, path, wanted, statuses);
        return view! { {empty}<MorePager locale=ctx.locale next_href=next newest_href=first /> }.into_markup();
    }
    // Whoever looks as somebody else takes nothing away in bulk.
    let files = ctx.actor.viewer().is_none().then(|| {
        let query = filter::query(&Wanted { after: None, ..wanted.clone() }, statuses);
        let link = |format: Format, key: &'static str| {
            let href =
                format!("{path}/export?{query}{}format={}", if query.is_empty() { "" } else { "&" }, format.name());
            view! { <LinkButton href=href><Icon name="download" />{ctx.t(key)}</LinkButton> }
        };
        view! { <div class="panel-foot cluster">{link(Format::Csv, "export-csv")}{link(Format::Xlsx, "export-xlsx")}</div> }
    });
    let list = table(ctx, listed, whose, href);
    view! { {list}{files}<MorePager locale=ctx.locale next_href=next newest_href=first /> }.into_markup()
}

fn empty(ctx: &Ctx, path: &'static str, wanted: &Wanted, statuses: &[Status]) -> Markup {
    let (icon, title, text) = match (wanted.which, &wanted.status) {
        _ if wanted.search.is_some() => ("search", "projects-none-title", "projects-none-text"),
        _ if wanted.is_narrowed() => ("list-checks", "projects-empty-here-title", "projects-empty-filter-text"),
        (_, Some(_)) => ("list-checks", "projects-empty-here-title", "projects-empty-here-text"),
        (Which::Closed, None) => ("list-checks", "projects-empty-closed-title", "projects-empty-closed-text"),
        (Which::Open | Which::All, None) => ("list-checks", "projects-empty-title", "projects-empty-text"),
    };
    let filtered = wanted.is_narrowed() || wanted.status.is_some();
    let all = filtered.then(|| {
        let sort = Sort::usual(Which::All, None, statuses);
        let all = Wanted { which: Which::All, sort, organisation: wanted.organisation, ..Wanted::default() };
        view! { <LinkButton href=filter::address(path, &all, statuses)>{ctx.t("projects-all")}</LinkButton> }
    });
    view! { <EmptyState icon=icon title=ctx.t(title) text=ctx.t(text)>{all}</EmptyState> }.into_markup()
}
