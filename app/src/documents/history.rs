//! What happened to one document, from the trail: for staff who may see who can read it, and for admins of its customer,
//! who learn what became visible to their people and what their own people did.

use serde_json::Value as Json;
use uuid::Uuid;

use crate::access::{Action, Relation, allow};
use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::error::AppError;
use crate::ids::{DocumentId, UserId};
use crate::time::Instant;

use super::activity::{Doer, named};
use super::changes::Changed;
use super::facts::{self, To};
use super::model::Document;
use super::service;

/// `$1` the actor, `$2` whether people of every customer may be named, `$3` the document, `$4` before this place in the
/// trail, `$5` how many, `$6` what, or empty.
macro_rules! events {
    ($named:expr, $which:expr) => {
        concat!(
            "SELECT e.sequence, e.at, e.action, e.actor_kind, e.actor_id, e.detail, u.name AS actor_name, ",
            $named,
            " FROM audit_events e LEFT JOIN users u ON u.id = e.actor_id WHERE e.object_id = $3 AND e.object_kind = 'document' \
             AND e.sequence < $4 AND (e.action = $6 OR $6 = '')",
            $which,
            " ORDER BY e.sequence DESC LIMIT $5"
        )
    };
}

/// Whether person `u` is known to people of a customer: staff, and their own colleagues.
macro_rules! colleague {
    () => {
        "EXISTS (SELECT 1 FROM memberships m JOIN documents d ON d.organisation_id = m.organisation_id WHERE d.id = $3 AND m.user_id = u.id)"
    };
}

/// The column that says so, for people of a customer.
macro_rules! known {
    () => {
        concat!(
            "($2 OR u.staff_role IS NOT NULL OR u.id = $1 OR ",
            $crate::documents::history::colleague!(),
            ") AS named"
        )
    };
}

pub(super) use {colleague, known};

sql! {
    FOR_STAFF = events!(named!("$2"), "");
    /// What is internal stays so: drafts, details, holds. Of versions those that were ever published.
    FOR_CUSTOMERS = events!(
        known!(),
        concat!(" AND (e.action IN ('document.publish', 'document.withdraw', 'document.upload', 'document.restore', 'approval.ask', 'approval.approve', 'approval.decline', 'approval.delegate', 'approval.withdraw') \
                 OR (e.action IN ('document.download', 'approval.certificate') AND ", colleague!(), "))")
    );
    PUBLISHED = "SELECT number FROM document_versions WHERE document_id = $1 AND published_at IS NOT NULL";
}

#[derive(sqlx::FromRow)]
struct Row {
    sequence: i64,
    at: Instant,
    action: String,
    actor_kind: String,
    actor_id: Option<UserId>,
    detail: String,
    actor_name: Option<String>,
    named: bool,
}

/// One line of the history.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place in the trail.
    pub sequence: i64,
    /// When.
    pub at: Instant,
    /// What, by the name of the act.
    pub action: String,
    /// By whom.
    pub doer: Doer,
    /// References and numbers of the event.
    pub detail: Json,
    /// From what to what the fields went that it changed.
    pub changes: Vec<Changed>,
    /// Whom it concerned: who could read it from then on, who was asked, to whom it was handed on.
    pub to: To,
    /// Why, or what was said of it; in the words of whoever did it.
    pub words: Option<String>,
    /// Until when people were asked to decide.
    pub due_at: Option<Instant>,
    pub(super) actor: Option<UserId>,
}

impl Entry {
    /// The version it is about.
    pub fn version(&self) -> Option<i64> {
        self.detail.get("version").and_then(|value| value.as_i64().or_else(|| value.as_str()?.parse().ok()))
    }

    /// A number that the event notes.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.detail.get(name)?.as_str()?.parse().ok()
    }

    /// What the event refers to under this name.
    pub(super) fn references<'a>(&'a self, name: &str) -> impl Iterator<Item = Uuid> + use<'a> {
        let text = self.detail.get(name).and_then(Json::as_str).unwrap_or_default();
        text.split_whitespace().filter_map(|id| id.parse().ok())
    }

    pub(super) fn reference(&self, name: &str) -> Option<Uuid> {
        self.references(name).next()
    }
}

/// One page of a document's history.
#[derive(Clone, Debug)]
pub struct History {
    /// The newest first.
    pub entries: Vec<Entry>,
    /// Where the next page begins, if there is one.
    pub next: Option<i64>,
}

/// Whether the actor may see the history of this document.
pub fn may(ctx: &Ctx, document: &Document) -> bool {
    service::may(ctx, document).audience
}

/// What happened to a document, newest first; only acts of this name, unless it is empty.
pub async fn read(
    ctx: &Ctx,
    id: DocumentId,
    only: &str,
    before: i64,
    limit: i64,
) -> Result<(Document, History), AppError> {
    let document = service::find(ctx, id).await?;
    if !may(ctx, &document) {
        return Err(AppError::Forbidden);
    }
    let user: Option<UserId> = ctx.actor.user_id();
    let staff = ctx.actor.staff().is_some();
    let everybody = staff && allow(&ctx.actor, Action::OrganisationRead, Relation::Other, None).is_ok();
    let statement = if staff { FOR_STAFF } else { FOR_CUSTOMERS };
    let mut rows: Vec<Row> = ctx.db.all(statement, args![user, everybody, id, before, limit + 1, only]).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next = rows.last().filter(|_| more).map(|last| last.sequence);
    let published: Vec<i64> = if staff {
        Vec::new()
    } else {
        let numbers: Vec<(i64,)> = ctx.db.all(PUBLISHED, args![id]).await?;
        numbers.into_iter().map(|(number,)| number).collect()
    };
    let entries = rows.into_iter().map(|row| Entry {
        sequence: row.sequence,
        at: row.at,
        doer: Doer::of(&row.actor_kind, row.actor_name, row.named),
        detail: serde_json::from_str(&row.detail).unwrap_or_default(),
        action: row.action,
        changes: Vec::new(),
        to: To::default(),
        words: None,
        due_at: None,
        actor: row.actor_id,
    });
    let internal = |entry: &Entry| {
        !staff
            && matches!(entry.action.as_str(), "document.upload" | "document.restore")
            && entry.version().is_none_or(|number| !published.contains(&number))
    };
    let mut entries: Vec<Entry> = entries.filter(|entry| !internal(entry)).collect();
    facts::look_up(ctx, id, everybody, &mut entries).await?;
    Ok((document, History { entries, next }))
}
