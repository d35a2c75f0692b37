//! The SQL of runs.

use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::db::{Db, DbResult, Tx, args, sql};
use crate::files::Stored;
use crate::ids::{ImportId, JobId, UserId};
use crate::time::Instant;

use super::kind::Kind;
use super::model::{Counts, Run, RunRow, Source, State};
use super::report::Entry;

macro_rules! columns {
    () => {
        "SELECT r.id, r.kind, r.state, r.source, r.started_by, u.name AS by_name, r.file_name, r.size, r.sha256, r.store_key, r.sealed_key, r.mapping, r.options, \
         r.done, r.total, r.created, r.changed, r.unchanged, r.rejected, r.whole, r.problem, r.created_at, r.started_at, r.ended_at, r.beat_at \
         FROM imports r LEFT JOIN users u ON u.id = r.started_by "
    };
}

sql! {
    INSERT = "INSERT INTO imports (id, kind, state, source, started_by, file_name, size, sha256, store_key, sealed_key, mapping, options, look, done, total, created, changed, unchanged, rejected, whole, problem, created_at, started_at, beat_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, $14, 0, 0, 0, 0, TRUE, '', $15, $16, $15)";
    LIST = concat!(columns!(), "WHERE r.id < $1 ORDER BY r.id DESC LIMIT $2");
    LIST_STATE = concat!(columns!(), "WHERE r.state = $3 AND r.id < $1 ORDER BY r.id DESC LIMIT $2");
    FIND = concat!(columns!(), "WHERE r.id = $1");
    LOOK = "SELECT look FROM imports WHERE id = $1";
    /// Locked on PostgreSQL, so that of two who decide at once the second sees what the first did.
    TAKE = sqlite: "SELECT state FROM imports WHERE id = $1", postgres: "SELECT state FROM imports WHERE id = $1 FOR UPDATE";
    DECIDE = "UPDATE imports SET state = $2, options = $3, problem = '', beat_at = $4 WHERE id = $1";
    MAP = "UPDATE imports SET state = 'checking', mapping = $2, options = $3, problem = '', beat_at = $4 WHERE id = $1";
    /// The index of what runs refuses a second one of the kind.
    CLAIM = "UPDATE imports SET state = 'running', started_at = COALESCE(started_at, $2), beat_at = $2 WHERE id = $1 AND state IN ('waiting', 'running')";
    /// Whoever gave no sign of life for long has died over it.
    CUT_OFF = "UPDATE imports SET state = 'failed', problem = 'cut', ended_at = beat_at WHERE id = $1 AND state = 'running' AND beat_at < $2";
    STALE = "SELECT id FROM imports WHERE state = 'running' AND beat_at < $1";
    /// A job that is still to go on with it.
    HAS_JOB = "SELECT id FROM jobs WHERE kind = 'imports.run' AND state IN ('waiting', 'running') AND payload LIKE $1 LIMIT 1";
    CHECKED = "UPDATE imports SET state = 'ready', problem = $3, total = $4, created = $5, changed = $6, unchanged = $7, rejected = $8, beat_at = $9 WHERE id = $1 AND state = 'checking' AND mapping = $2";
    BEAT = "UPDATE imports SET beat_at = $2, total = CASE WHEN $3 > total THEN $3 ELSE total END WHERE id = $1";
    ADVANCE = "UPDATE imports SET done = $2, created = $3, changed = $4, unchanged = $5, rejected = $6, whole = $7, beat_at = $8, total = CASE WHEN $2 > total THEN $2 ELSE total END WHERE id = $1";
    END = "UPDATE imports SET state = $2, problem = $3, ended_at = $4, beat_at = $4 WHERE id = $1";
    RESET = "UPDATE imports SET done = 0, created = 0, changed = 0, unchanged = 0, rejected = 0, whole = TRUE, started_at = NULL, ended_at = NULL WHERE id = $1";
    INSERT_ROWS = sqlite: "INSERT INTO import_rows (run_id, position, line, number, result, object_id, revision, detail, before) SELECT $2, value ->> 'position', value ->> 'line', value ->> 'number', value ->> 'result', unhex(value ->> 'object_id'), value ->> 'revision', value ->> 'detail', value ->> 'before' FROM json_each($1)",
        postgres: "INSERT INTO import_rows (run_id, position, line, number, result, object_id, revision, detail, before) SELECT $2, position, line, number, result, object_id, revision, detail, before FROM jsonb_to_recordset($1::text::jsonb) AS x (position bigint, line bigint, number text, result text, object_id uuid, revision bigint, detail text, before text)";
    DELETE_ROWS = "DELETE FROM import_rows WHERE run_id = $1";
    DELETE = "DELETE FROM imports WHERE id = $1";
    ROWS = "SELECT position, line, number, result, detail FROM import_rows WHERE run_id = $1 AND position > $2 ORDER BY position LIMIT $3";
    ROWS_OF = "SELECT position, line, number, result, detail FROM import_rows WHERE run_id = $1 AND result = $4 AND position > $2 ORDER BY position LIMIT $3";
    /// What was made or changed, the last first.
    DONE = "SELECT position, number, object_id, revision, before FROM import_rows WHERE run_id = $1 AND position < $2 AND result <> 'rejected' ORDER BY position DESC LIMIT $3";
    /// What was undone is again what an earlier run left: that one can be undone next.
    RENEW = sqlite: "UPDATE import_rows SET revision = x.now FROM (SELECT unhex(value ->> 'id') AS id, value ->> 'was' AS was, value ->> 'now' AS now FROM json_each($1)) x WHERE import_rows.object_id = x.id AND import_rows.revision = x.was",
        postgres: "UPDATE import_rows SET revision = x.now FROM jsonb_to_recordset($1::text::jsonb) AS x (id uuid, was bigint, now bigint) WHERE import_rows.object_id = x.id AND import_rows.revision = x.was";
    FAILED = concat!(columns!(), "WHERE r.state = 'failed' AND r.created_at > $1 ORDER BY r.id DESC LIMIT $2");
    /// Files of runs that ended long ago, and of those that nobody decided about.
    OLD_FILES = "SELECT id, store_key FROM imports WHERE store_key IS NOT NULL AND created_at < $1 AND state IN ('ready', 'done', 'failed', 'undone') ORDER BY created_at LIMIT 100";
    FORGET_FILE = "UPDATE imports SET store_key = NULL, sealed_key = NULL, look = NULL WHERE id = $1";
    OLD_RUNS = "SELECT id FROM imports WHERE created_at < $1 AND store_key IS NULL AND state IN ('ready', 'done', 'failed', 'undone') ORDER BY id LIMIT 100";
}

/// A run to be written down.
pub(super) struct New<'a> {
    pub id: ImportId,
    pub kind: Kind,
    pub state: State,
    pub source: Source,
    pub by: Option<UserId>,
    pub file_name: &'a str,
    pub stored: &'a Stored,
    pub store_key: Option<&'a str>,
    pub mapping: String,
    pub options: String,
    pub look: Option<String>,
    pub total: i64,
    pub at: Instant,
}

pub(super) async fn insert(tx: &Tx, new: &New<'_>) -> DbResult<()> {
    let began = (new.state == State::Running).then_some(new.at);
    let values = args![
        new.id,
        new.kind.name(),
        new.state.name(),
        new.source.name(),
        new.by,
        new.file_name,
        new.stored.size,
        new.stored.sha256.clone(),
        new.store_key.map(str::to_owned),
        new.stored.sealed_key.clone(),
        &new.mapping,
        &new.options,
        new.look.clone(),
        new.total,
        new.at,
        began
    ];
    tx.execute(INSERT, values).await.map(|_| ())
}

/// Runs before an id, the newest first.
pub(super) async fn list(db: &Db, state: Option<State>, before: ImportId, limit: i64) -> DbResult<Vec<Run>> {
    match state {
        None => db.all(LIST, args![before, limit]).await,
        Some(state) => db.all(LIST_STATE, args![before, limit, state.name()]).await,
    }
}

pub(super) async fn find(db: &Db, id: ImportId) -> DbResult<Option<Run>> {
    db.optional(FIND, args![id]).await
}

pub(super) async fn failed(db: &Db, since: Instant, limit: i64) -> DbResult<Vec<Run>> {
    db.all(FAILED, args![since, limit]).await
}

/// What was recognised in its file, as JSON.
pub(super) async fn look(db: &Db, id: ImportId) -> DbResult<Option<String>> {
    let row: Option<(Option<String>,)> = db.optional(LOOK, args![id]).await?;
    Ok(row.and_then(|(look,)| look))
}

/// Where a run stands, taken until the transaction ends.
pub(super) async fn take(tx: &Tx, id: ImportId) -> DbResult<Option<State>> {
    let row: Option<(State,)> = tx.optional(TAKE, args![id]).await?;
    Ok(row.map(|(state,)| state))
}

pub(super) async fn decide(tx: &Tx, id: ImportId, state: State, options: &str, at: Instant) -> DbResult<()> {
    tx.execute(DECIDE, args![id, state.name(), options, at]).await.map(|_| ())
}

pub(super) async fn map(tx: &Tx, id: ImportId, mapping: &str, options: &str, at: Instant) -> DbResult<()> {
    tx.execute(MAP, args![id, mapping, options, at]).await.map(|_| ())
}

/// Makes it the one of its kind that runs. A unique violation: another one does.
pub(super) async fn claim(tx: &Tx, id: ImportId, at: Instant) -> DbResult<bool> {
    Ok(tx.execute(CLAIM, args![id, at]).await? == 1)
}

/// Those that run and have given no sign of life since.
pub(super) async fn stale(db: &Db, since: Instant) -> DbResult<Vec<ImportId>> {
    let rows: Vec<(ImportId,)> = db.all(STALE, args![since]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Whether a job is still to go on with it.
pub(super) async fn has_job(db: &Db, id: ImportId) -> DbResult<bool> {
    let row: Option<(JobId,)> = db.optional(HAS_JOB, args![format!("%{id}%")]).await?;
    Ok(row.is_some())
}

/// Says that a run was cut off.
pub(super) async fn cut_off(tx: &Tx, id: ImportId, since: Instant) -> DbResult<bool> {
    Ok(tx.execute(CUT_OFF, args![id, since]).await? == 1)
}

/// Notes what was found in a look; `false` where somebody has said meanwhile that it is to be read in another way.
pub(super) async fn checked(tx: &Tx, run: &Run, problem: &str, counts: Counts, at: Instant) -> DbResult<bool> {
    let Counts { created, changed, unchanged, rejected } = counts;
    let values = args![run.id, run.mapping_text(), problem, run.total, created, changed, unchanged, rejected, at];
    Ok(tx.execute(CHECKED, values).await? == 1)
}

pub(super) async fn beat(tx: &Tx, id: ImportId, rows: i64, at: Instant) -> DbResult<()> {
    tx.execute(BEAT, args![id, at, rows]).await.map(|_| ())
}

pub(super) async fn advance(
    tx: &Tx,
    id: ImportId,
    done: i64,
    counts: Counts,
    whole: bool,
    at: Instant,
) -> DbResult<()> {
    let Counts { created, changed, unchanged, rejected } = counts;
    tx.execute(ADVANCE, args![id, done, created, changed, unchanged, rejected, whole, at]).await.map(|_| ())
}

pub(super) async fn end(tx: &Tx, id: ImportId, state: State, problem: &str, at: Instant) -> DbResult<()> {
    tx.execute(END, args![id, state.name(), problem, at]).await.map(|_| ())
}

/// Forgets what a run did: it begins anew.
pub(super) async fn reset(tx: &Tx, id: ImportId) -> DbResult<()> {
    tx.execute(RESET, args![id]).await?;
    tx.execute(DELETE_ROWS, args![id]).await.map(|_| ())
}

/// Forgets a run.
pub(super) async fn delete(tx: &Tx, id: ImportId) -> DbResult<()> {
    tx.execute(DELETE_ROWS, args![id]).await?;
    tx.execute(DELETE, args![id]).await.map(|_| ())
}

fn row_json(position: i64, entry: &Entry) -> Json {
    let done = entry.outcome.as_ref().ok();
    json!({
        "position": position, "line": entry.line, "number": entry.number, "result": entry.result(),
        "object_id": done.and_then(|done| done.object).map(|id| id.simple().to_string()),
        "revision": done.map_or(0, |done| done.revision), "detail": json!(entry.detail()).to_string(),
        "before": done.map(|done| done.before.as_str()).unwrap_or_default(),
    })
}

/// Notes what became of rows.
pub(super) async fn add_rows(tx: &Tx, id: ImportId, rows: &[(i64, &Entry)]) -> DbResult<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows: Vec<Json> = rows.iter().map(|(position, entry)| row_json(*position, entry)).collect();
    tx.execute(INSERT_ROWS, args![Json::from(rows).to_string(), id]).await.map(|_| ())
}

/// What became of rows after this one; of one result only, where one is given.
pub(super) async fn rows(db: &Db, id: ImportId, result: Option<&str>, after: i64, limit: i64) -> DbResult<Vec<RunRow>> {
    match result {
        None => db.all(ROWS, args![id, after, limit]).await,
        Some(result) => db.all(ROWS_OF, args![id, after, limit, result]).await,
    }
}

/// What a row made or changed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct DoneRow {
    pub position: i64,
    pub number: String,
    pub object_id: Option<Uuid>,
    pub revision: i64,
    pub before: String,
}

/// What was made or changed before this row, the last first.
pub(super) async fn done(db: &Db, id: ImportId, before: i64, limit: i64) -> DbResult<Vec<DoneRow>> {
    db.all(DONE, args![id, before, limit]).await
}

/// Says that what was changed at these revisions is as it was before: earlier runs find it so.
pub(super) async fn renew(tx: &Tx, changed: &[(Uuid, i64)]) -> DbResult<()> {
    let row =
        |(id, revision): &(Uuid, i64)| json!({"id": id.simple().to_string(), "was": revision - 1, "now": revision + 1});
    let rows: Vec<Json> = changed.iter().map(row).collect();
    tx.execute(RENEW, args![Json::from(rows).to_string()]).await.map(|_| ())
}

/// Files whose time is over.
pub(super) async fn old_files(db: &Db, before: Instant) -> DbResult<Vec<(ImportId, String)>> {
    db.all(OLD_FILES, args![before]).await
}

pub(super) async fn forget_file(tx: &Tx, id: ImportId) -> DbResult<()> {
    tx.execute(FORGET_FILE, args![id]).await.map(|_| ())
}

/// Runs whose time is over.
pub(super) async fn old_runs(db: &Db, before: Instant) -> DbResult<Vec<ImportId>> {
    let rows: Vec<(ImportId,)> = db.all(OLD_RUNS, args![before]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
