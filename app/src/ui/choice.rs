//! Choices as cards: one of several, or any of several.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use super::slot::Slot;

use super::form::{described_by, notes};

/// The frame around cards that belong together.
#[component]
pub fn ChoiceGroup(
    /// Anchor of the group; the error summary links to it.
    id: &'static str,
    /// The question.
    #[prop(into)]
    legend: String,
    /// Hides the question from view, where the panel's heading asks it already.
    #[prop(optional)]
    legend_hidden: bool,
    /// Help below.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with the answer.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// The cards.
    children: Slot,
) -> impl IntoView {
    let described = described_by(id, &hint, error.as_deref());
    let legend_class = if legend_hidden { "vh" } else { "label" };
    view! {
        <fieldset class="field" id=id aria-describedby=described>
            <legend class=legend_class>{legend}</legend>
            <div class="choices">{children.view()}</div>
            {notes(id, hint, error)}
        </fieldset>
    }
}

/// One of several.
#[component]
pub fn RadioCard(
    /// Name that the form sends.
    name: &'static str,
    /// What it sends.
    #[prop(into)]
    value: String,
    /// What the person reads.
    #[prop(into)]
    label: String,
    /// What the choice means.
    #[prop(optional, into)]
    meta: String,
    /// Whether it is chosen.
    #[prop(optional)]
    checked: bool,
    /// Whether one of the group must be chosen.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    view! {
        <label class="choice">
            <input type="radio" name=name value=value checked=checked required=required />
            <span>{label} {meta_line(meta)}</span>
        </label>
    }
}

/// Any of several, or a yes.
#[component]
pub fn CheckRow(
    /// Name that the form sends.
    name: &'static str,
    /// What it sends.
    #[prop(into)]
    value: String,
    /// What the person reads.
    #[prop(into)]
    label: String,
    /// What the choice means.
    #[prop(optional, into)]
    meta: String,
    /// Whether it is chosen.
    #[prop(optional)]
    checked: bool,
) -> impl IntoView {
    view! {
        <label class="choice">
            <input type="checkbox" name=name value=value checked=checked />
            <span>{label} {meta_line(meta)}</span>
        </label>
    }
}

/// The second line of a card.
fn meta_line(meta: String) -> Markup {
    (!meta.is_empty()).then(|| view! { <span class="meta">{meta}</span> }).into_markup()
}
