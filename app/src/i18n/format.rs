//! Dates, sizes and counts as people of each language write them.

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

use super::Locale;
use crate::time::Instant;

const WEEKDAYS: [[&str; 7]; 3] = [
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
    ["ma", "di", "wo", "do", "vr", "za", "zo"],
];
const MONTHS: [[&str; 12]; 3] = [
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."],
    ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
];

const fn row(locale: Locale) -> usize {
    match locale {
        Locale::En => 0,
        Locale::De => 1,
        Locale::Nl => 2,
    }
}

/// A date as a person says it today: "Today", "Yesterday", "Fri 27 Nov", with the year only in another year.
pub fn date(locale: Locale, zone: &TimeZone, now: Instant, at: Instant) -> String {
    let day = at.timestamp().to_zoned(zone.clone()).date();
    let today = now.timestamp().to_zoned(zone.clone()).date();
    if day == today {
        return locale.t("date-today").to_owned();
    }
    if today.yesterday().is_ok_and(|yesterday| yesterday == day) {
        return locale.t("date-yesterday").to_owned();
    }
    let near = day.until(today).is_ok_and(|span| span.get_days().abs() < 7);
    civil_date(locale, day, near, day.year() != today.year())
}

/// A day to come, inside a sentence: "tomorrow", "Fri 27 Nov".
pub fn ahead(locale: Locale, zone: &TimeZone, now: Instant, at: Instant) -> String {
    let on = |at: Instant| at.timestamp().to_zoned(zone.clone()).date();
    if on(now).tomorrow().is_ok_and(|tomorrow| tomorrow == on(at)) {
        return locale.t("date-tomorrow").to_owned();
    }
    date(locale, zone, now, at)
}

/// A day near another: "Fri 27 Nov", with the year only in another one.
pub fn near_day(locale: Locale, today: crate::day::Day, day: crate::day::Day) -> String {
    civil_date(locale, day.date(), day.days_since(today).abs() < 7, day.date().year() != today.date().year())
}

/// A date with the hour: "Today, 10:41", "Fri 27 Nov, 09:12".
pub fn date_time(locale: Locale, zone: &TimeZone, now: Instant, at: Instant) -> String {
    let time = at.timestamp().to_zoned(zone.clone()).time();
    format!("{}, {:02}:{:02}", date(locale, zone, now, at), time.hour(), time.minute())
}

/// The hour: "10:41".
pub fn time(zone: &TimeZone, at: Instant) -> String {
    let time = at.timestamp().to_zoned(zone.clone()).time();
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// "10:41" for today, a date for any day before: what stands at the end of a row.
pub fn date_or_time(locale: Locale, zone: &TimeZone, now: Instant, at: Instant) -> String {
    let (day, today) = (at.timestamp().to_zoned(zone.clone()), now.timestamp().to_zoned(zone.clone()));
    if day.date() == today.date() {
        return format!("{:02}:{:02}", day.hour(), day.minute());
    }
    date(locale, zone, now, at)
}

/// A machine-readable `datetime` attribute.
pub fn iso(at: Instant) -> String {
    at.rfc3339()
}

/// A day with its year: "27 Nov 2026".
pub fn day(locale: Locale, day: crate::day::Day) -> String {
    civil_date(locale, day.date(), false, true)
}

fn civil_date(locale: Locale, day: civil::Date, weekday: bool, year: bool) -> String {
    let language = row(locale);
    let pick = |names: &[&'static str], at: i8| names.get(usize::try_from(at).unwrap_or(0)).copied().unwrap_or("");
    let mut text = String::new();
    if weekday {
        text.push_str(pick(WEEKDAYS.get(language).map_or(&[][..], |r| &r[..]), day.weekday().to_monday_zero_offset()));
        text.push(' ');
    }
    text.push_str(&day.day().to_string());
    text.push_str(if locale == Locale::De { ". " } else { " " });
    text.push_str(pick(MONTHS.get(language).map_or(&[][..], |r| &r[..]), day.month() - 1));
    if year {
        text.push(' ');
        text.push_str(&day.year().to_string());
    }
    text
}

/// A file size: "640 B", "1.4 MB" (decimal units, as file managers of phones show them).
pub fn size(locale: Locale, bytes: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
    let amount = bytes as f64;
    let (value, unit) = match bytes {
        ..1_000 => return format!("{bytes} B"),
        1_000..1_000_000 => (amount / 1e3, "kB"),
        1_000_000..1_000_000_000 => (amount / 1e6, "MB"),
        _ => (amount / 1e9, "GB"),
    };
    let text = if value < 10.0 { format!("{value:.1}") } else { format!("{value:.0}") };
    let text = if locale == Locale::En { text } else { text.replace('.', ",") };
    format!("{text} {unit}")
}

/// The part of the day, for the greeting: a Fluent key.
pub fn greeting_key(zone: &TimeZone, now: Instant) -> &'static str {
    match Timestamp::to_zoned(now.timestamp(), zone.clone()).hour() {
        5..12 => "home-good-morning",
        12..18 => "home-good-afternoon",
        _ => "home-good-evening",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant(text.parse::<Timestamp>().map(Timestamp::as_microsecond).unwrap_or_default())
    }

    #[test]
    fn dates_are_as_short_as_they_can_be() {
        let zone = TimeZone::UTC;
        let now = at("2026-11-21T12:00:00Z");
        assert_eq!(date(Locale::En, &zone, now, at("2026-11-21T01:00:00Z")), "Today");
        assert_eq!(date(Locale::De, &zone, now, at("2026-11-20T23:00:00Z")), "Gestern");
        assert_eq!(date(Locale::En, &zone, now, at("2026-11-18T09:00:00Z")), "Wed 18 Nov");
        assert_eq!(date(Locale::De, &zone, now, at("2026-03-02T09:00:00Z")), "2. März");
        assert_eq!(date(Locale::Nl, &zone, now, at("2025-03-02T09:00:00Z")), "2 mrt 2025");
        assert_eq!(date_time(Locale::En, &zone, now, at("2026-11-21T09:05:00Z")), "Today, 09:05");
    }

    #[test]
    fn sizes_use_the_language_s_decimal_sign() {
        assert_eq!(size(Locale::En, 999), "999 B");
        assert_eq!(size(Locale::En, 1_449_000), "1.4 MB");
        assert_eq!(size(Locale::De, 1_449_000), "1,4 MB");
        assert_eq!(size(Locale::En, 25_000), "25 kB");
    }
}
