//! Plain types of appointments.

use std::time::Duration;

use crate::access::StaffRole;
use crate::ids::{AppointmentId, OrderId, OrganisationId, ProjectId, UserId};
use crate::time::Instant;

/// Where an appointment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// Times to choose from.
    Proposed,
    /// One time, agreed.
    Confirmed,
    /// It has taken place.
    Done,
    /// It does not take place.
    Cancelled,
}

impl State {
    /// Every state, in the order of its life.
    pub const ALL: [Self; 4] = [Self::Proposed, Self::Confirmed, Self::Done, Self::Cancelled];

    /// The name in the database, in addresses and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Confirmed => "confirmed",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Nothing more will come of it.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled)
    }
}

/// An appointment as a list or a page reads it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Appointment {
    /// Id.
    pub id: AppointmentId,
    /// The customer.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// The order it is about.
    pub order_id: Option<OrderId>,
    /// Its number.
    pub order_number: Option<String>,
    /// The project it belongs to.
    pub project_id: Option<ProjectId>,
    /// Its name.
    pub project_name: Option<String>,
    /// What it is called.
    pub title: String,
    /// What it is for, in words of the customer; may be empty.
    pub purpose: String,
    /// Where; may be empty.
    pub place: String,
    /// Where online: https, or empty.
    pub link: String,
    /// For the customer; may be empty.
    pub notes: String,
    /// For the house alone; empty for everybody else.
    pub internal_note: String,
    /// Whom the customer calls; may be empty.
    pub phone: String,
    /// How long it takes.
    pub minutes: i64,
    /// The clock at the place: a name of the IANA database.
    pub time_zone: String,
    /// Where it stands.
    pub state: State,
    /// When it begins; while times are proposed, the last of them.
    pub starts_at: Instant,
    /// The first of the proposed times; none once one is agreed.
    pub first_at: Option<Instant>,
    /// How many times are proposed; none once one is agreed.
    pub slots: i64,
    /// When it was confirmed.
    pub confirmed_at: Option<Instant>,
    /// Until how many hours before it the customer may move or cancel it alone.
    pub cancel_hours: i64,
    /// The other time the customer asks for; may be empty.
    pub wish: String,
    /// When they asked; until staff have answered.
    pub wished_at: Option<Instant>,
    /// The team comes from here on.
    pub way_from: Option<Instant>,
    /// And until here.
    pub way_until: Option<Instant>,
    /// What they say to it.
    pub way_note: String,
    /// Who made it.
    pub created_by: UserId,
    /// When.
    pub created_at: Instant,
    /// Its last change.
    pub changed_at: Instant,
    /// Raised by every change; the ETag.
    pub revision: i64,
    /// This member of staff is assigned to the customer.
    pub assigned: bool,
    /// The actor administers the customer.
    pub administers: bool,
    /// The actor takes part.
    pub takes_part: bool,
}

impl Appointment {
    /// When one that begins at this time ends.
    pub fn end_of(&self, start: Instant) -> Instant {
        start.plus(Duration::from_secs(60 * u64::try_from(self.minutes).unwrap_or(0)))
    }

    /// When it ends.
    pub fn ends_at(&self) -> Instant {
        self.end_of(self.starts_at)
    }

    /// Until when the customer may move or cancel it alone; what is only proposed they may always refuse.
    pub fn free_until(&self) -> Instant {
        self.starts_at.minus(Duration::from_secs(3600 * u64::try_from(self.cancel_hours).unwrap_or(0)))
    }

    /// Times are proposed, and one can still be chosen.
    pub fn can_be_chosen(&self, now: Instant) -> bool {
        self.state == State::Proposed && self.starts_at > now
    }
}

/// Somebody who takes part.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Person {
    /// Who.
    pub user_id: UserId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they are at the house; none for people of the customer.
    pub staff_role: Option<StaffRole>,
}

/// What happened to it, as its history tells.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Changed {
    /// When.
    pub at: Instant,
    /// Who.
    pub by_name: Option<String>,
    /// They are of the house.
    pub by_house: bool,
    /// What: proposed, confirmed, retimed, wished, moved, edited, `on_the_way`, done or cancelled.
    pub act: String,
    /// The time before.
    pub old_at: Option<Instant>,
    /// The time since.
    pub new_at: Option<Instant>,
    /// Until when, for who is on their way.
    pub until_at: Option<Instant>,
    /// Names of fields that were edited, with commas.
    pub fields: String,
    /// Why, or what they wish; may be empty.
    pub reason: String,
}

/// A change to be kept.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// What.
    pub act: &'static str,
    /// The time before.
    pub old_at: Option<Instant>,
    /// The time since.
    pub new_at: Option<Instant>,
    /// Until when.
    pub until_at: Option<Instant>,
    /// Names of fields.
    pub fields: String,
    /// Why.
    pub reason: String,
}

/// Which appointments a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which {
    /// Those that are over, the last first; else those to come, the soonest first.
    pub past: bool,
    /// Only in this state.
    pub state: Option<State>,
    /// Only those for which the customer asks for another time.
    pub wished: bool,
    /// Only those the actor takes part in.
    pub mine: bool,
}

impl Which {
    /// Everything to come.
    pub const UPCOMING: Self = Self { past: false, state: None, wished: false, mine: false };
    /// Everything that is over.
    pub const PAST: Self = Self { past: true, ..Self::UPCOMING };
}

/// Where a list continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    /// When the last one begins.
    pub starts_at: Instant,
    /// Its id.
    pub id: AppointmentId,
}

impl After {
    /// Behind everything: where a list begins that goes back through all of them.
    pub const END: Self = Self { starts_at: Instant::END, id: AppointmentId(uuid::Uuid::max()) };

    /// From this time on.
    pub const fn from(at: Instant) -> Self {
        Self { starts_at: at, id: AppointmentId(uuid::Uuid::nil()) }
    }
}

impl std::fmt::Display for After {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}", self.starts_at.0, self.id)
    }
}

impl std::str::FromStr for After {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, id) = text.split_once('_').ok_or(())?;
        let at = at.parse().ok().filter(|at| (0..=LAST).contains(at)).ok_or(())?;
        Ok(Self { starts_at: Instant(at), id: id.parse().map_err(|_| ())? })
    }
}

/// The last time anything can be: the end of the year 2199. Keys of lists have room for it.
const LAST: i64 = 7_258_118_400_000_000;

/// What an appointment is to be.
#[derive(Clone, Debug, Default)]
pub struct Details {
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// Where.
    pub place: String,
    /// Where online.
    pub link: String,
    /// For the customer.
    pub notes: String,
    /// For the house.
    pub internal_note: String,
    /// Whom to call.
    pub phone: String,
    /// How long.
    pub minutes: i64,
    /// The clock at the place.
    pub time_zone: String,
    /// Until how many hours before it the customer may move or cancel it alone.
    pub cancel_hours: i64,
    /// The order it is about.
    pub order_id: Option<OrderId>,
    /// The project it belongs to.
    pub project_id: Option<ProjectId>,
    /// Who takes part, of the customer and of the house.
    pub people: Vec<UserId>,
}

/// A new appointment.
#[derive(Clone, Debug)]
pub struct NewAppointment {
    /// The customer.
    pub organisation_id: OrganisationId,
    /// What it is to be.
    pub details: Details,
    /// Times to choose from.
    pub slots: Vec<Instant>,
    /// The one time was agreed already, such as by telephone.
    pub agreed: bool,
}
