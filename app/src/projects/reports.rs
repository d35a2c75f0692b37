//! How a project goes, in words and with a light. The last report counts, the others stay.

use crate::access::{Granted, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{DbResult, Tx, args, sql};
use crate::error::{AppError, FieldErrors};
use crate::idempotency;
use crate::ids::{ProjectId, ReportId};

use super::model::{Light, Project};
use super::policy::Manage;
use super::scope::Scope;
use super::{store, words};

sql! {
    INSERT = "INSERT INTO project_reports (id, project_id, light, text, written_by, written_at) VALUES ($1, $2, $3, $4, $5, $6)";
    LIGHT = "UPDATE projects SET light = $2, changed_at = $3 WHERE id = $1";
}

/// Says how it goes.
pub async fn write(ctx: &Ctx, id: ProjectId, light: Option<Light>, text: &str) -> Result<ReportId, AppError> {
    if let Some((id, _)) = idempotency::replay(&ctx.db, ctx).await? {
        return Ok(ReportId(id));
    }
    let tx = ctx.db.begin().await?;
    let row = store::find(&tx, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<Manage, _>(&ctx.actor, row)?;
    let mut errors = FieldErrors::default();
    if light.is_none() {
        errors.add("light", ctx.t("projects-error-light"));
    }
    let text = words::text(ctx, "report", text, &mut errors);
    if text.is_empty() {
        errors.add("report", ctx.t("projects-error-report"));
    }
    errors.into_result()?;
    let light = light.ok_or(AppError::Internal)?;
    let report = ReportId::new();
    idempotency::claim(&tx, ctx, report.0, 0).await?;
    insert(&tx, ctx, &granted, report, light, &text).await?;
    let event = Event::new("project.report", "project", id.0).organisation(granted.row().organisation_id);
    audit::record(&tx, ctx, event.with("report", report).with("light", light.name())).await?;
    tx.commit().await?;
    Ok(report)
}

async fn insert(
    tx: &Tx,
    ctx: &Ctx,
    granted: &Granted<Manage, Project>,
    id: ReportId,
    light: Light,
    text: &str,
) -> DbResult<()> {
    let (project, now) = (granted.row().id, ctx.now());
    tx.execute(INSERT, args![id, project, light.name(), text, ctx.actor.user_id(), now]).await?;
    tx.execute(LIGHT, args![project, light.name(), now]).await.map(|_| ())
}
