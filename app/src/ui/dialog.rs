//! A confirmation that opens without JavaScript: a native popover, a bottom sheet on phones.

use leptos::prelude::*;

use super::slot::Slot;

use super::button::{ButtonClass, ButtonKind, ButtonSize, ButtonWidth};
use super::icon::Icon;
use crate::i18n::Locale;

/// A button and the dialog it opens. The children are the form: `div.dialog-body`, then `div.dialog-foot` with
/// [`DialogCancel`] and the one button that does it.
#[component]
pub fn ConfirmDialog(
    /// Language of "Close".
    locale: Locale,
    /// Id of the dialog, unique in the page.
    id: &'static str,
    /// The question, as a heading.
    #[prop(into)]
    title: String,
    /// Words on the button that opens it.
    #[prop(into)]
    trigger_label: String,
    /// What that button stands for.
    #[prop(optional)]
    trigger_kind: ButtonKind,
    /// How tall that button is.
    #[prop(optional)]
    trigger_size: ButtonSize,
    /// How wide that button is.
    #[prop(optional)]
    trigger_block: ButtonWidth,
    /// The form.
    children: Slot,
) -> impl IntoView {
    let heading = format!("{id}-title");
    let labelled = heading.clone();
    let class = ButtonClass { kind: trigger_kind, size: trigger_size, block: trigger_block }.class("");
    view! {
        <button class=class type="button" popovertarget=id>
            {trigger_label}
        </button>
        <div class="dialog" id=id popover="auto" role="dialog" aria-labelledby=labelled>
            <div class="dialog-head">
                <h2 id=heading>{title}</h2>
                <button
                    class="iconbtn"
                    type="button"
                    popovertarget=id
                    popovertargetaction="hide"
                    aria-label=locale.t("ui-close")
                >
                    <Icon name="x" />
                </button>
            </div>
            {children.view()}
        </div>
    }
}

/// Closes the dialog and does nothing else.
#[component]
pub fn DialogCancel(
    /// Language of the words.
    locale: Locale,
    /// Id of the dialog.
    dialog: &'static str,
) -> impl IntoView {
    view! {
        <button class="btn btn--large" type="button" popovertarget=dialog popovertargetaction="hide">
            {locale.t("ui-cancel")}
        </button>
    }
}
