//! A project as somebody sends it: a form, the API, an import. What is not said stays as it is.

use crate::day::Day;
use crate::ids::{ProjectId, UserId};

use super::model::Milestone;
use super::task_take::Sent;

/// The longest short name, number or key, in characters.
pub const SHORT: usize = 100;
/// The longest title.
pub const TITLE: usize = 200;
/// The longest summary, description, report or reason.
pub const TEXT: usize = 4000;
/// The most milestones of one project.
pub const MILESTONES: usize = 50;
/// The most tasks that come with one project.
pub const TASKS: usize = 500;

/// What a project is to be. `None` everywhere but in the short name: not said, and so not changed.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// Short name; of a new project it is made from the title where it is empty.
    pub slug: String,
    /// The key in the system it comes from.
    pub external_id: Option<String>,
    /// The customer: number, short name or id. Needed for a project that is not there yet.
    pub organisation: Option<String>,
    /// The operator's number.
    pub number: Option<String>,
    /// A project of the customer that no other system keeps yet is found by its number, too.
    pub by_number: bool,
    /// What it is called. Needed for a project that is not there yet.
    pub name: Option<String>,
    /// What it is about, in words of the customer.
    pub summary: Option<String>,
    /// Key or name of a status.
    pub status: Option<String>,
    /// Who is responsible for it at the operator.
    pub lead: Option<Option<UserId>>,
    /// When it begins.
    pub starts_on: Option<Option<Day>>,
    /// When it is to be done.
    pub due_on: Option<Option<Day>>,
    /// When it was.
    pub done_on: Option<Option<Day>>,
    /// Every milestone.
    pub milestones: Option<Vec<Milestone>>,
    /// Tasks that another system keeps; those that are not named stay as they are.
    pub tasks: Vec<Sent>,
    /// Why it changes, in words that its customer reads.
    pub reason: String,
    /// The project that is meant, where its short name may change too.
    pub meant: Option<ProjectId>,
    /// Only if it still is at this revision.
    pub revision: Option<i64>,
}

/// One field that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its name in the API.
    pub field: &'static str,
    /// The milestone that it is about; else empty.
    pub subject: String,
    /// What it was; empty for nothing.
    pub old: String,
    /// What it is to be.
    pub new: String,
}
