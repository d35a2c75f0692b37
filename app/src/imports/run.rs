//! Running a file: what each of its rows does, and doing it, all or nothing unless one chooses otherwise.

use std::collections::HashSet;
use std::fs::File;
use std::path::Path;

use crate::access::{Action, Relation, allow};
use crate::audit;
use crate::ctx::Ctx;
use crate::documents::service as documents;
use crate::error::AppError;
use crate::news::{self, Together};
use crate::orders::input::{LINES, STEPS};
use crate::projects::input::MILESTONES;
use crate::sign_in::actor;

use super::batch::batch;
use super::bundle::Bundle;
use super::columns::Columns;
use super::json::Parts;
use super::mapping::Mapping;
use super::papers;
use super::record::Record;
use super::report::{Entry, Totals};
use super::table::{Row, Table, TableError};

pub use super::kind::Kind;
pub use super::model::Options;

/// Rows that are taken at once.
const BATCH: usize = 500;
/// Rows that are looked at to tell how days and numbers are written.
pub(super) const SAMPLE: usize = 2000;

/// Why a run did nothing.
#[derive(Debug)]
pub enum RunError {
    /// The file.
    Table(TableError),
    /// No column is this field.
    Missing(&'static str, Vec<&'static str>),
    /// The mapping names a column that the file does not have.
    Column(String),
    /// The portal.
    App(AppError),
}

impl std::fmt::Display for RunError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Table(error) => error.fmt(f),
            Self::Missing(field, names) => write!(f, "no column is the {field}: call it {}", names.join(", ")),
            Self::Column(name) => write!(f, "the mapping wants a column that the file does not have: {name}"),
            Self::App(error) => error.fmt(f),
        }
    }
}

impl From<TableError> for RunError {
    fn from(error: TableError) -> Self {
        Self::Table(error)
    }
}

impl From<AppError> for RunError {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl From<sqlx::Error> for RunError {
    fn from(error: sqlx::Error) -> Self {
        Self::App(error.into())
    }
}

/// A file that is ready to be run: its columns are known.
#[derive(Debug)]
pub struct Ready {
    pub(super) kind: Kind,
    pub(super) table: Table,
    pub(super) columns: Columns,
    pub(super) first: Vec<Row>,
    about: u64,
    pub(super) bundle: Option<Bundle>,
}

/// The rows of a file, and the files that belong to them.
pub(super) struct Opened {
    pub table: Table,
    pub bundle: Option<Bundle>,
}

impl Opened {
    /// Opens a file. `folder`: where the files of documents are, if they are not in it.
    pub fn of(kind: Kind, file: File, folder: Option<&Path>) -> Result<Self, TableError> {
        let (file, bundle) = match (kind, folder) {
            (Kind::Documents, None) => {
                let (bundle, list) = Bundle::zip(file).map_err(|_| TableError::Bundle)?;
                (list, Some(bundle))
            }
            (Kind::Documents, Some(folder)) => (file, Some(Bundle::Folder(folder.canonicalize()?))),
            _ => (file, None),
        };
        Ok(Self { table: Table::of(file, parts(kind))?, bundle })
    }
}

/// The list within each thing of a JSON file that has the rows of a kind.
fn parts(kind: Kind) -> Option<Parts> {
    match kind {
        Kind::OrderLines => Some(Parts { list: "lines", whole: "order", part: "", alone: false }),
        Kind::ProjectTasks => Some(Parts { list: "tasks", whole: "project", part: "", alone: false }),
        Kind::Projects => Some(Parts { list: "milestones", whole: "", part: "milestone", alone: true }),
        Kind::Orders => Some(Parts { list: "steps", whole: "", part: "step", alone: true }),
        _ => None,
    }
}

impl Ready {
    /// Opens a file and finds its columns by their names.
    pub fn open(kind: Kind, path: &Path) -> Result<Self, RunError> {
        let file = File::open(path).map_err(TableError::Io)?;
        Self::of(kind, Opened::of(kind, file, None)?, &Mapping::default())
    }

    /// Finds the columns of a file, as the mapping says.
    pub(super) fn of(kind: Kind, opened: Opened, mapping: &Mapping) -> Result<Self, RunError> {
        let Opened { mut table, bundle } = opened;
        let names = kind.names();
        let mut columns = Columns::of(table.heading(), names, mapping).map_err(RunError::Column)?;
        if let Some(field) = columns.missing(kind.needed()) {
            let known = names.iter().find(|(name, _)| *name == field).map(|(_, known)| known.to_vec());
            return Err(RunError::Missing(field, known.unwrap_or_default()));
        }
        columns.leave_out(table.left_out());
        let first = table.rows(SAMPLE)?;
        columns.learn(&first);
        let about = table.about();
        Ok(Self { kind, table, columns, first, about, bundle })
    }

    /// Which column is which field.
    pub fn mapping(&self) -> Vec<(&'static str, String)> {
        self.columns.mapping(self.table.heading())
    }

    /// Columns that are not used.
    pub fn unused(&self) -> &[String] {
        self.columns.unused()
    }

    /// About how many rows there are.
    pub fn about(&self) -> u64 {
        self.about
    }

    pub(super) fn number(&self, row: &Row) -> String {
        self.columns.get(row, "number").unwrap_or_default().to_owned()
    }

    /// Its rows are steps of orders, and those of an order stand below each other.
    pub(super) fn has_steps(&self) -> bool {
        self.kind == Kind::Orders && self.columns.has("step")
    }

    /// The next rows; no order or project of several rows is cut, unless it has more than any may have.
    fn next(&mut self) -> Result<Vec<Row>, TableError> {
        let mut rows = std::mem::take(&mut self.first);
        if rows.len() < BATCH {
            rows.extend(self.table.rows(BATCH - rows.len())?);
        }
        if rows.len() > BATCH {
            self.first = rows.split_off(BATCH);
        }
        if !self.kind.has_parts() && !self.has_steps() {
            return Ok(rows);
        }
        let most = match self.kind {
            Kind::Projects => MILESTONES,
            Kind::Orders => STEPS,
            _ => LINES,
        };
        let number = |row: &Row| self.columns.get(row, "number").map(str::to_owned);
        let Some(last) = rows.last().and_then(number) else { return Ok(rows) };
        loop {
            if self.first.is_empty() {
                self.first = self.table.rows(BATCH)?;
            }
            let same = self.first.iter().take_while(|row| self.columns.get(row, "number") == Some(&last)).count();
            let more = same == self.first.len() && same > 0 && rows.len() < BATCH + most;
            rows.extend(self.first.drain(..same));
            if !more {
                return Ok(rows);
            }
        }
    }

    /// Goes to where a run was cut off. What stood before is known: it occurs twice when it comes again.
    fn skip(&mut self, done: u64, known: &mut HashSet<String>) -> Result<(), TableError> {
        let mut skipped = 0;
        while skipped < done {
            let rows = self.next()?;
            if rows.is_empty() {
                break;
            }
            skipped += rows.len() as u64;
            for row in &rows {
                known.insert(self.number(row).split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
        Ok(())
    }
}

/// Whether the actor may take in what the rows are; each row is asked about, too.
pub(super) fn may(ctx: &Ctx, kind: Kind) -> Result<(), AppError> {
    match kind {
        Kind::Organisations => return allow(&ctx.actor, Action::OrganisationManage, Relation::Other, None),
        Kind::People => return allow(&ctx.actor, Action::MemberInvite, Relation::Other, None),
        Kind::Documents => return documents::check_creator(ctx),
        Kind::Projects | Kind::ProjectTasks => return may_projects(ctx),
        Kind::Orders | Kind::OrderLines => {}
    }
    if ctx.actor.user_id().is_none() {
        return allow(&ctx.actor, Action::OrderManage, Relation::Other, None);
    }
    if crate::orders::service::may_manage_any(ctx) { Ok(()) } else { Err(AppError::Forbidden) }
}

fn may_projects(ctx: &Ctx) -> Result<(), AppError> {
    if ctx.actor.user_id().is_none() {
        return allow(&ctx.actor, Action::ProjectManage, Relation::Other, None);
    }
    if crate::projects::service::may_manage_any(ctx) { Ok(()) } else { Err(AppError::Forbidden) }
}

/// Runs a file. Every row is handed to `seen` as soon as it is known what it does. `record`: where it is written down.
pub async fn run(
    ctx: &Ctx,
    mut ready: Ready,
    options: &Options,
    mut record: Option<Record>,
    mut seen: impl FnMut(&Entry),
) -> Result<Totals, RunError> {
    may(ctx, ready.kind)?;
    if ready.kind == Kind::Documents {
        return papers::run(ctx, ready, options, record, seen).await;
    }
    let mut totals = record.as_ref().map_or_else(Totals::default, Record::totals);
    let source = record.as_ref().map_or_else(uuid::Uuid::now_v7, Record::source);
    let mut known = HashSet::new();
    if let Some(record) = &record {
        ready.skip(record.done(), &mut known)?;
    }
    // One transaction for all, taken back where anything is wrong. A look at orders needs none, and keeps nobody waiting;
    // what a customer would become is found out by making it, and taking it back.
    let look = options.dry_run && !ready.kind.one_by_one();
    let whole = if look || (options.skip_bad && !options.dry_run) { None } else { Some(ctx.db.begin().await?) };
    if let Some(tx) = &whole {
        // Others record while this goes on.
        tx.hold_events();
    }
    let mut now = ctx.clone();
    loop {
        let rows = ready.next()?;
        if rows.is_empty() {
            break;
        }
        // Rights as they are now: a file may take an hour.
        now = refreshed(&now, ready.kind).await?;
        let together = Together { source, before: totals.created + totals.changed };
        let entries = match &whole {
            Some(tx) => {
                let entries = batch(Some(tx), &now, &ready, &rows, options, together, &mut known).await?;
                if let Some(record) = &mut record {
                    record.note(tx, &entries, &totals, rows.len()).await?;
                    record.beat(&now).await;
                }
                entries
            }
            None if look => batch(None, &now, &ready, &rows, options, together, &mut known).await?,
            None => {
                let tx = ctx.db.begin().await?;
                tx.hold_events();
                let entries = batch(Some(&tx), &now, &ready, &rows, options, together, &mut known).await?;
                if let Some(record) = &mut record {
                    record.note(&tx, &entries, &totals, rows.len()).await?;
                    record.advance(&tx, &now, &entries, &totals).await?;
                }
                audit::release(&tx, &now).await?;
                tx.commit().await?;
                entries
            }
        };
        for entry in &entries {
            totals.count(entry);
            seen(entry);
        }
    }
    now = refreshed(&now, ready.kind).await?;
    totals.undone = options.dry_run || (!options.skip_bad && totals.rejected > 0);
    let tx = match whole {
        Some(tx) if !totals.undone => Some(tx),
        Some(tx) => {
            // Taken back before anything else is written: where only one can write, it would wait for itself.
            drop(tx);
            None
        }
        None if record.is_some() || !totals.undone => Some(ctx.db.begin().await?),
        None => None,
    };
    if let Some(tx) = tx.as_ref().filter(|_| !totals.undone) {
        tx.hold_events();
        news::tell(tx, &now, source).await?;
        audit::release(tx, &now).await?;
    }
    match (record, tx) {
        (Some(record), Some(tx)) => record.finish(tx, &now, ready.kind, &totals).await?,
        (Some(record), None) => record.give_up(&now, &totals).await?,
        (None, Some(tx)) => tx.commit().await?,
        (None, None) => {}
    }
    Ok(totals)
}

/// The same with the rights that whoever asks has by now.
pub(super) async fn refreshed(ctx: &Ctx, kind: Kind) -> Result<Ctx, RunError> {
    if ctx.actor.user_id().is_none() {
        return Ok(ctx.clone());
    }
    let ctx = actor::refreshed(ctx).await?;
    may(&ctx, kind)?;
    Ok(ctx)
}
