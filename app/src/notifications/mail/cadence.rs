//! When a mail is due: a pure function of the moment, of what somebody chose, and of where they live.

use std::time::Duration;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{ToSpan as _, Zoned};

use crate::time::Instant;

/// What may follow at once goes into the same mail.
pub const SOON: Duration = Duration::from_secs(30);
/// Between two mails to one person.
pub const APART: Duration = Duration::from_secs(5 * 60);
/// Quiet hours and a weekend can follow each other; more turns than this there are not.
const TURNS: usize = 8;

/// How soon somebody is told by mail; the soonest is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Cadence {
    /// Within a minute; what follows within five comes together in one mail.
    AtOnce,
    /// Once a day, at their hour.
    Daily,
    /// Once a week, on their day at their hour.
    Weekly,
    /// Never; the bell tells them.
    Off,
}

impl Cadence {
    /// Every one, the soonest first.
    pub const ALL: [Self; 4] = [Self::AtOnce, Self::Daily, Self::Weekly, Self::Off];

    /// The name in the database, in forms and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AtOnce => "at_once",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Off => "off",
        }
    }

    /// The Fluent key of its words.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::AtOnce => "notify-at-once",
            Self::Daily => "notify-daily",
            Self::Weekly => "notify-weekly",
            Self::Off => "notify-off",
        }
    }

    /// The one with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cadence| cadence.name() == name)
    }
}

/// When somebody wants their mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The hour of their digest, 0 to 23.
    pub digest_hour: i8,
    /// The day of their weekly digest, Monday is 1.
    pub digest_weekday: i8,
    /// From this hour until that one nothing is sent; it may run over midnight.
    pub quiet: Option<(i8, i8)>,
    /// Mails also on Saturdays and Sundays.
    pub weekends: bool,
    /// When they last got one.
    pub last_mail_at: Option<Instant>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { digest_hour: 8, digest_weekday: 1, quiet: None, weekends: true, last_mail_at: None }
    }
}

/// When a mail about what happens now is due, by the clock of the zone; none where there is to be none.
pub fn due(now: Instant, cadence: Cadence, settings: &Settings, zone: &TimeZone) -> Option<Instant> {
    let first = match cadence {
        Cadence::Off => return None,
        Cadence::AtOnce => {
            let soon = now.plus(SOON);
            // A clock that was once ahead does not silence anybody.
            let last = settings.last_mail_at.filter(|last| *last <= now);
            last.map_or(soon, |last| soon.max(last.plus(APART))).timestamp().to_zoned(zone.clone())
        }
        Cadence::Daily => digest(now, settings, zone, |_| true)?,
        Cadence::Weekly => digest(now, settings, zone, |day| day.to_monday_one_offset() == settings.digest_weekday)?,
    };
    Some(Instant(allowed(first, settings).timestamp().as_microsecond()))
}

/// The next time after `now` that it is their hour, on a day like this.
fn digest(now: Instant, settings: &Settings, zone: &TimeZone, fits: impl Fn(Weekday) -> bool) -> Option<Zoned> {
    let now = now.timestamp().to_zoned(zone.clone());
    let mut day = now.date();
    for _ in 0..=7 {
        if fits(day.weekday()) {
            let at = at_hour(day, settings.digest_hour, zone)?;
            if at > now {
                return Some(at);
            }
        }
        day = day.checked_add(1.day()).ok()?;
    }
    None
}

/// An hour that a clock change leaves out comes an hour later; of one that comes twice it is the first.
fn at_hour(day: Date, hour: i8, zone: &TimeZone) -> Option<Zoned> {
    day.to_datetime(Time::new(hour.clamp(0, 23), 0, 0, 0).ok()?).to_zoned(zone.clone()).ok()
}

/// The first moment from this one on that is neither in the quiet hours nor on a weekend somebody keeps free.
fn allowed(mut at: Zoned, settings: &Settings) -> Zoned {
    for _ in 0..TURNS {
        let Some(later) = moved(&at, settings).filter(|later| *later > at) else { break };
        at = later;
    }
    at
}

/// When it may be instead; none where it may be now.
fn moved(at: &Zoned, settings: &Settings) -> Option<Zoned> {
    let zone = at.time_zone();
    if !settings.weekends && matches!(at.weekday(), Weekday::Saturday | Weekday::Sunday) {
        let monday = at.date().checked_add(i64::from(8 - at.weekday().to_monday_one_offset()).days()).ok()?;
        return at_hour(monday, settings.digest_hour, zone);
    }
    let (from, to) = settings.quiet.filter(|(from, to)| from != to)?;
    let hour = at.hour();
    let over_midnight = from > to;
    let quiet = if over_midnight { hour >= from || hour < to } else { (from..to).contains(&hour) };
    if !quiet {
        return None;
    }
    let day = if over_midnight && hour >= from { at.date().checked_add(1.day()).ok()? } else { at.date() };
    at_hour(day, to, zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> Instant {
        Instant(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
    }

    fn berlin(now: &str, cadence: Cadence, settings: &Settings) -> String {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        due(instant(now), cadence, settings, &zone).map_or_else(|| "never".to_owned(), Instant::rfc3339)
    }

    #[test]
    fn what_needs_somebody_goes_out_within_a_minute_and_then_every_five() {
        let mut settings = Settings::default();
        assert_eq!(berlin("2026-11-30T09:00:00Z", Cadence::AtOnce, &settings), "2026-11-30T09:00:30Z");
        settings.last_mail_at = Some(instant("2026-11-30T08:59:00Z"));
        assert_eq!(berlin("2026-11-30T09:00:00Z", Cadence::AtOnce, &settings), "2026-11-30T09:04:00Z");
        settings.last_mail_at = Some(instant("2026-11-30T08:00:00Z"));
        assert_eq!(berlin("2026-11-30T09:00:00Z", Cadence::AtOnce, &settings), "2026-11-30T09:00:30Z");
        // The clock was a year ahead when the last one went out.
        settings.last_mail_at = Some(instant("2027-11-30T08:00:00Z"));
        assert_eq!(berlin("2026-11-30T09:00:00Z", Cadence::AtOnce, &settings), "2026-11-30T09:00:30Z");
        assert_eq!(berlin("2026-11-30T09:00:00Z", Cadence::Off, &settings), "never");
    }

    #[test]
    fn a_digest_comes_at_their_hour_where_they_live() {
        let settings = Settings { digest_hour: 7, digest_weekday: 5, ..Settings::default() };
        // 30 November 2026 is a Monday; Berlin is an hour ahead of UTC.
        assert_eq!(berlin("2026-11-30T05:59:59Z", Cadence::Daily, &settings), "2026-11-30T06:00:00Z");
        assert_eq!(berlin("2026-11-30T06:00:00Z", Cadence::Daily, &settings), "2026-12-01T06:00:00Z");
        assert_eq!(berlin("2026-11-30T06:00:00Z", Cadence::Weekly, &settings), "2026-12-04T06:00:00Z");
        assert_eq!(berlin("2026-12-04T06:00:00Z", Cadence::Weekly, &settings), "2026-12-11T06:00:00Z");
        let zone = TimeZone::get("America/New_York").unwrap();
        let there = due(instant("2026-11-30T06:00:00Z"), Cadence::Daily, &settings, &zone).map(Instant::rfc3339);
        assert_eq!(there.as_deref(), Some("2026-11-30T12:00:00Z"));
    }

    #[test]
    fn quiet_hours_and_weekends_are_kept() {
        let quiet = Settings { quiet: Some((20, 7)), ..Settings::default() };
        assert_eq!(berlin("2026-11-30T18:59:00Z", Cadence::AtOnce, &quiet), "2026-11-30T18:59:30Z");
        assert_eq!(berlin("2026-11-30T18:59:30Z", Cadence::AtOnce, &quiet), "2026-12-01T06:00:00Z");
        assert_eq!(berlin("2026-12-01T02:00:00Z", Cadence::AtOnce, &quiet), "2026-12-01T06:00:00Z");
        assert_eq!(berlin("2026-12-01T06:00:00Z", Cadence::AtOnce, &quiet), "2026-12-01T06:00:30Z");
        let noon = Settings { quiet: Some((12, 14)), ..Settings::default() };
        assert_eq!(berlin("2026-11-30T11:30:00Z", Cadence::AtOnce, &noon), "2026-11-30T13:00:00Z");
        // Friday night runs into a weekend that is kept free, and Monday begins with the quiet hours of its night.
        let free = Settings { quiet: Some((20, 9)), weekends: false, ..Settings::default() };
        assert_eq!(berlin("2026-12-04T20:00:00Z", Cadence::AtOnce, &free), "2026-12-07T08:00:00Z");
        assert_eq!(berlin("2026-12-05T10:00:00Z", Cadence::AtOnce, &free), "2026-12-07T08:00:00Z");
        assert_eq!(berlin("2026-12-04T10:00:00Z", Cadence::Daily, &free), "2026-12-07T08:00:00Z");
        let none = Settings { quiet: Some((8, 8)), ..Settings::default() };
        assert_eq!(berlin("2026-11-30T07:30:00Z", Cadence::AtOnce, &none), "2026-11-30T07:30:30Z");
    }

    #[test]
    fn hours_that_a_clock_change_leaves_out_or_doubles_bring_one_digest() {
        // Berlin: 29 March 2026 has no 02:00, 25 October 2026 has two.
        let two = Settings { digest_hour: 2, ..Settings::default() };
        assert_eq!(berlin("2026-03-28T12:00:00Z", Cadence::Daily, &two), "2026-03-29T01:00:00Z");
        assert_eq!(berlin("2026-03-29T01:00:00Z", Cadence::Daily, &two), "2026-03-30T00:00:00Z");
        assert_eq!(berlin("2026-10-24T12:00:00Z", Cadence::Daily, &two), "2026-10-25T00:00:00Z");
        assert_eq!(berlin("2026-10-25T00:30:00Z", Cadence::Daily, &two), "2026-10-26T01:00:00Z");
        // The hour of the digest is by the clock on the wall, before and after.
        let eight = Settings::default();
        assert_eq!(berlin("2026-03-28T12:00:00Z", Cadence::Daily, &eight), "2026-03-29T06:00:00Z");
        assert_eq!(berlin("2026-10-24T12:00:00Z", Cadence::Daily, &eight), "2026-10-25T07:00:00Z");
        // Quiet until an hour that does not exist: until the one after it.
        let quiet = Settings { quiet: Some((22, 2)), ..Settings::default() };
        assert_eq!(berlin("2026-03-28T23:00:00Z", Cadence::AtOnce, &quiet), "2026-03-29T01:00:00Z");
    }

    #[test]
    fn every_name_finds_its_cadence() {
        for cadence in Cadence::ALL {
            assert_eq!(Cadence::parse(cadence.name()), Some(cadence));
        }
        assert_eq!(Cadence::parse("hourly"), None);
    }
}
