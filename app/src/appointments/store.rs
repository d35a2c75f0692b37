//! The SQL that reads appointments.

use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::ids::{AppointmentId, OrderId, OrganisationId, ProjectId};
use crate::time::Instant;

use super::model::{After, Appointment, Changed, Person, Which};
use super::scope::{Scope, columns, may_see, page, page_of_mine, page_of_organisation, sources};

sql! {
    FIND = concat!("SELECT ", columns!(), " FROM appointments a ", sources!(), " WHERE a.id = $4 AND ", may_see!());
    BY_IDS = sqlite: concat!("SELECT ", columns!(), " FROM appointments a ", sources!(), " WHERE a.id IN (SELECT unhex(value) FROM json_each($4)) AND ", may_see!()),
        postgres: concat!("SELECT ", columns!(), " FROM appointments a ", sources!(), " WHERE a.id = ANY($4) AND ", may_see!());
    UPCOMING = sqlite: page!(sqlite, soonest, none), postgres: page!(postgres, soonest, none);
    UPCOMING_STATE = sqlite: page!(sqlite, soonest, state), postgres: page!(postgres, soonest, state);
    UPCOMING_WISHED = sqlite: page!(sqlite, soonest, wished), postgres: page!(postgres, soonest, wished);
    PAST = sqlite: page!(sqlite, latest, none), postgres: page!(postgres, latest, none);
    PAST_STATE = sqlite: page!(sqlite, latest, state), postgres: page!(postgres, latest, state);
    OF_ORGANISATION = sqlite: page_of_organisation!(sqlite, soonest), postgres: page_of_organisation!(postgres, soonest);
    OF_ORGANISATION_PAST = sqlite: page_of_organisation!(sqlite, latest), postgres: page_of_organisation!(postgres, latest);
    MINE = sqlite: page_of_mine!(sqlite, soonest), postgres: page_of_mine!(postgres, soonest);
    MINE_PAST = sqlite: page_of_mine!(sqlite, latest), postgres: page_of_mine!(postgres, latest);
    OF_ORDER = concat!("SELECT ", columns!(), " FROM appointments a ", sources!(), " WHERE a.order_id = $4 AND ", may_see!(), " ORDER BY a.starts_at DESC, a.id DESC LIMIT $5");
    OF_PROJECT = concat!("SELECT ", columns!(), " FROM appointments a ", sources!(), " WHERE a.project_id = $4 AND ", may_see!(), " ORDER BY a.starts_at DESC, a.id DESC LIMIT $5");
    SLOTS = "SELECT starts_at FROM appointment_slots WHERE appointment_id = $1 ORDER BY starts_at";
    /// Proposed times of an appointment at which somebody of the house who takes part is at another one by agreement; the longest
    /// takes seven days.
    BUSY = "SELECT DISTINCT s.starts_at FROM appointment_slots s JOIN appointments a ON a.id = s.appointment_id JOIN appointment_people p ON p.appointment_id = a.id JOIN users u ON u.id = p.user_id AND u.staff_role IS NOT NULL \
        JOIN appointment_people q ON q.user_id = p.user_id AND q.appointment_id <> a.id AND q.starts_at > s.starts_at - 604800000000 AND q.starts_at < s.starts_at + a.minutes * 60000000 \
        JOIN appointments b ON b.id = q.appointment_id AND b.state = 'confirmed' AND b.starts_at + b.minutes * 60000000 > s.starts_at WHERE s.appointment_id = $1";
    /// Whoever else chooses another time waits until this transaction ends: two customers may want the same people at the same
    /// time. SQLite has one writer anyway.
    ALONE = sqlite: "SELECT '' AS alone", postgres: "SELECT CAST(pg_advisory_xact_lock(5208134) AS text) AS alone";
    SLOTS_OF = sqlite: "SELECT appointment_id, starts_at FROM appointment_slots WHERE appointment_id IN (SELECT unhex(value) FROM json_each($1)) ORDER BY appointment_id, starts_at",
        postgres: "SELECT appointment_id, starts_at FROM appointment_slots WHERE appointment_id = ANY($1) ORDER BY appointment_id, starts_at";
    PEOPLE = "SELECT u.id AS user_id, u.name, u.email, u.staff_role FROM appointment_people p JOIN users u ON u.id = p.user_id WHERE p.appointment_id = $1 ORDER BY u.name, u.id";
    CHANGES = "SELECT c.at, u.name AS by_name, (u.staff_role IS NOT NULL) AS by_house, c.act, c.old_at, c.new_at, c.until_at, c.fields, c.reason FROM appointment_changes c LEFT JOIN users u ON u.id = c.changed_by WHERE c.appointment_id = $1 ORDER BY c.id DESC LIMIT $2";
    /// Staff who could take part, with whether they are assigned to the customer.
    STAFF = "SELECT u.id AS user_id, u.name, u.email, u.staff_role, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = u.id AND s.organisation_id = $1) AS assigned FROM users u WHERE u.staff_role IS NOT NULL AND u.state = 'active' ORDER BY u.name, u.id LIMIT 500";
    /// People of the customer who may see appointments they take part in.
    MEMBERS = "SELECT u.id AS user_id, u.name, u.email, u.staff_role FROM memberships m JOIN users u ON u.id = m.user_id AND u.state = 'active' WHERE m.organisation_id = $1 AND m.state = 'active' AND (m.role = 'admin' OR m.orders <> 'none') ORDER BY u.name, u.id LIMIT 500";
    ORDER_OF = "SELECT id FROM orders WHERE id = $1 AND organisation_id = $2";
    ORGANISATION_OF = "SELECT organisation_id FROM projects WHERE id = $1";
}

/// An appointment, if the scope reaches it.
pub async fn find(db: &Db, scope: Scope, id: AppointmentId) -> DbResult<Option<Appointment>> {
    let [a, b, c] = scope.values();
    db.optional(FIND, [a, b, c, id.into()]).await
}

/// Those of these appointments that the scope reaches.
pub async fn by_ids(db: &Db, scope: Scope, ids: &[AppointmentId]) -> DbResult<Vec<Appointment>> {
    let [a, b, c] = scope.values();
    db.all(BY_IDS, [a, b, c, Value::Uuids(ids.iter().map(|id| id.0).collect())]).await
}

/// A page of what the scope reaches; `only` is the customer a member of staff looks at, or the organisation at hand.
pub async fn list(
    db: &Db,
    scope: Scope,
    staff: bool,
    which: Which,
    only: Option<OrganisationId>,
    after: After,
    limit: i64,
) -> DbResult<Vec<Appointment>> {
    let [a, b, c] = scope.values();
    let (d, e, f, g) = (after.starts_at.into(), after.id.into(), Value::from(limit), Value::from(only));
    if staff && (which.mine || only.is_some()) {
        let state = Value::from(which.state.map(|state| state.name().to_owned()));
        let statement = match (which.mine, which.past) {
            (true, false) => MINE,
            (true, true) => MINE_PAST,
            (false, false) => OF_ORGANISATION,
            (false, true) => OF_ORGANISATION_PAST,
        };
        return db.all(statement, [a, b, c, d, e, f, g, state, which.wished.into()]).await;
    }
    match (which.past, which.state, which.wished) {
        (past, Some(state), _) => {
            let statement = if past { PAST_STATE } else { UPCOMING_STATE };
            db.all(statement, [a, b, c, d, e, f, g, state.name().into()]).await
        }
        (false, None, true) => db.all(UPCOMING_WISHED, [a, b, c, d, e, f, g]).await,
        (past, None, _) => db.all(if past { PAST } else { UPCOMING }, [a, b, c, d, e, f, g]).await,
    }
}

/// Those of an order, the last first.
pub async fn of_order(db: &Db, scope: Scope, id: OrderId, limit: i64) -> DbResult<Vec<Appointment>> {
    let [a, b, c] = scope.values();
    db.all(OF_ORDER, [a, b, c, id.into(), limit.into()]).await
}

/// Those of a project, the last first.
pub async fn of_project(db: &Db, scope: Scope, id: ProjectId, limit: i64) -> DbResult<Vec<Appointment>> {
    let [a, b, c] = scope.values();
    db.all(OF_PROJECT, [a, b, c, id.into(), limit.into()]).await
}

/// The proposed times, in their order.
pub async fn slots(db: &Db, id: AppointmentId) -> DbResult<Vec<Instant>> {
    let rows: Vec<(Instant,)> = db.all(SLOTS, args![id]).await?;
    Ok(rows.into_iter().map(|(at,)| at).collect())
}

/// The proposed times at which somebody of the house who takes part is at another appointment.
pub async fn busy(db: &Db, id: AppointmentId) -> DbResult<Vec<Instant>> {
    let rows: Vec<(Instant,)> = db.all(BUSY, args![id]).await?;
    Ok(rows.into_iter().map(|(at,)| at).collect())
}

/// Waits for whoever else is choosing another time, and is waited for until the transaction ends.
pub async fn alone(tx: &Tx) -> DbResult<()> {
    let _: (String,) = tx.one(ALONE, args![]).await?;
    Ok(())
}

/// The proposed times of several.
pub async fn slots_of(db: &Db, ids: Vec<uuid::Uuid>) -> DbResult<Vec<(AppointmentId, Instant)>> {
    if ids.is_empty() { Ok(Vec::new()) } else { db.all(SLOTS_OF, [Value::Uuids(ids)]).await }
}

/// Who takes part.
pub async fn people(db: &Db, id: AppointmentId) -> DbResult<Vec<Person>> {
    db.all(PEOPLE, args![id]).await
}

/// What happened, the last first.
pub async fn changes(db: &Db, id: AppointmentId, limit: i64) -> DbResult<Vec<Changed>> {
    db.all(CHANGES, args![id, limit]).await
}

/// Somebody of the house who could take part.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Colleague {
    /// Who.
    #[sqlx(flatten)]
    pub person: Person,
    /// Assigned to the customer.
    pub assigned: bool,
}

/// Everybody of the house, with whether they are assigned to this customer.
pub async fn staff(db: &Db, id: OrganisationId) -> DbResult<Vec<Colleague>> {
    db.all(STAFF, args![id]).await
}

/// People of the customer who may see what they take part in.
pub async fn members(db: &Db, id: OrganisationId) -> DbResult<Vec<Person>> {
    db.all(MEMBERS, args![id]).await
}

/// Whether an order is this customer's.
pub async fn is_order_of(db: &Db, id: OrderId, customer: OrganisationId) -> DbResult<bool> {
    let row: Option<(OrderId,)> = db.optional(ORDER_OF, args![id, customer]).await?;
    Ok(row.is_some())
}

/// Whose a project is.
pub async fn organisation_of(db: &Db, id: ProjectId) -> DbResult<Option<OrganisationId>> {
    let row: Option<(OrganisationId,)> = db.optional(ORGANISATION_OF, args![id]).await?;
    Ok(row.map(|(id,)| id))
}
