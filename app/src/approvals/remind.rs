//! Reminding people who have not decided: by hand, and by itself shortly before the deadline and while it is over.

use std::time::Duration;

use crate::access::{Actor, Scope, Via, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Tx, args, sql};
use crate::documents::model::Document;
use crate::documents::store as documents;
use crate::error::AppError;
use crate::ids::{ApprovalId, UserId};
use crate::sign_in::actor;

use super::model::{Approval, Decision};
use super::policy::Ask;
use super::{store, tell};

const DAY: Duration = Duration::from_secs(24 * 3600);
/// Nobody is reminded of one thing more often by hand.
const BY_HAND: Duration = Duration::from_secs(20 * 3600);
/// How often the portal reminds by itself.
const BY_ITSELF: Duration = Duration::from_secs(3 * 24 * 3600 - 3600);
/// How long before the deadline it begins to.
const AHEAD: u32 = 2;
/// How long after the deadline it gives up.
const GIVE_UP: u32 = 30;
/// How many approvals one act, or one turn of the job, takes on.
pub const AT_ONCE: usize = 100;

sql! {
    REMINDED = "UPDATE approval_seats SET reminded_at = $3 WHERE approval_id = $1 AND user_id = $2 AND decision = 'waiting' AND (reminded_at IS NULL OR reminded_at < $4)";
    /// Approvals with somebody to remind, soonest first.
    DUE = "SELECT DISTINCT s.approval_id, s.due_at FROM approval_seats s WHERE s.decision = 'waiting' AND s.due_at < $1 AND s.due_at > $2 AND (s.reminded_at IS NULL OR s.reminded_at < $3) ORDER BY s.due_at, s.approval_id LIMIT $4";
}

/// Reminds everybody who has not decided. Who was reminded today is left alone. Answers how many mails go out.
pub async fn remind(ctx: &Ctx, ids: &[ApprovalId]) -> Result<usize, AppError> {
    let mut count = 0;
    // In one order, so that two who remind at once wait for each other in one place; all or, where one is not theirs, none.
    let mut ids: Vec<ApprovalId> = ids.iter().take(AT_ONCE).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    let tx = ctx.db.begin().await?;
    let mut events = Vec::new();
    for id in &ids {
        let open = store::take(&tx, *id).await?;
        let approval = store::find(&tx, *id).await?.ok_or(AppError::NotFound)?;
        let scope = Scope::of(&ctx.actor)?;
        let row = documents::find(&tx, scope, approval.document_id).await?.ok_or(AppError::NotFound)?;
        grant::<Ask, _>(&ctx.actor, row)?;
        if !open {
            continue;
        }
        let reminded = waiting(&tx, ctx, &approval, BY_HAND).await?;
        if reminded > 0 {
            let event = Event::new("approval.remind", "document", approval.document_id.0)
                .organisation(approval.organisation_id)
                .with("approval", id)
                .with("people", reminded);
            events.push(event);
        }
        count += reminded;
    }
    for event in events {
        audit::record(&tx, ctx, event).await?;
    }
    tx.commit().await?;
    Ok(count)
}

/// Queues a mail for everybody who waits, can still read the document and was not reminded for so long.
async fn waiting(tx: &Tx, ctx: &Ctx, approval: &Approval, pause: Duration) -> Result<usize, AppError> {
    let mut count = 0;
    for seat in store::seats(tx, approval.id).await? {
        // Whoever cannot read it any more is noted too, so that the next turn does not find them again.
        if seat.decision == Decision::Waiting
            && note(tx, ctx, approval.id, seat.user_id, pause).await?
            && let Some(document) = seen_by(tx, seat.user_id, approval).await?
        {
            tell::reminded(tx, ctx, seat.user_id, &document, approval).await?;
            count += 1;
        }
    }
    Ok(count)
}

/// The document as this person sees it; none if they do not.
async fn seen_by(tx: &Tx, user: UserId, approval: &Approval) -> Result<Option<Document>, AppError> {
    let Some(person) = actor::load(tx, user).await? else { return Ok(None) };
    let scope = Scope::of(&Actor::person(person.kind, Via::Session))?;
    Ok(documents::find(tx, scope, approval.document_id).await?)
}

async fn note(tx: &Tx, ctx: &Ctx, id: ApprovalId, user: UserId, pause: Duration) -> Result<bool, AppError> {
    Ok(tx.execute(REMINDED, args![id, user, ctx.now(), ctx.now().minus(pause)]).await? == 1)
}

/// The portal's own reminders. Run once a day; a second run on the same day finds nobody left.
pub async fn run(ctx: &Ctx) -> Result<(), AppError> {
    let now = ctx.now();
    loop {
        let values = args![now.plus(DAY * AHEAD), now.minus(DAY * GIVE_UP), now.minus(BY_ITSELF), AT_ONCE as i64];
        let due: Vec<(ApprovalId, crate::time::Instant)> = ctx.db.all(DUE, values).await?;
        let full = due.len() == AT_ONCE;
        for (id, _) in due {
            let tx = ctx.db.begin().await?;
            if store::take(&tx, id).await?
                && let Some(approval) = store::find(&tx, id).await?
            {
                waiting(&tx, ctx, &approval, BY_ITSELF).await?;
            }
            tx.commit().await?;
        }
        if !full {
            return Ok(());
        }
    }
}
