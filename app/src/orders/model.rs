//! Plain types of orders.

use crate::day::Day;
use crate::i18n::Locale;
use crate::ids::{OrderId, OrganisationId, ProjectId, UserId};
use crate::time::Instant;
use crate::ui::Tone;

/// Who acts next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Side {
    /// The operator.
    House,
    /// The customer.
    Customer,
    /// Nobody: it is on its way, or over.
    Nobody,
}

impl Side {
    /// Every side, in the order of the form.
    pub const ALL: [Self; 3] = [Self::House, Self::Customer, Self::Nobody];

    /// The name in the database, in forms and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::House => "house",
            Self::Customer => "customer",
            Self::Nobody => "nobody",
        }
    }

    /// The side with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.name() == name)
    }
}

/// How a status looks. The colours are the portal's, so that every one of them is readable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Look {
    /// Under way.
    Idle,
    /// The customer's turn.
    Mine,
    /// Well.
    Good,
    /// Needs a look.
    Warn,
    /// Failed.
    Bad,
}

impl Look {
    /// Every look, in the order of the form.
    pub const ALL: [Self; 5] = [Self::Idle, Self::Mine, Self::Good, Self::Warn, Self::Bad];

    /// The name in the database, in forms and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Mine => "mine",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    /// The look with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|look| look.name() == name)
    }

    /// Its colour.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Idle => Tone::Idle,
            Self::Mine => Tone::Mine,
            Self::Good => Tone::Good,
            Self::Warn => Tone::Warn,
            Self::Bad => Tone::Bad,
        }
    }
}

/// How an order can stand.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Status {
    /// What orders, imports and the API name it by.
    pub key: String,
    /// Where it stands among the others.
    pub position: i64,
    /// English.
    pub name_en: String,
    /// German.
    pub name_de: String,
    /// Dutch.
    pub name_nl: String,
    /// How it looks.
    pub tone: Look,
    /// Who acts next.
    pub waits_for: Side,
    /// Nothing more will come.
    pub is_final: bool,
    /// Raised by every change.
    pub revision: i64,
}

impl Status {
    /// Its name.
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::En => &self.name_en,
            Locale::De => &self.name_de,
            Locale::Nl => &self.name_nl,
        }
    }

    /// Its shape beside the word.
    pub const fn glyph(&self) -> &'static str {
        match (self.tone, self.is_final) {
            (Look::Mine, _) => "mine",
            (Look::Bad, _) => "no",
            (Look::Warn, true) => "old",
            (Look::Warn, false) => "late",
            (_, true) => "done",
            (_, false) => "half",
        }
    }
}

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

    /// It should have come and has not.
    pub fn is_late(&self, today: Day) -> bool {
        !self.status.is_final && self.delivered_on.is_none() && self.expected_on().is_some_and(|day| day < today)
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
    /// When the last one was ordered.
    pub ordered_on: Day,
    /// Its id.
    pub id: OrderId,
}

impl After {
    /// Before everything.
    pub const START: Self = Self { ordered_on: Day::LAST, id: OrderId(uuid::Uuid::max()) };
}

impl std::fmt::Display for After {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}", self.ordered_on, self.id)
    }
}

impl std::str::FromStr for After {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (day, id) = text.split_once('_').ok_or(())?;
        Ok(Self { ordered_on: day.parse()?, id: id.parse().map_err(|_| ())? })
    }
}
