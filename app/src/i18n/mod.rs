//! The portal's words in English, German and Dutch: Fluent, on the server only. Islands get finished
//! strings as props.

pub mod format;
mod texts;

pub use texts::{keys, sources};

use fluent_bundle::FluentValue;
use serde::{Deserialize, Serialize};

/// A language of the portal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// German.
    De,
    /// Dutch.
    Nl,
}

/// A value inside a text.
pub type Arg<'a> = (&'static str, FluentValue<'a>);

impl Locale {
    /// Every language.
    pub const ALL: [Self; 3] = [Self::En, Self::De, Self::Nl];

    /// Its BCP 47 tag, for `lang`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Nl => "nl",
        }
    }

    /// Its own name.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
            Self::Nl => "Nederlands",
        }
    }

    /// The language with this tag.
    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.tag() == tag)
    }

    /// The best of an `Accept-Language` header (RFC 9110, 12.5.4).
    pub fn negotiate(header: &str) -> Option<Self> {
        let mut wanted: Vec<(u32, Self)> = header
            .split(',')
            .filter_map(|part| {
                let mut parts = part.trim().split(';');
                let tag = parts.next()?.trim();
                let quality = parts.find_map(|p| p.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
                let primary = tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=1000")]
                let quality = (quality.clamp(0.0, 1.0) * 1000.0) as u32;
                (quality > 0).then_some(())?;
                Self::parse(&primary).map(|locale| (quality, locale))
            })
            .collect();
        // Stable: the first of equals wins.
        wanted.sort_by_key(|(quality, _)| std::cmp::Reverse(*quality));
        wanted.first().map(|(_, locale)| *locale)
    }

    /// A text without arguments. A key that does not exist shows itself; a test keeps that from happening.
    pub fn t(self, key: &'static str) -> &'static str {
        texts::plain(self, key)
    }

    /// A text with arguments.
    pub fn with(self, key: &'static str, args: &[Arg<'_>]) -> String {
        texts::formatted(self, key, args)
    }
}

impl From<Locale> for crate::db::Value {
    fn from(locale: Locale) -> Self {
        Self::Text(Some(locale.tag().to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn the_browser_gets_the_language_it_asks_for_most() {
        assert_eq!(Locale::negotiate("fr, nl;q=0.8, de;q=0.9"), Some(Locale::De));
        assert_eq!(Locale::negotiate("nl-BE"), Some(Locale::Nl));
        assert_eq!(Locale::negotiate("de;q=0, en"), Some(Locale::En));
        assert_eq!(Locale::negotiate("fr"), None);
    }
}
