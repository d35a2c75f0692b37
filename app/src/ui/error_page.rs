//! What a page says when it cannot be shown: what, why, what to do. No blame.

use leptos::prelude::*;

use super::button::{ButtonKind, LinkButton};
use super::icon::Icon;
use crate::i18n::Locale;

/// The words and the icon of a status.
struct Words {
    icon: &'static str,
    title: &'static str,
    text: &'static str,
    next: &'static str,
}

/// The keys of a status; those of 500 for one that has none of its own.
#[rustfmt::skip]
fn words(status: u16) -> Words {
    let (icon, title, text, next) = match status {
        400 => ("file-x", "error-400-title", "error-400-text", "error-400-next"),
        401 => ("key-round", "error-401-title", "error-401-text", "error-401-next"),
        403 => ("lock", "error-403-title", "error-403-text", "error-403-next"),
        404 => ("compass", "error-404-title", "error-404-text", "error-404-next"),
        405 => ("compass", "error-405-title", "error-405-text", "error-405-next"),
        408 => ("history", "error-408-title", "error-408-text", "error-408-next"),
        409 => ("rotate-ccw", "error-409-title", "error-409-text", "error-409-next"),
        412 => ("rotate-ccw", "error-412-title", "error-412-text", "error-412-next"),
        413 => ("file-x", "error-413-title", "error-413-text", "error-413-next"),
        422 => ("file-x", "error-422-title", "error-422-text", "error-422-next"),
        423 => ("shield-alert", "error-423-title", "error-423-text", "error-423-next"),
        428 => ("rotate-ccw", "error-428-title", "error-428-text", "error-428-next"),
        429 => ("history", "error-429-title", "error-429-text", "error-429-next"),
        503 => ("server-off", "error-503-title", "error-503-text", "error-503-next"),
        _ => ("server-off", "error-500-title", "error-500-text", "error-500-next"),
    };
    Words { icon, title, text, next }
}

/// The page for a status code. Goes inside [`super::Layout`] or [`super::Bare`].
#[component]
pub fn ErrorPage(
    /// Language of the page.
    locale: Locale,
    /// The HTTP status.
    status: u16,
    /// Number to tell the support.
    #[prop(into)]
    request_id: String,
    /// Where the viewer's home is.
    #[prop(into)]
    home_href: String,
) -> impl IntoView {
    let words = words(status);
    let home = if status == 401 { locale.t("error-sign-in") } else { locale.t("error-home") };
    let request = (!request_id.is_empty()).then(|| {
        view! {
            <span class="sep"></span>
            {locale.t("error-request")}
            " "
            <span class="mono">{request_id}</span>
        }
    });
    view! {
        <div class="panel">
            <div class="empty">
                <Icon name=words.icon />
                <h1>{locale.t(words.title)}</h1>
                <p>{locale.t(words.text)}</p>
                <p>{locale.t(words.next)}</p>
                <div class="cluster">
                    <LinkButton href=home_href kind=ButtonKind::Primary>
                        {home}
                    </LinkButton>
                </div>
                <p class="meta">{status} {request}</p>
            </div>
        </div>
    }
}
