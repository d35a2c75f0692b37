//! The demo's rows that have no use case of their own yet: customers, groups, projects, assignments.

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::access::{MembershipRole, Reach, Rights};
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::ids::{AppointmentId, DocumentId, GroupId, OrderId, OrganisationId, ProjectId, RequestId, UserId};
use crate::organisation::insert::{NewRow, insert};
use crate::time::Instant;

sql! {
    ORGANISATION_ID = "SELECT id FROM organisations WHERE slug = $1";
    GROUP = "INSERT INTO customer_groups (id, slug, name) VALUES ($1, $2, $3) ON CONFLICT (slug) DO NOTHING";
    GROUP_ID = "SELECT id FROM customer_groups WHERE slug = $1";
    PROJECT = "INSERT INTO projects (id, organisation_id, slug, name, status, created_at, changed_at) VALUES ($1, $2, $3, $4, 'running', $5, $5) ON CONFLICT (slug) DO NOTHING";
    PROJECT_ID = "SELECT id FROM projects WHERE slug = $1";
    IN_GROUP = "INSERT INTO group_organisations (organisation_id, group_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    ON_PROJECT = "INSERT INTO project_people (user_id, project_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    MEMBER = "INSERT INTO memberships (user_id, organisation_id, role, state, documents, orders, money, tickets, created_at) VALUES ($1, $2, $3, 'active', $4, $5, $6, $7, $8) ON CONFLICT (user_id, organisation_id) DO NOTHING";
    ASSIGN = "INSERT INTO staff_assignments (user_id, organisation_id, is_contact, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    PORTRAIT = "INSERT INTO user_portraits (user_id, png, sha256, made_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    DOCUMENTS = "SELECT COUNT(*) AS n FROM documents";
    DOCUMENT = "SELECT id FROM documents WHERE title = $1 AND state = 'published' ORDER BY id LIMIT 1";
    REQUEST = "SELECT id FROM document_requests WHERE title = $1 ORDER BY id LIMIT 1";
    KNOWN_SINCE = "UPDATE users SET created_at = $2 WHERE id = $1 AND created_at > $2";
    LAST_HERE = "UPDATE users SET last_sign_in_at = $2 WHERE id = $1 AND last_sign_in_at IS NULL";
    ORDER = "SELECT id FROM orders WHERE number = $1";
    APPOINTMENT = "SELECT id FROM appointments WHERE title = $1 ORDER BY id LIMIT 1";
    /// What somebody was told long ago they have looked at, and no mail says it now.
    SEEN = "UPDATE notifications SET seen_at = created_at + 3600000000, mail_due_at = NULL WHERE created_at < $1 AND seen_at IS NULL";
    NO_MAIL = "UPDATE notifications SET mail_due_at = NULL WHERE mail_due_at IS NOT NULL";
    FLAG = "SELECT value FROM settings WHERE key = 'demo'";
    SET_FLAG = "INSERT INTO settings (key, value) VALUES ('demo', 'complete') ON CONFLICT (key) DO NOTHING";
}

async fn id(tx: &Tx, sql: crate::db::Sql<1>, slug: &str) -> DbResult<Uuid> {
    let (id,): (Uuid,) = tx.one(sql, args![slug]).await?;
    Ok(id)
}

/// Notifications before this were seen, and no mail says what the demo's past brought.
pub async fn settle_notifications(tx: &Tx, seen_before: Instant) -> DbResult<()> {
    tx.execute(SEEN, args![seen_before]).await?;
    tx.execute(NO_MAIL, args![]).await.map(|_| ())
}

/// Makes a customer, or finds it.
pub async fn organisation(tx: &Tx, slug: &str, name: &str, number: &str, at: Instant) -> DbResult<OrganisationId> {
    let row = NewRow { slug, name, number, ..NewRow::default() };
    insert(tx, OrganisationId::new(), row, at).await?;
    id(tx, ORGANISATION_ID, slug).await.map(OrganisationId)
}

/// Makes a customer group, or finds it.
pub async fn group(tx: &Tx, slug: &str, name: &str) -> DbResult<GroupId> {
    tx.execute(GROUP, args![GroupId::new(), slug, name]).await?;
    id(tx, GROUP_ID, slug).await.map(GroupId)
}

/// Makes a project, or finds it.
pub async fn project(
    tx: &Tx,
    organisation: OrganisationId,
    slug: &str,
    name: &str,
    at: Instant,
) -> DbResult<ProjectId> {
    tx.execute(PROJECT, args![ProjectId::new(), organisation, slug, name, at]).await?;
    id(tx, PROJECT_ID, slug).await.map(ProjectId)
}

/// Puts a customer into a group.
pub async fn add_to_group(tx: &Tx, organisation: OrganisationId, group: GroupId) -> DbResult<()> {
    tx.execute(IN_GROUP, args![organisation, group]).await.map(|_| ())
}

/// Puts a person on a project.
pub async fn add_to_project(tx: &Tx, user: UserId, project: ProjectId) -> DbResult<()> {
    tx.execute(ON_PROJECT, args![user, project]).await.map(|_| ())
}

/// Makes somebody who belongs to one customer belong to another one too, with what the role has unless it is narrowed.
pub async fn join(
    tx: &Tx,
    user: UserId,
    organisation: OrganisationId,
    role: MembershipRole,
    at: Instant,
) -> DbResult<()> {
    let Rights { documents, orders, money, tickets } = Rights::default_of(role);
    let [documents, orders, money, tickets] = [documents, orders, money, tickets].map(Reach::name);
    tx.execute(MEMBER, args![user, organisation, role.name(), documents, orders, money, tickets, at]).await.map(|_| ())
}

/// Assigns a member of staff to a customer.
pub async fn assign(tx: &Tx, user: UserId, organisation: OrganisationId, contact: bool, at: Instant) -> DbResult<()> {
    tx.execute(ASSIGN, args![user, organisation, contact, at]).await.map(|_| ())
}

/// Gives a member of staff a portrait that was drawn for the demo, unless they have one.
pub async fn portrait(tx: &Tx, user: UserId, png: &[u8], at: Instant) -> DbResult<()> {
    let sha256 = Sha256::digest(png).to_vec();
    tx.execute(PORTRAIT, args![user, png.to_vec(), sha256, at]).await.map(|_| ())
}

/// How many documents there are.
pub async fn document_count(db: &Db) -> DbResult<usize> {
    let (count,): (i64,) = db.one(DOCUMENTS, args![]).await?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// A published document by its title: the demo has no two alike.
pub async fn document(db: &Db, title: &str) -> DbResult<Option<DocumentId>> {
    let row: Option<(DocumentId,)> = db.optional(DOCUMENT, args![title]).await?;
    Ok(row.map(|(id,)| id))
}

/// An order by its number.
pub async fn order(db: &Db, number: &str) -> DbResult<Option<OrderId>> {
    let row: Option<(OrderId,)> = db.optional(ORDER, args![number]).await?;
    Ok(row.map(|(id,)| id))
}

/// Whether there is an appointment with this title: the demo has no two alike.
pub async fn has_appointment(db: &Db, title: &str) -> DbResult<bool> {
    let row: Option<(AppointmentId,)> = db.optional(APPOINTMENT, args![title]).await?;
    Ok(row.is_some())
}

/// Whether the demo was loaded to its end.
pub async fn is_complete(db: &Db) -> DbResult<bool> {
    let row: Option<(String,)> = db.optional(FLAG, args![]).await?;
    Ok(row.is_some())
}

/// Notes that it was.
pub async fn set_complete(tx: &Tx) -> DbResult<()> {
    tx.execute(SET_FLAG, args![]).await.map(|_| ())
}

/// A file that was asked for, by what is wanted.
pub async fn request(db: &Db, title: &str) -> DbResult<Option<RequestId>> {
    let row: Option<(RequestId,)> = db.optional(REQUEST, args![title]).await?;
    Ok(row.map(|(id,)| id))
}

/// Says that somebody has had a login since then.
pub async fn known_since(tx: &Tx, user: UserId, at: Instant) -> DbResult<()> {
    tx.execute(KNOWN_SINCE, args![user, at]).await.map(|_| ())
}

/// Says that somebody has been there, if they have not been since.
pub async fn last_here(tx: &Tx, user: UserId, at: Instant) -> DbResult<()> {
    tx.execute(LAST_HERE, args![user, at]).await.map(|_| ())
}
