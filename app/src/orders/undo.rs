//! Taking back what an import did to orders, as long as nothing else has touched them since.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::access::grant;
use crate::ctx::Ctx;
use crate::db::{Tx, Value, is_foreign_key_violation, is_unique_violation, sql};
use crate::error::AppError;
use crate::ids::{OrderId, OrganisationId, UserId};

use super::book::{self, Again};
use super::input::{Act, Change};
use super::policy::{Book, Keep};
use super::store;
use super::take::Plan;

sql! {
    STANDING = sqlite: "SELECT o.id, o.organisation_id, o.revision, EXISTS (SELECT 1 FROM order_documents d WHERE d.order_id = o.id) AS has_papers, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $2 AND s.organisation_id = o.organisation_id) AS assigned FROM orders o WHERE o.id IN (SELECT unhex(value) FROM json_each($1))",
        postgres: "SELECT o.id, o.organisation_id, o.revision, EXISTS (SELECT 1 FROM order_documents d WHERE d.order_id = o.id) AS has_papers, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $2 AND s.organisation_id = o.organisation_id) AS assigned FROM orders o WHERE o.id = ANY($1) FOR UPDATE OF o";
}

/// What is noted of an order that an import changes.
#[derive(Debug, Serialize, Deserialize)]
struct Old {
    row: Json,
    #[serde(default)]
    lines: Option<Vec<Json>>,
    #[serde(default)]
    steps: Option<Vec<Json>>,
    changes: Vec<(String, String, String)>,
}

/// What an order was before this, to be noted; empty where it is new.
pub fn noted(plan: &Plan) -> String {
    let Some(before) = plan.before.as_ref().filter(|_| plan.act == Act::Change) else { return String::new() };
    let id = before.row.id.0.simple().to_string();
    let old = Old {
        row: book::row_json(&before.row, before.row.organisation_id),
        lines: before.lines.as_ref().map(|lines| lines.iter().map(|line| book::line_json(&id, line)).collect()),
        steps: before.steps.as_ref().map(|steps| steps.iter().map(|step| book::step_json(&id, step)).collect()),
        changes: plan
            .entry
            .changes
            .iter()
            .map(|c: &Change| (c.field.to_owned(), c.old.clone(), c.new.clone()))
            .collect(),
    };
    json!(old).to_string()
}

/// An order that an import made or changed; or a project, or a task.
#[derive(Clone, Debug)]
pub struct Noted {
    /// Its id.
    pub id: Uuid,
    /// Its number then.
    pub number: String,
    /// The revision it was left at.
    pub revision: i64,
    /// What it was before; empty where it is new.
    pub before: String,
}

#[derive(sqlx::FromRow)]
struct Standing {
    id: OrderId,
    organisation_id: OrganisationId,
    revision: i64,
    has_papers: bool,
    assigned: bool,
}

/// Takes back what was done to these. Answers the numbers of those that were touched since: then nothing is written, and the
/// transaction is to be given up.
pub async fn take_back(tx: &Tx, ctx: &Ctx, orders: &[Noted]) -> Result<Vec<String>, AppError> {
    let person = ctx.actor.user_id().unwrap_or(UserId(Uuid::nil()));
    let wanted = Value::Uuids(orders.iter().map(|order| order.id).collect());
    let standing: Vec<Standing> = tx.all(STANDING, [wanted, person.into()]).await?;
    let standing: HashMap<OrderId, Standing> = standing.into_iter().map(|row| (row.id, row)).collect();
    let as_left = |order: &&Noted| {
        let papers = order.before.is_empty();
        let row = standing.get(&OrderId(order.id));
        row.is_some_and(|row| row.revision == order.revision && !(papers && row.has_papers))
    };
    let touched: Vec<String> =
        orders.iter().filter(|order| !as_left(order)).map(|order| order.number.clone()).collect();
    if !touched.is_empty() {
        return Ok(touched);
    }
    let customers: BTreeMap<OrganisationId, bool> =
        standing.values().map(|row| (row.organisation_id, row.assigned)).collect();
    let mut again = Again::default();
    for (organisation_id, assigned) in customers {
        again.granted.push(grant::<Keep, _>(&ctx.actor, Book { organisation_id, assigned })?);
    }
    let statuses = store::statuses(tx).await?;
    for order in orders {
        if order.before.is_empty() {
            again.gone.push(order.id);
            continue;
        }
        let mut old: Old = serde_json::from_str(&order.before).map_err(|_| AppError::Internal)?;
        // Staff may have said meanwhile that a status is final.
        let status = old.row.get("status").and_then(Json::as_str).unwrap_or_default();
        let closed = statuses.iter().any(|known| known.key == status && known.is_final);
        if let Some(row) = old.row.as_object_mut() {
            row.insert("closed".to_owned(), closed.into());
        }
        again.rows.push(old.row);
        if let Some(lines) = old.lines {
            again.with_lines.push(order.id);
            again.lines.extend(lines);
        }
        if let Some(steps) = old.steps {
            again.with_steps.push(order.id);
            again.steps.extend(steps);
        }
        let id = order.id.simple().to_string();
        let back = old.changes.iter().map(|(field, old, new)| book::change_json(&id, field, new, old, ""));
        again.changes.extend(back);
    }
    match book::restore(tx, again, ctx.actor.user_id(), ctx.now()).await {
        // A paper or a project that came or went meanwhile, or a number that another order has.
        Err(error) if is_foreign_key_violation(&error) || is_unique_violation(&error) => {
            Err(AppError::Conflict(ctx.t("imports-problem-attached").to_owned()))
        }
        other => Ok(other.map(|()| Vec::new())?),
    }
}
