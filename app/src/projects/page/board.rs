//! `/staff/projects/board`: what is open across customers, in columns by status; one list after the other on a phone.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::paths;
use crate::projects::board::{self, Card, Column, SHOWN};
use crate::ui::{Badge, EmptyState, LinkButton, PageHead, Place};

use super::parts;

/// The board.
#[component]
pub fn StaffProjectBoardPage() -> impl IntoView {
    page(show)
}

async fn show(ctx: Ctx, _: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let columns = board::board(ctx).await?;
    let empty = columns.iter().all(|column| column.cards.is_empty());
    let body = if empty {
        view! { <section class="panel"><EmptyState icon="list-checks" title=ctx.t("projects-empty-title") text=ctx.t("projects-empty-text") /></section> }
            .into_markup()
    } else {
        let columns = columns.into_iter().map(|column| section(ctx, column)).collect_view();
        view! { <div class="board" tabindex="0" role="region" aria-label=ctx.t("projects-board")>{columns}</div> }
            .into_markup()
    };
    let title = ctx.t("projects-board").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("projects-board-meta")><LinkButton href=paths::STAFF_PROJECTS>{ctx.t("projects-board-list")}</LinkButton></PageHead>
        {body}
    }
    .into_markup();
    let crumbs = vec![(paths::STAFF_PROJECTS.to_owned(), ctx.t("projects-title").to_owned())];
    Ok(Page { title, place: Place::StaffProjects, crumbs, todo: None, body })
}

fn section(ctx: &Ctx, column: Column) -> Markup {
    let status = &column.status;
    let id = format!("column-{}", status.key);
    let count = if column.more { format!("{SHOWN}+") } else { column.cards.len().to_string() };
    let cards = column.cards.iter().map(|card| item(ctx, card)).collect_view();
    let body = if column.cards.is_empty() {
        view! { <div class="panel-body"><p class="meta">{ctx.t("projects-board-none")}</p></div> }.into_markup()
    } else {
        view! { <ul class="rows">{cards}</ul> }.into_markup()
    };
    let badge =
        view! { <Badge tone=status.tone.tone() glyph=status.glyph() text=status.name(ctx.locale).to_owned() /> };
    let labelled = id.clone();
    view! {
        <section class="panel" aria-labelledby=labelled>
            <div class="panel-head"><h2 id=id>{badge}</h2><span class="count count--plain">{count}</span></div>
            {body}
        </section>
    }
    .into_markup()
}

fn item(ctx: &Ctx, card: &Card) -> Markup {
    let project = &card.project;
    let tasks = (card.open > 0).then(|| {
        let text = ctx.with("projects-board-tasks", &[("open", card.open.into()), ("late", card.late.into())]);
        view! { <p class="meta">{text}</p> }
    });
    view! {
        <li class="panel-body stack-2">
            <div><a class="title" href=paths::staff_project(project.id)>{project.name.clone()}</a><p class="meta">{project.organisation_name.clone()}</p></div>
            {parts::light(ctx, project.light)}
            <p class="meta">{parts::acts(ctx, project.acts())}<span class="sep"></span>{parts::next(ctx, project)}</p>
            {tasks}
        </li>
    }
    .into_markup()
}
