//! The SQL of retention.

use crate::access::Granted;
use crate::day::Day;
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::documents::model::{Category, Document};
use crate::ids::DocumentId;
use crate::time::Instant;

use super::delete::Delete;
use super::model::{After, Due, Rule, Totals};

/// A day in microseconds.
const DAY: i64 = 86_400_000_000;

/// Documents of category `$1` that last changed before `$2`, and whose last day, where they have one, is before `$3`: what
/// is agreed for five years is kept as long as it holds, however long ago somebody touched it.
macro_rules! over {
    () => {
        "d.category = $1 AND d.state IN ('draft', 'published', 'withdrawn') AND d.changed_at < $2 \
         AND (d.valid_until IS NULL OR d.valid_until < $3)"
    };
}

/// Neither held nor asked about.
macro_rules! free {
    () => {
        "(d.hold_reason IS NULL AND NOT EXISTS (SELECT 1 FROM approvals a WHERE a.document_id = d.id AND a.state = 'open'))"
    };
}

macro_rules! due {
    ($which:literal) => {
        concat!(
            "SELECT d.id, d.organisation_id, o.name AS organisation_name, d.title, d.category, d.state, d.changed_at, \
             (SELECT count(*) FROM document_versions v WHERE v.document_id = d.id) AS versions, \
             CAST((SELECT COALESCE(sum(v.size), 0) FROM document_versions v WHERE v.document_id = d.id) AS BIGINT) AS bytes \
             FROM documents d JOIN organisations o ON o.id = d.organisation_id WHERE ",
            over!(),
            " AND ",
            free!(),
            $which
        )
    };
}

sql! {
    /// Whoever changes rules waits here for whoever else does.
    LOCK = "INSERT INTO settings (key, value) VALUES ('retention', '') ON CONFLICT (key) DO UPDATE SET value = settings.value";
    RULES = "SELECT category, keep_days, least_days FROM category_retention";
    SET_RULE = "INSERT INTO category_retention (category, keep_days, least_days) VALUES ($1, $2, $3) ON CONFLICT (category) DO UPDATE SET keep_days = excluded.keep_days, least_days = excluded.least_days";
    DUE = due!(" AND (d.changed_at, d.id) > ($4, $5) ORDER BY d.changed_at, d.id LIMIT $6");
    IS_DUE = due!(" AND d.id = $4");
    TOTALS = concat!("SELECT count(*) AS documents, CAST(COALESCE(sum((SELECT count(*) FROM document_versions v WHERE v.document_id = d.id)), 0) AS BIGINT) AS versions, CAST(COALESCE(sum((SELECT COALESCE(sum(v.size), 0) FROM document_versions v WHERE v.document_id = d.id)), 0) AS BIGINT) AS bytes FROM documents d WHERE ", over!(), " AND ", free!());
    KEPT = concat!("SELECT count(*) AS kept FROM documents d WHERE ", over!(), " AND NOT ", free!());

    HASHES = "SELECT number, sha256, store_key FROM document_versions WHERE document_id = $1 ORDER BY number";
    /// The sweeper removes what is noted here and has no row; a crash after the commit leaves it the rest of the work.
    GIVE_UP = "INSERT INTO pending_uploads (store_key, started_at) SELECT store_key, $2 FROM document_versions WHERE document_id = $1";
    /// The images of its previews, too.
    GIVE_UP_PREVIEWS = "INSERT INTO pending_uploads (store_key, started_at) SELECT store_key, $2 FROM version_previews WHERE document_id = $1 AND store_key IS NOT NULL";
    DELETE_VIEWS = "DELETE FROM preview_views WHERE document_id = $1";
    DELETE_PREVIEWS = "DELETE FROM version_previews WHERE document_id = $1";
    DELETE_SEATS = "DELETE FROM approval_seats WHERE approval_id IN (SELECT id FROM approvals WHERE document_id = $1)";
    DELETE_STEPS = "DELETE FROM approval_steps WHERE approval_id IN (SELECT id FROM approvals WHERE document_id = $1)";
    DELETE_APPROVALS = "DELETE FROM approvals WHERE document_id = $1";
    FORGET_REQUEST = "UPDATE document_requests SET document_id = NULL WHERE document_id = $1";
    DELETE_ARRIVAL = "DELETE FROM document_arrivals WHERE document_id = $1";
    FORGET_SOURCE = "DELETE FROM document_sources WHERE document_id = $1";
    /// As an import left it, and nobody has opened it or was asked about it.
    UNTOUCHED = "SELECT d.id, d.organisation_id, o.name AS organisation_name, d.title, d.category, d.state, d.changed_at, d.current_version AS versions, (SELECT CAST(COALESCE(SUM(v.size), 0) AS BIGINT) FROM document_versions v WHERE v.document_id = d.id) AS bytes \
        FROM documents d JOIN organisations o ON o.id = d.organisation_id WHERE d.id = $1 AND d.revision = $2 AND NOT EXISTS (SELECT 1 FROM document_reads r WHERE r.document_id = d.id) AND NOT EXISTS (SELECT 1 FROM approvals a WHERE a.document_id = d.id)";
    DETACH = "DELETE FROM order_documents WHERE document_id = $1";
    DELETE_READS = "DELETE FROM document_reads WHERE document_id = $1";
    DELETE_CHANGES = "DELETE FROM document_changes WHERE document_id = $1";
    DELETE_AUDIENCE = "DELETE FROM document_audience WHERE document_id = $1";
    DELETE_VERSIONS = "DELETE FROM document_versions WHERE document_id = $1";
    DELETE = "DELETE FROM documents WHERE id = $1";
    HOLD = "UPDATE documents SET hold_reason = $2, revision = revision + 1 WHERE id = $1";
    HELD = "SELECT hold_reason FROM documents WHERE id = $1";
}

#[derive(sqlx::FromRow)]
struct RuleRow {
    category: Category,
    keep_days: Option<i64>,
    least_days: i64,
}

/// The rule of every category, in the order in which they are offered.
pub async fn rules(db: &Db) -> DbResult<Vec<Rule>> {
    let rows: Vec<RuleRow> = db.all(RULES, args![]).await?;
    let rule = |category| {
        let row = rows.iter().find(|row| row.category == category);
        Rule { category, keep_days: row.and_then(|row| row.keep_days), least_days: row.map_or(0, |row| row.least_days) }
    };
    Ok(Category::ALL.map(rule).to_vec())
}

/// Takes the rules for a change.
pub async fn lock(tx: &Tx) -> DbResult<()> {
    tx.execute(LOCK, args![]).await.map(|_| ())
}

/// Sets the rule of a category.
pub async fn set_rule(tx: &Tx, rule: &Rule) -> DbResult<()> {
    tx.execute(SET_RULE, args![rule.category.key(), rule.keep_days, rule.least_days]).await.map(|_| ())
}

/// When the rules are asked about: the instant, and the portal's day.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The instant.
    pub now: Instant,
    /// The day.
    pub today: Day,
}

/// What has to have changed, and ended, before these to be over.
struct Cutoff {
    category: Category,
    changed: Instant,
    ended: Day,
}

/// One for each category with a rule. Both come from one reading of the rules: whoever changes them meanwhile changes
/// neither, or both.
async fn cutoffs(db: &Db, at: Moment) -> DbResult<Vec<Cutoff>> {
    let cutoff = |rule: Rule| {
        rule.keep_days.map(|days| Cutoff {
            category: rule.category,
            changed: Instant(at.now.0.saturating_sub(days.saturating_mul(DAY))),
            ended: at.today.plus(days.saturating_neg()),
        })
    };
    Ok(rules(db).await?.into_iter().filter_map(cutoff).collect())
}

/// What is due, the longest first.
pub async fn due(db: &Db, at: Moment, after: After, limit: i64) -> DbResult<Vec<Due>> {
    let mut rows: Vec<Due> = Vec::new();
    for Cutoff { category, changed, ended } in cutoffs(db, at).await? {
        let args = args![category.key(), changed, ended, after.changed_at, after.id, limit];
        let some: Vec<Due> = db.all(DUE, args).await?;
        rows.extend(some);
    }
    rows.sort_by_key(|due| (due.changed_at, due.id));
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(rows)
}

/// One document, if it is due.
pub async fn is_due(db: &Db, at: Moment, id: DocumentId) -> DbResult<Option<Due>> {
    for Cutoff { category, changed, ended } in cutoffs(db, at).await? {
        let due: Option<Due> = db.optional(IS_DUE, args![category.key(), changed, ended, id]).await?;
        if due.is_some() {
            return Ok(due);
        }
    }
    Ok(None)
}

/// How much is due, and how much is kept although its time is over.
pub async fn totals(db: &Db, at: Moment) -> DbResult<Totals> {
    let mut totals = Totals::default();
    for Cutoff { category, changed, ended } in cutoffs(db, at).await? {
        let (documents, versions, bytes): (i64, i64, i64) =
            db.one(TOTALS, args![category.key(), changed, ended]).await?;
        let (kept,): (i64,) = db.one(KEPT, args![category.key(), changed, ended]).await?;
        totals.documents += documents;
        totals.versions += versions;
        totals.bytes += bytes;
        totals.kept += kept;
    }
    Ok(totals)
}

/// Number and hash of every version, for the trail.
pub async fn versions(db: &Db, id: DocumentId) -> DbResult<Vec<(i64, Vec<u8>, String)>> {
    db.all(HASHES, args![id]).await
}

/// Deletes a document with all that hangs on it. Its objects are left to the sweeper, as of `at`.
pub async fn delete(tx: &Tx, granted: &Granted<Delete, Due>, at: Instant) -> DbResult<()> {
    let id = granted.row().id;
    tx.execute(GIVE_UP, args![id, at]).await?;
    tx.execute(GIVE_UP_PREVIEWS, args![id, at]).await?;
    for statement in [
        FORGET_REQUEST,
        DELETE_ARRIVAL,
        FORGET_SOURCE,
        DETACH,
        DELETE_SEATS,
        DELETE_STEPS,
        DELETE_APPROVALS,
        DELETE_READS,
        DELETE_CHANGES,
        DELETE_AUDIENCE,
        DELETE_VIEWS,
        DELETE_PREVIEWS,
        DELETE_VERSIONS,
        DELETE,
    ] {
        tx.execute(statement, args![id]).await?;
    }
    Ok(())
}

/// A document that is as an import left it.
pub async fn untouched(db: &Db, id: DocumentId, revision: i64) -> DbResult<Option<Due>> {
    db.optional(UNTOUCHED, args![id, revision]).await
}

/// Keeps a document for as long as there is a reason; or no longer.
pub async fn hold(
    tx: &Tx,
    granted: &Granted<crate::documents::policy::Edit, Document>,
    reason: Option<&str>,
) -> DbResult<()> {
    let reason = reason.map(str::to_owned);
    tx.execute(HOLD, args![granted.row().id, reason]).await.map(|_| ())
}

/// Why a document is kept, if it is.
pub async fn held(db: &Db, id: DocumentId) -> DbResult<Option<String>> {
    let row: Option<(Option<String>,)> = db.optional(HELD, args![id]).await?;
    Ok(row.and_then(|(reason,)| reason))
}
