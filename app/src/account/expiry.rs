//! Until when a token works, as the form asks it.

use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::time::Instant;

/// What the form offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// After this many days.
    Days(u32),
    /// At the end of a day that is typed.
    Date,
    /// Never: only by an explicit choice.
    Never,
}

impl Expiry {
    /// Every choice, in order.
    pub const ALL: [Self; 5] = [Self::Days(30), Self::Days(90), Self::Days(365), Self::Date, Self::Never];
    /// What is chosen until somebody chooses otherwise.
    pub const DEFAULT: Self = Self::Days(90);

    /// The value in the form.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Days(30) => "30",
            Self::Days(90) => "90",
            Self::Days(_) => "365",
            Self::Date => "date",
            Self::Never => "never",
        }
    }

    /// The choice with this value.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.name() == name)
    }

    /// The end it stands for: `None` for a date that is none, `Some(None)` for never. A day ends at midnight in the
    /// reader's zone.
    pub fn end(self, date: &str, zone: &TimeZone, now: Instant) -> Option<Option<Instant>> {
        match self {
            Self::Never => Some(None),
            Self::Days(days) => Some(Some(now.plus(Duration::from_secs(u64::from(days) * 24 * 3600)))),
            Self::Date => {
                let day: Date = date.trim().parse().ok()?;
                let end = day.tomorrow().ok()?.to_zoned(zone.clone()).ok()?;
                Some(Some(Instant(end.timestamp().as_microsecond())))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_midnight_where_the_reader_is() {
        let now = Instant(1_795_262_400_000_000);
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let end = Expiry::Date.end("2026-12-31", &berlin, now).flatten().unwrap();
        assert_eq!(end.rfc3339(), "2026-12-31T23:00:00Z");
        for none in ["", "31.12.2026", "2026-13-01", "2026-02-30", "tomorrow"] {
            assert_eq!(Expiry::Date.end(none, &berlin, now), None, "{none}");
        }
        assert_eq!(Expiry::Never.end("", &berlin, now), Some(None));
        assert_eq!(Expiry::Days(30).end("", &berlin, now), Some(Some(now.plus(Duration::from_secs(30 * 24 * 3600)))));
        assert_eq!(Expiry::parse("9999"), None);
    }
}
