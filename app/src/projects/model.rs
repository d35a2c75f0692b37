//! Plain types of projects.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::ids::{CommentId, DecisionId, OrganisationId, ProjectId, ReportId, TaskId, UserId};
use crate::orders::model::{Side, Status};
use crate::time::Instant;
use crate::ui::Tone;

/// How a project goes, as whoever is responsible sees it. Always said in words beside the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Light {
    /// Nobody has said anything yet.
    None,
    /// As planned.
    OnTrack,
    /// It may come later or otherwise.
    AtRisk,
    /// It will not come as planned.
    OffTrack,
}

impl Light {
    /// What a report can say.
    pub const ALL: [Self; 3] = [Self::OnTrack, Self::AtRisk, Self::OffTrack];

    /// The name in the database, in forms and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::OnTrack => "on_track",
            Self::AtRisk => "at_risk",
            Self::OffTrack => "off_track",
        }
    }

    /// What a report can say by this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|light| light.name() == name)
    }

    /// The Fluent key of its words.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::None => "projects-light-none",
            Self::OnTrack => "projects-light-on-track",
            Self::AtRisk => "projects-light-at-risk",
            Self::OffTrack => "projects-light-off-track",
        }
    }

    /// Its colour.
    pub const fn tone(self) -> Tone {
        match self {
            Self::None => Tone::Idle,
            Self::OnTrack => Tone::Good,
            Self::AtRisk => Tone::Warn,
            Self::OffTrack => Tone::Bad,
        }
    }

    /// Its shape beside the word: another one for each.
    pub const fn glyph(self) -> &'static str {
        match self {
            Self::None => "open",
            Self::OnTrack => "done",
            Self::AtRisk => "late",
            Self::OffTrack => "no",
        }
    }
}

/// A project as a list or a page reads it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Project {
    /// Id.
    pub id: ProjectId,
    /// The customer.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// Short name: what imports and commands find it by.
    pub slug: String,
    /// The operator's number; may be empty.
    pub number: String,
    /// The key in the system it comes from; none for customers.
    pub external_id: Option<String>,
    /// What it is called.
    pub name: String,
    /// What it is about, in words of the customer; may be empty.
    pub summary: String,
    /// How it stands.
    #[sqlx(flatten)]
    pub status: Status,
    /// How it goes.
    pub light: Light,
    /// Who is responsible for it at the operator.
    pub lead_id: Option<UserId>,
    /// Their name.
    pub lead_name: Option<String>,
    /// When it begins.
    pub starts_on: Option<Day>,
    /// When it is to be done.
    pub due_on: Option<Day>,
    /// When it was.
    pub done_on: Option<Day>,
    /// The first milestone that is not reached, or the soonest task of the customer.
    pub next_step: String,
    /// When it is expected.
    pub next_on: Option<Day>,
    /// Who does it.
    pub next_acts: Side,
    /// What lists are in the order of.
    pub sort_on: Day,
    /// When it came into the portal.
    pub created_at: Instant,
    /// Its last change.
    pub changed_at: Instant,
    /// Raised by every change; the ETag.
    pub project_revision: i64,
    /// This member of staff is assigned to the customer, or on the project.
    pub assigned: bool,
    /// The actor administers the customer.
    pub administers: bool,
}

impl Project {
    /// The first day of it that may pass: what comes next, or when all of it is to be done. None where it is over. `late_key` in
    /// the database.
    pub fn late_key(&self) -> Option<Day> {
        let days = [self.next_on, self.due_on].into_iter().flatten();
        days.min().filter(|_| !self.status.is_final)
    }

    /// Something of it should have come and has not.
    pub fn is_late(&self, today: Day) -> bool {
        self.late_key().is_some_and(|day| day < today)
    }

    /// Who acts next: what the status says of customers and of what is over goes before the next step.
    pub fn acts(&self) -> Side {
        match self.status.waits_for {
            Side::House => self.next_acts,
            other => other,
        }
    }
}

/// One milestone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct Milestone {
    /// Its place, unique in the project.
    pub position: i64,
    /// What is reached, in words of the customer.
    pub title: String,
    /// When it is expected.
    pub expected_on: Option<Day>,
    /// When it was reached.
    pub done_on: Option<Day>,
}

/// Something to do.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Task {
    /// Id.
    pub id: TaskId,
    /// The project.
    pub project_id: ProjectId,
    /// Its name.
    pub project_name: String,
    /// The customer.
    pub organisation_id: OrganisationId,
    /// Whose it is.
    pub side: Side,
    /// Who of that side; none: whoever of them is on the project.
    pub assignee_id: Option<UserId>,
    /// Their name.
    pub assignee_name: Option<String>,
    /// What.
    pub title: String,
    /// More about it; may be empty.
    pub text: String,
    /// The last day in time.
    pub due_on: Option<Day>,
    /// When it was done.
    pub done_at: Option<Instant>,
    /// By whom.
    pub done_by_name: Option<String>,
    /// Whoever did it is of the operator.
    pub done_by_house: bool,
    /// When it was written down.
    pub created_at: Instant,
    /// Raised by every change; the ETag.
    pub revision: i64,
    /// How much was said about it.
    pub comments: i64,
    /// This member of staff is assigned to the customer, or on the project.
    pub assigned: bool,
    /// The actor administers the customer.
    pub administers: bool,
}

impl Task {
    /// Its day has passed.
    pub fn is_late(&self, today: Day) -> bool {
        self.done_at.is_none() && self.due_on.is_some_and(|day| day < today)
    }
}

/// A task as somebody writes it down.
#[derive(Clone, Debug)]
pub struct NewTask {
    /// Whose it is.
    pub side: Side,
    /// Who of that side.
    pub assignee: Option<UserId>,
    /// What.
    pub title: String,
    /// More about it.
    pub text: String,
    /// The last day in time.
    pub due_on: Option<Day>,
}

/// A word about a task.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Comment {
    /// Id.
    pub id: CommentId,
    /// Who; none for the operator at the machine.
    pub name: Option<String>,
    /// They are of the operator.
    pub house: bool,
    /// When.
    pub written_at: Instant,
    /// What.
    pub text: String,
}

/// How it goes.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Report {
    /// Id.
    pub id: ReportId,
    /// In one of three words.
    pub light: Light,
    /// In words of their own.
    pub text: String,
    /// Who says so.
    pub name: Option<String>,
    /// When.
    pub written_at: Instant,
}

/// What was decided.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Decision {
    /// Id.
    pub id: DecisionId,
    /// What.
    pub title: String,
    /// When.
    pub decided_on: Day,
    /// By whom.
    pub decided_by: String,
    /// Why; may be empty.
    pub reason: String,
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
    /// The milestone that it is about; else empty.
    pub subject: String,
    /// What it was.
    pub old: String,
    /// What it is.
    pub new: String,
    /// Why, in words; may be empty.
    pub reason: String,
}

/// Somebody on a project.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OnProject {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// What they are at the customer; none for staff.
    pub role: Option<crate::access::MembershipRole>,
    /// What they are at the operator; none for customers.
    pub staff_role: Option<crate::access::StaffRole>,
    /// They are the customer's contact, and have a portrait; where that is asked.
    #[sqlx(default)]
    pub portrait: bool,
    /// Last signed in.
    pub last_sign_in_at: Option<Instant>,
}

/// Which projects a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// All of them, the furthest day first.
    All,
    /// Those of which something is still to come, the soonest first.
    #[default]
    Open,
    /// Those that are over, the last first.
    Closed,
}

/// Where a list continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    /// The day of the last one.
    pub day: Day,
    /// Its id.
    pub id: ProjectId,
}

impl After {
    /// Before the soonest.
    pub const SOONEST: Self = Self { day: Day::FIRST, id: ProjectId(uuid::Uuid::nil()) };
    /// Before the furthest.
    pub const LATEST: Self = Self { day: Day::LAST, id: ProjectId(uuid::Uuid::max()) };
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
