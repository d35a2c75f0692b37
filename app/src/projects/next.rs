//! What comes next in a project: the first milestone that is not reached, or the soonest task of the customer. Repeated on
//! the project, so that lists need not look for it.

use std::collections::HashMap;

use crate::ctx::Ctx;
use crate::day::Day;
use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::ids::ProjectId;
use crate::orders::model::Side;

use super::model::Milestone;
use super::store::ids;

macro_rules! next {
    ($ids:literal) => {
        concat!(
            "SELECT i.id AS project_id, s.title, s.expected_on AS day, 'house' AS acts FROM (", $ids, ") i JOIN project_milestones s ON s.project_id = i.id \
             AND s.position = (SELECT MIN(x.position) FROM project_milestones x WHERE x.project_id = i.id AND x.done_on IS NULL) \
             UNION ALL SELECT k.project_id, k.title, k.due_on AS day, 'customer' AS acts FROM (", $ids, ") i JOIN project_tasks k ON k.id = \
             (SELECT x.id FROM project_tasks x WHERE x.project_id = i.id AND x.side = 'customer' AND x.done_at IS NULL ORDER BY COALESCE(x.due_on, '2199-12-31'), x.id LIMIT 1)"
        )
    };
}

sql! {
    /// Of each project its first milestone that is not reached and its soonest task of the customer.
    NEXT = sqlite: next!("SELECT unhex(value) AS id FROM json_each($1)"), postgres: next!("SELECT unnest(CAST($1 AS uuid[])) AS id");
    SETTLE = "UPDATE projects SET next_step = $2, next_on = $3, next_acts = $4, sort_on = CASE WHEN closed THEN sort_on ELSE COALESCE($5, due_on, '2199-12-31') END, changed_at = $6 WHERE id = $1";
}

/// What comes next, when, and who does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// What.
    pub step: String,
    /// When.
    pub day: Option<Day>,
    /// Who.
    pub acts: Side,
}

impl Default for Next {
    fn default() -> Self {
        Self { step: String::new(), day: None, acts: Side::House }
    }
}

#[derive(sqlx::FromRow)]
struct Found {
    project_id: ProjectId,
    title: String,
    day: Option<Day>,
    acts: Side,
}

impl Next {
    /// The sooner of the two. What the customer does goes before what the house does on the same day.
    fn or(self, other: Self) -> Self {
        let key = |next: &Self| (next.day.unwrap_or(Day::LAST), next.acts != Side::Customer);
        match (self.step.is_empty(), other.step.is_empty()) {
            (true, _) => other,
            (_, true) => self,
            _ if key(&other) < key(&self) => other,
            _ => self,
        }
    }

    /// The first milestone that is not reached.
    fn of_milestones(milestones: &[Milestone]) -> Self {
        let first = milestones.iter().find(|milestone| milestone.done_on.is_none());
        first.map_or_else(Self::default, |milestone| Self {
            step: milestone.title.clone(),
            day: milestone.expected_on,
            acts: Side::House,
        })
    }
}

/// What is known of several projects: by milestones, and by tasks.
#[derive(Debug, Default)]
pub struct Known {
    milestones: HashMap<ProjectId, Next>,
    tasks: HashMap<ProjectId, Next>,
}

impl Known {
    /// As it stands in the tables.
    pub async fn read(db: &Db, of: &[ProjectId]) -> DbResult<Self> {
        if of.is_empty() {
            return Ok(Self::default());
        }
        let rows: Vec<Found> = db.all(NEXT, [ids(of.iter().map(|id| id.0))]).await?;
        let mut known = Self::default();
        for row in rows {
            let next = Next { step: row.title, day: row.day, acts: row.acts };
            let of = if row.acts == Side::Customer { &mut known.tasks } else { &mut known.milestones };
            of.insert(row.project_id, next);
        }
        Ok(known)
    }

    /// What comes next in a project; `milestones` where they are about to be others.
    pub fn of(&self, id: ProjectId, milestones: Option<&[Milestone]>) -> Next {
        let first = match milestones {
            Some(milestones) => Next::of_milestones(milestones),
            None => self.milestones.get(&id).cloned().unwrap_or_default(),
        };
        first.or(self.tasks.get(&id).cloned().unwrap_or_default())
    }
}

/// Writes down what comes next, after something has changed what is to do.
pub async fn settle(tx: &Tx, ctx: &Ctx, id: ProjectId) -> DbResult<()> {
    settle_all(tx, ctx, &[id]).await
}

/// The same of several projects.
pub async fn settle_all(tx: &Tx, ctx: &Ctx, of: &[ProjectId]) -> DbResult<()> {
    let known = Known::read(tx, of).await?;
    for id in of {
        let next = known.of(*id, None);
        let day = Value::from(next.day);
        let values = args![*id, next.step, day.clone(), next.acts.name(), day, ctx.now()];
        tx.execute(SETTLE, values).await?;
    }
    Ok(())
}
