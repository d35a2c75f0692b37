//! From the trail to the endpoints: one message for each endpoint and event that it has chosen, exactly once.
//!
//! The trail's places are given under a lock until the commit, so nothing appears behind the cursor. The cursor and the
//! messages are one transaction: a node that dies on the way leaves neither.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::sync::watch;

use crate::ctx::Ctx;
use crate::db::{DbResult, Tx, args, sql};
use crate::error::AppError;
use crate::ids::{DeliveryId, OrganisationId, WebhookId};
use crate::time::Instant;

use super::deliver;
use super::event::{self, For};

/// Events read at once.
const BATCH: i64 = 500;
/// How often the trail is looked at.
const POLL: Duration = Duration::from_secs(1);
/// After a failure.
const PATIENCE: Duration = Duration::from_secs(5);

sql! {
    /// Costs three keys while nothing has happened.
    BEHIND = "SELECT h.sequence AS head, c.sequence AS done, (SELECT MIN(w.since) FROM webhooks w WHERE w.state = 'active') AS since FROM audit_head h JOIN webhook_cursor c ON c.id = h.id WHERE h.id = 1";
    LOCK = sqlite: "SELECT sequence FROM webhook_cursor WHERE id = 1", postgres: "SELECT sequence FROM webhook_cursor WHERE id = 1 FOR UPDATE SKIP LOCKED";
    ADVANCE = "UPDATE webhook_cursor SET sequence = $1 WHERE id = 1";
    EVENTS = "SELECT e.sequence, e.action, e.organisation_id, u.id IS NOT NULL AND u.staff_role IS NULL AS by_customer FROM audit_events e LEFT JOIN users u ON u.id = e.actor_id WHERE e.sequence > $1 ORDER BY e.sequence LIMIT $2";
    ENDPOINTS = "SELECT w.id, w.organisation_id, w.events, w.since, w.failures FROM webhooks w WHERE w.state = 'active' AND (w.organisation_id IS NULL OR w.organisation_id IN (SELECT e.organisation_id FROM audit_events e WHERE e.sequence > $1 AND e.sequence <= $2))";
    INSERT = "INSERT INTO webhook_deliveries (id, webhook_id, event, kind, state, due_at, attempts, created_at) VALUES ($1, $2, $3, $4, 'waiting', $5, 0, $6) ON CONFLICT (webhook_id, event) DO NOTHING";
}

#[derive(sqlx::FromRow)]
struct Behind {
    head: i64,
    done: i64,
    since: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Happened {
    sequence: i64,
    action: String,
    organisation_id: Option<OrganisationId>,
    by_customer: bool,
}

#[derive(sqlx::FromRow)]
struct Endpoint {
    id: WebhookId,
    organisation_id: Option<OrganisationId>,
    events: String,
    since: i64,
    failures: i64,
}

impl Endpoint {
    /// Whether it has chosen this, and may ever learn of it. What exactly it may see is asked when it is told.
    fn wants(&self, happened: &Happened, kind: &event::Kind) -> bool {
        let chosen = || self.events.split(' ').any(|name| name == kind.name);
        let concerned = match (self.organisation_id, kind.audience) {
            (None, For::FromCustomers) => happened.by_customer,
            (None, _) => true,
            (Some(_), For::Operator) => false,
            (Some(own), For::Everyone) => happened.organisation_id == Some(own),
            (Some(own), For::FromCustomers) => happened.by_customer && happened.organisation_id == Some(own),
        };
        self.since < happened.sequence && concerned && chosen()
    }
}

/// Writes a message that is to be sent from `due` on.
pub(super) async fn insert(
    tx: &Tx,
    webhook: WebhookId,
    event: Option<i64>,
    kind: &str,
    due: Instant,
    now: Instant,
) -> DbResult<DeliveryId> {
    let id = DeliveryId::new();
    tx.execute(INSERT, args![id, webhook, event, kind, due, now]).await?;
    Ok(id)
}

/// Reads the trail for as long as the process works.
pub async fn keep(ctx: Ctx, mut stopped: watch::Receiver<bool>) {
    let mut pause = Duration::ZERO;
    loop {
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stopped.wait_for(|stop| *stop) => return,
        }
        let ctx = Ctx { request_id: "webhooks".into(), ..ctx.clone() };
        pause = match all(&ctx).await {
            Ok(_) => POLL,
            Err(error) => {
                tracing::warn!(?error, "webhooks wait");
                PATIENCE
            }
        };
    }
}

/// Reads on to the trail's end. Answers how many messages there are now because of it.
pub async fn all(ctx: &Ctx) -> Result<usize, AppError> {
    let mut made = 0;
    loop {
        let behind: Behind = ctx.db.one(BEHIND, args![]).await?;
        // Without anybody to tell, the trail is left alone: whoever comes later begins there.
        if behind.since.is_none_or(|since| behind.done.max(since) >= behind.head) {
            return Ok(made);
        }
        match step(ctx, behind.since.unwrap_or(0)).await? {
            // Another node is at it.
            None => return Ok(made),
            Some(some) => made += some,
        }
    }
}

/// Spreads a batch of events.
async fn step(ctx: &Ctx, since: i64) -> Result<Option<usize>, AppError> {
    let tx = ctx.db.begin().await?;
    let Some((done,)): Option<(i64,)> = tx.optional(LOCK, args![]).await? else { return Ok(None) };
    let from = done.max(since);
    let events: Vec<Happened> = tx.all(EVENTS, args![from, BATCH]).await?;
    let Some(last) = events.last().map(|event| event.sequence) else { return Ok(None) };
    let endpoints: Vec<Endpoint> = tx.all(ENDPOINTS, args![from, last]).await?;
    let mut made = 0;
    let mut told = BTreeMap::new();
    for happened in &events {
        let Some(kind) = event::of_act(&happened.action) else { continue };
        for endpoint in endpoints.iter().filter(|endpoint| endpoint.wants(happened, kind)) {
            let due = match told.get(&endpoint.id) {
                Some(due) => *due,
                // Nobody was there the last time: it waits behind what waits already.
                None if endpoint.failures > 0 => deliver::behind(&tx, ctx, endpoint.id, endpoint.failures).await?,
                None => ctx.now(),
            };
            told.insert(endpoint.id, due);
            insert(&tx, endpoint.id, Some(happened.sequence), kind.name, due, ctx.now()).await?;
            made += 1;
        }
    }
    for (webhook, due) in told {
        deliver::at(&tx, ctx, webhook, due).await?;
    }
    tx.execute(ADVANCE, args![last]).await?;
    tx.commit().await?;
    Ok(Some(made))
}
