//! The SQL of requests.

use crate::access::{Granted, Scope};
use crate::day::Day;
use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::documents::scope::reach;
use crate::ids::{DocumentId, OrganisationId, RequestId, UserId};
use crate::time::Instant;

use super::model::{After, Asked, NewRequest, Request, State};
use super::policy::{Answer, Ask, Manage, Wanted};
use super::scope::may_see;

/// Requests with their names.
macro_rules! requests {
    ($which:expr) => {
        concat!(
            "SELECT q.id, q.organisation_id, o.name AS organisation_name, q.title, q.text, q.category, q.topic, q.due_on, q.asked_by, a.name AS asked_by_name, \
             q.asked_at, q.state, q.note, q.document_id, r.name AS answered_by_name, q.answered_at, q.revision, \
             EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = q.organisation_id) AS assigned, \
             EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = $1 AND m.organisation_id = q.organisation_id AND m.state = 'active' AND m.role = 'admin') AS administers \
             FROM document_requests q JOIN organisations o ON o.id = q.organisation_id JOIN users a ON a.id = q.asked_by LEFT JOIN users r ON r.id = q.answered_by WHERE ",
            may_see!(),
            $which
        )
    };
}

sql! {
    FIND = requests!(" AND q.id = $6");
    /// `$6` the state, `$7` and `$8` the key to continue after, `$9` how many, `$10` only of this customer, or NULL.
    LIST = requests!(" AND q.state = $6 AND (q.due_on, q.id) > ($7, $8) AND (q.organisation_id = $10 OR $10 IS NULL) ORDER BY q.due_on, q.id LIMIT $9");
    BY_IDS = sqlite: requests!(" AND q.id IN (SELECT unhex(value) FROM json_each($6))"), postgres: requests!(" AND q.id = ANY($6)");
    /// `$6` the customer, `$7` the one to continue after, `$8` how many: whatever state they are in, the last asked first.
    NEWEST = requests!(" AND q.organisation_id = $6 AND q.id < $7 ORDER BY q.id DESC LIMIT $8");
    LOCK = "UPDATE document_requests SET revision = revision WHERE id = $1";
    INSERT = "INSERT INTO document_requests (id, organisation_id, title, text, category, topic, due_on, asked_by, asked_at, state, note, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', '', 1)";
    ADD_PERSON = "INSERT INTO document_request_people (request_id, user_id) VALUES ($1, $2)";
    PEOPLE = "SELECT p.user_id, u.name FROM document_request_people p JOIN users u ON u.id = p.user_id WHERE p.request_id = $1 ORDER BY u.name, u.id";
    SET_SENT = "UPDATE document_requests SET state = 'sent', document_id = $2, answered_by = $3, answered_at = $4, revision = revision + 1 WHERE id = $1";
    SET_STATE = "UPDATE document_requests SET state = $2, note = $3, revision = revision + 1 WHERE id = $1";
    REMINDED = "UPDATE document_requests SET reminded_at = $2 WHERE id = $1 AND state IN ('open', 'fix') AND (reminded_at IS NULL OR reminded_at < $3)";
    /// What waits for customers and was not reminded of for so long, the soonest due first.
    DUE = "SELECT id, organisation_id, title, due_on, asked_by FROM document_requests WHERE state IN ('open', 'fix') AND due_on <= $1 AND due_on >= $2 AND (reminded_at IS NULL OR reminded_at < $3) ORDER BY due_on, id LIMIT $4";
    /// People of the customer who are asked and can still answer.
    STILL = concat!("SELECT p.user_id FROM document_request_people p JOIN document_requests q ON q.id = p.request_id JOIN memberships m ON m.user_id = p.user_id AND m.organisation_id = q.organisation_id AND m.state = 'active' JOIN users u ON u.id = p.user_id AND u.state = 'active' WHERE p.request_id = $1 AND (m.role = 'admin' OR ", reach!("m", "q.topic"), " <> 'none') ORDER BY p.user_id");
}

/// A request, if the scope reaches it.
pub async fn find(db: &Db, scope: Scope, id: RequestId) -> DbResult<Option<Request>> {
    let [a, b, c, d, e] = scope.values();
    db.optional(FIND, [a, b, c, d, e, id.into()]).await
}

/// Requests in a state, the soonest due first.
pub async fn list(
    db: &Db,
    scope: Scope,
    state: State,
    organisation: Option<OrganisationId>,
    after: After,
    limit: i64,
) -> DbResult<Vec<Request>> {
    let [a, b, c, d, e] = scope.values();
    let rest: [Value; 5] =
        [state.name().into(), after.due_on.into(), after.id.into(), limit.into(), organisation.into()];
    let [f, g, h, i, j] = rest;
    db.all(LIST, [a, b, c, d, e, f, g, h, i, j]).await
}

/// Those of these requests that the scope reaches.
pub async fn by_ids(db: &Db, scope: Scope, ids: &[RequestId]) -> DbResult<Vec<Request>> {
    let [a, b, c, d, e] = scope.values();
    db.all(BY_IDS, [a, b, c, d, e, Value::Uuids(ids.iter().map(|id| id.0).collect())]).await
}

/// Requests of a customer, the last asked first.
pub async fn newest(
    db: &Db,
    scope: Scope,
    of: OrganisationId,
    before: RequestId,
    limit: i64,
) -> DbResult<Vec<Request>> {
    let [a, b, c, d, e] = scope.values();
    db.all(NEWEST, [a, b, c, d, e, of.into(), before.into(), limit.into()]).await
}

/// Takes a request: whoever changes it meanwhile waits.
pub async fn lock(tx: &Tx, id: RequestId) -> DbResult<()> {
    tx.execute(LOCK, args![id]).await.map(|_| ())
}

/// Inserts a request with the people who are asked.
pub async fn insert(
    tx: &Tx,
    granted: &Granted<Ask, Wanted>,
    id: RequestId,
    new: &NewRequest,
    by: UserId,
    at: Instant,
) -> DbResult<()> {
    let wanted = granted.row();
    let category = wanted.category;
    let values = args![
        id,
        wanted.organisation_id,
        &new.title,
        &new.text,
        category.key(),
        category.topic().name(),
        new.due_on,
        by,
        at
    ];
    tx.execute(INSERT, values).await?;
    for person in &new.people {
        tx.execute(ADD_PERSON, args![id, *person]).await?;
    }
    Ok(())
}

/// Who is asked.
pub async fn people(db: &Db, id: RequestId) -> DbResult<Vec<Asked>> {
    db.all(PEOPLE, args![id]).await
}

/// Who is asked and can still answer.
pub async fn still(db: &Db, id: RequestId) -> DbResult<Vec<UserId>> {
    let rows: Vec<(UserId,)> = db.all(STILL, args![id]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// A file has come.
pub async fn set_sent(
    tx: &Tx,
    granted: &Granted<Answer, Request>,
    document: DocumentId,
    by: UserId,
    at: Instant,
) -> DbResult<()> {
    tx.execute(SET_SENT, args![granted.row().id, document, by, at]).await.map(|_| ())
}

/// Staff have decided.
pub async fn set_state(tx: &Tx, granted: &Granted<Manage, Request>, state: State, note: &str) -> DbResult<()> {
    tx.execute(SET_STATE, args![granted.row().id, state.name(), note]).await.map(|_| ())
}

/// Notes that people are reminded; `false` where somebody else did since.
pub async fn reminded(tx: &Tx, id: RequestId, at: Instant, not_since: Instant) -> DbResult<bool> {
    Ok(tx.execute(REMINDED, args![id, at, not_since]).await? == 1)
}

/// A request to remind of.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Due {
    /// Id.
    pub id: RequestId,
    /// The customer.
    pub organisation_id: OrganisationId,
    /// What is wanted.
    pub title: String,
    /// The last day in time.
    pub due_on: Day,
    /// Who asks.
    pub asked_by: UserId,
}

/// What to remind of: due between these days, and not reminded of since.
pub async fn due(db: &Db, until: Day, from: Day, not_since: Instant, limit: i64) -> DbResult<Vec<Due>> {
    db.all(DUE, args![until, from, not_since, limit]).await
}
