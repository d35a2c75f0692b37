//! Acts on endpoints as types.

use crate::access::{Act, Action, Actor, Guarded, Relation};
use crate::ids::OrganisationId;
use crate::organisation::model::relation_to;

use super::model::Webhook;

/// Whose endpoint it is to be.
#[derive(Clone, Copy, Debug)]
pub struct Owner {
    /// The customer; none: the operator.
    pub organisation_id: Option<OrganisationId>,
    /// The actor is assigned to it.
    pub assigned: bool,
}

/// How an actor stands to what belongs to a customer or to the operator: nobody is assigned to that one.
fn relation(actor: &Actor, organisation: Option<OrganisationId>, assigned: bool) -> Relation {
    match organisation {
        Some(_) => relation_to(actor, assigned),
        None => Relation::Other,
    }
}

impl Guarded for Owner {
    fn organisation_id(&self) -> Option<OrganisationId> {
        self.organisation_id
    }

    fn relation(&self, actor: &Actor) -> Relation {
        relation(actor, self.organisation_id, self.assigned)
    }
}

impl Guarded for Webhook {
    fn organisation_id(&self) -> Option<OrganisationId> {
        self.organisation_id
    }

    fn relation(&self, actor: &Actor) -> Relation {
        relation(actor, self.organisation_id, self.assigned)
    }
}

/// Make one.
#[derive(Debug)]
pub struct Add;

impl Act<Owner> for Add {
    fn action(_: &Owner) -> Action {
        Action::WebhookManage
    }
}

/// See it and its log.
#[derive(Debug)]
pub struct Read;

impl Act<Webhook> for Read {
    fn action(_: &Webhook) -> Action {
        Action::WebhookRead
    }
}

impl Act<Owner> for Read {
    fn action(_: &Owner) -> Action {
        Action::WebhookRead
    }
}

/// Change it, pause it, take it away, send something again.
#[derive(Debug)]
pub struct Manage;

impl Act<Webhook> for Manage {
    fn action(_: &Webhook) -> Action {
        Action::WebhookManage
    }
}
