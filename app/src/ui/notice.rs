//! Messages inside a page.

use leptos::prelude::*;

use super::slot::Slot;

use super::icon::Glyph;
use super::status::Tone;

/// A message that belongs to what stands around it.
#[component]
pub fn Notice(
    /// Its colour and glyph.
    tone: Tone,
    /// What is the matter, in one sentence.
    #[prop(into)]
    title: String,
    /// What to do about it.
    #[prop(optional)]
    children: Option<Slot>,
) -> impl IntoView {
    let (class, glyph) = match tone {
        Tone::Good => ("notice notice--good", "done"),
        Tone::Warn => ("notice notice--warn", "late"),
        Tone::Bad => ("notice notice--bad", "late"),
        Tone::Mine => ("notice notice--info", "mine"),
        Tone::Idle => ("notice", "info"),
    };
    view! {
        <div class=class>
            <Glyph name=glyph />
            <div>
                <p class="strong">{title}</p>
                {children.map(Slot::view)}
            </div>
        </div>
    }
}

/// The result of one's own act, on top of the page that follows it. Never an error.
#[component]
pub fn Toast(
    /// What happened.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <div class="toast" role="status">
            <Glyph name="done" />
            <div>{text}</div>
        </div>
    }
}
