//! The SQL that takes projects in, hundreds at once: what is there already, and what is to be there.

use serde_json::{Value as Json, json};

use crate::access::Granted;
use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::ids::{OrganisationId, ProjectId, UserId};
use crate::time::Instant;

use super::diff::Row;
use super::input::Change;
use super::model::Milestone;
use super::next::Next;
use super::policy::{Book, Keep};
use super::scope::Scope;
use super::store::ids;

/// Projects by their keys, short names or numbers, by way of their ids: asked for one or the other, SQLite reads every one there is.
macro_rules! there {
    ($keys:literal, $meant:literal, $taken:literal) => {
        concat!(
            "SELECT j.id, j.organisation_id, j.slug, j.number, j.external_id, j.name, j.summary, j.status, j.closed, j.lead_id, j.starts_on, j.due_on, j.done_on, j.sort_on, j.revision \
             FROM projects j WHERE j.id IN (SELECT id FROM projects WHERE external_id IN (",
            $keys,
            ") UNION SELECT id FROM projects WHERE slug IN (",
            $keys,
            ") UNION SELECT id FROM projects WHERE number IN (",
            $keys,
            ") UNION SELECT ",
            $meant,
            ") ORDER BY j.slug",
            $taken
        )
    };
}

/// Customers in the scope of `$1` to `$3`, by what they are called (`$4`) or by id (`$5`).
macro_rules! books {
    ($named:literal, $ids:literal) => {
        concat!(
            "SELECT o.id, o.number, o.slug, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = o.id) AS assigned FROM organisations o \
             WHERE o.state = 'active' AND o.id IN (SELECT id FROM organisations WHERE number IN (", $named, ") UNION SELECT id FROM organisations WHERE slug IN (", $named, ") UNION ", $ids,
            ") AND ($3 OR ($2 AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = o.id)))"
        )
    };
}

sql! {
    THERE = sqlite: there!("SELECT value FROM json_each($1)", "$2", ""), postgres: there!("SELECT jsonb_array_elements_text($1::text::jsonb)", "CAST($2 AS uuid)", " FOR UPDATE");
    BOOKS = sqlite: books!("SELECT value FROM json_each($4)", "SELECT unhex(value) FROM json_each($5)"),
        postgres: books!("SELECT jsonb_array_elements_text($4::text::jsonb)", "SELECT unnest(CAST($5 AS uuid[]))");
    LEADS = sqlite: "SELECT id FROM users WHERE staff_role IS NOT NULL AND state = 'active' AND id IN (SELECT unhex(value) FROM json_each($1))", postgres: "SELECT id FROM users WHERE staff_role IS NOT NULL AND state = 'active' AND id = ANY($1)";
    MILESTONES = sqlite: "SELECT project_id, position, title, expected_on, done_on FROM project_milestones WHERE project_id IN (SELECT unhex(value) FROM json_each($1)) ORDER BY project_id, position",
        postgres: "SELECT project_id, position, title, expected_on, done_on FROM project_milestones WHERE project_id = ANY($1) ORDER BY project_id, position";
    INSERT = sqlite: "INSERT INTO projects (id, organisation_id, slug, number, external_id, name, summary, status, closed, lead_id, starts_on, due_on, done_on, next_step, next_on, next_acts, sort_on, created_at, changed_at, revision) \
            SELECT unhex(value ->> 'id'), unhex(value ->> 'organisation_id'), value ->> 'slug', value ->> 'number', value ->> 'external_id', value ->> 'name', value ->> 'summary', value ->> 'status', value ->> 'closed', unhex(value ->> 'lead_id'), \
            value ->> 'starts_on', value ->> 'due_on', value ->> 'done_on', value ->> 'next_step', value ->> 'next_on', value ->> 'next_acts', value ->> 'sort_on', $2, $2, 1 FROM json_each($1) ORDER BY value ->> 'slug'",
        postgres: "INSERT INTO projects (id, organisation_id, slug, number, external_id, name, summary, status, closed, lead_id, starts_on, due_on, done_on, next_step, next_on, next_acts, sort_on, created_at, changed_at, revision) \
            SELECT id, organisation_id, slug, number, external_id, name, summary, status, closed, lead_id, starts_on, due_on, done_on, next_step, next_on, next_acts, sort_on, $2, $2, 1 \
            FROM jsonb_to_recordset($1::text::jsonb) AS x (id uuid, organisation_id uuid, slug text, number text, external_id text, name text, summary text, status text, closed boolean, lead_id uuid, starts_on text, due_on text, done_on text, next_step text, next_on text, next_acts text, sort_on text) ORDER BY slug";
    UPDATE = sqlite: "UPDATE projects SET slug = x.slug, number = x.number, external_id = x.external_id, name = x.name, summary = x.summary, status = x.status, closed = x.closed, lead_id = x.lead_id, starts_on = x.starts_on, due_on = x.due_on, done_on = x.done_on, \
            next_step = x.next_step, next_on = x.next_on, next_acts = x.next_acts, sort_on = x.sort_on, changed_at = $2, revision = revision + 1 \
            FROM (SELECT unhex(value ->> 'id') AS id, value ->> 'slug' AS slug, value ->> 'number' AS number, value ->> 'external_id' AS external_id, value ->> 'name' AS name, value ->> 'summary' AS summary, value ->> 'status' AS status, value ->> 'closed' AS closed, unhex(value ->> 'lead_id') AS lead_id, \
            value ->> 'starts_on' AS starts_on, value ->> 'due_on' AS due_on, value ->> 'done_on' AS done_on, value ->> 'next_step' AS next_step, value ->> 'next_on' AS next_on, value ->> 'next_acts' AS next_acts, value ->> 'sort_on' AS sort_on FROM json_each($1)) x WHERE projects.id = x.id",
        postgres: "UPDATE projects SET slug = x.slug, number = x.number, external_id = x.external_id, name = x.name, summary = x.summary, status = x.status, closed = x.closed, lead_id = x.lead_id, starts_on = x.starts_on, due_on = x.due_on, done_on = x.done_on, \
            next_step = x.next_step, next_on = x.next_on, next_acts = x.next_acts, sort_on = x.sort_on, changed_at = $2, revision = revision + 1 \
            FROM jsonb_to_recordset($1::text::jsonb) AS x (id uuid, slug text, number text, external_id text, name text, summary text, status text, closed boolean, lead_id uuid, starts_on text, due_on text, done_on text, next_step text, next_on text, next_acts text, sort_on text) WHERE projects.id = x.id";
    DELETE_MILESTONES = sqlite: "DELETE FROM project_milestones WHERE project_id IN (SELECT unhex(value) FROM json_each($1))", postgres: "DELETE FROM project_milestones WHERE project_id = ANY($1)";
    INSERT_MILESTONES = sqlite: "INSERT INTO project_milestones (project_id, position, title, expected_on, done_on) SELECT unhex(value ->> 'project_id'), value ->> 'position', value ->> 'title', value ->> 'expected_on', value ->> 'done_on' FROM json_each($1)",
        postgres: "INSERT INTO project_milestones (project_id, position, title, expected_on, done_on) SELECT project_id, position, title, expected_on, done_on FROM jsonb_to_recordset($1::text::jsonb) AS x (project_id uuid, position bigint, title text, expected_on text, done_on text)";
    FORGET_CHANGES = sqlite: "DELETE FROM project_changes WHERE project_id IN (SELECT unhex(value) FROM json_each($1))", postgres: "DELETE FROM project_changes WHERE project_id = ANY($1)";
    FORGET = sqlite: "DELETE FROM projects WHERE id IN (SELECT unhex(value) FROM json_each($1))", postgres: "DELETE FROM projects WHERE id = ANY($1)";
    INSERT_CHANGES = sqlite: "INSERT INTO project_changes (id, project_id, at, changed_by, field, subject, old, new, reason) SELECT unhex(value ->> 'id'), unhex(value ->> 'project_id'), $2, $3, value ->> 'field', value ->> 'subject', value ->> 'old', value ->> 'new', value ->> 'reason' FROM json_each($1)",
        postgres: "INSERT INTO project_changes (id, project_id, at, changed_by, field, subject, old, new, reason) SELECT id, project_id, $2, $3, field, subject, old, new, reason FROM jsonb_to_recordset($1::text::jsonb) AS x (id uuid, project_id uuid, field text, subject text, old text, new text, reason text)";
}

/// A customer whose projects the actor may at least see.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Customer {
    /// Id.
    pub id: OrganisationId,
    /// The operator's customer number.
    pub number: String,
    /// Short name.
    pub slug: String,
    /// The actor is assigned.
    pub assigned: bool,
}

fn texts(texts: &[&str]) -> Value {
    Value::from(json!(texts).to_string())
}

/// What is there under these keys, short names or numbers, and the one that is meant, taken until the transaction ends.
pub async fn there(tx: &Tx, keys: &[&str], meant: Option<ProjectId>) -> DbResult<Vec<Row>> {
    tx.all(THERE, [texts(keys), meant.into()]).await
}

/// Customers by what they are called, or by id.
pub async fn customers(db: &Db, scope: Scope, names: &[&str], known: Vec<uuid::Uuid>) -> DbResult<Vec<Customer>> {
    let [a, b, c] = scope.values();
    db.all(BOOKS, [a, b, c, texts(names), ids(known)]).await
}

/// Who of these is of the operator.
pub async fn leads(db: &Db, of: Vec<uuid::Uuid>) -> DbResult<Vec<(UserId,)>> {
    if of.is_empty() { Ok(Vec::new()) } else { db.all(LEADS, [ids(of)]).await }
}

/// A milestone with the project it is of.
#[derive(Debug, sqlx::FromRow)]
pub struct Of {
    /// The project.
    pub project_id: ProjectId,
    /// What it is.
    #[sqlx(flatten)]
    pub milestone: Milestone,
}

/// The milestones of these projects.
pub async fn milestones(db: &Db, of: &[ProjectId]) -> DbResult<Vec<Of>> {
    if of.is_empty() { Ok(Vec::new()) } else { db.all(MILESTONES, [ids(of.iter().map(|id| id.0))]).await }
}

/// A project that is to be written, with the policy's leave.
#[derive(Debug)]
pub struct Entry {
    /// As it is to be.
    pub row: Row,
    /// What that changes; for a new one, everything.
    pub changes: Vec<Change>,
    /// Its milestones, where they are new or different.
    pub milestones: Option<Vec<Milestone>>,
    /// What comes next.
    pub next: Next,
    /// Why, in words.
    pub reason: String,
    /// The leave to keep the projects of this customer.
    pub granted: Granted<Keep, Book>,
}

impl Entry {
    fn json(&self) -> Json {
        let row = &self.row;
        let text = |day: Option<crate::day::Day>| day.map(|day| day.to_string());
        json!({
            "id": row.id.0.simple().to_string(), "organisation_id": self.granted.row().organisation_id.0.simple().to_string(),
            "slug": row.slug, "number": row.number, "external_id": row.external_id, "name": row.name, "summary": row.summary, "status": row.status, "closed": row.closed,
            "lead_id": row.lead_id.map(|id| id.0.simple().to_string()), "starts_on": text(row.starts_on), "due_on": text(row.due_on), "done_on": text(row.done_on),
            "next_step": self.next.step, "next_on": text(self.next.day), "next_acts": self.next.acts.name(), "sort_on": row.sort_on.to_string(),
        })
    }
}

fn milestones_json(entries: &[&Entry]) -> Vec<Json> {
    let mut all = Vec::new();
    for entry in entries {
        let id = entry.row.id.0.simple().to_string();
        all.extend(entry.milestones.iter().flatten().map(|milestone| {
            json!({"project_id": id, "position": milestone.position, "title": milestone.title, "expected_on": milestone.expected_on.map(|d| d.to_string()), "done_on": milestone.done_on.map(|d| d.to_string())})
        }));
    }
    all
}

fn changes_json(entries: &[&Entry]) -> Vec<Json> {
    let mut all = Vec::new();
    for entry in entries {
        let id = entry.row.id.0.simple().to_string();
        all.extend(entry.changes.iter().map(|change| {
            json!({"id": uuid::Uuid::now_v7().simple().to_string(), "project_id": id, "field": change.field, "subject": change.subject, "old": change.old, "new": change.new, "reason": entry.reason})
        }));
    }
    all
}

/// Writes projects: some new, some different. Few statements, however many there are.
pub async fn write(tx: &Tx, new: &[&Entry], changed: &[&Entry], by: Option<UserId>, at: Instant) -> DbResult<()> {
    if !new.is_empty() {
        let rows: Vec<Json> = new.iter().map(|entry| entry.json()).collect();
        tx.execute(INSERT, args![Json::from(rows).to_string(), at]).await?;
    }
    if !changed.is_empty() {
        let rows: Vec<Json> = changed.iter().map(|entry| entry.json()).collect();
        tx.execute(UPDATE, args![Json::from(rows).to_string(), at]).await?;
        let others = changed.iter().filter(|entry| entry.milestones.is_some()).map(|entry| entry.row.id.0);
        tx.execute(DELETE_MILESTONES, [ids(others)]).await?;
        let changes = changes_json(changed);
        tx.execute(INSERT_CHANGES, args![Json::from(changes).to_string(), at, by]).await?;
    }
    let all: Vec<&Entry> = new.iter().chain(changed).copied().collect();
    let milestones = milestones_json(&all);
    if !milestones.is_empty() {
        tx.execute(INSERT_MILESTONES, args![Json::from(milestones).to_string()]).await?;
    }
    Ok(())
}

/// Forgets projects of which nothing else knows, with their history.
pub async fn forget(tx: &Tx, of: &[ProjectId], _: &[Granted<Keep, Book>]) -> DbResult<()> {
    for statement in [FORGET_CHANGES, DELETE_MILESTONES, FORGET] {
        tx.execute(statement, [ids(of.iter().map(|id| id.0))]).await?;
    }
    Ok(())
}

/// Notes one change that an act of its own has made.
pub async fn note(tx: &Tx, id: ProjectId, change: &Change, by: Option<UserId>, at: Instant) -> DbResult<()> {
    let row = json!([{"id": uuid::Uuid::now_v7().simple().to_string(), "project_id": id.0.simple().to_string(), "field": change.field, "subject": change.subject, "old": change.old, "new": change.new, "reason": ""}]);
    tx.execute(INSERT_CHANGES, args![row.to_string(), at, by]).await.map(|_| ())
}
