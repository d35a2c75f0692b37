//! All SQL of organisations. `$1` to `$3` of scoped statements: the person, sees assigned ones, sees all.

use crate::access::{Action, Actor, over_customers};
use crate::db::{Db, DbResult, Value, args, sql};
use crate::error::AppError;
use crate::ids::{GroupId, OrganisationId, UserId};

use super::model::{Contact, Group, Organisation, Person};

macro_rules! columns {
    () => {
        "o.id, o.slug, o.name, o.number, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = o.id) AS assigned, \
         (SELECT COUNT(*) FROM memberships m JOIN users u ON u.id = m.user_id AND u.state = 'active' WHERE m.organisation_id = o.id AND m.state = 'active') AS people, \
         (SELECT COUNT(*) FROM memberships m JOIN users u ON u.id = m.user_id AND u.state = 'active' AND u.last_sign_in_at IS NULL WHERE m.organisation_id = o.id AND m.state = 'active') AS never_signed_in"
    };
}
macro_rules! may_see {
    () => {
        "($3 OR ($2 AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = o.id)) \
         OR EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = $1 AND m.organisation_id = o.id AND m.state = 'active' AND m.role <> 'partner'))"
    };
}

pub(crate) use may_see;

sql! {
    LIST = concat!("SELECT ", columns!(), " FROM organisations o WHERE o.state = 'active' AND (o.name, o.id) > ($4, $5) AND ", may_see!(), " ORDER BY o.name, o.id LIMIT $6");
    FIND = concat!("SELECT ", columns!(), " FROM organisations o WHERE o.id = $4 AND ", may_see!());
    PEOPLE = "SELECT u.id, u.name, u.email, m.role, u.last_sign_in_at FROM memberships m JOIN users u ON u.id = m.user_id AND u.state = 'active' WHERE m.organisation_id = $1 AND m.state = 'active' ORDER BY u.name, u.id LIMIT 500";
    GROUPS = "SELECT g.id, g.slug, g.name, g.revision, (SELECT COUNT(*) FROM group_organisations x WHERE x.group_id = g.id) AS organisations FROM customer_groups g JOIN group_organisations go ON go.group_id = g.id WHERE go.organisation_id = $1 ORDER BY g.name, g.id";
    GROUP_BY_SLUG = "SELECT id FROM customer_groups WHERE slug = $1";
    CONTACTS = "SELECT u.id, EXISTS (SELECT 1 FROM user_portraits p WHERE p.user_id = u.id) AS portrait, u.name, u.email, u.staff_role, u.phone, u.hours FROM staff_assignments s JOIN users u ON u.id = s.user_id AND u.state = 'active' AND u.staff_role IS NOT NULL WHERE s.organisation_id = $1 AND s.is_contact ORDER BY u.name LIMIT 3";
}

/// Which organisations an actor may see, as the SQL binds it.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    user_id: UserId,
    assigned: bool,
    all: bool,
}

impl Scope {
    /// Derived from the policy.
    pub fn of(actor: &Actor) -> Result<Self, AppError> {
        let (user_id, assigned, all) = over_customers(actor, Action::OrganisationRead)?;
        Ok(Self { user_id, assigned, all })
    }
}

impl Scope {
    /// `$1` to `$3` of every scoped statement.
    pub fn values(self) -> [Value; 3] {
        [Value::from(self.user_id), Value::from(self.assigned), Value::from(self.all)]
    }

    /// Every customer is in it.
    pub fn sees_all(self) -> bool {
        self.all
    }
}

/// Organisations by name, after this name and id.
pub async fn list(db: &Db, scope: Scope, after: (&str, OrganisationId), limit: i64) -> DbResult<Vec<Organisation>> {
    db.all(LIST, args![scope.user_id, scope.assigned, scope.all, after.0, after.1, limit]).await
}

/// An organisation, if the scope reaches it.
pub async fn find(db: &Db, scope: Scope, id: OrganisationId) -> DbResult<Option<Organisation>> {
    db.optional(FIND, args![scope.user_id, scope.assigned, scope.all, id]).await
}

/// The people of an organisation that was found in scope.
pub async fn people(db: &Db, organisation: &Organisation) -> DbResult<Vec<Person>> {
    db.all(PEOPLE, args![organisation.id]).await
}

/// The groups it is in.
pub async fn groups(db: &Db, organisation: &Organisation) -> DbResult<Vec<Group>> {
    db.all(GROUPS, args![organisation.id]).await
}

/// A group by its short name.
pub async fn group_by_slug(db: &Db, slug: &str) -> DbResult<Option<GroupId>> {
    let row: Option<(GroupId,)> = db.optional(GROUP_BY_SLUG, [Value::from(slug)]).await?;
    Ok(row.map(|(id,)| id))
}

/// The named contacts of one of the person's own organisations.
pub async fn contacts(db: &Db, id: OrganisationId) -> DbResult<Vec<Contact>> {
    db.all(CONTACTS, args![id]).await
}
