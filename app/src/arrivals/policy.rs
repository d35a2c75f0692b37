//! Sending as a type, and the facts the policy asks about.

use crate::access::{Act, Action, Actor, Guarded, Relation};
use crate::documents::model::Category;
use crate::ids::OrganisationId;

/// A document that does not exist yet, and who would send it.
#[derive(Clone, Debug)]
pub struct Sending {
    /// The customer.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// The category.
    pub category: Category,
    /// The title.
    pub title: String,
    /// The actor administers the customer.
    pub administers: bool,
    /// The actor may see documents of this kind there at all.
    pub reaches: bool,
}

impl Guarded for Sending {
    fn organisation_id(&self) -> Option<OrganisationId> {
        Some(self.organisation_id)
    }

    fn relation(&self, _: &Actor) -> Relation {
        match (self.administers, self.reaches) {
            (true, _) => Relation::Own,
            // What they send is theirs to read.
            (false, true) => Relation::Addressed,
            (false, false) => Relation::Other,
        }
    }
}

/// Send it.
#[derive(Debug)]
pub struct Send;

impl Act<Sending> for Send {
    fn action(row: &Sending) -> Action {
        Action::DocumentSend(row.category.topic())
    }
}
