//! Acts on appointments as types.

use crate::access::{Act, Action, Actor, Guarded, Relation};
use crate::ids::OrganisationId;
use crate::organisation::model::relation_to;

use super::model::Appointment;

impl Guarded for Appointment {
    fn organisation_id(&self) -> Option<OrganisationId> {
        Some(self.organisation_id)
    }

    fn relation(&self, actor: &Actor) -> Relation {
        if actor.staff().is_some() {
            return relation_to(actor, self.assigned);
        }
        // What a customer can see at all is meant for them, as for orders.
        if self.administers { Relation::Own } else { Relation::Addressed }
    }
}

/// See it.
#[derive(Debug)]
pub struct Read;

impl Act<Appointment> for Read {
    fn action(_: &Appointment) -> Action {
        Action::AppointmentRead
    }
}

/// See who can see it.
#[derive(Debug)]
pub struct SeeAudience;

impl Act<Appointment> for SeeAudience {
    fn action(_: &Appointment) -> Action {
        Action::AppointmentAudience
    }
}

/// Change it, propose other times, say that the team is on its way, close it.
#[derive(Debug)]
pub struct Manage;

impl Act<Appointment> for Manage {
    fn action(_: &Appointment) -> Action {
        Action::AppointmentManage
    }
}

/// An appointment that is to be answered: by whoever takes part or administers the customer. Colleagues who may look at all
/// of the organisation's, and partners on its project, only look.
#[derive(Clone, Debug)]
pub struct Turn(pub Appointment);

impl Guarded for Turn {
    fn organisation_id(&self) -> Option<OrganisationId> {
        Some(self.0.organisation_id)
    }

    fn relation(&self, actor: &Actor) -> Relation {
        let watches = actor.staff().is_none() && !self.0.takes_part && !self.0.administers;
        if watches { Relation::Other } else { self.0.relation(actor) }
    }
}

/// Take one of the times, ask for another, cancel.
#[derive(Debug)]
pub struct Answer;

impl Act<Turn> for Answer {
    fn action(_: &Turn) -> Action {
        Action::AppointmentAnswer
    }
}

/// The calendar of a customer, for whoever proposes appointments to them.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The customer.
    pub organisation_id: OrganisationId,
    /// The actor is assigned to it.
    pub assigned: bool,
}

impl Guarded for Calendar {
    fn organisation_id(&self) -> Option<OrganisationId> {
        Some(self.organisation_id)
    }

    fn relation(&self, actor: &Actor) -> Relation {
        relation_to(actor, self.assigned)
    }
}

/// Propose times.
#[derive(Debug)]
pub struct Propose;

impl Act<Calendar> for Propose {
    fn action(_: &Calendar) -> Action {
        Action::AppointmentManage
    }
}
