//! Why a sign-in through a provider came to nothing, and what to do about it. Every reason has words of its own: what
//! happened, and a way on. None of them says anything about an account to somebody who has not been vouched for.

use crate::error::AppError;
use crate::outgoing::Failure;

/// The reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The provider does not answer, or not in time.
    Away,
    /// What answers is no provider, or not the one that was set up.
    Misconfigured,
    /// The provider does not accept this portal: client id or secret.
    ClientRefused,
    /// The answer belongs to no sign-in begun in this browser, or to one from long ago.
    Stale,
    /// The person stopped, or the provider did not let them in.
    Denied,
    /// The answer contradicts itself or what was asked.
    Untrusted,
    /// The provider names no address, or does not vouch for it.
    Unverified,
    /// The address lies outside the domains that the organisation has proved.
    OtherDomain,
    /// Nobody here has this address, and accounts are not made at first sight.
    NoAccount,
    /// The account belongs elsewhere, or is suspended here.
    NotHere,
    /// Somebody else at the provider is linked with this account.
    OtherPerson,
    /// Staff sign in at the portal itself.
    Staff,
}

impl Trouble {
    /// The name in the audit trail and in the log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Away => "away",
            Self::Misconfigured => "misconfigured",
            Self::ClientRefused => "client_refused",
            Self::Stale => "stale",
            Self::Denied => "denied",
            Self::Untrusted => "untrusted",
            Self::Unverified => "unverified",
            Self::OtherDomain => "other_domain",
            Self::NoAccount => "no_account",
            Self::NotHere => "not_here",
            Self::OtherPerson => "other_person",
            Self::Staff => "staff",
        }
    }

    /// The HTTP status of its page.
    pub const fn status(self) -> u16 {
        match self {
            Self::Away => 503,
            Self::Stale => 400,
            Self::Misconfigured | Self::ClientRefused => 502,
            _ => 403,
        }
    }

    /// The Fluent keys of its heading, of what happened, and of what to do.
    #[rustfmt::skip]
    pub const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Away => ("sso-away-title", "sso-away-text", "sso-away-next"),
            Self::Misconfigured => ("sso-misconfigured-title", "sso-misconfigured-text", "sso-tell-admin"),
            Self::ClientRefused => ("sso-client-title", "sso-client-text", "sso-tell-admin"),
            Self::Stale => ("sso-stale-title", "sso-stale-text", "sso-stale-next"),
            Self::Denied => ("sso-denied-title", "sso-denied-text", "sso-denied-next"),
            Self::Untrusted => ("sso-untrusted-title", "sso-untrusted-text", "sso-tell-admin"),
            Self::Unverified => ("sso-unverified-title", "sso-unverified-text", "sso-unverified-next"),
            Self::OtherDomain => ("sso-domain-title", "sso-domain-text", "sso-domain-next"),
            Self::NoAccount => ("sso-account-title", "sso-account-text", "sso-account-next"),
            Self::NotHere => ("sso-nothere-title", "sso-nothere-text", "sso-nothere-next"),
            Self::OtherPerson => ("sso-other-title", "sso-other-text", "sso-other-next"),
            Self::Staff => ("sso-staff-title", "sso-staff-text", "sso-staff-next"),
        }
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unreachable | Failure::Slow => Self::Away,
            Failure::Refused | Failure::TooLarge | Failure::Redirected => Self::Misconfigured,
        }
    }
}

/// A sign-in that failed: for a reason of its own, or for one that any page can have.
#[derive(Clone, Debug)]
pub enum Failed {
    /// Has a page of its own.
    Trouble(Trouble),
    /// As everywhere.
    Other(AppError),
}

impl From<Trouble> for Failed {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<AppError> for Failed {
    fn from(error: AppError) -> Self {
        Self::Other(error)
    }
}

impl From<sqlx::Error> for Failed {
    fn from(error: sqlx::Error) -> Self {
        Self::Other(error.into())
    }
}
