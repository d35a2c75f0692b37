//! What every form shares: the summary of errors, and hint and error below a field.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use super::icon::Glyph;
use crate::error::FieldErrors;
use crate::i18n::Locale;

/// What is wrong, on top of the form, with a link to each field. Focus moves here; nothing is shown when all is well.
#[component]
pub fn ErrorSummary(
    /// Language of the heading.
    locale: Locale,
    /// Messages by field.
    errors: FieldErrors,
) -> impl IntoView {
    if errors.is_empty() {
        return ().into_markup();
    }
    let rows = errors
        .iter()
        .map(|(field, message)| {
            let href = format!("#{field}");
            let message = message.to_owned();
            view! {
                <li>
                    <a href=href>{message}</a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let title = locale.with("ui-errors-title", &[("count", rows.len().into())]);
    view! {
        <div class="notice notice--bad" role="alert" tabindex="-1" autofocus=true aria-labelledby="error-summary">
            <Glyph name="late" />
            <div>
                <h2 id="error-summary">{title}</h2>
                <ul>{rows}</ul>
                <p class="meta">{locale.t("ui-errors-kept")}</p>
            </div>
        </div>
    }
    .into_markup()
}

/// The ids that `aria-describedby` names: the hint's and the error's, where there are such.
pub(super) fn described_by(id: &str, hint: &str, error: Option<&str>) -> Option<String> {
    match (hint.is_empty(), error) {
        (true, None) => None,
        (false, None) => Some(format!("{id}-hint")),
        (true, Some(_)) => Some(format!("{id}-error")),
        (false, Some(_)) => Some(format!("{id}-hint {id}-error")),
    }
}

/// Hint and error below a field.
pub(super) fn notes(id: &str, hint: String, error: Option<String>) -> Markup {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    view! {
        {(!hint.is_empty())
            .then(|| {
                view! {
                    <p class="hint" id=hint_id>
                        {hint}
                    </p>
                }
            })}
        {error
            .map(|error| {
                view! {
                    <p class="error" id=error_id>
                        <Glyph name="late" />
                        <span>{error}</span>
                    </p>
                }
            })}
    }
    .into_markup()
}

/// The label above a field, with a note such as "(optional)" behind it.
pub(super) fn label(id: &str, text: String, note: String) -> Markup {
    let id = id.to_owned();
    view! {
        <label class="label" for=id>
            {text}
            {(!note.is_empty()).then(|| view! { <span class="opt">{format!(" ({note})")}</span> })}
        </label>
    }
    .into_markup()
}

/// The id of a field: its own, or else its name.
pub(super) fn id_or(id: &'static str, name: &'static str) -> &'static str {
    if id.is_empty() { name } else { id }
}

#[cfg(test)]
mod tests {
    use super::described_by;

    #[test]
    fn a_field_is_described_by_what_stands_below_it() {
        assert_eq!(described_by("a", "", None), None);
        assert_eq!(described_by("a", "hint", None).as_deref(), Some("a-hint"));
        assert_eq!(described_by("a", "", Some("wrong")).as_deref(), Some("a-error"));
        assert_eq!(described_by("a", "hint", Some("wrong")).as_deref(), Some("a-hint a-error"));
    }
}
