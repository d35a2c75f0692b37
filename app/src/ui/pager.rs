//! Paging by key: forward, and back to the newest. No totals, no page numbers.

use leptos::prelude::*;

use crate::ui::markup::IntoMarkup as _;

use super::button::LinkButton;
use super::icon::Icon;
use crate::i18n::Locale;

/// The foot of a list that goes on. Renders nothing when the list is complete.
#[component]
pub fn MorePager(
    /// Language of the words.
    locale: Locale,
    /// Address of the rows that follow.
    next_href: Option<String>,
    /// Address of the first rows, when these are not the first.
    newest_href: Option<String>,
    /// What the rows are, where a page has several of these.
    #[prop(optional)]
    of: Option<&'static str>,
) -> impl IntoView {
    if next_href.is_none() && newest_href.is_none() {
        return ().into_markup();
    }
    let newest = newest_href.map(|href| {
        view! {
            <LinkButton href=href>
                <Icon name="chevron-left" />
                {locale.t("ui-pager-newest")}
            </LinkButton>
        }
    });
    let next = next_href.map(|href| {
        view! {
            <LinkButton href=href class="push">
                {locale.t("ui-pager-older")}
                <Icon name="chevron-right" />
            </LinkButton>
        }
    });
    let label = locale.t("ui-pager-label");
    let label = of.map_or_else(|| label.to_owned(), |of| format!("{label}: {of}"));
    view! {
        <nav class="pages" aria-label=label>
            {newest}
            {next}
        </nav>
    }
    .into_markup()
}
