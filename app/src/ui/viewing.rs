//! The bar above every page for staff who see it as somebody else does.

use leptos::prelude::*;

use crate::i18n::Locale;

/// What the bar says.
#[derive(Clone, Debug)]
pub struct ViewingBar {
    /// "You see what Anna Albers sees".
    pub title: String,
    /// Where.
    pub place: String,
    /// Why, and until when.
    pub facts: String,
}

/// Whose eyes these are, and the way back.
#[component]
pub(super) fn Viewing(
    /// Language of the words.
    locale: Locale,
    /// What it says.
    bar: ViewingBar,
) -> impl IntoView {
    view! {
        <div class="banner" role="region" aria-label=locale.t("view-as-banner")>
            <p>
                <strong>{bar.title}</strong>
                " "
                {bar.place}
            </p>
            <p class="push not-phone">{bar.facts}</p>
            <form method="post" action="/_fn/view_as/stop">
                <button class="btn" type="submit">
                    {locale.t("view-as-stop")}
                </button>
            </form>
        </div>
    }
}
