//! Amounts of money and quantities: whole numbers of the smallest part inside, decimal texts outside. Nothing is ever a
//! floating point number.

use crate::i18n::Locale;

/// The decimal places of a currency (ISO 4217); two where it is not known.
pub fn digits(currency: &str) -> u32 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI" | "VND"
        | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

/// A number of smallest parts as people read it: "78,500.00", "78.500,00".
fn grouped(locale: Locale, value: i64, digits: u32, trim: bool) -> String {
    let text = plain(value, digits);
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |rest| ("-", rest));
    let (group, point) = if locale == Locale::En { (',', '.') } else { ('.', ',') };
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    let part = if trim { part.trim_end_matches('0') } else { part };
    if !part.is_empty() {
        out.push(point);
        out.push_str(part);
    }
    out
}

/// A number of smallest parts as programs read it: "78500.00".
pub fn plain(value: i64, digits: u32) -> String {
    let places = usize::try_from(digits).unwrap_or(0);
    let sign = if value < 0 { "-" } else { "" };
    let text = format!("{:0>width$}", value.unsigned_abs(), width = places + 1);
    let (whole, part) = text.split_at(text.len() - places);
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// The number of smallest parts of a decimal text with a point: "78500", "78500.00", "-1.5". None where it is not one, or
/// has more places than the currency.
pub fn parse(text: &str, digits: u32) -> Option<i64> {
    let places = usize::try_from(digits).unwrap_or(0);
    let text = text.trim();
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part = part.trim_end_matches('0');
    if whole.is_empty() && part.is_empty() || part.len() > places {
        return None;
    }
    if !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let joined = format!("{whole}{part:0<places$}");
    joined.parse::<i64>().ok()?.checked_mul(sign)
}

/// The number of smallest parts of a text as people type it, with a comma or a point before the decimals, and perhaps the
/// other one between the thousands. None where it is not one.
pub fn typed(text: &str, digits: u32) -> Option<i64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '\u{2019}')).collect();
    let point = match (text.rfind(','), text.rfind('.')) {
        (Some(comma), Some(dot)) => Some(comma.max(dot)),
        // Twice the same: thousands, and no decimals.
        (Some(at), None) | (None, Some(at)) if text.matches([',', '.']).count() == 1 => Some(at),
        _ => None,
    };
    let (whole, part) = point.map_or((text.as_str(), ""), |at| (&text[..at], &text[at + 1..]));
    let mut groups = whole.split([',', '.']);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    if rest.iter().any(|group| group.len() != 3) || (!rest.is_empty() && first.trim_start_matches('-').is_empty()) {
        return None;
    }
    parse(&format!("{first}{}.{part}", rest.concat()), digits)
}

/// An amount without its currency.
pub fn amount(locale: Locale, value: i64, currency: &str) -> String {
    grouped(locale, value, digits(currency), false)
}

/// An amount with its currency.
pub fn with_currency(locale: Locale, value: i64, currency: &str) -> String {
    format!("{}\u{a0}{currency}", amount(locale, value, currency))
}

/// The decimal places of a quantity.
pub const QUANTITY: u32 = 3;

/// A quantity in thousandths, with no more places than it needs.
pub fn quantity(locale: Locale, value: i64) -> String {
    grouped(locale, value, QUANTITY, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_and_written_exactly() {
        for (text, value) in [("0", 0), ("1", 100), ("1.5", 150), ("-1.05", -105), ("78500.00", 7_850_000), (".5", 50)]
        {
            assert_eq!(parse(text, 2), Some(value), "{text}");
        }
        for wrong in ["", ".", "-", "1,5", "1.005", "1e3", "--1", "1.2.3", "99999999999999999999"] {
            assert_eq!(parse(wrong, 2), None, "{wrong}");
        }
        assert_eq!(plain(-105, 2), "-1.05");
        assert_eq!(plain(5, 2), "0.05");
        assert_eq!(plain(5, 0), "5");
    }

    #[test]
    fn amounts_are_read_as_people_type_them() {
        let read = [
            ("32,38", 3238),
            ("1.234,56", 123_456),
            ("1,234.56", 123_456),
            ("1 234,5", 123_450),
            ("7", 700),
            ("1.234.567", 123_456_700),
            ("-0,5", -50),
        ];
        for (text, value) in read {
            assert_eq!(typed(text, 2), Some(value), "{text}");
        }
        for wrong in ["", "abc", "1,2,3", "1.23.456,7", "12,345", "1.234,567", ",", ".123.456", "12 EUR"] {
            assert_eq!(typed(wrong, 2), None, "{wrong}");
        }
    }

    #[test]
    fn amounts_are_shown_as_the_language_writes_them() {
        assert_eq!(amount(Locale::En, 123_456_789, "EUR"), "1,234,567.89");
        assert_eq!(amount(Locale::De, -123_456, "EUR"), "-1.234,56");
        assert_eq!(amount(Locale::De, 1_234, "JPY"), "1.234");
        assert_eq!(quantity(Locale::De, 1_500), "1,5");
        assert_eq!(quantity(Locale::En, 1_234_000), "1,234");
    }
}
