//! A sign-in that is under way at a provider: kept sealed in a cookie of the browser that began it, so that strangers
//! leave nothing in the database, and nobody can finish what another browser has begun.

use serde::{Deserialize, Serialize};

use crate::ctx::Ctx;
use crate::ids::{ProviderId, UserId};
use crate::time::Instant;

use super::model::Purpose;

/// How long somebody may take at the provider, in seconds.
pub const LIFETIME: u64 = 15 * 60;
/// What the cookie is sealed for.
const PLACE: &str = "sso-pending";

/// What must be known again when the provider sends somebody back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pending {
    /// The provider.
    pub provider: ProviderId,
    /// What for.
    pub purpose: Purpose,
    /// Who tests.
    pub user: Option<UserId>,
    /// Ties the answer to this browser (RFC 6749, 10.12).
    pub state: String,
    /// Ties the ID token to this request.
    pub nonce: String,
    /// Ties the code to this request (RFC 7636).
    pub verifier: String,
    /// Where to go afterwards: a path of our own.
    pub next: String,
    /// When it began, in microseconds.
    pub at: i64,
}

impl Pending {
    /// The cookie's name: one for each, so that two windows do not disturb each other.
    pub fn cookie_name(ctx: &Ctx, state: &str) -> String {
        let prefix = if ctx.portal.secure { "__Host-" } else { "" };
        // A state that is not ours finds nothing.
        let tail: String = state.chars().filter(char::is_ascii_alphanumeric).take(12).collect();
        format!("{prefix}kontor-sso-{tail}")
    }

    /// The header that sets the cookie.
    pub fn set_cookie(&self, ctx: &Ctx) -> String {
        let text = serde_json::to_vec(self).unwrap_or_default();
        let sealed = crate::documents::model::hex(&ctx.portal.secrets.seal(PLACE, &text));
        Self::header(ctx, &self.state, &sealed, LIFETIME)
    }

    /// The header that removes it.
    pub fn remove_cookie(ctx: &Ctx, state: &str) -> String {
        Self::header(ctx, state, "", 0)
    }

    fn header(ctx: &Ctx, state: &str, value: &str, age: u64) -> String {
        let secure = if ctx.portal.secure { "; Secure" } else { "" };
        let name = Self::cookie_name(ctx, state);
        // Lax: the way back from the provider is a visit from another site.
        format!("{name}={value}; Path=/; Max-Age={age}; SameSite=Lax; HttpOnly{secure}")
    }

    /// Reads the cookie of this state; nothing when it was sealed elsewhere, is another's, or is too old.
    pub fn open(ctx: &Ctx, state: &str, cookie: &str) -> Option<Self> {
        let opened = ctx.portal.secrets.open(PLACE, &unhex(cookie)?)?;
        let pending: Self = serde_json::from_slice(&opened).ok()?;
        let young = Instant(pending.at).plus(std::time::Duration::from_secs(LIFETIME)) > ctx.now();
        (young && pending.state == state).then_some(pending)
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}
