//! Texts as people type them, put in order, and what is wrong with them.

use crate::ctx::Ctx;
use crate::day::Day;
use crate::error::FieldErrors;

use super::input::{TEXT, TITLE};

/// One line: trimmed, single spaces, no control characters.
pub fn line(text: &str) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().filter(|c| !c.is_control()).collect()
}

/// Several lines.
pub fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").trim().chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

/// Says so where a text is too long.
pub fn long(ctx: &Ctx, field: &str, text: &str, longest: usize, errors: &mut FieldErrors) {
    if text.chars().count() > longest {
        errors.add(field, ctx.with("orders-error-long", &[("max", longest.into())]));
    }
}

/// One line that must be there; `missing` says what is wanted.
pub fn title(ctx: &Ctx, field: &str, text: &str, missing: &'static str, errors: &mut FieldErrors) -> String {
    let text = line(text);
    if text.is_empty() {
        errors.add(field, ctx.t(missing));
    }
    long(ctx, field, &text, TITLE, errors);
    text
}

/// Several lines that may be empty.
pub fn text(ctx: &Ctx, field: &str, text: &str, errors: &mut FieldErrors) -> String {
    let text = lines(text);
    long(ctx, field, &text, TEXT, errors);
    text
}

/// A day as a date field sends it; none where it is empty.
pub fn day(ctx: &Ctx, field: &str, text: &str, errors: &mut FieldErrors) -> Option<Day> {
    let text = text.trim();
    let day = text.parse().ok();
    if day.is_none() && !text.is_empty() {
        errors.add(field, ctx.t("orders-error-day"));
    }
    day
}

/// A short name for commands and addresses: a-z, 0-9 and -. Letters with marks lose them.
pub fn slug(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let text = text.to_lowercase().replace('ß', "ss").replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
    let bare = text.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c));
    let plain: String = bare.map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join("-").chars().take(60).collect::<String>().trim_matches('-').to_owned()
}

/// Whether a short name is one.
pub fn is_slug(text: &str) -> bool {
    let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    !text.is_empty() && text.len() <= 60 && plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_are_made_from_titles() {
        assert_eq!(slug("Rollenförderer, Linie 2 (Halle 3)"), "rollenfoerderer-linie-2-halle-3");
        assert_eq!(slug("  Café – l'été  "), "cafe-l-ete");
        assert_eq!(slug("東京"), "");
        assert!(is_slug("line-2") && !is_slug("Line 2") && !is_slug(""));
    }
}
