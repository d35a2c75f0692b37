//! A log to look at, for the demo: nothing is sent.

use std::time::Duration;

use uuid::Uuid;

use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::error::AppError;
use crate::ids::{DeliveryId, WebhookId};

sql! {
    DELIVERY = "INSERT INTO webhook_deliveries (id, webhook_id, event, kind, state, due_at, attempts, created_at, finished_at, status, problem, milliseconds) SELECT $1, $2, MAX(e.sequence), $4, 'delivered', $5, 1, $5, $5, 200, NULL, $6 FROM audit_events e JOIN webhooks w ON w.id = $2 WHERE e.action = $3 AND (e.organisation_id = w.organisation_id OR w.organisation_id IS NULL) HAVING MAX(e.sequence) IS NOT NULL";
    ATTEMPT = "INSERT INTO webhook_attempts (id, delivery_id, at, status, problem, milliseconds, answer) SELECT $1, v.id, v.created_at, 200, NULL, v.milliseconds, 'ok' FROM webhook_deliveries v WHERE v.id = $2";
    SUCCEEDED = "UPDATE webhooks SET succeeded_at = $2 WHERE id = $1";
}

/// Messages as if they had been accepted: of the latest event that each act has left in the trail.
pub async fn log(ctx: &Ctx, webhook: WebhookId, acts: &[(&str, &str, i64)]) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    let mut at = ctx.now().minus(Duration::from_secs(6 * 3600));
    for (act, kind, milliseconds) in acts {
        let id = DeliveryId::new();
        tx.execute(DELIVERY, args![id, webhook, *act, *kind, at, *milliseconds]).await?;
        tx.execute(ATTEMPT, args![Uuid::now_v7(), id]).await?;
        at = at.plus(Duration::from_secs(40 * 60));
    }
    tx.execute(SUCCEEDED, args![webhook, at]).await?;
    tx.commit().await?;
    Ok(())
}
