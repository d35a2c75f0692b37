//! Taking back what an import did to tasks, as long as nothing else has touched them since.

use std::collections::{BTreeSet, HashMap};

use uuid::Uuid;

use crate::access::grant;
use crate::ctx::Ctx;
use crate::db::{Tx, is_foreign_key_violation};
use crate::error::AppError;
use crate::ids::{ProjectId, TaskId, UserId};
use crate::orders::undo::Noted;

use super::next;
use super::policy::{Book, Keep};
use super::task_book::{self as book, Entry, Standing};
use super::task_take::Plan;

/// What a task was before this, to be noted; empty where it is new.
pub fn noted(plan: &Plan) -> Result<String, AppError> {
    let before = plan.before.as_ref().map(serde_json::to_string);
    before.transpose().map(Option::unwrap_or_default).map_err(|_| AppError::Internal)
}

/// Takes back what was done to these. Answers the numbers of those that were touched since: then nothing is written, and the
/// transaction is to be given up.
pub async fn take_back(tx: &Tx, ctx: &Ctx, tasks: &[Noted]) -> Result<Vec<String>, AppError> {
    let person = ctx.actor.user_id().unwrap_or(UserId(Uuid::nil()));
    let standing = book::standing(tx, tasks.iter().map(|task| task.id).collect(), person).await?;
    let standing: HashMap<TaskId, Standing> = standing.into_iter().map(|row| (row.id, row)).collect();
    let as_left = |task: &&Noted| {
        let is_new = task.before.is_empty();
        standing.get(&TaskId(task.id)).is_some_and(|row| row.revision == task.revision && !(is_new && row.has_comments))
    };
    let touched: Vec<String> = tasks.iter().filter(|task| !as_left(task)).map(|task| task.number.clone()).collect();
    if !touched.is_empty() {
        return Ok(touched);
    }
    let (mut gone, mut leave, mut entries) = (Vec::new(), Vec::new(), Vec::new());
    for task in tasks {
        let row = standing.get(&TaskId(task.id)).ok_or(AppError::Internal)?;
        let granted =
            grant::<Keep, _>(&ctx.actor, Book { organisation_id: row.organisation_id, assigned: row.assigned })?;
        if task.before.is_empty() {
            gone.push(task.id);
            leave.push(granted);
        } else {
            let row = serde_json::from_str(&task.before).map_err(|_| AppError::Internal)?;
            entries.push(Entry { row, granted });
        }
    }
    let written = match book::forget(tx, gone, &leave).await {
        Ok(()) => book::write(tx, ctx, &[], &entries.iter().collect::<Vec<_>>()).await,
        Err(error) => Err(error),
    };
    match written {
        // Somebody said something about it meanwhile.
        Err(error) if is_foreign_key_violation(&error) => {
            return Err(AppError::Conflict(ctx.t("imports-problem-attached").to_owned()));
        }
        other => other?,
    }
    let projects: BTreeSet<ProjectId> = standing.values().map(|row| row.project_id).collect();
    next::settle_all(tx, ctx, &projects.into_iter().collect::<Vec<_>>()).await?;
    Ok(Vec::new())
}
