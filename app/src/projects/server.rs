//! Server functions of projects.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "the fields of one form, as the macro passes them on")]

use leptos::prelude::*;

use crate::ctx::Ctx;
use crate::doors::{Done, Form, act};
use crate::error::{AppError, FieldErrors};
use crate::ids::{OrganisationId, ProjectId, TaskId, UserId};
use crate::orders::model::Side;
use crate::orders::server::KEPT;
use crate::organisation::service::require_staff;
use crate::paths;

use super::decisions::{self, NewDecision};
use super::input::Input;
use super::model::{Light, Milestone, NewTask};
use super::{milestones, people, reports, service, take, tasks, words};

/// The milestones of a form, column by column; rows with nothing in them are left out.
fn rows(ctx: &Ctx, columns: [&[String]; 3], errors: &mut FieldErrors) -> Vec<Milestone> {
    let longest = columns.iter().map(|column| column.len()).max().unwrap_or(0);
    let cell = |column: &[String], at: usize| column.get(at).map(|text| text.trim().to_owned()).unwrap_or_default();
    let mut all = Vec::new();
    for [title, expected, done] in (0..longest).map(|at| columns.map(|column| cell(column, at))) {
        if title.is_empty() && expected.is_empty() && done.is_empty() {
            continue;
        }
        let expected_on = words::day(ctx, "milestones", &expected, errors);
        let done_on = words::day(ctx, "milestones", &done, errors);
        let position = i64::try_from(all.len() + 1).unwrap_or(i64::MAX);
        all.push(Milestone { position, title, expected_on, done_on });
    }
    all
}

/// Somebody changed it meanwhile: a form says so in words.
fn told<T>(ctx: &Ctx, outcome: Result<T, AppError>) -> Result<T, AppError> {
    match outcome {
        Err(AppError::Stale) => Err(AppError::Conflict(ctx.t("projects-error-stale").to_owned())),
        other => other,
    }
}

fn id<T: std::str::FromStr>(text: &str) -> Result<T, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// The page of a project on the side of whoever acts, and the part of it that they come from.
fn page_of(project: &str, part: &str) -> String {
    project
        .parse()
        .map_or_else(|_| paths::STAFF_PROJECTS.to_owned(), |id| format!("{}#{part}", paths::staff_project(id)))
}

/// Makes a project, or changes one.
#[server(prefix = "/_fn", endpoint = "projects/save")]
pub async fn save_project(
    #[server(default)] project: String,
    #[server(default)] revision: String,
    #[server(default)] organisation_id: String,
    #[server(default)] name: String,
    #[server(default)] number: String,
    #[server(default)] slug: String,
    #[server(default)] summary: String,
    #[server(default)] status: String,
    #[server(default)] lead_id: String,
    #[server(default)] starts_on: String,
    #[server(default)] due_on: String,
    #[server(default)] done_on: String,
    #[server(default)] reason: String,
    #[server(default)] milestone_title: Vec<String>,
    #[server(default)] milestone_expected: Vec<String>,
    #[server(default)] milestone_done: Vec<String>,
) -> Result<(), ServerFnError> {
    let known: Option<ProjectId> = project.parse().ok();
    let page = match (known, organisation_id.parse::<OrganisationId>()) {
        (Some(id), _) => paths::staff_project_edit(id),
        (None, Ok(customer)) => format!("{}?organisation={customer}", paths::STAFF_PROJECT_NEW),
        (None, Err(_)) => paths::STAFF_PROJECT_NEW.to_owned(),
    };
    let mut form = Form::on("project", page);
    let texts = [
        ("name", &name),
        ("number", &number),
        ("slug", &slug),
        ("summary", &summary),
        ("status", &status),
        ("lead_id", &lead_id),
        ("starts_on", &starts_on),
        ("due_on", &due_on),
        ("done_on", &done_on),
        ("reason", &reason),
    ];
    for (field, text) in texts {
        form = form.value(field, text.clone());
    }
    let columns = [
        ("milestone_title", &milestone_title),
        ("milestone_expected", &milestone_expected),
        ("milestone_done", &milestone_done),
    ];
    for (field, column) in columns {
        form = form.value(field, column.join(KEPT));
    }
    act(form, async move |ctx| {
        require_staff(&ctx)?;
        if !service::may_manage_any(&ctx) {
            return Err(AppError::Forbidden);
        }
        // Found in scope first: what is foreign is not there.
        let found = if project.is_empty() { None } else { Some(service::find(&ctx, id(&project)?).await?) };
        if found.as_ref().is_some_and(|project| !service::may(&ctx, project).manage) {
            return Err(AppError::Forbidden);
        }
        let mut errors = FieldErrors::default();
        let days = [("starts_on", &starts_on), ("due_on", &due_on), ("done_on", &done_on)]
            .map(|(field, text)| words::day(&ctx, field, text, &mut errors));
        let [starts, due, done] = days;
        let milestones = rows(&ctx, [&milestone_title, &milestone_expected, &milestone_done], &mut errors);
        errors.into_result()?;
        let input = Input {
            slug,
            external_id: found.as_ref().and_then(|project| project.external_id.clone()),
            organisation: Some(found.as_ref().map_or(organisation_id, |p| p.organisation_id.to_string())),
            number: Some(number),
            by_number: false,
            name: Some(name),
            summary: Some(summary),
            status: Some(status).filter(|key| !key.is_empty()),
            lead: Some(lead_id.parse().ok()),
            starts_on: Some(starts),
            due_on: Some(due),
            done_on: Some(done),
            milestones: Some(milestones),
            tasks: Vec::new(),
            reason,
            meant: None,
            revision: None,
        };
        let outcome = match &found {
            Some(project) => {
                let revision = revision.parse().map_err(|_| AppError::Stale);
                let revision = told(&ctx, revision)?;
                take::change(&ctx, project, Input { revision: Some(revision), ..input }).await
            }
            None => take::create(&ctx, input).await,
        };
        let id = told(&ctx, outcome)?;
        Ok(Done::to(paths::staff_project(id)).saying(ctx.t("projects-saved")))
    })
    .await
}

/// What is to do, as its form says it.
fn typed_task(
    ctx: &Ctx,
    side: &str,
    assignee: &str,
    title: String,
    text: String,
    due_on: &str,
) -> Result<NewTask, AppError> {
    let mut errors = FieldErrors::default();
    let due_on = words::day(ctx, "due_on", due_on, &mut errors);
    errors.into_result()?;
    let side = Side::parse(side).filter(|side| *side != Side::Nobody).unwrap_or(Side::Customer);
    let assignee: Option<UserId> = assignee.parse().ok();
    Ok(NewTask { side, assignee, title, text, due_on })
}

/// `side` or `side:person`, as the one field says whose a task is.
fn whose(text: &str) -> (&str, &str) {
    text.split_once(':').unwrap_or((text, ""))
}

/// Writes down something to do.
#[server(prefix = "/_fn", endpoint = "projects/add_task")]
pub async fn add_task(
    #[server(default)] project: String,
    #[server(default)] title: String,
    #[server(default)] text: String,
    #[server(default)] due_on: String,
    #[server(default)] whose_task: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&project, "tasks");
    let form = Form::on("task", page.clone())
        .value("title", title.clone())
        .value("text", text.clone())
        .value("due_on", due_on.clone())
        .value("whose_task", whose_task.clone());
    act(form, async move |ctx| {
        let id: ProjectId = id(&project)?;
        let found = service::find(&ctx, id).await?;
        if !service::may(&ctx, &found).manage {
            return Err(AppError::Forbidden);
        }
        let (side, assignee) = whose(&whose_task);
        tasks::add(&ctx, id, typed_task(&ctx, side, assignee, title, text, &due_on)?).await?;
        Ok(Done::to(page).saying(ctx.t("projects-task-added")))
    })
    .await
}

/// Changes what is to do.
#[server(prefix = "/_fn", endpoint = "projects/edit_task")]
pub async fn edit_task(
    #[server(default)] project: String,
    #[server(default)] task: String,
    #[server(default)] revision: String,
    #[server(default)] title: String,
    #[server(default)] text: String,
    #[server(default)] due_on: String,
    #[server(default)] whose_task: String,
) -> Result<(), ServerFnError> {
    let page = match (project.parse(), task.parse()) {
        (Ok(project), Ok(task)) => paths::staff_project_task(project, task),
        _ => paths::STAFF_PROJECTS.to_owned(),
    };
    let form = Form::on("task", page.clone())
        .value("title", title.clone())
        .value("text", text.clone())
        .value("due_on", due_on.clone())
        .value("whose_task", whose_task.clone());
    act(form, async move |ctx| {
        let (project, task): (ProjectId, TaskId) = (id(&project)?, id(&task)?);
        let found = service::find(&ctx, project).await?;
        if !service::may(&ctx, &found).manage {
            return Err(AppError::Forbidden);
        }
        let (side, assignee) = whose(&whose_task);
        let wanted = typed_task(&ctx, side, assignee, title, text, &due_on)?;
        let revision = revision.parse().ok().unwrap_or(-1);
        told(&ctx, tasks::edit(&ctx, project, task, Some(revision), wanted).await)?;
        Ok(Done::to(page).saying(ctx.t("projects-task-saved")))
    })
    .await
}

/// Ticks a task off, or takes that back, and leads back to where it was ticked.
#[server(prefix = "/_fn", endpoint = "projects/tick")]
pub async fn tick_task(
    #[server(default)] project: String,
    #[server(default)] task: String,
    #[server(default)] revision: String,
    #[server(default)] done: String,
    #[server(default)] back: String,
) -> Result<(), ServerFnError> {
    let page = paths::own_path(&back, paths::PROJECTS).to_owned();
    act(Form::on("tick", page.clone()), async move |ctx| {
        let done = done != "no";
        let revision = revision.parse().ok().unwrap_or(-1);
        told(&ctx, tasks::tick(&ctx, id(&project)?, id(&task)?, Some(revision), done).await)?;
        Ok(Done::to(page).saying(ctx.t(if done { "projects-ticked" } else { "projects-reopened" })))
    })
    .await
}

/// Says something about a task.
#[server(prefix = "/_fn", endpoint = "projects/comment")]
pub async fn comment_task(
    #[server(default)] project: String,
    #[server(default)] task: String,
    #[server(default)] comment: String,
    #[server(default)] back: String,
) -> Result<(), ServerFnError> {
    let page = paths::own_path(&back, paths::PROJECTS).to_owned();
    let form = Form::on("comment", page.clone()).value("comment", comment.clone());
    act(form, async move |ctx| {
        tasks::comment(&ctx, id(&project)?, id(&task)?, &comment).await?;
        Ok(Done::to(page).saying(ctx.t("projects-commented")))
    })
    .await
}

/// Says how a project goes.
#[server(prefix = "/_fn", endpoint = "projects/report")]
pub async fn report_project(
    #[server(default)] project: String,
    #[server(default)] light: String,
    #[server(default)] report: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&project, "report");
    let form = Form::on("report", page.clone()).value("light", light.clone()).value("report", report.clone());
    act(form, async move |ctx| {
        reports::write(&ctx, id(&project)?, Light::parse(&light), &report).await?;
        Ok(Done::to(page).saying(ctx.t("projects-reported")))
    })
    .await
}

/// Writes down what was decided.
#[server(prefix = "/_fn", endpoint = "projects/decide")]
pub async fn decide_project(
    #[server(default)] project: String,
    #[server(default)] decision: String,
    #[server(default)] decided_on: String,
    #[server(default)] decided_by: String,
    #[server(default)] why: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&project, "decisions");
    let form = Form::on("decision", page.clone())
        .value("decision", decision.clone())
        .value("decided_on", decided_on.clone())
        .value("decided_by", decided_by.clone())
        .value("why", why.clone());
    act(form, async move |ctx| {
        let id: ProjectId = id(&project)?;
        let found = service::find(&ctx, id).await?;
        if !service::may(&ctx, &found).manage {
            return Err(AppError::Forbidden);
        }
        let mut errors = FieldErrors::default();
        let day = words::day(&ctx, "decided_on", &decided_on, &mut errors);
        errors.into_result()?;
        let new = NewDecision { title: decision, decided_on: day, decided_by, reason: why };
        decisions::add(&ctx, id, new).await?;
        Ok(Done::to(page).saying(ctx.t("projects-decision-added")))
    })
    .await
}

/// Says that a milestone is reached, or takes that back.
#[server(prefix = "/_fn", endpoint = "projects/reach")]
pub async fn reach_milestone(
    #[server(default)] project: String,
    #[server(default)] position: String,
    #[server(default)] revision: String,
    #[server(default)] done: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&project, "milestones");
    act(Form::on("reach", page.clone()), async move |ctx| {
        let position = position.parse().unwrap_or(-1);
        let revision = revision.parse().unwrap_or(-1);
        told(&ctx, milestones::reach(&ctx, id(&project)?, position, revision, done != "no").await)?;
        Ok(Done::to(page).saying(ctx.t("projects-saved")))
    })
    .await
}

fn person(ctx: &Ctx, text: &str) -> Result<UserId, AppError> {
    text.parse().map_err(|_| AppError::Invalid(FieldErrors::one("person", ctx.t("projects-error-person"))))
}

/// Puts somebody on a project.
#[server(prefix = "/_fn", endpoint = "projects/add_person")]
pub async fn add_project_person(
    #[server(default)] project: String,
    #[server(default)] user: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&project, "people");
    act(Form::on("person", page.clone()), async move |ctx| {
        let id: ProjectId = id(&project)?;
        let found = service::find(&ctx, id).await?;
        if !service::may(&ctx, &found).manage {
            return Err(AppError::Forbidden);
        }
        people::add(&ctx, id, person(&ctx, &user)?).await?;
        Ok(Done::to(page).saying(ctx.t("projects-person-added")))
    })
    .await
}

/// Takes somebody off a project.
#[server(prefix = "/_fn", endpoint = "projects/remove_person")]
pub async fn remove_project_person(
    #[server(default)] project: String,
    #[server(default)] user: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&project, "people");
    act(Form::on("person", page.clone()), async move |ctx| {
        let id: ProjectId = id(&project)?;
        let found = service::find(&ctx, id).await?;
        if !service::may(&ctx, &found).manage {
            return Err(AppError::Forbidden);
        }
        people::remove(&ctx, id, person(&ctx, &user)?).await?;
        Ok(Done::to(page).saying(ctx.t("projects-person-removed")))
    })
    .await
}
