//! How sure a session is of its person: what it was begun with, and when they last proved who they are.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use crate::error::AppError;
use crate::time::Instant;

/// The key in the session.
pub const KEY: &str = "assurance";
/// A proof is fresh for this long.
pub const FRESH: Duration = Duration::from_secs(10 * 60);

/// What somebody proved with that they are who they say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// A password.
    Password,
    /// A passkey with user verification: possession and knowledge (or body) in one.
    Passkey,
    /// A code from an authenticator app.
    Totp,
    /// One of the codes printed for the day when everything else is lost.
    RecoveryCode,
    /// The organisation's own provider, which answers for the second factor.
    SingleSignOn,
    /// The organisation's own provider, which does not.
    SingleSignOnAlone,
    /// A link or an invitation that came by mail.
    MailLink,
}

impl Method {
    /// The name in audit events.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Passkey => "passkey",
            Self::Totp => "totp",
            Self::RecoveryCode => "recovery_code",
            Self::SingleSignOn | Self::SingleSignOnAlone => "single_sign_on",
            Self::MailLink => "mail_link",
        }
    }

    /// Whether it makes a session that needs no second factor.
    pub const fn is_strong(self) -> bool {
        !matches!(self, Self::Password | Self::MailLink | Self::SingleSignOnAlone)
    }

    /// Whether the person came through the organisation's provider.
    pub const fn is_single_sign_on(self) -> bool {
        matches!(self, Self::SingleSignOn | Self::SingleSignOnAlone)
    }
}

/// What a session knows about its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assurance {
    /// What the session was begun with.
    pub method: Method,
    /// The second factor that was given on top of it.
    pub factor: Option<Method>,
    /// When they last proved who they are, in microseconds since 1970.
    proved_at: i64,
    /// A provider began it that does not answer for the second factor.
    #[serde(default)]
    weak: bool,
}

impl Assurance {
    /// A session that begins now.
    pub fn begun(method: Method, now: Instant) -> Self {
        Self { method, factor: None, proved_at: now.0, weak: false }
    }

    /// The same, begun by a provider that does not answer for the second factor.
    #[must_use]
    pub fn weak(self) -> Self {
        Self { weak: true, ..self }
    }

    /// The same session after another proof.
    #[must_use]
    pub fn proved(self, method: Method, now: Instant) -> Self {
        let factor = if method.is_strong() { Some(method) } else { self.factor };
        Self { factor, proved_at: now.0, ..self }
    }

    /// Whether a second factor, or what stands for one, was given.
    pub fn is_strong(&self) -> bool {
        (self.method.is_strong() && !self.weak) || self.factor.is_some_and(Method::is_strong)
    }

    /// Whether the last proof is fresh enough for something sensitive.
    pub fn is_fresh(&self, now: Instant) -> bool {
        now.minus(FRESH).0 < self.proved_at
    }

    /// Reads it from a session. One that says nothing was begun with a password, long ago.
    pub async fn read(session: &Session) -> Self {
        let known: Option<Self> = session.get(KEY).await.ok().flatten();
        known.unwrap_or(Self { method: Method::Password, factor: None, proved_at: 0, weak: false })
    }

    /// Writes it into a session.
    pub async fn write(&self, session: &Session) -> Result<(), AppError> {
        session.insert(KEY, self).await.map_err(|_| AppError::Unavailable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_alone_is_weak_and_a_proof_ages() {
        let now = Instant(1_795_262_400_000_000);
        let begun = Assurance::begun(Method::Password, now);
        assert!(!begun.is_strong() && begun.is_fresh(now.plus(Duration::from_secs(599))));
        assert!(!begun.is_fresh(now.plus(FRESH)));
        assert!(!begun.proved(Method::Password, now).is_strong());
        assert!(begun.proved(Method::Totp, now).proved(Method::Password, now).is_strong());
        assert!(Assurance::begun(Method::Passkey, now).is_strong());
        assert!(!Assurance::begun(Method::MailLink, now).is_strong());
        let provider = Assurance::begun(Method::SingleSignOn, now);
        assert!(provider.is_strong() && !provider.weak().is_strong());
        assert!(provider.weak().proved(Method::Passkey, now).is_strong());
    }
}
