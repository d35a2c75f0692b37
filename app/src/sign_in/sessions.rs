//! The SQL of sessions. The store itself is `server/src/session_store.rs`.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::account::device::{self, Place};
use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::ids::{ProviderId, SessionId, UserId};
use crate::mail::{Button, Letter, Recipient, Template};
use crate::notifications::push::service as push;
use crate::notifications::{Kind, Notice, Object, tell};
use crate::paths;
use crate::sso::model::Through;
use crate::time::Instant;
use crate::view_as::{self, Which, Why};

use super::devices::{self, Device};
use super::origin::{self, Origin};

sql! {
    INSERT = "INSERT INTO sessions (id_hash, user_id, data, created_at, last_seen_at, id, device, sender, proxied, provider_id, provider_sid) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// Ended rows stay ended.
    UPDATE = "UPDATE sessions SET user_id = $2, data = $3, last_seen_at = $4, provider_id = $5, provider_sid = $6 WHERE id_hash = $1 AND ended_at IS NULL";
    LOAD = "SELECT data, last_seen_at FROM sessions WHERE id_hash = $1 AND ended_at IS NULL AND last_seen_at > $2 AND created_at > $3";
    TOUCH = "UPDATE sessions SET last_seen_at = $2, device = $3, sender = $4, proxied = $5 WHERE id_hash = $1 AND ended_at IS NULL";
    STAY = "UPDATE sessions SET last_seen_at = $3 WHERE user_id = $1 AND id = $2 AND ended_at IS NULL";
    LIVING = "SELECT created_at FROM sessions WHERE id_hash = $1 AND ended_at IS NULL";
    END = "UPDATE sessions SET ended_at = $2, data = '{}', id = NULL WHERE id_hash = $1 AND ended_at IS NULL";
    LIST = "SELECT id, device, sender, proxied, data, created_at, last_seen_at FROM sessions WHERE user_id = $1 AND ended_at IS NULL AND last_seen_at > $2 AND created_at > $3 AND id IS NOT NULL ORDER BY last_seen_at DESC, id DESC LIMIT 200";
    END_ONE = "UPDATE sessions SET ended_at = $3, data = '{}', id = NULL WHERE user_id = $1 AND id = $2 AND ended_at IS NULL";
    END_OTHERS = "UPDATE sessions SET ended_at = $3, data = '{}', id = NULL WHERE user_id = $1 AND (id IS NULL OR id <> $2) AND ended_at IS NULL";
    RECIPIENT = "SELECT email, name, locale FROM users WHERE id = $1 AND state = 'active'";
    PURGE = "DELETE FROM sessions WHERE last_seen_at < $1 OR (user_id IS NULL AND last_seen_at < $2)";
}

/// The last request is noted this often, not at each.
pub const NOTED_EVERY: Duration = Duration::from_secs(60);
/// The key in a session's data of what it is called and when it began.
pub const KEY: &str = "kontor.session";

/// How long sessions live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetimes {
    /// Ends after this long without a request.
    pub idle: Duration,
    /// Ends after this long, whatever happens.
    pub absolute: Duration,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self { idle: Duration::from_secs(30 * 60), absolute: Duration::from_secs(12 * 3600) }
    }
}

/// What a signed-in session is called, whose it is, and when it began. Kept in its data, so that it stays the same when
/// the secret in the cookie changes: a session does not become younger by that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// What pages and programs call it.
    pub id: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// When it began, in microseconds since 1970 UTC.
    pub at: i64,
}

impl Identity {
    /// A session of this person that begins now.
    pub fn now(user: UserId, now: Instant) -> Self {
        Self { id: SessionId::new(), user, at: now.0 }
    }

    /// How long it may still live, whatever happens.
    pub fn left(self, lifetimes: Lifetimes, now: Instant) -> Duration {
        let end = Instant(self.at).plus(lifetimes.absolute);
        Duration::from_micros(u64::try_from(end.0.saturating_sub(now.0)).unwrap_or(0))
    }
}

/// A session as its owner sees it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    /// What it is called.
    pub id: SessionId,
    /// As the browser names itself.
    pub device: String,
    /// The address of its last use.
    pub sender: String,
    /// Somebody else's proxy has passed it on.
    pub proxied: bool,
    /// What the session holds, as JSON.
    pub data: String,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used, to the minute.
    pub last_seen_at: Instant,
}

/// A session to be kept.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// SHA-256 of the secret in the cookie.
    pub id_hash: &'a [u8],
    /// What it holds, as JSON.
    pub data: &'a str,
    /// Whose it is; none for a stranger's.
    pub identity: Option<Identity>,
    /// It has just begun, and did not only get another secret.
    pub fresh: bool,
    /// The provider of single sign-on it came through: so that the provider can end it.
    pub through: Option<&'a Through>,
}

/// Keeps a new session. One that begins on a browser its person has never used is told to them by mail. `false` when
/// the id is taken.
pub async fn insert(ctx: &Ctx, new: New<'_>) -> Result<bool, AppError> {
    let now = ctx.now();
    let tx = ctx.db.begin().await?;
    let origin = origin::current().unwrap_or_default();
    let (user, id) = (new.identity.map(|b| b.user), new.identity.map(|b| b.id));
    let created = new.identity.map_or(now, |b| Instant(b.at));
    let (provider, sid) = provider(new.through);
    let values = args![
        new.id_hash,
        user,
        new.data,
        created,
        now,
        id,
        &origin.device,
        origin.sender_text(),
        origin.proxied,
        provider,
        sid
    ];
    match tx.execute(INSERT, values).await {
        Ok(_) => {}
        Err(e) if crate::db::is_unique_violation(&e) => return Ok(false),
        Err(e) => return Err(e.into()),
    }
    if let Some(identity) = new.identity.filter(|_| new.fresh && origin.sender.is_some()) {
        begun_on(&tx, ctx, identity, &origin).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Notes the browser a session has begun on, whose messages are its person's from now on, and tells its person of a new one.
async fn begun_on(tx: &Tx, ctx: &Ctx, identity: Identity, origin: &Origin) -> Result<(), AppError> {
    push::begun(tx, identity.user, identity.id, origin.cookie.as_deref()).await?;
    if devices::note(tx, identity.user, origin, ctx.now()).await? != Device::New {
        return Ok(());
    }
    let Some(to) = mail_to(tx, identity.user).await? else { return Ok(()) };
    let what = device::Device::parse(&origin.device).words(to.locale);
    let place = Place::of(&origin.sender_text(), None).words(to.locale);
    let letter = Letter {
        template: Template::SignInFromNewDevice,
        to,
        values: vec![("device", format!("{what}, {place}"))],
        button: Button::Path(paths::ACCOUNT_SESSIONS.to_owned()),
    };
    let (kind, to, object) = (Kind::SecurityDevice, identity.user, Object::User(identity.user));
    tell(tx, ctx, Notice { kind, to, organisation: None, object, letter: Some(letter) }).await
}

/// Where mails to a person go; nowhere for one who may not sign in.
pub async fn mail_to(db: &Db, user: UserId) -> DbResult<Option<Recipient>> {
    let row: Option<(String, String, Option<Locale>)> = db.optional(RECIPIENT, args![user]).await?;
    Ok(row.map(|(address, name, locale)| Recipient { address, name, locale: locale.unwrap_or_default() }))
}

fn provider(through: Option<&Through>) -> (Option<ProviderId>, Option<String>) {
    (through.map(|through| through.provider), through.and_then(|through| through.sid.clone()))
}

/// Writes what a session holds: whose it is, and through which provider it came.
pub async fn update(
    db: &Db,
    id_hash: &[u8],
    (user, through): (Option<UserId>, Option<&Through>),
    data: &str,
    now: Instant,
) -> DbResult<()> {
    let (provider, sid) = provider(through);
    let tx = db.begin().await?;
    tx.execute(UPDATE, args![id_hash, user, data, now, provider, sid]).await?;
    tx.commit().await
}

/// What a living session holds.
pub async fn load(db: &Db, id_hash: &[u8], lifetimes: Lifetimes, now: Instant) -> DbResult<Option<String>> {
    let row: Option<(String, Instant)> =
        db.optional(LOAD, args![id_hash, now.minus(lifetimes.idle), now.minus(lifetimes.absolute)]).await?;
    let Some((data, seen)) = row else { return Ok(None) };
    // Without an origin, or where a page asks by itself whether there is news, nobody has come.
    if let Some(origin) = origin::current().filter(|origin| !origin.by_itself && seen < now.minus(NOTED_EVERY)) {
        let tx = db.begin().await?;
        tx.execute(TOUCH, args![id_hash, now, &origin.device, origin.sender_text(), origin.proxied]).await?;
        tx.commit().await?;
    }
    Ok(Some(data))
}

/// Notes that somebody wants to stay; `false` when the session has ended.
pub async fn stay(tx: &Tx, user: UserId, id: SessionId, now: Instant) -> DbResult<bool> {
    Ok(tx.execute(STAY, args![user, id, now]).await? > 0)
}

/// Ends a session; it cannot come back. Every sign-in ends the one it began in, which mostly was never kept: then the
/// one writer of SQLite is left alone.
pub async fn end(db: &Db, id_hash: &[u8], now: Instant) -> DbResult<()> {
    let living: Option<(Instant,)> = db.optional(LIVING, args![id_hash]).await?;
    if living.is_none() {
        return Ok(());
    }
    let tx = db.begin().await?;
    tx.execute(END, args![id_hash, now]).await?;
    tx.commit().await
}

/// A person's living sessions, the last used first.
pub async fn list(db: &Db, user: UserId, lifetimes: Lifetimes, now: Instant) -> DbResult<Vec<Row>> {
    db.all(LIST, args![user, now.minus(lifetimes.idle), now.minus(lifetimes.absolute)]).await
}

/// Ends one of a person's sessions, and what it was looking at; `false` when they have no such. Before anything is
/// recorded, as it may record itself.
pub async fn end_one(tx: &Tx, ctx: &Ctx, user: UserId, id: SessionId) -> DbResult<bool> {
    let ended = tx.execute(END_ONE, args![user, id, ctx.now()]).await? > 0;
    push::ended(tx, user, id).await?;
    view_as::end(tx, ctx, Which::in_session(user, id), Why::Session).await?;
    Ok(ended)
}

/// Ends all of a person's sessions but this one, with what they were looking at, and says how many; without one, all.
/// Before anything is recorded, as it may record itself.
pub async fn end_others(tx: &Tx, ctx: &Ctx, user: UserId, but: Option<SessionId>) -> DbResult<u64> {
    // No session has the nil id.
    let id = but.unwrap_or(SessionId(uuid::Uuid::nil()));
    let ended = tx.execute(END_OTHERS, args![user, id, ctx.now()]).await?;
    push::ended_others(tx, user, id).await?;
    view_as::end(tx, ctx, Which::in_others(user, but), Why::Session).await?;
    Ok(ended)
}

/// Forgets sessions that ended long ago, strangers' that ran out, and browsers that were not seen for a year.
pub async fn purge(db: &Db, lifetimes: Lifetimes, now: Instant) -> DbResult<()> {
    let tx = db.begin().await?;
    tx.execute(PURGE, args![now.minus(lifetimes.absolute), now.minus(lifetimes.idle)]).await?;
    devices::purge(&tx, now).await?;
    tx.commit().await
}
