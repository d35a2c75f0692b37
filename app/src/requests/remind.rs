//! Reminding people of files they are asked for: shortly before the day, and while it has passed.

use std::time::Duration;

use crate::ctx::Ctx;
use crate::error::AppError;
use crate::validity::service::today;

use super::store;
use super::tell::{self, Question, Why};

/// Nobody is reminded of one thing more often.
const PAUSE: Duration = Duration::from_secs(3 * 24 * 3600 - 3600);
/// How many days before the last one it begins.
const AHEAD: i64 = 2;
/// How many days after it it gives up.
const GIVE_UP: i64 = 30;
/// How many are looked up at once.
const BATCH: i64 = 100;

/// The portal's own reminders. Run once a day; a second run on the same day finds nobody left.
pub async fn run(ctx: &Ctx) -> Result<(), AppError> {
    let today = today(ctx);
    loop {
        let not_since = ctx.now().minus(PAUSE);
        let due = store::due(&ctx.db, today.plus(AHEAD), today.plus(-GIVE_UP), not_since, BATCH).await?;
        let full = due.len() == usize::try_from(BATCH).unwrap_or(usize::MAX);
        for row in due {
            let tx = ctx.db.begin().await?;
            if !store::reminded(&tx, row.id, ctx.now(), not_since).await? {
                continue;
            }
            let name = tell::name(&tx, row.asked_by).await?;
            let question = Question { id: row.id, title: &row.title, due_on: row.due_on, asked_by: &name, message: "" };
            let why = if row.due_on < today { Why::Late } else { Why::Soon };
            let people = store::still(&tx, row.id).await?;
            tell::customer(&tx, ctx, &people, question, why).await?;
            tx.commit().await?;
        }
        if !full {
            return Ok(());
        }
    }
}
