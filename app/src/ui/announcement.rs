//! What the house tells many at once, above the page of everybody it is for.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use super::button::{ButtonSize, SubmitButton};
use super::icon::Glyph;
use super::status::Tone;
use crate::i18n::Locale;

/// One announcement, as its reader sees it.
#[derive(Clone, Debug)]
pub struct AnnouncementBar {
    /// Id.
    pub id: String,
    /// The language its words are in.
    pub language: Locale,
    /// How much it matters: idle, warn or bad.
    pub tone: Tone,
    /// What, in one sentence.
    pub title: String,
    /// More about it; may be empty.
    pub text: String,
    /// The words on the button that closes it; none where it stays.
    pub close: Option<&'static str>,
}

/// All of them, the newest first.
#[component]
pub(super) fn Announcements(
    /// Language of the page.
    locale: Locale,
    /// What there is to say.
    bars: Vec<AnnouncementBar>,
    /// The page's own path, to come back to.
    path: String,
) -> impl IntoView {
    let rows = bars.into_iter().map(|bar| one(bar, path.clone())).collect_view();
    view! { <section class="announcements stack-2" aria-label=locale.t("announcements-region")>{rows}</section> }
}

fn one(bar: AnnouncementBar, path: String) -> Markup {
    let (class, glyph) = match bar.tone {
        Tone::Bad => ("notice notice--bad announcement", "late"),
        Tone::Warn => ("notice notice--warn announcement", "late"),
        _ => ("notice notice--info announcement", "info"),
    };
    let text = (!bar.text.is_empty()).then(|| view! { <p class="prewrap">{bar.text.clone()}</p> });
    let close = bar.close.map(|words| {
        let label = format!("{words}: {}", bar.title);
        view! {
            <form method="post" action="/_fn/announcements/close">
                <input type="hidden" name="announcement" value=bar.id.clone() />
                <input type="hidden" name="return_to" value=path />
                <SubmitButton size=ButtonSize::Normal label=label>{words}</SubmitButton>
            </form>
        }
    });
    view! {
        <div class=class lang=bar.language.tag()>
            <Glyph name=glyph />
            <div><p class="strong">{bar.title.clone()}</p>{text}</div>
            {close}
        </div>
    }
    .into_markup()
}
