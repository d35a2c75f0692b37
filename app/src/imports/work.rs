//! What jobs do: looking a file through, importing it, undoing that, and keeping house.

use std::time::Duration;

use uuid::Uuid;

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Tx, is_unique_violation};
use crate::documents::store as documents;
use crate::error::AppError;
use crate::ids::{DocumentId, ImportId, OrganisationId};
use crate::jobs::{self, Failure, Job};
use crate::news;
use crate::orders::undo::{self, Noted};
use crate::organisation::undo as customers;
use crate::projects::{task_undo as tasks, undo as projects};
use crate::retention::delete;

use super::kind::Kind;
use super::model::{Counts, Options, Run, State};
use super::record::Record;
use super::report::{Entry, Totals};
use super::run::{Opened, Ready, RunError, run as take_in};
use super::{people, service, store, words};

/// A run without a sign of life for so long has died: longer than a job's lease.
const SILENCE: Duration = Duration::from_secs(240);
/// Rows of a look that are kept, of each result.
const KEPT: usize = 500;
/// Rows that are undone at once.
const BATCH: i64 = 500;
/// Touched rows that are named.
const NAMED: usize = 10;
/// Rows after which the database is told how large its tables have become.
const MANY: u64 = 5_000;
/// Files are kept for so long, and what became of their rows for longer.
const FILES: Duration = Duration::from_secs(90 * 24 * 3600);
const ROWS: Duration = Duration::from_secs(400 * 24 * 3600);

/// What a job is about.
#[derive(serde::Deserialize)]
pub struct Work {
    import: ImportId,
    #[serde(default)]
    turn: u32,
}

/// Opens the file of a run.
async fn open(ctx: &Ctx, run: &Run) -> Result<Ready, RunError> {
    let object = run.object().ok_or(AppError::NotFound)?;
    let file = service::fetch(ctx, &object).await?;
    let (kind, mapping) = (run.kind, run.mapping());
    let opened = tokio::task::spawn_blocking(move || Ready::of(kind, Opened::of(kind, file, None)?, &mapping));
    opened.await.map_err(|_| AppError::Internal)?
}

/// What can be tried again is; the rest is said of the run.
fn passing(error: &RunError) -> Option<Failure> {
    match error {
        RunError::App(error @ (AppError::Unavailable | AppError::Internal)) => Some(error.clone().into()),
        _ => None,
    }
}

async fn end(ctx: &Ctx, id: ImportId, state: State, problem: &str) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    store::end(&tx, id, state, problem, ctx.now()).await?;
    // What it had done by then stays, and its customers are told of it.
    news::tell(&tx, ctx, id.0).await?;
    tx.commit().await?;
    ctx.portal.imports.forget(id);
    Ok(())
}

/// Whose job it is, or that nobody may do it any more.
async fn originator(ctx: &Ctx, job: &Job) -> Result<Result<Ctx, ()>, Failure> {
    match jobs::as_originator(ctx, job).await {
        Ok(own) => Ok(Ok(own)),
        Err(Failure::Never(_)) => Ok(Err(())),
        Err(again) => Err(again),
    }
}

/// Looks a file through: nothing is written but what was found.
pub async fn check(ctx: &Ctx, job: &Job, work: Work) -> Result<(), Failure> {
    let Ok(own) = originator(ctx, job).await? else {
        return Ok(end(ctx, work.import, State::Failed, "forbidden").await?);
    };
    loop {
        let found = store::find(&ctx.db, work.import).await?;
        let Some(mut run) = found.filter(|run| run.state == State::Checking) else { return Ok(()) };
        let looked = look_through(&own, &mut run).await;
        let (problem, totals, kept) = match looked {
            Ok((totals, kept)) => (String::new(), totals, kept),
            Err(error) => match passing(&error) {
                Some(failure) => return Err(failure),
                None => (words::code(&error), Totals::default(), Vec::new()),
            },
        };
        let tx = ctx.db.begin().await?;
        store::reset(&tx, run.id).await?;
        for some in kept.chunks(KEPT) {
            let rows: Vec<(i64, &Entry)> = some.iter().map(|(position, entry)| (*position, entry)).collect();
            store::add_rows(&tx, run.id, &rows).await?;
        }
        let done = store::checked(&tx, &run, &problem, totals.counts(), ctx.now()).await?;
        if done {
            tx.commit().await?;
            ctx.portal.imports.forget(run.id);
            return Ok(());
        }
        // Somebody has said meanwhile that it is to be read in another way.
    }
}

/// What each row would do; the first of each result are kept.
async fn look_through(ctx: &Ctx, run: &mut Run) -> Result<(Totals, Vec<(i64, Entry)>), RunError> {
    let ready = open(ctx, run).await?;
    run.total = i64::try_from(ready.about()).unwrap_or(i64::MAX);
    let options = Options { dry_run: true, ..run.options() };
    let (mut kept, mut of_each, mut rows) = (Vec::new(), [0; 3], 0);
    let board = &ctx.portal.imports;
    let totals = take_in(ctx, ready, &options, None, |entry| {
        let place = match entry.result() {
            "create" => of_each.first_mut(),
            "change" => of_each.get_mut(1),
            "rejected" => of_each.get_mut(2),
            _ => None,
        };
        if let Some(count) = place.filter(|count| **count < KEPT) {
            *count += 1;
            kept.push((rows, entry.clone()));
        }
        rows += 1;
        if rows % 500 == 0 {
            board.set(run.id, u64::try_from(rows).unwrap_or(0));
        }
    });
    let totals = totals.await?;
    Ok((totals, kept))
}

/// Whether a run may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begun {
    /// It is the one of its kind that runs.
    Yes,
    /// Another one is.
    Busy,
    /// It is not to be run.
    Over,
}

/// Makes a run the one of its kind that runs.
async fn begin(ctx: &Ctx, id: ImportId) -> Result<Begun, AppError> {
    for _ in 0..2 {
        let tx = ctx.db.begin().await?;
        match store::claim(&tx, id, ctx.now()).await {
            Ok(true) => {
                tx.commit().await?;
                return Ok(Begun::Yes);
            }
            Ok(false) => return Ok(Begun::Over),
            Err(error) if is_unique_violation(&error) => drop(tx),
            Err(error) => return Err(error.into()),
        }
        if cut_off(ctx).await? == 0 {
            break;
        }
    }
    Ok(Begun::Busy)
}

/// Says of runs that were cut off that they were, unless a job is to go on with them.
pub(super) async fn cut_off(ctx: &Ctx) -> Result<usize, AppError> {
    let since = ctx.now().minus(SILENCE);
    let mut ended = 0;
    for id in store::stale(&ctx.db, since).await? {
        if store::has_job(&ctx.db, id).await? {
            continue;
        }
        let tx = ctx.db.begin().await?;
        if store::cut_off(&tx, id, since).await? {
            news::tell(&tx, ctx, id.0).await?;
            ended += 1;
        }
        tx.commit().await?;
    }
    Ok(ended)
}

/// Imports a file.
pub async fn run(ctx: &Ctx, job: &Job, work: Work) -> Result<(), Failure> {
    let Ok(own) = originator(ctx, job).await? else {
        return Ok(end(ctx, work.import, State::Failed, "forbidden").await?);
    };
    match begin(ctx, work.import).await? {
        Begun::Over => Ok(()),
        Begun::Busy => {
            let tx = own.db.begin().await?;
            service::enqueue(&tx, &own, jobs::Kind::RunImport, work.import, work.turn.saturating_add(1)).await?;
            tx.commit().await?;
            Ok(())
        }
        Begun::Yes => {
            let run =
                store::find(&ctx.db, work.import).await?.ok_or_else(|| Failure::Never("no such import".into()))?;
            match go(&own, &run).await {
                Ok(_) => Ok(()),
                Err(error) => match passing(&error).filter(|_| job.attempts < job.max_attempts) {
                    Some(failure) => Err(failure),
                    None => Ok(end(ctx, run.id, State::Failed, &words::code(&error)).await?),
                },
            }
        }
    }
}

/// Imports a file here and now that was received for it; answers how that ended. None: another import of its kind runs.
pub async fn now(ctx: &Ctx, id: ImportId) -> Result<Option<Run>, AppError> {
    if begin(ctx, id).await? == Begun::Busy {
        return Ok(None);
    }
    let run = store::find(&ctx.db, id).await?.ok_or(AppError::NotFound)?;
    if run.state == State::Running
        && let Err(error) = go(ctx, &run).await
    {
        if let RunError::App(error @ AppError::Unavailable) = error {
            return Err(error);
        }
        end(ctx, id, State::Failed, &words::code(&error)).await?;
    }
    store::find(&ctx.db, id).await.map_err(AppError::from)
}

/// Imports the file of a run that has begun.
async fn go(ctx: &Ctx, run: &Run) -> Result<Totals, RunError> {
    let ready = open(ctx, run).await?;
    let totals = take_in(ctx, ready, &run.options(), Some(Record::of(run)), |_| ()).await?;
    settle(ctx, run.kind, &totals).await;
    Ok(totals)
}

/// Has the database look at tables that have grown.
pub async fn settle(ctx: &Ctx, kind: Kind, totals: &Totals) {
    if totals.undone || totals.created + totals.changed < MANY {
        return;
    }
    let table = match kind {
        Kind::Orders | Kind::OrderLines => "orders",
        Kind::Projects | Kind::ProjectTasks => "projects",
        Kind::Organisations | Kind::People | Kind::Documents => "organisations",
    };
    if let Err(error) = ctx.db.analyze(table).await {
        // It is slower until the database does so by itself.
        tracing::warn!(%error, "statistics after an import");
    }
}

/// Takes back what a run did, or says what was touched since.
pub async fn undo(ctx: &Ctx, job: &Job, work: Work) -> Result<(), Failure> {
    let Ok(own) = originator(ctx, job).await? else {
        return Ok(end(ctx, work.import, State::Done, "forbidden").await?);
    };
    let found = store::find(&ctx.db, work.import).await?;
    let Some(run) = found.filter(|run| run.state == State::Undoing) else { return Ok(()) };
    let problem = match take_back(&own, &run).await {
        Ok(touched) if touched.is_empty() => return Ok(()),
        Ok(mut touched) => {
            let more = touched.len() > NAMED;
            touched.truncate(NAMED);
            format!("touched:{}{}", touched.join(", "), if more { ", \u{2026}" } else { "" })
        }
        Err(AppError::Conflict(_)) => "attached".to_owned(),
        Err(error @ AppError::Unavailable) => return Err(error.into()),
        Err(error) => words::code(&RunError::App(error)),
    };
    let tx = ctx.db.begin().await?;
    store::end(&tx, run.id, State::Done, &problem, run.ended_at.unwrap_or(ctx.now())).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes all of it back in one transaction; answers what was touched since, and then nothing was.
async fn take_back(ctx: &Ctx, run: &Run) -> Result<Vec<String>, AppError> {
    let tx = ctx.db.begin().await?;
    let (mut before, mut touched) = (i64::MAX, Vec::new());
    loop {
        let rows = store::done(&tx, run.id, before, BATCH).await?;
        let Some(last) = rows.last() else { break };
        before = last.position;
        let revised = run.kind != Kind::People;
        let changed: Vec<(Uuid, i64, i64)> = rows
            .iter()
            .filter(|row| revised && !row.before.is_empty())
            .filter_map(|row| Some((row.object_id?, row.was, row.revision + 1)))
            .collect();
        let noted: Vec<Noted> = rows
            .into_iter()
            .filter_map(|row| {
                Some(Noted { id: row.object_id?, number: row.number, revision: row.revision, before: row.before })
            })
            .collect();
        match run.kind {
            Kind::Orders | Kind::OrderLines => touched.extend(undo::take_back(&tx, ctx, &noted).await?),
            Kind::Projects => touched.extend(projects::take_back(&tx, ctx, &noted).await?),
            Kind::ProjectTasks => touched.extend(tasks::take_back(&tx, ctx, &noted).await?),
            Kind::Organisations | Kind::People | Kind::Documents => {
                for row in noted {
                    if !one_back(&tx, ctx, run.kind, &row).await? {
                        touched.push(row.number);
                    }
                }
            }
        }
        if touched.len() > NAMED {
            break;
        }
        if touched.is_empty() && !changed.is_empty() {
            store::renew(&tx, &changed).await?;
        }
    }
    if !touched.is_empty() {
        return Ok(touched);
    }
    store::end(&tx, run.id, State::Undone, "", ctx.now()).await?;
    news::forget(&tx, run.id.0).await?;
    let Counts { created, changed, .. } = run.counts;
    let event = Event::new("import.undo", "import", run.id.0).with("kind", run.kind.name());
    audit::record(&tx, ctx, event.with("created", created).with("changed", changed)).await?;
    tx.commit().await?;
    Ok(touched)
}

/// Takes back what was done to one customer, person or document.
async fn one_back(tx: &Tx, ctx: &Ctx, kind: Kind, row: &Noted) -> Result<bool, AppError> {
    match kind {
        Kind::People => people::take_back(tx, ctx, row.id, &row.before).await,
        Kind::Documents => delete::take_back(tx, ctx, DocumentId(row.id), row.revision).await,
        _ => customers::take_back(tx, ctx, OrganisationId(row.id), row.revision, &row.before).await,
    }
}

/// Forgets files, and later runs, whose time is over.
pub async fn purge(ctx: &Ctx) -> Result<(), AppError> {
    loop {
        let files = store::old_files(&ctx.db, ctx.now().minus(FILES)).await?;
        let tx = ctx.db.begin().await?;
        for (id, key) in &files {
            // Swept with what uploads leave behind.
            documents::insert_pending(&tx, key, ctx.now()).await?;
            store::forget_file(&tx, *id).await?;
        }
        tx.commit().await?;
        if files.is_empty() {
            break;
        }
    }
    loop {
        let runs = store::old_runs(&ctx.db, ctx.now().minus(ROWS)).await?;
        let tx = ctx.db.begin().await?;
        for id in &runs {
            store::delete(&tx, *id).await?;
        }
        tx.commit().await?;
        if runs.is_empty() {
            return Ok(());
        }
    }
}
