//! What is old is forgotten: the log after a month, replaced secrets after a day, and what is left of endpoints that were
//! taken away.

use std::time::Duration;

use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::error::AppError;
use crate::ids::WebhookId;

use super::deliver;

/// How long the log is kept.
pub const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);
/// What is due for so long has no job any more.
const LONG: Duration = Duration::from_secs(3600);
/// Messages forgotten in one transaction.
const BATCH: i64 = 500;

macro_rules! old {
    () => {
        "(SELECT id FROM webhook_deliveries WHERE finished_at IS NOT NULL AND finished_at < $1 ORDER BY finished_at, id LIMIT $2)"
    };
}
macro_rules! left {
    () => {
        "(SELECT v.id FROM webhook_deliveries v JOIN webhooks w ON w.id = v.webhook_id WHERE w.state = 'deleted' ORDER BY v.webhook_id, v.id LIMIT $1)"
    };
}

sql! {
    OLD_ATTEMPTS = concat!("DELETE FROM webhook_attempts WHERE delivery_id IN ", old!());
    OLD = concat!("DELETE FROM webhook_deliveries WHERE id IN ", old!());
    LEFT_ATTEMPTS = concat!("DELETE FROM webhook_attempts WHERE delivery_id IN ", left!());
    LEFT = concat!("DELETE FROM webhook_deliveries WHERE id IN ", left!());
    GONE = "DELETE FROM webhooks WHERE state = 'deleted' AND NOT EXISTS (SELECT 1 FROM webhook_deliveries v WHERE v.webhook_id = webhooks.id)";
    /// Whose jobs were given up, because the database was away for too long.
    STUCK = "SELECT DISTINCT v.webhook_id FROM webhook_deliveries v JOIN webhooks w ON w.id = v.webhook_id WHERE w.state = 'active' AND v.state = 'waiting' AND v.due_at < $1";
    SECRETS = "UPDATE webhooks SET old_secret = NULL, old_until = NULL WHERE old_until < $1";
}

/// Forgets it, batch by batch.
pub async fn run(ctx: &Ctx) -> Result<(), AppError> {
    let before = ctx.now().minus(KEPT);
    loop {
        let tx = ctx.db.begin().await?;
        tx.execute(OLD_ATTEMPTS, args![before, BATCH]).await?;
        let mut gone = tx.execute(OLD, args![before, BATCH]).await?;
        tx.execute(LEFT_ATTEMPTS, args![BATCH]).await?;
        gone += tx.execute(LEFT, args![BATCH]).await?;
        tx.commit().await?;
        if gone == 0 {
            break;
        }
    }
    let tx = ctx.db.begin().await?;
    tx.execute(GONE, args![]).await?;
    tx.execute(SECRETS, args![ctx.now()]).await?;
    let stuck: Vec<(WebhookId,)> = tx.all(STUCK, args![ctx.now().minus(LONG)]).await?;
    for (webhook,) in stuck {
        deliver::soon(&tx, ctx, webhook).await?;
    }
    tx.commit().await?;
    Ok(())
}
