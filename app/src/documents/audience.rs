//! Who can read a document, and why: the same answer for the preview before publishing, for "who can see
//! this?" afterwards and for the API. A test compares it with what each person really sees.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::access::{Action, MembershipRole, Relation, Role, StaffRole, Topic, policy};
use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::ids::{DocumentId, GroupId, OrganisationId, ProjectId, UserId};
use crate::time::Instant;

use super::model::{Audience, Document, Reader, Reason};

/// Everybody reached through `$1` (ids of organisations, groups, people, projects) or as admin of `$2`.
macro_rules! readers {
    ($in_list:literal) => {
        concat!(
            "SELECT u.id, u.name, u.email, u.last_sign_in_at, m.organisation_id, o.name AS organisation_name, m.role, x.reason, ",
            "(SELECT r.version FROM document_reads r WHERE r.document_id = $3 AND r.user_id = u.id) AS read_version FROM (",
            "SELECT m.user_id, m.organisation_id, 'admin' AS reason FROM memberships m WHERE m.organisation_id = $2 AND m.role = 'admin' ",
            "UNION ALL SELECT m.user_id, m.organisation_id, 'organisation' FROM memberships m WHERE m.organisation_id ", $in_list, " AND m.role <> 'partner' ",
            "UNION ALL SELECT m.user_id, m.organisation_id, 'group' FROM group_organisations g JOIN memberships m ON m.organisation_id = g.organisation_id WHERE g.group_id ", $in_list, " AND m.role <> 'partner' ",
            "UNION ALL SELECT m.user_id, m.organisation_id, 'person' FROM memberships m WHERE m.user_id ", $in_list, " AND m.organisation_id = $2 ",
            "UNION ALL SELECT m.user_id, m.organisation_id, 'project' FROM project_people p JOIN memberships m ON m.user_id = p.user_id AND m.organisation_id = $2 WHERE p.project_id ", $in_list,
            ") x JOIN documents d ON d.id = $3 JOIN memberships m ON m.user_id = x.user_id AND m.organisation_id = x.organisation_id AND m.state = 'active' ",
            "AND CASE WHEN x.reason = 'admin' THEN 1 WHEN x.reason IN ('organisation', 'group') THEN CASE WHEN ", super::scope::reach!("m", "d.topic"), " = 'organisation' THEN 1 END ",
            "ELSE CASE WHEN ", super::scope::reach!("m", "d.topic"), " <> 'none' THEN 1 END END = 1 ",
            "JOIN users u ON u.id = x.user_id AND u.state = 'active' JOIN organisations o ON o.id = m.organisation_id ORDER BY o.name, u.name, u.id"
        )
    };
}

sql! {
    READERS = sqlite: readers!("IN (SELECT unhex(value) FROM json_each($1))"), postgres: readers!("= ANY($1)");
    STAFF = "SELECT u.id, u.name, u.email, u.last_sign_in_at, u.staff_role, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = u.id AND s.organisation_id = $1) AS assigned, (SELECT r.version FROM document_reads r WHERE r.document_id = $2 AND r.user_id = u.id) AS read_version FROM users u WHERE u.staff_role IS NOT NULL AND u.state = 'active' ORDER BY u.name, u.id";
    ASSIGNED = "SELECT organisation_id FROM staff_assignments WHERE user_id = $1";
    GROUP_ORGANISATIONS = "SELECT g.organisation_id, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $2 AND s.organisation_id = g.organisation_id) AS assigned FROM group_organisations g WHERE g.group_id = $1";
    /// For whoever publishes to it: nobody deletes it until they are done.
    HOLD_GROUP = sqlite: "SELECT id FROM customer_groups WHERE id = $1", postgres: "SELECT id FROM customer_groups WHERE id = $1 FOR KEY SHARE";
    PROJECT = "SELECT name, organisation_id FROM projects WHERE id = $1";
    MEMBERS = sqlite: "SELECT COUNT(*) AS n FROM memberships m JOIN users u ON u.id = m.user_id AND u.state = 'active' WHERE m.organisation_id = $2 AND m.state = 'active' AND m.user_id IN (SELECT unhex(value) FROM json_each($1))", postgres: "SELECT COUNT(*) AS n FROM memberships m JOIN users u ON u.id = m.user_id AND u.state = 'active' WHERE m.organisation_id = $2 AND m.state = 'active' AND m.user_id = ANY($1)";
}

#[derive(sqlx::FromRow)]
struct CustomerRow {
    id: UserId,
    name: String,
    email: String,
    last_sign_in_at: Option<Instant>,
    organisation_id: OrganisationId,
    organisation_name: String,
    role: MembershipRole,
    reason: String,
    read_version: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct StaffRow {
    id: UserId,
    name: String,
    email: String,
    last_sign_in_at: Option<Instant>,
    staff_role: StaffRole,
    assigned: bool,
    read_version: Option<i64>,
}

/// The ids an audience is stored as.
pub fn subjects(audience: &Audience, organisation: OrganisationId) -> Vec<Uuid> {
    match audience {
        Audience::Organisation => vec![organisation.0],
        Audience::Group(id) => vec![id.0],
        Audience::People(people) => {
            let mut ids: Vec<Uuid> = people.iter().map(|id| id.0).collect();
            ids.sort_unstable();
            ids.dedup();
            ids
        }
        Audience::Project(id) => vec![id.0],
    }
}

/// The customers who can read a document that is for these subjects: each once, with the strongest reason.
pub async fn customers(db: &Db, document: &Document, subjects: Vec<Uuid>) -> DbResult<Vec<Reader>> {
    let rows: Vec<CustomerRow> =
        db.all(READERS, args![Value::Uuids(subjects), document.organisation_id, document.id]).await?;
    let mut order = Vec::new();
    let mut by_user: BTreeMap<UserId, Reader> = BTreeMap::new();
    for row in rows {
        let reason = match row.reason.as_str() {
            "person" => Reason::Person,
            "project" => Reason::Project,
            "organisation" => Reason::Organisation,
            "group" => Reason::Group,
            _ => Reason::Admin,
        };
        let reader = Reader {
            user_id: row.id,
            name: row.name,
            email: row.email,
            organisation: Some((row.organisation_id, row.organisation_name)),
            role: row.role.role(),
            reason,
            last_sign_in_at: row.last_sign_in_at,
            read_version: row.read_version,
        };
        match by_user.get_mut(&reader.user_id) {
            Some(known) if known.reason <= reader.reason => {}
            Some(known) => *known = reader,
            None => {
                order.push(reader.user_id);
                by_user.insert(reader.user_id, reader);
            }
        }
    }
    Ok(order.into_iter().filter_map(|id| by_user.remove(&id)).collect())
}

/// The staff who can read a document of this customer and topic, by the policy itself.
pub async fn staff(db: &Db, document: DocumentId, organisation: OrganisationId, topic: Topic) -> DbResult<Vec<Reader>> {
    let rows: Vec<StaffRow> = db.all(STAFF, args![organisation, document]).await?;
    let sees =
        |row: &StaffRow, relation| policy::allowed(Role::Staff(row.staff_role), Action::DocumentRead(topic), relation);
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let reason = if sees(&row, Relation::Other) {
                Reason::StaffRole
            } else if row.assigned && sees(&row, Relation::Assigned) {
                Reason::Assigned
            } else {
                return None;
            };
            Some(Reader {
                user_id: row.id,
                name: row.name,
                email: row.email,
                organisation: None,
                role: Role::Staff(row.staff_role),
                reason,
                last_sign_in_at: row.last_sign_in_at,
                read_version: row.read_version,
            })
        })
        .collect())
}

/// The customers a member of staff is assigned to.
pub async fn assigned_organisations(db: &Db, user: UserId) -> DbResult<Vec<OrganisationId>> {
    let rows: Vec<(OrganisationId,)> = db.all(ASSIGNED, args![user]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The organisations of a group, and whether this member of staff is assigned to each.
pub async fn group_organisations(db: &Db, group: GroupId, user: UserId) -> DbResult<Vec<(OrganisationId, bool)>> {
    db.all(GROUP_ORGANISATIONS, args![group, user]).await
}

/// Keeps a group there until this transaction ends. One that has just gone has no organisations.
pub async fn hold_group(tx: &Tx, group: GroupId) -> DbResult<()> {
    let _: Option<(GroupId,)> = tx.optional(HOLD_GROUP, args![group]).await?;
    Ok(())
}

/// A project's name and organisation.
pub async fn project(db: &Db, project: ProjectId) -> DbResult<Option<(String, OrganisationId)>> {
    db.optional(PROJECT, args![project]).await
}

/// How many of these people are active in the organisation.
pub async fn count_members(db: &Db, organisation: OrganisationId, people: &[UserId]) -> DbResult<i64> {
    let (n,): (i64,) =
        db.one(MEMBERS, args![Value::Uuids(people.iter().map(|id| id.0).collect()), organisation]).await?;
    Ok(n)
}

/// A short digest of who was shown, so that publishing can notice that the list has changed since.
pub fn digest(readers: &[Reader]) -> String {
    use sha2::Digest as _;
    let mut ids: Vec<Uuid> = readers.iter().map(|reader| reader.user_id.0).collect();
    ids.sort_unstable();
    let mut hasher = sha2::Sha256::new();
    for id in ids {
        hasher.update(id.as_bytes());
    }
    super::model::hex(hasher.finalize().get(..8).unwrap_or_default())
}
