//! What becomes of orders when a status does: many at once, in the transaction that changes it.

use crate::ctx::Ctx;
use crate::db::{DbResult, Tx, args, sql};

use super::model::Status;

/// Orders of one statement: memory and locks stay small however many there are.
const BATCH: i64 = 10_000;

macro_rules! some {
    () => {
        "(SELECT id FROM orders WHERE status = $1 ORDER BY ordered_on, id LIMIT $2)"
    };
}

sql! {
    FINISH = "UPDATE orders SET closed = $2 WHERE id IN (SELECT id FROM orders WHERE status = $1 AND closed <> $2 LIMIT $3)";
    /// `$3` the beginning of ids that sort by time, `$4` and `$5` when and by whom, `$6` the new status, `$7` why.
    TELL = sqlite: concat!("INSERT INTO order_changes (id, order_id, at, changed_by, field, old, new, reason) SELECT unhex($3 || substr(hex(randomblob(2)), 1, 3) || '8' || substr(hex(randomblob(8)), 1, 15)), id, $4, $5, 'status', $1, $6, $7 FROM orders WHERE id IN ", some!()),
        postgres: concat!("INSERT INTO order_changes (id, order_id, at, changed_by, field, old, new, reason) SELECT CAST($3 || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text || id::text), 1, 15) AS uuid), id, $4, $5, 'status', $1, $6, $7 FROM orders WHERE id IN ", some!());
    MOVE = concat!("UPDATE orders SET status = $3, closed = $4, changed_at = $5, revision = revision + 1 WHERE id IN ", some!());
}

/// Says of all orders with this status that they are over, or not any more. Answers how many.
pub async fn finish(tx: &Tx, status: &str, closed: bool) -> DbResult<u64> {
    let mut all = 0;
    loop {
        match tx.execute(FINISH, args![status, closed, BATCH]).await? {
            0 => return Ok(all),
            some => all += some,
        }
    }
}

/// Gives all orders with this status another one, and tells their customers so. Answers how many.
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
        all += tx.execute(MOVE, args![status, BATCH, &by.key, by.is_final, at]).await?;
    }
}
