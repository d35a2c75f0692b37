//! Acts on projects as types.

use crate::access::{Act, Action, Actor, Guarded, Relation};
use crate::ids::OrganisationId;
use crate::orders::model::Side;
use crate::organisation::model::relation_to;

use super::model::{Project, Task};

impl Guarded for Project {
    fn organisation_id(&self) -> Option<OrganisationId> {
        Some(self.organisation_id)
    }

    fn relation(&self, actor: &Actor) -> Relation {
        if actor.staff().is_some() {
            return relation_to(actor, self.assigned);
        }
        // Whatever a customer can see at all is theirs, unless they see all of their organisation.
        if self.administers { Relation::Own } else { Relation::Addressed }
    }
}

/// See it.
#[derive(Debug)]
pub struct Read;

impl Act<Project> for Read {
    fn action(_: &Project) -> Action {
        Action::ProjectRead
    }
}

/// See who can see it.
#[derive(Debug)]
pub struct SeeAudience;

impl Act<Project> for SeeAudience {
    fn action(_: &Project) -> Action {
        Action::ProjectAudience
    }
}

/// Change it, and whatever belongs to it.
#[derive(Debug)]
pub struct Manage;

impl Act<Project> for Manage {
    fn action(_: &Project) -> Action {
        Action::ProjectManage
    }
}

/// Say something about what is to do in it: whoever has any part in it, on either side.
#[derive(Debug)]
pub struct Speak;

impl Act<Project> for Speak {
    fn action(_: &Project) -> Action {
        Action::ProjectTask
    }
}

impl Guarded for Task {
    fn organisation_id(&self) -> Option<OrganisationId> {
        Some(self.organisation_id)
    }

    /// A task is of one side, and perhaps of one person there. To everybody else it is somebody else's.
    fn relation(&self, actor: &Actor) -> Relation {
        let mine = self.assignee_id.is_none() || self.assignee_id == actor.user_id();
        if actor.staff().is_some() {
            return relation_to(actor, self.assigned && mine && self.side == Side::House);
        }
        match self.side {
            Side::Customer if self.administers => Relation::Own,
            Side::Customer if mine => Relation::Addressed,
            _ => Relation::Other,
        }
    }
}

/// Tick it off, or take that back.
#[derive(Debug)]
pub struct Tick;

impl Act<Task> for Tick {
    fn action(_: &Task) -> Action {
        Action::ProjectTask
    }
}

/// The projects of a customer, for whoever keeps them.
#[derive(Clone, Debug)]
pub struct Book {
    /// The customer.
    pub organisation_id: OrganisationId,
    /// The actor is assigned to it, or on the project.
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

/// Make projects of a customer, and change them.
#[derive(Debug)]
pub struct Keep;

impl Act<Book> for Keep {
    fn action(_: &Book) -> Action {
        Action::ProjectManage
    }
}
