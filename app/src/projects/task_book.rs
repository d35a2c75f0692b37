//! The SQL that takes tasks in, hundreds at once: what is there already, and what is to be there.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::access::Granted;
use crate::ctx::Ctx;
use crate::day::Day;
use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::ids::{OrganisationId, ProjectId, TaskId, UserId};
use crate::orders::model::Side;

use super::policy::{Book, Keep};
use super::scope::{Scope, may_see, reaches};
use super::store::ids;

/// Projects in the scope of `$1` to `$3` by their keys, numbers or short names, by way of their ids as in `book.rs`.
macro_rules! places {
    ($named:literal, $taken:literal) => {
        concat!(
            "SELECT j.id, j.organisation_id, j.external_id, j.number, j.slug, j.name, j.closed, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = j.organisation_id) AS assigned \
             FROM projects j WHERE EXISTS (SELECT 1 FROM organisations o WHERE o.id = j.organisation_id AND o.state = 'active') AND j.id IN (SELECT id FROM projects WHERE external_id IN (",
            $named,
            ") UNION SELECT id FROM projects WHERE number IN (",
            $named,
            ") UNION SELECT id FROM projects WHERE slug IN (",
            $named,
            ")) AND ",
            may_see!(),
            " ORDER BY j.slug",
            $taken
        )
    };
}

/// Tasks by project and key, with the address of whoever has them.
macro_rules! there {
    ($keys:literal, $taken:literal) => {
        concat!(
            "SELECT k.id, k.project_id, k.external_id, k.side, k.assignee_id, k.title, k.text, k.due_on, k.done_at, k.done_by, k.revision, a.email AS address FROM ",
            $keys,
            " JOIN project_tasks k ON k.project_id = x.project_id AND k.external_id = x.external_id LEFT JOIN users a ON a.id = k.assignee_id",
            $taken
        )
    };
}

/// Who of the customer has an address and sees the project, which may be about to be made.
macro_rules! customers {
    ($wanted:literal) => {
        concat!(
            "SELECT j.id AS project_id, u.email_key, u.id FROM ", $wanted, " JOIN users u ON u.email_key = j.email_key AND u.state = 'active' \
             JOIN memberships m ON m.user_id = u.id AND m.organisation_id = j.organisation_id AND m.state = 'active' WHERE ", reaches!()
        )
    };
}

macro_rules! standing {
    ($ids:literal, $taken:literal) => {
        concat!(
            "SELECT k.id, k.project_id, j.organisation_id, k.revision, EXISTS (SELECT 1 FROM project_comments c WHERE c.task_id = k.id) AS has_comments, \
             EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $2 AND s.organisation_id = j.organisation_id) AS assigned FROM project_tasks k JOIN projects j ON j.id = k.project_id WHERE k.id ",
            $ids,
            $taken
        )
    };
}

sql! {
    PLACES = sqlite: places!("SELECT value FROM json_each($4)", ""), postgres: places!("SELECT jsonb_array_elements_text($4::text::jsonb)", " FOR UPDATE OF j");
    THERE = sqlite: there!("(SELECT unhex(value ->> 'project_id') AS project_id, value ->> 'external_id' AS external_id FROM json_each($1)) x CROSS", ""),
        postgres: there!("jsonb_to_recordset($1::text::jsonb) AS x (project_id uuid, external_id text)", " FOR UPDATE OF k");
    CUSTOMERS = sqlite: customers!("(SELECT DISTINCT unhex(value ->> 'id') AS id, unhex(value ->> 'organisation_id') AS organisation_id, value ->> 'email_key' AS email_key FROM json_each($1)) j CROSS"),
        postgres: customers!("(SELECT DISTINCT id, organisation_id, email_key FROM jsonb_to_recordset($1::text::jsonb) AS x (id uuid, organisation_id uuid, email_key text)) j");
    STANDING = sqlite: standing!("IN (SELECT unhex(value) FROM json_each($1))", ""), postgres: standing!("= ANY($1)", " FOR UPDATE OF k");
    INSERT = sqlite: "INSERT INTO project_tasks (id, project_id, external_id, side, assignee_id, title, text, due_on, done_at, done_by, created_by, created_at, revision) \
            SELECT unhex(value ->> 'id'), unhex(value ->> 'project_id'), value ->> 'external_id', value ->> 'side', unhex(value ->> 'assignee_id'), value ->> 'title', value ->> 'text', value ->> 'due_on', value ->> 'done_at', unhex(value ->> 'done_by'), $2, $3, 1 FROM json_each($1)",
        postgres: "INSERT INTO project_tasks (id, project_id, external_id, side, assignee_id, title, text, due_on, done_at, done_by, created_by, created_at, revision) \
            SELECT id, project_id, external_id, side, assignee_id, title, text, due_on, done_at, done_by, $2, $3, 1 \
            FROM jsonb_to_recordset($1::text::jsonb) AS x (id uuid, project_id uuid, external_id text, side text, assignee_id uuid, title text, text text, due_on text, done_at bigint, done_by uuid)";
    UPDATE = sqlite: "UPDATE project_tasks SET side = x.side, assignee_id = x.assignee_id, title = x.title, text = x.text, due_on = x.due_on, done_at = x.done_at, done_by = x.done_by, revision = revision + 1 \
            FROM (SELECT unhex(value ->> 'id') AS id, value ->> 'side' AS side, unhex(value ->> 'assignee_id') AS assignee_id, value ->> 'title' AS title, value ->> 'text' AS text, value ->> 'due_on' AS due_on, value ->> 'done_at' AS done_at, unhex(value ->> 'done_by') AS done_by FROM json_each($1)) x WHERE project_tasks.id = x.id",
        postgres: "UPDATE project_tasks SET side = x.side, assignee_id = x.assignee_id, title = x.title, text = x.text, due_on = x.due_on, done_at = x.done_at, done_by = x.done_by, revision = revision + 1 \
            FROM jsonb_to_recordset($1::text::jsonb) AS x (id uuid, side text, assignee_id uuid, title text, text text, due_on text, done_at bigint, done_by uuid) WHERE project_tasks.id = x.id";
    FORGET = sqlite: "DELETE FROM project_tasks WHERE id IN (SELECT unhex(value) FROM json_each($1))", postgres: "DELETE FROM project_tasks WHERE id = ANY($1)";
}

/// A project that tasks name.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Named {
    /// Id.
    pub id: ProjectId,
    /// The customer.
    pub organisation_id: OrganisationId,
    /// The key in the system it comes from.
    pub external_id: Option<String>,
    /// The operator's number.
    pub number: String,
    /// Short name.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// It is over.
    pub closed: bool,
    /// The actor is assigned to the customer.
    pub assigned: bool,
}

/// A task as the tables hold it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct Row {
    /// Id.
    pub id: TaskId,
    /// The project.
    pub project_id: ProjectId,
    /// The key in the system it comes from.
    pub external_id: String,
    /// Whose it is.
    pub side: Side,
    /// Who of that side.
    pub assignee_id: Option<UserId>,
    /// What.
    pub title: String,
    /// More about it.
    pub text: String,
    /// The last day in time.
    pub due_on: Option<Day>,
    /// When it was done, in microseconds.
    pub done_at: Option<i64>,
    /// By whom.
    pub done_by: Option<UserId>,
    /// Raised by every change.
    pub revision: i64,
}

/// A task that is there.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Found {
    /// As the tables hold it.
    #[sqlx(flatten)]
    pub row: Row,
    /// The address of whoever has it.
    pub address: Option<String>,
}

/// How a task stands that an import made or changed.
#[derive(Debug, sqlx::FromRow)]
pub struct Standing {
    /// Id.
    pub id: TaskId,
    /// The project.
    pub project_id: ProjectId,
    /// The customer.
    pub organisation_id: OrganisationId,
    /// Its revision.
    pub revision: i64,
    /// Somebody said something about it.
    pub has_comments: bool,
    /// The actor is assigned to the customer.
    pub assigned: bool,
}

/// A task that is to be written, with the policy's leave.
#[derive(Debug)]
pub struct Entry {
    /// As it is to be.
    pub row: Row,
    /// The leave to keep the projects of this customer.
    pub granted: Granted<Keep, Book>,
}

/// A list as a statement takes it.
fn list(rows: impl Iterator<Item = Json>) -> Value {
    Value::from(Json::from(rows.collect::<Vec<_>>()).to_string())
}

fn hex(id: uuid::Uuid) -> String {
    id.simple().to_string()
}

/// Projects that are called so and that the scope reaches, taken until the transaction ends.
pub async fn places(tx: &Tx, scope: Scope, names: &[&str]) -> DbResult<Vec<Named>> {
    let [a, b, c] = scope.values();
    tx.all(PLACES, [a, b, c, list(names.iter().map(|name| json!(name)))]).await
}

/// What is there under these keys, taken until the transaction ends.
pub async fn there(tx: &Tx, keys: &[(ProjectId, &str)]) -> DbResult<Vec<Found>> {
    let row = |(project, key): &(ProjectId, &str)| json!({"project_id": hex(project.0), "external_id": key});
    tx.all(THERE, [list(keys.iter().map(row))]).await
}

/// A project, its customer, and the address of somebody who may belong to that.
pub type Addressed = (ProjectId, OrganisationId, String);

/// Who of customers has which of these addresses, by project; only who sees it.
pub async fn customers(db: &Db, wanted: &[Addressed]) -> DbResult<Vec<(ProjectId, String, UserId)>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let row = |(project, customer, address): &Addressed| {
        let (id, organisation_id) = (hex(project.0), hex(customer.0));
        json!({"id": id, "organisation_id": organisation_id, "email_key": address})
    };
    db.all(CUSTOMERS, [list(wanted.iter().map(row))]).await
}

/// How these stand, taken until the transaction ends.
pub async fn standing(tx: &Tx, of: Vec<uuid::Uuid>, person: UserId) -> DbResult<Vec<Standing>> {
    tx.all(STANDING, [ids(of), person.into()]).await
}

fn rows(entries: &[&Entry]) -> Value {
    let id = |id: Option<UserId>| id.map(|id| hex(id.0));
    list(entries.iter().map(|Entry { row, .. }| {
        json!({
            "id": hex(row.id.0), "project_id": hex(row.project_id.0), "external_id": row.external_id, "side": row.side.name(), "assignee_id": id(row.assignee_id),
            "title": row.title, "text": row.text, "due_on": row.due_on, "done_at": row.done_at, "done_by": id(row.done_by),
        })
    }))
}

/// Writes tasks: some new, some different. Two statements, however many there are.
pub async fn write(tx: &Tx, ctx: &Ctx, new: &[&Entry], changed: &[&Entry]) -> DbResult<()> {
    if !new.is_empty() {
        tx.execute(INSERT, args![rows(new), ctx.actor.user_id(), ctx.now()]).await?;
    }
    if !changed.is_empty() {
        tx.execute(UPDATE, [rows(changed)]).await?;
    }
    Ok(())
}

/// Forgets tasks of which nothing else knows.
pub async fn forget(tx: &Tx, of: Vec<uuid::Uuid>, _: &[Granted<Keep, Book>]) -> DbResult<()> {
    tx.execute(FORGET, [ids(of)]).await.map(|_| ())
}
