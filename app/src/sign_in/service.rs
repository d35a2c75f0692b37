//! Use cases of signing in.

use std::net::IpAddr;

use unicode_normalization::UnicodeNormalization as _;

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Tx, args, sql};
use crate::error::{AppError, FieldErrors};
use crate::factors::store;
use crate::ids::UserId;
use crate::notifications::push::service as push;
use crate::view_as;

use super::assurance::Method;
use super::establish::{self, Begun};
use super::{password, throttle};

sql! {
    CREDENTIALS = "SELECT id, password_hash, password_short FROM users WHERE email_key = $1 AND state = 'active'";
}

/// What addresses are compared by: NFC, lower case, without surrounding space.
pub fn email_key(email: &str) -> String {
    email.trim().nfc().collect::<String>().to_lowercase()
}

/// Checks e-mail and password. Unknown, suspended and wrong are one answer at one price.
pub async fn sign_in(ctx: &Ctx, email: &str, password_: &str, sender: IpAddr) -> Result<Begun, AppError> {
    let mut errors = FieldErrors::default();
    if email.trim().is_empty() {
        errors.add("email", ctx.t("sign-in-email-missing"));
    }
    if password_.is_empty() {
        errors.add("password", ctx.t("sign-in-password-missing"));
    }
    errors.into_result()?;
    let key = email_key(email);
    let subjects = throttle::Subjects::new(&key, sender);
    throttle::attempt(&ctx.db, &subjects, ctx.now()).await?;
    let row: Option<(UserId, Option<String>, bool)> = ctx.db.optional(CREDENTIALS, args![&key]).await?;
    let counts_as_short = row.as_ref().is_some_and(|(_, _, short)| *short);
    let (user_id, hash) = row.map_or((None, None), |(id, hash, _)| (Some(id), hash));
    let matches = password::verify(password_, hash).await?;
    let Some(user_id) = user_id.filter(|_| matches) else {
        let tx = ctx.db.begin().await?;
        audit::record(&tx, ctx, Event::new("session.refuse", "session", None)).await?;
        tx.commit().await?;
        return Err(AppError::Invalid(FieldErrors::one("password", ctx.t("sign-in-wrong"))));
    };
    // Durable with the session, which is kept next: before that nobody is told that they are in.
    let tx = ctx.db.begin_relaxed().await?;
    throttle::succeed(&tx, &subjects).await?;
    if counts_as_short && !password::is_short(password_) {
        store::password_is_long(&tx, user_id).await?;
    }
    let begun = establish::begin(&tx, ctx, user_id, Method::Password).await?;
    tx.commit().await?;
    Ok(begun)
}

/// The answer to a passkey that opens nothing, whyever.
pub fn wrong_passkey(ctx: &Ctx) -> AppError {
    AppError::Invalid(FieldErrors::one("passkey", ctx.t("factors-passkey-refused")))
}

/// Records that somebody who is signed in proved again who they are.
pub async fn note_proof(tx: &Tx, ctx: &Ctx, user: UserId, method: Method) -> Result<(), AppError> {
    let event = Event::new("session.prove", "user", user.0).with("method", method.name());
    Ok(audit::record(tx, ctx, event).await?)
}

/// Records that somebody signed out, and ends what the session was looking at and what this browser is told.
pub async fn sign_out(ctx: &Ctx) -> Result<(), AppError> {
    let Some(user_id) = ctx.actor.user_id() else { return Ok(()) };
    let tx = ctx.db.begin().await?;
    if let Some(session) = ctx.session {
        view_as::end(&tx, ctx, view_as::Which::in_session(user_id, session.id), view_as::Why::Session).await?;
    }
    push::signed_out(&tx, ctx, user_id).await?;
    audit::record(&tx, ctx, Event::new("session.end", "user", user_id.0)).await?;
    tx.commit().await?;
    Ok(())
}
