//! From rows to work: what is to be told on browsers goes into the queue with the rows themselves.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::ctx::Ctx;
use crate::db::Tx;
use crate::error::AppError;
use crate::ids::{NotificationId, SubscriptionId};
use crate::jobs::{self, Kind, New};
use crate::notifications::mail::cadence::{Cadence, SOON, Settings, due};
use crate::time::Instant;

use super::store::{self, Due};

/// How many messages one piece of work sends.
const BATCH: usize = 50;
/// How often a message is tried again.
pub(super) const TRIES: u32 = 7;
/// The longest wait before the next time.
const LONGEST_WAIT: u64 = 3600;

/// What a piece of work is to send.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Batch {
    /// Each row with the browser it is told on.
    pub pairs: Vec<(NotificationId, SubscriptionId)>,
    /// How often these have been tried.
    #[serde(default)]
    pub tries: u32,
}

impl Batch {
    /// How long to wait before the next try: longer each time, and as long as the push service asks for.
    pub(super) fn wait(&self, asked: Option<Duration>) -> Duration {
        let wait = Duration::from_secs(20_u64.saturating_mul(3_u64.saturating_pow(self.tries)).min(LONGEST_WAIT));
        asked.map_or(wait, |asked| wait.max(asked.min(Duration::from_secs(LONGEST_WAIT))))
    }
}

/// When somebody may be told of what happens now: at once, or when their quiet hours and their weekend are over.
fn may_be_told(row: &Due, portal_zone: &TimeZone, now: Instant) -> Instant {
    let usual = Settings::default();
    let hour = |hour: Option<i64>| hour.and_then(|hour| i8::try_from(hour).ok());
    let settings = Settings {
        digest_hour: hour(row.digest_hour).unwrap_or(usual.digest_hour),
        quiet: hour(row.quiet_from).zip(hour(row.quiet_to)),
        weekends: row.weekends.unwrap_or(usual.weekends),
        ..usual
    };
    let zone = row.time_zone.as_deref().and_then(|name| TimeZone::get(name).ok());
    let at = due(now, Cadence::AtOnce, &settings, zone.as_ref().unwrap_or(portal_zone)).unwrap_or(now);
    // Nothing is gathered here: a phone shows what is newer in place of what is older.
    if at <= now.plus(SOON) { now } else { at }
}

/// Queues what rows that were just inserted are to tell on browsers. In their transaction: no row without its message.
/// Rows of information that nobody has switched on cost one query.
pub async fn queue(tx: &Tx, ctx: &Ctx, ids: &[NotificationId]) -> Result<(), AppError> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut at: BTreeMap<Instant, Vec<(NotificationId, SubscriptionId)>> = BTreeMap::new();
    for row in store::due(tx, ids).await? {
        let when = may_be_told(&row, &ctx.portal.zone, ctx.now());
        at.entry(when).or_default().push((row.notification, row.subscription));
    }
    for (when, pairs) in at {
        for pairs in pairs.chunks(BATCH) {
            again(tx, ctx, &Batch { pairs: pairs.to_vec(), tries: 0 }, when).await?;
        }
    }
    Ok(())
}

/// Queues a batch for later.
pub(super) async fn again(tx: &Tx, ctx: &Ctx, batch: &Batch, when: Instant) -> Result<(), AppError> {
    let payload = serde_json::to_value(batch).map_err(|_| AppError::Internal)?;
    jobs::enqueue(tx, ctx, New::new(Kind::Push, payload).at(when)).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(now: &str, quiet: Option<(i64, i64)>, weekends: bool) -> String {
        let row = Due {
            notification: NotificationId::new(),
            subscription: SubscriptionId::new(),
            time_zone: Some("Europe/Berlin".to_owned()),
            digest_hour: None,
            quiet_from: quiet.map(|(from, _)| from),
            quiet_to: quiet.map(|(_, to)| to),
            weekends: Some(weekends),
        };
        let now = Instant(now.parse::<jiff::Timestamp>().unwrap().as_microsecond());
        may_be_told(&row, &TimeZone::UTC, now).rfc3339()
    }

    #[test]
    fn a_phone_is_told_at_once_but_for_quiet_hours_and_free_weekends() {
        assert_eq!(told("2026-11-30T18:00:00Z", None, true), "2026-11-30T18:00:00Z");
        assert_eq!(told("2026-11-30T19:30:00Z", Some((20, 7)), true), "2026-12-01T06:00:00Z");
        assert_eq!(told("2026-11-30T11:00:00Z", Some((20, 7)), true), "2026-11-30T11:00:00Z");
        // A Saturday; Monday at the hour of their digest.
        assert_eq!(told("2026-12-05T11:00:00Z", None, false), "2026-12-07T07:00:00Z");
    }

    #[test]
    fn each_try_waits_longer_and_as_long_as_it_is_asked_to() {
        let wait = |tries: u32, asked: Option<u64>| {
            Batch { pairs: vec![], tries }.wait(asked.map(Duration::from_secs)).as_secs()
        };
        assert_eq!((wait(0, None), wait(1, None), wait(4, None), wait(TRIES, None)), (20, 60, 1620, 3600));
        assert_eq!((wait(0, Some(120)), wait(0, Some(5)), wait(0, Some(100_000))), (120, 20, 3600));
    }
}
