//! Handing a decision on to a colleague who can read the document too.

use crate::access::{Action, Relation, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::Db;
use crate::documents::model::{Document, Reader};
use crate::error::{AppError, FieldErrors};
use crate::ids::{ApprovalId, UserId};

use super::model::{Decision, Round, State};
use super::service::{Taken, candidates_in, check_text, find, over_key, take};
use super::{store, tell};

/// Whether the actor sees who else of the customer there is: nobody from outside hands on to a stranger.
pub fn may(ctx: &Ctx, document: &Document) -> bool {
    ctx.actor.staff().is_none()
        && ctx.actor.viewer().is_none()
        && allow(&ctx.actor, Action::OrganisationRead, Relation::Own, Some(document.organisation_id)).is_ok()
}

/// Whom a decision of this round can be handed on to: readers of the customer who have no seat in it. Nobody for
/// whoever does not see the customer's people.
pub async fn candidates(ctx: &Ctx, document: &Document, round: &Round) -> Result<Vec<Reader>, AppError> {
    found(ctx, &ctx.db, document, round).await
}

async fn found(ctx: &Ctx, db: &Db, document: &Document, round: &Round) -> Result<Vec<Reader>, AppError> {
    if !may(ctx, document) {
        return Ok(Vec::new());
    }
    let mut readers = candidates_in(db, document).await?;
    readers.retain(|reader| round.seat(reader.user_id).is_none());
    Ok(readers)
}

/// Hands the actor's decision on, with a note.
pub async fn delegate(ctx: &Ctx, id: ApprovalId, to: UserId, note: &str) -> Result<Round, AppError> {
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    let tx = ctx.db.begin().await?;
    let Taken { open, round, granted } = take(&tx, ctx, id).await?;
    let (approval, document) = (&round.approval, granted.row());
    let seat = round.seat(user).ok_or(AppError::Forbidden)?;
    let mut errors = FieldErrors::default();
    let note = check_text(ctx, "comment", note, &mut errors);
    let readers = found(ctx, &tx, document, &round).await?;
    if !readers.iter().any(|reader| reader.user_id == to) {
        errors.add("to", ctx.t("approval-error-delegate"));
    }
    let key = match seat.decision {
        Decision::Approved | Decision::Declined => Some("approval-error-decided"),
        Decision::Delegated => Some("approval-error-delegated"),
        Decision::Spared => Some(if open { over_key(State::Approved) } else { over_key(approval.state) }),
        Decision::Waiting | Decision::Later if open => None,
        Decision::Waiting | Decision::Later => Some(over_key(approval.state)),
    };
    if let Some(key) = key {
        return Err(AppError::Conflict(ctx.t(key).to_owned()));
    }
    errors.into_result()?;
    if !store::hand_on(&tx, &granted, approval, (seat, to), &note, ctx.now()).await? {
        return Err(AppError::Conflict(ctx.t("approval-error-decided").to_owned()));
    }
    if seat.decision == Decision::Waiting {
        tell::delegated(&tx, ctx, to, document, approval.into(), &note).await?;
    }
    let event = Event::new("approval.delegate", "document", approval.document_id.0)
        .organisation(approval.organisation_id)
        .with("approval", id)
        .with("version", approval.version)
        .with("step", seat.step)
        .with("to", to);
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(find(ctx, id).await?.1)
}
