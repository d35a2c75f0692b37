//! Use cases of orders. Pages, server functions and REST all enter here.

use crate::access::Reach;
use crate::access::{Action, Guarded as _, Relation, Role, allow, allow_any, grant, policy};
use crate::ctx::Ctx;
use crate::documents;
use crate::documents::model::Document;
use crate::error::AppError;
use crate::ids::{OrderId, OrganisationId};
use crate::organisation::service as organisation;
use crate::search::list::typed;

use super::list::{self, Wanted};
use super::model::{After, Changed, Line, Order, Status, Step, Which};
use super::policy::{Book, Read};
use super::scope::Scope;
use super::store;

/// The most lines a page shows.
pub const LINES: i64 = 500;
/// The most papers a page shows.
const DOCUMENTS: i64 = 50;
/// The most changes a page shows.
const CHANGES: i64 = 50;

/// What changed in these is not for whoever sees no prices.
pub const PRICES: [&str; 3] = ["total", "currency", "lines"];

/// Whether the actor has anything to do with orders: for the navigation.
pub fn may_open(ctx: &Ctx) -> bool {
    if ctx.actor.staff().is_some() {
        return allow_any(&ctx.actor, Action::OrderRead).is_ok();
    }
    let reaches =
        |m: &&crate::access::Membership| m.rights.orders != Reach::None && ctx.organisation == Some(m.organisation_id);
    ctx.actor
        .memberships()
        .iter()
        .find(reaches)
        .is_some_and(|m| allow(&ctx.actor, Action::OrderRead, Relation::Addressed, Some(m.organisation_id)).is_ok())
}

/// Whether the actor keeps the orders of anybody.
pub fn may_manage_any(ctx: &Ctx) -> bool {
    ctx.actor.staff().is_some() && allow_any(&ctx.actor, Action::OrderManage).is_ok()
}

/// What the actor may do with an order.
#[derive(Clone, Copy, Debug)]
pub struct May {
    /// See what it costs.
    pub prices: bool,
    /// Confirm the step that waits for the customer.
    pub confirm: bool,
    /// Change it.
    pub manage: bool,
    /// See who can see it.
    pub audience: bool,
}

/// What the actor may do with an order that was found in scope.
pub fn may(ctx: &Ctx, order: &Order) -> May {
    let organisation = Some(order.organisation_id);
    let allowed = |action| allow(&ctx.actor, action, order.relation(&ctx.actor), organisation).is_ok();
    May {
        prices: allowed(Action::OrderPrices) && reaches_money(ctx, order.organisation_id) && viewer_sees_prices(ctx),
        confirm: allowed(Action::OrderConfirm),
        manage: allowed(Action::OrderManage),
        audience: allowed(Action::OrderAudience),
    }
}

/// A customer without the right to money sees what comes and when, not what it costs.
fn reaches_money(ctx: &Ctx, organisation: OrganisationId) -> bool {
    let membership = ctx.actor.memberships().iter().find(|m| m.organisation_id == organisation);
    ctx.actor.staff().is_some() || membership.is_some_and(|m| m.rights.money != Reach::None)
}

/// Whoever of staff looks as a customer sees no more than themselves.
fn viewer_sees_prices(ctx: &Ctx) -> bool {
    let Some(viewer) = ctx.actor.viewer() else { return true };
    // Whether the viewer is assigned was asked when they began to look.
    let role = Role::Staff(viewer.role);
    [Relation::Assigned, Relation::Other].into_iter().any(|r| policy::allowed(role, Action::OrderPrices, r))
}

/// Whether a customer sees what orders cost in one of their organisations, whichever they see.
pub fn sees_prices_in(ctx: &Ctx, organisation: OrganisationId) -> bool {
    let may = allow(&ctx.actor, Action::OrderPrices, Relation::Addressed, Some(organisation)).is_ok();
    may && reaches_money(ctx, organisation) && viewer_sees_prices(ctx)
}

pub(super) fn redacted(ctx: &Ctx, mut order: Order) -> Order {
    if !may(ctx, &order).prices {
        order.total = None;
        order.currency.clear();
    }
    // What the operator's system calls it is not for customers.
    if ctx.actor.staff().is_none() {
        order.external_id = None;
    }
    order
}

/// One page of orders.
#[derive(Debug)]
pub struct Page {
    /// The newest first.
    pub items: Vec<Order>,
    /// Where the next page begins, if there is one.
    pub next: Option<After>,
}

/// Orders, the newest first. For staff, `only` is one customer; for customers, one of their organisations.
pub async fn list(
    ctx: &Ctx,
    which: &Which,
    only: Option<OrganisationId>,
    after: Option<After>,
    limit: i64,
) -> Result<Page, AppError> {
    let wanted = Wanted { which: which.clone(), organisation: only, limit, ..Wanted::default() };
    let (items, next) = list::by_day(ctx, &wanted, after.unwrap_or(After::START)).await?;
    Ok(Page { items, next })
}

/// Those of these orders that the actor may see, in no order.
pub async fn by_ids(ctx: &Ctx, ids: &[OrderId]) -> Result<Vec<Order>, AppError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = store::by_ids(&ctx.db, Scope::of(&ctx.actor)?, ids).await?;
    Ok(rows.into_iter().map(|row| redacted(ctx, row)).collect())
}

/// Orders with all of these words, or with this number: what a box for everything shows of them. None for whom orders are
/// not.
pub async fn search(ctx: &Ctx, words: &str, limit: i64) -> Result<Vec<Order>, AppError> {
    let organisation = if ctx.actor.staff().is_some() { None } else { ctx.organisation };
    let search = typed(Some(words));
    if search.is_none() {
        return Ok(Vec::new());
    }
    let wanted = Wanted { search, which: Which::All, organisation, limit, ..Wanted::default() };
    match list::list(ctx, &wanted).await {
        Err(AppError::Forbidden) => Ok(Vec::new()),
        other => Ok(other?.items),
    }
}

/// One order. Foreign and missing are the same.
pub async fn find(ctx: &Ctx, id: OrderId) -> Result<Order, AppError> {
    let row = store::find(&ctx.db, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    Ok(redacted(ctx, grant::<Read, _>(&ctx.actor, row)?.into_row()))
}

/// Its lines, with prices for whoever sees them, and whether there are more.
pub async fn lines(ctx: &Ctx, order: &Order, after: i64, limit: i64) -> Result<(Vec<Line>, bool), AppError> {
    let mut lines = store::lines(&ctx.db, order.id, after, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = lines.len() > wanted;
    lines.truncate(wanted);
    if !may(ctx, order).prices {
        for line in &mut lines {
            line.price = None;
            line.amount = None;
        }
    }
    Ok((lines, more))
}

/// Its steps.
pub async fn steps(ctx: &Ctx, order: &Order) -> Result<Vec<Step>, AppError> {
    Ok(store::steps(&ctx.db, order.id).await?)
}

/// What was changed, the last first. Customers do not read who of the operator did it, nor what they cannot see.
pub async fn changes(ctx: &Ctx, order: &Order) -> Result<Vec<Changed>, AppError> {
    let mut changes = store::changes(&ctx.db, order.id, CHANGES).await?;
    if !may(ctx, order).prices {
        changes.retain(|change| !PRICES.contains(&change.field.as_str()));
    }
    if ctx.actor.staff().is_none() {
        changes.retain(|change| change.field != "external_id");
    }
    Ok(changes)
}

/// Its papers, as far as the actor may see them.
pub async fn documents(ctx: &Ctx, order: &Order) -> Result<Vec<Document>, AppError> {
    let ids = store::documents(&ctx.db, order.id, DOCUMENTS).await?;
    documents::service::find_all(ctx, &ids).await
}

/// How orders can stand.
pub async fn statuses(ctx: &Ctx) -> Result<Vec<Status>, AppError> {
    allow_any(&ctx.actor, Action::OrderRead)?;
    Ok(store::statuses(&ctx.db).await?)
}

/// Whether the actor may take orders of this customer.
pub async fn may_take(ctx: &Ctx, id: OrganisationId) -> Result<bool, AppError> {
    let customer = organisation::find(ctx, id).await?;
    let book = Book { organisation_id: id, assigned: customer.assigned };
    Ok(allow(&ctx.actor, Action::OrderManage, book.relation(&ctx.actor), Some(id)).is_ok())
}
