//! Making customers and projects, and saying who belongs to them and to groups: what the command line needs, by short
//! names.

use crate::access::{Action, Relation, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Sql, Tx, Value, args, is_unique_violation, sql};
use crate::error::{AppError, FieldErrors};
use crate::ids::{GroupId, OrganisationId, ProjectId, UserId};
use crate::sign_in::service::email_key;

use super::insert::NewRow;

sql! {
    BY_SLUG = "SELECT id FROM organisations WHERE slug = $1 AND state = 'active'";
    /// Also one that was put to sleep.
    ANY_BY_SLUG = "SELECT id FROM organisations WHERE slug = $1";
    STAFF = "SELECT id FROM users WHERE email_key = $1 AND staff_role IS NOT NULL AND state = 'active'";
    ASSIGN = "INSERT INTO staff_assignments (user_id, organisation_id, is_contact, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, organisation_id) DO UPDATE SET is_contact = excluded.is_contact";
    GROUP_BY_SLUG = "SELECT id FROM customer_groups WHERE slug = $1";
    ADD_TO_GROUP = "INSERT INTO group_organisations (organisation_id, group_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    REMOVE_FROM_GROUP = "DELETE FROM group_organisations WHERE organisation_id = $1 AND group_id = $2";
    INSERT_PROJECT = "INSERT INTO projects (id, organisation_id, slug, name, status, created_at, changed_at) SELECT $1, $2, $3, $4, (SELECT key FROM project_statuses WHERE is_final = FALSE ORDER BY position, key LIMIT 1), $5, $5";
    PROJECT_BY_SLUG = "SELECT id, organisation_id FROM projects WHERE slug = $1";
    /// A person of the organisation, partners too.
    MEMBER = "SELECT u.id FROM users u JOIN memberships m ON m.user_id = u.id AND m.organisation_id = $2 AND m.state = 'active' WHERE u.email_key = $1 AND u.state = 'active'";
    PERSON = "SELECT id FROM users WHERE email_key = $1";
    REMOVE_FROM_PROJECT = "DELETE FROM project_people WHERE user_id = $1 AND project_id = $2";
    ADD_TO_PROJECT = "INSERT INTO project_people (user_id, project_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
}

fn invalid<T>(field: &str, text: &str) -> Result<T, AppError> {
    Err(AppError::Invalid(FieldErrors::one(field, text)))
}

fn may(ctx: &Ctx) -> Result<(), AppError> {
    allow(&ctx.actor, Action::OrganisationManage, Relation::Other, None)
}

/// A name for commands and forms: a-z, 0-9 and -.
fn check(slug: &str, name: &str) -> Result<(), AppError> {
    let plain = slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if slug.is_empty() || slug.len() > 60 || !plain {
        return invalid("slug", "use a-z, 0-9 and -");
    }
    if name.trim().is_empty() {
        return invalid("name", "the name must not be empty");
    }
    Ok(())
}

async fn insert<const N: usize>(tx: &Tx, sql: Sql<N>, args: [Value; N], taken: &str) -> Result<(), AppError> {
    match tx.execute(sql, args).await {
        Err(e) if is_unique_violation(&e) => invalid("slug", taken),
        other => Ok(other.map(|_| ())?),
    }
}

async fn organisation(tx: &Tx, slug: &str) -> Result<OrganisationId, AppError> {
    let found: Option<(OrganisationId,)> = tx.optional(BY_SLUG, args![slug]).await?;
    found.map_or_else(|| invalid("slug", "there is no such customer"), |(id,)| Ok(id))
}

/// The customer with this short name.
pub async fn by_slug(ctx: &Ctx, slug: &str) -> Result<OrganisationId, AppError> {
    may(ctx)?;
    let found: Option<(OrganisationId,)> = ctx.db.optional(BY_SLUG, args![slug]).await?;
    found.map_or_else(|| invalid("organisation", "there is no such customer"), |(id,)| Ok(id))
}

/// The same, also of one that was put to sleep.
pub async fn any_by_slug(ctx: &Ctx, slug: &str) -> Result<OrganisationId, AppError> {
    may(ctx)?;
    let found: Option<(OrganisationId,)> = ctx.db.optional(ANY_BY_SLUG, args![slug]).await?;
    found.map_or_else(|| invalid("organisation", "there is no such customer"), |(id,)| Ok(id))
}

/// The project with this short name.
pub async fn project_by_slug(ctx: &Ctx, slug: &str) -> Result<ProjectId, AppError> {
    may(ctx)?;
    let found: Option<(ProjectId, OrganisationId)> = ctx.db.optional(PROJECT_BY_SLUG, args![slug]).await?;
    found.map_or_else(|| invalid("project", "there is no such project"), |(id, _)| Ok(id))
}

/// Makes a customer.
pub async fn create(ctx: &Ctx, slug: &str, name: &str, number: &str) -> Result<OrganisationId, AppError> {
    may(ctx)?;
    check(slug, name)?;
    if number.trim().is_empty() {
        return invalid("number", "the number must not be empty");
    }
    let id = OrganisationId::new();
    let tx = ctx.db.begin().await?;
    let row = NewRow { slug, name: name.trim(), number: number.trim(), ..NewRow::default() };
    match super::insert::insert(&tx, id, row, ctx.now()).await {
        Ok(true) => {}
        Ok(false) => return invalid("slug", "slug or number is taken"),
        Err(e) if is_unique_violation(&e) => return invalid("slug", "slug or number is taken"),
        Err(e) => return Err(e.into()),
    }
    audit::record(&tx, ctx, Event::new("organisation.create", "organisation", id.0).organisation(id)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Assigns a member of staff to a customer; `contact` makes them the one whom the customer sees.
pub async fn assign(ctx: &Ctx, slug: &str, email: &str, contact: bool) -> Result<(), AppError> {
    may(ctx)?;
    let tx = ctx.db.begin().await?;
    let organisation = organisation(&tx, slug).await?;
    let staff: Option<(UserId,)> = tx.optional(STAFF, args![email_key(email)]).await?;
    let Some((staff,)) = staff else { return invalid("email", "no member of staff has this address") };
    tx.execute(ASSIGN, args![staff, organisation, contact, ctx.now()]).await?;
    let event = Event::new("organisation.assign", "organisation", organisation.0).organisation(organisation);
    audit::record(&tx, ctx, event.with("user", staff).with("contact", contact)).await?;
    tx.commit().await?;
    Ok(())
}

async fn find_group(tx: &Tx, slug: &str) -> Result<GroupId, AppError> {
    let found: Option<(GroupId,)> = tx.optional(GROUP_BY_SLUG, args![slug]).await?;
    found.map_or_else(|| invalid("slug", "there is no such group"), |(id,)| Ok(id))
}

/// Takes a customer into a group: its people see what was published to the group, from the next request on.
pub async fn add_to_group(ctx: &Ctx, group: &str, slug: &str) -> Result<(), AppError> {
    may(ctx)?;
    let tx = ctx.db.begin().await?;
    let group = find_group(&tx, group).await?;
    let organisation = organisation(&tx, slug).await?;
    tx.execute(ADD_TO_GROUP, args![organisation, group]).await?;
    audit::record(&tx, ctx, Event::new("group.add", "group", group.0).organisation(organisation)).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a customer out of a group: its people see nothing of the group's any more, from the next request on.
pub async fn remove_from_group(ctx: &Ctx, group: &str, slug: &str) -> Result<(), AppError> {
    may(ctx)?;
    let tx = ctx.db.begin().await?;
    let group = find_group(&tx, group).await?;
    let organisation = organisation(&tx, slug).await?;
    if tx.execute(REMOVE_FROM_GROUP, args![organisation, group]).await? == 0 {
        return invalid("organisation", "the customer is not in this group");
    }
    audit::record(&tx, ctx, Event::new("group.remove", "group", group.0).organisation(organisation)).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes a project of a customer.
pub async fn create_project(ctx: &Ctx, customer: &str, slug: &str, name: &str) -> Result<ProjectId, AppError> {
    may(ctx)?;
    check(slug, name)?;
    let id = ProjectId::new();
    let tx = ctx.db.begin().await?;
    let organisation = organisation(&tx, customer).await?;
    insert(&tx, INSERT_PROJECT, args![id, organisation, slug, name.trim(), ctx.now()], "the slug is taken").await?;
    audit::record(&tx, ctx, Event::new("project.create", "project", id.0).organisation(organisation)).await?;
    tx.commit().await?;
    Ok(id)
}

async fn find_project(tx: &Tx, slug: &str) -> Result<(ProjectId, OrganisationId), AppError> {
    let found: Option<(ProjectId, OrganisationId)> = tx.optional(PROJECT_BY_SLUG, args![slug]).await?;
    found.map_or_else(|| invalid("slug", "there is no such project"), Ok)
}

/// Puts a person of the customer, partners too, on a project: they see what was published to it.
pub async fn add_to_project(ctx: &Ctx, project: &str, email: &str) -> Result<(), AppError> {
    may(ctx)?;
    let tx = ctx.db.begin().await?;
    let (project, organisation) = find_project(&tx, project).await?;
    let person: Option<(UserId,)> = tx.optional(MEMBER, args![email_key(email), organisation]).await?;
    let Some((person,)) = person else { return invalid("email", "nobody of the project's customer has this address") };
    tx.execute(ADD_TO_PROJECT, args![person, project]).await?;
    let event = Event::new("project.add", "project", project.0).organisation(organisation);
    audit::record(&tx, ctx, event.with("user", person)).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a person off a project: they see nothing of the project's any more.
pub async fn remove_from_project(ctx: &Ctx, project: &str, email: &str) -> Result<(), AppError> {
    may(ctx)?;
    let tx = ctx.db.begin().await?;
    let (project, organisation) = find_project(&tx, project).await?;
    let person: Option<(UserId,)> = tx.optional(PERSON, args![email_key(email)]).await?;
    let Some((person,)) = person else { return invalid("email", "nobody has this address") };
    if tx.execute(REMOVE_FROM_PROJECT, args![person, project]).await? == 0 {
        return invalid("email", "this person is not on the project");
    }
    let event = Event::new("project.remove", "project", project.0).organisation(organisation);
    audit::record(&tx, ctx, event.with("user", person)).await?;
    tx.commit().await?;
    Ok(())
}
