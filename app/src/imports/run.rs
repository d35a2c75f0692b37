//! A run: a file, what it is, and whether it is done or only looked at.

use std::collections::HashSet;
use std::path::Path;

use crate::access::{Action, Relation, allow};
use crate::ctx::Ctx;
use crate::db::Tx;
use crate::error::{AppError, FieldErrors};
use crate::orders::input::Input;
use crate::orders::take::{self, Plan};
use crate::organisation::service as organisation;

use super::columns::{Columns, Names};
use super::report::{Entry, Totals};
use super::table::{Row, Table, TableError};
use super::{customers, lines, orders};

/// Rows that are taken at once.
const BATCH: usize = 500;
/// Rows that are looked at to tell how days and numbers are written.
const SAMPLE: usize = 2000;

/// What the rows of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Customers.
    Organisations,
    /// Orders.
    Orders,
    /// Lines of orders.
    OrderLines,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Organisations, Self::Orders, Self::OrderLines];

    /// The name on the command line and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Organisations => "organisations",
            Self::Orders => "orders",
            Self::OrderLines => "order-lines",
        }
    }

    /// The kind with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    const fn names(self) -> (&'static [Names], &'static [&'static str]) {
        match self {
            Self::Organisations => (customers::NAMES, customers::NEEDED),
            Self::Orders => (orders::NAMES, orders::NEEDED),
            Self::OrderLines => (lines::NAMES, lines::NEEDED),
        }
    }
}

/// How a run goes.
#[derive(Clone, Debug)]
pub struct Options {
    /// Nothing is written.
    pub dry_run: bool,
    /// What is wrong is left out; otherwise nothing is done where anything is wrong.
    pub skip_bad: bool,
    /// Of prices that say none.
    pub currency: String,
}

/// Why a run did nothing.
#[derive(Debug)]
pub enum RunError {
    /// The file.
    Table(TableError),
    /// No column is this field.
    Missing(&'static str, Vec<&'static str>),
    /// The portal.
    App(AppError),
}

impl std::fmt::Display for RunError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Table(error) => error.fmt(f),
            Self::Missing(field, names) => write!(f, "no column is the {field}: call it {}", names.join(", ")),
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
    kind: Kind,
    table: Table,
    columns: Columns,
    first: Vec<Row>,
}

impl Ready {
    /// Opens a file and finds its columns.
    pub fn open(kind: Kind, path: &Path) -> Result<Self, RunError> {
        let mut table = Table::open(path)?;
        let (names, needed) = kind.names();
        let mut columns = Columns::find(table.heading(), names);
        for field in needed {
            if !columns.has(field) {
                let known = names.iter().find(|(name, _)| name == field).map(|(_, known)| known.to_vec());
                return Err(RunError::Missing(field, known.unwrap_or_default()));
            }
        }
        let first = table.rows(SAMPLE)?;
        columns.learn(&first);
        Ok(Self { kind, table, columns, first })
    }

    /// Which column is which field.
    pub fn mapping(&self) -> Vec<(&'static str, String)> {
        self.columns.mapping(self.table.heading())
    }

    /// Columns that are not used.
    pub fn unused(&self) -> &[String] {
        self.columns.unused()
    }

    /// The next rows; for lines of orders no order is cut, unless it has more lines than any may have.
    fn next(&mut self) -> Result<Vec<Row>, TableError> {
        let mut rows = std::mem::take(&mut self.first);
        if rows.len() < BATCH {
            rows.extend(self.table.rows(BATCH - rows.len())?);
        }
        if rows.len() > BATCH {
            self.first = rows.split_off(BATCH);
        }
        if self.kind != Kind::OrderLines {
            return Ok(rows);
        }
        let number = |row: &Row| self.columns.get(row, "number").map(str::to_owned);
        let Some(last) = rows.last().and_then(number) else { return Ok(rows) };
        loop {
            if self.first.is_empty() {
                self.first = self.table.rows(BATCH)?;
            }
            let same = self.first.iter().take_while(|row| self.columns.get(row, "number") == Some(&last)).count();
            let more = same == self.first.len() && same > 0 && rows.len() < BATCH + crate::orders::input::LINES;
            rows.extend(self.first.drain(..same));
            if !more {
                return Ok(rows);
            }
        }
    }
}

fn may(ctx: &Ctx, kind: Kind) -> Result<(), AppError> {
    if kind == Kind::Organisations {
        return allow(&ctx.actor, Action::OrganisationManage, Relation::Other, None);
    }
    organisation::require_staff(ctx)?;
    if crate::orders::service::may_manage_any(ctx) || ctx.actor.user_id().is_none() {
        Ok(())
    } else {
        Err(AppError::Forbidden)
    }
}

/// Runs a file. Every row is handed to `seen` as soon as it is known what it does.
pub async fn run(
    ctx: &Ctx,
    mut ready: Ready,
    options: &Options,
    mut seen: impl FnMut(&Entry),
) -> Result<Totals, RunError> {
    may(ctx, ready.kind)?;
    let mut totals = Totals::default();
    let mut known = HashSet::new();
    // One transaction for all, taken back where anything is wrong. A look at orders needs none, and keeps nobody waiting;
    // what a customer would become is found out by making it, and taking it back.
    let look = options.dry_run && ready.kind != Kind::Organisations;
    let whole = if look || (options.skip_bad && !options.dry_run) { None } else { Some(ctx.db.begin().await?) };
    loop {
        let rows = ready.next()?;
        if rows.is_empty() {
            break;
        }
        let entries = match &whole {
            Some(tx) => batch(Some(tx), ctx, &ready, &rows, options, &mut known).await?,
            None if look => batch(None, ctx, &ready, &rows, options, &mut known).await?,
            None => {
                let tx = ctx.db.begin().await?;
                let entries = batch(Some(&tx), ctx, &ready, &rows, options, &mut known).await?;
                tx.commit().await?;
                entries
            }
        };
        for entry in &entries {
            totals.count(entry);
            seen(entry);
        }
    }
    totals.undone = options.dry_run || (!options.skip_bad && totals.rejected > 0);
    if let Some(tx) = whole
        && !totals.undone
    {
        tx.commit().await?;
    }
    Ok(totals)
}

async fn batch(
    tx: Option<&Tx>,
    ctx: &Ctx,
    ready: &Ready,
    rows: &[Row],
    options: &Options,
    known: &mut HashSet<String>,
) -> Result<Vec<Entry>, RunError> {
    let columns = &ready.columns;
    let number = |row: &Row| columns.get(row, "number").unwrap_or_default().to_owned();
    match ready.kind {
        Kind::Organisations => {
            let tx = tx.ok_or(AppError::Internal)?;
            let mut entries = Vec::with_capacity(rows.len());
            for row in rows {
                let outcome = if known.insert(number(row)) {
                    customers::take(tx, ctx, columns, row).await?
                } else {
                    Err(FieldErrors::one("number", ctx.t("orders-error-twice")))
                };
                entries.push(Entry { line: row.line, number: number(row), outcome });
            }
            Ok(entries)
        }
        Kind::Orders => {
            let inputs = rows
                .iter()
                .map(|row| (row.line, number(row), orders::input(ctx, columns, row, &options.currency)))
                .collect();
            taken(tx, ctx, inputs, known).await
        }
        Kind::OrderLines => {
            let groups = rows.chunk_by(|a, b| number(a) == number(b));
            let inputs = groups.filter_map(|group| {
                let first = group.first()?;
                Some((first.line, number(first), lines::input(ctx, columns, group, &options.currency)))
            });
            taken(tx, ctx, inputs.collect(), known).await
        }
    }
}

type Read = (u64, String, Result<Input, FieldErrors>);

async fn taken(
    tx: Option<&Tx>,
    ctx: &Ctx,
    read: Vec<Read>,
    known: &mut HashSet<String>,
) -> Result<Vec<Entry>, RunError> {
    let good: Vec<Input> = read.iter().filter_map(|(_, _, input)| input.as_ref().ok()).cloned().collect();
    let plans = take::plan(&ctx.db, tx, ctx, good, known).await?;
    if let Some(tx) = tx {
        let right: Vec<&Plan> = plans.iter().flatten().collect();
        take::write(tx, ctx, &right).await?;
        take::record(tx, ctx, &right).await?;
    }
    let mut plans = plans.into_iter();
    let entries = read.into_iter().map(|(line, number, input)| {
        let outcome = match input {
            Err(errors) => Err(errors),
            Ok(_) => {
                plans.next().unwrap_or_else(|| Err(FieldErrors::default())).map(|plan| (plan.act, plan.entry.changes))
            }
        };
        Entry { line, number, outcome }
    });
    Ok(entries.collect())
}
