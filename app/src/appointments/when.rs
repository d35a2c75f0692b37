//! When an appointment is, in words: for whoever reads, by their own clock, and by the clock at the place where that is
//! another one.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::account::zones;
use crate::ctx::Ctx;
use crate::i18n::Locale;
use crate::time::Instant;

use super::model::Appointment;
use super::slots;

const WEEKDAYS: [[&str; 7]; 3] = [
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
];
const MONTHS: [[&str; 12]; 3] = [
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
];

/// A day in words: "Monday, 30 November 2026", "Montag, 30. November 2026", "maandag 30 november 2026".
pub fn civil_day(locale: Locale, day: Date, year: bool) -> String {
    let (language, weekday_ends, day_ends) = match locale {
        Locale::En => (0, ", ", " "),
        Locale::De => (1, ", ", ". "),
        Locale::Nl => (2, " ", " "),
    };
    let name = |names: Option<&&'static str>| names.copied().unwrap_or_default();
    let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
    let month = usize::try_from(day.month() - 1).unwrap_or(0);
    let weekday = name(WEEKDAYS.get(language).and_then(|names| names.get(weekday)));
    let month = name(MONTHS.get(language).and_then(|names| names.get(month)));
    let year = if year { format!(" {}", day.year()) } else { String::new() };
    format!("{weekday}{weekday_ends}{}{day_ends}{month}{year}", day.day())
}

/// The calendar's day at a place.
pub fn date(zone: &TimeZone, at: Instant) -> Date {
    at.timestamp().to_zoned(zone.clone()).date()
}

/// The hour at a place: "09:00".
pub fn hour(zone: &TimeZone, at: Instant) -> String {
    crate::i18n::format::time(zone, at)
}

/// A day as a heading says it: with "Today" or "Tomorrow" in front, the year only where it is another one.
pub fn heading(ctx: &Ctx, at: Instant) -> String {
    let (day, today) = (date(&ctx.zone, at), date(&ctx.zone, ctx.now()));
    let words = civil_day(ctx.locale, day, day.year() != today.year());
    let near = if day == today {
        Some("appointments-today")
    } else if today.tomorrow().is_ok_and(|tomorrow| tomorrow == day) {
        Some("appointments-tomorrow")
    } else {
        None
    };
    near.map_or_else(|| words.clone(), |key| ctx.with(key, &[("day", words.clone().into())]))
}

/// From when to when on one day, or over several.
fn span(locale: Locale, zone: &TimeZone, from: Instant, until: Instant) -> String {
    let (first, last) = (date(zone, from), date(zone, until));
    let day = civil_day(locale, first, true);
    if first == last {
        let args = [("day", day.into()), ("from", hour(zone, from).into()), ("until", hour(zone, until).into())];
        return locale.with("appointments-span", &args);
    }
    let args = [
        ("day", day.into()),
        ("from", hour(zone, from).into()),
        ("last", civil_day(locale, last, true).into()),
        ("until", hour(zone, until).into()),
    ];
    locale.with("appointments-span-days", &args)
}

/// An appointment at this time, by the reader's clock.
pub fn words(locale: Locale, zone: &TimeZone, appointment: &Appointment, at: Instant) -> String {
    span(locale, zone, at, appointment.end_of(at))
}

/// The hours of an appointment at this time, by the reader's clock: "09:00 to 11:00", with the day of its end where that
/// is another one.
pub fn hours(ctx: &Ctx, appointment: &Appointment, at: Instant) -> String {
    let until = appointment.end_of(at);
    if date(&ctx.zone, at) == date(&ctx.zone, until) {
        let args = [("from", hour(&ctx.zone, at).into()), ("until", hour(&ctx.zone, until).into())];
        return ctx.with("appointments-hours", &args);
    }
    words(ctx.locale, &ctx.zone, appointment, at)
}

/// What the clock at the place shows then; none where the reader's shows the same.
pub fn at_the_place(locale: Locale, zone: &TimeZone, appointment: &Appointment, at: Instant) -> Option<String> {
    let there = slots::zone(&appointment.time_zone);
    let offset = |zone: &TimeZone| zone.to_offset(at.timestamp());
    if offset(&there) == offset(zone) {
        return None;
    }
    let args = [
        ("span", span(locale, &there, at, appointment.end_of(at)).into()),
        ("zone", zones::label(&appointment.time_zone).into()),
    ];
    Some(locale.with("appointments-there", &args))
}

/// Both in one line, for mails.
pub fn in_full(locale: Locale, zone: &TimeZone, appointment: &Appointment, at: Instant) -> String {
    let here = words(locale, zone, appointment, at);
    match at_the_place(locale, zone, appointment, at) {
        Some(there) => format!("{here} ({there})"),
        None => here,
    }
}

/// How long, in words.
pub fn duration(ctx: &Ctx, minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => ctx.with("appointments-minutes", &[("minutes", minutes.into())]),
        (hours, 0) => ctx.with("appointments-whole-hours", &[("hours", hours.into())]),
        (hours, minutes) => {
            ctx.with("appointments-hours-minutes", &[("hours", hours.into()), ("minutes", minutes.into())])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
    }

    #[test]
    fn days_are_said_in_words() {
        let day = jiff::civil::date(2026, 3, 29);
        assert_eq!(civil_day(Locale::En, day, true), "Sunday, 29 March 2026");
        assert_eq!(civil_day(Locale::De, day, true), "Sonntag, 29. März 2026");
        assert_eq!(civil_day(Locale::Nl, day, false), "zondag 29 maart");
    }

    #[test]
    fn a_span_over_the_change_of_the_clock_shows_what_clocks_show() {
        let zone = slots::zone("Europe/Berlin");
        // Two hours from 01:30: the clock jumps from 02:00 to 03:00, and shows 04:30 when they are over.
        let (from, until) = (at("2026-03-29T00:30:00Z"), at("2026-03-29T02:30:00Z"));
        assert_eq!(span(Locale::En, &zone, from, until), "Sunday, 29 March 2026, 01:30 to 04:30");
        let (from, until) = (at("2026-10-24T23:30:00Z"), at("2026-10-25T01:30:00Z"));
        assert_eq!(span(Locale::De, &zone, from, until), "Sonntag, 25. Oktober 2026, 01:30 bis 02:30 Uhr");
        let (from, until) = (at("2026-11-30T21:00:00Z"), at("2026-12-01T08:00:00Z"));
        assert_eq!(
            span(Locale::En, &zone, from, until),
            "Monday, 30 November 2026, 22:00 to Tuesday, 1 December 2026, 09:00"
        );
    }
}
