//! Proving with a second factor, at sign-in and before something sensitive.

use std::net::IpAddr;

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::Tx;
use crate::error::{AppError, FieldErrors};
use crate::ids::UserId;
use crate::mail::Template;
use crate::sign_in::assurance::Method;
use crate::sign_in::throttle::{self, Subjects};

use super::{codes, passkeys, store, tell, totp};

/// The digits of a code of an app; anything longer is a recovery code.
const DIGITS: usize = 6;

/// An accepted proof, and the transaction in which it was used up.
pub struct Proved {
    /// The transaction. Until it is committed nothing has happened.
    pub tx: Tx,
    /// What it was.
    pub method: Method,
}

/// Checks a code of somebody: of their app, or one of their recovery codes.
pub async fn code(ctx: &Ctx, user: UserId, typed: &str, sender: IpAddr) -> Result<Proved, AppError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(AppError::Invalid(FieldErrors::one("code", ctx.t("factors-code-missing"))));
    }
    if typed.chars().filter(|c| c.is_alphanumeric()).count() > DIGITS {
        recovery_code(ctx, user, typed, sender).await
    } else {
        app_code(ctx, user, typed, sender).await
    }
}

async fn app_code(ctx: &Ctx, user: UserId, typed: &str, sender: IpAddr) -> Result<Proved, AppError> {
    let subjects = Subjects::code(user, sender);
    throttle::attempt(&ctx.db, &subjects, ctx.now()).await?;
    let app = store::app(&ctx.db, user).await?;
    let secret = app.and_then(|app| ctx.portal.secrets.open(&super::service::place(user), &app.secret));
    let step = secret.and_then(|secret| totp::step_of(&secret, typed, ctx.now()));
    let Some(step) = step else { return refuse(ctx, user, "factors-code-wrong").await };
    let tx = ctx.db.begin().await?;
    if !store::use_app(&tx, user, step, ctx.now()).await? {
        drop(tx);
        return refuse(ctx, user, "factors-code-used").await;
    }
    throttle::succeed(&tx, &subjects).await?;
    Ok(Proved { tx, method: Method::Totp })
}

async fn recovery_code(ctx: &Ctx, user: UserId, typed: &str, sender: IpAddr) -> Result<Proved, AppError> {
    let subjects = Subjects::sender(sender);
    throttle::attempt(&ctx.db, &subjects, ctx.now()).await?;
    let Some(hash) = codes::hash(user, typed) else { return refuse(ctx, user, "factors-recovery-wrong").await };
    let tx = ctx.db.begin().await?;
    if !store::use_code(&tx, user, hash, ctx.now()).await? {
        drop(tx);
        return refuse(ctx, user, "factors-recovery-wrong").await;
    }
    throttle::succeed(&tx, &subjects).await?;
    let left = store::codes_left(&tx, user).await?.unused;
    tell::owner(&tx, ctx, user, Template::RecoveryCodeUsed, vec![("left", left.to_string())]).await?;
    audit::record(&tx, ctx, Event::new("factor.recover", "user", user.0)).await?;
    Ok(Proved { tx, method: Method::RecoveryCode })
}

async fn refuse(ctx: &Ctx, user: UserId, key: &'static str) -> Result<Proved, AppError> {
    let tx = ctx.db.begin().await?;
    audit::record(&tx, ctx, Event::new("factor.refuse", "user", user.0)).await?;
    tx.commit().await?;
    Err(AppError::Invalid(FieldErrors::one("code", ctx.t(key))))
}

/// Checks a passkey of somebody.
pub async fn passkey(ctx: &Ctx, user: UserId, state: &str, answer: &str, sender: IpAddr) -> Result<Proved, AppError> {
    let (proved, _) = signature(ctx, Some(user), state, answer, sender).await?;
    Ok(proved)
}

/// Checks a passkey of whoever it belongs to, as the only credential of a sign-in.
pub async fn any_passkey(ctx: &Ctx, state: &str, answer: &str, sender: IpAddr) -> Result<(Proved, UserId), AppError> {
    signature(ctx, None, state, answer, sender).await
}

async fn signature(
    ctx: &Ctx,
    who: Option<UserId>,
    state: &str,
    answer: &str,
    sender: IpAddr,
) -> Result<(Proved, UserId), AppError> {
    let subjects = Subjects::sender(sender);
    throttle::attempt(&ctx.db, &subjects, ctx.now()).await?;
    let signed = passkeys::check(ctx, who, state, answer).await?;
    let user = signed.user;
    let tx = ctx.db.begin().await?;
    signed.accept(&tx, ctx).await?;
    throttle::succeed(&tx, &subjects).await?;
    Ok((Proved { tx, method: Method::Passkey }, user))
}

/// Refuses what proves less than the second factor of somebody who has one: with a password alone nobody takes that
/// factor away.
pub async fn enough(ctx: &Ctx, user: UserId, method: Method) -> Result<(), AppError> {
    if method.is_strong() || !super::service::of(ctx, user).await?.any() {
        return Ok(());
    }
    Err(AppError::Conflict(ctx.t("confirm-factor").to_owned()))
}

/// Checks the password of somebody who is signed in, and has nothing stronger.
pub async fn password(ctx: &Ctx, user: UserId, typed: &str, sender: IpAddr) -> Result<Proved, AppError> {
    enough(ctx, user, Method::Password).await?;
    if typed.is_empty() {
        return Err(AppError::Invalid(FieldErrors::one("password", ctx.t("sign-in-password-missing"))));
    }
    let subjects = Subjects::new(&crate::sign_in::service::email_key(ctx.actor.email()), sender);
    throttle::attempt(&ctx.db, &subjects, ctx.now()).await?;
    let hash = store::password(&ctx.db, user).await?;
    if !crate::sign_in::password::verify(typed, hash).await? {
        let tx = ctx.db.begin().await?;
        audit::record(&tx, ctx, Event::new("session.refuse", "user", user.0)).await?;
        tx.commit().await?;
        return Err(AppError::Invalid(FieldErrors::one("password", ctx.t("factors-password-wrong"))));
    }
    let tx = ctx.db.begin().await?;
    throttle::succeed(&tx, &subjects).await?;
    if !crate::sign_in::password::is_short(typed) {
        store::password_is_long(&tx, user).await?;
    }
    Ok(Proved { tx, method: Method::Password })
}
