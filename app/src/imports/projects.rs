//! A row for each project, or for each milestone of one: then the rows of a project stand below each other and are all of its
//! milestones.

use std::collections::HashMap;

use crate::ctx::Ctx;
use crate::day::Day;
use crate::db::{Db, DbResult};
use crate::error::{AppError, FieldErrors};
use crate::ids::UserId;
use crate::orders::input::{Act, Change};
use crate::projects::input::{Change as Told, Input};
use crate::projects::model::Milestone;
use crate::projects::people::staff_addressed;
use crate::projects::take::Plan;
use crate::projects::undo::noted;
use crate::sign_in::service::email_key;

use super::columns::{Columns, Names};
use super::report::Done;
use super::table::Row;
use super::values::day;

/// The fields and the names their columns go by.
pub const NAMES: &[Names] = &[
    (
        "number",
        &[
            "number",
            "projectnumber",
            "projectno",
            "projectid",
            "project",
            "projektnr",
            "projektnummer",
            "projekt",
            "projectnummer",
        ],
    ),
    ("external_id", &["externalid", "erpid", "sourceid", "fremdschluessel"]),
    ("slug", &["slug", "shortname", "kurzname"]),
    (
        "organisation",
        &[
            "organisation",
            "organization",
            "organisationid",
            "customerid",
            "customernumber",
            "customerno",
            "customer",
            "kundennr",
            "kundennummer",
            "kunde",
            "debitor",
            "debitornr",
            "klant",
            "klantnummer",
        ],
    ),
    ("name", &["name", "title", "projectname", "bezeichnung", "projektname", "titel", "naam"]),
    ("summary", &["summary", "description", "beschreibung", "kurzbeschreibung", "omschrijving"]),
    ("status", &["status", "state", "projektstatus"]),
    ("lead", &["lead", "leademail", "projectmanager", "manager", "projektleiter", "projektleitung", "projectleider"]),
    ("starts_on", &["startson", "start", "startdate", "begin", "beginn", "startdatum", "begindatum"]),
    ("due_on", &["dueon", "due", "duedate", "end", "enddate", "ende", "termin", "enddatum", "faelligam", "einddatum"]),
    ("done_on", &["doneon", "done", "completedon", "completed", "fertigam", "abgeschlossenam", "gereedop"]),
    ("milestone", &["milestone", "milestonetitle", "milestonename", "meilenstein", "mijlpaal"]),
    (
        "milestone_expected",
        &[
            "milestoneexpectedon",
            "milestoneexpected",
            "milestonedate",
            "milestonedue",
            "meilensteintermin",
            "meilensteindatum",
            "mijlpaaldatum",
        ],
    ),
    (
        "milestone_done",
        &["milestonedoneon", "milestonedone", "milestonereached", "meilensteinerreicht", "meilensteinerreichtam"],
    ),
    ("reason", &["reason", "changereason", "grund", "aenderungsgrund", "reden"]),
];

/// What must be there.
pub const NEEDED: &[&str] = &["number"];

/// Who of the staff has which of the addresses that stand in rows.
pub async fn staff(db: &Db, columns: &Columns, rows: &[Row]) -> DbResult<HashMap<String, UserId>> {
    let keys = rows.iter().filter_map(|row| columns.get(row, "lead")).filter(|text| !text.is_empty()).map(email_key);
    staff_addressed(db, &keys.collect()).await
}

/// A day of a row: not in the file, empty, or what it says.
pub(super) fn read(
    ctx: &Ctx,
    columns: &Columns,
    row: &Row,
    field: &'static str,
    errors: &mut FieldErrors,
) -> Option<Option<Day>> {
    let text = columns.get(row, field)?;
    let known = day(text, columns.how(field));
    if known.is_none() && !text.is_empty() {
        errors.add(field, ctx.with("imports-error-day", &[("text", text.to_owned().into())]));
    }
    Some(known)
}

/// The milestones of rows that stand below each other; none where the file knows nothing of them.
fn milestones(ctx: &Ctx, columns: &Columns, rows: &[Row], errors: &mut FieldErrors) -> Option<Vec<Milestone>> {
    if !columns.has("milestone") {
        return None;
    }
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let title = columns.get(row, "milestone").unwrap_or_default().to_owned();
        let expected_on = read(ctx, columns, row, "milestone_expected", errors).flatten();
        let done_on = read(ctx, columns, row, "milestone_done", errors).flatten();
        if !title.is_empty() || expected_on.is_some() || done_on.is_some() {
            all.push(Milestone { position: 0, title, expected_on, done_on });
        }
    }
    Some(all)
}

/// The project of rows that stand below each other, or what is wrong with them. What is said of the project counts where it
/// stands first.
pub fn input(
    ctx: &Ctx,
    columns: &Columns,
    rows: &[Row],
    staff: &HashMap<String, UserId>,
) -> Result<Input, FieldErrors> {
    let mut errors = FieldErrors::default();
    let says = |field: &str| {
        let mut said = rows.iter().filter_map(|row| Some((row, columns.get(row, field)?)));
        said.find(|(_, text)| !text.is_empty())
    };
    // A field that the file has and that is empty is said to be so.
    let text = |field| columns.has(field).then(|| says(field).map_or_else(String::new, |(_, text)| text.to_owned()));
    let known = |field| text(field).filter(|text| !text.is_empty());
    let number = known("number");
    let external_id = known("external_id").or_else(|| number.clone());
    if external_id.is_none() {
        errors.add("number", ctx.t("imports-error-no-number"));
    }
    let mut date = |field: &'static str| {
        columns
            .has(field)
            .then(|| says(field).and_then(|(row, _)| read(ctx, columns, row, field, &mut errors).flatten()))
    };
    let [starts_on, due_on, done_on] = ["starts_on", "due_on", "done_on"].map(&mut date);
    let lead = text("lead").map(|said| {
        let found = staff.get(&email_key(&said)).copied();
        if found.is_none() && !said.is_empty() {
            errors.add("lead", ctx.t("projects-error-lead"));
        }
        found
    });
    let milestones = milestones(ctx, columns, rows, &mut errors);
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Input {
        slug: known("slug").unwrap_or_default(),
        external_id,
        organisation: known("organisation"),
        number,
        by_number: true,
        name: known("name"),
        summary: text("summary"),
        status: known("status"),
        lead,
        starts_on,
        due_on,
        done_on,
        milestones,
        reason: text("reason").unwrap_or_default(),
        ..Input::default()
    })
}

/// What became of a project, for the report and for undoing.
pub fn done(plan: Plan) -> Result<Done, AppError> {
    let before = noted(&plan)?;
    let new = plan.act == Act::Create;
    let told = |change: Told| {
        let Told { field, subject, old, new } = change;
        let named = |text: String| if text.is_empty() { text } else { format!("{subject}: {text}") };
        if subject.is_empty() { Change { field, old, new } } else { Change { field, old: named(old), new: named(new) } }
    };
    Ok(Done {
        act: plan.act,
        object: Some(plan.entry.row.id.0),
        revision: plan.entry.row.revision + 1,
        changes: if new { Vec::new() } else { plan.entry.changes.into_iter().map(told).collect() },
        before,
    })
}
