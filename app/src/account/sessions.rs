//! Use cases of one's own sessions: see where one is signed in, end it there, stay here.

use std::time::Duration;

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::ids::SessionId;
use crate::sign_in::assurance::{self, Assurance, Method};
use crate::sign_in::sessions::{self, NOTED_EVERY, Row};
use crate::time::Instant;

use super::device::{Device, Place};
use super::service::oneself;

/// One place where somebody is signed in.
#[derive(Clone, Debug)]
pub struct Session {
    /// What it is called.
    pub id: SessionId,
    /// On what.
    pub device: Device,
    /// The address of its last use; empty where it was not noted.
    pub address: String,
    /// From where.
    pub place: Place,
    /// Somebody else's proxy has passed it on.
    pub proxied: bool,
    /// How they signed in; none where it was not noted.
    pub assurance: Option<Assurance>,
    /// When it began.
    pub begun_at: Instant,
    /// When it was last used, to the minute.
    pub used_at: Instant,
    /// It is the one that asks.
    pub current: bool,
}

/// Where one is signed in: this session first, then the last used first.
pub async fn list(ctx: &Ctx) -> Result<Vec<Session>, AppError> {
    let user = oneself(ctx)?;
    let rows = sessions::list(&ctx.db, user, ctx.portal.sessions, ctx.now()).await?;
    let current = ctx.session.map(|session| session.id);
    let reader = rows.iter().find(|row| Some(row.id) == current).map(|row| row.sender.clone());
    let mut listed: Vec<Session> = rows.into_iter().map(|row| session(row, current, reader.as_deref())).collect();
    listed.sort_by_key(|session| !session.current);
    Ok(listed)
}

fn session(row: Row, current: Option<SessionId>, reader: Option<&str>) -> Session {
    let data: serde_json::Value = serde_json::from_str(&row.data).unwrap_or_default();
    let assurance = data.get(assurance::KEY).and_then(|value| serde_json::from_value(value.clone()).ok());
    Session {
        id: row.id,
        device: Device::parse(&row.device),
        place: Place::of(&row.sender, reader),
        address: row.sender,
        proxied: row.proxied,
        assurance,
        begun_at: row.created_at,
        used_at: row.last_seen_at,
        current: Some(row.id) == current,
    }
}

/// The Fluent key of how somebody signed in.
pub const fn method_key(method: Method) -> &'static str {
    match method {
        Method::Password => "sessions-method-password",
        Method::Passkey => "sessions-method-passkey",
        Method::Totp => "sessions-method-totp",
        Method::RecoveryCode => "sessions-method-recovery-code",
        Method::SingleSignOn | Method::SingleSignOnAlone => "sessions-method-single-sign-on",
        Method::MailLink => "sessions-method-mail-link",
    }
}

/// Ends one of one's own sessions. One that has ended meanwhile, or is somebody else's, is not found.
pub async fn end(ctx: &Ctx, id: SessionId) -> Result<(), AppError> {
    let user = oneself(ctx)?;
    let tx = ctx.db.begin().await?;
    if !sessions::end_one(&tx, ctx, user, id).await? {
        return Err(AppError::NotFound);
    }
    audit::record(&tx, ctx, Event::new("session.end", "user", user.0).with("session", id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends all of one's sessions but the one that asks; says how many.
pub async fn end_others(ctx: &Ctx) -> Result<u64, AppError> {
    let user = oneself(ctx)?;
    let tx = ctx.db.begin().await?;
    // Only those that are listed are told of; what has run out ends as well.
    let living = sessions::list(&tx, user, ctx.portal.sessions, ctx.now()).await?;
    let current = ctx.session.map(|session| session.id);
    let count = living.iter().filter(|row| Some(row.id) != current).count();
    sessions::end_others(&tx, ctx, user, current).await?;
    audit::record(&tx, ctx, Event::new("session.end_others", "user", user.0).with("sessions", count)).await?;
    tx.commit().await?;
    Ok(u64::try_from(count).unwrap_or(u64::MAX))
}

/// How long a session still lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remaining {
    /// Without a request.
    pub idle: Duration,
    /// Whatever happens.
    pub left: Duration,
}

/// How long the session of a page lives that has just been asked for. At least: the last request is noted to the
/// minute only.
pub fn remaining(ctx: &Ctx) -> Option<Remaining> {
    let lifetimes = ctx.portal.sessions;
    let left = ctx.session?.left(lifetimes, ctx.now());
    Some(Remaining { idle: lifetimes.idle.saturating_sub(NOTED_EVERY), left })
}

/// Notes that somebody is still there; says how long the session lives from now on.
///
/// # Errors
/// `Unauthenticated` when it has ended.
pub async fn stay(ctx: &Ctx) -> Result<Remaining, AppError> {
    // Whose session it is, not whom they look as.
    let session = ctx.session.filter(|_| !ctx.actor.is_anonymous()).ok_or(AppError::Unauthenticated)?;
    let tx = ctx.db.begin().await?;
    if !sessions::stay(&tx, session.user, session.id, ctx.now()).await? {
        return Err(AppError::Unauthenticated);
    }
    tx.commit().await?;
    let lifetimes = ctx.portal.sessions;
    Ok(Remaining { idle: lifetimes.idle, left: session.left(lifetimes, ctx.now()) })
}
