//! The choice of language, each named in its own.

use leptos::prelude::*;

use crate::i18n::Locale;

/// Three buttons that set the language and come back. A plain form, so it works for everybody.
#[component]
pub fn LanguageForm(
    /// The language of the page.
    locale: Locale,
    /// The page to come back to.
    #[prop(into)]
    return_to: String,
) -> impl IntoView {
    let buttons = Locale::ALL
        .into_iter()
        .map(|language| {
            let tag = language.tag();
            let pressed = if language == locale { "true" } else { "false" };
            view! {
                <button type="submit" name="language" value=tag lang=tag aria-pressed=pressed>
                    {language.own_name()}
                </button>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <form class="segmented" method="post" action="/_fn/account/set_language" aria-label=locale.t("ui-language")>
            <input type="hidden" name="return_to" value=return_to />
            {buttons}
        </form>
    }
}
