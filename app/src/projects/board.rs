//! The board of staff: what is open, across customers, by status. Each column reads the beginning of its ranges and counts
//! no further, so that it costs the same with a hundred projects and with a million.

use std::collections::HashMap;

use crate::access::{Action, allow_any};
use crate::ctx::Ctx;
use crate::day::Day;
use crate::db::sql;
use crate::error::AppError;
use crate::ids::ProjectId;
use crate::orders::model::Status;
use crate::organisation::service as organisation;
use crate::validity::service::today;

use super::model::Project;
use super::scope::{Scope, columns, sources};
use super::store;

/// How many projects a column shows.
pub const SHOWN: usize = 20;

/// The soonest keys of status `t` in each range that `$from` names, at most `$4` of each.
macro_rules! column {
    (sqlite, $from:expr, $which:literal) => {
        concat!(
            "SELECT t.key AS column_key, x.value AS key FROM project_statuses t CROSS JOIN ", $from,
            " CROSS JOIN json_each((SELECT json_group_array(sort_on || hex(id)) FROM (SELECT j.sort_on, j.id FROM projects j WHERE j.status = t.key AND ", $which,
            " ORDER BY j.sort_on, j.id LIMIT $4))) x WHERE t.is_final = FALSE "
        )
    };
    (postgres, $from:expr, $which:literal) => {
        concat!(
            "SELECT t.key AS column_key, x.sort_on, x.id FROM project_statuses t CROSS JOIN ", $from,
            " CROSS JOIN LATERAL (SELECT j.sort_on, j.id FROM projects j WHERE j.status = t.key AND ", $which,
            " ORDER BY j.sort_on, j.id LIMIT $4) x WHERE t.is_final = FALSE "
        )
    };
}

/// The columns of everybody who sees all customers, and of whoever sees those assigned to them.
macro_rules! ranges {
    ($engine:ident) => {
        concat!(
            column!($engine, "(SELECT 1 AS one WHERE $3) s", "1 = 1"),
            "UNION ",
            column!(
                $engine,
                "(SELECT organisation_id FROM staff_assignments WHERE $2 AND user_id = $1) s",
                "j.organisation_id = s.organisation_id"
            )
        )
    };
}

sql! {
    /// `$4` how many of each column.
    BOARD = sqlite: concat!("SELECT ", columns!(), " FROM (SELECT key FROM (SELECT key, row_number() OVER (PARTITION BY column_key ORDER BY key) AS place FROM (", ranges!(sqlite), ") r) n WHERE place <= $4) page CROSS JOIN projects j ON j.id = unhex(substr(page.key, 11)) ", sources!(), " ORDER BY t.position, t.key, j.sort_on, j.id"),
        postgres: concat!("SELECT ", columns!(), " FROM (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY column_key ORDER BY sort_on, id) AS place FROM (", ranges!(postgres), ") r) n WHERE place <= $4) page JOIN projects j ON j.id = page.id ", sources!(), " ORDER BY t.position, t.key, j.sort_on, j.id");
    /// What is to do in each of these projects, and how much of it should be done by now.
    TASKS = sqlite: "SELECT k.project_id, COUNT(*) AS open, CAST(SUM(CASE WHEN k.due_on < $2 THEN 1 ELSE 0 END) AS bigint) AS late FROM project_tasks k WHERE k.project_id IN (SELECT unhex(value) FROM json_each($1)) AND k.done_at IS NULL GROUP BY k.project_id",
        postgres: "SELECT k.project_id, COUNT(*) AS open, CAST(SUM(CASE WHEN k.due_on < $2 THEN 1 ELSE 0 END) AS bigint) AS late FROM project_tasks k WHERE k.project_id = ANY($1) AND k.done_at IS NULL GROUP BY k.project_id";
}

/// One project on the board.
#[derive(Debug)]
pub struct Card {
    /// The project.
    pub project: Project,
    /// How many tasks are to do.
    pub open: i64,
    /// How many of them should be done by now.
    pub late: i64,
}

/// One column.
#[derive(Debug)]
pub struct Column {
    /// How these stand.
    pub status: Status,
    /// The soonest first.
    pub cards: Vec<Card>,
    /// There are more than are shown.
    pub more: bool,
}

#[derive(sqlx::FromRow)]
struct Counted {
    project_id: ProjectId,
    open: i64,
    late: i64,
}

/// The board: for staff.
pub async fn board(ctx: &Ctx) -> Result<Vec<Column>, AppError> {
    organisation::require_staff(ctx)?;
    allow_any(&ctx.actor, Action::ProjectRead)?;
    let [a, b, c] = Scope::of(&ctx.actor)?.values();
    let limit = i64::try_from(SHOWN + 1).unwrap_or(i64::MAX);
    let projects: Vec<Project> = ctx.db.all(BOARD, [a, b, c, limit.into()]).await?;
    let mut counted = tasks(ctx, projects.iter().map(|project| project.id.0).collect(), today(ctx)).await?;
    let statuses = store::statuses(&ctx.db).await?;
    let mut columns: Vec<Column> = statuses
        .into_iter()
        .filter(|status| !status.is_final)
        .map(|status| Column { status, cards: Vec::new(), more: false })
        .collect();
    for project in projects {
        let Some(column) = columns.iter_mut().find(|column| column.status.key == project.status.key) else { continue };
        if column.cards.len() == SHOWN {
            column.more = true;
            continue;
        }
        let (open, late) = counted.remove(&project.id).unwrap_or_default();
        column.cards.push(Card { project, open, late });
    }
    Ok(columns)
}

async fn tasks(ctx: &Ctx, of: Vec<uuid::Uuid>, day: Day) -> Result<HashMap<ProjectId, (i64, i64)>, AppError> {
    if of.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Counted> = ctx.db.all(TASKS, [store::ids(of), day.into()]).await?;
    Ok(rows.into_iter().map(|row| (row.project_id, (row.open, row.late))).collect())
}
