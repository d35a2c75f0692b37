//! Use cases of one's own account.

use crate::access::{Action, Relation, allow};
use crate::ctx::{Ctx, Theme};
use crate::db::{args, sql};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::ids::OrganisationId;

sql! {
    SET_LOCALE = "UPDATE users SET locale = $2 WHERE id = $1";
    SET_THEME = "UPDATE users SET theme = $2 WHERE id = $1";
}

/// Remembers the language of somebody signed in; for anybody else the cookie does.
pub async fn set_language(ctx: &Ctx, locale: Locale) -> Result<(), AppError> {
    let Some(user) = ctx.actor.user_id() else { return Ok(()) };
    allow(&ctx.actor, Action::AccountManage, Relation::Own, None)?;
    let tx = ctx.db.begin().await?;
    tx.execute(SET_LOCALE, args![user, locale]).await?;
    tx.commit().await?;
    Ok(())
}

/// Remembers the theme of somebody signed in.
pub async fn set_theme(ctx: &Ctx, theme: Theme) -> Result<(), AppError> {
    let Some(user) = ctx.actor.user_id() else { return Ok(()) };
    allow(&ctx.actor, Action::AccountManage, Relation::Own, None)?;
    let tx = ctx.db.begin().await?;
    tx.execute(SET_THEME, args![user, theme.name()]).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether the actor may look at this organisation: one of their own memberships.
pub fn check_organisation(ctx: &Ctx, id: OrganisationId) -> Result<(), AppError> {
    if ctx.actor.is_anonymous() {
        return Err(AppError::Unauthenticated);
    }
    let own = ctx.actor.memberships().iter().any(|m| m.organisation_id == id);
    if own { Ok(()) } else { Err(AppError::NotFound) }
}
