//! Taking projects in: one from a form, hundreds from the API or an import, all by the same rules. First what each of them
//! would do, then the writing.

use std::collections::{HashMap, HashSet};

use crate::access::{Granted, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::day::Day;
use crate::db::{Tx, is_unique_violation};
use crate::error::{AppError, FieldErrors};
use crate::idempotency;
use crate::ids::{OrganisationId, ProjectId};
use crate::news::{self, About, Piece, Together};
use crate::orders::input::Act;
use crate::orders::model::Status;
use crate::validity::service::today;

use super::book::{self, Customer, Entry};
use super::check::check;
use super::diff::{self, Row};
use super::input::{Change, Input};
use super::model::{Milestone, Project};
use super::next;
use super::policy::{Book, Keep};
use super::scope::Scope;
use super::task_take::{Place, Sent};
use super::{store, task_take, words};

/// What one project as sent would do, or why it cannot.
#[derive(Debug)]
pub struct Plan {
    /// What it would do.
    pub act: Act,
    /// The project.
    pub entry: Entry,
    /// What it was, where it changes.
    pub before: Option<Before>,
    /// Its tasks that were sent with it.
    pub tasks: Vec<task_take::Plan>,
}

/// A project before it changes, as far as it does.
#[derive(Debug)]
pub struct Before {
    /// Its row.
    pub row: Row,
    /// Its milestones, where there are others now.
    pub milestones: Option<Vec<Milestone>>,
}

/// What is known about the projects of one batch.
struct Known {
    rows: Vec<Row>,
    customers: Vec<Customer>,
    by_name: HashMap<String, usize>,
    leads: HashSet<uuid::Uuid>,
    milestones: HashMap<ProjectId, Vec<Milestone>>,
    next: next::Known,
    statuses: Vec<Status>,
}

impl Known {
    async fn read(tx: &Tx, ctx: &Ctx, inputs: &[Input], statuses: Vec<Status>) -> Result<Self, AppError> {
        let keys = |input: &Input| {
            let number = input.number.clone().filter(|number| input.by_number && !number.is_empty());
            [input.external_id.clone(), Some(input.slug.clone()).filter(|slug| !slug.is_empty()), number]
        };
        let mut keys: Vec<String> = inputs.iter().flat_map(keys).flatten().collect();
        keys.sort_unstable();
        keys.dedup();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let rows = book::there(tx, &keys, inputs.iter().find_map(|input| input.meant)).await?;
        let names: Vec<&str> = inputs.iter().filter_map(|input| input.organisation.as_deref()).collect();
        let mut ids: Vec<uuid::Uuid> = names.iter().filter_map(|name| name.parse().ok()).collect();
        ids.extend(rows.iter().map(|row| row.organisation_id.0));
        let customers = book::customers(tx, Scope::of(&ctx.actor)?, &names, ids).await?;
        // A number counts before a short name, and both before an id.
        let mut by_name = HashMap::new();
        for name in [|c: &Customer| c.number.clone(), |c: &Customer| c.slug.clone(), |c: &Customer| c.id.to_string()] {
            for (at, customer) in customers.iter().enumerate() {
                by_name.entry(name(customer)).or_insert(at);
            }
        }
        let leads = inputs.iter().filter_map(|input| input.lead.flatten()).map(|id| id.0).collect();
        let there: Vec<ProjectId> = rows.iter().map(|row| row.id).collect();
        let mut milestones: HashMap<ProjectId, Vec<Milestone>> = HashMap::new();
        for of in book::milestones(tx, &there).await? {
            milestones.entry(of.project_id).or_default().push(of.milestone);
        }
        Ok(Self {
            leads: book::leads(tx, leads).await?.into_iter().map(|(id,)| id.0).collect(),
            next: next::Known::read(tx, &there).await?,
            rows,
            customers,
            by_name,
            milestones,
            statuses,
        })
    }

    fn customer(&self, name: &str) -> Option<&Customer> {
        self.customers.get(*self.by_name.get(name)?)
    }

    /// The one project of a customer that has the number, and no key of another system.
    fn numbered(&self, input: &Input) -> Option<&Row> {
        let number = input.number.as_deref().filter(|number| input.by_number && !number.is_empty())?;
        let customer = self.customer(input.organisation.as_deref()?)?.id;
        let mut rows = self
            .rows
            .iter()
            .filter(|row| row.number == number && row.organisation_id == customer && row.external_id.is_none());
        rows.next().filter(|_| rows.next().is_none())
    }

    /// The project that is meant, or the one that has the key or the short name; and whether either is another's.
    fn find(&self, input: &Input) -> (Option<&Row>, bool) {
        let has_slug = |row: &&Row| !input.slug.is_empty() && row.slug == input.slug;
        let has_key = |row: &&Row| input.external_id.is_some() && row.external_id == input.external_id;
        if let Some(meant) = input.meant {
            let taken = self.rows.iter().any(|row| row.id != meant && (has_slug(&row) || has_key(&row)));
            return (self.rows.iter().find(|row| row.id == meant), taken);
        }
        match (self.rows.iter().find(has_key), self.rows.iter().find(has_slug)) {
            (Some(row), Some(other)) => (Some(row), row.id != other.id),
            (Some(row), None) => (Some(row), false),
            // Two systems do not share a project.
            (None, Some(row)) => (Some(row), row.external_id.is_some() && input.external_id.is_some()),
            (None, None) => (self.numbered(input), false),
        }
    }
}

/// What projects would do, in the order they were sent. `seen` holds what came before them in the same file.
pub async fn plan(
    tx: &Tx,
    ctx: &Ctx,
    mut inputs: Vec<Input>,
    seen: &mut HashSet<String>,
) -> Result<Vec<Result<Plan, FieldErrors>>, AppError> {
    let statuses = store::statuses_held(tx).await?;
    let wrong: Vec<FieldErrors> = inputs.iter_mut().map(|input| check(ctx, input, &statuses)).collect();
    let tasks: Vec<Vec<Sent>> = inputs.iter_mut().map(|input| std::mem::take(&mut input.tasks)).collect();
    let known = Known::read(tx, ctx, &inputs, statuses).await?;
    let mut plans = Vec::with_capacity(inputs.len());
    for (input, mut errors) in inputs.into_iter().zip(wrong) {
        let names = [
            (!input.slug.is_empty()).then(|| format!("\u{1}{}", input.slug)),
            input.external_id.as_ref().map(|id| format!("\0{id}")),
        ];
        // Every name is noted, whatever became of the first.
        let twice = names.into_iter().flatten().filter(|name| !seen.insert(name.clone())).count() > 0;
        if twice {
            errors.add("slug", ctx.t("projects-error-twice"));
        }
        plans.push(one(ctx, &known, input, errors)?);
    }
    plan_tasks(tx, ctx, &mut plans, tasks).await?;
    Ok(plans)
}

/// What the tasks would do that were sent with projects. What is wrong with one of them is wrong with its project.
async fn plan_tasks(
    tx: &Tx,
    ctx: &Ctx,
    plans: &mut [Result<Plan, FieldErrors>],
    sent: Vec<Vec<Sent>>,
) -> Result<(), AppError> {
    let (mut whose, mut all) = (Vec::new(), Vec::new());
    for (at, (plan, tasks)) in plans.iter().zip(sent).enumerate() {
        let Ok(Plan { entry: Entry { row, granted, .. }, .. }) = plan else { continue };
        let place = Place { id: row.id, name: row.name.clone(), closed: row.closed, book: granted.row().clone() };
        for task in tasks {
            whose.push((at, task.external_id.clone()));
            all.push((place.clone(), task));
        }
    }
    if all.is_empty() {
        return Ok(());
    }
    let planned = task_take::plan(tx, ctx, all, &mut HashSet::new()).await?;
    for ((at, key), outcome) in whose.into_iter().zip(planned) {
        let Some(plan) = plans.get_mut(at) else { continue };
        match (plan, outcome) {
            (Ok(plan), Ok(task)) => plan.tasks.push(task),
            (plan, Err(wrong)) => {
                let mut errors = std::mem::replace(plan, Err(FieldErrors::default())).err().unwrap_or_default();
                wrong.iter().for_each(|(_, why)| errors.add("tasks", format!("{key}: {why}")));
                *plan = Err(errors);
            }
            (Err(_), Ok(_)) => {}
        }
    }
    Ok(())
}

fn one(ctx: &Ctx, known: &Known, input: Input, mut errors: FieldErrors) -> Result<Result<Plan, FieldErrors>, AppError> {
    let (found, taken) = known.find(&input);
    let customer = match (&input.organisation, found) {
        (Some(name), _) => known.customer(name),
        (None, Some(row)) => known.customers.iter().find(|customer| customer.id == row.organisation_id),
        (None, None) => None,
    };
    let Some(customer) = customer else {
        let key =
            if input.organisation.is_some() { "orders-error-organisation" } else { "projects-error-no-organisation" };
        errors.add("organisation", ctx.t(key));
        return Ok(Err(errors));
    };
    // Whose it is does not change, and nobody learns whose it is.
    if taken || found.is_some_and(|row| row.organisation_id != customer.id) {
        errors.add("slug", ctx.t("projects-error-taken"));
        return Ok(Err(errors));
    }
    let book = Book { organisation_id: customer.id, assigned: customer.assigned };
    let granted = match grant::<Keep, _>(&ctx.actor, book) {
        Ok(granted) => granted,
        Err(AppError::Forbidden) => {
            errors.add("organisation", ctx.t("projects-error-rights"));
            return Ok(Err(errors));
        }
        Err(error) => return Err(error),
    };
    if found.is_none() && input.name.is_none() {
        errors.add("name", ctx.t("projects-error-name"));
    }
    if input.lead.flatten().is_some_and(|id| !known.leads.contains(&id.0)) {
        errors.add("lead_id", ctx.t("projects-error-lead"));
    }
    if let (Some(row), Some(revision)) = (found, input.revision)
        && row.revision != revision
    {
        return Err(AppError::Stale);
    }
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    Ok(Ok(difference(ctx, known, input, found, customer.id, granted)))
}

/// The short name of a new project for which none is said: from its title, with a part of its id.
fn named(input: &Input, id: ProjectId) -> String {
    let made = words::slug(input.name.as_deref().unwrap_or_default());
    let tail: String = id.0.simple().to_string().chars().rev().take(6).collect();
    let base: String = if made.is_empty() { "project".to_owned() } else { made.chars().take(53).collect() };
    format!("{}-{tail}", base.trim_matches('-'))
}

fn difference(
    ctx: &Ctx,
    known: &Known,
    mut input: Input,
    found: Option<&Row>,
    customer: OrganisationId,
    granted: Granted<Keep, Book>,
) -> Plan {
    let before = found.cloned().unwrap_or_else(|| {
        let id = ProjectId::new();
        Row::new(id, customer, named(&input, id))
    });
    if found.is_none() && input.status.is_none() {
        let first = known.statuses.iter().find(|status| !status.is_final).or(known.statuses.first());
        input.status = first.map(|status| status.key.clone());
    }
    let (mut row, mut changes) = diff::apply(before, &input, &known.statuses, today(ctx));
    let old = known.milestones.get(&row.id).map(Vec::as_slice).unwrap_or_default();
    let milestones = input.milestones.filter(|new| found.is_none() || new.as_slice() != old);
    changes.extend(milestones.as_ref().map(|new| diff::milestones(old, new)).unwrap_or_default());
    let next = known.next.of(row.id, milestones.as_deref());
    if !row.closed {
        row.sort_on = next.day.or(row.due_on).unwrap_or(Day::LAST);
    }
    let act = match found {
        None => Act::Create,
        Some(_) if changes.is_empty() => Act::Unchanged,
        Some(_) => Act::Change,
    };
    let before = found
        .filter(|_| act == Act::Change)
        .map(|row| Before { row: row.clone(), milestones: milestones.is_some().then(|| old.to_vec()) });
    let entry = Entry { row, changes, milestones, next, reason: input.reason, granted };
    Plan { act, entry, before, tasks: Vec::new() }
}

/// Writes what is planned, in the transaction it was planned in.
pub async fn write(tx: &Tx, ctx: &Ctx, plans: &[&Plan]) -> Result<(), AppError> {
    let of = |act| plans.iter().filter(|plan| plan.act == act).map(|plan| &plan.entry).collect::<Vec<_>>();
    match book::write(tx, &of(Act::Create), &of(Act::Change), ctx.actor.user_id(), ctx.now()).await {
        // Two at once: whoever comes second finds the projects of the first.
        Err(error) if is_unique_violation(&error) => {
            return Err(AppError::Conflict(ctx.t("projects-error-at-once").to_owned()));
        }
        other => other?,
    }
    task_take::write(tx, ctx, &tasks_of(plans)).await
}

fn tasks_of<'a>(plans: &[&'a Plan]) -> Vec<&'a task_take::Plan> {
    plans.iter().copied().flat_map(|plan| &plan.tasks).collect()
}

/// What became of one project of several.
#[derive(Debug)]
pub struct Taken {
    /// What it did.
    pub act: Act,
    /// The project.
    pub id: ProjectId,
    /// What it changed.
    pub changes: Vec<Change>,
}

/// Takes several projects in at once; those that are wrong are left out, with the reason for each.
pub async fn take(ctx: &Ctx, inputs: Vec<Input>) -> Result<Vec<Result<Taken, FieldErrors>>, AppError> {
    let tx = ctx.db.begin().await?;
    let plans = plan(&tx, ctx, inputs, &mut HashSet::new()).await?;
    let good: Vec<&Plan> = plans.iter().flatten().collect();
    write(&tx, ctx, &good).await?;
    let together = Together::begun();
    record(&tx, ctx, &good, together).await?;
    news::tell(&tx, ctx, together.source).await?;
    tx.commit().await?;
    Ok(plans.into_iter().map(|plan| plan.map(Taken::from)).collect())
}

impl From<Plan> for Taken {
    fn from(plan: Plan) -> Self {
        let mut changes = if plan.act == Act::Create { Vec::new() } else { plan.entry.changes };
        changes.extend(plan.tasks.into_iter().filter_map(|task| task.told().filter(|_| plan.act != Act::Create)));
        let act = if plan.act == Act::Unchanged && !changes.is_empty() { Act::Change } else { plan.act };
        Self { act, id: plan.entry.row.id, changes }
    }
}

/// One line in the trail for each project where there are few, one for all of them where there are many: what changed in
/// each stands in its history. Then they are counted, and customers are told when all have come ([`news::tell`]).
pub async fn record(tx: &Tx, ctx: &Ctx, plans: &[&Plan], together: Together) -> Result<(), AppError> {
    record_projects(tx, ctx, plans, together).await?;
    task_take::record(tx, ctx, &tasks_of(plans), 0).await
}

async fn record_projects(tx: &Tx, ctx: &Ctx, plans: &[&Plan], together: Together) -> Result<(), AppError> {
    let done: Vec<&Plan> = plans.iter().copied().filter(|plan| plan.act != Act::Unchanged).collect();
    if done.is_empty() {
        return Ok(());
    }
    if together.is_many(done.len()) {
        let new = done.iter().filter(|plan| plan.act == Act::Create).count();
        let pieces: Vec<Piece> = done.iter().filter_map(|plan| piece(plan)).collect();
        news::count(tx, together.source, About::Projects, &pieces, ctx.now()).await?;
        let event = Event::new("project.import", "project", uuid::Uuid::nil());
        audit::record(tx, ctx, event.with("created", new).with("changed", done.len() - new)).await?;
        return Ok(());
    }
    for plan in done {
        let mut fields: Vec<&str> = plan.entry.changes.iter().map(|change| change.field).collect();
        fields.dedup();
        let id = plan.entry.row.id.0;
        let event = match plan.act {
            Act::Create => Event::new("project.create", "project", id),
            Act::Change | Act::Unchanged => Event::new("project.edit", "project", id),
        };
        let event = event.organisation(plan.entry.row.organisation_id).with("fields", fields.join(" "));
        audit::record(tx, ctx, event).await?;
    }
    Ok(())
}

/// What a project is of many; none where nobody is told of it.
fn piece(plan: &Plan) -> Option<Piece> {
    let is_new = news::is_new(plan.act, plan.entry.changes.iter().map(|change| change.field))?;
    let row = &plan.entry.row;
    Some(Piece { organisation: row.organisation_id, buyer: None, project: Some(row.id), is_new })
}

async fn take_one(ctx: &Ctx, input: Input, only: impl Fn(&Plan) -> bool) -> Result<ProjectId, AppError> {
    let tx = ctx.db.begin().await?;
    let mut plans = plan(&tx, ctx, vec![input], &mut HashSet::new()).await?;
    let plan = plans.pop().ok_or(AppError::Internal)?.map_err(AppError::Invalid)?;
    if !only(&plan) {
        return Err(AppError::Invalid(FieldErrors::one("slug", ctx.t("projects-error-taken"))));
    }
    let id = plan.entry.row.id;
    idempotency::claim(&tx, ctx, id.0, 0).await?;
    write(&tx, ctx, &[&plan]).await?;
    record(&tx, ctx, &[&plan], Together::begun()).await?;
    tx.commit().await?;
    Ok(id)
}

/// Takes one new project in. The same request again finds what the first made.
pub async fn create(ctx: &Ctx, input: Input) -> Result<ProjectId, AppError> {
    let before = async || Ok::<_, AppError>(idempotency::replay(&ctx.db, ctx).await?.map(|(id, _)| ProjectId(id)));
    if let Some(id) = before().await? {
        return Ok(id);
    }
    match take_one(ctx, input, |plan| plan.act == Act::Create).await {
        // Whoever was faster with the same request has made it.
        Err(AppError::Conflict(text)) => before().await?.ok_or(AppError::Conflict(text)),
        Err(AppError::Invalid(errors)) => before().await?.ok_or(AppError::Invalid(errors)),
        other => other,
    }
}

/// Changes one project, also its short name; `input.revision` says as of when it was read.
pub async fn change(ctx: &Ctx, project: &Project, mut input: Input) -> Result<ProjectId, AppError> {
    input.meant = Some(project.id);
    take_one(ctx, input, |plan| plan.entry.row.id == project.id).await
}
