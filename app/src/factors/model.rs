//! Plain types of second factors.

use crate::ids::{PasskeyId, UserId};
use crate::time::Instant;

/// An authenticator app.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct App {
    /// The secret it shares with us, sealed.
    pub secret: Vec<u8>,
    /// The last 30 seconds whose code was accepted.
    pub last_step: i64,
    /// Since when.
    pub created_at: Instant,
    /// When a code of it was last accepted.
    pub last_used_at: Instant,
}

/// A passkey as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StoredPasskey {
    /// Id.
    pub id: PasskeyId,
    /// Whose it is.
    pub user_id: UserId,
    /// What its owner calls it.
    pub name: String,
    /// Public key and flags, as JSON.
    pub credential: String,
    /// Since when.
    pub created_at: Instant,
    /// When it was last used.
    pub last_used_at: Option<Instant>,
    /// When its counter ran backwards: there may be a copy, so it opens nothing any more.
    pub suspected_at: Option<Instant>,
}

/// Recovery codes that are left.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct CodesLeft {
    /// How many have not been used.
    pub unused: i64,
    /// Since when there are any.
    pub created_at: Option<Instant>,
}

/// Everything somebody signs in with.
#[derive(Clone, Debug)]
pub struct Factors {
    /// The authenticator app.
    pub app: Option<App>,
    /// Passkeys, oldest first.
    pub passkeys: Vec<StoredPasskey>,
    /// Recovery codes.
    pub codes: CodesLeft,
    /// Whether there is a password.
    pub has_password: bool,
}

impl Factors {
    /// Whether there is any second factor. Recovery codes alone are none.
    pub fn any(&self) -> bool {
        self.app.is_some() || !self.passkeys.is_empty()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        usize::from(self.app.is_some()) + self.passkeys.len()
    }
}

/// Something that happened to somebody's sign-in.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Change {
    /// When.
    pub at: Instant,
    /// The audit event's name.
    pub action: String,
    /// Its references, as JSON.
    pub detail: String,
}
