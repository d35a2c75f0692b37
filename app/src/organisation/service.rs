//! Use cases of organisations.

use crate::access::{Act, Action, Relation, allow, allow_any, grant};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::ids::{GroupId, OrganisationId};

use super::model::{Contact, Group, Organisation, Person, Project};
use super::store::{self, Scope};

/// See an organisation.
#[derive(Debug)]
pub struct Read;

impl Act<Organisation> for Read {
    fn action(_: &Organisation) -> Action {
        Action::OrganisationRead
    }
}

/// Organisations by name, and whether there are more.
pub async fn list(
    ctx: &Ctx,
    after: Option<(&str, OrganisationId)>,
    limit: i64,
) -> Result<(Vec<Organisation>, bool), AppError> {
    allow_any(&ctx.actor, Action::OrganisationRead)?;
    let after = after.unwrap_or(("", OrganisationId(uuid::Uuid::nil())));
    let mut rows = store::list(&ctx.db, Scope::of(&ctx.actor)?, after, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    Ok((rows, more))
}

/// One organisation. Foreign and missing are the same.
pub async fn find(ctx: &Ctx, id: OrganisationId) -> Result<Organisation, AppError> {
    let row = store::find(&ctx.db, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    Ok(grant::<Read, _>(&ctx.actor, row)?.into_row())
}

/// Its people who can sign in, as a form offers them: for staff and for its own members.
pub async fn people(ctx: &Ctx, organisation: &Organisation) -> Result<Vec<Person>, AppError> {
    Ok(store::people(&ctx.db, organisation).await?)
}

/// Its projects, as far as the actor may see them.
pub async fn projects(ctx: &Ctx, organisation: &Organisation) -> Result<Vec<Project>, AppError> {
    crate::projects::service::names(ctx, organisation.id).await
}

/// The customer groups it is in: staff only.
pub async fn groups(ctx: &Ctx, organisation: &Organisation) -> Result<Vec<Group>, AppError> {
    allow(&ctx.actor, Action::StaffRead, Relation::Other, None)?;
    Ok(store::groups(&ctx.db, organisation).await?)
}

/// A group by id or short name, as the API takes it.
pub async fn group(ctx: &Ctx, text: &str) -> Result<Option<GroupId>, AppError> {
    if let Ok(id) = text.parse() {
        return Ok(Some(id));
    }
    Ok(store::group_by_slug(&ctx.db, text).await?)
}

/// The named contacts at the operator, for the organisation a customer looks at.
pub async fn contacts(ctx: &Ctx) -> Result<Vec<Contact>, AppError> {
    allow(&ctx.actor, Action::HomeRead, Relation::Own, ctx.organisation)?;
    match ctx.organisation {
        Some(id) if ctx.actor.memberships().iter().any(|m| m.organisation_id == id) => {
            Ok(store::contacts(&ctx.db, id).await?)
        }
        _ => Ok(Vec::new()),
    }
}

/// The named contacts of an organisation of which the actor has found something.
pub async fn contacts_of(ctx: &Ctx, id: OrganisationId) -> Result<Vec<Contact>, AppError> {
    Ok(store::contacts(&ctx.db, id).await?)
}

/// The organisation at hand, for its own people: partners see what was shared with them, not the organisation.
pub fn at_hand(ctx: &Ctx) -> Result<OrganisationId, AppError> {
    let id = ctx.organisation.ok_or(AppError::Forbidden)?;
    allow(&ctx.actor, Action::OrganisationRead, Relation::Own, Some(id))?;
    Ok(id)
}

/// Whether the actor is customer or staff at all: for pages that only one side has.
pub fn require_staff(ctx: &Ctx) -> Result<(), AppError> {
    allow(&ctx.actor, Action::StaffRead, Relation::Other, None)
}
