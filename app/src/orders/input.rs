//! An order as somebody sends it: a form, the API, an import. What is not said stays as it is.

use crate::day::Day;
use crate::ids::{OrderId, ProjectId, UserId};

use super::model::{Line, Side, Step};

/// The longest number, reference, article or unit, in characters.
pub const SHORT: usize = 100;
/// The longest title, carrier or terms.
pub const TITLE: usize = 200;
/// The longest address or reason.
pub const TEXT: usize = 1000;
/// The most lines of one order.
pub const LINES: usize = 5000;
/// The most steps of one order.
pub const STEPS: usize = 50;

/// What an order is to be. `None` everywhere but in the number: not said, and so not changed.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// The operator's number.
    pub number: String,
    /// The key in the system it comes from; where none is said, the number is it.
    pub external_id: Option<String>,
    /// The customer: number, short name or id. Needed for an order that is not there yet.
    pub organisation: Option<String>,
    /// What it is about.
    pub title: Option<String>,
    /// The customer's own number.
    pub reference: Option<String>,
    /// Key of a status.
    pub status: Option<String>,
    /// When it was ordered. Needed for an order that is not there yet.
    pub ordered_on: Option<Day>,
    /// When the customer wants it.
    pub wanted_on: Option<Option<Day>>,
    /// When it will come.
    pub confirmed_on: Option<Option<Day>>,
    /// When it came.
    pub delivered_on: Option<Option<Day>>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// Nobody said the currency: it is taken for granted, and changes none that is known.
    pub currency_assumed: bool,
    /// Net, in minor units.
    pub total: Option<Option<i64>>,
    /// Where to.
    pub ship_to: Option<String>,
    /// That is only part of an address: it changes nothing where the one that is known has all of it.
    pub ship_to_in_part: bool,
    /// By whom.
    pub carrier: Option<String>,
    /// Under which terms.
    pub terms: Option<String>,
    /// Where to follow it.
    pub tracking_url: Option<String>,
    /// The project of the customer.
    pub project: Option<Option<ProjectId>>,
    /// The same by its key in the other system, its number, its short name or its id.
    pub project_named: Option<Option<String>>,
    /// The person at the customer who ordered.
    pub buyer: Option<Option<UserId>>,
    /// The same by their e-mail address.
    pub buyer_named: Option<Option<String>>,
    /// Every line.
    pub lines: Option<Vec<Line>>,
    /// Every step.
    pub steps: Option<Vec<Step>>,
    /// The step it is at, for whoever knows no other: those before it are done.
    pub current: Option<Current>,
    /// Why it changes, in words that its customer reads.
    pub reason: String,
    /// The order that is meant, where its number may change too.
    pub meant: Option<OrderId>,
    /// Only if it still is at this revision.
    pub revision: Option<i64>,
}

/// The step that an order is at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Current {
    /// What happens.
    pub title: String,
    /// When it is expected; not said, it stays as it is.
    pub expected_on: Option<Option<Day>>,
    /// Who does it; not said, it stays as it is, and is the house of a new one.
    pub acts: Option<Side>,
}

/// What became of one order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// It is new.
    Create,
    /// It was there and is different now.
    Change,
    /// It was there and is as it was.
    Unchanged,
}

impl Act {
    /// The name in reports and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Change => "change",
            Self::Unchanged => "unchanged",
        }
    }
}

/// One field that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its name in the API.
    pub field: &'static str,
    /// What it was; empty for nothing.
    pub old: String,
    /// What it is to be.
    pub new: String,
}
