//! Plain types of orders.

use crate::day::Day;
use crate::ids::{OrderId, OrganisationId, ProjectId, UserId};
use crate::time::Instant;

pub use crate::statuses::model::{Look, Side, Status};

/// An order as a list or a page reads it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Order {
    /// Id.
    pub id: OrderId,
    /// The customer.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// The project it belongs to.
    pub project_id: Option<ProjectId>,
    /// Its name.
    pub project_name: Option<String>,
    /// The person at the customer who ordered.
    pub buyer_id: Option<UserId>,
    /// Their name.
    pub buyer_name: Option<String>,
    /// The operator's number.
    pub number: String,
    /// The key in the system it comes from.
    pub external_id: Option<String>,
    /// What it is about; may be empty.
    pub title: String,
    /// The customer's own number; may be empty.
    pub reference: String,
    /// How it stands.
    #[sqlx(flatten)]
    pub status: Status,
    /// When it was ordered.
    pub ordered_on: Day,
    /// When the customer wants it.
    pub wanted_on: Option<Day>,
    /// When it will come.
    pub confirmed_on: Option<Day>,
    /// When it came.
    pub delivered_on: Option<Day>,
    /// ISO 4217; empty without prices.
    pub currency: String,
    /// Net, in minor units; none for whoever sees no prices.
    pub total: Option<i64>,
    /// Where to.
    pub ship_to: String,
    /// By whom.
    pub carrier: String,
    /// Under which terms.
    pub terms: String,
    /// Where to follow it; empty, or https.
    pub tracking_url: String,
    /// The first step that is not done.
    pub next_step: String,
    /// When it is expected.
    pub next_on: Option<Day>,
    /// When it came into the portal.
    pub created_at: Instant,
    /// Its last change.
    pub changed_at: Instant,
    /// Raised by every change; the ETag.
    pub order_revision: i64,
    /// This member of staff is assigned to the customer.
    pub assigned: bool,
    /// The actor administers the customer.
    pub administers: bool,
}

impl Order {
    /// The day it is expected, as far as anybody has said.
    pub fn expected_on(&self) -> Option<Day> {
        self.confirmed_on.or(self.wanted_on)
    }

    /// When something is to happen with it next, as far as anybody has said: the delivery, else its next step. `due_key` in
    /// the database.
    pub fn due_on(&self) -> Option<Day> {
        match (self.status.is_final, self.delivered_on) {
            (true, _) => None,
            (false, None) => self.expected_on().or(self.next_on),
            (false, Some(_)) => self.next_on,
        }
    }

    /// That should have been and has not.
    pub fn is_late(&self, today: Day) -> bool {
        self.due_on().is_some_and(|day| day < today)
    }

    /// What to call it: its title, or else its number.
    pub fn name(&self) -> &str {
        if self.title.is_empty() { &self.number } else { &self.title }
    }
}

/// One line of an order.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct Line {
    /// Its place, unique in the order.
    pub position: i64,
    /// Article number; may be empty.
    pub article: String,
    /// What.
    pub title: String,
    /// How many, in thousandths.
    pub quantity: i64,
    /// Of what; may be empty.
    pub unit: String,
    /// Of one, net, in minor units.
    pub price: Option<i64>,
    /// Of all of them, net, in minor units.
    pub amount: Option<i64>,
}

/// One step of delivery or production.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Step {
    /// Its place, unique in the order.
    pub position: i64,
    /// What happens, in words of the customer.
    pub title: String,
    /// When it is expected.
    pub expected_on: Option<Day>,
    /// When it was done.
    pub done_on: Option<Day>,
    /// Who does it.
    pub acts: Side,
}

/// What was changed, as the customer reads it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Changed {
    /// When.
    pub at: Instant,
    /// Who; none where it came with an import.
    pub by_name: Option<String>,
    /// What: the name of the field in the API.
    pub field: String,
    /// What it was; empty where there was nothing.
    pub old: String,
    /// What it is.
    pub new: String,
    /// Why, in words; may be empty.
    pub reason: String,
}

/// Which orders a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// All of them.
    All,
    /// Those of which something is still to come.
    #[default]
    Open,
    /// Those that are over.
    Closed,
    /// Those with this status.
    Status(String),
}

/// Where a list continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    /// The day of the last one: when it was ordered, or is expected.
    pub day: Day,
    /// Its id.
    pub id: OrderId,
}

impl After {
    /// Before the newest.
    pub const START: Self = Self { day: Day::LAST, id: OrderId(uuid::Uuid::max()) };
    /// Before the oldest.
    pub const OLDEST: Self = Self { day: Day::FIRST, id: OrderId(uuid::Uuid::nil()) };
}

impl std::fmt::Display for After {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}", self.day, self.id)
    }
}

impl std::str::FromStr for After {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (day, id) = text.split_once('_').ok_or(())?;
        Ok(Self { day: day.parse()?, id: id.parse().map_err(|_| ())? })
    }
}
