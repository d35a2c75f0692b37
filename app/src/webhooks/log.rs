//! What was sent to an endpoint, and sending it again.

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::error::AppError;
use crate::ids::{DeliveryId, WebhookId};

use super::model::{Attempt, Delivery, Outcome, State, Webhook};
use super::service::{self, about};
use super::{deliver, payload, send};

/// Tries that are shown of one message.
const TRIES: i64 = 50;

/// `$2`: also what was never tried. Whether a customer may learn of it is asked when it is sent, and its log says no more.
macro_rules! rows {
    ($which:literal) => {
        concat!(
            "SELECT id, kind, state, due_at, attempts, created_at, finished_at, status, problem, milliseconds FROM webhook_deliveries \
             WHERE webhook_id = $1 AND ($2 OR event IS NULL OR status IS NOT NULL OR problem IS NOT NULL) AND ",
            $which
        )
    };
}

sql! {
    LIST = rows!("id < $3 ORDER BY id DESC LIMIT $4");
    FIND = rows!("id = $3");
    ATTEMPTS = "SELECT at, status, problem, milliseconds, answer FROM webhook_attempts WHERE delivery_id = $1 ORDER BY id DESC LIMIT $2";
    /// From the beginning: it is tried for three days again.
    AGAIN = "UPDATE webhook_deliveries SET state = 'waiting', due_at = $3, claim = NULL, attempts = 0, finished_at = NULL WHERE id = $1 AND webhook_id = $2 AND state <> 'waiting'";
}

/// A page of the log.
#[derive(Debug)]
pub struct Page {
    /// The newest first.
    pub items: Vec<Delivery>,
    /// Where the next page begins.
    pub next: Option<DeliveryId>,
}

/// One message with its tries.
#[derive(Debug)]
pub struct Detail {
    /// The message.
    pub row: Delivery,
    /// The newest first.
    pub attempts: Vec<Attempt>,
    /// What it says, as its receiver may see it now; none where they may not.
    pub payload: Option<serde_json::Value>,
}

/// What was sent to an endpoint and what waits, the newest first, before this one.
pub async fn list(ctx: &Ctx, webhook: &Webhook, before: Option<DeliveryId>, limit: i64) -> Result<Page, AppError> {
    let before = before.unwrap_or(DeliveryId(uuid::Uuid::max()));
    let mut items: Vec<Delivery> =
        ctx.db.all(LIST, args![webhook.id, webhook.organisation_id.is_none(), before, limit + 1]).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = items.len() > wanted;
    items.truncate(wanted);
    let next = items.last().map(|last| last.id).filter(|_| more);
    Ok(Page { items, next })
}

async fn known(ctx: &Ctx, webhook: &Webhook, id: DeliveryId) -> Result<Delivery, AppError> {
    let all = webhook.organisation_id.is_none();
    ctx.db.optional(FIND, args![webhook.id, all, id]).await?.ok_or(AppError::NotFound)
}

/// One of them.
pub async fn find(ctx: &Ctx, webhook: &Webhook, id: DeliveryId) -> Result<Detail, AppError> {
    let row = known(ctx, webhook, id).await?;
    let attempts = ctx.db.all(ATTEMPTS, args![id, TRIES]).await?;
    let facts = send::facts(&ctx.db, webhook.id, webhook.organisation_id, id).await?;
    let operator = webhook.organisation_id.is_none();
    let payload = facts.map(|facts| payload::of(ctx, &facts, webhook.id, operator));
    Ok(Detail { row, attempts, payload })
}

/// Sends a message again that was accepted or given up: the same id, the rights of now.
///
/// # Errors
/// `Conflict` while the endpoint is paused or the message waits anyway; `Stale` where the endpoint is another by now.
pub async fn redeliver(ctx: &Ctx, id: WebhookId, revision: Option<i64>, delivery: DeliveryId) -> Result<(), AppError> {
    let granted = service::granted(ctx, id).await?;
    let row = granted.row();
    let found = known(ctx, row, delivery).await?;
    if revision.is_some_and(|seen| seen != row.revision) {
        return Err(AppError::Stale);
    }
    if row.state != State::Active {
        return Err(AppError::Conflict(ctx.t("webhooks-error-paused").to_owned()));
    }
    let tx = ctx.db.begin().await?;
    let waits = found.state == Outcome::Waiting;
    if waits || tx.execute(AGAIN, args![delivery, id, ctx.now()]).await? == 0 {
        return Err(AppError::Conflict(ctx.t("webhooks-error-waits").to_owned()));
    }
    deliver::soon(&tx, ctx, id).await?;
    let event = about(Event::new("webhook.redeliver", "webhook", id.0), row.organisation_id);
    audit::record(&tx, ctx, event.with("delivery", delivery)).await?;
    tx.commit().await?;
    Ok(())
}
