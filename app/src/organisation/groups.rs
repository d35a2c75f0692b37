//! Customer groups, to publish to all customers in one at once: made, renamed and deleted by the operator's
//! administrators, seen by all of staff.

use crate::access::{Act, Action, Actor, Granted, Guarded, Relation, allow, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Tx, args, is_foreign_key_violation, is_unique_violation, sql};
use crate::error::{AppError, FieldErrors};
use crate::ids::{GroupId, OrganisationId};

use super::administer;
use super::details;
use super::fields::Field;
use super::model::Group;

macro_rules! columns {
    () => {
        "SELECT g.id, g.slug, g.name, g.revision, (SELECT COUNT(*) FROM group_organisations x WHERE x.group_id = g.id) AS organisations FROM customer_groups g"
    };
}

sql! {
    LIST = concat!(columns!(), " WHERE (g.name, g.id) > ($1, $2) ORDER BY g.name, g.id LIMIT $3");
    FIND = concat!(columns!(), " WHERE g.id = $1");
    /// The same for whoever changes it: nobody publishes to it until they are done.
    TAKE = sqlite: concat!(columns!(), " WHERE g.id = $1"), postgres: concat!(columns!(), " WHERE g.id = $1 FOR UPDATE OF g");
    INSERT = "INSERT INTO customer_groups (id, slug, name) VALUES ($1, $2, $3)";
    RENAME = "UPDATE customer_groups SET name = $3, revision = revision + 1 WHERE id = $1 AND revision = $2";
    /// Somebody reads, or will read, something because of it.
    USED = "SELECT (EXISTS (SELECT 1 FROM document_audience a WHERE a.subject_id = $1) OR EXISTS (SELECT 1 FROM announcement_groups x WHERE x.group_id = $1)) AS used";
    LEAVE = "DELETE FROM group_organisations WHERE group_id = $1";
    DELETE = "DELETE FROM customer_groups WHERE id = $1 AND revision = $2";
}

/// The longest short name.
const SLUG_LONGEST: usize = 60;

impl Guarded for Group {
    fn organisation_id(&self) -> Option<OrganisationId> {
        None
    }

    fn relation(&self, _: &Actor) -> Relation {
        Relation::Other
    }
}

/// Rename it, delete it.
#[derive(Debug)]
pub struct Manage;

impl Act<Group> for Manage {
    fn action(_: &Group) -> Action {
        Action::OrganisationManage
    }
}

/// Refuses whoever may not make, rename and delete groups.
pub fn check_manage(ctx: &Ctx) -> Result<(), AppError> {
    allow(&ctx.actor, Action::OrganisationManage, Relation::Other, None)
}

/// A page of groups by name, after this name and id, and whether there are more: staff only.
pub async fn list(ctx: &Ctx, after: Option<(&str, GroupId)>, limit: i64) -> Result<(Vec<Group>, bool), AppError> {
    super::service::require_staff(ctx)?;
    let (name, id) = after.unwrap_or(("", GroupId(uuid::Uuid::nil())));
    let mut rows: Vec<Group> = ctx.db.all(LIST, args![name, id, limit + 1]).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    Ok((rows, more))
}

/// One group: staff only.
pub async fn find(ctx: &Ctx, id: GroupId) -> Result<Group, AppError> {
    super::service::require_staff(ctx)?;
    ctx.db.optional(FIND, args![id]).await?.ok_or(AppError::NotFound)
}

/// Takes a group for a change, if it still is the revision that was seen; without one, whatever it is.
async fn take(tx: &Tx, ctx: &Ctx, id: GroupId, seen: Option<i64>) -> Result<Granted<Manage, Group>, AppError> {
    super::service::require_staff(ctx)?;
    let row: Group = tx.optional(TAKE, args![id]).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<Manage, _>(&ctx.actor, row)?;
    match seen {
        Some(revision) if revision != granted.row().revision => Err(AppError::Stale),
        _ => Ok(granted),
    }
}

/// The short name as it was given, or made of the name.
fn short(ctx: &Ctx, slug: Option<&str>, name: &str) -> Result<String, String> {
    let slug = slug.map_or_else(|| administer::plain(name), |slug| slug.trim().to_owned());
    let plain = slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if slug.is_empty() || slug.len() > SLUG_LONGEST || !plain {
        return Err(ctx.t("customers-error-slug").to_owned());
    }
    Ok(slug)
}

/// Makes a group. Its short name, by which commands and programs call it, is made of its name where none is given, and
/// never changes.
///
/// # Errors
/// `Invalid` by field.
pub async fn create(ctx: &Ctx, slug: Option<&str>, name: &str) -> Result<Group, AppError> {
    check_manage(ctx)?;
    let mut errors = FieldErrors::default();
    let mut kept = |field: &str, checked: Result<String, String>| {
        checked.unwrap_or_else(|text| {
            errors.add(field, text);
            String::new()
        })
    };
    let slug = kept("slug", short(ctx, slug, name));
    let name = kept("name", Field::Name.check(ctx, name));
    errors.into_result()?;
    let id = GroupId::new();
    let tx = ctx.db.begin().await?;
    match tx.execute(INSERT, args![id, &slug, &name]).await {
        Err(error) if is_unique_violation(&error) => {
            return Err(AppError::Invalid(FieldErrors::one("slug", ctx.t("customers-error-slug-taken"))));
        }
        other => other?,
    };
    audit::record(&tx, ctx, Event::new("group.create", "group", id.0)).await?;
    tx.commit().await?;
    Ok(Group { id, slug, name, organisations: 0, revision: 1 })
}

/// Gives a group another name. What was published to it stays published.
///
/// # Errors
/// `Invalid` by field; `Stale` where somebody was faster.
pub async fn rename(ctx: &Ctx, id: GroupId, seen: Option<i64>, name: &str) -> Result<Group, AppError> {
    let tx = ctx.db.begin().await?;
    let before = take(&tx, ctx, id, seen).await?.into_row();
    let name = Field::Name.check(ctx, name).map_err(|text| AppError::Invalid(FieldErrors::one("name", text)))?;
    if name == before.name {
        return Ok(before);
    }
    if tx.execute(RENAME, args![id, before.revision, &name]).await? != 1 {
        return Err(AppError::Stale);
    }
    audit::record(&tx, ctx, Event::new("group.rename", "group", id.0)).await?;
    tx.commit().await?;
    Ok(Group { name, revision: before.revision + 1, ..before })
}

/// Deletes a group to which nothing is published: nobody sees less afterwards.
///
/// # Errors
/// `Conflict` while a document or an announcement is for it; `Stale` where somebody was faster.
pub async fn delete(ctx: &Ctx, id: GroupId, seen: Option<i64>) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    let group = take(&tx, ctx, id, seen).await?.into_row();
    let used = || AppError::Conflict(ctx.t("customers-error-group-used").to_owned());
    let (in_use,): (bool,) = tx.one(USED, args![id]).await?;
    if in_use {
        return Err(used());
    }
    let left = tx.execute(LEAVE, args![id]).await?;
    match tx.execute(DELETE, args![id, group.revision]).await {
        Ok(1) => {}
        Ok(_) => return Err(AppError::Stale),
        // Somebody has just used it.
        Err(error) if is_foreign_key_violation(&error) => return Err(used()),
        Err(error) => return Err(error.into()),
    }
    audit::record(&tx, ctx, Event::new("group.delete", "group", id.0).with("organisations", left)).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a customer into a group or out of it, as programs say it: a group that is not there is not found.
pub async fn set(ctx: &Ctx, organisation: OrganisationId, group: GroupId, member: bool) -> Result<(), AppError> {
    let customer = details::find(ctx, organisation).await?;
    if !details::may_manage(ctx, &customer) {
        return Err(AppError::Forbidden);
    }
    let known: Option<Group> = ctx.db.optional(FIND, args![group]).await?;
    known.ok_or(AppError::NotFound)?;
    administer::set_group(ctx, organisation, group, member).await
}
