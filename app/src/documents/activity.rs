//! What happened to documents lately, for the staff's home page: the trail, in words, as far as the actor may see
//! the documents and the people. What happened at one customer is `organisation/activity.rs`.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use uuid::Uuid;

use crate::access::{Action, Relation, Scope, allow};
use crate::ctx::Ctx;
use crate::db::{Value, sql};
use crate::error::AppError;
use crate::ids::{DocumentId, OrganisationId, UserId};
use crate::time::Instant;

/// The newest events of each range of the trail, as `newest_of_each!` does it for documents.
macro_rules! newest_of_each {
    (sqlite, $from:expr, $newest:expr) => {
        concat!(
            "SELECT x.value AS sequence FROM ",
            $from,
            " CROSS JOIN json_each((SELECT json_group_array(sequence) FROM (",
            $newest,
            "))) x "
        )
    };
    (postgres, $from:expr, $newest:expr) => {
        concat!("SELECT x.sequence FROM ", $from, " CROSS JOIN LATERAL (", $newest, ") x ")
    };
}

/// Not what staff only downloaded themselves: a program with a token may do that all day.
macro_rules! worth_telling {
    () => {
        "(e.action <> 'document.download' OR NOT EXISTS (SELECT 1 FROM users w WHERE w.id = e.actor_id AND w.staff_role IS NOT NULL))"
    };
}

/// Whether the actor may know the name of person `u`: `$all`, colleagues, and people of customers they look after.
macro_rules! named {
    ($all:literal) => {
        concat!("(", $all, " OR u.staff_role IS NOT NULL OR EXISTS (SELECT 1 FROM memberships m JOIN staff_assignments s ON s.organisation_id = m.organisation_id AND s.user_id = $1 WHERE m.user_id = u.id AND m.state = 'active')) AS named")
    };
}

/// Whether the actor may see document `d`, drafts too: staff only.
macro_rules! staff_may_see {
    () => {
        "(($2 AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = d.organisation_id)) OR ($3 AND d.topic = 'general') OR ($4 AND d.topic = 'money') OR ($5 AND d.topic = 'quotes'))"
    };
}

pub(crate) use {named, staff_may_see, worth_telling};

/// A customer's events, newest first. Where a planner believes most events to be this customer's, equality lets it walk
/// the whole trail backwards for one who has few; a range of both columns leaves PostgreSQL only their own index.
macro_rules! of_organisation {
    (sqlite) => {
        "organisation_id = s.organisation_id AND object_kind = 'document' ORDER BY sequence DESC"
    };
    (postgres) => {
        "(organisation_id, sequence) > (s.organisation_id, 0) AND (organisation_id, sequence) < (s.organisation_id, 9223372036854775807) AND object_kind = 'document' ORDER BY organisation_id DESC, sequence DESC"
    };
}

/// `$1` to `$5` the scope, `$6` how many, `$7` whether people of every customer may be named. Customers of the actor's
/// own are a range each; what a role sees of all customers is looked for among the newest thousand events only, so
/// that a long trail costs no more than a short one. CROSS JOIN, because SQLite then keeps the order of the tables:
/// events first, never every document.
macro_rules! activity {
    ($engine:ident) => {
        concat!(
            "SELECT e.at, e.action, e.actor_kind, e.actor_id, d.id, d.title, d.organisation_id, o.name AS organisation_name, u.name AS actor_name, ", named!("$7"),
            " FROM (SELECT sequence FROM (",
            newest_of_each!($engine,
                "(SELECT organisation_id FROM staff_assignments WHERE $2 AND user_id = $1) s",
                concat!("SELECT e.sequence FROM (SELECT sequence, action, actor_id FROM audit_events WHERE ", of_organisation!($engine), " LIMIT 1000) e WHERE ", worth_telling!(), " ORDER BY e.sequence DESC LIMIT $6")),
            "UNION ",
            newest_of_each!($engine,
                "(SELECT sequence AS newest FROM audit_head WHERE id = 1 AND ($3 OR $4 OR $5)) h",
                concat!("SELECT e.sequence FROM audit_events e CROSS JOIN documents d WHERE d.id = e.object_id AND e.sequence > h.newest - 1000 AND e.object_kind = 'document' AND (($3 AND d.topic = 'general') OR ($4 AND d.topic = 'money') OR ($5 AND d.topic = 'quotes')) AND ", worth_telling!(), " ORDER BY e.sequence DESC LIMIT $6")),
            ") AS ranges ORDER BY sequence DESC LIMIT $6) newest ",
            "JOIN audit_events e ON e.sequence = newest.sequence JOIN documents d ON d.id = e.object_id JOIN organisations o ON o.id = d.organisation_id LEFT JOIN users u ON u.id = e.actor_id ",
            "ORDER BY e.sequence DESC"
        )
    };
}

sql! {
    ACTIVITY = sqlite: activity!(sqlite), postgres: activity!(postgres);
}

/// Events read for one answer: several downloads of one document by one person become one line.
const READ: i64 = 100;

/// A draft that was published within this time is not worth a line of its own.
const AT_ONCE: Duration = Duration::from_secs(3600);

#[derive(sqlx::FromRow)]
struct Row {
    at: Instant,
    action: String,
    actor_kind: String,
    actor_id: Option<UserId>,
    id: DocumentId,
    title: String,
    organisation_id: OrganisationId,
    organisation_name: String,
    actor_name: Option<String>,
    named: bool,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A draft was made.
    Create,
    /// A new version came.
    Upload,
    /// An older version was brought back.
    Restore,
    /// Title or category changed.
    Edit,
    /// Published, or published for others.
    Publish,
    /// Taken back.
    Withdraw,
    /// A customer has it now.
    Download,
}

impl Deed {
    /// What an event of the trail was, if it was one of these.
    pub fn of(action: &str) -> Option<Self> {
        Some(match action {
            "document.create" => Self::Create,
            "document.upload" => Self::Upload,
            "document.restore" => Self::Restore,
            "document.edit" => Self::Edit,
            "document.publish" => Self::Publish,
            "document.withdraw" => Self::Withdraw,
            "document.download" => Self::Download,
            _ => return None,
        })
    }
}

/// Who did it, as far as the actor may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doer {
    /// This person.
    Person(String),
    /// Somebody of a customer that is not the actor's.
    Other,
    /// Somebody at the machine.
    Operator,
}

impl Doer {
    /// From what the trail says: who it was, and whether the actor may know their name.
    pub fn of(actor_kind: &str, name: Option<String>, named: bool) -> Self {
        match name {
            Some(name) if named => Self::Person(name),
            _ if actor_kind == "operator" => Self::Operator,
            _ => Self::Other,
        }
    }
}

/// What was told already: what somebody did to one thing several times is told once, and whoever publishes what they
/// have just made, did one thing. Asked from the newest event on.
#[derive(Debug, Default)]
pub struct Told {
    seen: HashSet<(Option<Uuid>, Option<UserId>, String)>,
    published: HashMap<(Option<Uuid>, Option<UserId>), Instant>,
}

impl Told {
    /// Whether this event is still worth a line.
    pub fn is_news(&mut self, at: Instant, action: &str, object: Option<Uuid>, actor: Option<UserId>) -> bool {
        let by = (object, actor);
        if action == "document.publish" {
            self.published.insert(by, at);
        }
        let at_once = action == "document.create"
            && self.published.get(&by).is_some_and(|published| published.minus(AT_ONCE) <= at);
        !at_once && self.seen.insert((object, actor, action.to_owned()))
    }
}

/// One line of the activity.
#[derive(Clone, Debug)]
pub struct Act {
    /// When.
    pub at: Instant,
    /// What.
    pub deed: Deed,
    /// By whom.
    pub doer: Doer,
    /// To which document.
    pub document: DocumentId,
    /// Its title.
    pub title: String,
    /// Its customer.
    pub organisation_id: OrganisationId,
    /// Its customer's name.
    pub organisation: String,
}

/// The latest acts, newest first, each once.
pub async fn recent(ctx: &Ctx, limit: usize) -> Result<Vec<Act>, AppError> {
    let mut acts = read(ctx).await?;
    acts.truncate(limit);
    Ok(acts)
}

async fn read(ctx: &Ctx) -> Result<Vec<Act>, AppError> {
    let scope = Scope::of(&ctx.actor)?;
    let everybody = allow(&ctx.actor, Action::OrganisationRead, Relation::Other, None).is_ok();
    let [a, b, c, d, e] = scope.values();
    let mut rows: Vec<Row> = ctx.db.all(ACTIVITY, [a, b, c, d, e, Value::from(READ), Value::from(everybody)]).await?;
    // The trail is in this order already, but for a past that was written in one go: an import, the demo.
    rows.sort_by_key(|row| std::cmp::Reverse(row.at));
    let mut told = Told::default();
    let acts = rows.into_iter().filter_map(|row| {
        let deed = Deed::of(&row.action)?;
        if !told.is_news(row.at, &row.action, Some(row.id.0), row.actor_id) {
            return None;
        }
        let doer = Doer::of(&row.actor_kind, row.actor_name, row.named);
        let Row { at, id, title, organisation_id, organisation_name, .. } = row;
        Some(Act { at, deed, doer, document: id, title, organisation_id, organisation: organisation_name })
    });
    Ok(acts.collect())
}
