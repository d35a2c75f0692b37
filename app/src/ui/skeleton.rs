//! The shape of rows that are still on their way.

use leptos::prelude::*;

/// Grey rows in place of content that an island still fetches. Hidden from assistive technology: the container says
/// `aria-busy`.
#[component]
pub fn Skeleton(
    /// How many rows.
    rows: usize,
) -> impl IntoView {
    let rows = (0..rows)
        .map(|_| {
            view! {
                <div class="skeleton-row">
                    <span class="skeleton skeleton--icon"></span>
                    <span class="skeleton"></span>
                    <span class="skeleton skeleton--short"></span>
                </div>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <div class="rows" aria-hidden="true">
            {rows}
        </div>
    }
}
