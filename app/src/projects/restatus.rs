//! What becomes of projects when a status does: many at once, in the transaction that changes it (see `orders/restatus.rs`).

use crate::ctx::Ctx;
use crate::db::{DbResult, Tx, args, sql};
use crate::statuses::model::Status;
use crate::validity::service::today;

/// Projects of one statement: memory and locks stay small however many there are.
const BATCH: i64 = 10_000;

macro_rules! some {
    () => {
        "(SELECT id FROM projects WHERE status = $1 ORDER BY sort_on, id LIMIT $2)"
    };
}

sql! {
    /// A list of what is over goes by when it was done, here by today; a list of what is open by what comes next.
    FINISH = "UPDATE projects SET closed = $2, sort_on = CASE WHEN $2 THEN COALESCE(done_on, $4) ELSE COALESCE(next_on, due_on, '2199-12-31') END WHERE id IN (SELECT id FROM projects WHERE status = $1 AND closed <> $2 LIMIT $3)";
    /// `$3` the beginning of ids that sort by time, `$4` and `$5` when and by whom, `$6` the new status, `$7` why.
    TELL = sqlite: concat!("INSERT INTO project_changes (id, project_id, at, changed_by, field, subject, old, new, reason) SELECT unhex($3 || substr(hex(randomblob(2)), 1, 3) || '8' || substr(hex(randomblob(8)), 1, 15)), id, $4, $5, 'status', '', $1, $6, $7 FROM projects WHERE id IN ", some!()),
        postgres: concat!("INSERT INTO project_changes (id, project_id, at, changed_by, field, subject, old, new, reason) SELECT CAST($3 || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text || id::text), 1, 15) AS uuid), id, $4, $5, 'status', '', $1, $6, $7 FROM projects WHERE id IN ", some!());
    /// Those that get the status keep their place in their list, unless they are over now, or open again.
    MOVE = concat!("UPDATE projects SET status = $3, closed = $4, sort_on = CASE WHEN closed = $4 THEN sort_on WHEN $4 THEN COALESCE(done_on, $6) ELSE COALESCE(next_on, due_on, '2199-12-31') END, changed_at = $5, revision = revision + 1 WHERE id IN ", some!());
}

/// Says of all projects with this status that they are over, or not any more. Answers how many.
pub async fn finish(tx: &Tx, ctx: &Ctx, status: &str, closed: bool) -> DbResult<u64> {
    let mut all = 0;
    loop {
        match tx.execute(FINISH, args![status, closed, BATCH, today(ctx)]).await? {
            0 => return Ok(all),
            some => all += some,
        }
    }
}

/// Gives all projects with this status another one, and tells their customers so. Answers how many.
pub async fn replace(tx: &Tx, ctx: &Ctx, status: &str, by: &Status, reason: &str) -> DbResult<u64> {
    let (at, who) = (ctx.now(), ctx.actor.user_id());
    let mut all = 0;
    loop {
        let ids = uuid::Uuid::now_v7().simple().to_string();
        let beginning = ids.get(..13).unwrap_or_default();
        let told = tx.execute(TELL, args![status, BATCH, beginning, at, who, &by.key, reason]).await?;
        if told == 0 {
            return Ok(all);
        }
        all += tx.execute(MOVE, args![status, BATCH, &by.key, by.is_final, at, today(ctx)]).await?;
    }
}
