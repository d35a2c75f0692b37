//! What happened lately in the organisation at hand, for its own people: the trail, in words, as far as they may see what it
//! happened to. For staff that is `documents/activity.rs`.

use uuid::Uuid;

use crate::access::{Action, Relation, Topic, allow};
use crate::ctx::Ctx;
use crate::db::{Value, sql};
use crate::documents::activity::Told;
use crate::error::AppError;
use crate::ids::{DocumentId, OrderId, OrganisationId, RequestId, UserId};
use crate::orders::service::{PRICES, sees_prices_in};
use crate::time::Instant;

/// The organisation's newest three hundred events, newest first. They are looked at one by one until enough are worth
/// telling, so that most pages read a few. A range of both columns leaves PostgreSQL only their own index.
macro_rules! of_organisation {
    (sqlite) => {
        "audit_events e INDEXED BY audit_events_by_organisation"
    };
    (postgres) => {
        "audit_events e"
    };
    (sqlite, which) => {
        "e.organisation_id = $6 AND e.sequence >= (SELECT MIN(sequence) FROM (SELECT sequence FROM audit_events INDEXED BY audit_events_by_organisation WHERE organisation_id = $6 ORDER BY sequence DESC LIMIT 300))"
    };
    (postgres, which) => {
        "(e.organisation_id, e.sequence) >= ($6, (SELECT MIN(sequence) FROM (SELECT sequence FROM audit_events WHERE (organisation_id, sequence) > ($6, 0) AND (organisation_id, sequence) < ($6, 9223372036854775807) ORDER BY organisation_id DESC, sequence DESC LIMIT 300) AS newest)) \
         AND (e.organisation_id, e.sequence) < ($6, 9223372036854775807)"
    };
    (sqlite, order) => {
        "e.sequence DESC"
    };
    (postgres, order) => {
        "e.organisation_id DESC, e.sequence DESC"
    };
}

/// `$1` the person (`$2` to `$5` are false: no customer sees what staff see), `$6` the organisation, `$7` how many, `$8` the
/// acts they may learn of.
macro_rules! latest {
    ($engine:ident) => {
        concat!(
            "SELECT e.at, e.action, e.object_id, e.actor_id, e.detail, COALESCE(d.title, q.title, CASE o.title WHEN '' THEN o.number ELSE o.title END, '') AS subject, u.name AS actor_name, \
             u.staff_role IS NOT NULL AS house FROM ", of_organisation!($engine),
            " LEFT JOIN documents d ON d.id = e.object_id AND e.object_kind = 'document' LEFT JOIN document_requests q ON q.id = e.object_id AND e.object_kind = 'request' \
             LEFT JOIN orders o ON o.id = e.object_id AND e.object_kind = 'order' LEFT JOIN users u ON u.id = e.actor_id WHERE ",
            of_organisation!($engine, which), " AND $8 LIKE '% ' || e.action || ' %' AND (e.action <> 'document.create' OR u.staff_role IS NULL) AND ((d.id IS NOT NULL AND d.state = 'published' AND ",
            $crate::documents::scope::may_see!(), ") OR (q.id IS NOT NULL AND ", $crate::requests::scope::may_see!(), ") OR (o.id IS NOT NULL AND ", $crate::orders::scope::may_see!(),
            ")) ORDER BY ", of_organisation!($engine, order), " LIMIT $7"
        )
    };
}

sql! {
    LATEST = sqlite: latest!(sqlite), postgres: latest!(postgres);
}

/// Events read for one answer: what somebody did several times becomes one line.
const READ: i64 = 20;

/// Acts worth telling, what they were done to, and the right to know of that.
const ACTS: [(&str, Action); 13] = [
    ("document.publish", Action::DocumentRead(Topic::General)),
    ("document.upload", Action::DocumentRead(Topic::General)),
    ("document.restore", Action::DocumentRead(Topic::General)),
    ("document.create", Action::DocumentRead(Topic::General)),
    ("approval.ask", Action::DocumentRead(Topic::General)),
    ("approval.approve", Action::DocumentRead(Topic::General)),
    ("approval.decline", Action::DocumentRead(Topic::General)),
    ("approval.withdraw", Action::DocumentRead(Topic::General)),
    ("request.ask", Action::RequestRead(Topic::General)),
    ("request.accept", Action::RequestRead(Topic::General)),
    ("request.fix", Action::RequestRead(Topic::General)),
    ("order.create", Action::OrderRead),
    ("order.edit", Action::OrderRead),
];

#[derive(sqlx::FromRow)]
struct Row {
    at: Instant,
    action: String,
    object_id: Option<Uuid>,
    actor_id: Option<UserId>,
    detail: String,
    subject: String,
    actor_name: Option<String>,
    house: bool,
}

/// To what something was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A document.
    Document(DocumentId),
    /// A file that is asked for.
    Request(RequestId),
    /// An order.
    Order(OrderId),
}

/// Who did it, as far as the person may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// They themselves.
    Me,
    /// A colleague, by name.
    Colleague(String),
    /// A colleague whom they do not know by name.
    Somebody,
    /// The operator.
    House,
}

/// One line.
#[derive(Clone, Debug)]
pub struct Event {
    /// When.
    pub at: Instant,
    /// What: its name in the trail.
    pub action: String,
    /// To what.
    pub subject: Subject,
    /// What that is called.
    pub title: String,
    /// By whom.
    pub who: Who,
    /// Of an order, the fields that changed.
    pub fields: Vec<String>,
}

/// The latest events, newest first, each once.
pub async fn latest(ctx: &Ctx, limit: usize) -> Result<Vec<Event>, AppError> {
    let (Some(user), Some(organisation)) = (ctx.actor.user_id(), ctx.organisation) else { return Ok(Vec::new()) };
    allow(&ctx.actor, Action::HomeRead, Relation::Own, Some(organisation))?;
    let acts: Vec<&str> =
        ACTS.into_iter().filter(|(_, right)| ctx.actor.within_door(*right)).map(|(act, _)| act).collect();
    let no = Value::from(false);
    let values = [
        user.into(),
        no.clone(),
        no.clone(),
        no.clone(),
        no,
        organisation.into(),
        Value::from(READ),
        Value::from(format!(" {} ", acts.join(" "))),
    ];
    let mut rows: Vec<Row> = ctx.db.all(LATEST, values).await?;
    // The trail is in this order already, but for a past that was written in one go: an import, the demo.
    rows.sort_by_key(|row| std::cmp::Reverse(row.at));
    let mut told = Told::default();
    let news = rows.into_iter().filter(|row| told.is_news(row.at, &row.action, row.object_id, row.actor_id));
    Ok(news.filter_map(|row| event(ctx, user, organisation, row)).take(limit).collect())
}

fn event(ctx: &Ctx, user: UserId, organisation: OrganisationId, row: Row) -> Option<Event> {
    let id = row.object_id?;
    let subject = match row.action.split_once('.')?.0 {
        "request" => Subject::Request(RequestId(id)),
        "order" => Subject::Order(OrderId(id)),
        _ => Subject::Document(DocumentId(id)),
    };
    let fields = if row.action == "order.edit" { changed(ctx, organisation, &row.detail) } else { Vec::new() };
    // All that changed is not for them.
    if row.action == "order.edit" && fields.is_empty() {
        return None;
    }
    let knows = || allow(&ctx.actor, Action::OrganisationRead, Relation::Own, Some(organisation)).is_ok();
    let who = match row.actor_name {
        _ if row.actor_id == Some(user) => Who::Me,
        Some(name) if !row.house && knows() => Who::Colleague(name),
        Some(_) if !row.house => Who::Somebody,
        _ => Who::House,
    };
    Some(Event { at: row.at, action: row.action, subject, title: row.subject, who, fields })
}

/// The fields of an order that changed, as far as they are for this person.
fn changed(ctx: &Ctx, organisation: OrganisationId, detail: &str) -> Vec<String> {
    let detail: serde_json::Value = serde_json::from_str(detail).unwrap_or_default();
    let fields = detail.get("fields").and_then(serde_json::Value::as_str).unwrap_or_default();
    let prices = sees_prices_in(ctx, organisation);
    let told = |field: &&str| *field != "external_id" && (prices || !PRICES.contains(field));
    fields.split_whitespace().filter(told).map(str::to_owned).collect()
}
