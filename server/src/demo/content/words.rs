//! Dates, amounts and fixed words of a paper in its own language.

use jiff::civil::Date;

/// The language a paper is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
    /// German.
    De,
    /// Dutch.
    Nl,
}

const ENGLISH: [&str; 12] = [
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
];
const GERMAN: [&str; 12] = [
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
];
const DUTCH: [&str; 12] = [
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
];

impl Language {
    /// The language tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Nl => "nl",
        }
    }

    /// One of three wordings.
    #[must_use]
    pub const fn pick<'a>(self, en: &'a str, de: &'a str, nl: &'a str) -> &'a str {
        match self {
            Self::En => en,
            Self::De => de,
            Self::Nl => nl,
        }
    }

    /// A date as written on paper: "24 November 2026".
    #[must_use]
    pub fn date(self, date: Date) -> String {
        let names = match self {
            Self::En => ENGLISH,
            Self::De => GERMAN,
            Self::Nl => DUTCH,
        };
        let month = usize::try_from(date.month() - 1).ok().and_then(|i| names.get(i)).copied().unwrap_or_default();
        let dot = if self == Self::De { "." } else { "" };
        format!("{}{dot} {month} {}", date.day(), date.year())
    }

    /// An amount of cents: "12,495.00" in English, "12.495,00" in German and Dutch.
    #[must_use]
    pub fn amount(self, cents: i64) -> String {
        let (thousands, decimal) = if self == Self::En { (',', '.') } else { ('.', ',') };
        let digits = (cents.unsigned_abs() / 100).to_string();
        let mut whole = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                whole.push(thousands);
            }
            whole.push(digit);
        }
        let sign = if cents < 0 { "-" } else { "" };
        format!("{sign}{whole}{decimal}{:02}", cents.unsigned_abs() % 100)
    }

    /// An amount with its currency: "12,495.00 EUR".
    #[must_use]
    pub fn euro(self, cents: i64) -> String {
        format!("{} EUR", self.amount(cents))
    }

    /// "Page 2 of 5".
    #[must_use]
    pub fn page(self, number: usize, count: usize) -> String {
        match self {
            Self::En => format!("Page {number} of {count}"),
            Self::De => format!("Seite {number} von {count}"),
            Self::Nl => format!("Pagina {number} van {count}"),
        }
    }
}

/// `days` before `today`; today itself where the calendar ends.
#[must_use]
pub fn before(today: Date, days: i64) -> Date {
    today.saturating_sub(jiff::Span::new().days(days.clamp(-36_500, 36_500)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped_by_the_language() {
        assert_eq!(Language::En.amount(1_249_500), "12,495.00");
        assert_eq!(Language::De.amount(123_456_789), "1.234.567,89");
        assert_eq!(Language::Nl.euro(-5), "-0,05 EUR");
        assert_eq!(Language::De.amount(100_000), "1.000,00");
    }

    #[test]
    fn dates_are_in_words() {
        let day = jiff::civil::date(2026, 3, 4);
        assert_eq!(Language::En.date(day), "4 March 2026");
        assert_eq!(Language::De.date(day), "4. März 2026");
        assert_eq!(Language::Nl.date(before(day, 4)), "28 februari 2026");
    }
}
