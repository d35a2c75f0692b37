//! Plain types of organisations.

use crate::access::{Actor, Guarded, MembershipRole, Relation};
use crate::ids::{GroupId, OrganisationId, ProjectId, UserId};
use crate::time::Instant;

/// A customer organisation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Organisation {
    /// Id.
    pub id: OrganisationId,
    /// Short name in addresses.
    pub slug: String,
    /// Name.
    pub name: String,
    /// The operator's customer number.
    pub number: String,
    /// This member of staff is assigned to it.
    pub assigned: bool,
    /// How many people have a login.
    pub people: i64,
    /// How many of them have never signed in.
    pub never_signed_in: i64,
}

impl Guarded for Organisation {
    fn organisation_id(&self) -> Option<OrganisationId> {
        Some(self.id)
    }

    fn relation(&self, actor: &Actor) -> Relation {
        relation_to(actor, self.assigned)
    }
}

/// How an actor stands to something of an organisation they can see.
pub fn relation_to(actor: &Actor, assigned: bool) -> Relation {
    match (actor.staff().is_some(), assigned) {
        (true, true) => Relation::Assigned,
        (true, false) => Relation::Other,
        (false, _) => Relation::Own,
    }
}

/// Somebody of an organisation who can sign in, as a form offers them.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Person {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Sign-in address.
    pub email: String,
    /// Role in the organisation.
    pub role: MembershipRole,
    /// Last signed in.
    pub last_sign_in_at: Option<Instant>,
}

/// A project of an organisation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Project {
    /// Id.
    pub id: ProjectId,
    /// Name.
    pub name: String,
    /// How many people are on it.
    pub people: i64,
}

/// A customer group.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Group {
    /// Id.
    pub id: GroupId,
    /// Short name.
    pub slug: String,
    /// Name.
    pub name: String,
    /// How many organisations are in it.
    pub organisations: i64,
    /// Raised by every change; the ETag.
    pub revision: i64,
}

/// The named contact at the operator.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Contact {
    /// Id.
    pub id: UserId,
    /// They have a portrait.
    pub portrait: bool,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Role.
    pub staff_role: crate::access::StaffRole,
    /// Where they are reached; may be empty.
    pub phone: String,
    /// When; may be empty.
    pub hours: String,
}

impl Contact {
    /// Where their portrait is, for whoever may see it: customers whose contact they are, and they themselves.
    pub fn photo(&self, ctx: &crate::ctx::Ctx) -> Option<String> {
        let may = ctx.actor.staff().is_none() || ctx.actor.user_id() == Some(self.id);
        (self.portrait && may).then(|| crate::paths::portrait(self.id))
    }
}
