//! A milestone that is reached, by one click.

use crate::access::{Granted, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{DbResult, Tx, args, sql};
use crate::error::AppError;
use crate::ids::ProjectId;
use crate::validity::service::today;

use super::diff::day;
use super::input::Change;
use super::model::{Milestone, Project};
use super::policy::Manage;
use super::scope::Scope;
use super::{book, next, store};

sql! {
    REACH = "UPDATE project_milestones SET done_on = $3 WHERE project_id = $1 AND position = $2";
    /// Milestones are part of their project: two who change them at once find out by its revision.
    RAISE = "UPDATE projects SET revision = revision + 1 WHERE id = $1 AND revision = $2";
}

/// Says that a milestone is reached today, or takes that back.
pub async fn reach(ctx: &Ctx, id: ProjectId, position: i64, revision: i64, done: bool) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    let row = store::find(&tx, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<Manage, _>(&ctx.actor, row)?;
    if tx.execute(RAISE, args![id, revision]).await? == 0 {
        return Err(AppError::Stale);
    }
    let known = store::milestones(&tx, id).await?;
    let milestone = known.into_iter().find(|known| known.position == position).ok_or(AppError::NotFound)?;
    let day_done = done.then(|| today(ctx));
    set(&tx, &granted, &milestone, day_done).await?;
    let change =
        Change { field: "milestone_done", subject: milestone.title, old: day(milestone.done_on), new: day(day_done) };
    book::note(&tx, id, &change, ctx.actor.user_id(), ctx.now()).await?;
    next::settle(&tx, ctx, id).await?;
    let event = Event::new("project.milestone", "project", id.0).organisation(granted.row().organisation_id);
    audit::record(&tx, ctx, event.with("position", position).with("reached", done)).await?;
    tx.commit().await?;
    Ok(())
}

async fn set(
    tx: &Tx,
    granted: &Granted<Manage, Project>,
    milestone: &Milestone,
    done_on: Option<crate::day::Day>,
) -> DbResult<()> {
    tx.execute(REACH, args![granted.row().id, milestone.position, done_on]).await.map(|_| ())
}
