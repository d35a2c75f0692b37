//! Acts on members as types, and the facts the policy asks about.

use crate::access::{Act, Action, Actor, Guarded, Relation};
use crate::ids::OrganisationId;
use crate::organisation::model::Organisation;
pub use crate::organisation::model::relation_to;

use super::model::Member;

impl Guarded for Member {
    fn organisation_id(&self) -> Option<OrganisationId> {
        Some(self.organisation_id)
    }

    fn relation(&self, actor: &Actor) -> Relation {
        relation_to(actor, self.assigned)
    }
}

/// Change role, rights and state; remove.
#[derive(Debug)]
pub struct Manage;

impl Act<Member> for Manage {
    fn action(_: &Member) -> Action {
        Action::MemberManage
    }
}

/// See what they can see.
#[derive(Debug)]
pub struct SeeAccess;

impl Act<Member> for SeeAccess {
    fn action(_: &Member) -> Action {
        Action::MemberAccess
    }
}

/// Invite somebody to the organisation.
#[derive(Debug)]
pub struct Invite;

impl Act<Organisation> for Invite {
    fn action(_: &Organisation) -> Action {
        Action::MemberInvite
    }
}
