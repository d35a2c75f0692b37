//! Reminding people of tasks of projects: shortly before the day, and while it has passed.

use std::time::Duration;

use crate::ctx::Ctx;
use crate::day::Day;
use crate::db::{args, sql};
use crate::error::AppError;
use crate::ids::{ProjectId, TaskId};
use crate::orders::model::Side;
use crate::time::Instant;
use crate::validity::service::today;

use super::tell::{self, Told, Why};

sql! {
    /// What is due between these days, is not done, and was not reminded of for so long, the soonest first.
    DUE = "SELECT k.id, k.project_id, j.name AS project_name, k.side, k.title, k.due_on FROM project_tasks k JOIN projects j ON j.id = k.project_id AND j.closed = FALSE WHERE k.done_at IS NULL AND k.due_on <= $1 AND k.due_on >= $2 AND (k.reminded_at IS NULL OR k.reminded_at < $3) ORDER BY k.due_on, k.id LIMIT $4";
    REMINDED = "UPDATE project_tasks SET reminded_at = $2 WHERE id = $1 AND done_at IS NULL AND (reminded_at IS NULL OR reminded_at < $3)";
}

/// Nobody is reminded of one thing more often.
const PAUSE: Duration = Duration::from_secs(3 * 24 * 3600 - 3600);
/// How many days before the last one it begins.
const AHEAD: i64 = 2;
/// How many days after it it gives up.
const GIVE_UP: i64 = 30;
/// How many are looked up at once.
const BATCH: i64 = 100;

#[derive(sqlx::FromRow)]
struct Due {
    id: TaskId,
    project_id: ProjectId,
    project_name: String,
    side: Side,
    title: String,
    due_on: Option<Day>,
}

async fn due(ctx: &Ctx, today: Day, not_since: Instant) -> Result<Vec<Due>, AppError> {
    Ok(ctx.db.all(DUE, args![today.plus(AHEAD), today.plus(-GIVE_UP), not_since, BATCH]).await?)
}

/// The portal's own reminders. Run once a day; a second run on the same day finds nobody left.
pub async fn run(ctx: &Ctx) -> Result<(), AppError> {
    let today = today(ctx);
    loop {
        let not_since = ctx.now().minus(PAUSE);
        let rows = due(ctx, today, not_since).await?;
        let full = rows.len() == usize::try_from(BATCH).unwrap_or(usize::MAX);
        for row in rows {
            let tx = ctx.db.begin().await?;
            if tx.execute(REMINDED, args![row.id, ctx.now(), not_since]).await? == 0 {
                continue;
            }
            let why = if row.due_on.is_some_and(|day| day < today) { Why::Late } else { Why::Soon };
            let task = Told {
                id: row.id,
                project: row.project_id,
                project_name: &row.project_name,
                side: row.side,
                title: &row.title,
                due_on: row.due_on,
            };
            tell::task(&tx, ctx, task, why).await?;
            tx.commit().await?;
        }
        if !full {
            return Ok(());
        }
    }
}
