//! Times as people type them: by the clock at a place. A time that the clock leaves out or shows twice is not guessed.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};

use crate::ctx::Ctx;
use crate::time::Instant;

use super::when;

/// Why a typed time is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Not a date and a time.
    Unreadable,
    /// The clock is put forward over it.
    LeftOut(DateTime),
    /// The clock is put back, and shows it twice.
    Twice(DateTime),
}

impl Trouble {
    /// What to tell whoever typed it.
    pub fn words(self, ctx: &Ctx, zone: &TimeZone) -> String {
        let (key, at) = match self {
            Self::Unreadable => return ctx.t("appointments-error-time").to_owned(),
            Self::LeftOut(at) => ("appointments-error-left-out", at),
            Self::Twice(at) => ("appointments-error-twice", at),
        };
        let time = format!("{:02}:{:02}", at.hour(), at.minute());
        let args = [
            ("time", time.into()),
            ("day", when::civil_day(ctx.locale, at.date(), true).into()),
            ("zone", zone.iana_name().map(crate::account::zones::label).unwrap_or_default().into()),
        ];
        ctx.with(key, &args)
    }
}

/// What the clock at a place shows, as an instant.
pub fn resolve(at: DateTime, zone: &TimeZone) -> Result<Instant, Trouble> {
    let ambiguous = zone.to_ambiguous_zoned(at);
    match ambiguous.offset() {
        AmbiguousOffset::Gap { .. } => Err(Trouble::LeftOut(at)),
        AmbiguousOffset::Fold { .. } => Err(Trouble::Twice(at)),
        AmbiguousOffset::Unambiguous { .. } => {
            let zoned = ambiguous.unambiguous().map_err(|_| Trouble::Unreadable)?;
            Ok(Instant(zoned.timestamp().as_microsecond()))
        }
    }
}

/// Reads what a field of date and time sends: `2026-12-01T09:00`.
pub fn parse(text: &str, zone: &TimeZone) -> Result<Instant, Trouble> {
    let text = text.trim();
    let (day, time) = text.split_once(['T', ' ']).ok_or(Trouble::Unreadable)?;
    let day: crate::day::Day = day.parse().map_err(|()| Trouble::Unreadable)?;
    resolve(day.date().to_datetime(hour(time).ok_or(Trouble::Unreadable)?), zone)
}

/// Reads what a field of time sends: `09:00`.
pub fn hour(text: &str) -> Option<Time> {
    let text = text.trim();
    let plain = matches!(text.len(), 5 | 8) && text.bytes().all(|b| b.is_ascii_digit() || b == b':');
    let time: Time = text.parse().ok().filter(|_| plain)?;
    Time::new(time.hour(), time.minute(), 0, 0).ok()
}

/// A time of this day, by the clock at a place.
pub fn on(day: Date, time: Time, zone: &TimeZone) -> Result<Instant, Trouble> {
    resolve(day.to_datetime(time), zone)
}

/// As a field of date and time shows it.
pub fn typed(at: Instant, zone: &TimeZone) -> String {
    let at = at.timestamp().to_zoned(zone.clone());
    format!("{}T{:02}:{:02}", at.date(), at.hour(), at.minute())
}

/// The zone of this name, as far as this machine knows it.
pub fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin(text: &str) -> Result<String, Trouble> {
        parse(text, &zone("Europe/Berlin")).map(Instant::rfc3339)
    }

    #[test]
    fn the_clock_at_the_place_is_meant() {
        assert_eq!(berlin("2026-12-01T09:00").as_deref(), Ok("2026-12-01T08:00:00Z"));
        assert_eq!(berlin("2026-07-01 09:30").as_deref(), Ok("2026-07-01T07:30:00Z"));
        let york = parse("2026-12-01T09:00", &zone("America/New_York")).unwrap();
        assert_eq!(york.rfc3339(), "2026-12-01T14:00:00Z");
        assert_eq!(typed(york, &zone("Europe/Berlin")), "2026-12-01T15:00");
        for wrong in [
            "",
            "2026-12-01",
            "09:00",
            "2026-12-01T25:00",
            "2026-12-01T9:00",
            "2026-02-30T09:00",
            "2026-12-01T09:00Z",
            "2026-12-01T09:00+01",
        ] {
            assert_eq!(berlin(wrong), Err(Trouble::Unreadable), "{wrong}");
        }
    }

    #[test]
    fn a_time_that_does_not_exist_or_comes_twice_is_not_guessed() {
        // 29 March 2026: from 02:00 to 03:00 at once. 25 October 2026: 02:00 to 03:00 twice.
        assert!(matches!(berlin("2026-03-29T02:30"), Err(Trouble::LeftOut(_))));
        assert!(matches!(berlin("2026-10-25T02:30"), Err(Trouble::Twice(_))));
        assert_eq!(berlin("2026-03-29T01:59").as_deref(), Ok("2026-03-29T00:59:00Z"));
        assert_eq!(berlin("2026-03-29T03:00").as_deref(), Ok("2026-03-29T01:00:00Z"));
        assert_eq!(berlin("2026-10-25T01:59").as_deref(), Ok("2026-10-24T23:59:00Z"));
        assert_eq!(berlin("2026-10-25T03:00").as_deref(), Ok("2026-10-25T02:00:00Z"));
        // Elsewhere on other days.
        assert!(matches!(parse("2026-03-08T02:30", &zone("America/New_York")), Err(Trouble::LeftOut(_))));
        assert!(parse("2026-03-29T02:30", &zone("Asia/Kolkata")).is_ok());
    }
}
