//! Proof values: the only key to a store write.

use std::marker::PhantomData;

use crate::error::AppError;
use crate::ids::OrganisationId;

use super::{Action, Actor, ActorKind, Relation, policy};

/// Something the policy can be asked about. The facts come from the row.
pub trait Guarded {
    /// The organisation it belongs to.
    fn organisation_id(&self) -> Option<OrganisationId>;
    /// How this actor stands to it.
    fn relation(&self, actor: &Actor) -> Relation;
}

/// An act on an `R`, as a type: `Granted<Publish, Document>` cannot be used to withdraw.
pub trait Act<R> {
    /// The row of the policy table.
    fn action(row: &R) -> Action;
}

/// Proof that the policy was asked about this act on this row and said yes. Made by [`grant`] only.
#[derive(Debug)]
pub struct Granted<A, R> {
    row: R,
    act: PhantomData<A>,
}

impl<A, R> Granted<A, R> {
    /// What it was granted for.
    pub fn row(&self) -> &R {
        &self.row
    }

    /// Takes the row back; the proof is gone.
    pub fn into_row(self) -> R {
        self.row
    }
}

/// Asks the policy. Visible but not allowed is 403; what is not visible was not found before this.
pub fn grant<A: Act<R>, R: Guarded>(actor: &Actor, row: R) -> Result<Granted<A, R>, AppError> {
    allow(actor, A::action(&row), row.relation(actor), row.organisation_id())?;
    Ok(Granted { row, act: PhantomData })
}

/// Asks the policy about an act that has no row: a list, a page, the first step of making something.
pub fn allow(
    actor: &Actor,
    action: Action,
    relation: Relation,
    organisation_id: Option<OrganisationId>,
) -> Result<(), AppError> {
    match actor.kind() {
        ActorKind::Operator => return Ok(()),
        ActorKind::Anonymous => return Err(AppError::Unauthenticated),
        ActorKind::Person { .. } => {}
    }
    actor.unheld()?;
    let may = match actor.role_for(organisation_id) {
        Some(role) => policy::allowed(role, action, relation),
        // One's own account stays one's own when the last membership has ended.
        None => action == Action::AccountManage,
    };
    if may && actor.within_door(action) { Ok(()) } else { Err(AppError::Forbidden) }
}

/// Asks the policy whether an act is open to the actor at all, whatever they stand to: the first question of a list.
pub fn allow_any(actor: &Actor, action: Action) -> Result<(), AppError> {
    let organisations = actor.memberships().iter().map(|m| Some(m.organisation_id)).chain([None]);
    for organisation in organisations {
        for relation in Relation::ALL {
            match allow(actor, action, relation, organisation) {
                Err(AppError::Forbidden) => {}
                other => return other,
            }
        }
    }
    Err(AppError::Forbidden)
}
