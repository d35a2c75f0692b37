//! Use cases of one's own API tokens: see them, make one, take one back.

use std::time::Duration;

use crate::access::{Action, Actor, TokenScope, Via, allow_any};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::error::{AppError, FieldErrors};
use crate::ids::{TokenId, UserId};
use crate::mail::{Button, Letter, Template};
use crate::notifications::{Kind, Notice, Object, tell};
use crate::paths;
use crate::sign_in::sessions::mail_to;
use crate::sign_in::{proof, token};
use crate::time::Instant;

use super::service::oneself;

sql! {
    LIST = "SELECT id, name, scopes, created_at, expires_at, last_used_at FROM api_tokens WHERE user_id = $1 AND revoked_at IS NULL ORDER BY id DESC LIMIT 200";
    COUNT = "SELECT COUNT(*) AS n FROM api_tokens WHERE user_id = $1 AND revoked_at IS NULL";
    REVOKE = "UPDATE api_tokens SET revoked_at = $3 WHERE user_id = $1 AND id = $2 AND revoked_at IS NULL";
    OWNER = "SELECT user_id FROM api_tokens WHERE id = $1 AND revoked_at IS NULL";
}

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 100;
/// More than this many at once are a mistake of a program.
pub const MOST: i64 = 50;
/// The longest life that has an end.
const LONGEST_LIFE: Duration = Duration::from_secs(5 * 366 * 24 * 3600);

/// A token as its owner sees it: never its secret.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Token {
    /// Id.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// What it was narrowed to, as stored; empty: everything its owner may.
    pub scopes: String,
    /// When it was made.
    pub created_at: Instant,
    /// Until when it works; none: until it is revoked.
    pub expires_at: Option<Instant>,
    /// When it was last used, to five minutes.
    pub last_used_at: Option<Instant>,
}

impl Token {
    /// Whether its time has run out.
    pub fn is_expired(&self, now: Instant) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }
}

/// A token to be made.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// What it is for.
    pub name: String,
    /// What it is narrowed to; empty: everything its owner may.
    pub scopes: Vec<String>,
    /// Until when it works; none: until it is revoked.
    pub expires_at: Option<Instant>,
}

/// An area a token can be narrowed to, as far as its owner has anything to do there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its name in scopes.
    pub name: &'static str,
    /// There is something to read.
    pub read: bool,
    /// There is something to change.
    pub write: bool,
}

/// The areas somebody has anything to do in.
pub fn areas(actor: &Actor) -> Vec<Area> {
    let open = |name: &str, write: bool| {
        let acts = Action::all().into_iter().filter(|action| action.area() == name && action.is_write() == write);
        acts.into_iter().any(|action| allow_any(actor, action).is_ok())
    };
    TokenScope::AREAS
        .into_iter()
        .map(|name| Area { name, read: open(name, false), write: open(name, true) })
        .filter(|area| area.read || area.write)
        .collect()
}

/// One's tokens that were not revoked, the newest first; also expired ones, so that one learns why a program failed.
pub async fn list(ctx: &Ctx) -> Result<Vec<Token>, AppError> {
    let user = oneself(ctx)?;
    Ok(ctx.db.all(LIST, args![user]).await?)
}

fn check(ctx: &Ctx, new: &NewToken) -> Result<(String, TokenScope), AppError> {
    let mut errors = FieldErrors::default();
    let name = super::service::clean_name(&new.name).filter(|name| name.chars().count() <= LONGEST_NAME);
    if name.is_none() {
        errors.add("name", ctx.t("tokens-error-name"));
    }
    let scope = TokenScope::parse(new.scopes.iter().map(String::as_str));
    if scope.is_err() {
        errors.add("access", ctx.t("tokens-error-scope"));
    }
    let soon = |end: Instant| end <= ctx.now();
    if new.expires_at.is_some_and(|end| soon(end) || end > ctx.now().plus(LONGEST_LIFE)) {
        errors.add("expires", ctx.t("tokens-error-date"));
    }
    match (name, scope) {
        (Some(name), Ok(scope)) if errors.is_empty() => Ok((name, scope)),
        _ => Err(AppError::Invalid(errors)),
    }
}

/// Makes a token for oneself and returns its secret, which is stored nowhere.
///
/// A token makes no tokens: one that fell into wrong hands would outlive being revoked.
///
/// # Errors
/// `ProofNeeded` without a fresh proof; `Invalid` by field; `Conflict` when there are too many.
pub async fn create(ctx: &Ctx, new: NewToken) -> Result<(TokenId, String), AppError> {
    let user = check_may(ctx)?;
    insert(ctx, user, new).await
}

/// Whether somebody may make a token at all, before what they have typed is looked at.
pub fn check_may(ctx: &Ctx) -> Result<UserId, AppError> {
    let user = oneself(ctx)?;
    if matches!(ctx.actor.via(), Via::Token(..)) {
        return Err(AppError::Forbidden);
    }
    proof::require(ctx)?;
    Ok(user)
}

/// The same for anybody, by the operator at the machine.
pub async fn create_for(ctx: &Ctx, user: UserId, new: NewToken) -> Result<(TokenId, String), AppError> {
    crate::access::allow(&ctx.actor, Action::UserManage, crate::access::Relation::Other, None)?;
    insert(ctx, user, new).await
}

async fn insert(ctx: &Ctx, user: UserId, new: NewToken) -> Result<(TokenId, String), AppError> {
    let (name, scope) = check(ctx, &new)?;
    let tx = ctx.db.begin().await?;
    let (count,): (i64,) = tx.one(COUNT, args![user]).await?;
    if count >= MOST {
        return Err(AppError::Conflict(ctx.with("tokens-error-many", &[("count", MOST.into())])));
    }
    let (id, secret) = token::create(&tx, user, &name, &scope, new.expires_at, ctx.now()).await?;
    audit::record(&tx, ctx, Event::new("token.create", "token", id.0).with("user", user)).await?;
    if let Some(to) = mail_to(&tx, user).await? {
        let button = Button::Path(paths::ACCOUNT_TOKENS.to_owned());
        let letter = Letter { template: Template::TokenCreated, to, values: vec![("token", name)], button };
        let (kind, object) = (Kind::SecurityToken, Object::User(user));
        tell(&tx, ctx, Notice { kind, to: user, organisation: None, object, letter: Some(letter) }).await?;
    }
    tx.commit().await?;
    Ok((id, secret))
}

/// Takes one of one's own tokens back. One that has gone, or is somebody else's, is not found.
pub async fn revoke(ctx: &Ctx, id: TokenId) -> Result<(), AppError> {
    let user = oneself(ctx)?;
    end(ctx, user, id).await
}

/// Takes anybody's token back: the operator at the machine.
pub async fn revoke_any(ctx: &Ctx, id: TokenId) -> Result<(), AppError> {
    crate::access::allow(&ctx.actor, Action::UserManage, crate::access::Relation::Other, None)?;
    let owner: Option<(UserId,)> = ctx.db.optional(OWNER, args![id]).await?;
    end(ctx, owner.ok_or(AppError::NotFound)?.0, id).await
}

async fn end(ctx: &Ctx, user: UserId, id: TokenId) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    if tx.execute(REVOKE, args![user, id, ctx.now()]).await? == 0 {
        return Err(AppError::NotFound);
    }
    audit::record(&tx, ctx, Event::new("token.revoke", "token", id.0).with("user", user)).await?;
    tx.commit().await?;
    Ok(())
}

/// Anybody's tokens: the operator at the machine.
pub async fn list_of(ctx: &Ctx, user: UserId) -> Result<Vec<Token>, AppError> {
    crate::access::allow(&ctx.actor, Action::UserRead, crate::access::Relation::Other, None)?;
    Ok(ctx.db.all(LIST, args![user]).await?)
}
