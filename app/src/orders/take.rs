//! Taking orders in: one from a form, hundreds from the API or an import, all by the same rules. First what each of them
//! would do, then the writing.

use std::collections::{HashMap, HashSet};

use crate::access::grant;
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Db, Tx, is_unique_violation};
use crate::error::{AppError, FieldErrors};
use crate::idempotency;
use crate::ids::{OrderId, OrganisationId, ProjectId, UserId};
use crate::news::{self, About, Piece, Together};
use crate::sign_in::service::email_key;
use crate::validity::service::today;

use super::book::{self, Called, Customer, Entry};
use super::check::check;
use super::diff::{self, Row};
use super::input::{Act, Change, Input, STEPS};
use super::model::{Line, Order, Status, Step};
use super::policy::{Book, Keep};
use super::scope::Scope;
use super::store;

/// What one order as sent would do, or why it cannot.
#[derive(Debug)]
pub struct Plan {
    /// What it would do.
    pub act: Act,
    /// The order.
    pub entry: Entry,
    /// What it was, where it changes.
    pub before: Option<Before>,
}

/// An order before it changes, as far as it does.
#[derive(Debug)]
pub struct Before {
    /// Its row.
    pub row: Row,
    /// Its lines, where there are others now.
    pub lines: Option<Vec<Line>>,
    /// Its steps, where there are others now.
    pub steps: Option<Vec<Step>>,
}

/// What is known about the orders of one batch.
struct Known {
    rows: Vec<Row>,
    by_key: HashMap<String, usize>,
    by_number: HashMap<String, usize>,
    customers: Vec<Customer>,
    by_name: HashMap<String, usize>,
    projects: HashSet<(ProjectId, OrganisationId)>,
    called: Vec<Called>,
    buyers: HashSet<(UserId, OrganisationId)>,
    members: HashMap<(String, OrganisationId), UserId>,
    lines: HashMap<OrderId, Vec<Line>>,
    steps: HashMap<OrderId, Vec<Step>>,
    statuses: Vec<Status>,
}

impl Known {
    async fn read(
        db: &Db,
        tx: Option<&Tx>,
        ctx: &Ctx,
        inputs: &[Input],
        statuses: Vec<Status>,
    ) -> Result<Self, AppError> {
        let mut keys: Vec<&str> =
            inputs.iter().flat_map(|input| input.external_id.as_deref().into_iter().chain([&*input.number])).collect();
        keys.sort_unstable();
        keys.dedup();
        let meant = inputs.iter().find_map(|input| input.meant);
        let rows = match tx {
            Some(tx) => book::there(tx, &keys, meant).await?,
            None => book::seen(db, &keys).await?,
        };
        let names: Vec<&str> = inputs.iter().filter_map(|input| input.organisation.as_deref()).collect();
        let mut ids: Vec<uuid::Uuid> = names.iter().filter_map(|name| name.parse().ok()).collect();
        ids.extend(rows.iter().map(|row| row.organisation_id.0));
        let customers = book::customers(db, Scope::of(&ctx.actor)?, &names, ids).await?;
        let projects = inputs.iter().filter_map(|input| input.project.flatten()).map(|id| id.0).collect();
        let buyers = inputs.iter().filter_map(|input| input.buyer.flatten()).map(|id| id.0).collect();
        let called: Vec<&str> = inputs.iter().filter_map(|input| input.project_named.as_ref()?.as_deref()).collect();
        let addressed: Vec<String> =
            inputs.iter().filter_map(|input| input.buyer_named.as_ref()?.as_deref()).map(email_key).collect();
        let addressed: Vec<&str> = addressed.iter().map(String::as_str).collect();
        let members = book::members(db, &addressed).await?;
        let place = |of: fn(&Row) -> Option<&String>| {
            let keyed = rows.iter().enumerate().filter_map(|(at, row)| Some((of(row)?.clone(), at)));
            keyed.collect::<HashMap<_, _>>()
        };
        let (by_key, by_number) = (place(|row| row.external_id.as_ref()), place(|row| Some(&row.number)));
        // A number counts before a short name, and both before an id.
        let mut by_name = HashMap::new();
        for name in [|c: &Customer| c.number.clone(), |c: &Customer| c.slug.clone(), |c: &Customer| c.id.to_string()] {
            for (at, customer) in customers.iter().enumerate() {
                by_name.entry(name(customer)).or_insert(at);
            }
        }
        let there: Vec<OrderId> = rows.iter().map(|row| row.id).collect();
        let mut known = Self {
            projects: book::projects(db, projects).await?.into_iter().collect(),
            called: book::called(db, &called).await?,
            buyers: book::buyers(db, buyers).await?.into_iter().collect(),
            members: members.into_iter().map(|(key, user, whose)| ((key, whose), user)).collect(),
            lines: HashMap::new(),
            steps: HashMap::new(),
            rows,
            by_key,
            by_number,
            customers,
            by_name,
            statuses,
        };
        if inputs.iter().any(|input| input.lines.is_some()) {
            for of in book::lines(db, &there).await? {
                known.lines.entry(of.order_id).or_default().push(of.part);
            }
        }
        if inputs.iter().any(|input| input.steps.is_some() || input.current.is_some()) {
            for of in book::steps(db, &there).await? {
                known.steps.entry(of.order_id).or_default().push(of.part);
            }
        }
        Ok(known)
    }

    fn customer(&self, name: &str) -> Option<&Customer> {
        self.customers.get(*self.by_name.get(name)?)
    }

    /// The project of a customer that is called so: by its key, by its number where no other of theirs has it, by its short
    /// name, by its id.
    fn project(&self, customer: OrganisationId, name: &str) -> Option<ProjectId> {
        let theirs = || self.called.iter().filter(|project| project.organisation_id == customer);
        let by_key = theirs().find(|project| project.external_id.as_deref() == Some(name));
        let mut numbered = theirs().filter(|project| project.number == name);
        let by_number = numbered.next().filter(|_| numbered.next().is_none());
        let by_name = || theirs().find(|project| project.slug == name || project.id.to_string() == name);
        by_key.or(by_number).or_else(by_name).map(|project| project.id)
    }

    /// What is named of the project and of whoever ordered, as the ids that are meant.
    fn resolve(&self, ctx: &Ctx, customer: OrganisationId, input: &mut Input, errors: &mut FieldErrors) {
        match input.project_named.take() {
            Some(Some(name)) => match self.project(customer, &name) {
                Some(id) => input.project = Some(Some(id)),
                None => errors.add("project", ctx.t("orders-error-project")),
            },
            Some(None) => input.project = Some(None),
            None => {}
        }
        match input.buyer_named.take() {
            Some(Some(address)) => match self.members.get(&(email_key(&address), customer)) {
                Some(id) => input.buyer = Some(Some(*id)),
                None => errors.add("buyer", ctx.t("orders-error-buyer")),
            },
            Some(None) => input.buyer = Some(None),
            None => {}
        }
    }

    /// Every step of an order that says only which one it is at.
    fn advance(&self, ctx: &Ctx, found: Option<&Row>, input: &mut Input, errors: &mut FieldErrors) {
        let Some(current) = input.current.take() else { return };
        let old = found.and_then(|row| self.steps.get(&row.id)).map(Vec::as_slice).unwrap_or_default();
        let steps = diff::advance(old, &current, today(ctx));
        if steps.len() > STEPS {
            errors.add("current_step", ctx.with("orders-error-many", &[("max", STEPS.into())]));
        }
        input.steps = Some(steps);
    }

    /// The order that is meant, or the one that has the number already.
    fn find(&self, input: &Input) -> (Option<&Row>, bool) {
        if let Some(meant) = input.meant {
            let taken = |row: &&Row| {
                row.number == input.number || (input.external_id.is_some() && row.external_id == input.external_id)
            };
            return (
                self.rows.iter().find(|row| row.id == meant),
                self.rows.iter().any(|row| row.id != meant && taken(&row)),
            );
        }
        // A number is a number: that another system calls some other order so does not make it that one.
        let by_key = input.external_id.as_ref().and_then(|id| self.by_key.get(id)).and_then(|at| self.rows.get(*at));
        let by_number = self.by_number.get(&input.number).and_then(|at| self.rows.get(*at));
        match (by_key, by_number) {
            (Some(row), None) => (Some(row), false),
            (Some(row), Some(other)) => (Some(row), row.id != other.id),
            // The number is its key, or is it from now on.
            (None, Some(row)) => (Some(row), row.external_id.is_some() && input.external_id.is_some()),
            (None, None) => (None, false),
        }
    }
}

/// What orders would do, in the order they were sent. `seen` holds what came before them in the same file.
pub async fn plan(
    db: &Db,
    tx: Option<&Tx>,
    ctx: &Ctx,
    mut inputs: Vec<Input>,
    seen: &mut HashSet<String>,
) -> Result<Vec<Result<Plan, FieldErrors>>, AppError> {
    // Within a transaction all is read from it: what it has written counts.
    let db: &Db = tx.map_or(db, |tx| tx);
    let statuses = match tx {
        Some(tx) => store::statuses_held(tx).await?,
        None => store::statuses(db).await?,
    };
    let wrong: Vec<FieldErrors> = inputs.iter_mut().map(|input| check(ctx, input, &statuses)).collect();
    let known = Known::read(db, tx, ctx, &inputs, statuses).await?;
    let mut plans = Vec::with_capacity(inputs.len());
    for (input, mut errors) in inputs.into_iter().zip(wrong) {
        let key = input.external_id.as_ref().map(|id| format!("\0{id}"));
        let twice = !seen.insert(input.number.clone()) | key.is_some_and(|key| !seen.insert(key));
        if twice && !input.number.is_empty() {
            errors.add("number", ctx.t("orders-error-twice"));
        }
        plans.push(one(ctx, &known, input, errors)?);
    }
    Ok(plans)
}

fn one(
    ctx: &Ctx,
    known: &Known,
    mut input: Input,
    mut errors: FieldErrors,
) -> Result<Result<Plan, FieldErrors>, AppError> {
    let (found, taken) = known.find(&input);
    let customer = match (&input.organisation, found) {
        (Some(name), _) => known.customer(name),
        (None, Some(row)) => known.customers.iter().find(|customer| customer.id == row.organisation_id),
        (None, None) => None,
    };
    let Some(customer) = customer else {
        let key =
            if input.organisation.is_some() { "orders-error-organisation" } else { "orders-error-no-organisation" };
        errors.add("organisation", ctx.t(key));
        return Ok(Err(errors));
    };
    // Whose it is does not change, and nobody learns whose it is.
    if taken || found.is_some_and(|row| row.organisation_id != customer.id) {
        errors.add("number", ctx.t("orders-error-taken"));
        return Ok(Err(errors));
    }
    let book = Book { organisation_id: customer.id, assigned: customer.assigned };
    let granted = match grant::<Keep, _>(&ctx.actor, book) {
        Ok(granted) => granted,
        Err(AppError::Forbidden) => {
            errors.add("organisation", ctx.t("orders-error-rights"));
            return Ok(Err(errors));
        }
        Err(error) => return Err(error),
    };
    if input.project.flatten().is_some_and(|id| !known.projects.contains(&(id, customer.id))) {
        errors.add("project_id", ctx.t("orders-error-project"));
    }
    if input.buyer.flatten().is_some_and(|id| !known.buyers.contains(&(id, customer.id))) {
        errors.add("buyer_id", ctx.t("orders-error-buyer"));
    }
    known.resolve(ctx, customer.id, &mut input, &mut errors);
    known.advance(ctx, found, &mut input, &mut errors);
    // Amounts are written in the smallest parts of a currency: with another one, all of them must come anew.
    if let (Some(row), Some(currency)) = (found, &input.currency)
        && !row.currency.is_empty()
        && row.currency != *currency
        && (input.currency_assumed || input.lines.is_none())
    {
        errors.add("currency", ctx.with("orders-error-other-currency", &[("currency", row.currency.clone().into())]));
    }
    if let (Some(row), Some(revision)) = (found, input.revision)
        && row.revision != revision
    {
        return Err(AppError::Stale);
    }
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    sum(&mut input);
    Ok(Ok(difference(ctx, known, input, found, customer.id, granted)))
}

/// The total of an order whose lines all have an amount, where none is said.
fn sum(input: &mut Input) {
    if input.total.is_some() {
        return;
    }
    if let Some(lines) = &input.lines {
        let amounts: Option<Vec<i64>> = lines.iter().map(|line| line.amount).collect();
        if let Some(amounts) = amounts.filter(|amounts| !amounts.is_empty()) {
            input.total = Some(amounts.iter().try_fold(0_i64, |sum, amount| sum.checked_add(*amount)));
        }
    }
}

fn difference(
    ctx: &Ctx,
    known: &Known,
    mut input: Input,
    found: Option<&Row>,
    customer: OrganisationId,
    granted: crate::access::Granted<Keep, Book>,
) -> Plan {
    let day = input.ordered_on.unwrap_or_else(|| today(ctx));
    let before = found.cloned().unwrap_or_else(|| Row::new(OrderId::new(), customer, &input, day));
    if input.status.is_none() {
        let (after, _) = diff::apply(before.clone(), &input, &known.statuses);
        // Staff may have said something else about it: that stays.
        if found.is_none() || before.status == diff::usual_status(&before, &known.statuses) {
            input.status = Some(diff::usual_status(&after, &known.statuses));
        }
    }
    let (row, mut changes) = diff::apply(before, &input, &known.statuses);
    let id = row.id;
    let empty = (Vec::new(), Vec::new());
    let old_lines = known.lines.get(&id).unwrap_or(&empty.0);
    let old_steps = known.steps.get(&id).unwrap_or(&empty.1);
    let lines = input.lines.filter(|new| found.is_none() || new != old_lines);
    let steps = input.steps.filter(|new| found.is_none() || new != old_steps);
    changes.extend(lines.as_ref().and_then(|new| diff::rows("lines", old_lines, new)));
    changes.extend(steps.as_ref().and_then(|new| diff::rows("steps", old_steps, new)));
    let act = match found {
        None => Act::Create,
        Some(_) if changes.is_empty() => Act::Unchanged,
        Some(_) => Act::Change,
    };
    let before = found.filter(|_| act == Act::Change).map(|row| Before {
        row: row.clone(),
        lines: lines.is_some().then(|| old_lines.clone()),
        steps: steps.is_some().then(|| old_steps.clone()),
    });
    Plan { act, entry: Entry { row, changes, lines, steps, reason: input.reason, granted }, before }
}

/// Writes what is planned, in the transaction it was planned in.
pub async fn write(tx: &Tx, ctx: &Ctx, plans: &[&Plan]) -> Result<(), AppError> {
    let of = |act| plans.iter().filter(|plan| plan.act == act).map(|plan| &plan.entry).collect::<Vec<_>>();
    match book::write(tx, &of(Act::Create), &of(Act::Change), ctx.actor.user_id(), ctx.now()).await {
        // Two at once: whoever comes second finds the orders of the first.
        Err(error) if is_unique_violation(&error) => Err(AppError::Conflict(ctx.t("orders-error-at-once").to_owned())),
        other => Ok(other?),
    }
}

/// What became of one order of several.
#[derive(Debug)]
pub struct Taken {
    /// What it did.
    pub act: Act,
    /// The order.
    pub id: OrderId,
    /// What it changed.
    pub changes: Vec<Change>,
}

/// Takes several orders in at once; those that are wrong are left out, with the reason for each.
pub async fn take(ctx: &Ctx, inputs: Vec<Input>) -> Result<Vec<Result<Taken, FieldErrors>>, AppError> {
    let tx = ctx.db.begin().await?;
    let plans = plan(&ctx.db, Some(&tx), ctx, inputs, &mut HashSet::new()).await?;
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
        Self { act: plan.act, id: plan.entry.row.id, changes: plan.entry.changes }
    }
}

/// One line in the trail for each order where there are few, one for all of them where there are many: what changed in
/// each stands in its history. Then they are counted, and customers are told when all have come ([`news::tell`]).
pub async fn record(tx: &Tx, ctx: &Ctx, plans: &[&Plan], together: Together) -> Result<(), AppError> {
    let done: Vec<&Plan> = plans.iter().copied().filter(|plan| plan.act != Act::Unchanged).collect();
    if done.is_empty() {
        return Ok(());
    }
    if together.is_many(done.len()) {
        let new = done.iter().filter(|plan| plan.act == Act::Create).count();
        let pieces: Vec<Piece> = done.iter().filter_map(|plan| piece(plan)).collect();
        news::count(tx, together.source, About::Orders, &pieces, ctx.now()).await?;
        let event = Event::new("order.import", "order", uuid::Uuid::nil());
        audit::record(tx, ctx, event.with("created", new).with("changed", done.len() - new)).await?;
        return Ok(());
    }
    for plan in done {
        let fields: Vec<&str> = plan.entry.changes.iter().map(|change| change.field).collect();
        let id = plan.entry.row.id.0;
        let event = match plan.act {
            Act::Create => Event::new("order.create", "order", id),
            Act::Change | Act::Unchanged => Event::new("order.edit", "order", id),
        };
        let event = event
            .organisation(plan.entry.row.organisation_id)
            .with("number", &plan.entry.row.number)
            .with("fields", fields.join(" "));
        audit::record(tx, ctx, event).await?;
    }
    Ok(())
}

/// What an order is of many; none where nobody is told of it.
fn piece(plan: &Plan) -> Option<Piece> {
    let is_new = news::is_new(plan.act, plan.entry.changes.iter().map(|change| change.field))?;
    let row = &plan.entry.row;
    Some(Piece { organisation: row.organisation_id, buyer: row.buyer_id, project: row.project_id, is_new })
}

async fn take_one(ctx: &Ctx, input: Input, only: impl Fn(&Plan) -> bool) -> Result<OrderId, AppError> {
    let tx = ctx.db.begin().await?;
    let mut plans = plan(&ctx.db, Some(&tx), ctx, vec![input], &mut HashSet::new()).await?;
    let plan = plans.pop().ok_or(AppError::Internal)?.map_err(AppError::Invalid)?;
    if !only(&plan) {
        return Err(AppError::Invalid(FieldErrors::one("number", ctx.t("orders-error-taken"))));
    }
    let id = plan.entry.row.id;
    idempotency::claim(&tx, ctx, id.0, 0).await?;
    write(&tx, ctx, &[&plan]).await?;
    record(&tx, ctx, &[&plan], Together::begun()).await?;
    tx.commit().await?;
    Ok(id)
}

/// Takes one new order in. The same request again finds what the first made.
pub async fn create(ctx: &Ctx, input: Input) -> Result<OrderId, AppError> {
    let before = async || Ok::<_, AppError>(idempotency::replay(&ctx.db, ctx).await?.map(|(id, _)| OrderId(id)));
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

/// Changes one order, also its number; `input.revision` says as of when it was read.
pub async fn change(ctx: &Ctx, order: &Order, mut input: Input) -> Result<OrderId, AppError> {
    input.meant = Some(order.id);
    take_one(ctx, input, |plan| plan.entry.row.id == order.id).await
}
