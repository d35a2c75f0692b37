//! Moments as a form has them: the hour on somebody's wall.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::time::Instant;

/// The moment that is typed, in this zone; none where it is no such thing. An hour that is left out in spring is the one
/// after it, one that comes twice in autumn is the first.
pub fn parse(zone: &TimeZone, typed: &str) -> Option<Instant> {
    let civil: DateTime = typed.trim().parse().ok()?;
    Some(Instant(civil.to_zoned(zone.clone()).ok()?.timestamp().as_microsecond()))
}

/// A moment as a form shows it.
pub fn typed(zone: &TimeZone, at: Option<Instant>) -> String {
    at.map(|at| at.timestamp().to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_what_was_typed() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        for text in ["2026-11-30T18:00", "2026-07-01T00:15"] {
            assert_eq!(typed(&zone, parse(&zone, text)), text);
        }
        assert_eq!(parse(&zone, "2026-11-30T18:00").map(Instant::rfc3339).as_deref(), Some("2026-11-30T17:00:00Z"));
        // The night in which the clock is put forward.
        assert_eq!(typed(&zone, parse(&zone, "2026-03-29T02:30")), "2026-03-29T03:30");
        assert_eq!((parse(&zone, "soon"), typed(&zone, None)), (None, String::new()));
    }
}
