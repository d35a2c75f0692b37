//! Some rows of a file at once: what each of them does, and doing it.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::ctx::Ctx;
use crate::db::Tx;
use crate::error::{AppError, FieldErrors};
use crate::money;
use crate::news::Together;
use crate::orders::input::Input;
use crate::orders::take::{self, Plan};
use crate::orders::undo::noted;
use crate::projects::{take as project_take, task_take};

use super::kind::Kind;
use super::model::Options;
use super::report::{Done, Entry};
use super::run::{Ready, RunError};
use super::table::Row;
use super::words::fits;
use super::{customers, lines, orders, people, projects, tasks};

/// Takes rows in, or says only what they would do.
pub(super) async fn batch(
    tx: Option<&Tx>,
    ctx: &Ctx,
    ready: &Ready,
    rows: &[Row],
    options: &Options,
    together: Together,
    known: &mut HashSet<String>,
) -> Result<Vec<Entry>, RunError> {
    let columns = &ready.columns;
    let number = |row: &Row| ready.number(row);
    match ready.kind {
        // Each is a transaction of its own.
        Kind::Documents => Err(AppError::Internal.into()),
        Kind::Organisations => {
            let tx = tx.ok_or(AppError::Internal)?;
            let mut entries = Vec::with_capacity(rows.len());
            for row in rows {
                let outcome = if let Err(errors) = fits(ctx, std::slice::from_ref(row)) {
                    Err(errors)
                } else if known.insert(number(row)) {
                    customers::take(tx, ctx, columns, row).await?
                } else {
                    Err(FieldErrors::one("number", ctx.t("orders-error-twice")))
                };
                entries.push(Entry { line: row.line, number: number(row), outcome });
            }
            Ok(entries)
        }
        Kind::People => {
            let tx = tx.ok_or(AppError::Internal)?;
            let mut entries = Vec::with_capacity(rows.len());
            for row in rows {
                let customer = columns.get(row, "organisation").unwrap_or_default();
                // Somebody may belong to several customers.
                let outcome = if let Err(errors) = fits(ctx, std::slice::from_ref(row)) {
                    Err(errors)
                } else if known.insert(format!("{} {customer}", number(row).to_lowercase())) {
                    people::take(tx, ctx, columns, row, options.invite).await?
                } else {
                    Err(FieldErrors::one("number", ctx.t("imports-error-twice")))
                };
                entries.push(Entry { line: row.line, number: number(row), outcome });
            }
            Ok(entries)
        }
        Kind::Orders | Kind::OrderLines => {
            let (lines, steps) = (ready.kind == Kind::OrderLines, ready.has_steps());
            let groups = rows.chunk_by(|a, b| (lines || (steps && !number(a).is_empty())) && number(a) == number(b));
            let input = if lines { lines::input } else { orders::input };
            let read = groups.filter_map(|group| {
                let first = group.first()?;
                let input = fits(ctx, group).and_then(|()| input(ctx, columns, group, &options.currency));
                Some((first.line, number(first), input))
            });
            taken(tx, ctx, read.collect(), together, known).await
        }
        Kind::Projects => taken_projects(tx.ok_or(AppError::Internal)?, ctx, ready, rows, together, known).await,
        Kind::ProjectTasks => {
            taken_tasks(tx.ok_or(AppError::Internal)?, ctx, ready, rows, together.before, known).await
        }
    }
}

type Read<T> = (u64, String, Result<T, FieldErrors>);

/// What was understood of rows.
fn understood<T: Clone>(read: &[Read<T>]) -> Vec<T> {
    read.iter().filter_map(|(.., input)| input.as_ref().ok()).cloned().collect()
}

/// What became of rows: of those that were understood what was planned, in their order.
fn entries<T, P>(
    read: Vec<Read<T>>,
    plans: Vec<Result<P, FieldErrors>>,
    done: impl Fn(P) -> Result<Done, AppError>,
) -> Result<Vec<Entry>, RunError> {
    let mut plans = plans.into_iter();
    let entries = read.into_iter().map(|(line, number, input)| {
        let planned = input.and_then(|_| plans.next().unwrap_or_else(|| Err(FieldErrors::default())));
        let outcome = match planned {
            Ok(plan) => Ok(done(plan)?),
            Err(errors) => Err(errors),
        };
        Ok::<_, RunError>(Entry { line, number, outcome })
    });
    entries.collect()
}

/// Takes projects in. Without a column of milestones each row is a project of its own.
async fn taken_projects(
    tx: &Tx,
    ctx: &Ctx,
    ready: &Ready,
    rows: &[Row],
    together: Together,
    known: &mut HashSet<String>,
) -> Result<Vec<Entry>, RunError> {
    let columns = &ready.columns;
    let staff = projects::staff(tx, columns, rows).await?;
    let has_parts = columns.has("milestone");
    let mut read = Vec::with_capacity(rows.len());
    for group in rows.chunk_by(|a, b| has_parts && ready.number(a) == ready.number(b)) {
        let Some(first) = group.first() else { continue };
        let number = ready.number(first);
        let key = number.split_whitespace().collect::<Vec<_>>().join(" ");
        let input = if let Err(errors) = fits(ctx, group) {
            Err(errors)
        } else if key.is_empty() || known.insert(key) {
            projects::input(ctx, columns, group, &staff)
        } else {
            Err(FieldErrors::one("number", ctx.t("projects-error-twice")))
        };
        read.push((first.line, number, input));
    }
    let plans = project_take::plan(tx, ctx, understood(&read), known).await?;
    let right: Vec<&project_take::Plan> = plans.iter().flatten().collect();
    project_take::write(tx, ctx, &right).await?;
    project_take::record(tx, ctx, &right, together).await?;
    entries(read, plans, projects::done)
}

/// Takes tasks in: a row for each, in any order. `before`: so many came in the same file already.
async fn taken_tasks(
    tx: &Tx,
    ctx: &Ctx,
    ready: &Ready,
    rows: &[Row],
    before: u64,
    known: &mut HashSet<String>,
) -> Result<Vec<Entry>, RunError> {
    let columns = &ready.columns;
    let names: BTreeSet<&str> = rows.iter().filter_map(|row| columns.get(row, "number")).collect();
    let places = task_take::places(tx, ctx, &names).await?;
    let mut read = Vec::with_capacity(rows.len());
    for row in rows {
        let name = ready.number(row);
        let unknown = || FieldErrors::one("number", ctx.t("projects-error-none"));
        let input = fits(ctx, std::slice::from_ref(row))
            .and_then(|()| tasks::input(ctx, columns, row))
            .and_then(|task| Ok((places.get(&name).cloned().ok_or_else(unknown)?, task)));
        let number = format!("{name} / {}", columns.get(row, "external_id").unwrap_or_default());
        read.push((row.line, number, input));
    }
    let plans = task_take::plan(tx, ctx, understood(&read), known).await?;
    let right: Vec<&task_take::Plan> = plans.iter().flatten().collect();
    task_take::write(tx, ctx, &right).await?;
    task_take::record(tx, ctx, &right, before).await?;
    entries(read, plans, tasks::done)
}

async fn taken(
    tx: Option<&Tx>,
    ctx: &Ctx,
    read: Vec<Read<Input>>,
    together: Together,
    known: &mut HashSet<String>,
) -> Result<Vec<Entry>, RunError> {
    let plans = take::plan(&ctx.db, tx, ctx, understood(&read), known).await?;
    if let Some(tx) = tx {
        let right: Vec<&Plan> = plans.iter().flatten().collect();
        take::write(tx, ctx, &right).await?;
        take::record(tx, ctx, &right, together).await?;
    }
    let names = orders::names(tx.map_or(&ctx.db, |tx| tx), plans.iter().flatten()).await?;
    entries(read, plans, |plan| Ok(done(plan, &names)))
}

fn done(mut plan: Plan, names: &HashMap<String, String>) -> Done {
    let before = noted(&plan);
    let was = plan.before.as_ref().map_or(&plan.entry.row.currency, |before| &before.row.currency);
    let (old_digits, new_digits) = (money::digits(was), money::digits(&plan.entry.row.currency));
    let amount =
        |text: &str, digits| text.parse().map_or_else(|_| text.to_owned(), |value| money::plain(value, digits));
    let mut changes = std::mem::take(&mut plan.entry.changes);
    changes.iter_mut().for_each(|change| orders::told(change, &plan, names));
    // As people write it, and not in cents.
    for change in changes.iter_mut().filter(|change| change.field == "total") {
        change.old = amount(&change.old, old_digits);
        change.new = amount(&change.new, new_digits);
    }
    Done { act: plan.act, object: Some(plan.entry.row.id.0), revision: plan.entry.row.revision + 1, changes, before }
}
