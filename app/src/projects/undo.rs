//! Taking back what an import did to projects, as long as nothing else has touched them since.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::access::grant;
use crate::ctx::Ctx;
use crate::db::{Tx, Value, is_foreign_key_violation, is_unique_violation, sql};
use crate::error::AppError;
use crate::ids::{OrganisationId, ProjectId, UserId};
use crate::orders::input::Act;
use crate::orders::undo::Noted;

use super::book::{self, Entry};
use super::diff::Row;
use super::input::Change;
use super::model::Milestone;
use super::policy::{Book, Keep};
use super::take::Plan;
use super::{next, store};

sql! {
    /// Papers are shared with projects without a key of the tables; everything else that belongs to one holds it.
    STANDING = sqlite: "SELECT j.id, j.organisation_id, j.revision, EXISTS (SELECT 1 FROM document_audience d WHERE d.subject_id = j.id) AS has_papers, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $2 AND s.organisation_id = j.organisation_id) AS assigned FROM projects j WHERE j.id IN (SELECT unhex(value) FROM json_each($1))",
        postgres: "SELECT j.id, j.organisation_id, j.revision, EXISTS (SELECT 1 FROM document_audience d WHERE d.subject_id = j.id) AS has_papers, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $2 AND s.organisation_id = j.organisation_id) AS assigned FROM projects j WHERE j.id = ANY($1) FOR UPDATE OF j";
}

/// What a history can speak of.
const FIELDS: [&str; 13] = [
    "slug",
    "external_id",
    "number",
    "name",
    "summary",
    "status",
    "lead_id",
    "starts_on",
    "due_on",
    "done_on",
    "milestone_expected",
    "milestone_done",
    "milestones",
];

/// What is noted of a project that an import changes.
#[derive(Debug, Serialize, Deserialize)]
struct Old {
    row: Row,
    #[serde(default)]
    milestones: Option<Vec<Milestone>>,
    /// Field, milestone, old and new.
    changes: Vec<[String; 4]>,
}

/// What a project was before this, to be noted; empty where it is new.
pub fn noted(plan: &Plan) -> Result<String, AppError> {
    let Some(before) = plan.before.as_ref().filter(|_| plan.act == Act::Change) else { return Ok(String::new()) };
    let changes = plan.entry.changes.iter();
    let old = Old {
        row: before.row.clone(),
        milestones: before.milestones.clone(),
        changes: changes.map(|c| [c.field.to_owned(), c.subject.clone(), c.old.clone(), c.new.clone()]).collect(),
    };
    serde_json::to_string(&old).map_err(|_| AppError::Internal)
}

#[derive(sqlx::FromRow)]
struct Standing {
    id: ProjectId,
    organisation_id: OrganisationId,
    revision: i64,
    has_papers: bool,
    assigned: bool,
}

/// The change the other way round.
fn back(change: &[String; 4]) -> Option<Change> {
    let [field, subject, old, new] = change;
    let field = FIELDS.into_iter().find(|known| known == field)?;
    Some(Change { field, subject: subject.clone(), old: new.clone(), new: old.clone() })
}

/// Takes back what was done to these. Answers the numbers of those that were touched since: then nothing is written, and the
/// transaction is to be given up.
pub async fn take_back(tx: &Tx, ctx: &Ctx, projects: &[Noted]) -> Result<Vec<String>, AppError> {
    let person = ctx.actor.user_id().unwrap_or(UserId(Uuid::nil()));
    let wanted = Value::Uuids(projects.iter().map(|project| project.id).collect());
    let standing: Vec<Standing> = tx.all(STANDING, [wanted, person.into()]).await?;
    let standing: HashMap<ProjectId, Standing> = standing.into_iter().map(|row| (row.id, row)).collect();
    let as_left = |project: &&Noted| {
        let is_new = project.before.is_empty();
        let row = standing.get(&ProjectId(project.id));
        row.is_some_and(|row| row.revision == project.revision && !(is_new && row.has_papers))
    };
    let touched: Vec<String> =
        projects.iter().filter(|project| !as_left(project)).map(|project| project.number.clone()).collect();
    if !touched.is_empty() {
        return Ok(touched);
    }
    let customers: BTreeMap<OrganisationId, bool> =
        standing.values().map(|row| (row.organisation_id, row.assigned)).collect();
    let leave = |(organisation_id, assigned)| grant::<Keep, _>(&ctx.actor, Book { organisation_id, assigned });
    let granted = customers.clone().into_iter().map(leave).collect::<Result<Vec<_>, _>>()?;
    let (gone, other): (Vec<&Noted>, Vec<&Noted>) = projects.iter().partition(|project| project.before.is_empty());
    let of: Vec<ProjectId> = other.iter().map(|project| ProjectId(project.id)).collect();
    let known = next::Known::read(tx, &of).await?;
    let statuses = store::statuses_held(tx).await?;
    let mut entries = Vec::with_capacity(other.len());
    for project in other {
        let Old { mut row, milestones, changes } =
            serde_json::from_str(&project.before).map_err(|_| AppError::Internal)?;
        // Staff may have said meanwhile that a status is final.
        row.closed = statuses.iter().any(|status| status.key == row.status && status.is_final);
        let next = known.of(row.id, milestones.as_deref());
        if !row.closed {
            row.sort_on = next.day.or(row.due_on).unwrap_or(crate::day::Day::LAST);
        }
        let assigned = customers.get(&row.organisation_id).copied().unwrap_or(false);
        let granted = leave((row.organisation_id, assigned))?;
        let changes = changes.iter().filter_map(back).collect();
        entries.push(Entry { row, changes, milestones, next, reason: String::new(), granted });
    }
    let gone: Vec<ProjectId> = gone.into_iter().map(|project| ProjectId(project.id)).collect();
    let entries: Vec<&Entry> = entries.iter().collect();
    let written = match book::forget(tx, &gone, &granted).await {
        Ok(()) => book::write(tx, &[], &entries, ctx.actor.user_id(), ctx.now()).await,
        Err(error) => Err(error),
    };
    match written {
        // A task or a paper that came meanwhile, or a name that another project has.
        Err(error) if is_foreign_key_violation(&error) || is_unique_violation(&error) => {
            Err(AppError::Conflict(ctx.t("imports-problem-attached").to_owned()))
        }
        other => Ok(other.map(|()| Vec::new())?),
    }
}
