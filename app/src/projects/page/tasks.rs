//! Tasks of a project: as rows of its page, and as what waits for somebody.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::paths;
use crate::projects::model::{Project, Task};
use crate::projects::service::Whole;
use crate::projects::tasks::{may_tick, may_tick_own};
use crate::ui::{EmptyState, Panel};
use crate::validity::service::today;

use super::parts;

/// What is to do, each with its one click, and what is done; `foot` is for whoever keeps the project.
pub fn panel(ctx: &Ctx, project: &Project, whole: &Whole, foot: Option<Markup>) -> Markup {
    let back = if ctx.actor.staff().is_some() { paths::staff_project(project.id) } else { paths::project(project.id) };
    let mine = |task: &&Task| may_tick_own(ctx, task);
    let my_turn = ctx.actor.staff().is_none() && whole.open.iter().any(|task| mine(&task));
    let rows = |tasks: &[Task]| tasks.iter().map(|task| row(ctx, project, task, &back)).collect_view();
    let open = if whole.open.is_empty() {
        view! { <EmptyState icon="list-checks" title=ctx.t("projects-tasks-empty-title") text=ctx.t("projects-tasks-empty-text") /> }
            .into_markup()
    } else {
        view! { <ul class="rows">{rows(&whole.open)}</ul> }.into_markup()
    };
    let done = (!whole.done.is_empty()).then(|| {
        let count = whole.done.len().to_string();
        view! { <details class="panel-foot"><summary>{ctx.t("projects-tasks-done")}" "<span class="count">{count}</span></summary><ul class="rows">{rows(&whole.done)}</ul></details> }
    });
    let count = whole.open.len().to_string();
    view! { <Panel id="tasks" title=ctx.t("projects-tasks") count=count mine=my_turn><div id="task-rows" data-live-area="projects">{open}{done}</div>{foot}</Panel> }
        .into_markup()
}

fn row(ctx: &Ctx, project: &Project, task: &Task, back: &str) -> Markup {
    let done = task.done_at.map(|at| {
        let name = task.done_by_name.clone().unwrap_or_else(|| ctx.portal.name.get());
        ctx.with("projects-done-by", &[("name", name.into()), ("when", ctx.date(at).into())])
    });
    let whose = done.unwrap_or_else(|| parts::whose(ctx, task));
    let comments = (task.comments > 0).then(|| {
        let text = ctx.with("projects-comments-count", &[("count", task.comments.into())]);
        view! { <span class="sep"></span>{text} }
    });
    let due = task.due_on.filter(|_| task.done_at.is_none()).map(|day| parts::due(ctx, day, task.is_late(today(ctx))));
    let tick = may_tick(ctx, project, task).then(|| parts::tick(ctx, task, format!("{back}#tasks"), false));
    view! {
        <li class="linkrow linkrow--acts">
            <div class="grow"><a class="title" href=parts::task_href(ctx, task)>{task.title.clone()}</a><p class="meta">{whose}{comments}</p></div>
            {due}
            {tick}
        </li>
    }
    .into_markup()
}
