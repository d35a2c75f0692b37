//! How things stand, in numbers: what the person sees in the organisation at hand, counted as far as somebody reads.

use crate::access::{Action, Reach, over_customers};
use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::error::AppError;
use crate::orders;
use crate::validity::service::today;

/// Nobody counts further than this.
pub const MOST: i64 = 100;

/// One range of an index of open orders, as far as anybody counts: `$from` names its beginning, `$which` its orders.
macro_rules! open {
    ($from:literal, $which:literal) => {
        concat!(
            "SELECT id, late FROM (SELECT o.id, CASE WHEN o.delivered_on IS NULL AND COALESCE(o.confirmed_on, o.wanted_on) < $3 THEN 1 ELSE 0 END AS late FROM ",
            $from, " WHERE m.user_id = $1 AND m.organisation_id = $2 AND m.state = 'active' AND o.closed = FALSE AND ", $which, " LIMIT 100) AS range"
        )
    };
}

sql! {
    /// Open orders that the person sees, and those of them that should have come: by right, by name, by project. CROSS JOIN,
    /// because SQLite then keeps the order of the tables: their projects first, never all that is open.
    ORDERS = concat!(
        "SELECT COUNT(*) AS open, CAST(COALESCE(SUM(x.late), 0) AS BIGINT) AS late FROM (",
        open!("memberships m JOIN orders o ON o.organisation_id = m.organisation_id", "(m.role = 'admin' OR (m.role <> 'partner' AND m.orders = 'organisation'))"),
        " UNION ", open!("memberships m JOIN orders o ON o.organisation_id = m.organisation_id", "m.orders <> 'none' AND o.buyer_id = $1"),
        " UNION ", open!("memberships m JOIN project_people p ON p.user_id = m.user_id CROSS JOIN orders o", "o.project_id = p.project_id AND o.organisation_id = m.organisation_id AND m.orders <> 'none'"),
        ") x");
}

/// Orders in numbers.
#[derive(Clone, Copy, Debug, Default, sqlx::FromRow)]
pub struct Orders {
    /// Not over yet; [`MOST`] may be more.
    pub open: i64,
    /// Of those, late.
    pub late: i64,
}

/// What the person sees of the organisation at hand, in numbers. What is not theirs to see is none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tiles {
    /// Orders.
    pub orders: Option<Orders>,
    /// Documents concern them at all.
    pub documents: bool,
}

/// Counts it.
pub async fn tiles(ctx: &Ctx) -> Result<Tiles, AppError> {
    let rights = ctx.actor.memberships().iter().find(|m| ctx.organisation == Some(m.organisation_id)).map(|m| m.rights);
    let documents = rights.is_some_and(|rights| rights.documents != Reach::None || rights.money != Reach::None);
    let orders = match (orders::service::may_open(ctx), ctx.organisation) {
        (true, Some(organisation)) => {
            let (user, ..) = over_customers(&ctx.actor, Action::OrderRead)?;
            Some(ctx.db.one(ORDERS, args![user, organisation, today(ctx)]).await?)
        }
        _ => None,
    };
    Ok(Tiles { orders, documents })
}
