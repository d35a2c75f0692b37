//! Plain types of notifications.

use uuid::Uuid;

use crate::ids::{
    AnnouncementId, AppointmentId, DocumentId, ImportId, NewsId, NotificationId, OrderId, OrganisationId, ProjectId,
    RequestId, TaskId, UserId,
};
use crate::mail::Letter;
use crate::time::Instant;

use super::kind::{Class, Kind};

/// What somebody is told about. Opening it is seeing what was told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// A document.
    Document(DocumentId),
    /// A file that is asked for.
    Request(RequestId),
    /// An order.
    Order(OrderId),
    /// Many orders that came together.
    Orders(NewsId),
    /// A project.
    Project(ProjectId),
    /// Many projects that came together.
    Projects(NewsId),
    /// Something to do in a project.
    Task(TaskId),
    /// An appointment.
    Appointment(AppointmentId),
    /// An announcement.
    Announcement(AnnouncementId),
    /// Somebody of an organisation.
    Member(UserId),
    /// A customer.
    Organisation(OrganisationId),
    /// A file that was imported, or was not.
    Import(ImportId),
    /// One's own sign-in.
    User(UserId),
}

impl Object {
    /// Its kind, as the database and the API name it, and which it is.
    pub const fn parts(self) -> (&'static str, Uuid) {
        match self {
            Self::Document(id) => ("document", id.0),
            Self::Request(id) => ("request", id.0),
            Self::Order(id) => ("order", id.0),
            Self::Orders(id) => ("orders", id.0),
            Self::Project(id) => ("project", id.0),
            Self::Projects(id) => ("projects", id.0),
            Self::Task(id) => ("task", id.0),
            Self::Appointment(id) => ("appointment", id.0),
            Self::Announcement(id) => ("announcement", id.0),
            Self::Member(id) => ("member", id.0),
            Self::Organisation(id) => ("organisation", id.0),
            Self::Import(id) => ("import", id.0),
            Self::User(id) => ("user", id.0),
        }
    }

    /// The object of these parts.
    pub fn of(kind: &str, id: Uuid) -> Option<Self> {
        Some(match kind {
            "document" => Self::Document(DocumentId(id)),
            "request" => Self::Request(RequestId(id)),
            "order" => Self::Order(OrderId(id)),
            "orders" => Self::Orders(NewsId(id)),
            "project" => Self::Project(ProjectId(id)),
            "projects" => Self::Projects(NewsId(id)),
            "task" => Self::Task(TaskId(id)),
            "appointment" => Self::Appointment(AppointmentId(id)),
            "announcement" => Self::Announcement(AnnouncementId(id)),
            "member" => Self::Member(UserId(id)),
            "organisation" => Self::Organisation(OrganisationId(id)),
            "import" => Self::Import(ImportId(id)),
            "user" => Self::User(UserId(id)),
            _ => return None,
        })
    }
}

/// What one person is to be told, by an act that knows whom it needs.
#[derive(Clone, Debug)]
pub struct Notice {
    /// What it is.
    pub kind: Kind,
    /// Who is told.
    pub to: UserId,
    /// The customer it is about, if it is about one.
    pub organisation: Option<OrganisationId>,
    /// What it is about.
    pub object: Object,
    /// What a mail of this alone says; without one it says the bell's line.
    pub letter: Option<Letter>,
}

/// One row for each of these people.
#[derive(Clone, Debug)]
pub(super) struct Rows<'a> {
    pub kind: Kind,
    pub organisation: Option<OrganisationId>,
    pub object: Object,
    pub actor: Option<UserId>,
    pub event: Option<i64>,
    pub at: Instant,
    pub letter: Option<&'a str>,
    /// Whom, the row's id, and when a mail takes it along.
    pub people: Vec<(UserId, NotificationId, Option<Instant>)>,
}

/// A line of somebody's list, in their words: only of what they may still see.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which.
    pub id: NotificationId,
    /// What it is.
    pub kind: Kind,
    /// "New document: Contract 2026".
    pub text: String,
    /// What it is about is called.
    pub title: String,
    /// Who did it, as far as the reader may know; empty where nobody did.
    pub who: String,
    /// What it is about.
    pub object: Object,
    /// Its page.
    pub path: String,
    /// When.
    pub at: Instant,
    /// When, by their clock: the hour today, the date before.
    pub when: String,
    /// When they saw it.
    pub seen_at: Option<Instant>,
    /// The customer it is about.
    pub organisation: Option<OrganisationId>,
    /// What that is called.
    pub organisation_name: String,
}

impl Line {
    /// How much it wants of them.
    pub const fn class(&self) -> Class {
        self.kind.class()
    }
}
