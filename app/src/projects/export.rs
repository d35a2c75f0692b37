//! The list of projects as a file, filtered as it is shown.

use futures::stream::{self, StreamExt as _};

use crate::access::{Action, allow_any};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::export::{Cell, Column, Format, Row, Rows, Sheet};
use crate::orders::model::Side;

use super::list::{self, Wanted};
use super::model::Project;

/// Projects read at once.
const BATCH: i64 = 500;

/// Begins an export, and notes that it was made.
pub async fn begin(ctx: &Ctx, wanted: Wanted, format: Format) -> Result<(Sheet, Rows), AppError> {
    allow_any(&ctx.actor, Action::ProjectRead)?;
    // Whoever looks as somebody else takes nothing away in bulk.
    if ctx.actor.viewer().is_some() {
        return Err(AppError::Forbidden);
    }
    let staff = ctx.actor.staff().is_some();
    let mut event = Event::new("project.export", "project", None).with("format", format.name());
    if let Some(id) = wanted.organisation {
        event = event.organisation(id);
    }
    let tx = ctx.db.begin().await?;
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    let sheet = Sheet { name: ctx.t("projects-title").to_owned(), columns: columns(ctx, staff), locale: ctx.locale };
    let first = Wanted { after: None, limit: BATCH, ..wanted };
    let rows = stream::try_unfold(Some((ctx.clone(), first)), move |state| async move {
        let Some((ctx, wanted)) = state else { return Ok::<_, AppError>(None) };
        let page = list::list(&ctx, &wanted).await?;
        let rows: Vec<Row> = page.items.iter().map(|project| row(&ctx, project, staff)).collect();
        let next = page.next.map(|after| (ctx, Wanted { after: Some(after), ..wanted }));
        Ok(Some((rows, next)))
    });
    Ok((sheet, rows.boxed()))
}

fn columns(ctx: &Ctx, staff: bool) -> Vec<Column> {
    let column = |key: &'static str, width| Column { heading: ctx.t(key).to_owned(), width };
    let mut columns = vec![column("projects-field-number", 18), column("projects-field-name", 40)];
    columns.extend(staff.then(|| column("orders-column-customer", 30)));
    columns.extend([
        column("documents-column-status", 18),
        column("projects-column-light", 16),
        column("projects-column-acts", 18),
        column("projects-lead", 24),
        column("projects-field-starts", 12),
        column("projects-field-due", 12),
        column("projects-field-done", 12),
        column("orders-column-next", 30),
        column("orders-column-next-on", 12),
        column("projects-field-summary", 60),
    ]);
    columns
}

fn row(ctx: &Ctx, project: &Project, staff: bool) -> Row {
    let acts = match (project.acts(), staff) {
        (Side::House, false) => ctx.portal.name.get(),
        (Side::House, true) => ctx.t("orders-acts-us").to_owned(),
        (Side::Customer, false) => ctx.t("orders-acts-you").to_owned(),
        (Side::Customer, true) => ctx.t("orders-acts-customer").to_owned(),
        (Side::Nobody, _) => ctx.t("orders-acts-nobody").to_owned(),
    };
    let mut row = vec![Cell::text(&project.number), Cell::text(&project.name)];
    row.extend(staff.then(|| Cell::text(&project.organisation_name)));
    row.extend([
        Cell::text(project.status.name(ctx.locale)),
        Cell::text(ctx.t(project.light.label_key())),
        Cell::text(acts),
        Cell::text(project.lead_name.clone().unwrap_or_default()),
        Cell::Day(project.starts_on),
        Cell::Day(project.due_on),
        Cell::Day(project.done_on),
        Cell::text(&project.next_step),
        Cell::Day(project.next_on),
        Cell::text(&project.summary),
    ]);
    row
}
