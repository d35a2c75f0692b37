//! The private calendar of a person: an address with a secret in it, which calendar programs ask without signing in. It
//! is shown once and stored as a hash; it reads appointments as its owner may at that moment, and does nothing else.

use std::time::Duration;

use rand::RngExt as _;
use sha2::{Digest as _, Sha256};

use crate::access::{Action, Actor, Relation, TokenScope, Via, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::documents::model::hex;
use crate::error::AppError;
use crate::ids::{TokenId, UserId};
use crate::sign_in::{actor, proof};
use crate::time::Instant;

use super::model::{After, Which};
use super::scope::Scope;
use super::{ics, service, store};

sql! {
    FIND = "SELECT created_at, last_used_at FROM calendar_feeds WHERE user_id = $1";
    BY_HASH = "SELECT user_id, last_used_at FROM calendar_feeds WHERE token_hash = $1";
    SET = "INSERT INTO calendar_feeds (user_id, token_hash, created_at) VALUES ($1, $2, $3) ON CONFLICT (user_id) DO UPDATE SET token_hash = $2, created_at = $3, last_used_at = NULL";
    REMOVE = "DELETE FROM calendar_feeds WHERE user_id = $1";
    USED = "UPDATE calendar_feeds SET last_used_at = $2 WHERE token_hash = $1";
}

/// How far back it reaches.
const BACK: Duration = Duration::from_secs(90 * 24 * 3600);
/// The most it holds.
const MOST: i64 = 1000;
/// The last use is noted this often.
const NOTED_EVERY: Duration = Duration::from_secs(300);

/// The feed of a person, as its owner sees it: never its secret.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Feed {
    /// When its address was made.
    pub created_at: Instant,
    /// When a program last asked, to five minutes.
    pub last_used_at: Option<Instant>,
}

fn hash(token: &str) -> Vec<u8> {
    // 256 random bits need no slow hash.
    Sha256::digest(token.as_bytes()).to_vec()
}

fn oneself(ctx: &Ctx) -> Result<UserId, AppError> {
    allow(&ctx.actor, Action::AccountManage, Relation::Own, None)?;
    ctx.actor.user_id().ok_or(AppError::Unauthenticated)
}

/// One's own feed, if there is one.
pub async fn find(ctx: &Ctx) -> Result<Option<Feed>, AppError> {
    Ok(ctx.db.optional(FIND, args![oneself(ctx)?]).await?)
}

/// Makes an address, in place of the one before, and returns its secret, which is stored nowhere.
///
/// # Errors
/// `ProofNeeded` without a fresh proof: whoever has the address reads on without signing in.
pub async fn renew(ctx: &Ctx) -> Result<String, AppError> {
    let user = oneself(ctx)?;
    if matches!(ctx.actor.via(), Via::Token(..)) {
        return Err(AppError::Forbidden);
    }
    proof::require(ctx)?;
    let secret: [u8; 32] = rand::rng().random();
    let token = hex(&secret);
    let tx = ctx.db.begin().await?;
    tx.execute(SET, args![user, hash(&token), ctx.now()]).await?;
    audit::record(&tx, ctx, Event::new("calendar.renew", "user", user.0)).await?;
    tx.commit().await?;
    Ok(token)
}

/// Takes the address back: programs that have it find nothing from the next time on.
pub async fn revoke(ctx: &Ctx) -> Result<(), AppError> {
    let user = oneself(ctx)?;
    let tx = ctx.db.begin().await?;
    if tx.execute(REMOVE, args![user]).await? > 0 {
        audit::record(&tx, ctx, Event::new("calendar.revoke", "user", user.0)).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The calendar behind an address, as its owner may see it now; nothing of somebody who may not sign in any more.
pub async fn read(ctx: &Ctx, token: &str) -> Result<String, AppError> {
    let row: Option<(UserId, Option<Instant>)> = ctx.db.optional(BY_HASH, args![hash(token)]).await?;
    let (user, used) = row.ok_or(AppError::NotFound)?;
    let person = actor::load(&ctx.db, user).await?.ok_or(AppError::NotFound)?;
    let scope = TokenScope::parse(["appointments:read"]).map_err(|_| AppError::Internal)?;
    let zone = person.time_zone.as_deref().and_then(|name| jiff::tz::TimeZone::get(name).ok());
    let reader = Ctx {
        actor: Actor::person(person.kind.clone(), Via::Token(TokenId(uuid::Uuid::nil()), scope)),
        locale: person.locale.unwrap_or(ctx.locale),
        zone: zone.unwrap_or_else(|| ctx.portal.zone.clone()),
        ..ctx.clone()
    };
    if used.is_none_or(|used| used < ctx.now().minus(NOTED_EVERY)) {
        let tx = ctx.db.begin().await?;
        tx.execute(USED, args![hash(token), ctx.now()]).await?;
        tx.commit().await?;
    }
    let staff = reader.actor.staff().is_some();
    let rows = match Scope::of(&reader.actor) {
        Ok(scope) => {
            let which = Which { mine: staff, ..Which::UPCOMING };
            let from = After::from(ctx.now().minus(BACK));
            store::list(&ctx.db, scope, staff, which, None, from, MOST).await?
        }
        // Somebody who has nothing to do with appointments has an empty calendar.
        Err(AppError::Forbidden) => Vec::new(),
        Err(error) => return Err(error),
    };
    let slots = service::slots_of(&reader, &rows).await?;
    Ok(ics::many(&reader, &rows, &slots))
}
