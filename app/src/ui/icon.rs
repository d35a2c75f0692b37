//! Icons and status glyphs, drawn from the one sprite `icons.svg`.

use leptos::prelude::*;

/// A line icon. It never carries meaning alone, so it is hidden from assistive technology.
#[component]
pub fn Icon(
    /// Symbol in the sprite without its `i-` prefix, such as `file-text`.
    name: &'static str,
    /// `i` (18 px), `i i-s` (16 px) or `i i-l` (20 px).
    #[prop(default = "i")]
    class: &'static str,
) -> impl IntoView {
    let href = format!("{}#i-{name}", crate::assets::url("icons.svg"));
    view! {
        <svg class=class aria-hidden="true">
            <use href=href />
        </svg>
    }
}

/// A status glyph: its shape says what its colour says. A word always stands beside it.
#[component]
pub fn Glyph(
    /// Symbol in the sprite without its `g-` prefix: `done`, `draft`, `half`, `info`, `late`, `mine`, `no`, `old`,
    /// `open` or `seen`.
    name: &'static str,
) -> impl IntoView {
    let href = format!("{}#g-{name}", crate::assets::url("icons.svg"));
    view! {
        <svg class="g" viewBox="0 0 16 16" aria-hidden="true">
            <use href=href />
        </svg>
    }
}
