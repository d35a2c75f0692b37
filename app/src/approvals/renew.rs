//! What becomes of approvals when their document changes, in the transaction that changes it.

use std::time::Duration;

use crate::ctx::Ctx;
use crate::db::Tx;
use crate::documents::model::{Document, Reader};
use crate::documents::store::Added;
use crate::error::AppError;
use crate::ids::{ApprovalId, DocumentId, UserId};

use super::model::{Decision, Round, State, Step};
use super::service::candidates_in;
use super::store::{self, NewRow, Proof, RowStep};
use super::tell;

/// Nobody is given less time than this to look at a new version.
const LEAST: Duration = Duration::from_secs(3 * 24 * 3600);

/// A new version is what counts: an open approval is outdated, and whoever was asked before is asked again, unless staff
/// had taken the question back. Answers how many are asked now.
pub async fn after_version(
    tx: &Tx,
    ctx: &Ctx,
    document: &Document,
    added: Added,
    sha256: &[u8],
) -> Result<usize, AppError> {
    let Some(last) = store::of_document(tx, document.id, 1).await?.into_iter().next() else { return Ok(0) };
    if last.state == State::Withdrawn || !added.published {
        return Ok(0);
    }
    if store::take(tx, last.id).await? {
        store::end(tx, last.id, State::Outdated, ctx.now()).await?;
    }
    let Some(round) = store::rounds(tx, vec![last]).await?.pop() else { return Ok(0) };
    let readers = candidates_in(tx, document).await?;
    // Who has got a role meanwhile may have been asked by name in another step: once is enough.
    let mut steps: Vec<RowStep> = Vec::new();
    for step in &round.steps {
        let taken = |id: &UserId| steps.iter().any(|step| step.people.contains(id));
        let next = again(&round, step, readers.iter().filter(|reader| !taken(&reader.user_id)));
        steps.extend(next);
    }
    let last = &round.approval;
    let row = NewRow {
        id: ApprovalId::new(),
        version: added.number,
        sha256,
        steps: &steps,
        message: &last.message,
        due_at: last.due_at.max(ctx.now().plus(LEAST)),
        by: last.asked_by,
        at: ctx.now(),
    };
    if row.first().is_empty() {
        return Ok(0);
    }
    store::insert(tx, &Proof::Again(document), &row).await?;
    tell::asked(tx, ctx, row.first(), document, (&row).into(), tell::Why::NewVersion).await?;
    Ok(row.first().len())
}

/// The same step for a new version: whoever has the role by now, or the people who had the decision last, as far as they
/// can still read it. As many must approve as before, or all who are left; `None` where nobody is.
fn again<'a>(round: &Round, step: &Step, readers: impl Iterator<Item = &'a Reader>) -> Option<RowStep> {
    let had =
        |id: UserId| round.seats_of(step.number).any(|seat| seat.user_id == id && seat.decision != Decision::Delegated);
    let asked = |reader: &&Reader| step.role.map_or_else(|| had(reader.user_id), |role| reader.role == role.role());
    let people: Vec<UserId> = readers.filter(asked).map(|reader| reader.user_id).collect();
    let before = i64::try_from(round.asked_in(step.number)).unwrap_or(i64::MAX);
    let now = i64::try_from(people.len()).unwrap_or(i64::MAX);
    let needed = if step.needed == before { now } else { step.needed.min(now) };
    (now > 0).then_some(RowStep { needed, role: step.role, people })
}

/// A document that is taken back asks nobody any more.
pub async fn after_withdrawal(tx: &Tx, ctx: &Ctx, document: DocumentId) -> Result<(), AppError> {
    let last = store::of_document(tx, document, 1).await?.into_iter().next();
    if let Some(last) = last.filter(|last| last.state == State::Open)
        && store::take(tx, last.id).await?
    {
        store::end(tx, last.id, State::Withdrawn, ctx.now()).await?;
    }
    Ok(())
}
