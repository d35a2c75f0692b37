//! The SQL of what customers send.

use crate::access::{Action, Granted, Relation, Role, Scope, StaffRole, Topic, policy};
use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::documents::model::Document;
use crate::documents::policy::Edit;
use crate::documents::scope::{columns, may_see, reach, sources};
use crate::i18n::Locale;
use crate::ids::{DocumentId, OrganisationId, UserId};
use crate::time::Instant;

use super::model::{After, Arrival, Mark};
use super::policy::{Send, Sending};

/// Documents that customers sent, as far as the scope reaches, the newest first.
macro_rules! arrivals {
    ($which:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            ", x.sent_at, s.name AS sent_by_name, x.seen_at, n.name AS seen_by_name \
             FROM document_arrivals x JOIN documents d ON d.id = x.document_id ",
            sources!(),
            " JOIN users s ON s.id = x.sent_by LEFT JOIN users n ON n.id = x.seen_by WHERE ",
            $which,
            "(x.sent_at, x.document_id) < ($6, $7) AND ",
            may_see!(),
            " ORDER BY x.sent_at DESC, x.document_id DESC LIMIT $8"
        )
    };
}

sql! {
    UNSEEN = arrivals!("x.seen_at IS NULL AND ");
    ALL = arrivals!("");
    /// What a member is in an organisation, and whether they see documents of topic `$3` there.
    PLACE = concat!("SELECT o.name, m.role = 'admin' AS administers, (m.role = 'admin' OR ", reach!("m", "$3"), " <> 'none') AS reaches FROM memberships m JOIN organisations o ON o.id = m.organisation_id AND o.state = 'active' WHERE m.user_id = $1 AND m.organisation_id = $2 AND m.state = 'active'");
    INSERT = "INSERT INTO document_arrivals (document_id, organisation_id, sent_by, sent_at) VALUES ($1, $2, $3, $4)";
    MARK = "SELECT s.name AS sent_by_name, x.sent_at, n.name AS seen_by_name, x.seen_at FROM document_arrivals x JOIN users s ON s.id = x.sent_by LEFT JOIN users n ON n.id = x.seen_by WHERE x.document_id = $1";
    SEE = "UPDATE document_arrivals SET seen_by = $2, seen_at = $3 WHERE document_id = $1 AND seen_at IS NULL";
    /// Which of these were sent by customers.
    AMONG = sqlite: "SELECT document_id FROM document_arrivals WHERE document_id IN (SELECT unhex(value) FROM json_each($1))", postgres: "SELECT document_id FROM document_arrivals WHERE document_id = ANY($1)";
    /// Once for each: the second of two workers finds nothing.
    TELL = "UPDATE document_arrivals SET told_at = $3 WHERE organisation_id = $1 AND sent_by = $2 AND told_at IS NULL RETURNING document_id";
    TITLE = "SELECT d.title, d.topic, o.name AS organisation_name, u.name AS sender FROM documents d JOIN organisations o ON o.id = d.organisation_id JOIN document_arrivals x ON x.document_id = d.id JOIN users u ON u.id = x.sent_by WHERE d.id = $1";
    /// Whoever is assigned to the customer, and administrators.
    RESPONSIBLE = "SELECT u.id, u.email, u.name, u.locale, u.staff_role, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = u.id AND s.organisation_id = $1) AS assigned FROM users u WHERE u.state = 'active' AND u.staff_role IS NOT NULL AND (u.staff_role = 'administrator' OR EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = u.id AND s.organisation_id = $1)) ORDER BY u.id LIMIT 100";
}

/// How somebody stands to an organisation they want to send something from.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// They administer it.
    pub administers: bool,
    /// They see documents of the topic there.
    pub reaches: bool,
}

/// The place of a member; `None` for everybody else.
pub async fn place(db: &Db, user: UserId, organisation: OrganisationId, topic: Topic) -> DbResult<Option<Place>> {
    db.optional(PLACE, args![user, organisation, topic.name()]).await
}

/// Notes that a document was sent unasked.
pub async fn insert(
    tx: &Tx,
    granted: &Granted<Send, Sending>,
    document: DocumentId,
    by: UserId,
    at: Instant,
) -> DbResult<()> {
    tx.execute(INSERT, args![document, granted.row().organisation_id, by, at]).await.map(|_| ())
}

/// A page of what customers sent; `unseen`: only what nobody of staff has looked at.
pub async fn list(db: &Db, scope: Scope, unseen: bool, after: After, limit: i64) -> DbResult<Vec<Arrival>> {
    let [a, b, c, d, e] = scope.values();
    let [f, g, h]: [Value; 3] = [after.sent_at.into(), after.id.into(), limit.into()];
    db.all(if unseen { UNSEEN } else { ALL }, [a, b, c, d, e, f, g, h]).await
}

/// Who sent a document that was found in scope; `None` where staff made it, or somebody was asked for it.
pub async fn mark(db: &Db, document: &Document) -> DbResult<Option<Mark>> {
    db.optional(MARK, args![document.id]).await
}

/// Which of these documents customers sent unasked.
pub async fn among(db: &Db, documents: &[DocumentId]) -> DbResult<Vec<DocumentId>> {
    let ids = documents.iter().map(|id| id.0).collect();
    let rows: Vec<(DocumentId,)> = db.all(AMONG, args![Value::Uuids(ids)]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Somebody of staff has looked at it; `false` where somebody had before.
pub async fn see(tx: &Tx, granted: &Granted<Edit, Document>, by: UserId, at: Instant) -> DbResult<bool> {
    Ok(tx.execute(SEE, args![granted.row().id, by, at]).await? == 1)
}

/// What nobody was told of yet, and is being told of now.
pub async fn tell(tx: &Tx, organisation: OrganisationId, by: UserId, at: Instant) -> DbResult<Vec<DocumentId>> {
    let rows: Vec<(DocumentId,)> = tx.all(TELL, args![organisation, by, at]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// What a mail says of a document that came.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Came {
    /// Its title.
    pub title: String,
    /// The topic of its category.
    pub topic: Topic,
    /// The customer.
    pub organisation_name: String,
    /// Who sent it.
    pub sender: String,
}

/// What a mail says of it.
pub async fn came(tx: &Tx, document: DocumentId) -> DbResult<Option<Came>> {
    tx.optional(TITLE, args![document]).await
}

#[derive(sqlx::FromRow)]
struct Candidate {
    id: UserId,
    email: String,
    name: String,
    locale: Option<Locale>,
    staff_role: StaffRole,
    assigned: bool,
}

/// Whom to tell: everybody assigned to the customer who may see all of these topics; where there is nobody,
/// administrators.
pub async fn responsible(
    tx: &Tx,
    organisation: OrganisationId,
    topics: &[Topic],
) -> DbResult<Vec<(UserId, String, String, Option<Locale>)>> {
    let mut people: Vec<Candidate> = tx.all(RESPONSIBLE, args![organisation]).await?;
    people.retain(|person| {
        let relation = if person.assigned { Relation::Assigned } else { Relation::Other };
        let role = Role::Staff(person.staff_role);
        topics.iter().all(|topic| policy::allowed(role, Action::DocumentRead(*topic), relation))
    });
    if people.iter().any(|person| person.assigned) {
        people.retain(|person| person.assigned);
    }
    Ok(people.into_iter().map(|person| (person.id, person.email, person.name, person.locale)).collect())
}
