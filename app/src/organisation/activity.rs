//! What happened at one customer lately, for its page: the trail, in words, as far as the actor may know of it.

use uuid::Uuid;

use crate::access::{Action, Guarded as _, Relation, Scope, allow};
use crate::ctx::Ctx;
use crate::db::{Value, sql};
use crate::documents::activity::{Deed, Doer, Told, named, staff_may_see, worth_telling};
use crate::error::AppError;
use crate::ids::{DocumentId, UserId};
use crate::time::Instant;

use super::details::Details;

/// The customer's range of the index. Where a planner believes most events to be this customer's, it walks the whole trail
/// backwards for one who has few. SQLite is told the index; a range of both columns leaves PostgreSQL no other.
macro_rules! of_customer {
    (sqlite) => {
        "INDEXED BY audit_events_by_organisation WHERE organisation_id = $6 ORDER BY sequence DESC"
    };
    (postgres) => {
        "WHERE (organisation_id, sequence) > ($6, 0) AND (organisation_id, sequence) < ($6, 9223372036854775807) ORDER BY organisation_id DESC, sequence DESC"
    };
}

/// `$1` to `$5` the scope, `$6` the customer, `$7` how many, `$8` whether people of every customer may be named, `$9` the
/// kinds of things, beside documents, of which the actor may know. Looked for among the customer's newest thousand
/// events, so that a long trail costs no more than a short one.
macro_rules! latest {
    ($engine:ident) => {
        concat!(
            "SELECT e.at, e.action, e.object_kind, e.object_id, e.actor_kind, e.actor_id, COALESCE(d.title, s.name, i.name, p.name, g.name, '') AS subject, u.name AS actor_name, ", named!("$8"),
            " FROM (SELECT e.sequence, e.at, e.action, e.object_kind, e.object_id, e.actor_kind, e.actor_id ",
            "FROM (SELECT sequence, at, action, object_kind, object_id, actor_kind, actor_id FROM audit_events ", of_customer!($engine), " LIMIT 1000) e ",
            "LEFT JOIN documents d ON d.id = e.object_id AND e.object_kind = 'document' ",
            "WHERE (d.id IS NOT NULL AND ", staff_may_see!(), " AND ", worth_telling!(), ") OR $9 LIKE '% ' || e.object_kind || ' %' ",
            "ORDER BY e.sequence DESC LIMIT $7) e ",
            "LEFT JOIN documents d ON d.id = e.object_id AND e.object_kind = 'document' LEFT JOIN users s ON s.id = e.object_id AND e.object_kind = 'user' LEFT JOIN invitations i ON i.id = e.object_id AND e.object_kind = 'invitation' ",
            "LEFT JOIN projects p ON p.id = e.object_id AND e.object_kind = 'project' LEFT JOIN customer_groups g ON g.id = e.object_id AND e.object_kind = 'group' LEFT JOIN users u ON u.id = e.actor_id ",
            "ORDER BY e.sequence DESC"
        )
    };
}

sql! {
    LATEST = sqlite: latest!(sqlite), postgres: latest!(postgres);
}

/// Events read for one answer: what somebody did several times becomes one line.
const READ: i64 = 100;

/// Kinds of things beside documents, and the right to know what happens to them. Whoever may read the whole trail knows
/// of all of them.
const KINDS: [(&str, Action); 9] = [
    ("organisation", Action::OrganisationRead),
    ("group", Action::OrganisationRead),
    ("project", Action::ProjectRead),
    ("user", Action::MemberAccess),
    ("invitation", Action::MemberAccess),
    ("contact", Action::OrganisationEdit),
    ("domain", Action::OrganisationSecurity),
    ("provider", Action::OrganisationSecurity),
    ("session", Action::AuditRead),
];

#[derive(sqlx::FromRow)]
struct Row {
    at: Instant,
    action: String,
    object_kind: String,
    object_id: Option<Uuid>,
    actor_kind: String,
    actor_id: Option<UserId>,
    subject: String,
    actor_name: Option<String>,
    named: bool,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Something to a document.
    Document(Deed, DocumentId),
    /// Anything else, by its name in the trail.
    Other(String),
}

/// One line.
#[derive(Clone, Debug)]
pub struct Event {
    /// When.
    pub at: Instant,
    /// What.
    pub what: What,
    /// To what or whom; empty for the customer itself.
    pub subject: String,
    /// By whom.
    pub doer: Doer,
}

/// Whether the actor may go on to the whole trail.
pub fn may_read_all(ctx: &Ctx) -> bool {
    allow(&ctx.actor, Action::AuditRead, Relation::Other, None).is_ok()
}

/// The latest events of a customer that was found in scope, newest first: for staff.
pub async fn latest(ctx: &Ctx, customer: &Details, limit: usize) -> Result<Vec<Event>, AppError> {
    super::service::require_staff(ctx)?;
    let everybody = allow(&ctx.actor, Action::OrganisationRead, Relation::Other, None).is_ok();
    let (all, relation) = (may_read_all(ctx), customer.relation(&ctx.actor));
    let knows = |action| all || allow(&ctx.actor, action, relation, Some(customer.id)).is_ok();
    let kinds: Vec<&str> = KINDS.into_iter().filter(|(_, action)| knows(*action)).map(|(kind, _)| kind).collect();
    let kinds = format!(" {} ", kinds.join(" "));
    let [a, b, c, d, e] = Scope::of(&ctx.actor)?.values();
    let values = [a, b, c, d, e, customer.id.into(), Value::from(READ), Value::from(everybody), Value::from(kinds)];
    let rows: Vec<Row> = ctx.db.all(LATEST, values).await?;
    let mut told = Told::default();
    let events = rows.into_iter().filter(|row| told.is_news(row.at, &row.action, row.object_id, row.actor_id));
    Ok(events.take(limit).map(event).collect())
}

fn event(row: Row) -> Event {
    let document = row.object_id.filter(|_| row.object_kind == "document").map(DocumentId);
    let what = match (Deed::of(&row.action), document) {
        (Some(deed), Some(id)) => What::Document(deed, id),
        _ => What::Other(row.action),
    };
    Event { at: row.at, what, subject: row.subject, doer: Doer::of(&row.actor_kind, row.actor_name, row.named) }
}
