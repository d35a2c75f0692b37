//! The bridge to `axum-login`: who a session belongs to.

use axum_login::{AuthUser, AuthnBackend};
use uuid::Uuid;

use crate::db::Db;
use crate::ids::UserId;

use super::actor::{self, Person};

/// Reads people for `axum-login`. Passwords are checked by [`service`](super::service), which also throttles.
#[derive(Clone, Debug)]
pub struct Backend {
    db: Db,
}

impl Backend {
    /// Over this database.
    pub fn new(db: Db) -> Self {
        Self { db }
    }
}

impl AuthUser for Person {
    type Id = Uuid;

    fn id(&self) -> Uuid {
        self.user_id.0
    }

    fn session_auth_hash(&self) -> &[u8] {
        &self.auth_hash
    }
}

impl AuthnBackend for Backend {
    type User = Person;
    /// Nothing signs in by itself here: the service hands over a person whose password it has checked.
    type Credentials = std::convert::Infallible;
    type Error = sqlx::Error;

    async fn authenticate(&self, credentials: Self::Credentials) -> Result<Option<Person>, sqlx::Error> {
        match credentials {}
    }

    async fn get_user(&self, id: &Uuid) -> Result<Option<Person>, sqlx::Error> {
        actor::load(&self.db, UserId(*id)).await.inspect_err(crate::error::outage::note)
    }
}

/// The session of a request.
pub type AuthSession = axum_login::AuthSession<Backend>;
