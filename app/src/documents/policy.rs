//! Acts on documents as types, and the facts the policy asks about.

use crate::access::{Act, Action, Actor, Guarded, MembershipRole, Relation};
use crate::ids::OrganisationId;
use crate::organisation::model::relation_to;

use super::model::{Category, Document};

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident => $action:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;
        impl Act<Document> for $name {
            fn action(row: &Document) -> Action {
                Action::$action(row.topic)
            }
        }
    )*};
}
acts! {
    /// See it and its history.
    Read => DocumentRead;
    /// Download a version.
    Download => DocumentDownload;
    /// See who can read it.
    SeeAudience => DocumentAudience;
    /// Change title or category.
    Edit => DocumentEdit;
    /// Add a version.
    Upload => DocumentUpload;
    /// Make it visible.
    Publish => DocumentPublish;
    /// Take it back.
    Withdraw => DocumentWithdraw;
}

impl Guarded for Document {
    fn organisation_id(&self) -> Option<OrganisationId> {
        Some(self.organisation_id)
    }

    fn relation(&self, actor: &Actor) -> Relation {
        if actor.staff().is_some() {
            return if self.assigned { Relation::Assigned } else { Relation::Other };
        }
        let admin = actor
            .memberships()
            .iter()
            .any(|m| m.organisation_id == self.organisation_id && m.role == MembershipRole::Admin);
        // Whatever a customer can see at all was addressed to them, unless they see all of their organisation.
        if admin { Relation::Own } else { Relation::Addressed }
    }
}

/// A draft that does not exist yet, and whose it would be.
#[derive(Debug)]
pub struct Draft {
    /// The customer.
    pub organisation_id: OrganisationId,
    /// The category.
    pub category: Category,
    /// The actor is assigned to the customer.
    pub assigned: bool,
}

impl Guarded for Draft {
    fn organisation_id(&self) -> Option<OrganisationId> {
        Some(self.organisation_id)
    }

    fn relation(&self, actor: &Actor) -> Relation {
        relation_to(actor, self.assigned)
    }
}

/// Make a draft.
#[derive(Debug)]
pub struct Create;

impl Act<Draft> for Create {
    fn action(row: &Draft) -> Action {
        Action::DocumentCreate(row.category.topic())
    }
}
