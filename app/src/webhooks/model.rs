//! Plain types of webhooks.

use crate::ids::{DeliveryId, OrganisationId, WebhookId};
use crate::time::Instant;

/// Whether an endpoint is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// It is.
    Active,
    /// Not until somebody resumes it.
    Paused,
    /// It is gone; its log follows.
    Deleted,
}

impl State {
    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Deleted => "deleted",
        }
    }

    /// What a program may ask for.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Active, Self::Paused].into_iter().find(|state| state.name() == name)
    }
}

/// Why an endpoint is paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Reason {
    /// Somebody paused it.
    ByHand,
    /// Nothing has been accepted for days.
    Failing,
    /// It answered that it is gone (410).
    Gone,
}

impl Reason {
    /// The name in the database, in the trail and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ByHand => "by_hand",
            Self::Failing => "failing",
            Self::Gone => "gone",
        }
    }

    /// The Fluent key of its words.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::ByHand => "webhooks-paused-by-hand",
            Self::Failing => "webhooks-paused-failing",
            Self::Gone => "webhooks-paused-gone",
        }
    }
}

/// An endpoint as people see it: never its secret.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Webhook {
    /// Id.
    pub id: WebhookId,
    /// The customer it belongs to; none: the operator.
    pub organisation_id: Option<OrganisationId>,
    /// What that is called.
    pub organisation_name: Option<String>,
    /// What people call it.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// Names of kinds of events, with a space between.
    pub events: String,
    /// Whether it is told.
    pub state: State,
    /// Why not.
    pub pause_reason: Option<Reason>,
    /// The secret before counts until then.
    pub old_until: Option<Instant>,
    /// Since when every try has failed.
    pub failing_since: Option<Instant>,
    /// When something was last accepted.
    pub succeeded_at: Option<Instant>,
    /// Who made it; none: the operator at the machine.
    pub created_by_name: Option<String>,
    /// When.
    pub created_at: Instant,
    /// Raised by every change people make; the ETag.
    pub revision: i64,
    /// The actor is assigned to the customer.
    pub assigned: bool,
}

/// What an endpoint is to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What people call it.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// Names of kinds of events.
    pub events: Vec<String>,
}

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Outcome {
    /// It is to be sent, for the first time or again.
    Waiting,
    /// It was accepted.
    Delivered,
    /// Given up.
    Failed,
}

impl Outcome {
    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }
}

/// One event for one endpoint.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Delivery {
    /// Id; the message's is made of it.
    pub id: DeliveryId,
    /// The kind of event, by name.
    pub kind: String,
    /// What became of it.
    pub state: Outcome,
    /// Not tried before.
    pub due_at: Instant,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was accepted or given up.
    pub finished_at: Option<Instant>,
    /// What was last answered.
    pub status: Option<i64>,
    /// Why nothing was answered.
    pub problem: Option<String>,
    /// How long that took.
    pub milliseconds: Option<i64>,
}

impl Delivery {
    /// The `webhook-id`: the same on each try.
    pub fn message_id(&self) -> String {
        message_id(self.id)
    }
}

/// The `webhook-id` of a delivery.
pub fn message_id(id: DeliveryId) -> String {
    format!("msg_{}", id.0.simple())
}

/// One try.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Attempt {
    /// When.
    pub at: Instant,
    /// What was answered.
    pub status: Option<i64>,
    /// Why nothing was.
    pub problem: Option<String>,
    /// How long it took.
    pub milliseconds: i64,
    /// The first of what was answered.
    pub answer: String,
}
