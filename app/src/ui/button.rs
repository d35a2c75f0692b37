//! Buttons and links that look like buttons.

use leptos::prelude::*;

use super::slot::Slot;

pub use variant::{ButtonClass, ButtonKind, ButtonSize, ButtonWidth};

/// The typed variants. A module of its own, because the derive writes a builder without doc comments.
#[allow(missing_docs)]
mod variant {
    use tailwind_fuse::*;

    /// The classes of a button, put together from its variants.
    #[derive(TwClass, Debug)]
    #[tw(class = "btn", merger = TailwindJoin)]
    pub struct ButtonClass {
        /// What the button stands for.
        pub kind: ButtonKind,
        /// How tall it is.
        pub size: ButtonSize,
        /// Whether it fills its line.
        pub block: ButtonWidth,
    }

    impl ButtonClass {
        /// The class attribute, with the page's own classes behind.
        pub fn class(self, extra: &str) -> String {
            self.with_class(extra)
        }
    }

    /// What a button stands for. One primary per screen; danger only inside a confirmation.
    #[derive(TwVariant, Debug, PartialEq, Eq)]
    pub enum ButtonKind {
        /// The usual button.
        #[tw(default, class = "")]
        Secondary,
        /// The one main action of the screen.
        #[tw(class = "btn--primary")]
        Primary,
        /// Something without consequence, such as "Cancel".
        #[tw(class = "btn--quiet")]
        Quiet,
        /// Something that cannot be undone.
        #[tw(class = "btn--danger")]
        Danger,
    }

    /// How tall a button is.
    #[derive(TwVariant, Debug, PartialEq, Eq)]
    pub enum ButtonSize {
        /// 32 px, 44 px on phones and coarse pointers.
        #[tw(default, class = "")]
        Normal,
        /// 40 px, 44 px on phones and coarse pointers.
        #[tw(class = "btn--large")]
        Large,
    }

    /// How wide a button is.
    #[derive(TwVariant, Debug, PartialEq, Eq)]
    pub enum ButtonWidth {
        /// As wide as its words.
        #[tw(default, class = "")]
        Auto,
        /// As wide as its container.
        #[tw(class = "btn--block")]
        Block,
    }
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// What it stands for.
    #[prop(optional)]
    kind: ButtonKind,
    /// How tall it is.
    #[prop(optional)]
    size: ButtonSize,
    /// How wide it is.
    #[prop(optional)]
    block: ButtonWidth,
    /// More classes, such as `in-dock`.
    #[prop(optional)]
    class: &'static str,
    /// Accessible name where the words alone repeat down a list: "Review: Specification RF-400".
    #[prop(optional, into)]
    label: String,
    /// The words.
    children: Slot,
) -> impl IntoView {
    let class = ButtonClass { kind, size, block }.class(class);
    let label = (!label.is_empty()).then_some(label);
    view! {
        <a class=class href=href aria-label=label>
            {children.view()}
        </a>
    }
}

/// The button that sends the form around it.
#[component]
pub fn SubmitButton(
    /// What it stands for.
    #[prop(optional)]
    kind: ButtonKind,
    /// How tall it is.
    #[prop(optional)]
    size: ButtonSize,
    /// How wide it is.
    #[prop(optional)]
    block: ButtonWidth,
    /// More classes, such as `in-dock`.
    #[prop(optional)]
    class: &'static str,
    /// Field that this button sends, when a form has more than one.
    #[prop(optional)]
    name: Option<&'static str>,
    /// Value of that field.
    #[prop(optional, into)]
    value: Option<String>,
    /// The form to send, when the button stands outside of it.
    #[prop(optional)]
    form: Option<&'static str>,
    /// Another address than the form's, to look at what was chosen instead of sending it.
    #[prop(optional)]
    look_at: Option<&'static str>,
    /// Accessible name where the words alone repeat down a list.
    #[prop(optional, into)]
    label: String,
    /// The words.
    children: Slot,
) -> impl IntoView {
    let class = ButtonClass { kind, size, block }.class(class);
    let label = (!label.is_empty()).then_some(label);
    let method = look_at.map(|_| "get");
    view! {
        <button class=class type="submit" name=name value=value form=form formaction=look_at formmethod=method aria-label=label>
            {children.view()}
        </button>
    }
}
