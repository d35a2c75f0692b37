//! The warning before a sign-in ends: a dialog that `public/session.js` opens. Without the script nothing of it is seen,
//! and the server's own answer leads to sign-in and back.

use leptos::prelude::*;

use super::icon::Glyph;
use crate::i18n::Locale;
use crate::paths;

/// What the dialog needs to know.
#[derive(Clone, Debug)]
pub struct SessionEnd {
    /// Of the page's scripts.
    pub nonce: String,
    /// Whose page it is: another one in another tab means that this page is not theirs any more.
    pub who: String,
    /// Seconds until the end without another request.
    pub idle: u64,
    /// Seconds until the end whatever happens.
    pub left: u64,
}

/// Warned this long before the end, in seconds; of a short session its last third.
fn warning(idle: u64) -> u64 {
    (idle / 3).clamp(60, 300)
}

/// The dialog and its script.
#[component]
pub(super) fn SessionEndDialog(
    /// Language of the words.
    locale: Locale,
    /// What it needs to know.
    end: SessionEnd,
    /// This page's own path, to come back to.
    path: String,
) -> impl IntoView {
    let SessionEnd { nonce, who, idle, left } = end;
    let sign_in = paths::with_next(paths::SIGN_IN, &path);
    // In a tab of its own: what was typed into this one stays.
    let again = || {
        view! {
            <a class="btn btn--primary btn--large" href=sign_in.clone() target="_blank" data-first="">
                {locale.t("session-end-again")}
            </a>
        }
    };
    let dismiss = |key: &'static str| {
        view! { <button class="btn btn--large" type="button" data-dismiss="">{locale.t(key)}</button> }
    };
    view! {
        <dialog
            class="dialog"
            id="session-end"
            role="alertdialog"
            aria-labelledby="session-soon"
            aria-describedby="session-words"
            data-who=who
            data-idle=idle.to_string()
            data-left=left.to_string()
            data-warn=warning(idle).to_string()
            data-stay=paths::ACCOUNT_STAY
        >
            <div class="dialog-head">
                <h2 id="session-soon" data-part="soon">{locale.t("session-end-soon")}</h2>
                <h2 id="session-last" data-part="last" hidden=true>{locale.t("session-end-last")}</h2>
                <h2 id="session-over" data-part="over" hidden=true>{locale.t("session-end-over")}</h2>
            </div>
            <div class="dialog-body" id="session-words">
                <p data-part="soon">{locale.t("session-end-soon-text")}</p>
                <p data-part="last" hidden=true>{locale.t("session-end-last-text")}</p>
                <p data-part="over" hidden=true>{locale.t("session-end-over-text")}</p>
                <p class="meta" role="status" data-count=locale.t("session-end-minutes") data-one=locale.t("session-end-minute")></p>
                <p class="error" role="alert" hidden=true><Glyph name="late" /><span>{locale.t("session-end-failed")}</span></p>
            </div>
            <div class="dialog-foot" data-part="soon">
                <form method="post" action="/_fn/sign_in/sign_out">
                    <button class="btn btn--large" type="submit">{locale.t("nav-sign-out")}</button>
                </form>
                <button class="btn btn--primary btn--large" type="button" data-stay="" data-first="">
                    {locale.t("session-end-stay")}
                </button>
            </div>
            <div class="dialog-foot" data-part="last" hidden=true>{dismiss("session-end-not-now")} {again()}</div>
            <div class="dialog-foot" data-part="over" hidden=true>{dismiss("session-end-show")} {again()}</div>
        </dialog>
        <script nonce=nonce defer=true src=crate::assets::url("session.js")></script>
    }
}

#[cfg(test)]
mod tests {
    use super::warning;

    #[test]
    fn there_is_time_to_answer_the_warning() {
        assert_eq!(warning(29 * 60), 300);
        assert_eq!(warning(9 * 60), 180);
        // The shortest session that can be configured lasts five minutes, four of them certain.
        assert_eq!(warning(4 * 60), 80);
    }
}
