//! What was decided in a project: what, when, by whom and why. It stays as it was written down.

use crate::access::{Granted, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::day::Day;
use crate::db::{DbResult, Tx, args, sql};
use crate::error::{AppError, FieldErrors};
use crate::idempotency;
use crate::ids::{DecisionId, ProjectId};
use crate::validity::service::today;

use super::model::Project;
use super::policy::Manage;
use super::scope::Scope;
use super::{store, words};

sql! {
    INSERT = "INSERT INTO project_decisions (id, project_id, title, decided_on, decided_by, reason, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
}

/// A decision as somebody writes it down.
#[derive(Clone, Debug, Default)]
pub struct NewDecision {
    /// What.
    pub title: String,
    /// When; today where nobody says.
    pub decided_on: Option<Day>,
    /// By whom, of either side, as people call them.
    pub decided_by: String,
    /// Why.
    pub reason: String,
}

/// Writes down what was decided.
pub async fn add(ctx: &Ctx, id: ProjectId, mut new: NewDecision) -> Result<DecisionId, AppError> {
    if let Some((id, _)) = idempotency::replay(&ctx.db, ctx).await? {
        return Ok(DecisionId(id));
    }
    let tx = ctx.db.begin().await?;
    let row = store::find(&tx, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<Manage, _>(&ctx.actor, row)?;
    let mut errors = FieldErrors::default();
    new.title = words::title(ctx, "decision", &new.title, "projects-error-decision", &mut errors);
    new.decided_by = words::title(ctx, "decided_by", &new.decided_by, "projects-error-decided-by", &mut errors);
    new.reason = words::text(ctx, "why", &new.reason, &mut errors);
    let day = new.decided_on.unwrap_or_else(|| today(ctx));
    if day > today(ctx) {
        errors.add("decided_on", ctx.t("projects-error-future"));
    }
    errors.into_result()?;
    let decision = DecisionId::new();
    idempotency::claim(&tx, ctx, decision.0, 0).await?;
    insert(&tx, ctx, &granted, decision, &new, day).await?;
    let event = Event::new("project.decision", "project", id.0).organisation(granted.row().organisation_id);
    audit::record(&tx, ctx, event.with("decision", decision)).await?;
    tx.commit().await?;
    Ok(decision)
}

async fn insert(
    tx: &Tx,
    ctx: &Ctx,
    granted: &Granted<Manage, Project>,
    id: DecisionId,
    new: &NewDecision,
    day: Day,
) -> DbResult<()> {
    let project = granted.row().id;
    let values = args![id, project, &new.title, day, &new.decided_by, &new.reason, ctx.actor.user_id(), ctx.now()];
    tx.execute(INSERT, values).await.map(|_| ())
}
