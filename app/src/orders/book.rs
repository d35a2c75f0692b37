//! The SQL that takes orders in, hundreds at once: what is there already, and what is to be there.

use serde_json::{Value as Json, json};

use crate::access::Granted;
use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::ids::{OrderId, OrganisationId, ProjectId, UserId};
use crate::time::Instant;

use super::diff::Row;
use super::input::Change;
use super::model::{Line, Step};
use super::policy::{Book, Keep};
use super::scope::Scope;

macro_rules! row {
    () => {
        "o.id, o.organisation_id, o.project_id, o.buyer_id, o.number, o.external_id, o.title, o.reference, o.status, o.closed, o.ordered_on, o.wanted_on, o.confirmed_on, o.delivered_on, \
         o.currency, o.total, o.ship_to, o.carrier, o.terms, o.tracking_url, o.next_step, o.next_on, o.revision"
    };
}

/// Orders by their keys. By way of their ids: asked for one or the other key, SQLite reads every order there is.
macro_rules! there {
    ($keys:literal, $more:literal, $taken:literal) => {
        concat!(
            "SELECT ",
            row!(),
            " FROM orders o WHERE o.id IN (SELECT id FROM orders WHERE external_id IN (",
            $keys,
            ") UNION SELECT id FROM orders WHERE number IN (",
            $keys,
            ")",
            $more,
            ") ORDER BY o.number",
            $taken
        )
    };
}

/// Projects by what they are called or by id: by way of their ids, as orders are.
macro_rules! called {
    ($named:literal, $ids:literal) => {
        concat!(
            "SELECT j.id, j.organisation_id, j.external_id, j.number, j.slug FROM projects j WHERE j.id IN (SELECT id FROM projects WHERE external_id IN (",
            $named, ") UNION SELECT id FROM projects WHERE number IN (", $named, ") UNION SELECT id FROM projects WHERE slug IN (", $named, ") UNION ", $ids, ")"
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
    THERE = sqlite: there!("SELECT value FROM json_each($1)", " UNION SELECT $2", ""), postgres: there!("SELECT jsonb_array_elements_text($1::text::jsonb)", " UNION SELECT CAST($2 AS uuid)", " FOR UPDATE");
    /// The same without taking them, for a look.
    SEEN = sqlite: there!("SELECT value FROM json_each($1)", "", ""), postgres: there!("SELECT jsonb_array_elements_text($1::text::jsonb)", "", "");
    BOOKS = sqlite: books!("SELECT value FROM json_each($4)", "SELECT unhex(value) FROM json_each($5)"),
        postgres: books!("SELECT jsonb_array_elements_text($4::text::jsonb)", "SELECT unnest(CAST($5 AS uuid[]))");
    PROJECTS = sqlite: "SELECT id, organisation_id FROM projects WHERE id IN (SELECT unhex(value) FROM json_each($1))", postgres: "SELECT id, organisation_id FROM projects WHERE id = ANY($1)";
    BUYERS = sqlite: "SELECT user_id, organisation_id FROM memberships WHERE state = 'active' AND user_id IN (SELECT unhex(value) FROM json_each($1))", postgres: "SELECT user_id, organisation_id FROM memberships WHERE state = 'active' AND user_id = ANY($1)";
    CALLED = sqlite: called!("SELECT value FROM json_each($1)", "SELECT unhex(value) FROM json_each($2)"),
        postgres: called!("SELECT jsonb_array_elements_text($1::text::jsonb)", "SELECT unnest(CAST($2 AS uuid[]))");
    MEMBERS = sqlite: "SELECT u.email_key, m.user_id, m.organisation_id FROM users u JOIN memberships m ON m.user_id = u.id AND m.state = 'active' WHERE u.email_key IN (SELECT value FROM json_each($1))",
        postgres: "SELECT u.email_key, m.user_id, m.organisation_id FROM users u JOIN memberships m ON m.user_id = u.id AND m.state = 'active' WHERE u.email_key IN (SELECT jsonb_array_elements_text($1::text::jsonb))";
    LINES = sqlite: "SELECT order_id, position, article, title, quantity, unit, price, amount FROM order_lines WHERE order_id IN (SELECT unhex(value) FROM json_each($1)) ORDER BY order_id, position",
        postgres: "SELECT order_id, position, article, title, quantity, unit, price, amount FROM order_lines WHERE order_id = ANY($1) ORDER BY order_id, position";
    STEPS = sqlite: "SELECT order_id, position, title, expected_on, done_on, acts FROM order_steps WHERE order_id IN (SELECT unhex(value) FROM json_each($1)) ORDER BY order_id, position",
        postgres: "SELECT order_id, position, title, expected_on, done_on, acts FROM order_steps WHERE order_id = ANY($1) ORDER BY order_id, position";
    INSERT = sqlite: "INSERT INTO orders (id, organisation_id, project_id, buyer_id, number, external_id, title, reference, status, closed, ordered_on, wanted_on, confirmed_on, delivered_on, currency, total, ship_to, carrier, terms, tracking_url, next_step, next_on, created_at, changed_at, revision) \
            SELECT unhex(value ->> 'id'), unhex(value ->> 'organisation_id'), unhex(value ->> 'project_id'), unhex(value ->> 'buyer_id'), value ->> 'number', value ->> 'external_id', value ->> 'title', value ->> 'reference', value ->> 'status', value ->> 'closed', \
            value ->> 'ordered_on', value ->> 'wanted_on', value ->> 'confirmed_on', value ->> 'delivered_on', value ->> 'currency', value ->> 'total', value ->> 'ship_to', value ->> 'carrier', value ->> 'terms', value ->> 'tracking_url', value ->> 'next_step', value ->> 'next_on', $2, $2, 1 FROM json_each($1) ORDER BY value ->> 'number'",
        postgres: "INSERT INTO orders (id, organisation_id, project_id, buyer_id, number, external_id, title, reference, status, closed, ordered_on, wanted_on, confirmed_on, delivered_on, currency, total, ship_to, carrier, terms, tracking_url, next_step, next_on, created_at, changed_at, revision) \
            SELECT id, organisation_id, project_id, buyer_id, number, external_id, title, reference, status, closed, ordered_on, wanted_on, confirmed_on, delivered_on, currency, total, ship_to, carrier, terms, tracking_url, next_step, next_on, $2, $2, 1 \
            FROM jsonb_to_recordset($1::text::jsonb) AS x (id uuid, organisation_id uuid, project_id uuid, buyer_id uuid, number text, external_id text, title text, reference text, status text, closed boolean, ordered_on text, wanted_on text, confirmed_on text, delivered_on text, currency text, total bigint, ship_to text, carrier text, terms text, tracking_url text, next_step text, next_on text) ORDER BY number";
    UPDATE = sqlite: "UPDATE orders SET project_id = x.project_id, buyer_id = x.buyer_id, number = x.number, external_id = x.external_id, title = x.title, reference = x.reference, status = x.status, closed = x.closed, ordered_on = x.ordered_on, wanted_on = x.wanted_on, confirmed_on = x.confirmed_on, delivered_on = x.delivered_on, \
            currency = x.currency, total = x.total, ship_to = x.ship_to, carrier = x.carrier, terms = x.terms, tracking_url = x.tracking_url, next_step = x.next_step, next_on = x.next_on, changed_at = $2, revision = revision + 1 \
            FROM (SELECT unhex(value ->> 'id') AS id, unhex(value ->> 'project_id') AS project_id, unhex(value ->> 'buyer_id') AS buyer_id, value ->> 'number' AS number, value ->> 'external_id' AS external_id, value ->> 'title' AS title, value ->> 'reference' AS reference, value ->> 'status' AS status, value ->> 'closed' AS closed, \
            value ->> 'ordered_on' AS ordered_on, value ->> 'wanted_on' AS wanted_on, value ->> 'confirmed_on' AS confirmed_on, value ->> 'delivered_on' AS delivered_on, value ->> 'currency' AS currency, value ->> 'total' AS total, value ->> 'ship_to' AS ship_to, value ->> 'carrier' AS carrier, value ->> 'terms' AS terms, value ->> 'tracking_url' AS tracking_url, value ->> 'next_step' AS next_step, value ->> 'next_on' AS next_on FROM json_each($1)) x WHERE orders.id = x.id",
        postgres: "UPDATE orders SET project_id = x.project_id, buyer_id = x.buyer_id, number = x.number, external_id = x.external_id, title = x.title, reference = x.reference, status = x.status, closed = x.closed, ordered_on = x.ordered_on, wanted_on = x.wanted_on, confirmed_on = x.confirmed_on, delivered_on = x.delivered_on, \
            currency = x.currency, total = x.total, ship_to = x.ship_to, carrier = x.carrier, terms = x.terms, tracking_url = x.tracking_url, next_step = x.next_step, next_on = x.next_on, changed_at = $2, revision = revision + 1 \
            FROM jsonb_to_recordset($1::text::jsonb) AS x (id uuid, project_id uuid, buyer_id uuid, number text, external_id text, title text, reference text, status text, closed boolean, ordered_on text, wanted_on text, confirmed_on text, delivered_on text, currency text, total bigint, ship_to text, carrier text, terms text, tracking_url text, next_step text, next_on text) WHERE orders.id = x.id";
    DELETE_LINES = sqlite: "DELETE FROM order_lines WHERE order_id IN (SELECT unhex(value) FROM json_each($1))", postgres: "DELETE FROM order_lines WHERE order_id = ANY($1)";
    DELETE_STEPS = sqlite: "DELETE FROM order_steps WHERE order_id IN (SELECT unhex(value) FROM json_each($1))", postgres: "DELETE FROM order_steps WHERE order_id = ANY($1)";
    DELETE_CHANGES = sqlite: "DELETE FROM order_changes WHERE order_id IN (SELECT unhex(value) FROM json_each($1))", postgres: "DELETE FROM order_changes WHERE order_id = ANY($1)";
    DELETE = sqlite: "DELETE FROM orders WHERE id IN (SELECT unhex(value) FROM json_each($1))", postgres: "DELETE FROM orders WHERE id = ANY($1)";
    INSERT_LINES = sqlite: "INSERT INTO order_lines (order_id, position, article, title, quantity, unit, price, amount) SELECT unhex(value ->> 'order_id'), value ->> 'position', value ->> 'article', value ->> 'title', value ->> 'quantity', value ->> 'unit', value ->> 'price', value ->> 'amount' FROM json_each($1)",
        postgres: "INSERT INTO order_lines (order_id, position, article, title, quantity, unit, price, amount) SELECT order_id, position, article, title, quantity, unit, price, amount FROM jsonb_to_recordset($1::text::jsonb) AS x (order_id uuid, position bigint, article text, title text, quantity bigint, unit text, price bigint, amount bigint)";
    INSERT_STEPS = sqlite: "INSERT INTO order_steps (order_id, position, title, expected_on, done_on, acts) SELECT unhex(value ->> 'order_id'), value ->> 'position', value ->> 'title', value ->> 'expected_on', value ->> 'done_on', value ->> 'acts' FROM json_each($1)",
        postgres: "INSERT INTO order_steps (order_id, position, title, expected_on, done_on, acts) SELECT order_id, position, title, expected_on, done_on, acts FROM jsonb_to_recordset($1::text::jsonb) AS x (order_id uuid, position bigint, title text, expected_on text, done_on text, acts text)";
    INSERT_CHANGES = sqlite: "INSERT INTO order_changes (id, order_id, at, changed_by, field, old, new, reason) SELECT unhex(value ->> 'id'), unhex(value ->> 'order_id'), $2, $3, value ->> 'field', value ->> 'old', value ->> 'new', value ->> 'reason' FROM json_each($1)",
        postgres: "INSERT INTO order_changes (id, order_id, at, changed_by, field, old, new, reason) SELECT id, order_id, $2, $3, field, old, new, reason FROM jsonb_to_recordset($1::text::jsonb) AS x (id uuid, order_id uuid, field text, old text, new text, reason text)";
}

/// A customer whose orders the actor may at least see.
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

fn ids(ids: impl IntoIterator<Item = uuid::Uuid>) -> Value {
    Value::Uuids(ids.into_iter().collect())
}

/// What is there under these keys or numbers, and the one that is meant, taken until the transaction ends.
pub async fn there(tx: &Tx, keys: &[&str], meant: Option<OrderId>) -> DbResult<Vec<Row>> {
    tx.all(THERE, [texts(keys), meant.into()]).await
}

/// What is there under these keys or numbers.
pub async fn seen(db: &Db, keys: &[&str]) -> DbResult<Vec<Row>> {
    db.all(SEEN, [texts(keys)]).await
}

/// Customers by what they are called, or by id.
pub async fn customers(db: &Db, scope: Scope, names: &[&str], known: Vec<uuid::Uuid>) -> DbResult<Vec<Customer>> {
    let [a, b, c] = scope.values();
    db.all(BOOKS, [a, b, c, texts(names), ids(known)]).await
}

/// Whose these projects are.
pub async fn projects(db: &Db, of: Vec<uuid::Uuid>) -> DbResult<Vec<(ProjectId, OrganisationId)>> {
    if of.is_empty() { Ok(Vec::new()) } else { db.all(PROJECTS, [ids(of)]).await }
}

/// Where these people belong.
pub async fn buyers(db: &Db, of: Vec<uuid::Uuid>) -> DbResult<Vec<(UserId, OrganisationId)>> {
    if of.is_empty() { Ok(Vec::new()) } else { db.all(BUYERS, [ids(of)]).await }
}

/// A project with all that it is called.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Called {
    /// Id.
    pub id: ProjectId,
    /// Whose it is.
    pub organisation_id: OrganisationId,
    /// Its key in the system it comes from.
    pub external_id: Option<String>,
    /// The operator's number; several may have it.
    pub number: String,
    /// Short name.
    pub slug: String,
}

/// Projects by what they are called, whosever they are.
pub async fn called(db: &Db, names: &[&str]) -> DbResult<Vec<Called>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let known = names.iter().filter_map(|name| name.parse().ok());
    db.all(CALLED, [texts(names), ids(known)]).await
}

/// Members by the keys of their e-mail addresses, with where they belong.
pub async fn members(db: &Db, keys: &[&str]) -> DbResult<Vec<(String, UserId, OrganisationId)>> {
    if keys.is_empty() { Ok(Vec::new()) } else { db.all(MEMBERS, [texts(keys)]).await }
}

/// A line or a step with the order it is of.
#[derive(Debug, sqlx::FromRow)]
pub struct Of<T> {
    /// The order.
    pub order_id: OrderId,
    /// What it is.
    #[sqlx(flatten)]
    pub part: T,
}

/// The lines of these orders.
pub async fn lines(db: &Db, of: &[OrderId]) -> DbResult<Vec<Of<Line>>> {
    if of.is_empty() { Ok(Vec::new()) } else { db.all(LINES, [ids(of.iter().map(|id| id.0))]).await }
}

/// The steps of these orders.
pub async fn steps(db: &Db, of: &[OrderId]) -> DbResult<Vec<Of<Step>>> {
    if of.is_empty() { Ok(Vec::new()) } else { db.all(STEPS, [ids(of.iter().map(|id| id.0))]).await }
}

/// An order that is to be written, with the policy's leave.
#[derive(Debug)]
pub struct Entry {
    /// As it is to be.
    pub row: Row,
    /// What that changes; empty for a new one.
    pub changes: Vec<Change>,
    /// Its lines, where they are new or different.
    pub lines: Option<Vec<Line>>,
    /// Its steps, where they are new or different.
    pub steps: Option<Vec<Step>>,
    /// Why, in words.
    pub reason: String,
    /// The leave to keep the orders of this customer.
    pub granted: Granted<Keep, Book>,
}

/// A row as the statements read it.
pub(super) fn row_json(row: &Row, organisation: OrganisationId) -> Json {
    let day = |day: Option<crate::day::Day>| day.map(|day| day.to_string());
    json!({
        "id": row.id.0.simple().to_string(), "organisation_id": organisation.0.simple().to_string(),
        "project_id": row.project_id.map(|id| id.0.simple().to_string()), "buyer_id": row.buyer_id.map(|id| id.0.simple().to_string()),
        "number": row.number, "external_id": row.external_id, "title": row.title, "reference": row.reference, "status": row.status, "closed": row.closed,
        "ordered_on": row.ordered_on.to_string(), "wanted_on": day(row.wanted_on), "confirmed_on": day(row.confirmed_on), "delivered_on": day(row.delivered_on),
        "currency": row.currency, "total": row.total, "ship_to": row.ship_to, "carrier": row.carrier, "terms": row.terms, "tracking_url": row.tracking_url,
        "next_step": row.next_step, "next_on": day(row.next_on),
    })
}

/// A line as the statements read it.
pub(super) fn line_json(order: &str, line: &Line) -> Json {
    json!({"order_id": order, "position": line.position, "article": line.article, "title": line.title, "quantity": line.quantity, "unit": line.unit, "price": line.price, "amount": line.amount})
}

/// A step as the statements read it.
pub(super) fn step_json(order: &str, step: &Step) -> Json {
    json!({"order_id": order, "position": step.position, "title": step.title, "expected_on": step.expected_on.map(|d| d.to_string()), "done_on": step.done_on.map(|d| d.to_string()), "acts": step.acts.name()})
}

/// A change as the statements read it.
pub(super) fn change_json(order: &str, field: &str, old: &str, new: &str, reason: &str) -> Json {
    json!({"id": uuid::Uuid::now_v7().simple().to_string(), "order_id": order, "field": field, "old": old, "new": new, "reason": reason})
}

impl Entry {
    fn json(&self) -> Json {
        row_json(&self.row, self.granted.row().organisation_id)
    }
}

fn lines_json(entries: &[&Entry]) -> Vec<Json> {
    let of = |entry: &&Entry| {
        let id = entry.row.id.0.simple().to_string();
        entry.lines.iter().flatten().map(|line| line_json(&id, line)).collect::<Vec<_>>()
    };
    entries.iter().flat_map(of).collect()
}

fn steps_json(entries: &[&Entry]) -> Vec<Json> {
    let of = |entry: &&Entry| {
        let id = entry.row.id.0.simple().to_string();
        entry.steps.iter().flatten().map(|step| step_json(&id, step)).collect::<Vec<_>>()
    };
    entries.iter().flat_map(of).collect()
}

fn changes_json(entries: &[&Entry]) -> Vec<Json> {
    let of = |entry: &&Entry| {
        let id = entry.row.id.0.simple().to_string();
        let json = |c: &Change| change_json(&id, c.field, &c.old, &c.new, &entry.reason);
        entry.changes.iter().map(json).collect::<Vec<_>>()
    };
    entries.iter().flat_map(of).collect()
}

/// Notes what an act of its own has changed of an order.
pub(super) async fn note(
    tx: &Tx,
    id: OrderId,
    changes: &[Change],
    reason: &str,
    by: Option<UserId>,
    at: Instant,
) -> DbResult<()> {
    let id = id.0.simple().to_string();
    let rows: Vec<Json> = changes.iter().map(|c| change_json(&id, c.field, &c.old, &c.new, reason)).collect();
    tx.execute(INSERT_CHANGES, args![Json::from(rows).to_string(), at, by]).await.map(|_| ())
}

/// What orders are to be again, as the statements read it.
#[derive(Debug, Default)]
pub(super) struct Again {
    /// The leave to keep the orders of each customer.
    pub granted: Vec<Granted<Keep, Book>>,
    /// Those that go.
    pub gone: Vec<uuid::Uuid>,
    /// Those that change.
    pub rows: Vec<Json>,
    /// Whose lines are replaced, and by which.
    pub with_lines: Vec<uuid::Uuid>,
    /// The lines.
    pub lines: Vec<Json>,
    /// Whose steps are replaced, and by which.
    pub with_steps: Vec<uuid::Uuid>,
    /// The steps.
    pub steps: Vec<Json>,
    /// What their customers read of it.
    pub changes: Vec<Json>,
}

/// Makes orders what they were: some go, the others have their old values.
pub(super) async fn restore(tx: &Tx, again: Again, by: Option<UserId>, at: Instant) -> DbResult<()> {
    let text = |rows: Vec<Json>| Value::from(Json::from(rows).to_string());
    if !again.gone.is_empty() {
        tx.execute(DELETE_LINES, [ids(again.gone.clone())]).await?;
        tx.execute(DELETE_STEPS, [ids(again.gone.clone())]).await?;
        tx.execute(DELETE_CHANGES, [ids(again.gone.clone())]).await?;
        tx.execute(DELETE, [ids(again.gone)]).await?;
    }
    if again.rows.is_empty() {
        return Ok(());
    }
    tx.execute(UPDATE, [text(again.rows), at.into()]).await?;
    tx.execute(DELETE_LINES, [ids(again.with_lines)]).await?;
    tx.execute(DELETE_STEPS, [ids(again.with_steps)]).await?;
    tx.execute(INSERT_LINES, [text(again.lines)]).await?;
    tx.execute(INSERT_STEPS, [text(again.steps)]).await?;
    tx.execute(INSERT_CHANGES, [text(again.changes), at.into(), by.into()]).await?;
    Ok(())
}

/// Writes orders: some new, some different. Few statements, however many there are.
pub async fn write(tx: &Tx, new: &[&Entry], changed: &[&Entry], by: Option<UserId>, at: Instant) -> DbResult<()> {
    if !new.is_empty() {
        let rows: Vec<Json> = new.iter().map(|entry| entry.json()).collect();
        tx.execute(INSERT, args![Json::from(rows).to_string(), at]).await?;
    }
    if !changed.is_empty() {
        let rows: Vec<Json> = changed.iter().map(|entry| entry.json()).collect();
        tx.execute(UPDATE, args![Json::from(rows).to_string(), at]).await?;
        let with_lines = changed.iter().filter(|entry| entry.lines.is_some()).map(|entry| entry.row.id.0);
        tx.execute(DELETE_LINES, [ids(with_lines)]).await?;
        let with_steps = changed.iter().filter(|entry| entry.steps.is_some()).map(|entry| entry.row.id.0);
        tx.execute(DELETE_STEPS, [ids(with_steps)]).await?;
        let changes = changes_json(changed);
        tx.execute(INSERT_CHANGES, args![Json::from(changes).to_string(), at, by]).await?;
    }
    let all: Vec<&Entry> = new.iter().chain(changed).copied().collect();
    let lines = lines_json(&all);
    if !lines.is_empty() {
        tx.execute(INSERT_LINES, args![Json::from(lines).to_string()]).await?;
    }
    let steps = steps_json(&all);
    if !steps.is_empty() {
        tx.execute(INSERT_STEPS, args![Json::from(steps).to_string()]).await?;
    }
    Ok(())
}
