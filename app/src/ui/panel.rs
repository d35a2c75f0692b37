//! Panels and the head of a page.

use leptos::prelude::*;

use crate::ui::markup::Markup;

use super::slot::Slot;

/// A titled surface. Rows go straight inside; text goes into a `div.panel-body`.
#[component]
pub fn Panel(
    /// Anchor of the panel; its heading gets `{id}-title`.
    id: &'static str,
    /// Heading.
    #[prop(into)]
    title: String,
    /// Number beside the heading.
    #[prop(optional, into)]
    count: Option<String>,
    /// The one link on the right: address and words.
    #[prop(optional)]
    link: Option<(String, String)>,
    /// Tints the head: the viewer must act here.
    #[prop(optional)]
    mine: bool,
    /// More classes, such as `a-need` in the home grid.
    #[prop(optional)]
    class: &'static str,
    /// What the panel holds.
    children: Slot,
) -> impl IntoView {
    let heading = format!("{id}-title");
    let labelled = heading.clone();
    let base = if mine { "panel panel--mine" } else { "panel" };
    let class = if class.is_empty() { base.to_owned() } else { format!("{base} {class}") };
    let count_class = if mine { "count count--solid" } else { "count count--plain" };
    view! {
        <section class=class id=id aria-labelledby=labelled>
            <div class="panel-head">
                <h2 id=heading>{title}</h2>
                {count.map(|count| view! { <span class=count_class>{count}</span> })}
                {link.map(|(href, text)| view! { <a href=href>{text}</a> })}
            </div>
            {children.view()}
        </section>
    }
}

/// The title of a page, a line of facts below it, and its actions on the right.
#[component]
pub fn PageHead(
    /// The page's only `h1`.
    #[prop(into)]
    title: String,
    /// One line about it.
    #[prop(optional, into)]
    meta: String,
    /// The headline state, a [`super::Badge`].
    #[prop(optional)]
    badge: Option<Markup>,
    /// Actions.
    #[prop(optional)]
    children: Option<Slot>,
) -> impl IntoView {
    let meta = (!meta.is_empty()).then(|| view! { <span>{meta}</span> });
    let facts = (badge.is_some() || meta.is_some()).then(|| view! { <div class="pagehead-meta">{badge} {meta}</div> });
    view! {
        <div class="pagehead">
            <div>
                <h1>{title}</h1>
                {facts}
            </div>
            {children.map(|children| view! { <div class="cluster">{children.view()}</div> })}
        </div>
    }
}
