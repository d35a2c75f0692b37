//! Making customers and assigning staff to them: what the command line needs until there are pages for it.

use crate::access::{Action, Relation, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{args, is_unique_violation, sql};
use crate::error::{AppError, FieldErrors};
use crate::ids::{OrganisationId, UserId};
use crate::sign_in::service::email_key;

sql! {
    INSERT = "INSERT INTO organisations (id, slug, name, number, state, created_at) VALUES ($1, $2, $3, $4, 'active', $5)";
    BY_SLUG = "SELECT id FROM organisations WHERE slug = $1 AND state = 'active'";
    STAFF = "SELECT id FROM users WHERE email_key = $1 AND staff_role IS NOT NULL AND state = 'active'";
    ASSIGN = "INSERT INTO staff_assignments (user_id, organisation_id, is_contact, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, organisation_id) DO UPDATE SET is_contact = excluded.is_contact";
}

fn invalid<T>(field: &str, text: &str) -> Result<T, AppError> {
    Err(AppError::Invalid(FieldErrors::one(field, text)))
}

/// Makes a customer.
pub async fn create(ctx: &Ctx, slug: &str, name: &str, number: &str) -> Result<OrganisationId, AppError> {
    allow(&ctx.actor, Action::OrganisationRead, Relation::Other, None)?;
    let plain = slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if slug.is_empty() || slug.len() > 60 || !plain {
        return invalid("slug", "use a-z, 0-9 and -");
    }
    if name.trim().is_empty() || number.trim().is_empty() {
        return invalid("name", "name and number must not be empty");
    }
    let id = OrganisationId::new();
    let tx = ctx.db.begin().await?;
    match tx.execute(INSERT, args![id, slug, name.trim(), number.trim(), ctx.now()]).await {
        Err(e) if is_unique_violation(&e) => return invalid("slug", "slug or number is taken"),
        other => other?,
    };
    audit::record(&tx, ctx, Event::new("organisation.create", "organisation", id.0).organisation(id)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Assigns a member of staff to a customer; `contact` makes them the one whom the customer sees.
pub async fn assign(ctx: &Ctx, slug: &str, email: &str, contact: bool) -> Result<(), AppError> {
    allow(&ctx.actor, Action::OrganisationRead, Relation::Other, None)?;
    let tx = ctx.db.begin().await?;
    let organisation: Option<(OrganisationId,)> = tx.optional(BY_SLUG, args![slug]).await?;
    let Some((organisation,)) = organisation else { return invalid("slug", "there is no such customer") };
    let staff: Option<(UserId,)> = tx.optional(STAFF, args![email_key(email)]).await?;
    let Some((staff,)) = staff else { return invalid("email", "no member of staff has this address") };
    tx.execute(ASSIGN, args![staff, organisation, contact, ctx.now()]).await?;
    let event = Event::new("organisation.assign", "organisation", organisation.0).organisation(organisation);
    audit::record(&tx, ctx, event.with("user", staff).with("contact", contact)).await?;
    tx.commit().await?;
    Ok(())
}
