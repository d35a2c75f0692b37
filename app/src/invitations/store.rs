//! All SQL of invitations.

use crate::access::{MembershipRole, Rights};
use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::i18n::Locale;
use crate::ids::{InvitationId, LinkId, OrganisationId, ProjectId, UserId};
use crate::team::store as team;
use crate::time::Instant;

use super::model::{Invitation, State};

macro_rules! columns {
    () => {
        "SELECT i.id, i.organisation_id, o.name AS organisation_name, o.state = 'active' AS organisation_active, i.staff_role, i.email, i.email_key, i.name, i.role, i.documents, i.orders, i.money, i.tickets, \
         i.message, i.locale, i.state, i.link_id, i.invited_by, b.name AS inviter_name, i.created_at, i.sent_at, i.expires_at \
         FROM invitations i LEFT JOIN organisations o ON o.id = i.organisation_id LEFT JOIN users b ON b.id = i.invited_by"
    };
}

sql! {
    INSERT = "INSERT INTO invitations (id, organisation_id, staff_role, email, email_key, name, role, documents, orders, money, tickets, message, locale, state, link_id, invited_by, created_at, sent_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'open', $14, $15, $16, $16, $17)";
    INSERT_PROJECT = "INSERT INTO invitation_projects (invitation_id, project_id) SELECT $1, id FROM projects WHERE id = $2 AND organisation_id = $3";
    OF_ORGANISATION = concat!(columns!(), " WHERE i.organisation_id = $1 AND i.id < $2 ORDER BY i.id DESC LIMIT $3");
    /// What waits, and what has run out and may be sent again.
    WAITING = concat!(columns!(), " WHERE i.organisation_id = $1 AND i.state = 'open' ORDER BY i.id DESC LIMIT 200");
    OF_STAFF = concat!(columns!(), " WHERE i.organisation_id IS NULL AND i.id < $1 ORDER BY i.id DESC LIMIT $2");
    WAITING_FOR_STAFF = concat!(columns!(), " WHERE i.organisation_id IS NULL AND i.state = 'open' ORDER BY i.id DESC LIMIT 200");
    FIND = concat!(columns!(), " WHERE i.id = $1");
    BY_LINK = concat!(columns!(), " WHERE i.link_id = $1");
    OPEN_FOR = "SELECT id, expires_at FROM invitations WHERE organisation_id = $1 AND email_key = $2 AND state = 'open'";
    OPEN_FOR_STAFF = "SELECT id, expires_at FROM invitations WHERE organisation_id IS NULL AND email_key = $1 AND state = 'open'";
    MEMBER = "SELECT u.id FROM users u JOIN memberships m ON m.user_id = u.id AND m.organisation_id = $1 WHERE u.email_key = $2";
    SENT = "UPDATE invitations SET sent_at = $2, expires_at = $3 WHERE id = $1 AND state = 'open'";
    END = "UPDATE invitations SET state = $2, ended_at = $3, accepted_by = $4 WHERE id = $1 AND state = 'open'";
    JOIN = "INSERT INTO memberships (user_id, organisation_id, role, state, documents, orders, money, tickets, created_at) VALUES ($1, $2, $3, 'active', $4, $5, $6, $7, $8) ON CONFLICT (user_id, organisation_id) DO NOTHING";
    JOIN_PROJECTS = "INSERT INTO project_people (user_id, project_id) SELECT $2, project_id FROM invitation_projects WHERE invitation_id = $1 ON CONFLICT DO NOTHING";
}

/// A row to write.
#[derive(Debug)]
pub struct NewRow<'a> {
    /// Id.
    pub id: InvitationId,
    /// The customer; none for staff.
    pub organisation: Option<OrganisationId>,
    /// What they will be, for staff.
    pub staff_role: Option<&'static str>,
    /// Where the mail goes.
    pub email: &'a str,
    /// What sign-in compares.
    pub email_key: &'a str,
    /// Name.
    pub name: &'a str,
    /// What they will be at the customer.
    pub role: Option<&'static str>,
    /// What they will see there.
    pub rights: Rights,
    /// A few words.
    pub message: &'a str,
    /// The language of the mail.
    pub locale: Locale,
    /// Its link.
    pub link: LinkId,
    /// Who invites; none at the command line.
    pub by: Option<UserId>,
    /// Now.
    pub at: Instant,
    /// Until when it can be accepted.
    pub expires_at: Instant,
}

/// Writes an invitation.
pub async fn insert(tx: &Tx, new: &NewRow<'_>) -> DbResult<()> {
    let values = args![
        new.id,
        new.organisation,
        Value::Text(new.staff_role.map(str::to_owned)),
        new.email,
        new.email_key,
        new.name,
        Value::Text(new.role.map(str::to_owned)),
        new.rights.documents.name(),
        new.rights.orders.name(),
        new.rights.money.name(),
        new.rights.tickets.name(),
        new.message,
        new.locale,
        new.link,
        new.by,
        new.at,
        new.expires_at,
    ];
    tx.execute(INSERT, values).await.map(|_| ())
}

/// Notes a project they will be on; `false` when it is not one of the customer's.
pub async fn add_project(
    tx: &Tx,
    id: InvitationId,
    project: ProjectId,
    organisation: OrganisationId,
) -> DbResult<bool> {
    Ok(tx.execute(INSERT_PROJECT, args![id, project, organisation]).await? == 1)
}

/// Invitations of a customer, newest first, before an id.
pub async fn list(
    db: &Db,
    organisation: OrganisationId,
    before: InvitationId,
    limit: i64,
) -> DbResult<Vec<Invitation>> {
    db.all(OF_ORGANISATION, args![organisation, before, limit]).await
}

/// Invitations to the staff, newest first, before an id.
pub async fn list_of_staff(db: &Db, before: InvitationId, limit: i64) -> DbResult<Vec<Invitation>> {
    db.all(OF_STAFF, args![before, limit]).await
}

/// Those that wait or have run out.
pub async fn waiting(db: &Db, organisation: OrganisationId) -> DbResult<Vec<Invitation>> {
    db.all(WAITING, args![organisation]).await
}

/// The same for staff.
pub async fn waiting_for_staff(db: &Db) -> DbResult<Vec<Invitation>> {
    db.all(WAITING_FOR_STAFF, args![]).await
}

/// One invitation.
pub async fn find(db: &Db, id: InvitationId) -> DbResult<Option<Invitation>> {
    db.optional(FIND, args![id]).await
}

/// The invitation a link belongs to.
pub async fn by_link(db: &Db, link: LinkId) -> DbResult<Option<Invitation>> {
    db.optional(BY_LINK, args![link]).await
}

/// An open or expired invitation of this address: its id and until when it can be accepted.
pub async fn open_for(
    db: &Db,
    organisation: Option<OrganisationId>,
    email_key: &str,
) -> DbResult<Option<(InvitationId, Instant)>> {
    match organisation {
        Some(organisation) => db.optional(OPEN_FOR, args![organisation, email_key]).await,
        None => db.optional(OPEN_FOR_STAFF, args![email_key]).await,
    }
}

/// Whether this address belongs to somebody of the customer, suspended ones too.
pub async fn is_member(db: &Db, organisation: OrganisationId, email_key: &str) -> DbResult<bool> {
    let row: Option<(UserId,)> = db.optional(MEMBER, args![organisation, email_key]).await?;
    Ok(row.is_some())
}

/// Notes that the mail goes out once more.
pub async fn set_sent(tx: &Tx, id: InvitationId, at: Instant, expires_at: Instant) -> DbResult<bool> {
    Ok(tx.execute(SENT, args![id, at, expires_at]).await? == 1)
}

/// Ends an open invitation; `false` when it has ended already.
pub async fn end(tx: &Tx, id: InvitationId, state: State, at: Instant, by: Option<UserId>) -> DbResult<bool> {
    let name = match state {
        State::Open => "open",
        State::Accepted => "accepted",
        State::Withdrawn => "withdrawn",
    };
    Ok(tx.execute(END, args![id, name, at, by]).await? == 1)
}

/// Makes somebody a member, with the rights and projects of the invitation; `false` when they are one already.
pub async fn join(tx: &Tx, invitation: &Invitation, user: UserId, at: Instant) -> DbResult<bool> {
    let (Some(organisation), Some(role)) = (invitation.organisation_id, invitation.role) else { return Ok(false) };
    let mut rights = invitation.rights();
    if role != MembershipRole::Admin {
        // Staff may allow less by now than when it was written.
        rights = rights.at_most(team::limits(tx, organisation).await?);
    }
    let values = args![
        user,
        organisation,
        role.name(),
        rights.documents.name(),
        rights.orders.name(),
        rights.money.name(),
        rights.tickets.name(),
        at,
    ];
    let joined = tx.execute(JOIN, values).await? == 1;
    if joined {
        tx.execute(JOIN_PROJECTS, args![invitation.id, user]).await?;
    }
    Ok(joined)
}
