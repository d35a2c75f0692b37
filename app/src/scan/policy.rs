//! Acts on what is held as types.

use crate::access::{Act, Action, Actor, Guarded, Relation};
use crate::ids::OrganisationId;
use crate::organisation::model::relation_to;

use super::model::Held;

/// Let it be read all the same, or have it looked at again.
#[derive(Debug)]
pub struct Release;

impl Guarded for Held {
    fn organisation_id(&self) -> Option<OrganisationId> {
        Some(self.organisation_id)
    }

    fn relation(&self, actor: &Actor) -> Relation {
        relation_to(actor, self.assigned)
    }
}

impl Act<Held> for Release {
    fn action(row: &Held) -> Action {
        Action::QuarantineRelease(row.topic)
    }
}
