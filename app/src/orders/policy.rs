//! Acts on orders as types.

use crate::access::{Act, Action, Actor, Guarded, Relation};
use crate::ids::OrganisationId;
use crate::organisation::model::relation_to;

use super::model::Order;

impl Guarded for Order {
    fn organisation_id(&self) -> Option<OrganisationId> {
        Some(self.organisation_id)
    }

    fn relation(&self, actor: &Actor) -> Relation {
        if actor.staff().is_some() {
            return relation_to(actor, self.assigned);
        }
        // Whatever a customer can see at all is theirs or their project's, unless they see all of their organisation.
        if self.administers { Relation::Own } else { Relation::Addressed }
    }
}

/// See it.
#[derive(Debug)]
pub struct Read;

impl Act<Order> for Read {
    fn action(_: &Order) -> Action {
        Action::OrderRead
    }
}

/// See who can see it.
#[derive(Debug)]
pub struct SeeAudience;

impl Act<Order> for SeeAudience {
    fn action(_: &Order) -> Action {
        Action::OrderAudience
    }
}

/// Confirm the step that waits for the customer.
#[derive(Debug)]
pub struct Confirm;

impl Act<Order> for Confirm {
    fn action(_: &Order) -> Action {
        Action::OrderConfirm
    }
}

/// The orders of a customer, for whoever keeps them.
#[derive(Clone, Debug)]
pub struct Book {
    /// The customer.
    pub organisation_id: OrganisationId,
    /// The actor is assigned to it.
    pub assigned: bool,
}

impl Guarded for Book {
    fn organisation_id(&self) -> Option<OrganisationId> {
        Some(self.organisation_id)
    }

    fn relation(&self, actor: &Actor) -> Relation {
        relation_to(actor, self.assigned)
    }
}

/// Take orders into a customer's book, and change them.
#[derive(Debug)]
pub struct Keep;

impl Act<Book> for Keep {
    fn action(_: &Book) -> Action {
        Action::OrderManage
    }
}
