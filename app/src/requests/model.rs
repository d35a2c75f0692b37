//! Plain types of requests.

use crate::access::Topic;
use crate::day::Day;
use crate::documents::model::Category;
use crate::ids::{DocumentId, OrganisationId, RequestId, UserId};
use crate::time::Instant;

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// Nothing has come yet.
    Open,
    /// A file has come; staff look at it.
    Sent,
    /// Staff have looked, and something is to be put right.
    Fix,
    /// It is what was asked for.
    Accepted,
    /// Staff have taken the question back.
    Withdrawn,
}

impl State {
    /// Every state, in the order in which staff care.
    pub const ALL: [Self; 5] = [Self::Sent, Self::Open, Self::Fix, Self::Accepted, Self::Withdrawn];

    /// The name in the database, in addresses and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Sent => "sent",
            Self::Fix => "fix",
            Self::Accepted => "accepted",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// The Fluent key of its name.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Open => "requests-open",
            Self::Sent => "requests-sent",
            Self::Fix => "requests-fix",
            Self::Accepted => "requests-accepted",
            Self::Withdrawn => "requests-withdrawn",
        }
    }

    /// The customer has to do something.
    pub const fn waits_for_customer(self) -> bool {
        matches!(self, Self::Open | Self::Fix)
    }

    /// Nothing more will come of it.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Accepted | Self::Withdrawn)
    }
}

/// A request as a list or a page reads it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Request {
    /// Id.
    pub id: RequestId,
    /// The customer.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// What is wanted, in a few words.
    pub title: String,
    /// What it should be like.
    pub text: String,
    /// The category of the document it becomes.
    pub category: Category,
    /// The category's topic.
    pub topic: Topic,
    /// The last day in time.
    pub due_on: Day,
    /// Who asks.
    pub asked_by: UserId,
    /// Their name.
    pub asked_by_name: String,
    /// When they asked.
    pub asked_at: Instant,
    /// Where it stands.
    pub state: State,
    /// What is to be put right.
    pub note: String,
    /// What was sent.
    pub document_id: Option<DocumentId>,
    /// Who sent it last.
    pub answered_by_name: Option<String>,
    /// When.
    pub answered_at: Option<Instant>,
    /// Raised by every change; the ETag.
    pub revision: i64,
    /// This member of staff is assigned to the customer.
    pub assigned: bool,
    /// The actor administers the customer.
    pub administers: bool,
}

/// Somebody who is asked.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Asked {
    /// Who.
    pub user_id: UserId,
    /// Name.
    pub name: String,
}

/// A new request.
#[derive(Clone, Debug)]
pub struct NewRequest {
    /// The customer.
    pub organisation_id: OrganisationId,
    /// What is wanted, in a few words.
    pub title: String,
    /// What it should be like; may be empty.
    pub text: String,
    /// The category of the document it becomes.
    pub category: Category,
    /// The last day in time.
    pub due_on: Day,
    /// Who is asked; one of them answers.
    pub people: Vec<UserId>,
}

/// Where a list continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    /// When the last one is due.
    pub due_on: Day,
    /// Its id.
    pub id: RequestId,
}
