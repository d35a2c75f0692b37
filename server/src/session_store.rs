//! Sessions in our own table: only the hash of the id is stored, and an ended session cannot come back.

use app::ctx::Ctx;
use app::error::AppError;
use app::ids::UserId;
use app::sign_in::sessions::{self, Identity, New};
use app::sso::model::Through;
use async_trait::async_trait;
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

/// The store of `tower-sessions` over our table.
#[derive(Clone, Debug)]
pub struct Sessions {
    ctx: Ctx,
}

impl Sessions {
    /// With the portal's own context: a session is nobody's act.
    pub fn new(ctx: Ctx) -> Self {
        Self { ctx }
    }
}

fn hash(id: Id) -> Vec<u8> {
    Sha256::digest(id.0.to_le_bytes()).to_vec()
}

/// Whose session it is, from what `axum-login` wrote into it: so that all of a person's can be found and ended.
fn owner(record: &Record) -> Option<UserId> {
    record.data.get("axum-login.data")?.get("user_id")?.as_str()?.parse().ok()
}

/// Through which provider of single sign-on it came. Somebody who waits for a second factor is nobody yet.
fn through(record: &Record) -> Option<Through> {
    owner(record)?;
    record.data.get(Through::KEY).and_then(|value| serde_json::from_value(value.clone()).ok())
}

/// What a signed-in session is called and when it began, from its data; `true` when it begins now. A session that only
/// gets another secret keeps both.
fn identity(record: &mut Record, now: app::time::Instant) -> Result<(Option<Identity>, bool)> {
    let Some(user) = owner(record) else { return Ok((None, false)) };
    let kept = record.data.get(sessions::KEY).and_then(|value| serde_json::from_value::<Identity>(value.clone()).ok());
    if let Some(kept) = kept.filter(|kept| kept.user == user) {
        return Ok((Some(kept), false));
    }
    let new = Identity::now(user, now);
    let value = serde_json::to_value(new).map_err(|e| Error::Encode(e.to_string()))?;
    record.data.insert(sessions::KEY.to_owned(), value);
    Ok((Some(new), true))
}

fn failed(error: sqlx::Error) -> Error {
    app::error::outage::note(&error);
    tracing::warn!(%error, "session store");
    Error::Backend(error.to_string())
}

/// The database's own error was logged where it happened.
fn refused(error: AppError) -> Error {
    if matches!(error, AppError::Unavailable) {
        app::error::outage::away();
    }
    Error::Backend(error.to_string())
}

fn encode(record: &Record) -> Result<String> {
    serde_json::to_string(&record.data).map_err(|e| Error::Encode(e.to_string()))
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        // 128 random bits do not collide; if they did, the second must not get the first's session.
        let now = self.ctx.now();
        let (identity, fresh) = identity(record, now)?;
        let through = through(record);
        for _ in 0..4 {
            let (id_hash, data) = (hash(record.id), encode(record)?);
            let new = New { id_hash: &id_hash, data: &data, identity, fresh, through: through.as_ref() };
            let inserted = sessions::insert(&self.ctx, new).await;
            if inserted.map_err(refused)? {
                return Ok(());
            }
            record.id = Id::default();
        }
        Err(Error::Backend("no free session id".into()))
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let data = encode(record)?;
        let through = through(record);
        let whose = (owner(record), through.as_ref());
        sessions::update(&self.ctx.db, &hash(record.id), whose, &data, self.ctx.now()).await.map_err(failed)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let data =
            sessions::load(&self.ctx.db, &hash(*id), self.ctx.portal.sessions, self.ctx.now()).await.map_err(failed)?;
        data.map(|data| {
            let data = serde_json::from_str(&data).map_err(|e| Error::Decode(e.to_string()))?;
            // The table decides about age, not the record.
            Ok(Record { id: *id, data, expiry_date: OffsetDateTime::now_utc() + self.ctx.portal.sessions.absolute })
        })
        .transpose()
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        sessions::end(&self.ctx.db, &hash(*id), self.ctx.now()).await.map_err(failed)
    }
}
