//! All SQL of a customer's people. Whoever asks has found the organisation in their scope before.

use crate::access::{Granted, MembershipRole, Reach, Rights};
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::ids::{OrganisationId, ProjectId, UserId};

use super::model::{Change, Member, MemberState};
use super::policy::Manage;

macro_rules! columns {
    () => {
        "m.user_id, m.organisation_id, u.name, u.email, m.role, m.state, u.state = 'active' AS may_sign_in, m.documents, m.orders, m.money, m.tickets, m.revision, u.last_sign_in_at, m.created_at, o.state = 'archived' AS archived, \
         EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = m.organisation_id) AS assigned \
         FROM memberships m JOIN users u ON u.id = m.user_id JOIN organisations o ON o.id = m.organisation_id"
    };
}

sql! {
    LIST = concat!("SELECT ", columns!(), " WHERE m.organisation_id = $2 AND (u.name, u.id) > ($3, $4) ORDER BY u.name, u.id LIMIT $5");
    FIND = concat!("SELECT ", columns!(), " WHERE m.organisation_id = $2 AND m.user_id = $3");
    LIMITS = "SELECT limit_documents AS documents, limit_orders AS orders, limit_money AS money, limit_tickets AS tickets FROM organisations WHERE id = $1";
    /// Changes to who administers an organisation come one after the other.
    LOCK = sqlite: "SELECT id FROM organisations WHERE id = $1", postgres: "SELECT id FROM organisations WHERE id = $1 FOR UPDATE";
    OTHER_ADMINS = "SELECT COUNT(*) AS n FROM memberships m JOIN users u ON u.id = m.user_id AND u.state = 'active' WHERE m.organisation_id = $1 AND m.role = 'admin' AND m.state = 'active' AND m.user_id <> $2";
    UPDATE = "UPDATE memberships SET role = $4, state = $5, documents = $6, orders = $7, money = $8, tickets = $9, revision = revision + 1 WHERE user_id = $1 AND organisation_id = $2 AND revision = $3";
    REMOVE = "DELETE FROM memberships WHERE user_id = $1 AND organisation_id = $2 AND revision = $3";
    LEAVE_PROJECTS = "DELETE FROM project_people WHERE user_id = $1 AND project_id IN (SELECT id FROM projects WHERE organisation_id = $2)";
    ADD_PROJECT = "INSERT INTO project_people (user_id, project_id) SELECT $1, id FROM projects WHERE id = $2 AND organisation_id = $3 ON CONFLICT DO NOTHING";
    REMOVE_PROJECT = "DELETE FROM project_people WHERE user_id = $1 AND project_id IN (SELECT id FROM projects WHERE id = $2 AND organisation_id = $3)";
}

/// People of an organisation by name, after this name and id.
pub async fn list(
    db: &Db,
    asker: UserId,
    organisation: OrganisationId,
    after: (&str, UserId),
    limit: i64,
) -> DbResult<Vec<Member>> {
    db.all(LIST, args![asker, organisation, after.0, after.1, limit]).await
}

/// One of them.
pub async fn find(db: &Db, asker: UserId, organisation: OrganisationId, user: UserId) -> DbResult<Option<Member>> {
    db.optional(FIND, args![asker, organisation, user]).await
}

/// The most anybody of the organisation can be given; nothing where there is no such organisation.
pub async fn limits(db: &Db, organisation: OrganisationId) -> DbResult<Rights> {
    let limits: Option<Rights> = db.optional(LIMITS, args![organisation]).await?;
    Ok(limits.unwrap_or(Rights::uniform(Reach::None)))
}

/// Keeps others from changing who administers the organisation until this transaction ends.
pub async fn lock(tx: &Tx, organisation: OrganisationId) -> DbResult<()> {
    let _: Option<(OrganisationId,)> = tx.optional(LOCK, args![organisation]).await?;
    Ok(())
}

/// Whether somebody else could still administer the organisation.
pub async fn has_other_admin(tx: &Tx, organisation: OrganisationId, user: UserId) -> DbResult<bool> {
    let (n,): (i64,) = tx.one(OTHER_ADMINS, args![organisation, user]).await?;
    Ok(n > 0)
}

/// Changes a membership; `false` when the revision has moved on.
pub async fn update(tx: &Tx, grant: &Granted<Manage, Member>, change: &Change) -> DbResult<bool> {
    let row = grant.row();
    let role: MembershipRole = change.role.unwrap_or(row.role);
    let rights: Rights = change.rights.unwrap_or(row.rights());
    let state: MemberState = change.state.unwrap_or(row.state);
    let values = args![
        row.user_id,
        row.organisation_id,
        row.revision,
        role.name(),
        state.name(),
        rights.documents.name(),
        rights.orders.name(),
        rights.money.name(),
        rights.tickets.name(),
    ];
    Ok(tx.execute(UPDATE, values).await? == 1)
}

/// Ends a membership, and with it the places on the organisation's projects.
pub async fn remove(tx: &Tx, grant: &Granted<Manage, Member>) -> DbResult<bool> {
    let row = grant.row();
    if tx.execute(REMOVE, args![row.user_id, row.organisation_id, row.revision]).await? != 1 {
        return Ok(false);
    }
    tx.execute(LEAVE_PROJECTS, args![row.user_id, row.organisation_id]).await?;
    Ok(true)
}

/// Puts somebody on a project of their organisation; `false` when they are on it, or it is another's.
pub async fn add_project(tx: &Tx, grant: &Granted<Manage, Member>, project: ProjectId) -> DbResult<bool> {
    let row = grant.row();
    Ok(tx.execute(ADD_PROJECT, args![row.user_id, project, row.organisation_id]).await? == 1)
}

/// Takes somebody off a project of their organisation; `false` when they are not on it, or it is another's.
pub async fn remove_project(tx: &Tx, grant: &Granted<Manage, Member>, project: ProjectId) -> DbResult<bool> {
    let row = grant.row();
    Ok(tx.execute(REMOVE_PROJECT, args![row.user_id, project, row.organisation_id]).await? == 1)
}
