//! How something stands: always a glyph and a word.

use leptos::prelude::*;

use super::icon::Glyph;

/// The colour of a state. The glyph and the word carry the meaning; the tone only supports them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Done, approved, clean.
    Good,
    /// Needs a look soon.
    Warn,
    /// Overdue, declined, failed.
    Bad,
    /// The viewer's turn.
    Mine,
    /// Waiting for somebody else, or for nobody.
    #[default]
    Idle,
}

impl Tone {
    /// Class of a status in a row.
    pub fn status_class(self) -> &'static str {
        match self {
            Self::Good => "status t-good",
            Self::Warn => "status t-warn",
            Self::Bad => "status t-bad",
            Self::Mine => "status t-mine",
            Self::Idle => "status t-idle",
        }
    }

    /// Class of a badge in a headline.
    pub fn badge_class(self) -> &'static str {
        match self {
            Self::Good => "badge t-good",
            Self::Warn => "badge t-warn",
            Self::Bad => "badge t-bad",
            Self::Mine => "badge t-mine",
            Self::Idle => "badge t-idle",
        }
    }
}

/// A state inside a row.
#[component]
pub fn Status(
    /// Its colour.
    tone: Tone,
    /// Its shape; see [`Glyph`].
    glyph: &'static str,
    /// Its word.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <span class=tone.status_class()>
            <Glyph name=glyph />
            {text}
        </span>
    }
}

/// The one headline state of a page.
#[component]
pub fn Badge(
    /// Its colour.
    tone: Tone,
    /// Its shape; see [`Glyph`].
    glyph: &'static str,
    /// Its word.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <span class=tone.badge_class()>
            <Glyph name=glyph />
            {text}
        </span>
    }
}
