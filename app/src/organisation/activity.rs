//! What happened at one customer, the latest first: the trail, in words, as far as the actor may know of it.

use uuid::Uuid;

use crate::access::{Action, Guarded as _, Relation, Scope, allow};
use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::documents::activity::{Deed, Doer, Told, named, staff_may_see, worth_telling};
use crate::error::AppError;
use crate::ids::{DocumentId, UserId};
use crate::time::Instant;

use super::details::Details;

/// The customer's range of the index, before a place in the trail. Where a planner believes most events to be this
/// customer's, it walks the whole trail backwards for one who has few. SQLite is told the index; a range of both columns
/// leaves PostgreSQL no other.
macro_rules! of_customer {
    (sqlite, $customer:literal, $before:literal) => {
        concat!(
            "INDEXED BY audit_events_by_organisation WHERE organisation_id = ",
            $customer,
            " AND sequence < ",
            $before,
            " ORDER BY sequence DESC"
        )
    };
    (postgres, $customer:literal, $before:literal) => {
        concat!(
            "WHERE (organisation_id, sequence) > (",
            $customer,
            ", 0) AND (organisation_id, sequence) < (",
            $customer,
            ", ",
            $before,
            ") ORDER BY organisation_id DESC, sequence DESC"
        )
    };
}

/// `$1` to `$5` the scope, `$6` the customer, `$7` how many, `$8` whether people of every customer may be named, `$9` the
/// kinds of things, beside documents, of which the actor may know, `$10` before this place in the trail. Looked for among a
/// thousand of the customer's events, so that a long trail costs no more than a short one.
macro_rules! latest {
    ($engine:ident) => {
        concat!(
            "SELECT e.sequence, e.at, e.action, e.object_kind, e.object_id, e.actor_kind, e.actor_id, COALESCE(d.title, s.name, i.name, p.name, g.name, '') AS subject, u.name AS actor_name, ", named!("$8"),
            " FROM (SELECT e.sequence, e.at, e.action, e.object_kind, e.object_id, e.actor_kind, e.actor_id ",
            "FROM (SELECT sequence, at, action, object_kind, object_id, actor_kind, actor_id FROM audit_events ", of_customer!($engine, "$6", "$10"), " LIMIT 1000) e ",
            "LEFT JOIN documents d ON d.id = e.object_id AND e.object_kind = 'document' ",
            "WHERE (d.id IS NOT NULL AND ", staff_may_see!(), " AND ", worth_telling!(), ") OR $9 LIKE '% ' || e.object_kind || ' %' ",
            "ORDER BY e.sequence DESC LIMIT $7) e ",
            "LEFT JOIN documents d ON d.id = e.object_id AND e.object_kind = 'document' LEFT JOIN users s ON s.id = e.object_id AND e.object_kind = 'user' LEFT JOIN invitations i ON i.id = e.object_id AND e.object_kind = 'invitation' ",
            "LEFT JOIN projects p ON p.id = e.object_id AND e.object_kind = 'project' LEFT JOIN customer_groups g ON g.id = e.object_id AND e.object_kind = 'group' LEFT JOIN users u ON u.id = e.actor_id ",
            "ORDER BY e.sequence DESC"
        )
    };
}

/// The last of the thousand, where there are as many.
macro_rules! end {
    ($engine:ident) => {
        concat!("SELECT sequence FROM audit_events ", of_customer!($engine, "$1", "$2"), " LIMIT 1 OFFSET 999")
    };
}

sql! {
    LATEST = sqlite: latest!(sqlite), postgres: latest!(postgres);
    END = sqlite: end!(sqlite), postgres: end!(postgres);
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
    sequence: i64,
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
    /// Anything else.
    Other,
}

/// One line.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its place in the trail.
    pub sequence: i64,
    /// When.
    pub at: Instant,
    /// Its name in the trail.
    pub action: String,
    /// What.
    pub what: What,
    /// To what or whom; empty for the customer itself.
    pub subject: String,
    /// By whom.
    pub doer: Doer,
}

/// Some lines, and where those go on that are older.
#[derive(Clone, Debug)]
pub struct Latest {
    /// The newest first.
    pub items: Vec<Event>,
    /// The older ones are before this place in the trail; none where there are none.
    pub next: Option<i64>,
}

/// Whether the actor may go on to the whole trail.
pub fn may_read_all(ctx: &Ctx) -> bool {
    allow(&ctx.actor, Action::AuditRead, Relation::Other, None).is_ok()
}

/// The latest events of a customer that was found in scope, newest first: for staff. `before`: those before this place in
/// the trail. Fewer than asked for do not mean that there are no older ones.
pub async fn latest(ctx: &Ctx, customer: &Details, before: Option<i64>, limit: usize) -> Result<Latest, AppError> {
    super::service::require_staff(ctx)?;
    let before = before.unwrap_or(i64::MAX);
    let everybody = allow(&ctx.actor, Action::OrganisationRead, Relation::Other, None).is_ok();
    let (all, relation) = (may_read_all(ctx), customer.relation(&ctx.actor));
    let knows = |action| all || allow(&ctx.actor, action, relation, Some(customer.id)).is_ok();
    let kinds: Vec<&str> = KINDS.into_iter().filter(|(_, action)| knows(*action)).map(|(kind, _)| kind).collect();
    let kinds = format!(" {} ", kinds.join(" "));
    let [a, b, c, d, e] = Scope::of(&ctx.actor)?.values();
    let [customer_id, read, everybody, kinds, before_it] = args![customer.id, READ, everybody, kinds, before];
    let values = [a, b, c, d, e, customer_id, read, everybody, kinds, before_it];
    let rows: Vec<Row> = ctx.db.all(LATEST, values).await?;
    let full = i64::try_from(rows.len()).is_ok_and(|read| read >= READ);
    let last = rows.last().map(|row| row.sequence).filter(|_| full);
    let mut told = Told::default();
    let mut news = rows.into_iter().filter(|row| told.is_news(row.at, &row.action, row.object_id, row.actor_id));
    let items = news.by_ref().take(limit).map(event).collect();
    let next = match (news.next(), last) {
        // Before it may be repetitions of what is told here.
        (Some(row), _) => Some(row.sequence + 1),
        (None, Some(last)) => Some(last),
        (None, None) => {
            let end: Option<(i64,)> = ctx.db.optional(END, args![customer.id, before]).await?;
            end.map(|(sequence,)| sequence)
        }
    };
    Ok(Latest { items, next })
}

fn event(row: Row) -> Event {
    let document = row.object_id.filter(|_| row.object_kind == "document").map(DocumentId);
    let what = match (Deed::of(&row.action), document) {
        (Some(deed), Some(id)) => What::Document(deed, id),
        _ => What::Other,
    };
    let doer = Doer::of(&row.actor_kind, row.actor_name, row.named);
    Event { sequence: row.sequence, at: row.at, action: row.action, what, subject: row.subject, doer }
}
