//! What a project becomes: what was, what is said, and the difference.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::ids::{OrganisationId, ProjectId, UserId};
use crate::orders::model::Status;

use super::input::{Change, Input};
use super::model::Milestone;

/// A project as the tables hold it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct Row {
    /// Id.
    pub id: ProjectId,
    /// The customer.
    pub organisation_id: OrganisationId,
    /// Short name.
    pub slug: String,
    /// The operator's number.
    pub number: String,
    /// The key in the system it comes from.
    pub external_id: Option<String>,
    /// What it is called.
    pub name: String,
    /// What it is about.
    pub summary: String,
    /// Key of its status.
    pub status: String,
    /// The status is final.
    pub closed: bool,
    /// Who is responsible.
    pub lead_id: Option<UserId>,
    /// When it begins.
    pub starts_on: Option<Day>,
    /// When it is to be done.
    pub due_on: Option<Day>,
    /// When it was.
    pub done_on: Option<Day>,
    /// What lists are in the order of.
    pub sort_on: Day,
    /// Raised by every change.
    pub revision: i64,
}

impl Row {
    /// A project that is not there yet.
    pub fn new(id: ProjectId, organisation_id: OrganisationId, slug: String) -> Self {
        Self {
            id,
            organisation_id,
            slug,
            number: String::new(),
            external_id: None,
            name: String::new(),
            summary: String::new(),
            status: String::new(),
            closed: false,
            lead_id: None,
            starts_on: None,
            due_on: None,
            done_on: None,
            sort_on: Day::LAST,
            revision: 0,
        }
    }
}

/// A day as a change holds it; empty for none.
pub fn day(day: Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// Sets a field that was said, and notes it where it is different.
fn set<T: PartialEq + Clone>(
    field: &'static str,
    place: &mut T,
    said: Option<&T>,
    text: impl Fn(&T) -> String,
    changes: &mut Vec<Change>,
) {
    if let Some(said) = said
        && place != said
    {
        changes.push(Change { field, subject: String::new(), old: text(place), new: text(said) });
        place.clone_from(said);
    }
}

/// The row as it is to be, and what that changes.
pub fn apply(mut row: Row, input: &Input, statuses: &[Status], today: Day) -> (Row, Vec<Change>) {
    let mut changes = Vec::new();
    let all = &mut changes;
    if !input.slug.is_empty() {
        set("slug", &mut row.slug, Some(&input.slug), Clone::clone, all);
    }
    if input.external_id.is_some() {
        set("external_id", &mut row.external_id, Some(&input.external_id), |v| v.clone().unwrap_or_default(), all);
    }
    set("number", &mut row.number, input.number.as_ref(), Clone::clone, all);
    set("name", &mut row.name, input.name.as_ref(), Clone::clone, all);
    set("summary", &mut row.summary, input.summary.as_ref(), Clone::clone, all);
    set("status", &mut row.status, input.status.as_ref(), Clone::clone, all);
    let id = |v: &Option<UserId>| v.map(|id| id.to_string()).unwrap_or_default();
    set("lead_id", &mut row.lead_id, input.lead.as_ref(), id, all);
    set("starts_on", &mut row.starts_on, input.starts_on.as_ref(), |v| day(*v), all);
    set("due_on", &mut row.due_on, input.due_on.as_ref(), |v| day(*v), all);
    set("done_on", &mut row.done_on, input.done_on.as_ref(), |v| day(*v), all);
    let was_closed = row.closed;
    row.closed = statuses.iter().any(|status| status.key == row.status && status.is_final);
    if row.closed {
        // When it was done; where nobody says, when that was said of it.
        row.sort_on = row.done_on.unwrap_or(if was_closed { row.sort_on } else { today });
    }
    (row, changes)
}

/// What new milestones change: days that move and what is reached, by their titles; else that there are others.
pub fn milestones(old: &[Milestone], new: &[Milestone]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut others = old.len() != new.len();
    for milestone in new {
        let Some(before) = old.iter().find(|known| known.title == milestone.title) else {
            others = true;
            continue;
        };
        let pairs = [
            ("milestone_expected", before.expected_on, milestone.expected_on),
            ("milestone_done", before.done_on, milestone.done_on),
        ];
        for (field, was, is) in pairs.into_iter().filter(|(_, was, is)| was != is) {
            changes.push(Change { field, subject: milestone.title.clone(), old: day(was), new: day(is) });
        }
    }
    if others || (changes.is_empty() && old != new) {
        let (old, new) = (old.len().to_string(), new.len().to_string());
        changes.push(Change { field: "milestones", subject: String::new(), old, new });
    }
    changes
}
