//! Plain types of a customer's people.

use crate::access::{MembershipRole, Reach, Rights};
use crate::ids::{OrganisationId, UserId};
use crate::time::Instant;

/// Whether a membership counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum MemberState {
    /// It does.
    Active,
    /// It does not, until somebody restores it.
    Suspended,
}

impl MemberState {
    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
        }
    }

    /// The state with this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Active, Self::Suspended].into_iter().find(|state| state.name() == name)
    }
}

/// Somebody's membership of one organisation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Member {
    /// The person.
    pub user_id: UserId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Name.
    pub name: String,
    /// Sign-in address.
    pub email: String,
    /// What they are there.
    pub role: MembershipRole,
    /// Whether the membership counts.
    pub state: MemberState,
    /// Whether the person may sign in at all.
    pub may_sign_in: bool,
    /// Reach into documents.
    pub documents: Reach,
    /// Reach into orders.
    pub orders: Reach,
    /// Reach into money.
    pub money: Reach,
    /// Reach into tickets.
    pub tickets: Reach,
    /// Raised by every change.
    pub revision: i64,
    /// Last signed in.
    pub last_sign_in_at: Option<Instant>,
    /// Belongs to it since.
    pub created_at: Instant,
    /// The organisation is archived: nobody of it gets in.
    pub archived: bool,
    /// Whoever asks is assigned to the organisation.
    pub assigned: bool,
}

impl Member {
    /// What they may see.
    pub const fn rights(&self) -> Rights {
        Rights { documents: self.documents, orders: self.orders, money: self.money, tickets: self.tickets }
    }
}

/// What to change about a membership; what is `None` stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct Change {
    /// What they are.
    pub role: Option<MembershipRole>,
    /// What they may see.
    pub rights: Option<Rights>,
    /// Whether the membership counts.
    pub state: Option<MemberState>,
}
