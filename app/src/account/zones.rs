//! Time zones to choose from.

use std::sync::LazyLock;

use jiff::tz::TimeZone;

/// Where the names of places begin; the rest of the database are old names and abbreviations.
const REGIONS: [&str; 10] = [
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
];

static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut names: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.as_str().to_owned())
        .filter(|name| REGIONS.iter().any(|region| name.starts_with(region)))
        .collect();
    names.push("UTC".to_owned());
    names.sort();
    names.dedup();
    names
});

/// The names of the IANA database this machine knows, by region and place.
pub fn names() -> &'static [String] {
    &NAMES
}

/// The name as it is stored; `None` for a zone that does not exist.
pub fn parse(name: &str) -> Option<&'static str> {
    let at = NAMES.binary_search_by(|known| known.as_str().cmp(name)).ok()?;
    let known = NAMES.get(at)?;
    TimeZone::get(known).ok().map(|_| known.as_str())
}

/// How a person reads it: "America/New York".
pub fn label(name: &str) -> String {
    name.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_offered_and_old_names_are_not() {
        assert_eq!(parse("Europe/Berlin"), Some("Europe/Berlin"));
        assert_eq!(parse("UTC"), Some("UTC"));
        assert_eq!(label("America/New_York"), "America/New York");
        for none in ["", "Berlin", "../etc/passwd", "posix/Europe/Berlin", "CET", "europe/berlin"] {
            assert_eq!(parse(none), None, "{none}");
        }
        assert!(names().len() > 100, "{}", names().len());
    }
}
