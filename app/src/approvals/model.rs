//! Plain types of approvals.

use serde::{Deserialize, Serialize};

use crate::access::MembershipRole;
use crate::documents::model::hex;
use crate::ids::{ApprovalId, DocumentId, OrganisationId, UserId};
use crate::time::Instant;

/// Where an approval stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Decisions are still missing.
    Open,
    /// As many as needed have approved.
    Approved,
    /// So many have declined that it cannot be approved any more.
    Declined,
    /// Taken back by staff.
    Withdrawn,
    /// A new version has replaced what was asked about.
    Outdated,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Open, Self::Approved, Self::Declined, Self::Withdrawn, Self::Outdated];

    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Outdated => "outdated",
        }
    }

    /// The Fluent key of its name.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Open => "approval-open",
            Self::Approved => "approval-approved",
            Self::Declined => "approval-declined",
            Self::Withdrawn => "approval-withdrawn",
            Self::Outdated => "approval-outdated",
        }
    }
}

/// What one person has said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Nothing yet.
    Waiting,
    /// Yes.
    Approved,
    /// No.
    Declined,
    /// Nothing, and it does not matter any more.
    Spared,
    /// Nothing yet: others decide before them.
    Later,
    /// Handed on to somebody else.
    Delegated,
}

impl Decision {
    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::Spared => "spared",
            Self::Later => "later",
            Self::Delegated => "delegated",
        }
    }
}

/// One approval.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Approval {
    /// Id.
    pub id: ApprovalId,
    /// The document.
    pub document_id: DocumentId,
    /// The customer whose document it is.
    pub organisation_id: OrganisationId,
    /// The version asked about.
    pub version: i64,
    /// SHA-256 of that version's bytes: what is agreed to.
    pub sha256: Vec<u8>,
    /// How many must approve, in all steps together.
    pub needed: i64,
    /// How many were asked, in all steps together.
    pub asked: i64,
    /// The step whose people are asked now.
    pub step: i64,
    /// A few words to those who are asked; may be empty.
    pub message: String,
    /// Until when they are asked to decide. Later decisions count too.
    pub due_at: Instant,
    /// State.
    pub state: State,
    /// Who asked.
    pub asked_by: UserId,
    /// Their name.
    pub asked_by_name: String,
    /// When.
    pub asked_at: Instant,
    /// When it stopped being open.
    pub ended_at: Option<Instant>,
}

impl Approval {
    /// The SHA-256 in hexadecimal.
    pub fn sha256_hex(&self) -> String {
        hex(&self.sha256)
    }

    /// Whether the time to decide is over and it is still open.
    pub fn is_late(&self, now: Instant) -> bool {
        self.state == State::Open && self.due_at < now
    }
}

/// One person who was asked.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Seat {
    /// The approval.
    pub approval_id: ApprovalId,
    /// The person.
    pub user_id: UserId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they said.
    pub decision: Decision,
    /// When.
    pub decided_at: Option<Instant>,
    /// Why, or a few words; may be empty.
    pub comment: String,
    /// The version of the document that they opened last.
    pub read_version: Option<i64>,
    /// They have signed in at least once.
    pub signed_in: bool,
    /// In which step they are asked.
    pub step: i64,
    /// Who handed it on to them.
    pub delegated_by: Option<UserId>,
}

impl Seat {
    /// They have said yes or no.
    pub const fn has_decided(&self) -> bool {
        matches!(self.decision, Decision::Approved | Decision::Declined)
    }
}

/// One step of an approval.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Step {
    /// The approval.
    pub approval_id: ApprovalId,
    /// From 1.
    pub number: i64,
    /// How many of those asked in it must approve.
    pub needed: i64,
    /// Everybody with this role was asked, and nobody by name.
    pub role: Option<MembershipRole>,
}

/// An approval with everybody who was asked.
#[derive(Clone, Debug)]
pub struct Round {
    /// The approval.
    pub approval: Approval,
    /// Its steps, in their order.
    pub steps: Vec<Step>,
    /// Everybody, by name.
    pub seats: Vec<Seat>,
}

impl Round {
    /// How many have approved.
    pub fn approved(&self) -> usize {
        self.seats.iter().filter(|seat| seat.decision == Decision::Approved).count()
    }

    /// Everybody asked in a step, by name; who handed it on stands there too.
    pub fn seats_of(&self, step: i64) -> impl Iterator<Item = &Seat> {
        self.seats.iter().filter(move |seat| seat.step == step)
    }

    /// How many of a step can decide: whoever handed it on has another in their place.
    pub fn asked_in(&self, step: i64) -> usize {
        self.seats_of(step).filter(|seat| seat.decision != Decision::Delegated).count()
    }

    /// The name of whoever this person handed their decision on to.
    pub fn delegate_of(&self, user: UserId) -> Option<&str> {
        self.seats.iter().find(|seat| seat.delegated_by == Some(user)).map(|seat| seat.name.as_str())
    }

    /// The name of somebody who was asked.
    pub fn name_of(&self, user: UserId) -> Option<&str> {
        self.seat(user).map(|seat| seat.name.as_str())
    }

    /// This person's seat.
    pub fn seat(&self, user: UserId) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.user_id == user)
    }
}

/// What is asked of whom.
#[derive(Clone, Debug)]
pub struct NewApproval {
    /// The version that the asker looked at.
    pub version: i64,
    /// Who is asked, one step after the other.
    pub steps: Vec<NewStep>,
    /// Until when.
    pub due_at: Instant,
    /// A few words.
    pub message: String,
}

/// Who is asked in one step: everybody with a role, or people by name.
#[derive(Clone, Debug, Default)]
pub struct NewStep {
    /// Everybody with this role who can read the document.
    pub role: Option<MembershipRole>,
    /// These people; nobody where there is a role.
    pub people: Vec<UserId>,
    /// How many of them must approve; all where nothing is said.
    pub needed: Option<i64>,
}

impl NewStep {
    /// These people, so many of whom must approve.
    pub fn of(people: Vec<UserId>, needed: i64) -> Self {
        Self { role: None, people, needed: Some(needed) }
    }
}

/// What somebody says to it.
#[derive(Clone, Debug)]
pub struct Say {
    /// Yes or no.
    pub approve: bool,
    /// Why; needed for a no.
    pub comment: String,
    /// The digest of the sentence that was shown beside the button; programs are shown none.
    pub shown: Option<String>,
}
