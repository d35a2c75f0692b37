//! Who is waiting for whom, over all customers that a member of staff sees: what waits for us, what we wait for, what is
//! late, and who has never been here. Customers of one's own are a range each of an index that begins with the customer;
//! what a role sees of all customers begins at an index over all of them. Nothing is counted further than anybody reads.

use std::time::Duration;

use uuid::Uuid;

use crate::access::{Action, Scope, over_customers};
use crate::ctx::Ctx;
use crate::day::Day;
use crate::db::{Value, sql};
use crate::error::AppError;
use crate::ids::{OrganisationId, UserId};
use crate::organisation::service as organisation;
use crate::time::Instant;
use crate::validity::service::today;

use super::waits_scope::{by_customer, for_us, lapsed, our_tasks, their_orders, waiting_orders, wished};

/// The customers assigned to the person, where their role sees what is theirs. What many have of is joined by CROSS JOIN,
/// because SQLite then keeps the order of the tables: customers of one's own first, never all that is open.
macro_rules! mine {
    ($sees:literal) => {
        concat!("(SELECT organisation_id FROM staff_assignments WHERE ", $sees, " AND user_id = $1) s")
    };
}

/// What a role sees of all customers, by topic.
macro_rules! topics {
    ($row:literal) => {
        concat!(
            "(($3 AND ",
            $row,
            ".topic = 'general') OR ($4 AND ",
            $row,
            ".topic = 'money') OR ($5 AND ",
            $row,
            ".topic = 'quotes'))"
        )
    };
}

/// Rows of a range, as many as anybody reads.
macro_rules! some {
    ($rows:expr, $most:literal) => {
        concat!("SELECT * FROM (", $rows, " LIMIT ", $most, ") AS some_rows ")
    };
}

/// A file that came and that nobody has judged.
macro_rules! sent {
    ($from:expr, $which:expr) => {
        concat!(
            "SELECT 'request' AS kind, q.id, q.organisation_id, q.title, COALESCE(r.name, '') AS who, q.answered_at AS since, CAST(NULL AS TEXT) AS due_on FROM ",
            $from, " LEFT JOIN users r ON r.id = q.answered_by WHERE q.state = 'sent'", $which, " ORDER BY q.due_on, q.id"
        )
    };
}

/// A version that was declined, and still is the current one.
macro_rules! declined {
    ($from:expr, $which:expr, $order:literal) => {
        concat!(
            "SELECT 'declined' AS kind, d.id, d.organisation_id, d.title, COALESCE((SELECT MIN(u.name) FROM approval_seats t JOIN users u ON u.id = t.user_id WHERE t.approval_id = a.id AND t.decision = 'declined'), '') AS who, \
             a.ended_at AS since, CAST(NULL AS TEXT) AS due_on FROM ",
            $from, " JOIN documents d ON d.id = a.document_id WHERE a.state = 'declined' AND d.state = 'published' AND d.current_version = a.version \
             AND NOT EXISTS (SELECT 1 FROM approvals n WHERE n.document_id = a.document_id AND n.id > a.id)", $which, " ORDER BY ", $order
        )
    };
}

/// An order whose next step is ours and should be done. Which ones is read from an index alone: somebody may look after a
/// customer with ten thousand. Over all customers "open" is said by `due_key`: where it is said by `closed`, SQLite walks
/// everything that is open.
macro_rules! behind {
    ($from:expr, $which:expr) => {
        concat!(
            "SELECT 'order' AS kind, o.id, o.organisation_id, CASE o.title WHEN '' THEN o.number ELSE o.title END AS title, o.next_step AS who, CAST(NULL AS BIGINT) AS since, o.next_on AS due_on FROM (SELECT o.id FROM ",
            $from, " WHERE ", $which, " AND o.next_on < $8 AND o.status IN (SELECT t.key FROM order_statuses t WHERE t.waits_for = 'house') ORDER BY o.next_on, o.id LIMIT 10) late JOIN orders o ON o.id = late.id"
        )
    };
}

/// What is open at a customer: a decision, a file, or an order that is behind.
macro_rules! open {
    ($kind:literal, $row:literal, $customer:literal, $since:literal, $late:literal, $from:expr, $which:expr, $order:expr) => {
        concat!(
            "SELECT '",
            $kind,
            "' AS kind, ",
            $row,
            ".id, ",
            $customer,
            " AS organisation_id, ",
            $since,
            " AS since, CASE WHEN ",
            $late,
            " THEN 1 ELSE 0 END AS late FROM ",
            $from,
            " WHERE ",
            $which,
            $order
        )
    };
}

/// What is open at customers. `$their_orders`: the orders that wait for them.
macro_rules! at_customers {
    ($their_orders:expr) => {
        concat!(
            "SELECT w.organisation_id, o.name AS organisation_name, CAST(SUM(CASE WHEN w.kind = 'approval' THEN 1 ELSE 0 END) AS BIGINT) AS approvals, CAST(SUM(CASE WHEN w.kind = 'request' THEN 1 ELSE 0 END) AS BIGINT) AS requests, \
             CAST(SUM(CASE WHEN w.kind = 'task' THEN 1 ELSE 0 END) AS BIGINT) AS tasks, CAST(SUM(CASE WHEN w.kind = 'appointment' THEN 1 ELSE 0 END) AS BIGINT) AS appointments, CAST(SUM(CASE WHEN w.kind = 'their_order' THEN 1 ELSE 0 END) AS BIGINT) AS orders, MIN(w.since) AS oldest, \
             CAST(SUM(CASE WHEN w.kind = 'approval' THEN w.late ELSE 0 END) AS BIGINT) AS late_approvals, CAST(SUM(CASE WHEN w.kind = 'request' THEN w.late ELSE 0 END) AS BIGINT) AS late_requests, CAST(SUM(CASE WHEN w.kind = 'order' THEN w.late ELSE 0 END) AS BIGINT) AS late_orders, \
             CAST(SUM(CASE WHEN w.kind IN ('task', 'our_task') THEN w.late ELSE 0 END) AS BIGINT) AS late_tasks, CAST(SUM(CASE WHEN w.kind = 'appointment' THEN w.late ELSE 0 END) AS BIGINT) AS late_appointments FROM (",
            some!(open!("approval", "a", "a.organisation_id", "a.asked_at", "a.due_at < $9", concat!(mine!("$2"), " JOIN approvals a ON a.organisation_id = s.organisation_id"), "a.state = 'open'", ""), "500"),
            "UNION ", some!(open!("approval", "a", "a.organisation_id", "a.asked_at", "a.due_at < $9", "approvals a JOIN documents d ON d.id = a.document_id", concat!("a.state = 'open' AND ", topics!("d")), " ORDER BY a.due_at, a.id"), "500"),
            "UNION ", some!(open!("request", "q", "q.organisation_id", "q.asked_at", "q.due_on < $8", concat!(mine!("$2"), " JOIN document_requests q ON q.organisation_id = s.organisation_id"), "q.state IN ('open', 'fix')", ""), "500"),
            "UNION ", some!(open!("request", "q", "q.organisation_id", "q.asked_at", "q.due_on < $8", "document_requests q", concat!("q.state = 'open' AND ", topics!("q")), " ORDER BY q.due_on, q.id"), "500"),
            "UNION ", some!(open!("request", "q", "q.organisation_id", "q.asked_at", "q.due_on < $8", "document_requests q", concat!("q.state = 'fix' AND ", topics!("q")), " ORDER BY q.due_on, q.id"), "500"),
            "UNION ", some!(open!("order", "o", "o.organisation_id", "CAST(NULL AS BIGINT)", "1 = 1", concat!(mine!("$6"), " CROSS JOIN orders o"), "o.organisation_id = s.organisation_id AND o.closed = FALSE AND o.next_on < $8", ""), "500"),
            "UNION ", some!(open!("order", "o", "o.organisation_id", "CAST(NULL AS BIGINT)", "1 = 1", "orders o", "o.due_key IS NOT NULL AND o.next_on < $8 AND $7", " ORDER BY o.next_on, o.id"), "500"),
            $their_orders,
            by_customer!(),
            ") w JOIN organisations o ON o.id = w.organisation_id GROUP BY w.organisation_id, o.name ORDER BY SUM(w.late) DESC, MIN(w.since), w.organisation_id LIMIT 50")
    };
}

sql! {
    /// `$1` to `$5` the scope of documents, `$6` and `$7` of orders, `$8` today; the rest as `waits_scope.rs` says.
    FOR_US = concat!(
        "SELECT w.kind, w.id, w.organisation_id, o.name AS organisation_name, w.title, w.who, w.since, w.due_on FROM (",
        some!(sent!(concat!(mine!("$2"), " JOIN document_requests q ON q.organisation_id = s.organisation_id"), ""), "10"),
        "UNION ", some!(sent!("document_requests q", concat!(" AND ", topics!("q"))), "10"),
        "UNION ", some!(concat!("SELECT 'arrival' AS kind, d.id, d.organisation_id, d.title, n.name AS who, x.sent_at AS since, CAST(NULL AS TEXT) AS due_on FROM document_arrivals x JOIN documents d ON d.id = x.document_id JOIN users n ON n.id = x.sent_by \
            WHERE x.seen_at IS NULL AND (($2 AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = x.organisation_id)) OR ", topics!("d"), ") ORDER BY x.sent_at, x.document_id"), "10"),
        "UNION ", some!(declined!(concat!(mine!("$2"), " JOIN approvals a ON a.organisation_id = s.organisation_id"), "", "a.due_at, a.id"), "10"),
        "UNION ", some!(declined!("approvals a", concat!(" AND ", topics!("d")), "a.ended_at, a.id"), "10"),
        "UNION ", some!(behind!(concat!(mine!("$6"), " CROSS JOIN orders o"), "o.organisation_id = s.organisation_id AND o.closed = FALSE"), "10"),
        "UNION ", some!(behind!("orders o", "o.due_key IS NOT NULL AND $7"), "10"),
        for_us!(),
        ") w JOIN organisations o ON o.id = w.organisation_id");
    /// With the same: how much is open at each customer, the oldest, and how much is late; of each kind the five
    /// hundred that are due first.
    BY_CUSTOMER = sqlite: at_customers!(their_orders!(sqlite)), postgres: at_customers!(their_orders!(postgres));
    /// `$1` the person, `$2` and `$3` their customers and all of them, `$4` not since then: people with a login they never used,
    /// and invitations that nobody answered.
    NEVER_HERE = concat!(
        "SELECT w.user_id, w.name, w.since, w.organisation_id, o.name AS organisation_name FROM (",
        some!(concat!("SELECT u.id AS user_id, u.name, u.created_at AS since, m.organisation_id FROM ", mine!("$2"), " CROSS JOIN memberships m JOIN users u ON u.id = m.user_id WHERE m.organisation_id = s.organisation_id AND m.state = 'active' AND u.state = 'active' AND u.last_sign_in_at IS NULL AND u.created_at < $4 ORDER BY u.created_at, u.id"), "10"),
        "UNION ", some!("SELECT u.id AS user_id, u.name, u.created_at AS since, m.organisation_id FROM users u CROSS JOIN memberships m WHERE $3 AND m.user_id = u.id AND m.state = 'active' AND u.state = 'active' AND u.last_sign_in_at IS NULL AND u.created_at < $4 ORDER BY u.created_at, u.id", "10"),
        "UNION ", some!(concat!("SELECT i.accepted_by AS user_id, i.name, i.created_at AS since, i.organisation_id FROM ", mine!("$2"), " CROSS JOIN invitations i WHERE i.organisation_id = s.organisation_id AND i.state = 'open' AND i.created_at < $4 ORDER BY i.created_at, i.id"), "10"),
        "UNION ", some!("SELECT i.accepted_by AS user_id, i.name, i.created_at AS since, i.organisation_id FROM invitations i WHERE $3 AND i.state = 'open' AND i.organisation_id IS NOT NULL AND i.created_at < $4 ORDER BY i.created_at, i.id", "10"),
        ") w JOIN organisations o ON o.id = w.organisation_id AND o.state = 'active' ORDER BY w.since, w.name LIMIT $5");
}

/// Whoever was given a login or an invitation so long ago, and has not come.
const PATIENCE: Duration = Duration::from_secs(7 * 24 * 3600);

/// What kind of thing waits for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Kind {
    /// A file that a customer was asked for has come.
    Request,
    /// A customer sent something.
    Arrival,
    /// A customer declined a version.
    Declined,
    /// The next step of an order is ours, and late.
    Order,
    /// What we have to do in a project, and late; its id is the project's.
    Task,
    /// A customer asks for another time of an appointment.
    Wish,
    /// None of the times of an appointment was chosen.
    Lapsed,
}

/// One thing that waits for us.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ForUs {
    /// What kind.
    pub kind: Kind,
    /// Of a request, a document, an order, a project or an appointment.
    pub id: Uuid,
    /// The customer.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// What it is about.
    pub title: String,
    /// Who it came from; of an order the step, of a task the project.
    pub who: String,
    /// Since when it waits.
    pub since: Option<Instant>,
    /// Until when it should have been done.
    pub due_on: Option<Day>,
}

/// What is open and late at one customer.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ByCustomer {
    /// The customer.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// Decisions we wait for.
    pub approvals: i64,
    /// Files we wait for.
    pub requests: i64,
    /// Tasks of theirs in projects.
    pub tasks: i64,
    /// Appointments of whose times they choose one.
    pub appointments: i64,
    /// Orders that go on when they have acted.
    pub orders: i64,
    /// Since when we wait for the first of them.
    pub oldest: Option<Instant>,
    /// Decisions that are late.
    pub late_approvals: i64,
    /// Files that are late.
    pub late_requests: i64,
    /// Orders whose next step is late, whoever does it.
    pub late_orders: i64,
    /// Tasks in projects that are late, whoever does them.
    pub late_tasks: i64,
    /// Appointments of which no time was chosen.
    pub late_appointments: i64,
}

impl ByCustomer {
    /// All that we wait for.
    pub const fn open(&self) -> i64 {
        self.approvals + self.requests + self.tasks + self.appointments + self.orders
    }

    /// All that is late.
    pub const fn late(&self) -> i64 {
        self.late_approvals + self.late_requests + self.late_orders + self.late_tasks + self.late_appointments
    }
}

/// Somebody who has never been here.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct NeverHere {
    /// The person; none: the invitation is still open.
    pub user_id: Option<UserId>,
    /// Their name.
    pub name: String,
    /// Since when they could have come.
    pub since: Instant,
    /// The customer.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
}

/// The scopes of documents, orders, appointments and projects, today and now.
fn scoped(ctx: &Ctx) -> Result<[Value; 13], AppError> {
    organisation::require_staff(ctx)?;
    let [a, b, c, d, e] = Scope::of(&ctx.actor)?.values();
    let (_, assigned, all) = over_customers(&ctx.actor, Action::OrderRead)?;
    let (f, g) = (assigned.into(), all.into());
    // An area that is not theirs to see has nothing for them.
    let area = |action| match over_customers(&ctx.actor, action) {
        Ok((_, assigned, all)) => Ok([Value::from(assigned), Value::from(all)]),
        Err(AppError::Forbidden) => Ok([Value::from(false), Value::from(false)]),
        Err(error) => Err(error),
    };
    let [h, i] = area(Action::AppointmentRead)?;
    let [j, k] = area(Action::ProjectRead)?;
    Ok([a, b, c, d, e, f, g, today(ctx).into(), ctx.now().into(), h, i, j, k])
}

/// What waits for us, the longest first.
pub async fn for_us(ctx: &Ctx, limit: usize) -> Result<Vec<ForUs>, AppError> {
    let mut rows: Vec<ForUs> = ctx.db.all(FOR_US, scoped(ctx)?).await?;
    let day = |at: Instant| Day::new(at.timestamp().to_zoned(ctx.portal.zone.clone()).date());
    rows.sort_by_key(|row| (row.due_on.or(row.since.map(day)), row.since, row.id));
    rows.truncate(limit);
    Ok(rows)
}

/// What is open and late at customers: the most that is late first, then the oldest.
pub async fn by_customer(ctx: &Ctx) -> Result<Vec<ByCustomer>, AppError> {
    Ok(ctx.db.all(BY_CUSTOMER, scoped(ctx)?).await?)
}

/// Who has never been here, the longest first.
pub async fn never_here(ctx: &Ctx, limit: i64) -> Result<Vec<NeverHere>, AppError> {
    organisation::require_staff(ctx)?;
    let (user, assigned, all) = over_customers(&ctx.actor, Action::OrganisationRead)?;
    let before = ctx.now().minus(PATIENCE);
    let values = [user.into(), assigned.into(), all.into(), before.into(), limit.into()];
    Ok(ctx.db.all(NEVER_HERE, values).await?)
}
