//! Saying yes or no to the version that an approval is about.

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::error::{AppError, FieldErrors};
use crate::ids::{ApprovalId, UserId};
use crate::scan;

use super::evidence::{self, Evidence};
use super::model::{Decision, Round, Say, Seat, State};
use super::service::{Taken, check_text, find, over_key, take};
use super::{store, tell};

/// Says yes or no to the version the approval is about.
pub async fn decide(ctx: &Ctx, id: ApprovalId, mut say: Say) -> Result<Round, AppError> {
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    let tx = ctx.db.begin().await?;
    let Taken { open, round, granted } = take(&tx, ctx, id).await?;
    let (approval, document) = (&round.approval, granted.row());
    let mut errors = FieldErrors::default();
    say.comment = check_text(ctx, "comment", &say.comment, &mut errors);
    if !say.approve && say.comment.is_empty() {
        errors.add("comment", ctx.t("approval-error-reason"));
    }
    let seat = round.seat(user).ok_or(AppError::Forbidden)?;
    check_turn(ctx, seat, open, approval.state)?;
    // Nobody agrees to a file that nobody may read.
    let known = scan::store::state(&tx, approval.document_id, approval.version).await?.ok_or(AppError::NotFound)?;
    scan::service::check_usable(ctx, known)?;
    let proof = Evidence::collect(ctx, document, approval, seat, &say);
    if say.shown.as_ref().is_some_and(|shown| *shown != evidence::digest(&proof.statement)) {
        return Err(AppError::Conflict(ctx.t("approval-error-shown").to_owned()));
    }
    errors.into_result()?;
    let kept = proof.canonical()?;
    if !store::decide(&tx, &granted, (id, user), proof.decision, &say.comment, &kept, ctx.now()).await? {
        return Err(AppError::Conflict(ctx.t("approval-error-decided").to_owned()));
    }
    let of_step = outcome(&round, seat.step, (user, proof.decision));
    let last = round.steps.last().is_none_or(|step| step.number <= seat.step);
    let outcome = if of_step == State::Approved && !last { State::Open } else { of_step };
    if outcome != State::Open {
        store::end(&tx, id, outcome, ctx.now()).await?;
    } else if of_step == State::Approved {
        store::advance(&tx, id, seat.step).await?;
        let next: Vec<UserId> =
            round.seats_of(seat.step + 1).filter(|s| s.decision == Decision::Later).map(|s| s.user_id).collect();
        tell::asked(&tx, ctx, &next, document, approval.into(), tell::Why::NextStep).await?;
    }
    let event = match say.approve {
        true => Event::new("approval.approve", "document", approval.document_id.0),
        false => Event::new("approval.decline", "document", approval.document_id.0),
    };
    let event = event
        .organisation(approval.organisation_id)
        .with("approval", id)
        .with("version", approval.version)
        .with("sha256", approval.sha256_hex())
        .with("step", seat.step)
        .with("outcome", outcome.name())
        .with("evidence", evidence::digest(&kept));
    if outcome != State::Open {
        tell::over(&tx, ctx, approval, document, outcome, &say.comment).await?;
    }
    let sequence = audit::record_at(&tx, ctx, event).await?;
    store::note_event(&tx, id, user, sequence).await?;
    tx.commit().await?;
    Ok(find(ctx, id).await?.1)
}

/// Whether it is this person's turn; why not otherwise.
pub(super) fn check_turn(ctx: &Ctx, seat: &Seat, open: bool, state: State) -> Result<(), AppError> {
    let key = match seat.decision {
        Decision::Approved | Decision::Declined => "approval-error-decided",
        Decision::Delegated => "approval-error-delegated",
        _ if !open => over_key(state),
        Decision::Spared => "approval-error-over",
        Decision::Later => "approval-error-later",
        Decision::Waiting => return Ok(()),
    };
    Err(AppError::Conflict(ctx.t(key).to_owned()))
}

/// What a step amounts to with this decision.
fn outcome(round: &Round, step: i64, (user, said): (UserId, Decision)) -> State {
    let count = |wanted| {
        round.seats_of(step).filter(|s| s.user_id != user && s.decision == wanted).count() + usize::from(said == wanted)
    };
    let needed = round.steps.iter().find(|s| s.number == step).map_or(i64::MAX, |step| step.needed);
    amounts_to(needed, round.asked_in(step), count(Decision::Approved), count(Decision::Declined))
}

/// What so many yes and no out of so many asked amount to.
pub fn amounts_to(needed: i64, asked: usize, yes: usize, no: usize) -> State {
    let needed = usize::try_from(needed).unwrap_or(usize::MAX);
    if yes >= needed {
        State::Approved
    } else if asked.saturating_sub(no) < needed {
        State::Declined
    } else {
        State::Open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_is_met_or_cannot_be_met_any_more_or_waits() {
        // needed, asked, yes, no
        for (rule, expected) in [
            ((2, 2, 1, 0), State::Open),
            ((2, 2, 2, 0), State::Approved),
            ((2, 2, 1, 1), State::Declined),
            ((2, 3, 1, 1), State::Open),
            ((2, 3, 0, 2), State::Declined),
            ((2, 3, 2, 1), State::Approved),
            ((1, 3, 0, 2), State::Open),
            ((1, 3, 0, 3), State::Declined),
            ((1, 1, 0, 1), State::Declined),
        ] {
            let (needed, asked, yes, no) = rule;
            assert_eq!(amounts_to(needed, asked, yes, no), expected, "{rule:?}");
        }
    }
}
