//! `/projects/{id}/tasks/{task}` and the same for staff: one thing to do, what is said about it, and ticking it off.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::ids::{CommentId, ProjectId, TaskId};
use crate::notifications::{self, Object};
use crate::organisation::service as organisation;
use crate::paths;
use crate::projects::model::{Comment, OnProject, Project, Task};
use crate::projects::service;
use crate::projects::tasks::may_tick;
use crate::ui::{
    Avatar, Badge, EmptyState, ErrorSummary, Notice, PageHead, Panel, Place, SelectField, SubmitButton, TextArea,
    TextField, Tone,
};
use crate::validity::service::today;

use super::{forms, parts};

/// The most comments of one page: the first ones.
const COMMENTS: i64 = 200;

/// As its customer sees it.
#[component]
pub fn ProjectTaskPage() -> impl IntoView {
    page(customer)
}

/// As staff see it.
#[component]
pub fn StaffProjectTaskPage() -> impl IntoView {
    page(staff)
}

async fn customer(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let project = service::find(&ctx, visit.id::<ProjectId>("id")?).await?;
    visit.is_in(project.organisation_id);
    let place = if ctx.actor.staff().is_some() { Place::StaffProjects } else { Place::Projects };
    show(&ctx, &visit, project, place, paths::PROJECTS, paths::project, paths::project_task).await
}

async fn staff(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    organisation::require_staff(&ctx)?;
    let project = service::find(&ctx, visit.id::<ProjectId>("id")?).await?;
    let (list, one, task) = (paths::STAFF_PROJECTS, paths::staff_project, paths::staff_project_task);
    show(&ctx, &visit, project, Place::StaffProjects, list, one, task).await
}

async fn show(
    ctx: &Ctx,
    visit: &Visit,
    project: Project,
    place: Place,
    list: &'static str,
    one: fn(ProjectId) -> String,
    here: fn(ProjectId, TaskId) -> String,
) -> Result<Page, AppError> {
    let task = service::task(ctx, &project, visit.id::<TaskId>("task")?).await?;
    notifications::seen(ctx, Object::Task(task.id)).await;
    let comments = service::comments(ctx, &task, CommentId(uuid::Uuid::nil()), COMMENTS).await?;
    let may = service::may(ctx, &project);
    let maintain = may.manage && list == paths::STAFF_PROJECTS;
    let people = if maintain { Some(service::people(ctx, &project).await?) } else { None };
    let flash = &visit.flash;
    let back = here(project.id, task.id);
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let tick = may_tick(ctx, &project, &task).then(|| parts::tick(ctx, &task, back.clone(), task.done_at.is_none()));
    let text = (!task.text.is_empty()).then(|| view! { <p class="prewrap">{task.text.clone()}</p> });
    let (title, facts) = (task.title.clone(), facts(ctx, &task));
    let edit = people.map(|(customers, staff)| edit(ctx, &project, &task, &customers, &staff, flash));
    let body = view! {
        <div class="narrow">
            <PageHead title=title.clone() meta=project.name.clone() badge=badge(ctx, &task) />
            {problem}
            <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
            <Panel id="task" title=ctx.t("projects-task")>
                <div class="panel-body stack-4">{text}{facts}{tick}</div>
            </Panel>
            {talk(ctx, &task, &comments, may.speak, back, flash)}
            {edit}
        </div>
    }
    .into_markup();
    let crumbs = vec![(list.to_owned(), ctx.t("projects-title").to_owned()), (one(project.id), project.name)];
    Ok(Page { title, place, crumbs, todo: None, body })
}

fn badge(ctx: &Ctx, task: &Task) -> Markup {
    let (tone, glyph, key) = if task.done_at.is_some() {
        (Tone::Good, "done", "projects-task-is-done")
    } else if task.is_late(today(ctx)) {
        (Tone::Bad, "late", "projects-task-is-late")
    } else {
        (Tone::Idle, "open", "projects-task-is-open")
    };
    view! { <Badge tone=tone glyph=glyph text=ctx.t(key) /> }.into_markup()
}

fn facts(ctx: &Ctx, task: &Task) -> Markup {
    let due = task.due_on.map(|day| {
        let day = parts::due(ctx, day, task.is_late(today(ctx)));
        view! { <div><dt>{ctx.t("projects-task-due")}</dt><dd>{day}</dd></div> }
    });
    let done = task.done_at.map(|at| {
        let name = task.done_by_name.clone().unwrap_or_else(|| ctx.portal.name.get());
        let text = ctx.with("projects-done-by", &[("name", name.into()), ("when", ctx.date_time(at).into())]);
        view! { <div><dt>{ctx.t("projects-task-is-done")}</dt><dd>{text}</dd></div> }
    });
    view! { <dl class="facts"><div><dt>{ctx.t("projects-task-whose")}</dt><dd>{parts::whose(ctx, task)}</dd></div>{due}{done}</dl> }
        .into_markup()
}

/// What is said about it, the first first, and the next word.
fn talk(ctx: &Ctx, task: &Task, comments: &[Comment], may_speak: bool, back: String, flash: &Flash) -> Markup {
    let rows = comments
        .iter()
        .map(|comment| {
            let name = comment.name.clone().unwrap_or_else(|| ctx.portal.name.get());
            let meta = format!("{name}, {}", ctx.date_time(comment.written_at));
            view! { <li class="linkrow"><Avatar name=name house=comment.house /><div class="grow"><p class="prewrap">{comment.text.clone()}</p><p class="meta">{meta}</p></div></li> }
        })
        .collect_view();
    let body = if comments.is_empty() {
        view! { <EmptyState icon="message-square" title=ctx.t("projects-comments-none-title") text=ctx.t("projects-comments-none-text") /> }.into_markup()
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_markup()
    };
    let form = may_speak.then(|| {
        let typed = flash.value("comment").filter(|_| flash.form == "comment").unwrap_or_default().to_owned();
        let error = flash.errors.get("comment").map(str::to_owned);
        view! {
            <form class="panel-foot stack-4" method="post" action="/_fn/projects/comment" novalidate=true>
                <input type="hidden" name="project" value=task.project_id.to_string() />
                <input type="hidden" name="task" value=task.id.to_string() />
                <input type="hidden" name="back" value=back />
                <TextArea name="comment" label=ctx.t("projects-comment") hint=ctx.t("projects-comment-hint") value=typed error=error rows=3 required=true maxlength=4000 />
                <div><SubmitButton>{ctx.t("projects-comment-send")}</SubmitButton></div>
            </form>
        }
    });
    let count = comments.len().to_string();
    view! { <Panel id="comments" title=ctx.t("projects-comments") count=count><div id="talk" data-live-area="projects">{body}</div>{form}</Panel> }.into_markup()
}

fn edit(
    ctx: &Ctx,
    project: &Project,
    task: &Task,
    customers: &[OnProject],
    staff: &[OnProject],
    flash: &Flash,
) -> Markup {
    let mine = flash.form == "task";
    let value = |field: &str, stored: String| {
        if mine { flash.value(field).unwrap_or_default().to_owned() } else { stored }
    };
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    let chosen = value("whose_task", forms::whose_is(task));
    let due = value("due_on", task.due_on.map(|day| day.to_string()).unwrap_or_default());
    view! {
        <Panel id="edit" title=ctx.t("projects-task-edit")>
            <form method="post" action="/_fn/projects/edit_task" novalidate=true>
                <input type="hidden" name="project" value=project.id.to_string() />
                <input type="hidden" name="task" value=task.id.to_string() />
                <input type="hidden" name="revision" value=task.revision.to_string() />
                <div class="panel-body fields">
                    <TextField name="title" label=ctx.t("projects-task-title") value=value("title", task.title.clone()) error=error("title") required=true maxlength=200 class="field wide" />
                    <SelectField name="whose_task" label=ctx.t("projects-task-whose") options=forms::whose(ctx, customers, staff, &chosen) error=error("assignee") />
                    <TextField name="due_on" label=ctx.t("projects-task-due") kind="date" note=ctx.t("ui-optional") value=due error=error("due_on") />
                    <TextArea name="text" label=ctx.t("projects-task-text") note=ctx.t("ui-optional") value=value("text", task.text.clone()) error=error("text") rows=3 maxlength=4000 class="field wide" />
                </div>
                <div class="panel-foot"><SubmitButton>{ctx.t("orders-save")}</SubmitButton></div>
            </form>
        </Panel>
    }
    .into_markup()
}
