//! Taking back a customer that an import made or changed, as long as nothing else has touched it since.

use crate::access::{Action, Relation, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Tx, args, is_foreign_key_violation, sql};
use crate::error::AppError;
use crate::ids::OrganisationId;

use super::details::{self, Seen};
use super::fields::Field;

sql! {
    STANDING = "SELECT o.revision, (EXISTS (SELECT 1 FROM memberships x WHERE x.organisation_id = o.id) OR EXISTS (SELECT 1 FROM invitations x WHERE x.organisation_id = o.id) \
        OR EXISTS (SELECT 1 FROM orders x WHERE x.organisation_id = o.id) OR EXISTS (SELECT 1 FROM documents x WHERE x.organisation_id = o.id) OR EXISTS (SELECT 1 FROM projects x WHERE x.organisation_id = o.id) \
        OR EXISTS (SELECT 1 FROM staff_assignments x WHERE x.organisation_id = o.id) OR EXISTS (SELECT 1 FROM organisation_contacts x WHERE x.organisation_id = o.id) \
        OR EXISTS (SELECT 1 FROM group_organisations x WHERE x.organisation_id = o.id) OR EXISTS (SELECT 1 FROM organisation_domains x WHERE x.organisation_id = o.id)) AS used FROM organisations o WHERE o.id = $1";
    DELETE_TERMS = "DELETE FROM organisation_terms WHERE organisation_id = $1";
    DELETE_CHANGES = "DELETE FROM organisation_changes WHERE organisation_id = $1";
    DELETE_MUTES = "DELETE FROM notification_mutes WHERE organisation_id = $1";
    DELETE_DEFAULTS = "DELETE FROM notification_defaults WHERE organisation_id = $1";
    DELETE = "DELETE FROM organisations WHERE id = $1";
}

/// Takes back what was done to a customer that was left at this revision: `before` is what its fields held, and empty where it
/// was made. `false`: it was touched since, and stays as it is.
pub async fn take_back(tx: &Tx, ctx: &Ctx, id: OrganisationId, revision: i64, before: &str) -> Result<bool, AppError> {
    allow(&ctx.actor, Action::OrganisationManage, Relation::Other, None)?;
    let standing: Option<(i64, bool)> = tx.optional(STANDING, args![id]).await?;
    let Some((now, used)) = standing else { return Ok(false) };
    if now != revision || (before.is_empty() && used) {
        return Ok(false);
    }
    if before.is_empty() {
        tx.execute(DELETE_TERMS, args![id]).await?;
        tx.execute(DELETE_CHANGES, args![id]).await?;
        tx.execute(DELETE_MUTES, args![id]).await?;
        tx.execute(DELETE_DEFAULTS, args![id]).await?;
        match tx.execute(DELETE, args![id]).await {
            Err(error) if is_foreign_key_violation(&error) => {
                return Err(AppError::Conflict(ctx.t("imports-problem-attached").to_owned()));
            }
            other => other?,
        };
        audit::record(tx, ctx, Event::new("organisation.undo", "organisation", id.0)).await?;
        return Ok(true);
    }
    let old: Vec<(String, String)> = serde_json::from_str(before).map_err(|_| AppError::Internal)?;
    let values = old.into_iter().filter_map(|(field, text)| Some((Field::parse(&field)?, text))).collect();
    match details::edit_in(tx, ctx, id, Seen { revision: Some(revision), form: false }, values).await {
        Ok(_) => Ok(true),
        // A number that another customer has by now.
        Err(AppError::Stale | AppError::Invalid(_)) => Ok(false),
        Err(error) => Err(error),
    }
}
