//! The field to choose a file. It stays a native input, so the chosen name shows without JavaScript.

use leptos::prelude::*;

use super::form::{described_by, id_or, label as field_label, notes};
use super::icon::Icon;

/// A place to choose a file, or to drop it.
#[component]
pub fn FileField(
    /// Name that the form sends; also the id, unless `id` is given.
    name: &'static str,
    /// Label.
    #[prop(into)]
    label: String,
    /// Id, when two forms on a page have a field of this name.
    #[prop(optional)]
    id: &'static str,
    /// Note behind the label, such as "optional".
    #[prop(optional, into)]
    note: String,
    /// Help below: kinds and size.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with it.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// Kinds the file dialog offers.
    #[prop(optional)]
    accept: Option<&'static str>,
    /// Several may be chosen.
    #[prop(optional)]
    multiple: bool,
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
    view! {
        <div class=class>
            {field_label(id, label, note)}
            <div class="drop">
                <Icon name="upload" />
                <input
                    class="file"
                    id=id
                    name=name
                    type="file"
                    accept=accept
                    multiple=multiple
                    required=required
                    aria-invalid=invalid
                    aria-describedby=described
                />
            </div>
            {notes(id, hint, error)}
        </div>
    }
}
