//! Plain types of invitations.

use crate::access::{MembershipRole, Reach, Rights, Role, StaffRole};
use crate::i18n::Locale;
use crate::ids::{InvitationId, LinkId, OrganisationId, ProjectId, UserId};
use crate::time::Instant;

/// What became of an invitation. Expired is not stored: it is an open one whose time has run out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// It waits.
    Open,
    /// The person joined.
    Accepted,
    /// Taken back.
    Withdrawn,
}

/// An invitation as its own side sees it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Invitation {
    /// Id.
    pub id: InvitationId,
    /// The customer; none for staff.
    pub organisation_id: Option<OrganisationId>,
    /// Its name.
    pub organisation_name: Option<String>,
    /// Whether the customer is active.
    pub organisation_active: Option<bool>,
    /// What they will be at the house, for staff.
    pub staff_role: Option<StaffRole>,
    /// The address it went to.
    pub email: String,
    /// What sign-in compares.
    pub email_key: String,
    /// Name, as the inviter knows it.
    pub name: String,
    /// What they will be at the customer.
    pub role: Option<MembershipRole>,
    /// Reach into documents.
    pub documents: Reach,
    /// Reach into orders.
    pub orders: Reach,
    /// Reach into money.
    pub money: Reach,
    /// Reach into tickets.
    pub tickets: Reach,
    /// What the inviter wrote.
    pub message: String,
    /// The language of the mail.
    pub locale: Locale,
    /// What became of it.
    pub state: State,
    /// Its link.
    pub link_id: LinkId,
    /// Who invited.
    pub invited_by: Option<UserId>,
    /// Their name.
    pub inviter_name: Option<String>,
    /// When it was made.
    pub created_at: Instant,
    /// When the mail was last asked for.
    pub sent_at: Instant,
    /// Until when it can be accepted.
    pub expires_at: Instant,
}

impl Invitation {
    /// The rights it gives.
    pub const fn rights(&self) -> Rights {
        Rights { documents: self.documents, orders: self.orders, money: self.money, tickets: self.tickets }
    }

    /// The role it gives.
    pub fn as_role(&self) -> Role {
        match (self.staff_role, self.role) {
            (Some(staff), _) => Role::Staff(staff),
            (None, Some(role)) => role.role(),
            (None, None) => Role::Customer,
        }
    }

    /// It waits, and there is time left.
    pub fn is_open(&self, now: Instant) -> bool {
        self.state == State::Open && self.expires_at > now
    }

    /// It waited too long.
    pub fn is_expired(&self, now: Instant) -> bool {
        self.state == State::Open && self.expires_at <= now
    }

    /// The name in the API and the Fluent key of its state.
    pub fn state_name(&self, now: Instant) -> &'static str {
        match self.state {
            State::Open if self.is_expired(now) => "expired",
            State::Open => "open",
            State::Accepted => "accepted",
            State::Withdrawn => "withdrawn",
        }
    }
}

/// Somebody to be invited to a customer.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    /// Where the mail goes.
    pub email: String,
    /// Name.
    pub name: String,
    /// What they will be.
    pub role: MembershipRole,
    /// What they will see; none: what the role usually has.
    pub rights: Option<Rights>,
    /// The projects they will be on.
    pub projects: Vec<ProjectId>,
    /// A few words in the mail.
    pub message: String,
    /// The language of the mail.
    pub locale: Locale,
}

/// Somebody to be invited to the staff.
#[derive(Clone, Debug)]
pub struct NewStaff {
    /// Where the mail goes.
    pub email: String,
    /// Name.
    pub name: String,
    /// What they will be; none: nobody has chosen, which is an error of the field.
    pub role: Option<StaffRole>,
    /// A few words in the mail.
    pub message: String,
    /// The language of the mail.
    pub locale: Locale,
}
