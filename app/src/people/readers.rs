//! "Who can see this?" for what belongs to a customer: everybody, with the reason. Each area asks with the rule of its own
//! lists (`audience.rs`), and a test compares the answer with what each person really sees; what is the same is here.

use crate::access::{Action, MembershipRole, Relation, Role, StaffRole, policy};
use crate::db::{Db, DbResult, args, sql};
use crate::documents::model::{Reader, Reason};
use crate::ids::{OrganisationId, UserId};
use crate::time::Instant;

/// The columns of [`Member`]: of user `u` through membership `m` of organisation `c`. What is said of why comes from the area:
/// whether they are named for it, and whether they are on its project.
macro_rules! member {
    ($named:expr, $on_project:expr) => {
        concat!(
            "u.id, u.name, u.email, u.last_sign_in_at, m.role, c.id AS organisation_id, c.name AS organisation_name, (",
            $named,
            ") AS named, (",
            $on_project,
            ") AS on_project"
        )
    };
}

/// The people of the customer that [`member!`] reads from; before it stands the thing, which is of organisation `c`.
macro_rules! members {
    () => {
        " JOIN memberships m ON m.organisation_id = c.id AND m.state = 'active' JOIN users u ON u.id = m.user_id AND u.state = 'active' "
    };
}

pub(crate) use {member, members};

sql! {
    STAFF = "SELECT u.id, u.name, u.email, u.last_sign_in_at, u.staff_role, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = u.id AND s.organisation_id = $1) AS assigned FROM users u WHERE u.staff_role IS NOT NULL AND u.state = 'active' ORDER BY u.name, u.id";
}

/// Somebody of a customer who sees a thing.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Member {
    id: UserId,
    name: String,
    email: String,
    last_sign_in_at: Option<Instant>,
    role: MembershipRole,
    organisation_id: OrganisationId,
    organisation_name: String,
    named: bool,
    on_project: bool,
}

impl From<Member> for Reader {
    fn from(row: Member) -> Self {
        Self {
            user_id: row.id,
            name: row.name,
            email: row.email,
            organisation: Some((row.organisation_id, row.organisation_name)),
            role: row.role.role(),
            reason: match (row.named, row.on_project, row.role) {
                (true, ..) => Reason::Person,
                (_, true, _) => Reason::Project,
                (.., MembershipRole::Admin) => Reason::Admin,
                _ => Reason::Organisation,
            },
            last_sign_in_at: row.last_sign_in_at,
            read_version: None,
        }
    }
}

#[derive(sqlx::FromRow)]
struct Colleague {
    id: UserId,
    name: String,
    email: String,
    last_sign_in_at: Option<Instant>,
    staff_role: StaffRole,
    assigned: bool,
}

/// Whether staff with this role may do this for a customer whom they look after, or do not.
pub fn sees(role: StaffRole, act: Action, assigned: bool) -> bool {
    let by = |relation| policy::allowed(Role::Staff(role), act, relation);
    by(Relation::Other) || (assigned && by(Relation::Assigned))
}

/// Everybody who sees what belongs to a customer: its people as they were read, then staff who may do `act`, which is to
/// read it.
pub async fn with_staff(db: &Db, members: Vec<Member>, customer: OrganisationId, act: Action) -> DbResult<Vec<Reader>> {
    let staff: Vec<Colleague> = db.all(STAFF, args![customer]).await?;
    let staff = staff.into_iter().filter(|row| sees(row.staff_role, act, row.assigned)).map(|row| Reader {
        user_id: row.id,
        name: row.name,
        email: row.email,
        organisation: None,
        role: Role::Staff(row.staff_role),
        reason: if sees(row.staff_role, act, false) { Reason::StaffRole } else { Reason::Assigned },
        last_sign_in_at: row.last_sign_in_at,
        read_version: None,
    });
    Ok(members.into_iter().map(Reader::from).chain(staff).collect())
}
