//! "Who can see this?" for a project: everybody with the reason. A test compares it with what each person really sees.

use crate::access::{MembershipRole, Role, StaffRole, grant};
use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::documents::model::{Reader, Reason};
use crate::error::AppError;
use crate::ids::{OrganisationId, ProjectId, UserId};
use crate::time::Instant;

use super::people::sees;
use super::policy::SeeAudience;
use super::scope::{Scope, reaches};
use super::store;

sql! {
    CUSTOMERS = concat!("SELECT u.id, u.name, u.email, u.last_sign_in_at, m.role, j.organisation_id, o.name AS organisation_name, EXISTS (SELECT 1 FROM project_people x WHERE x.user_id = u.id AND x.project_id = j.id) AS on_project FROM projects j JOIN organisations o ON o.id = j.organisation_id JOIN memberships m ON m.organisation_id = j.organisation_id AND m.state = 'active' JOIN users u ON u.id = m.user_id AND u.state = 'active' WHERE j.id = $1 AND ", reaches!(), " ORDER BY u.name, u.id");
    STAFF = "SELECT u.id, u.name, u.email, u.last_sign_in_at, u.staff_role, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = u.id AND s.organisation_id = $1) AS assigned FROM users u WHERE u.staff_role IS NOT NULL AND u.state = 'active' ORDER BY u.name, u.id";
}

#[derive(sqlx::FromRow)]
struct CustomerRow {
    id: UserId,
    name: String,
    email: String,
    last_sign_in_at: Option<Instant>,
    role: MembershipRole,
    organisation_id: OrganisationId,
    organisation_name: String,
    on_project: bool,
}

#[derive(sqlx::FromRow)]
struct StaffRow {
    id: UserId,
    name: String,
    email: String,
    last_sign_in_at: Option<Instant>,
    staff_role: StaffRole,
    assigned: bool,
}

/// Everybody who sees a project, and why: customers first, then staff.
pub async fn readers(ctx: &Ctx, id: ProjectId) -> Result<Vec<Reader>, AppError> {
    let row = store::find(&ctx.db, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let project = grant::<SeeAudience, _>(&ctx.actor, row)?.into_row();
    let customers: Vec<CustomerRow> = ctx.db.all(CUSTOMERS, args![id]).await?;
    let staff: Vec<StaffRow> = ctx.db.all(STAFF, args![project.organisation_id]).await?;
    let customers = customers.into_iter().map(|row| Reader {
        user_id: row.id,
        name: row.name,
        email: row.email,
        organisation: Some((row.organisation_id, row.organisation_name)),
        role: row.role.role(),
        reason: match (row.on_project, row.role) {
            (true, _) => Reason::Project,
            (_, MembershipRole::Admin) => Reason::Admin,
            _ => Reason::Organisation,
        },
        last_sign_in_at: row.last_sign_in_at,
        read_version: None,
    });
    let staff = staff.into_iter().filter(|row| sees(row.staff_role, row.assigned)).map(|row| Reader {
        user_id: row.id,
        name: row.name,
        email: row.email,
        organisation: None,
        role: Role::Staff(row.staff_role),
        reason: if sees(row.staff_role, false) { Reason::StaffRole } else { Reason::Assigned },
        last_sign_in_at: row.last_sign_in_at,
        read_version: None,
    });
    Ok(customers.chain(staff).collect())
}
