//! The operator's mark and name.

use leptos::prelude::*;

/// The mark: three bars of a ledger.
#[component]
pub fn BrandMark() -> impl IntoView {
    view! {
        <svg
            class="brand-mark"
            viewBox="0 0 20 20"
            fill="none"
            stroke="currentColor"
            stroke-width="2.6"
            stroke-linecap="round"
            aria-hidden="true"
        >
            <path d="M4 16V9M10 16V3M16 16V6.5" />
        </svg>
    }
}

/// Mark, name, and one line below it; leads home.
#[component]
pub fn Brand(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// Name of the portal.
    #[prop(into)]
    name: String,
    /// The line below.
    #[prop(into)]
    line: String,
) -> impl IntoView {
    view! {
        <a class="brand" href=href>
            <BrandMark />
            <span>{name} <small>{line}</small></span>
        </a>
    }
}
