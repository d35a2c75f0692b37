//! Orders by the beginning of their number.

use crate::ctx::Ctx;
use crate::db::{Value, sql};
use crate::error::AppError;
use crate::ids::OrderId;
use crate::orders::scope::{Scope, may_see};

sql! {
    /// `$1` to `$3` the scope, `$4` and `$5` the range of numbers, `$6` only of this organisation, `$7` how many. Of a short
    /// beginning the first two hundred are looked at.
    BY_NUMBER = concat!("SELECT o.id, o.number, o.title, c.name AS organisation_name FROM (SELECT id FROM orders WHERE number >= $4 AND number < $5 ORDER BY number LIMIT 200) n JOIN orders o ON o.id = n.id JOIN organisations c ON c.id = o.organisation_id \
        WHERE (o.organisation_id = $6 OR $6 IS NULL) AND ", may_see!(), " ORDER BY o.number LIMIT $7");
}

/// An order as it is found.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Row {
    pub id: OrderId,
    pub number: String,
    pub title: String,
    pub organisation_name: String,
}

/// The orders whose number begins so.
pub(super) async fn by_number(ctx: &Ctx, typed: &str, limit: i64) -> Result<Vec<Row>, AppError> {
    let [a, b, c] = Scope::of(&ctx.actor)?.values();
    let typed = typed.trim().to_uppercase();
    if typed.chars().count() < 2 {
        return Ok(Vec::new());
    }
    let end = format!("{typed}{}", char::MAX);
    let only = ctx.organisation.filter(|_| ctx.actor.staff().is_none());
    Ok(ctx.db.all(BY_NUMBER, [a, b, c, Value::from(typed), Value::from(end), only.into(), limit.into()]).await?)
}
