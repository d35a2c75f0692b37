//! Fields to type in and to choose from: label above, hint and error below.

use leptos::prelude::*;

use super::form::{described_by, id_or, label as field_label, notes};
use super::icon::Icon;

/// One line of text, or any other `input` with that shape (`email`, `password`, `date`, `search`).
#[component]
pub fn TextField(
    /// Name that the form sends; also the id, unless `id` is given.
    name: &'static str,
    /// Label.
    #[prop(into)]
    label: String,
    /// Id, when two forms on a page have a field of this name.
    #[prop(optional)]
    id: &'static str,
    /// What stands in it.
    #[prop(optional, into)]
    value: String,
    /// The `type` of the input.
    #[prop(default = "text")]
    kind: &'static str,
    /// Note behind the label, such as "optional".
    #[prop(optional, into)]
    note: String,
    /// Help below.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with it.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// The `autocomplete` purpose.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Most characters that fit.
    #[prop(optional)]
    maxlength: Option<u32>,
    /// Takes the focus when the page opens.
    #[prop(optional)]
    autofocus: bool,
    /// `field`, or `field wide` inside `.fields`.
    #[prop(default = "field")]
    class: &'static str,
) -> impl IntoView {
    let id = id_or(id, name);
    let described = described_by(id, &hint, error.as_deref());
    let invalid = error.is_some().then_some("true");
    view! {
        <div class=class>
            {field_label(id, label, note)}
            <input
                class="input"
                id=id
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                required=required
                maxlength=maxlength
                autofocus=autofocus
                aria-invalid=invalid
                aria-describedby=described
            />
            {notes(id, hint, error)}
        </div>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// Name that the form sends; also the id, unless `id` is given.
    name: &'static str,
    /// Label.
    #[prop(into)]
    label: String,
    /// Id, when two forms on a page have a field of this name.
    #[prop(optional)]
    id: &'static str,
    /// What stands in it.
    #[prop(optional, into)]
    value: String,
    /// Height in lines.
    #[prop(default = 4)]
    rows: u32,
    /// Note behind the label, such as "optional".
    #[prop(optional, into)]
    note: String,
    /// Help below.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with it.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Most characters that fit.
    #[prop(optional)]
    maxlength: Option<u32>,
    /// `field`, or `field wide` inside `.fields`.
    #[prop(default = "field")]
    class: &'static str,
) -> impl IntoView {
    let id = id_or(id, name);
    let described = described_by(id, &hint, error.as_deref());
    let invalid = error.is_some().then_some("true");
    // A first line break belongs to the markup and is dropped by the parser, so a text that starts with one gets two.
    let value = if value.starts_with('\n') { format!("\n{value}") } else { value };
    view! {
        <div class=class>
            {field_label(id, label, note)}
            <textarea
                class="input"
                id=id
                name=name
                rows=rows
                required=required
                maxlength=maxlength
                aria-invalid=invalid
                aria-describedby=described
            >
                {value}
            </textarea>
            {notes(id, hint, error)}
        </div>
    }
}

/// One choice of a [`SelectField`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub label: String,
    /// Whether it is chosen.
    pub selected: bool,
}

/// One of several, in a list that opens.
#[component]
pub fn SelectField(
    /// Name that the form sends; also the id, unless `id` is given.
    name: &'static str,
    /// Label.
    #[prop(into)]
    label: String,
    /// Id, when two forms on a page have a field of this name.
    #[prop(optional)]
    id: &'static str,
    /// The choices, in order.
    options: Vec<SelectOption>,
    /// Note behind the label, such as "optional".
    #[prop(optional, into)]
    note: String,
    /// Help below.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with it.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// Must be chosen.
    #[prop(optional)]
    required: bool,
    /// `field`, or `field wide` inside `.fields`.
    #[prop(default = "field")]
    class: &'static str,
) -> impl IntoView {
    let id = id_or(id, name);
    let described = described_by(id, &hint, error.as_deref());
    let invalid = error.is_some().then_some("true");
    let options = options
        .into_iter()
        .map(|option| {
            view! {
                <option value=option.value selected=option.selected>
                    {option.label}
                </option>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <div class=class>
            {field_label(id, label, note)}
            <span class="select">
                <select
                    class="input"
                    id=id
                    name=name
                    required=required
                    aria-invalid=invalid
                    aria-describedby=described
                >
                    {options}
                </select>
                <Icon name="chevron-down" />
            </span>
            {notes(id, hint, error)}
        </div>
    }
}
