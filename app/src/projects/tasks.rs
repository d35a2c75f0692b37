//! What is to do in a project: writing it down, ticking it off, saying something about it.

use crate::access::{Action, Granted, Guarded as _, allow, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::error::{AppError, FieldErrors};
use crate::idempotency;
use crate::ids::{CommentId, ProjectId, TaskId, UserId};
use crate::orders::model::Side;

use super::model::{NewTask, Project, Task};
use super::policy::{Manage, Speak, Tick};
use super::scope::{Scope, reaches};
use super::tell::{self, Told, Why};
use super::{next, store, words};

sql! {
    INSERT = "INSERT INTO project_tasks (id, project_id, side, assignee_id, title, text, due_on, created_by, created_at, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)";
    UPDATE = "UPDATE project_tasks SET side = $3, assignee_id = $4, title = $5, text = $6, due_on = $7, revision = revision + 1 WHERE id = $1 AND revision = $2";
    TICK = "UPDATE project_tasks SET done_at = $3, done_by = $4, revision = revision + 1 WHERE id = $1 AND revision = $2";
    COMMENT = "INSERT INTO project_comments (id, task_id, written_by, written_at, text) VALUES ($1, $2, $3, $4, $5)";
    /// Whether somebody of the customer sees the project, or somebody of the operator is there at all.
    CUSTOMER = concat!("SELECT m.user_id FROM memberships m JOIN users u ON u.id = m.user_id AND u.state = 'active' JOIN projects j ON j.id = $2 AND j.organisation_id = m.organisation_id WHERE m.user_id = $1 AND m.state = 'active' AND ", reaches!());
    HOUSE = "SELECT id FROM users WHERE id = $1 AND staff_role IS NOT NULL AND state = 'active'";
}

/// The leave to tick a task off: it is theirs, or they keep the project.
#[derive(Debug)]
enum Leave {
    Theirs(Box<Granted<Tick, Task>>),
    Keeper(Box<(Granted<Manage, Project>, Task)>),
}

impl Leave {
    fn task(&self) -> &Task {
        match self {
            Self::Theirs(granted) => granted.row(),
            Self::Keeper(both) => {
                let (granted, task) = &**both;
                debug_assert_eq!(granted.row().id, task.project_id);
                task
            }
        }
    }
}

/// Whether the actor may tick off a task of a project, or take that back.
pub fn may_tick(ctx: &Ctx, project: &Project, task: &Task) -> bool {
    let can = |action, relation| allow(&ctx.actor, action, relation, Some(project.organisation_id)).is_ok();
    can(Action::ProjectTask, task.relation(&ctx.actor)) || can(Action::ProjectManage, project.relation(&ctx.actor))
}

/// Whether the actor may tick off a task that waits for them.
pub fn may_tick_own(ctx: &Ctx, task: &Task) -> bool {
    allow(&ctx.actor, Action::ProjectTask, task.relation(&ctx.actor), Some(task.organisation_id)).is_ok()
}

async fn found(tx: &Tx, ctx: &Ctx, project: ProjectId) -> Result<Project, AppError> {
    store::find(tx, Scope::of(&ctx.actor)?, project).await?.ok_or(AppError::NotFound)
}

async fn checked(tx: &Db, ctx: &Ctx, project: ProjectId, mut task: NewTask) -> Result<NewTask, AppError> {
    let mut errors = FieldErrors::default();
    task.title = words::title(ctx, "title", &task.title, "projects-error-task", &mut errors);
    task.text = words::text(ctx, "text", &task.text, &mut errors);
    if task.side == Side::Nobody {
        errors.add("side", ctx.t("orders-error-acts"));
    }
    if let Some(person) = task.assignee {
        let known: Option<(UserId,)> = match task.side {
            Side::Customer => tx.optional(CUSTOMER, args![person, project]).await?,
            Side::House | Side::Nobody => tx.optional(HOUSE, args![person]).await?,
        };
        if known.is_none() {
            errors.add("assignee", ctx.t("projects-error-assignee"));
        }
    }
    errors.into_result()?;
    Ok(task)
}

/// Writes down something to do.
pub async fn add(ctx: &Ctx, project: ProjectId, task: NewTask) -> Result<TaskId, AppError> {
    if let Some((id, _)) = idempotency::replay(&ctx.db, ctx).await? {
        return Ok(TaskId(id));
    }
    let tx = ctx.db.begin().await?;
    let granted = grant::<Manage, _>(&ctx.actor, found(&tx, ctx, project).await?)?;
    let task = checked(&tx, ctx, project, task).await?;
    let id = TaskId::new();
    idempotency::claim(&tx, ctx, id.0, 0).await?;
    insert(&tx, ctx, &granted, id, &task).await?;
    tell(&tx, ctx, granted.row(), id, &task).await?;
    next::settle(&tx, ctx, project).await?;
    let event = Event::new("project.task", "project", project.0).organisation(granted.row().organisation_id);
    audit::record(&tx, ctx, event.with("task", id).with("side", task.side.name())).await?;
    tx.commit().await?;
    Ok(id)
}

async fn insert(tx: &Tx, ctx: &Ctx, granted: &Granted<Manage, Project>, id: TaskId, task: &NewTask) -> DbResult<()> {
    let (project, by) = (granted.row().id, ctx.actor.user_id());
    let values =
        args![id, project, task.side.name(), task.assignee, &task.title, &task.text, task.due_on, by, ctx.now()];
    tx.execute(INSERT, values).await.map(|_| ())
}

/// Tells whoever it is for, unless the project is over.
async fn tell(tx: &Tx, ctx: &Ctx, project: &Project, id: TaskId, task: &NewTask) -> Result<(), AppError> {
    if project.status.is_final {
        return Ok(());
    }
    let (side, title, due_on) = (task.side, task.title.as_str(), task.due_on);
    let told = Told { id, project: project.id, project_name: &project.name, side, title, due_on };
    tell::task(tx, ctx, told, Why::Asked).await
}

/// Changes what is to do. `revision` says as of when it was read.
pub async fn edit(
    ctx: &Ctx,
    project: ProjectId,
    id: TaskId,
    revision: Option<i64>,
    wanted: NewTask,
) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    let granted = grant::<Manage, _>(&ctx.actor, found(&tx, ctx, project).await?)?;
    let task = store::task(&tx, Scope::of(&ctx.actor)?, project, id).await?.ok_or(AppError::NotFound)?;
    let wanted = checked(&tx, ctx, project, wanted).await?;
    let seen = revision.unwrap_or(task.revision);
    let values = args![id, seen, wanted.side.name(), wanted.assignee, &wanted.title, &wanted.text, wanted.due_on];
    if tx.execute(UPDATE, values).await? == 0 {
        return Err(AppError::Stale);
    }
    // Whoever has it from now on hears of it as of a new one.
    if (wanted.side, wanted.assignee) != (task.side, task.assignee_id) && task.done_at.is_none() {
        tell(&tx, ctx, granted.row(), id, &wanted).await?;
    }
    next::settle(&tx, ctx, project).await?;
    let event = Event::new("project.task_edit", "project", project.0).organisation(granted.row().organisation_id);
    audit::record(&tx, ctx, event.with("task", id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Ticks a task off, or takes that back. Whoever comes second is told.
pub async fn tick(
    ctx: &Ctx,
    project: ProjectId,
    id: TaskId,
    revision: Option<i64>,
    done: bool,
) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    let row = found(&tx, ctx, project).await?;
    let task = store::task(&tx, Scope::of(&ctx.actor)?, project, id).await?.ok_or(AppError::NotFound)?;
    let leave = match grant::<Tick, _>(&ctx.actor, task.clone()) {
        Ok(granted) => Leave::Theirs(Box::new(granted)),
        Err(AppError::Forbidden) => Leave::Keeper(Box::new((grant::<Manage, _>(&ctx.actor, row)?, task))),
        Err(error) => return Err(error),
    };
    if leave.task().done_at.is_some() == done {
        let key = if done { "projects-error-done" } else { "projects-error-open" };
        return Err(AppError::Conflict(ctx.t(key).to_owned()));
    }
    if !set_done(&tx, ctx, &leave, revision, done).await? {
        return Err(AppError::Stale);
    }
    next::settle(&tx, ctx, project).await?;
    if done {
        tell::done(&tx, ctx, id, project, leave.task().organisation_id).await?;
    }
    let event = match done {
        true => Event::new("project.task_done", "project", project.0),
        false => Event::new("project.task_reopen", "project", project.0),
    };
    audit::record(&tx, ctx, event.organisation(leave.task().organisation_id).with("task", id)).await?;
    tx.commit().await?;
    Ok(())
}

async fn set_done(tx: &Tx, ctx: &Ctx, leave: &Leave, revision: Option<i64>, done: bool) -> DbResult<bool> {
    let task = leave.task();
    let seen = revision.unwrap_or(task.revision);
    let (at, by) = if done { (Some(ctx.now()), ctx.actor.user_id()) } else { (None, None) };
    Ok(tx.execute(TICK, args![task.id, seen, at, by]).await? == 1)
}

/// Says something about a task: whoever has any part in the project.
pub async fn comment(ctx: &Ctx, project: ProjectId, id: TaskId, text: &str) -> Result<CommentId, AppError> {
    if let Some((id, _)) = idempotency::replay(&ctx.db, ctx).await? {
        return Ok(CommentId(id));
    }
    let tx = ctx.db.begin().await?;
    let granted = grant::<Speak, _>(&ctx.actor, found(&tx, ctx, project).await?)?;
    store::task(&tx, Scope::of(&ctx.actor)?, project, id).await?.ok_or(AppError::NotFound)?;
    let mut errors = FieldErrors::default();
    let text = words::text(ctx, "comment", text, &mut errors);
    if text.is_empty() {
        errors.add("comment", ctx.t("projects-error-comment"));
    }
    errors.into_result()?;
    let comment = CommentId::new();
    idempotency::claim(&tx, ctx, comment.0, 0).await?;
    say(&tx, ctx, &granted, id, comment, &text).await?;
    let event = Event::new("project.comment", "project", project.0).organisation(granted.row().organisation_id);
    audit::record(&tx, ctx, event.with("task", id).with("comment", comment)).await?;
    tx.commit().await?;
    Ok(comment)
}

async fn say(
    tx: &Tx,
    ctx: &Ctx,
    granted: &Granted<Speak, Project>,
    task: TaskId,
    id: CommentId,
    text: &str,
) -> DbResult<()> {
    debug_assert!(granted.row().id.0 != task.0, "a task has an id of its own");
    tx.execute(COMMENT, args![id, task, ctx.actor.user_id(), ctx.now(), text]).await.map(|_| ())
}
