//! Acts on requests as types.

use crate::access::{Act, Action, Actor, Guarded, Relation};
use crate::documents::model::Category;
use crate::ids::OrganisationId;
use crate::organisation::model::relation_to;

use super::model::Request;

impl Guarded for Request {
    fn organisation_id(&self) -> Option<OrganisationId> {
        Some(self.organisation_id)
    }

    fn relation(&self, actor: &Actor) -> Relation {
        if actor.staff().is_some() {
            return relation_to(actor, self.assigned);
        }
        if self.administers { Relation::Own } else { Relation::Addressed }
    }
}

/// See it.
#[derive(Debug)]
pub struct Read;

impl Act<Request> for Read {
    fn action(row: &Request) -> Action {
        Action::RequestRead(row.topic)
    }
}

/// See who can see it: as for the document that is asked for.
#[derive(Debug)]
pub struct SeeAudience;

impl Act<Request> for SeeAudience {
    fn action(row: &Request) -> Action {
        Action::DocumentAudience(row.topic)
    }
}

/// Send the file.
#[derive(Debug)]
pub struct Answer;

impl Act<Request> for Answer {
    fn action(row: &Request) -> Action {
        Action::RequestAnswer(row.topic)
    }
}

/// Accept what came, have it put right, remind, take the question back.
#[derive(Debug)]
pub struct Manage;

impl Act<Request> for Manage {
    fn action(row: &Request) -> Action {
        Action::RequestAsk(row.topic)
    }
}

/// A request that does not exist yet, and whose it would be.
#[derive(Debug)]
pub struct Wanted {
    /// The customer.
    pub organisation_id: OrganisationId,
    /// The category.
    pub category: Category,
    /// The actor is assigned to the customer.
    pub assigned: bool,
}

impl Guarded for Wanted {
    fn organisation_id(&self) -> Option<OrganisationId> {
        Some(self.organisation_id)
    }

    fn relation(&self, actor: &Actor) -> Relation {
        relation_to(actor, self.assigned)
    }
}

/// Ask for a file.
#[derive(Debug)]
pub struct Ask;

impl Act<Wanted> for Ask {
    fn action(row: &Wanted) -> Action {
        Action::RequestAsk(row.category.topic())
    }
}
