//! Pages for people who are not signed in.

use leptos::prelude::*;

use super::slot::Slot;

use super::aurora::Aurora;
use super::brand::Brand;
use super::language::LanguageForm;
use super::place::Side;
use crate::i18n::Locale;

/// The page to sign in on: the form on the left, northern lights on the right.
#[component]
pub fn Gate(
    /// Language of the page.
    locale: Locale,
    /// Name of the portal.
    #[prop(into)]
    portal_name: String,
    /// This page's own path, for the choice of language.
    #[prop(default = String::from("/sign-in"), into)]
    path: String,
    /// The form.
    children: Slot,
) -> impl IntoView {
    view! {
        <div class="gate">
            <main class="gate-form" id="main" tabindex="-1">
                <Brand href="/" name=portal_name line=Side::Customer.line(locale) />
                <div class="gate-body">{children.view()}</div>
                <LanguageForm locale=locale return_to=path />
            </main>
            <div class="gate-art" aria-hidden="true">
                <Aurora />
            </div>
        </div>
    }
}

/// The plainest page: the name of the portal, and the message.
#[component]
pub fn Bare(
    /// Language of the page.
    locale: Locale,
    /// Name of the portal.
    #[prop(into)]
    portal_name: String,
    /// The message.
    children: Slot,
) -> impl IntoView {
    view! {
        <div class="bare">
            <header>
                <Brand href="/" name=portal_name line=Side::Customer.line(locale) />
            </header>
            <main class="main" id="main" tabindex="-1">
                {children.view()}
            </main>
        </div>
    }
}
