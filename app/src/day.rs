//! A day of the calendar, without a time and without a zone: what contracts and certificates are valid from and until.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sqlx::error::BoxDynError;
use sqlx::{Database, Decode, Type};

/// A day. In the database as text, `2026-11-22`, which sorts as the days do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The earliest that can be set.
    pub const FIRST: Self = Self(Date::constant(1900, 1, 1));
    /// The latest that can be set.
    pub const LAST: Self = Self(Date::constant(2199, 12, 31));

    /// The day it is.
    pub const fn new(date: Date) -> Self {
        Self(date)
    }

    /// The calendar's view of it.
    pub const fn date(self) -> Date {
        self.0
    }

    /// So many days later, or earlier; stays within what can be set.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        let limit = if days < 0 { Self::FIRST } else { Self::LAST };
        let span = jiff::Span::new().try_days(days);
        let moved = span.and_then(|span| self.0.checked_add(span)).map_or(limit, Self);
        moved.clamp(Self::FIRST, Self::LAST)
    }

    /// How many days from the other to this one; negative when this is before it.
    pub fn days_since(self, other: Self) -> i64 {
        other.0.until(self.0).map_or(0, |span| i64::from(span.get_days()))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|()| serde::de::Error::custom("not a day"))
    }
}

impl FromStr for Day {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let day: Date = text.trim().parse().map_err(|_| ())?;
        // What a date field sends, and nothing else the library would read.
        let day = Self(day);
        (day.to_string() == text.trim() && (Self::FIRST..=Self::LAST).contains(&day)).then_some(day).ok_or(())
    }
}

impl From<Day> for crate::db::Value {
    fn from(day: Day) -> Self {
        Self::Text(Some(day.to_string()))
    }
}

impl From<Option<Day>> for crate::db::Value {
    fn from(day: Option<Day>) -> Self {
        Self::Text(day.map(|day| day.to_string()))
    }
}

impl<DB: Database> Type<DB> for Day
where
    String: Type<DB>,
{
    fn type_info() -> DB::TypeInfo {
        String::type_info()
    }

    fn compatible(kind: &DB::TypeInfo) -> bool {
        String::compatible(kind)
    }
}

impl<'r, DB: Database> Decode<'r, DB> for Day
where
    String: Decode<'r, DB>,
{
    fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
        let text = String::decode(value)?;
        text.parse().map_err(|()| format!("{text} is not a day").into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_read_as_date_fields_send_them() {
        assert_eq!(day("2026-11-22").to_string(), "2026-11-22");
        for wrong in ["", "22.11.2026", "2026-02-30", "2026-11-22T10:00", "1899-12-31", "2200-01-01", "20261122"] {
            assert!(wrong.parse::<Day>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn days_are_counted_over_months_and_stay_in_the_calendar() {
        assert_eq!(day("2026-12-31").plus(1), day("2027-01-01"));
        assert_eq!(day("2026-03-01").plus(-1), day("2026-02-28"));
        assert_eq!(day("2027-01-01").days_since(day("2026-11-22")), 40);
        assert_eq!(day("2026-11-22").days_since(day("2027-01-01")), -40);
        assert_eq!(day("2199-12-31").plus(400), Day::LAST);
        assert_eq!(day("1900-01-02").plus(-400), Day::FIRST);
    }
}
