//! What is done again and again, by one node each time.

use std::time::Duration;

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan as _, Zoned};

use crate::ctx::Ctx;
use crate::error::AppError;
use crate::time::Instant;

use super::model::{Kind, New};
use super::{LEASE, queue, store};

/// When something is due.
#[derive(Clone, Copy, Debug)]
enum When {
    /// Every so many minutes, of which an hour has a whole number.
    Minutes(i8),
    /// Every hour at this minute.
    Hourly(i8),
    /// Every day at this hour and minute of the portal's zone.
    Daily(i8, i8),
}

/// Every schedule. The minutes differ so that not everything happens at once.
const SCHEDULES: [(Kind, When); 20] = [
    (Kind::PurgeThrottles, When::Hourly(7)),
    (Kind::PurgeSessions, When::Hourly(17)),
    (Kind::PurgeIdempotencyKeys, When::Hourly(27)),
    (Kind::SweepUploads, When::Hourly(37)),
    // Each has a job of its own; this finds what that one was given up on.
    (Kind::EndViews, When::Hourly(47)),
    // Each version has a job of its own; this finds the rest, and what came before there was a scanner.
    (Kind::ScanBacklog, When::Hourly(57)),
    (Kind::RemindApprovals, When::Daily(7, 30)),
    (Kind::RemindRequests, When::Daily(7, 10)),
    (Kind::RemindTasks, When::Daily(7, 20)),
    (Kind::RemindAppointments, When::Daily(15, 40)),
    (Kind::RemindRenewals, When::Daily(6, 50)),
    (Kind::DeleteDocuments, When::Daily(2, 42)),
    // Each version has a job of its own; this finds the rest, and what came before there were previews.
    (Kind::PreviewBacklog, When::Daily(1, 12)),
    (Kind::WatchImports, When::Minutes(2)),
    (Kind::PurgeImports, When::Daily(3, 2)),
    (Kind::PurgeNotifications, When::Daily(3, 22)),
    (Kind::PurgeWebhooks, When::Daily(3, 42)),
    (Kind::PurgeLinks, When::Daily(3, 12)),
    (Kind::PurgeJobs, When::Daily(3, 22)),
    (Kind::ForgetWords, When::Daily(3, 32)),
];

/// Longer than there is ever nothing due.
const HOURS: Duration = Duration::from_secs(2 * 3600);

impl When {
    /// The first time after `now`. An hour that a clock change leaves out comes an hour later.
    fn after(self, now: Instant, zone: &TimeZone) -> Instant {
        let now = now.timestamp().to_zoned(zone.clone());
        let next = match self {
            Self::Minutes(step) => now
                .with()
                .minute(now.minute() - now.minute() % step.max(1))
                .second(0)
                .subsec_nanosecond(0)
                .build()
                .and_then(|at| at.checked_add(SignedDuration::from_mins(i64::from(step.max(1))))),
            Self::Hourly(minute) => now
                .with()
                .minute(minute)
                .second(0)
                .subsec_nanosecond(0)
                .build()
                .and_then(|at| if at > now { Ok(at) } else { at.checked_add(SignedDuration::from_hours(1)) }),
            Self::Daily(hour, minute) => {
                let time = Time::new(hour, minute, 0, 0);
                let on = |day: jiff::civil::Date| time.clone().and_then(|t| day.to_datetime(t).to_zoned(zone.clone()));
                on(now.date()).and_then(|at| if at > now { Ok(at) } else { on(now.date().checked_add(1.day())?) })
            }
        };
        // The calendar ends in the year 9999.
        next.map_or(Instant::END, |at: Zoned| Instant(at.timestamp().as_microsecond()))
    }
}

/// Where no place is watched there is nothing to look into.
fn is_wanted(ctx: &Ctx, kind: Kind) -> bool {
    kind != Kind::WatchImports || ctx.portal.import_from.is_some()
}

/// Makes sure that every schedule has its row.
pub async fn prepare(ctx: &Ctx) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    for (kind, when) in SCHEDULES.into_iter().filter(|(kind, _)| is_wanted(ctx, *kind)) {
        store::schedule(&tx, kind.name(), when.after(ctx.now(), &ctx.portal.zone)).await?;
    }
    // With a scanner nothing can be read that it has not seen: what came before it is not kept waiting for an hour.
    if ctx.portal.scanner.is_some() {
        let work = New::new(Kind::ScanBacklog, serde_json::json!({}));
        queue::enqueue(&tx, ctx, work.once(Kind::ScanBacklog.name())).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Enqueues what is due. What was missed while nothing ran is done once, not once for each time missed; what is still
/// at it from last time is not begun again. Answers how many jobs there are now because of it.
pub async fn tick(ctx: &Ctx) -> Result<usize, AppError> {
    let now = ctx.now();
    let mut begun = 0;
    for (name, was) in store::schedules_due(&ctx.db, now).await? {
        let known = SCHEDULES.into_iter().find(|(kind, _)| kind.name() == name);
        let tx = ctx.db.begin().await?;
        // A schedule of another version: left alone for as long as that one may run beside this one.
        let next = known.map_or(Instant::END, |(_, when)| when.after(now, &ctx.portal.zone));
        // Whoever moves it on enqueues the work; on PostgreSQL the row lock decides.
        if store::move_on(&tx, &name, was, next, now).await?
            && let Some((kind, _)) = known
            && is_wanted(ctx, kind)
        {
            queue::enqueue(&tx, ctx, New::new(kind, serde_json::json!({})).once(kind.name())).await?;
            begun += 1;
        }
        tx.commit().await?;
    }
    Ok(begun)
}

/// The clock was ahead and is right again: what would wait until the time that it showed is due when it should be,
/// schedules and jobs. Something is due in every hour, so a first time that is further away says that this happened.
pub async fn follow_clock(ctx: &Ctx, first: Option<Instant>) -> Result<(), AppError> {
    let now = ctx.now();
    if first.is_none_or(|first| first <= now.plus(HOURS)) {
        return Ok(());
    }
    let tx = ctx.db.begin().await?;
    for (name, was) in store::schedules_ahead(&tx, now).await? {
        let known = SCHEDULES.into_iter().find(|(kind, _)| kind.name() == name);
        let next = known.map(|(_, when)| when.after(now, &ctx.portal.zone)).filter(|next| *next < was);
        if let Some(next) = next {
            store::set_back(&tx, &name, was, next).await?;
        }
    }
    let jobs = store::set_jobs_back(&tx, now, now.plus(LEASE)).await?;
    tx.commit().await?;
    tracing::warn!(jobs, "the clock was set back: schedules and jobs follow it");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(when: When, now: &str) -> String {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let now = Instant(now.parse::<jiff::Timestamp>().unwrap().as_microsecond());
        when.after(now, &zone).rfc3339()
    }

    #[test]
    fn the_next_time_is_always_later_and_at_the_minute() {
        assert_eq!(next(When::Minutes(2), "2026-11-21T12:00:00Z"), "2026-11-21T12:02:00Z");
        assert_eq!(next(When::Minutes(2), "2026-11-21T12:59:30Z"), "2026-11-21T13:00:00Z");
        assert_eq!(next(When::Hourly(17), "2026-11-21T12:00:00Z"), "2026-11-21T12:17:00Z");
        assert_eq!(next(When::Hourly(17), "2026-11-21T12:17:00Z"), "2026-11-21T13:17:00Z");
        assert_eq!(next(When::Hourly(17), "2026-11-21T23:50:00Z"), "2026-11-22T00:17:00Z");
        assert_eq!(next(When::Daily(3, 12), "2026-11-21T12:00:00Z"), "2026-11-22T02:12:00Z");
        assert_eq!(next(When::Daily(3, 12), "2026-11-21T01:00:00Z"), "2026-11-21T02:12:00Z");
    }

    #[test]
    fn a_daily_duty_is_done_once_on_the_days_when_the_clock_changes() {
        // Berlin: 29 March 2026 has no 02:30, 25 October 2026 has two.
        assert_eq!(next(When::Daily(2, 30), "2026-03-28T12:00:00Z"), "2026-03-29T01:30:00Z");
        assert_eq!(next(When::Daily(2, 30), "2026-10-24T12:00:00Z"), "2026-10-25T00:30:00Z");
        assert_eq!(next(When::Daily(2, 30), "2026-10-25T00:30:00Z"), "2026-10-26T01:30:00Z");
        assert_eq!(next(When::Hourly(17), "2026-10-25T00:20:00Z"), "2026-10-25T01:17:00Z");
    }
}
