//! Telling a customer once of many orders or projects that came together, in an import or in one request. They are counted
//! while they come, with one statement for a batch: all of the customer's, and the parts that somebody sees who sees only some,
//! those that they ordered and those of projects that they are on. When all have come, there is one event for each customer. A
//! million of them need no more memory than a batch.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use uuid::Uuid;

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{DbResult, Tx, args, sql};
use crate::error::AppError;
use crate::ids::{NewsId, OrganisationId, ProjectId, UserId};
use crate::orders::input::Act;
use crate::orders::service::PRICES;
use crate::time::Instant;

/// More than this that come together are told of together.
const FEW: u64 = 20;
/// Customers that are told with one statement.
const PAGE: i64 = 500;
/// The buyer and the project of a row that is about no one's in particular.
const NONE: Uuid = Uuid::nil();

/// What comes after they were told, as when a run that was cut off goes on, is told once more, with the total. A project that
/// nobody was let into makes no part: whoever sees it sees all of the customer's.
macro_rules! count {
    ($rows:expr) => {
        concat!(
            "INSERT INTO news (id, source, about, organisation_id, buyer_id, project_id, created, changed, at) \
             SELECT x.id, $2, $3, x.organisation_id, x.buyer_id, x.project_id, x.created, x.changed, $4 FROM ",
            $rows,
            " WHERE x.project_id = $5 OR x.buyer_id <> $5 OR EXISTS (SELECT 1 FROM project_people p WHERE p.project_id = x.project_id) \
             ON CONFLICT (source, organisation_id, buyer_id, project_id) DO UPDATE SET created = news.created + excluded.created, changed = news.changed + excluded.changed, told_at = NULL"
        )
    };
}

sql! {
    COUNT = sqlite: count!("(SELECT unhex(value ->> 'id') AS id, unhex(value ->> 'organisation_id') AS organisation_id, unhex(value ->> 'buyer_id') AS buyer_id, unhex(value ->> 'project_id') AS project_id, value ->> 'created' AS created, value ->> 'changed' AS changed FROM json_each($1)) x"),
        postgres: count!("jsonb_to_recordset($1::text::jsonb) AS x (id uuid, organisation_id uuid, buyer_id uuid, project_id uuid, created bigint, changed bigint)");
    /// `$2` is none: the rows of customers.
    WAITING = "SELECT id, about, organisation_id, created, changed FROM news WHERE source = $1 AND buyer_id = $2 AND project_id = $2 AND told_at IS NULL AND id > $3 ORDER BY id LIMIT $4";
    TOLD = "UPDATE news SET told_at = $2 WHERE source = $1 AND told_at IS NULL";
    FORGET = "DELETE FROM news WHERE source = $1";
    PURGE = "DELETE FROM news WHERE id IN (SELECT id FROM news WHERE at < $1 ORDER BY at LIMIT $2)";
}

/// What came together: in an import, or in a request.
#[derive(Clone, Copy, Debug)]
pub struct Together {
    /// Which.
    pub source: Uuid,
    /// So many it has made and changed before.
    pub before: u64,
}

impl Together {
    /// What has just begun.
    pub fn begun() -> Self {
        Self { source: Uuid::now_v7(), before: 0 }
    }

    /// Whether, with so many more, they are told of together.
    pub const fn is_many(self, more: usize) -> bool {
        self.before + more as u64 > FEW
    }
}

/// What many are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum About {
    /// Orders.
    Orders,
    /// Projects.
    Projects,
}

impl About {
    /// The name in the database.
    const fn name(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Projects => "projects",
        }
    }
}

/// One of many.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// Whose it is.
    pub organisation: OrganisationId,
    /// Who ordered it.
    pub buyer: Option<UserId>,
    /// The project that it is or belongs to.
    pub project: Option<ProjectId>,
    /// It was not there before.
    pub is_new: bool,
}

#[derive(sqlx::FromRow)]
struct Waiting {
    id: NewsId,
    about: About,
    organisation_id: OrganisationId,
    created: i64,
    changed: i64,
}

/// Whether a changed field is told to everybody who sees the thing: neither what only the house knows of it, nor what only
/// who sees prices may know.
pub fn is_public(field: &str) -> bool {
    field != "external_id" && !PRICES.contains(&field)
}

/// Whether it is a new one that is told of, or a changed one; none where nobody is told of it.
pub fn is_new<'a>(act: Act, mut fields: impl Iterator<Item = &'a str>) -> Option<bool> {
    match act {
        Act::Create => Some(true),
        Act::Change if fields.any(is_public) => Some(false),
        Act::Change | Act::Unchanged => None,
    }
}

/// Counts what was just written, in its transaction.
pub async fn count(tx: &Tx, source: Uuid, about: About, pieces: &[Piece], now: Instant) -> DbResult<()> {
    let mut counts: BTreeMap<(Uuid, Uuid, Uuid), (u64, u64)> = BTreeMap::new();
    for piece in pieces {
        let part = (piece.buyer.map_or(NONE, |id| id.0), piece.project.map_or(NONE, |id| id.0));
        for (buyer, project) in BTreeSet::from([(NONE, NONE), part]) {
            let (created, changed) = counts.entry((piece.organisation.0, buyer, project)).or_default();
            *(if piece.is_new { created } else { changed }) += 1;
        }
    }
    if counts.is_empty() {
        return Ok(());
    }
    let rows: Vec<serde_json::Value> = counts
        .into_iter()
        .map(|((organisation, buyer, project), (created, changed))| {
            json!({
                "id": NewsId::new().0.simple().to_string(),
                "organisation_id": organisation.simple().to_string(),
                "buyer_id": buyer.simple().to_string(),
                "project_id": project.simple().to_string(),
                "created": created,
                "changed": changed,
            })
        })
        .collect();
    let rows = serde_json::Value::Array(rows).to_string();
    tx.execute(COUNT, args![rows, source, about.name(), now, NONE]).await.map(|_| ())
}

/// All have come: one event for each customer. What has no news costs one read.
///
/// # Errors
/// Those of the database.
pub async fn tell(tx: &Tx, ctx: &Ctx, source: Uuid) -> Result<(), AppError> {
    let mut after = NONE;
    loop {
        let rows: Vec<Waiting> = tx.all(WAITING, args![source, NONE, after, PAGE]).await?;
        let Some(last) = rows.last() else { break };
        after = last.id.0;
        let event = |row: &Waiting| {
            let event = match row.about {
                About::Orders => Event::new("order.news", "orders", row.id.0),
                About::Projects => Event::new("project.news", "projects", row.id.0),
            };
            event.organisation(row.organisation_id).with("created", row.created).with("changed", row.changed)
        };
        audit::record_all(tx, ctx, rows.iter().map(event).collect()).await?;
    }
    if !after.is_nil() {
        tx.execute(TOLD, args![source, ctx.now()]).await?;
    }
    Ok(())
}

/// It was taken back: nobody is told of it any more.
pub async fn forget(tx: &Tx, source: Uuid) -> DbResult<()> {
    tx.execute(FORGET, args![source]).await.map(|_| ())
}

/// Removes some of what is older; answers how many.
pub async fn purge(tx: &Tx, before: Instant, limit: i64) -> DbResult<u64> {
    tx.execute(PURGE, args![before, limit]).await
}
