//! Who must have a second factor: by role for the whole portal, by organisation on top of that.

use crate::access::{Action, Relation, Role, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::error::AppError;
use crate::etag;
use crate::ids::OrganisationId;
use crate::settings;
use crate::sign_in::proof;

sql! {
    /// Whoever changes the rules waits here for whoever else does.
    LOCK = "INSERT INTO settings (key, value) VALUES ('sign_in_rules', '') ON CONFLICT (key) DO UPDATE SET value = settings.value";
    SET_ORGANISATION = "UPDATE organisations SET require_factor = $2 WHERE id = $1";
}

/// The roles that need one.
pub async fn roles(ctx: &Ctx) -> Result<Vec<Role>, AppError> {
    allow(&ctx.actor, Action::UserManage, Relation::Other, None)?;
    Ok(settings::factor_roles(&ctx.db).await?)
}

fn names(roles: &[Role]) -> String {
    roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(" ")
}

/// Another one for every other choice of roles: the ETag.
pub fn digest(roles: &[Role]) -> String {
    etag::digest(&names(roles))
}

/// Sets the roles that need one; answers those that it kept. It holds from everybody's next request. `seen`: the digest
/// of those that were looked at; none sets them whatever they are.
///
/// # Errors
/// `Stale` where somebody was faster.
pub async fn set_roles(ctx: &Ctx, roles: &[Role], seen: Option<&str>) -> Result<Vec<Role>, AppError> {
    allow(&ctx.actor, Action::UserManage, Relation::Other, None)?;
    proof::require(ctx)?;
    let roles: Vec<Role> = Role::ALL.into_iter().filter(|role| roles.contains(role)).collect();
    let tx = ctx.db.begin().await?;
    tx.execute(LOCK, args![]).await?;
    let before = settings::factor_roles(&tx).await?;
    if etag::is_stale(seen, &digest(&before)) {
        return Err(AppError::Stale);
    }
    settings::set_factor_roles(&tx, &roles).await?;
    let event = Event::new("factor.require", "settings", None).with("roles", names(&roles));
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(roles)
}

/// Whether everybody of an organisation needs one, inside the transaction of whoever has asked the policy about it
/// (`organisation.security`). The caller records the event.
pub async fn set_organisation(
    tx: &crate::db::Tx,
    organisation: OrganisationId,
    required: bool,
) -> Result<(), AppError> {
    match tx.execute(SET_ORGANISATION, args![organisation, required]).await? {
        0 => Err(AppError::NotFound),
        _ => Ok(()),
    }
}
