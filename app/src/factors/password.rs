//! Changing one's own password.

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::error::{AppError, FieldErrors};
use crate::mail::Template;
use crate::sign_in::{actor, password, sessions};

use super::{service, store, tell};

/// Sets a new password after a fresh proof. Every other session ends; the caller renews this one.
pub async fn change(ctx: &Ctx, new: &str, again: &str) -> Result<(), AppError> {
    let user = service::own(ctx)?;
    crate::sign_in::proof::require(ctx)?;
    let invalid = |field: &str, key: &'static str| AppError::Invalid(FieldErrors::one(field, ctx.t(key)));
    if new.is_empty() {
        return Err(invalid("password", "password-missing"));
    }
    let person = actor::load(&ctx.db, user).await?.ok_or(AppError::Unauthenticated)?;
    let local = ctx.actor.email().split('@').next().unwrap_or_default();
    let context = [local, ctx.actor.name()];
    password::accept(ctx, new, &context, person.has_factor)?;
    if new != again {
        return Err(invalid("again", "password-differs"));
    }
    let hash = password::hash(new).await?;
    let tx = ctx.db.begin().await?;
    store::lock(&tx, user).await?;
    // Once more: the last factor may have been removed meanwhile.
    let person = actor::load(&tx, user).await?.ok_or(AppError::Unauthenticated)?;
    password::accept(ctx, new, &context, person.has_factor)?;
    store::set_password(&tx, user, &hash, password::is_short(new)).await?;
    sessions::end_others(&tx, ctx, user, ctx.session.map(|session| session.id)).await?;
    tell::owner(&tx, ctx, user, Template::PasswordChanged, vec![]).await?;
    audit::record(&tx, ctx, Event::new("user.password", "user", user.0)).await?;
    tx.commit().await?;
    Ok(())
}
