//! A sign-in that waits for the second factor: the session knows who is expected, and belongs to nobody yet.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use crate::ctx::Ctx;
use crate::error::AppError;
use crate::ids::UserId;
use crate::time::Instant;

use super::actor::{self, Person};
use super::assurance::Method;

/// The key in the session.
const KEY: &str = "pending";
/// Afterwards the first factor is asked for again.
pub const LIFETIME: Duration = Duration::from_secs(10 * 60);

/// Who is expected, and what they have proved already.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pending {
    /// The person.
    user_id: UserId,
    /// What they proved with.
    pub method: Method,
    /// When, in microseconds since 1970.
    since: i64,
    /// Of the password at that time: a change of it ends the sign-in too.
    auth_hash: Vec<u8>,
}

impl Pending {
    /// Somebody whose first proof has just been accepted.
    pub fn of(person: &Person, method: Method, now: Instant) -> Self {
        Self { user_id: person.user_id, method, since: now.0, auth_hash: person.auth_hash.clone() }
    }

    /// Writes it into the session.
    pub async fn write(&self, session: &Session) -> Result<(), AppError> {
        session.insert(KEY, self).await.map_err(|_| AppError::Unavailable)
    }

    /// Who is expected in this session, if anybody still is.
    pub async fn read(ctx: &Ctx, session: &Session) -> Result<Option<(Person, Method)>, AppError> {
        // Only a browser that has a session can wait in one.
        if session.id().is_none() {
            return Ok(None);
        }
        let Some(pending): Option<Self> = session.get(KEY).await.ok().flatten() else { return Ok(None) };
        if pending.since <= ctx.now().minus(LIFETIME).0 {
            return Ok(None);
        }
        let person = actor::load(&ctx.db, pending.user_id).await?;
        Ok(person.filter(|person| person.auth_hash == pending.auth_hash).map(|person| (person, pending.method)))
    }
}
