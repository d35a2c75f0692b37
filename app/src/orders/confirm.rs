//! A step that waits for the customer: they say that it is done, and the order goes on as it did before it waited.

use crate::access::{Granted, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::day::Day;
use crate::db::{DbResult, Tx, args, sql};
use crate::error::AppError;
use crate::ids::OrderId;
use crate::validity::service::today;

use super::book;
use super::diff;
use super::input::Change;
use super::model::{Order, Side, Status, Step};
use super::policy::Confirm;
use super::scope::Scope;
use super::store;

sql! {
    DONE = "UPDATE order_steps SET done_on = $3 WHERE order_id = $1 AND position = $2";
    /// Of two at once the second finds another revision.
    GO_ON = "UPDATE orders SET status = $3, closed = $4, next_step = $5, next_on = $6, changed_at = $7, revision = revision + 1 WHERE id = $1 AND revision = $2";
    /// How it stood before it waited.
    BEFORE = "SELECT old FROM order_changes WHERE order_id = $1 AND field = 'status' AND new = $2 ORDER BY id DESC LIMIT 1";
}

/// The step of an order that waits for its customer: the next one, if it is theirs.
pub fn waiting<'a>(order: &Order, steps: &'a [Step]) -> Option<&'a Step> {
    let next = steps.iter().find(|step| step.done_on.is_none())?;
    let theirs = order.status.waits_for == Side::Customer && !order.status.is_final && next.acts == Side::Customer;
    theirs.then_some(next)
}

/// Says that the step which waits for the customer is done. `revision`: as of when it was read.
///
/// # Errors
/// `Conflict` where none waits; `Stale` where somebody was faster.
pub async fn confirm(ctx: &Ctx, id: OrderId, revision: Option<i64>) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    let statuses = store::statuses_held(&tx).await?;
    let order = store::find(&tx, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<Confirm, _>(&ctx.actor, order)?;
    let order = granted.row();
    if revision.is_some_and(|seen| seen != order.order_revision) {
        return Err(AppError::Stale);
    }
    let steps = store::steps(&tx, id).await?;
    let Some(step) = waiting(order, &steps) else {
        return Err(AppError::Conflict(ctx.t("orders-error-confirmed").to_owned()));
    };
    let next = steps.iter().find(|other| other.done_on.is_none() && other.position != step.position);
    let status = match next {
        // The next one waits for them, too.
        Some(next) if next.acts == Side::Customer => &order.status,
        _ => on(&tx, order, &statuses).await?.unwrap_or(&order.status),
    };
    if !write(&tx, ctx, &granted, step, next, status).await? {
        return Err(AppError::Stale);
    }
    let count = steps.len().to_string();
    let mut changes = vec![Change { field: "steps", old: count.clone(), new: count }];
    if status.key != order.status.key {
        let (old, new) = (order.status.key.clone(), status.key.clone());
        changes.push(Change { field: "status", old, new });
    }
    book::note(&tx, id, &changes, &step.title, ctx.actor.user_id(), ctx.now()).await?;
    let event = Event::new("order.confirm", "order", id.0).organisation(order.organisation_id);
    audit::record(&tx, ctx, event.with("number", &order.number).with("step", step.position)).await?;
    tx.commit().await?;
    Ok(())
}

/// How the order stands when it waits no more: as before it did, else as its days say.
async fn on<'a>(tx: &Tx, order: &Order, statuses: &'a [Status]) -> DbResult<Option<&'a Status>> {
    let waits = |status: &Status| status.waits_for == Side::Customer || status.is_final;
    let before: Option<(String,)> = tx.optional(BEFORE, args![order.id, &order.status.key]).await?;
    let known = |key: &str| statuses.iter().find(|status| status.key == key && !waits(status));
    let before = before.and_then(|(key,)| known(&key));
    let usual = diff::usual(order.delivered_on, order.confirmed_on, statuses);
    Ok(before.or_else(|| known(&usual)).or_else(|| statuses.iter().find(|status| !waits(status))))
}

async fn write(
    tx: &Tx,
    ctx: &Ctx,
    granted: &Granted<Confirm, Order>,
    step: &Step,
    next: Option<&Step>,
    status: &Status,
) -> DbResult<bool> {
    let order = granted.row();
    tx.execute(DONE, args![order.id, step.position, today(ctx)]).await?;
    let title = next.map(|next| next.title.as_str()).unwrap_or_default();
    let day: Option<Day> = next.and_then(|next| next.expected_on);
    let values = args![order.id, order.order_revision, &status.key, status.is_final, title, day, ctx.now()];
    Ok(tx.execute(GO_ON, values).await? == 1)
}
