//! Another status for several orders: all of them, or none.

use std::collections::{BTreeMap, HashMap, HashSet};

use sha2::{Digest as _, Sha256};

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Value, sql};
use crate::documents::model::hex;
use crate::error::{AppError, FieldErrors};
use crate::ids::{OrderId, OrganisationId, UserId};

use super::input::{Act, Input};
use super::model::{Order, Status};
use super::scope::{Scope, sees};
use super::{service, store, take};

/// The most orders of one act.
pub const MOST: usize = 100;

macro_rules! readers {
    ($ids:literal) => {
        concat!(
            "SELECT DISTINCT o.organisation_id, c.name AS organisation_name, u.id AS user_id, u.name, u.last_sign_in_at IS NULL AS never FROM orders o \
             JOIN organisations c ON c.id = o.organisation_id JOIN memberships m ON m.organisation_id = o.organisation_id AND m.state = 'active' \
             JOIN users u ON u.id = m.user_id AND u.state = 'active' WHERE o.id ",
            $ids, " AND ", sees!("m.user_id"), " ORDER BY organisation_name, o.organisation_id, u.name, user_id"
        )
    };
}

sql! {
    /// Everybody at their customers who sees any of these orders.
    READERS = sqlite: readers!("IN (SELECT unhex(value) FROM json_each($1))"), postgres: readers!("= ANY($1)");
}

/// An order, and what somebody saw of it before they acted.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// Which.
    pub id: OrderId,
    /// At which revision it was looked at; none: whatever it is.
    pub revision: Option<i64>,
}

#[derive(Debug, sqlx::FromRow)]
struct ReaderRow {
    organisation_id: OrganisationId,
    organisation_name: String,
    user_id: UserId,
    name: String,
    never: bool,
}

/// Who at one customer sees what changes.
#[derive(Clone, Debug)]
pub struct Readers {
    /// The customer.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// Names, and whether the person has never signed in.
    pub people: Vec<(String, bool)>,
}

/// What another status would do.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// Orders that get it.
    pub changes: Vec<Order>,
    /// Orders that have it already.
    pub same: Vec<Order>,
    /// Orders that are not the actor's to change.
    pub refused: Vec<Order>,
    /// Who sees that, by customer.
    pub readers: Vec<Readers>,
    /// A short digest of who sees it: acting notices that it has changed.
    pub digest: String,
}

fn check_count(ctx: &Ctx, count: usize) -> Result<(), AppError> {
    let wrong = |text: String| Err(AppError::Invalid(FieldErrors::one("ids", text)));
    match count {
        0 => wrong(ctx.t("orders-bulk-error-none").to_owned()),
        1..=MOST => Ok(()),
        _ => wrong(ctx.with("orders-bulk-error-many", &[("max", MOST.into())])),
    }
}

/// The chosen orders, in the order of the choice, each once. One that is not theirs to see is not found.
async fn chosen_in(db: &Db, ctx: &Ctx, ids: &[OrderId]) -> Result<Vec<Order>, AppError> {
    let mut known = HashSet::new();
    let ids: Vec<OrderId> = ids.iter().copied().filter(|id| known.insert(*id)).collect();
    check_count(ctx, ids.len())?;
    let rows = store::by_ids(db, Scope::of(&ctx.actor)?, &ids).await?;
    let mut rows: HashMap<OrderId, Order> = rows.into_iter().map(|row| (row.id, row)).collect();
    let rows = ids.iter().map(|id| rows.remove(id).ok_or(AppError::NotFound)).collect::<Result<Vec<_>, _>>()?;
    Ok(rows.into_iter().map(|row| service::redacted(ctx, row)).collect())
}

/// The chosen orders.
pub async fn chosen(ctx: &Ctx, ids: &[OrderId]) -> Result<Vec<Order>, AppError> {
    chosen_in(&ctx.db, ctx, ids).await
}

async fn readers(db: &Db, orders: &[Order]) -> DbResult<(Vec<Readers>, String)> {
    let mut hash = Sha256::new();
    let mut all: BTreeMap<(String, OrganisationId), Readers> = BTreeMap::new();
    if !orders.is_empty() {
        let ids = orders.iter().map(|order| order.id.0).collect();
        let rows: Vec<ReaderRow> = db.all(READERS, [Value::Uuids(ids)]).await?;
        let mut named: Vec<_> = rows.iter().map(|row| (row.organisation_id.0, row.user_id.0)).collect();
        named.sort_unstable();
        for (organisation, user) in named {
            hash.update(organisation.as_bytes());
            hash.update(user.as_bytes());
        }
        for row in rows {
            let (organisation_id, organisation_name) = (row.organisation_id, row.organisation_name);
            let place = all.entry((organisation_name.clone(), organisation_id));
            let of = place.or_insert_with(|| Readers { organisation_id, organisation_name, people: Vec::new() });
            of.people.push((row.name, row.never));
        }
    }
    Ok((all.into_values().collect(), hex(hash.finalize().get(..8).unwrap_or_default())))
}

/// The status with this key.
pub async fn status(ctx: &Ctx, key: &str) -> Result<Status, AppError> {
    let unknown = || {
        let text = ctx.with("orders-error-status", &[("status", key.to_owned().into())]);
        AppError::Invalid(FieldErrors::one("status", text))
    };
    service::statuses(ctx).await?.into_iter().find(|status| status.key == key).ok_or_else(unknown)
}

/// Exactly what giving these orders a status would change, and who would see it.
pub async fn preview(ctx: &Ctx, orders: Vec<Order>, status: &Status) -> Result<Preview, AppError> {
    let mut preview = Preview::default();
    for order in orders {
        let place = match (service::may(ctx, &order).manage, order.status.key == status.key) {
            (false, _) => &mut preview.refused,
            (true, true) => &mut preview.same,
            (true, false) => &mut preview.changes,
        };
        place.push(order);
    }
    (preview.readers, preview.digest) = readers(&ctx.db, &preview.changes).await?;
    Ok(preview)
}

/// Gives each of these orders a status, with the reason that their customers read. Those that have it already stay as they
/// are. Answers how many were changed. `seen`: the digest of who was to see it.
///
/// # Errors
/// `NotFound`, `Forbidden` for any of them; `Conflict` where one has changed since it was looked at, or who sees it has.
pub async fn set_status(
    ctx: &Ctx,
    items: &[Item],
    key: &str,
    reason: &str,
    seen: Option<&str>,
) -> Result<usize, AppError> {
    let mut items = items.to_vec();
    items.sort_by_key(|item| item.id);
    items.dedup_by_key(|item| item.id);
    check_count(ctx, items.len())?;
    let tx = ctx.db.begin().await?;
    let orders = chosen_in(&tx, ctx, &items.iter().map(|item| item.id).collect::<Vec<_>>()).await?;
    if orders.iter().any(|order| !service::may(ctx, order).manage) {
        return Err(AppError::Forbidden);
    }
    let status = status(ctx, key).await?;
    for (order, item) in orders.iter().zip(&items) {
        if item.revision.is_some_and(|revision| revision != order.order_revision) {
            let text = ctx.with("orders-bulk-error-changed", &[("number", order.number.clone().into())]);
            return Err(AppError::Conflict(text));
        }
    }
    let changes: Vec<Order> = orders.into_iter().filter(|order| order.status.key != status.key).collect();
    if seen.is_some() {
        let (_, now) = readers(&tx, &changes).await?;
        if seen != Some(now.as_str()) {
            return Err(AppError::Conflict(ctx.t("orders-bulk-error-readers").to_owned()));
        }
    }
    let inputs = changes.iter().map(|order| Input {
        number: order.number.clone(),
        status: Some(status.key.clone()),
        reason: reason.to_owned(),
        revision: Some(order.order_revision),
        ..Input::default()
    });
    let planned = match take::plan(&ctx.db, Some(&tx), ctx, inputs.collect(), &mut HashSet::new()).await {
        // Between the look above and the taking.
        Err(AppError::Stale) => return Err(AppError::Conflict(ctx.t("orders-error-stale").to_owned())),
        other => other?,
    };
    let plans = planned.into_iter().collect::<Result<Vec<_>, _>>().map_err(AppError::Invalid)?;
    take::write(&tx, ctx, &plans.iter().collect::<Vec<_>>()).await?;
    let mut count = 0;
    for plan in plans.iter().filter(|plan| plan.act == Act::Change) {
        count += 1;
        let row = &plan.entry.row;
        let event = Event::new("order.edit", "order", row.id.0).organisation(row.organisation_id);
        let event = event.with("number", &row.number).with("fields", "status").with("status", &row.status);
        audit::record(&tx, ctx, event.with("together", changes.len())).await?;
    }
    tx.commit().await?;
    Ok(count)
}
