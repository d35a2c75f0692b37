//! Reminding people the day before, once.

use jiff::ToSpan as _;

use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::error::AppError;
use crate::ids::AppointmentId;
use crate::time::Instant;

use super::scope::Scope;
use super::tell::{self, News};
use super::{store, when};

sql! {
    /// What is confirmed for this time and nobody was reminded of.
    DUE = "SELECT id FROM appointments WHERE state = 'confirmed' AND starts_at >= $1 AND starts_at < $2 AND reminded_at IS NULL ORDER BY starts_at, id LIMIT $3";
    REMINDED = "UPDATE appointments SET reminded_at = $2 WHERE id = $1 AND state = 'confirmed' AND reminded_at IS NULL";
}

/// How many are looked up at once.
const BATCH: i64 = 100;

/// From when to when it is tomorrow, by the portal's clock: 23 or 25 hours where the clock changes.
fn tomorrow(ctx: &Ctx) -> Option<(Instant, Instant)> {
    let zone = &ctx.portal.zone;
    let midnight = |days: i64| {
        let day = when::date(zone, ctx.now()).checked_add(days.days()).ok()?;
        let at = day.to_zoned(zone.clone()).ok()?;
        Some(Instant(at.timestamp().as_microsecond()))
    };
    Some((midnight(1)?, midnight(2)?))
}

/// The portal's own reminders. Run once a day; a second run on the same day finds nobody left.
pub async fn run(ctx: &Ctx) -> Result<(), AppError> {
    let Some((from, until)) = tomorrow(ctx) else { return Ok(()) };
    loop {
        let due: Vec<(AppointmentId,)> = ctx.db.all(DUE, args![from, until, BATCH]).await?;
        let full = due.len() == usize::try_from(BATCH).unwrap_or(usize::MAX);
        for (id,) in due {
            let tx = ctx.db.begin().await?;
            if tx.execute(REMINDED, args![id, ctx.now()]).await? == 0 {
                continue;
            }
            if let Some(row) = store::find(&tx, Scope::of(&ctx.actor)?, id).await? {
                tell::about(&tx, ctx, &row, News::Reminder, "").await?;
            }
            tx.commit().await?;
        }
        if !full {
            return Ok(());
        }
    }
}
