//! The staff's board: how many orders stand how over all customers, and the first of each status by what is expected first.
//! Ranges of indexes, each with a limit, so that it costs the same at a million orders.

use crate::access::{Action, allow_any};
use crate::ctx::Ctx;
use crate::db::{DbResult, sql};
use crate::error::AppError;
use crate::organisation::service as organisation;
use crate::validity::service::today;

use super::model::{Order, Side, Status};
use super::scope::{Scope, columns, sources};
use super::service;

/// Orders of one status that are shown.
pub const CARDS: i64 = 8;
/// Orders are counted so far and no further.
pub const MANY: i64 = 101;

/// The open statuses, of all customers or of each that is assigned: `s`.
macro_rules! all {
    () => {
        "(SELECT t.key AS status FROM order_statuses t WHERE t.is_final = FALSE AND $3) s"
    };
}
macro_rules! assigned {
    () => {
        "(SELECT t.key AS status, a.organisation_id FROM order_statuses t CROSS JOIN staff_assignments a WHERE t.is_final = FALSE AND $2 AND a.user_id = $1) s"
    };
}

/// The first keys of each of these ranges. SQLite has no LATERAL: there the keys travel as texts that sort alike.
macro_rules! range {
    (sqlite, $from:expr, $which:literal) => {
        concat!(
            "SELECT s.status, x.value AS key FROM ", $from, " CROSS JOIN json_each((SELECT json_group_array(due_key || hex(id)) FROM (SELECT o.due_key, o.id FROM orders o WHERE ",
            $which, " AND o.due_key IS NOT NULL ORDER BY o.due_key, o.id LIMIT $4))) x "
        )
    };
    (postgres, $from:expr, $which:literal) => {
        concat!(
            "SELECT s.status, x.due_key, x.id FROM ", $from, " CROSS JOIN LATERAL (SELECT o.due_key, o.id FROM orders o WHERE ",
            $which, " AND o.due_key IS NOT NULL ORDER BY o.due_key, o.id LIMIT $4) x "
        )
    };
}

macro_rules! ranges {
    ($engine:ident) => {
        concat!(
            range!($engine, all!(), "o.status = s.status"),
            "UNION ",
            range!($engine, assigned!(), "o.organisation_id = s.organisation_id AND o.status = s.status")
        )
    };
}

/// How many stand so, at most `$4`: of all customers, or of those assigned.
macro_rules! counted {
    ($more:literal) => {
        concat!(
            "CASE WHEN $3 THEN (SELECT COUNT(*) FROM (SELECT 1 AS one FROM orders o WHERE o.status = t.key", $more, " LIMIT $4) x) \
             ELSE (SELECT COUNT(*) FROM (SELECT 1 AS one FROM staff_assignments a CROSS JOIN orders o WHERE $2 AND a.user_id = $1 AND o.organisation_id = a.organisation_id AND o.status = t.key", $more, " LIMIT $4) x) END"
        )
    };
}

sql! {
    CARDS_OF = sqlite: concat!("SELECT ", columns!(), " FROM (SELECT key FROM (SELECT key, ROW_NUMBER() OVER (PARTITION BY status ORDER BY key) AS place FROM (", ranges!(sqlite), ") AS ranges) AS placed WHERE place <= $4) page CROSS JOIN orders o ON o.id = unhex(substr(page.key, -32)) ", sources!(), " ORDER BY t.position, t.key, page.key"),
        postgres: concat!("SELECT ", columns!(), " FROM (SELECT id, due_key FROM (SELECT id, due_key, ROW_NUMBER() OVER (PARTITION BY status ORDER BY due_key, id) AS place FROM (", ranges!(postgres), ") AS ranges) AS placed WHERE place <= $4) page JOIN orders o ON o.id = page.id ", sources!(), " ORDER BY t.position, t.key, page.due_key, page.id");
    COUNTS = concat!("SELECT t.key, ", counted!(""), " AS orders, ", counted!(" AND o.due_key IS NOT NULL AND o.due_key < $5"), " AS overdue FROM order_statuses t ORDER BY t.position, t.key");
}

/// One status with what stands so.
#[derive(Clone, Debug)]
pub struct Column {
    /// The status.
    pub status: Status,
    /// How many; [`MANY`] stands for that many or more.
    pub orders: i64,
    /// How many of them are overdue, in the same way.
    pub overdue: i64,
    /// The first of them, what is expected first before the others. None where the status is final.
    pub cards: Vec<Order>,
}

/// The board, for staff. `waits`: only statuses in which this side acts next.
pub async fn board(ctx: &Ctx, waits: Option<Side>) -> Result<Vec<Column>, AppError> {
    organisation::require_staff(ctx)?;
    allow_any(&ctx.actor, Action::OrderRead)?;
    let [a, b, c] = Scope::of(&ctx.actor)?.values();
    let counts: DbResult<Vec<(String, i64, i64)>> =
        ctx.db.all(COUNTS, [a.clone(), b.clone(), c.clone(), MANY.into(), today(ctx).into()]).await;
    let (counts, statuses) = (counts?, service::statuses(ctx).await?);
    let cards: Vec<Order> = ctx.db.all(CARDS_OF, [a, b, c, CARDS.into()]).await?;
    let mut columns: Vec<Column> = statuses
        .into_iter()
        .filter(|status| waits.is_none_or(|side| status.waits_for == side))
        .map(|status| {
            let counted = counts.iter().find(|(key, ..)| *key == status.key);
            let (orders, overdue) = counted.map_or((0, 0), |(_, orders, overdue)| (*orders, *overdue));
            Column { status, orders, overdue, cards: Vec::new() }
        })
        .collect();
    for order in cards {
        if let Some(column) = columns.iter_mut().find(|column| column.status.key == order.status.key) {
            column.cards.push(service::redacted(ctx, order));
        }
    }
    Ok(columns)
}
