//! What happened to one document, from the trail: for staff who may see who can read it, and for admins of its customer,
//! who learn what became visible to their people and what their own people did.

use serde_json::Value as Json;

use crate::access::{Action, Relation, allow};
use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::error::AppError;
use crate::ids::{DocumentId, UserId};
use crate::time::Instant;

use super::activity::{Doer, named};
use super::model::Document;
use super::service;

/// `$1` the actor, `$2` whether people of every customer may be named, `$3` the document, `$4` before this place in the
/// trail, `$5` how many, `$6` what, or empty.
macro_rules! events {
    ($named:expr, $which:expr) => {
        concat!(
            "SELECT e.sequence, e.at, e.action, e.actor_kind, e.detail, u.name AS actor_name, ",
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

sql! {
    FOR_STAFF = events!(named!("$2"), "");
    /// What is internal stays so: drafts, details, holds. Of versions those that were ever published.
    FOR_CUSTOMERS = events!(
        concat!("($2 OR u.staff_role IS NOT NULL OR u.id = $1 OR ", colleague!(), ") AS named"),
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
}

impl Entry {
    /// The version it is about.
    pub fn version(&self) -> Option<i64> {
        self.detail.get("version").and_then(|value| value.as_i64().or_else(|| value.as_str()?.parse().ok()))
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
    });
    let internal = |entry: &Entry| {
        !staff
            && matches!(entry.action.as_str(), "document.upload" | "document.restore")
            && entry.version().is_none_or(|number| !published.contains(&number))
    };
    Ok((document, History { entries: entries.filter(|entry| !internal(entry)).collect(), next }))
}
