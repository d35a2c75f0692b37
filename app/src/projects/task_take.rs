//! Taking in tasks that another system keeps, from an import or with their projects: found again by their key there, so that
//! the same twice changes nothing. Tasks that are not named stay as they are, and what is done stays done.

use std::collections::{BTreeSet, HashMap, HashSet};

use uuid::Uuid;

use crate::access::{Granted, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::day::Day;
use crate::db::{Tx, is_unique_violation};
use crate::error::{AppError, FieldErrors};
use crate::ids::{ProjectId, TaskId, UserId};
use crate::orders::input::{Act, Change};
use crate::orders::model::Side;
use crate::sign_in::service::email_key;
use crate::validity::service::today;

use super::diff::day;
use super::input::{Change as Told, SHORT};
use super::people::staff_addressed;
use super::policy::{Book, Keep};
use super::scope::Scope;
use super::task_book::{self as book, Addressed, Entry, Found, Row};
use super::tell::{self, Why};
use super::{next, words};

/// More tasks than this that come together are one line in the trail, and nobody is told of each.
const FEW: u64 = 20;

/// A task as another system sends it. `None`: not said, and so not changed.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// The key in the system it comes from, unique in its project.
    pub external_id: String,
    /// What. Needed for a task that is not there yet.
    pub title: Option<String>,
    /// More about it.
    pub text: Option<String>,
    /// Whose it is. Needed for a task that is not there yet.
    pub side: Option<Side>,
    /// The address of who of that side has it; empty: whoever of them is on the project.
    pub assignee: Option<String>,
    /// The last day in time.
    pub due_on: Option<Option<Day>>,
    /// It is done, since this day.
    pub done_on: Option<Day>,
}

/// The project that a task is of.
#[derive(Clone, Debug)]
pub struct Place {
    /// Id.
    pub id: ProjectId,
    /// What it is called.
    pub name: String,
    /// It is over.
    pub closed: bool,
    /// Whose projects it is one of.
    pub book: Book,
}

/// What one task as sent would do.
#[derive(Debug)]
pub struct Plan {
    /// What it would do.
    pub act: Act,
    /// The task.
    pub entry: Entry,
    /// What it was, where it changes.
    pub before: Option<Row>,
    /// What changes; of a new one nothing.
    pub changes: Vec<Change>,
    place: Place,
}

impl Plan {
    /// What changes, told of its project; nothing where nothing does.
    pub fn told(self) -> Option<Told> {
        let Self { act, entry: Entry { row: Row { external_id: key, title, .. }, .. }, changes, .. } = self;
        let lines = |text: fn(&Change) -> &String| {
            let said = changes.iter().filter(|change| !text(change).is_empty());
            said.map(|change| format!("{key} {}: {}", change.field, text(change))).collect::<Vec<_>>().join("; ")
        };
        let (old, new) = match act {
            Act::Unchanged => return None,
            Act::Create => (String::new(), format!("{key}: {title}")),
            Act::Change => (lines(|change| &change.old), lines(|change| &change.new)),
        };
        Some(Told { field: "tasks", subject: String::new(), old, new })
    }
}

/// The projects that the actor sees and that are called so: by key, by number where no other has it, by short name.
pub async fn places(tx: &Tx, ctx: &Ctx, names: &BTreeSet<&str>) -> Result<HashMap<String, Place>, AppError> {
    // Many have no number.
    let names: Vec<&str> = names.iter().copied().filter(|name| !name.is_empty()).collect();
    let known = book::places(tx, Scope::of(&ctx.actor)?, &names).await?;
    let mut places = HashMap::new();
    for name in names {
        let by_key = known.iter().find(|project| project.external_id.as_deref() == Some(name));
        let mut numbered = known.iter().filter(|project| project.number == name);
        let by_number = numbered.next().filter(|_| numbered.next().is_none());
        let meant = by_key.or(by_number).or_else(|| known.iter().find(|project| project.slug == name));
        if let Some(project) = meant {
            let book = Book { organisation_id: project.organisation_id, assigned: project.assigned };
            let place = Place { id: project.id, name: project.name.clone(), closed: project.closed, book };
            places.insert(name.to_owned(), place);
        }
    }
    Ok(places)
}

/// Puts the texts in order and says what is wrong.
fn check(ctx: &Ctx, task: &mut Sent) -> FieldErrors {
    let mut errors = FieldErrors::default();
    task.external_id = words::line(&task.external_id);
    if task.external_id.is_empty() {
        errors.add("external_id", ctx.t("projects-error-task-key"));
    }
    words::long(ctx, "external_id", &task.external_id, SHORT, &mut errors);
    if let Some(title) = &mut task.title {
        *title = words::title(ctx, "title", title, "projects-error-task", &mut errors);
    }
    if let Some(text) = &mut task.text {
        *text = words::text(ctx, "text", text, &mut errors);
    }
    task.assignee = task.assignee.take().map(|address| address.trim().to_owned());
    if task.side == Some(Side::Nobody) {
        errors.add("side", ctx.t("orders-error-acts"));
    }
    if task.done_on.is_some_and(|day| day > today(ctx)) {
        errors.add("done", ctx.t("projects-error-future"));
    }
    errors
}

/// What is known about the tasks of one batch.
struct Known {
    there: HashMap<(ProjectId, String), Found>,
    staff: HashMap<String, UserId>,
    customers: HashMap<(ProjectId, String), UserId>,
}

impl Known {
    async fn read(tx: &Tx, sent: &[(Place, Sent)]) -> Result<Self, AppError> {
        let keys: Vec<(ProjectId, &str)> =
            sent.iter().map(|(place, task)| (place.id, task.external_id.as_str())).collect();
        let there = book::there(tx, &keys).await?;
        let addressed: Vec<Addressed> = sent
            .iter()
            .filter_map(|(place, task)| Some((place, task.assignee.as_deref().filter(|text| !text.is_empty())?)))
            .map(|(place, address)| (place.id, place.book.organisation_id, email_key(address)))
            .collect();
        let customers = book::customers(tx, &addressed).await?;
        let staff = staff_addressed(tx, &addressed.into_iter().map(|(.., address)| address).collect()).await?;
        Ok(Self {
            there: there.into_iter().map(|one| ((one.row.project_id, one.row.external_id.clone()), one)).collect(),
            staff,
            customers: customers.into_iter().map(|(project, address, user)| ((project, address), user)).collect(),
        })
    }

    /// Who of a side has an address; only who sees the project.
    fn person(&self, project: ProjectId, side: Side, address: &str) -> Option<UserId> {
        let address = email_key(address);
        match side {
            Side::Customer => self.customers.get(&(project, address)).copied(),
            Side::House | Side::Nobody => self.staff.get(&address).copied(),
        }
    }
}

/// What tasks would do, in the order they were sent. `seen` holds what came before them in the same file.
pub async fn plan(
    tx: &Tx,
    ctx: &Ctx,
    mut sent: Vec<(Place, Sent)>,
    seen: &mut HashSet<String>,
) -> Result<Vec<Result<Plan, FieldErrors>>, AppError> {
    let wrong: Vec<FieldErrors> = sent.iter_mut().map(|(_, task)| check(ctx, task)).collect();
    let known = Known::read(tx, &sent).await?;
    let mut plans = Vec::with_capacity(sent.len());
    for ((place, task), mut errors) in sent.into_iter().zip(wrong) {
        if !task.external_id.is_empty() && !seen.insert(format!("{} {}", place.id, task.external_id)) {
            errors.add("external_id", ctx.t("projects-error-task-twice"));
        }
        let granted = match grant::<Keep, _>(&ctx.actor, place.book.clone()) {
            Ok(granted) => granted,
            Err(AppError::Forbidden) => {
                plans.push(Err(FieldErrors::one("number", ctx.t("projects-error-rights"))));
                continue;
            }
            Err(error) => return Err(error),
        };
        plans.push(one(ctx, &known, place, task, errors, granted));
    }
    Ok(plans)
}

fn one(
    ctx: &Ctx,
    known: &Known,
    place: Place,
    task: Sent,
    mut errors: FieldErrors,
    granted: Granted<Keep, Book>,
) -> Result<Plan, FieldErrors> {
    let found = known.there.get(&(place.id, task.external_id.clone()));
    let before = found.map(|found| found.row.clone());
    if before.is_none() && task.title.is_none() {
        errors.add("title", ctx.t("projects-error-task"));
    }
    let side = task.side.or(before.as_ref().map(|row| row.side));
    if side.is_none() {
        errors.add("side", ctx.t("orders-error-acts"));
    }
    let said = task.assignee.as_deref().filter(|address| !address.is_empty());
    let person = said.zip(side).map(|(address, side)| known.person(place.id, side, address));
    if person == Some(None) {
        errors.add("assignee", ctx.t("projects-error-assignee"));
    }
    let (Some(side), true) = (side, errors.is_empty()) else { return Err(errors) };
    let mut row = before.clone().unwrap_or_else(|| Row {
        id: TaskId::new(),
        project_id: place.id,
        external_id: task.external_id.clone(),
        side,
        assignee_id: None,
        title: String::new(),
        text: String::new(),
        due_on: None,
        done_at: None,
        done_by: None,
        revision: 0,
    });
    let mut changes = Vec::new();
    let mut note = |field, old: String, new: String| changes.push(Change { field, old, new });
    for (field, place, said) in [("title", &mut row.title, task.title), ("text", &mut row.text, task.text)] {
        if let Some(said) = said.filter(|said| *said != *place) {
            note(field, place.clone(), said.clone());
            *place = said;
        }
    }
    // Whoever has it of one side does not have it of the other.
    let gone = row.side != side && task.assignee.is_none();
    if row.side != side {
        note("side", row.side.name().to_owned(), side.name().to_owned());
        row.side = side;
    }
    let assignee = if task.assignee.is_some() || gone { person.flatten() } else { row.assignee_id };
    if row.assignee_id != assignee {
        let old = found.and_then(|found| found.address.clone()).unwrap_or_default();
        note("assignee", old, said.unwrap_or_default().to_owned());
        row.assignee_id = assignee;
    }
    if let Some(due_on) = task.due_on.filter(|due_on| *due_on != row.due_on) {
        note("due_on", day(row.due_on), day(due_on));
        row.due_on = due_on;
    }
    if let Some(done_on) = task.done_on.filter(|_| row.done_at.is_none()) {
        note("done", String::new(), done_on.to_string());
        row.done_at = Some(instant(ctx, done_on));
        row.done_by = ctx.actor.user_id();
    }
    let act = match &before {
        None => Act::Create,
        Some(_) if changes.is_empty() => Act::Unchanged,
        Some(_) => Act::Change,
    };
    if act == Act::Create {
        changes.clear();
    }
    Ok(Plan { act, entry: Entry { row, granted }, before: before.filter(|_| act == Act::Change), changes, place })
}

/// When something was done of which only the day is known: now, or at noon.
fn instant(ctx: &Ctx, day: Day) -> i64 {
    let noon = day.date().at(12, 0, 0, 0).to_zoned(ctx.portal.zone.clone()).map(|at| at.timestamp().as_microsecond());
    noon.ok().filter(|_| day < today(ctx)).unwrap_or(ctx.now().0)
}

/// Writes what is planned, in the transaction it was planned in and after the projects, and what comes next in those.
pub async fn write(tx: &Tx, ctx: &Ctx, plans: &[&Plan]) -> Result<(), AppError> {
    let of = |act| plans.iter().filter(|plan| plan.act == act).map(|plan| &plan.entry).collect::<Vec<_>>();
    let (new, changed) = (of(Act::Create), of(Act::Change));
    match book::write(tx, ctx, &new, &changed).await {
        // Two at once: whoever comes second finds the tasks of the first.
        Err(error) if is_unique_violation(&error) => {
            return Err(AppError::Conflict(ctx.t("projects-error-at-once").to_owned()));
        }
        other => other?,
    }
    let projects: BTreeSet<ProjectId> = new.iter().chain(&changed).map(|entry| entry.row.project_id).collect();
    Ok(next::settle_all(tx, ctx, &projects.into_iter().collect::<Vec<_>>()).await?)
}

/// Where there are few: lines in the trail for each task, and whoever it is for is told, as by any other way. Where there are
/// many: one line for all of them, and they stand in the inboxes of whoever they are for. `before`: so many came with them
/// already.
pub async fn record(tx: &Tx, ctx: &Ctx, plans: &[&Plan], before: u64) -> Result<(), AppError> {
    let done: Vec<&Plan> = plans.iter().copied().filter(|plan| plan.act != Act::Unchanged).collect();
    if done.is_empty() {
        return Ok(());
    }
    if before + done.len() as u64 > FEW {
        let new = done.iter().filter(|plan| plan.act == Act::Create).count();
        let event = Event::new("project.tasks_import", "project", Uuid::nil());
        audit::record(tx, ctx, event.with("created", new).with("changed", done.len() - new)).await?;
        return Ok(());
    }
    for plan in done {
        record_one(tx, ctx, plan).await?;
    }
    Ok(())
}

async fn record_one(tx: &Tx, ctx: &Ctx, plan: &Plan) -> Result<(), AppError> {
    let Plan { act, entry: Entry { row, granted }, before, changes, place } = plan;
    let (project, customer) = (place.id, granted.row().organisation_id);
    let mut events = Vec::new();
    if *act == Act::Create {
        events.push(Event::new("project.task", "project", project.0).with("side", row.side.name()));
    } else if changes.iter().any(|change| change.field != "done") {
        events.push(Event::new("project.task_edit", "project", project.0));
    }
    let ticked = row.done_at.is_some() && before.as_ref().is_none_or(|before| before.done_at.is_none());
    if ticked {
        events.push(Event::new("project.task_done", "project", project.0));
    }
    for event in events {
        audit::record(tx, ctx, event.organisation(customer).with("task", row.id)).await?;
    }
    if place.closed {
        return Ok(());
    }
    if ticked && before.is_some() {
        return tell::done(tx, ctx, row.id, project, customer).await;
    }
    let others = before.as_ref().is_none_or(|old| (old.side, old.assignee_id) != (row.side, row.assignee_id));
    if others && row.done_at.is_none() {
        let (title, due_on) = (row.title.as_str(), row.due_on);
        let told = tell::Told { id: row.id, project, project_name: &place.name, side: row.side, title, due_on };
        return tell::task(tx, ctx, told, Why::Asked).await;
    }
    Ok(())
}
