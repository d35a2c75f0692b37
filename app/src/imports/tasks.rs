//! A row for each task of a project.

use crate::ctx::Ctx;
use crate::day::Day;
use crate::error::{AppError, FieldErrors};
use crate::projects::task_take::{Plan, Sent};
use crate::projects::task_undo::noted;
use crate::validity::service::today;

use super::columns::{Columns, Names};
use super::report::Done;
use super::table::Row;
use super::{orders, projects};

/// The fields and the names their columns go by.
pub const NAMES: &[Names] = &[
    (
        "number",
        &[
            "project",
            "projectexternalid",
            "projectnumber",
            "projectno",
            "projectid",
            "projectslug",
            "projekt",
            "projektnr",
            "projektnummer",
            "projectnummer",
        ],
    ),
    (
        "external_id",
        &[
            "externalid",
            "taskid",
            "tasknumber",
            "taskno",
            "erpid",
            "sourceid",
            "fremdschluessel",
            "aufgabennr",
            "aufgabennummer",
            "taaknummer",
            "taaknr",
            "position",
            "pos",
        ],
    ),
    ("title", &["title", "task", "tasktitle", "subject", "bezeichnung", "aufgabe", "betreff", "titel", "taak", "name"]),
    ("text", &["text", "details", "description", "beschreibung", "omschrijving", "toelichting"]),
    ("side", &["side", "taskside", "actsby", "acts", "seite", "kant", "partij"]),
    // Where there may be a name in place of an address, people choose the column.
    (
        "assignee",
        &["assignee", "assigneeemail", "assigneemail", "email", "bearbeiteremail", "bearbeitermail", "uitvoerderemail"],
    ),
    ("due_on", &["dueon", "due", "duedate", "deadline", "termin", "faellig", "faelligam", "vervaldatum", "deadlineop"]),
    (
        "done",
        &[
            "doneon",
            "done",
            "completedon",
            "completed",
            "erledigtam",
            "erledigt",
            "fertigam",
            "klaarop",
            "klaar",
            "gereedop",
        ],
    ),
];

/// What must be there.
pub const NEEDED: &[&str] = &["number", "external_id"];

/// When a task was done: a day, or a word that says that it is; nothing and no say nothing.
fn done_on(ctx: &Ctx, columns: &Columns, row: &Row, errors: &mut FieldErrors) -> Option<Day> {
    match columns.get(row, "done")?.to_lowercase().as_str() {
        "" | "0" | "no" | "false" | "open" | "nein" | "falsch" | "offen" | "nee" | "onwaar" => None,
        "1" | "x" | "yes" | "true" | "done" | "ja" | "wahr" | "erledigt" | "fertig" | "waar" | "klaar" | "gereed" => {
            Some(today(ctx))
        }
        _ => projects::read(ctx, columns, row, "done", errors).flatten(),
    }
}

/// The task of a row, or what is wrong with it.
pub fn input(ctx: &Ctx, columns: &Columns, row: &Row) -> Result<Sent, FieldErrors> {
    let mut errors = FieldErrors::default();
    let text = |field| columns.get(row, field).map(str::to_owned);
    let some = |field| text(field).filter(|text| !text.is_empty());
    let side = some("side").map(|said| orders::side_of(&said));
    if side == Some(None) {
        errors.add("side", ctx.t("orders-error-acts"));
    }
    let due_on = projects::read(ctx, columns, row, "due_on", &mut errors);
    let done_on = done_on(ctx, columns, row, &mut errors);
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Sent {
        external_id: text("external_id").unwrap_or_default(),
        title: some("title"),
        text: text("text"),
        side: side.flatten(),
        assignee: text("assignee"),
        due_on,
        done_on,
    })
}

/// What became of a task, for the report and for undoing.
pub fn done(plan: Plan) -> Result<Done, AppError> {
    let before = noted(&plan)?;
    let Plan { act, entry, changes, .. } = plan;
    Ok(Done { act, changes, object: Some(entry.row.id.0), revision: entry.row.revision + 1, before })
}
