//! Telling a customer once of many orders that came together, in an import or in one request. They are counted while they
//! come, for the customer and for each person who ordered some of them, with one statement for a batch; when all have come,
//! there is one event for each customer. A million orders need no more memory than a batch of them.

use std::collections::BTreeMap;

use serde_json::json;
use uuid::Uuid;

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{DbResult, Tx, args, sql};
use crate::error::AppError;
use crate::ids::{OrderNewsId, OrganisationId};
use crate::time::Instant;

use super::input::Act;
use super::service::PRICES;
use super::take::Plan;

/// Customers that are told with one statement.
const PAGE: i64 = 500;

sql! {
    /// What comes after they were told, as when a run that was cut off goes on, is told once more, with the total.
    COUNT = sqlite: "INSERT INTO order_news (id, source, organisation_id, buyer_id, created, changed, at) \
            SELECT unhex(value ->> 'id'), $2, unhex(value ->> 'organisation_id'), unhex(value ->> 'buyer_id'), value ->> 'created', value ->> 'changed', $3 FROM json_each($1) WHERE TRUE \
            ON CONFLICT (source, organisation_id, buyer_id) DO UPDATE SET created = order_news.created + excluded.created, changed = order_news.changed + excluded.changed, told_at = NULL",
        postgres: "INSERT INTO order_news (id, source, organisation_id, buyer_id, created, changed, at) \
            SELECT id, $2, organisation_id, buyer_id, created, changed, $3 FROM jsonb_to_recordset($1::text::jsonb) AS x (id uuid, organisation_id uuid, buyer_id uuid, created bigint, changed bigint) \
            ON CONFLICT (source, organisation_id, buyer_id) DO UPDATE SET created = order_news.created + excluded.created, changed = order_news.changed + excluded.changed, told_at = NULL";
    /// `$2` is nobody: the rows of customers.
    WAITING = "SELECT id, organisation_id, created, changed FROM order_news WHERE source = $1 AND buyer_id = $2 AND told_at IS NULL AND id > $3 ORDER BY id LIMIT $4";
    TOLD = "UPDATE order_news SET told_at = $2 WHERE source = $1 AND told_at IS NULL";
    FORGET = "DELETE FROM order_news WHERE source = $1";
    PURGE = "DELETE FROM order_news WHERE id IN (SELECT id FROM order_news WHERE at < $1 ORDER BY at LIMIT $2)";
}

#[derive(sqlx::FromRow)]
struct Waiting {
    id: OrderNewsId,
    organisation_id: OrganisationId,
    created: i64,
    changed: i64,
}

/// Whether a changed field is told to everybody who sees the order: neither what only the house knows of it, nor what only
/// who sees prices may know.
pub fn is_public(field: &str) -> bool {
    field != "external_id" && !PRICES.contains(&field)
}

/// Counts orders that were just written, in their transaction.
pub async fn count(tx: &Tx, source: Uuid, plans: &[&Plan], now: Instant) -> DbResult<()> {
    let mut counts: BTreeMap<(Uuid, Uuid), (u64, u64)> = BTreeMap::new();
    for plan in plans {
        let (created, changed) = match plan.act {
            Act::Create => (1, 0),
            Act::Change if plan.entry.changes.iter().any(|change| is_public(change.field)) => (0, 1),
            Act::Change | Act::Unchanged => continue,
        };
        let row = &plan.entry.row;
        for person in [Some(Uuid::nil()), row.buyer_id.map(|id| id.0)].into_iter().flatten() {
            let of = counts.entry((row.organisation_id.0, person)).or_default();
            *of = (of.0 + created, of.1 + changed);
        }
    }
    if counts.is_empty() {
        return Ok(());
    }
    let rows: Vec<serde_json::Value> = counts
        .into_iter()
        .map(|((organisation, person), (created, changed))| {
            json!({
                "id": OrderNewsId::new().0.simple().to_string(),
                "organisation_id": organisation.simple().to_string(),
                "buyer_id": person.simple().to_string(),
                "created": created,
                "changed": changed,
            })
        })
        .collect();
    let rows = serde_json::Value::Array(rows).to_string();
    tx.execute(COUNT, args![rows, source, now]).await.map(|_| ())
}

/// All have come: one event for each customer. What has no news costs one read.
///
/// # Errors
/// Those of the database.
pub async fn tell(tx: &Tx, ctx: &Ctx, source: Uuid) -> Result<(), AppError> {
    let mut after = Uuid::nil();
    loop {
        let rows: Vec<Waiting> = tx.all(WAITING, args![source, Uuid::nil(), after, PAGE]).await?;
        let Some(last) = rows.last() else { break };
        after = last.id.0;
        let event = |row: &Waiting| {
            Event::new("order.news", "orders", row.id.0)
                .organisation(row.organisation_id)
                .with("created", row.created)
                .with("changed", row.changed)
        };
        audit::record_all(tx, ctx, rows.iter().map(event).collect()).await?;
    }
    if !after.is_nil() {
        tx.execute(TOLD, args![source, ctx.now()]).await?;
    }
    Ok(())
}

/// It was taken back: nobody is told of it any more.
pub async fn forget(tx: &Tx, source: Uuid) -> DbResult<()> {
    tx.execute(FORGET, args![source]).await.map(|_| ())
}

/// Removes some of what is older; answers how many.
pub async fn purge(tx: &Tx, before: Instant, limit: i64) -> DbResult<u64> {
    tx.execute(PURGE, args![before, limit]).await
}
