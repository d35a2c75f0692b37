//! Who is on a project. People of the customer and partners thereby see what is for it; staff are told apart.

use std::collections::{BTreeSet, HashMap};

use crate::access::{Action, Granted, StaffRole, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::error::{AppError, FieldErrors};
use crate::ids::{OrganisationId, ProjectId, UserId};
use crate::notifications::{Kind, Object, tell_all};
use crate::people::readers::sees;

use super::model::{OnProject, Project};
use super::policy::Manage;
use super::scope::Scope;
use super::store;

sql! {
    MEMBER = "SELECT m.user_id FROM memberships m JOIN users u ON u.id = m.user_id AND u.state = 'active' WHERE m.user_id = $1 AND m.organisation_id = $2 AND m.state = 'active'";
    /// Staff, and whether they are assigned to the customer.
    STAFF = "SELECT u.staff_role, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = u.id AND s.organisation_id = $2) AS assigned FROM users u WHERE u.id = $1 AND u.staff_role IS NOT NULL AND u.state = 'active'";
    MEMBERS = "SELECT u.id, u.name, m.role, NULL AS staff_role, u.last_sign_in_at FROM memberships m JOIN users u ON u.id = m.user_id AND u.state = 'active' WHERE m.organisation_id = $1 AND m.state = 'active' ORDER BY u.name, u.id LIMIT 500";
    COLLEAGUES = "SELECT u.id, u.name, NULL AS role, u.staff_role, u.last_sign_in_at, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = u.id AND s.organisation_id = $1) AS assigned FROM users u WHERE u.staff_role IS NOT NULL AND u.state = 'active' ORDER BY u.name, u.id LIMIT 500";
    ADDRESSED = sqlite: "SELECT email_key, id FROM users WHERE staff_role IS NOT NULL AND state = 'active' AND email_key IN (SELECT value FROM json_each($1))",
        postgres: "SELECT email_key, id FROM users WHERE staff_role IS NOT NULL AND state = 'active' AND email_key IN (SELECT jsonb_array_elements_text($1::text::jsonb))";
    ADD = "INSERT INTO project_people (user_id, project_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    ADD_STAFF = "INSERT INTO project_staff (user_id, project_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    REMOVE = "DELETE FROM project_people WHERE user_id = $1 AND project_id = $2";
    REMOVE_STAFF = "DELETE FROM project_staff WHERE user_id = $1 AND project_id = $2";
}

#[derive(sqlx::FromRow)]
struct Colleague {
    #[sqlx(flatten)]
    person: OnProject,
    assigned: bool,
}

/// Everybody who could be on a project of this customer: its people, and staff who see it.
pub async fn choice(ctx: &Ctx, customer: OrganisationId) -> Result<(Vec<OnProject>, Vec<OnProject>), AppError> {
    let members = ctx.db.all(MEMBERS, args![customer]).await?;
    let colleagues: Vec<Colleague> = ctx.db.all(COLLEAGUES, args![customer]).await?;
    let able = colleagues
        .into_iter()
        .filter(|one| one.person.staff_role.is_some_and(|role| sees(role, Action::ProjectRead, one.assigned)));
    Ok((members, able.map(|one| one.person).collect()))
}

/// Who of the staff has which of these addresses, as `email_key` writes them.
pub async fn staff_addressed(db: &Db, keys: &BTreeSet<String>) -> DbResult<HashMap<String, UserId>> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, UserId)> = db.all(ADDRESSED, args![serde_json::json!(keys).to_string()]).await?;
    Ok(rows.into_iter().collect())
}

/// Which of the two lists somebody belongs on.
async fn is_staff(db: &Db, ctx: &Ctx, person: UserId, customer: OrganisationId) -> Result<bool, AppError> {
    let member: Option<(UserId,)> = db.optional(MEMBER, args![person, customer]).await?;
    if member.is_some() {
        return Ok(false);
    }
    let staff: Option<(StaffRole, bool)> = db.optional(STAFF, args![person, customer]).await?;
    match staff {
        Some((role, assigned)) if sees(role, Action::ProjectRead, assigned) => Ok(true),
        _ => Err(AppError::Invalid(FieldErrors::one("person", ctx.t("projects-error-person")))),
    }
}

async fn taken(tx: &Tx, ctx: &Ctx, project: ProjectId) -> Result<Granted<Manage, Project>, AppError> {
    let row = store::find(tx, Scope::of(&ctx.actor)?, project).await?.ok_or(AppError::NotFound)?;
    grant::<Manage, _>(&ctx.actor, row)
}

async fn put(tx: &Tx, granted: &Granted<Manage, Project>, person: UserId, staff: bool) -> DbResult<u64> {
    tx.execute(if staff { ADD_STAFF } else { ADD }, args![person, granted.row().id]).await
}

/// Puts somebody on a project.
pub async fn add(ctx: &Ctx, project: ProjectId, person: UserId) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    let granted = taken(&tx, ctx, project).await?;
    let staff = is_staff(&tx, ctx, person, granted.row().organisation_id).await?;
    if put(&tx, &granted, person, staff).await? > 0 {
        let customer = granted.row().organisation_id;
        tell_all(&tx, ctx, Kind::ProjectJoined, Some(customer), Object::Project(project), &[person]).await?;
        let event = Event::new("project.add", "project", project.0).organisation(customer);
        audit::record(&tx, ctx, event.with("user", person)).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Takes somebody off a project. What was theirs to do stays, and is to be given to somebody else.
pub async fn remove(ctx: &Ctx, project: ProjectId, person: UserId) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    let granted = taken(&tx, ctx, project).await?;
    let gone =
        tx.execute(REMOVE, args![person, project]).await? + tx.execute(REMOVE_STAFF, args![person, project]).await?;
    if gone == 0 {
        return Err(AppError::Invalid(FieldErrors::one("person", ctx.t("projects-error-not-on"))));
    }
    let event = Event::new("project.remove", "project", project.0).organisation(granted.row().organisation_id);
    audit::record(&tx, ctx, event.with("user", person)).await?;
    tx.commit().await?;
    Ok(())
}
