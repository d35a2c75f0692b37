//! Use cases of imports. Pages, server functions, REST, the command line and the watched folder all enter here.

use std::fs::File;
use std::io::Write as _;
use std::time::Duration;

use bytes::Bytes;
use futures::{Stream, StreamExt as _};

use crate::access::{Action, Relation, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::documents::{store as documents, upload};
use crate::error::{AppError, FieldErrors};
use crate::files::{FileName, Object, PutError, Stored};
use crate::idempotency;
use crate::ids::ImportId;
use crate::jobs;
use crate::settings;
use crate::sign_in::proof;

use super::kind::Kind;
use super::mapping::Mapping;
use super::model::{Look, Options, Run, RunRow, Source, State};
use super::run::Opened;
use super::store::{self, New};
use super::table::TableError;
use super::{spool, words};

/// One that waits for another of its kind looks again after this long.
const PATIENCE: Duration = Duration::from_secs(5);
/// A run that failed longer ago than this is not told any more.
const TOLD: Duration = Duration::from_secs(30 * 24 * 3600);

pub(super) fn may_read(ctx: &Ctx) -> Result<(), AppError> {
    allow(&ctx.actor, Action::ImportRead, Relation::Other, None)
}

pub(super) fn may_manage(ctx: &Ctx) -> Result<(), AppError> {
    allow(&ctx.actor, Action::ImportManage, Relation::Other, None)
}

/// Refuses whoever may not import: before a byte of a file is read.
pub fn check(ctx: &Ctx) -> Result<(), AppError> {
    may_manage(ctx)
}

/// Whether the actor may import, and not only look.
pub fn manages(ctx: &Ctx) -> bool {
    may_manage(ctx).is_ok()
}

/// Runs, the newest first, and whether there are more.
pub async fn list(
    ctx: &Ctx,
    state: Option<State>,
    before: Option<ImportId>,
    limit: i64,
) -> Result<(Vec<Run>, bool), AppError> {
    may_read(ctx)?;
    let before = before.unwrap_or(ImportId(uuid::Uuid::max()));
    let mut rows = store::list(&ctx.db, state, before, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    Ok((rows, more))
}

/// One run.
pub async fn find(ctx: &Ctx, id: ImportId) -> Result<Run, AppError> {
    may_read(ctx)?;
    store::find(&ctx.db, id).await?.ok_or(AppError::NotFound)
}

/// Runs that failed lately, for whoever looks after imports: what the home page of staff tells.
pub async fn failed(ctx: &Ctx, limit: i64) -> Result<Vec<Run>, AppError> {
    if may_read(ctx).is_err() {
        return Ok(Vec::new());
    }
    Ok(store::failed(&ctx.db, ctx.now().minus(TOLD), limit).await?)
}

/// What was recognised in the file of a run.
pub async fn look(ctx: &Ctx, run: &Run) -> Result<Option<Look>, AppError> {
    may_read(ctx)?;
    let text = store::look(&ctx.db, run.id).await?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// What became of rows after this one, and whether there are more; of one result only, where one is given.
pub async fn rows(
    ctx: &Ctx,
    run: &Run,
    result: Option<&str>,
    after: Option<i64>,
    limit: i64,
) -> Result<(Vec<RunRow>, bool), AppError> {
    may_read(ctx)?;
    let mut rows = store::rows(&ctx.db, run.id, result, after.unwrap_or(-1), limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    Ok((rows, more))
}

/// How far a run is that goes: rows that were gone through, and about how many there are.
pub fn progress(ctx: &Ctx, run: &Run) -> (u64, u64) {
    let done = ctx.portal.imports.get(run.id).unwrap_or_else(|| u64::try_from(run.done).unwrap_or(0));
    (done, u64::try_from(run.total).unwrap_or(0).max(done))
}

/// A file to take in.
#[derive(Clone, Debug)]
pub struct NewImport {
    /// What its rows are.
    pub kind: Kind,
    /// Its name.
    pub name: FileName,
    /// Where it comes from.
    pub source: Source,
    /// How it is read.
    pub mapping: Mapping,
    /// What was chosen.
    pub options: Options,
    /// It is imported without being looked through first.
    pub start: bool,
}

/// The currency that prices are in which say none.
pub fn currency(ctx: &Ctx, text: &str) -> Result<String, AppError> {
    let text = text.trim().to_ascii_uppercase();
    match text.len() {
        0 => Ok("EUR".to_owned()),
        3 if text.bytes().all(|b| b.is_ascii_uppercase()) => Ok(text),
        _ => Err(AppError::Invalid(FieldErrors::one("currency", ctx.t("orders-error-currency")))),
    }
}

/// Takes a file in: it is kept, recognised and looked through, and nothing of it is imported yet, unless that was asked for.
pub async fn receive<E: std::fmt::Display>(
    ctx: &Ctx,
    new: NewImport,
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> Result<ImportId, AppError> {
    may_manage(ctx)?;
    if let Some((id, _)) = idempotency::replay(&ctx.db, ctx).await? {
        let run = store::find(&ctx.db, ImportId(id)).await?.ok_or(AppError::NotFound)?;
        idempotency::check_same(ctx, &run.sha256, bytes).await?;
        return Ok(run.id);
    }
    let id = ImportId::new();
    let key = format!("imports/{id}/content");
    let tx = ctx.db.begin().await?;
    documents::insert_pending(&tx, &key, ctx.now()).await?;
    tx.commit().await?;
    let received = async {
        let stored =
            ctx.files.put(&key, bytes, ctx.portal.upload_limit, |_| Ok(())).await.map_err(|e| refused(ctx, e))?;
        let object = Object { key: key.clone(), size: stored.size, sealed_key: stored.sealed_key.clone() };
        let found = recognise(ctx, &object, new.kind).await?;
        if let (Err((word, detail)), true) = (&found, new.source != Source::Folder) {
            let text = words::problem(ctx, new.kind, word, detail);
            return Err(AppError::Invalid(FieldErrors::one("file", text)));
        }
        insert(ctx, id, &key, &new, &stored, found).await
    };
    match received.await {
        Ok(id) => Ok(id),
        Err(error) => {
            // Nobody waits once more for a store that is away; the note stays, and the sweeper looks.
            if !matches!(error, AppError::Unavailable) && ctx.files.delete(&key).await.is_ok() {
                upload::forget(ctx, &key).await;
            }
            Err(error)
        }
    }
}

fn refused(ctx: &Ctx, error: PutError) -> AppError {
    let invalid = |key: &'static str| AppError::Invalid(FieldErrors::one("file", ctx.t(key)));
    match error {
        PutError::TooLarge(limit) => AppError::TooLarge(limit),
        PutError::Refused(why) => AppError::Invalid(FieldErrors::one("file", why)),
        PutError::Empty => invalid("documents-error-file-empty"),
        PutError::Sender(cause) => {
            tracing::info!(cause, "upload broken off");
            invalid("documents-error-file-broken")
        }
        PutError::Store(e) => e.into(),
    }
}

/// What is recognised in a file and about how many rows it has, or the word for why it cannot be read.
type Recognised = Result<(Look, u64), (&'static str, String)>;

/// What a file is, from its beginning.
async fn recognise(ctx: &Ctx, object: &Object, kind: Kind) -> Result<Recognised, AppError> {
    let file = fetch(ctx, object).await?;
    let looked = tokio::task::spawn_blocking(move || {
        let mut table = Opened::of(kind, file, None)?.table;
        let look = Look::of(&mut table)?;
        Ok::<_, TableError>((look, table.about()))
    });
    let looked = looked.await.map_err(|_| AppError::Internal)?;
    Ok(looked.map_err(|error| words::code_of_table(&error)))
}

/// The file of a run, unsealed, where it can be read forwards and backwards.
pub(super) async fn fetch(ctx: &Ctx, object: &Object) -> Result<File, AppError> {
    let failed = |error: std::io::Error| {
        tracing::error!(%error, "a file could not be unpacked");
        AppError::Unavailable
    };
    let mut chunks = ctx.files.get(object, None).await?;
    let mut file = spool::nameless().map_err(failed)?;
    while let Some(chunk) = chunks.next().await {
        file.write_all(&chunk.map_err(failed)?).map_err(failed)?;
    }
    Ok(file)
}

async fn insert(
    ctx: &Ctx,
    id: ImportId,
    key: &str,
    new: &NewImport,
    stored: &Stored,
    found: Recognised,
) -> Result<ImportId, AppError> {
    let tx = ctx.db.begin().await?;
    if !documents::delete_pending(&tx, key).await? {
        return Err(AppError::Unavailable);
    }
    if stored.sealed_key.is_some() {
        settings::check_key_in(&tx, &ctx.portal.secrets.fingerprint()).await?;
    }
    let state = if new.start { State::Waiting } else { State::Checking };
    let row = New {
        id,
        kind: new.kind,
        state,
        source: new.source,
        by: ctx.actor.user_id(),
        file_name: new.name.as_str(),
        stored,
        store_key: Some(key),
        mapping: new.mapping.text(),
        options: options_text(&new.options),
        look: found.as_ref().ok().and_then(|(look, _)| serde_json::to_string(look).ok()),
        total: found.as_ref().map_or(0, |(_, about)| i64::try_from(*about).unwrap_or(i64::MAX)),
        at: ctx.now(),
    };
    store::insert(&tx, &row).await?;
    // Nobody stands there to be told: it is noted, and whoever looks after imports finds it.
    if let Err((word, detail)) = &found {
        store::end(&tx, id, State::Failed, &format!("{word}:{detail}"), ctx.now()).await?;
    }
    // What lay in the watched folder is run by whoever found it.
    if new.source != Source::Folder {
        enqueue(&tx, ctx, if new.start { jobs::Kind::RunImport } else { jobs::Kind::CheckImport }, id, 0).await?;
    }
    idempotency::claim(&tx, ctx, id.0, 0).await?;
    let event = Event::new("import.receive", "import", id.0).with("kind", new.kind.name());
    audit::record(&tx, ctx, event.with("sha256", crate::documents::model::hex(&stored.sha256))).await?;
    tx.commit().await?;
    Ok(id)
}

pub(super) fn options_text(options: &Options) -> String {
    serde_json::to_string(options).unwrap_or_else(|_| "{}".to_owned())
}

/// Has a job go on with a run. `turn`: how often it had to wait for another one.
pub(super) async fn enqueue(
    tx: &crate::db::Tx,
    ctx: &Ctx,
    kind: jobs::Kind,
    id: ImportId,
    turn: u32,
) -> Result<(), AppError> {
    let mut job = jobs::New::new(kind, serde_json::json!({"import": id, "turn": turn}));
    if turn > 0 {
        job = job.at(ctx.now().plus(PATIENCE));
    }
    jobs::enqueue(tx, ctx, job).await.map(|_| ())
}

/// Takes a run for a decision: what it was may have changed since it was looked at.
async fn taken(tx: &crate::db::Tx, ctx: &Ctx, id: ImportId, states: &[State]) -> Result<Run, AppError> {
    let state = store::take(tx, id).await?.ok_or(AppError::NotFound)?;
    if !states.contains(&state) {
        return Err(AppError::Conflict(ctx.t("imports-error-state").to_owned()));
    }
    store::find(tx, id).await?.ok_or(AppError::NotFound)
}

/// Says how a file is to be read; it is looked through again.
pub async fn map(ctx: &Ctx, id: ImportId, mapping: &Mapping, wanted: Options) -> Result<(), AppError> {
    may_manage(ctx)?;
    let usual = currency(ctx, &wanted.currency)?;
    let tx = ctx.db.begin().await?;
    let run = taken(&tx, ctx, id, &[State::Ready, State::Checking]).await?;
    let options = Options { currency: usual, skip_bad: run.options().skip_bad, ..wanted };
    store::map(&tx, id, &mapping.text(), &options_text(&options), ctx.now()).await?;
    enqueue(&tx, ctx, jobs::Kind::CheckImport, id, 0).await?;
    tx.commit().await?;
    Ok(())
}

/// Has a run imported that was looked through.
pub async fn start(ctx: &Ctx, id: ImportId, skip_bad: bool) -> Result<(), AppError> {
    may_manage(ctx)?;
    if idempotency::replay(&ctx.db, ctx).await?.is_some() {
        return Ok(());
    }
    let tx = ctx.db.begin().await?;
    let run = taken(&tx, ctx, id, &[State::Ready]).await?;
    if run.problem().is_some() {
        return Err(AppError::Conflict(ctx.t("imports-error-not-readable").to_owned()));
    }
    let options = Options { skip_bad, ..run.options() };
    check_proof(ctx, &run)?;
    store::reset(&tx, id).await?;
    store::decide(&tx, id, State::Waiting, &options_text(&options), ctx.now()).await?;
    enqueue(&tx, ctx, jobs::Kind::RunImport, id, 0).await?;
    idempotency::claim(&tx, ctx, id.0, 0).await?;
    tx.commit().await?;
    Ok(())
}

/// Who invites people by a file proves who they are, as for one invitation that makes somebody administrator.
fn check_proof(ctx: &Ctx, run: &Run) -> Result<(), AppError> {
    if run.kind == Kind::People && run.options().invite { proof::require(ctx) } else { Ok(()) }
}

/// Has a run that failed or was undone imported again: one that was cut off goes on where it was, another begins anew.
pub async fn again(ctx: &Ctx, id: ImportId) -> Result<(), AppError> {
    may_manage(ctx)?;
    let tx = ctx.db.begin().await?;
    let run = taken(&tx, ctx, id, &[State::Failed, State::Undone]).await?;
    if !run.can_be_run_again() {
        return Err(AppError::Conflict(ctx.t("imports-error-no-file").to_owned()));
    }
    let goes_on = run.options().skip_bad && run.state == State::Failed;
    if goes_on {
        check_proof(ctx, &run)?;
        store::decide(&tx, id, State::Waiting, &options_text(&run.options()), ctx.now()).await?;
        enqueue(&tx, ctx, jobs::Kind::RunImport, id, 0).await?;
    } else {
        // Looked through again: what is there may have changed.
        store::reset(&tx, id).await?;
        store::map(&tx, id, run.mapping_text(), &options_text(&run.options()), ctx.now()).await?;
        enqueue(&tx, ctx, jobs::Kind::CheckImport, id, 0).await?;
    }
    // The event comes with the end of the run.
    idempotency::claim_act(&tx, ctx).await?;
    tx.commit().await?;
    Ok(())
}

/// Has a run undone.
pub async fn undo(ctx: &Ctx, id: ImportId) -> Result<(), AppError> {
    may_manage(ctx)?;
    if idempotency::replay(&ctx.db, ctx).await?.is_some() {
        return Ok(());
    }
    let tx = ctx.db.begin().await?;
    let run = taken(&tx, ctx, id, &[State::Done]).await?;
    if !run.can_be_undone() {
        return Err(AppError::Conflict(ctx.t("imports-error-undo").to_owned()));
    }
    store::decide(&tx, id, State::Undoing, &options_text(&run.options()), ctx.now()).await?;
    enqueue(&tx, ctx, jobs::Kind::UndoImport, id, 0).await?;
    idempotency::claim(&tx, ctx, id.0, 0).await?;
    tx.commit().await?;
    Ok(())
}

/// Forgets a file that nothing was imported of.
pub async fn discard(ctx: &Ctx, id: ImportId) -> Result<(), AppError> {
    may_manage(ctx)?;
    let tx = ctx.db.begin().await?;
    let run = taken(&tx, ctx, id, &[State::Ready]).await?;
    if let Some(key) = &run.store_key {
        // Swept with what uploads leave behind.
        documents::insert_pending(&tx, key, ctx.now()).await?;
    }
    store::delete(&tx, id).await?;
    audit::record(&tx, ctx, Event::new("import.discard", "import", id.0).with("kind", run.kind.name())).await?;
    tx.commit().await?;
    Ok(())
}
