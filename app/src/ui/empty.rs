//! What a list says when it has no rows.

use leptos::prelude::*;

use super::slot::Slot;

use super::icon::Icon;

/// Says what will appear here and who makes it appear.
#[component]
pub fn EmptyState(
    /// Icon of what will appear.
    icon: &'static str,
    /// "No open quotes".
    #[prop(into)]
    title: String,
    /// What will appear, and who makes it appear.
    #[prop(into)]
    text: String,
    /// Actions, if there are any.
    #[prop(optional)]
    children: Option<Slot>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon />
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="cluster">{children.view()}</div> })}
        </div>
    }
}
