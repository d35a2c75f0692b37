//! Dates, sizes and initials, as the portal shows them in English.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Microseconds since 1970.
#[expect(clippy::disallowed_methods, reason = "nothing here has a clock to set")]
pub fn now() -> i64 {
    Timestamp::now().as_microsecond()
}

/// "Today", "Yesterday", "Fri 27 Nov", "2 Mar 2025".
pub fn date(zone: &TimeZone, now: i64, at: i64) -> String {
    let day = |at| Timestamp::from_microsecond(at).unwrap_or_default().to_zoned(zone.clone()).date();
    let (day, today) = (day(at), day(now));
    if day == today {
        return "Today".to_owned();
    }
    if today.yesterday().is_ok_and(|yesterday| yesterday == day) {
        return "Yesterday".to_owned();
    }
    let near = day.until(today).is_ok_and(|span| span.get_days().abs() < 7);
    let format = match (near, day.year() == today.year()) {
        (true, true) => "%a %-d %b",
        (true, false) => "%a %-d %b %Y",
        (false, true) => "%-d %b",
        (false, false) => "%-d %b %Y",
    };
    day.strftime(format).to_string()
}

/// The day it is: "2026-11-21".
pub fn day(zone: &TimeZone, now: i64) -> String {
    Timestamp::from_microsecond(now).unwrap_or_default().to_zoned(zone.clone()).date().to_string()
}

/// When the day began, in microseconds since 1970.
pub fn midnight(zone: &TimeZone, now: i64) -> i64 {
    let day = Timestamp::from_microsecond(now).unwrap_or_default().to_zoned(zone.clone()).date();
    day.to_zoned(zone.clone()).map_or(now, |at| at.timestamp().as_microsecond())
}

/// "Wednesday, 2 December 2026, 08:00 to 10:00".
pub fn hours(zone: &TimeZone, at: i64, minutes: i64) -> String {
    let from = Timestamp::from_microsecond(at).unwrap_or_default().to_zoned(zone.clone());
    let to = Timestamp::from_microsecond(at + minutes * 60_000_000).unwrap_or_default().to_zoned(zone.clone());
    format!("{} to {}", from.strftime("%A, %-d %B %Y, %H:%M"), to.strftime("%H:%M"))
}

/// Microseconds that a zone is ahead of UTC.
pub fn offset(zone: &TimeZone, now: i64) -> i64 {
    i64::from(zone.to_offset(Timestamp::from_microsecond(now).unwrap_or_default()).seconds()) * 1_000_000
}

/// "Today, 10:41".
pub fn date_time(zone: &TimeZone, now: i64, at: i64) -> String {
    let time = Timestamp::from_microsecond(at).unwrap_or_default().to_zoned(zone.clone()).time();
    format!("{}, {:02}:{:02}", date(zone, now, at), time.hour(), time.minute())
}

/// "640 B", "1.4 MB".
pub fn size(bytes: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
    let amount = bytes as f64;
    let (value, unit) = match bytes {
        ..1_000 => return format!("{bytes} B"),
        1_000..1_000_000 => (amount / 1e3, "kB"),
        1_000_000..1_000_000_000 => (amount / 1e6, "MB"),
        _ => (amount / 1e9, "GB"),
    };
    if value < 10.0 { format!("{value:.1} {unit}") } else { format!("{value:.0} {unit}") }
}

/// "AA".
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    words.next().into_iter().chain(words.next_back()).collect()
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
