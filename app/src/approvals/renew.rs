//! What becomes of approvals when their document changes, in the transaction that changes it.

use std::time::Duration;

use crate::ctx::Ctx;
use crate::db::Tx;
use crate::documents::audience;
use crate::documents::model::Document;
use crate::documents::store as documents;
use crate::error::AppError;
use crate::ids::{ApprovalId, DocumentId, UserId};

use super::model::State;
use super::store::{self, NewRow, Proof};
use super::tell;

/// Nobody is given less time than this to look at a new version.
const LEAST: Duration = Duration::from_secs(3 * 24 * 3600);

/// A new version is what counts: an open approval is outdated, and whoever was asked before is asked again, unless staff
/// had taken the question back. Answers how many are asked.
pub async fn after_version(
    tx: &Tx,
    ctx: &Ctx,
    document: &Document,
    version: i64,
    sha256: &[u8],
) -> Result<usize, AppError> {
    let Some(last) = store::of_document(tx, document.id, 1).await?.into_iter().next() else { return Ok(0) };
    if last.state == State::Withdrawn || document.state != crate::documents::model::State::Published {
        return Ok(0);
    }
    if store::take(tx, last.id).await? {
        store::end(tx, last.id, State::Outdated, ctx.now()).await?;
    }
    // Only who can still read it; and as many must approve as before, or all who are left.
    let subjects = documents::subjects(tx, document.id).await?;
    let readers = audience::customers(tx, document, subjects).await?;
    let seats = store::seats(tx, last.id).await?;
    let people: Vec<UserId> =
        seats.into_iter().map(|seat| seat.user_id).filter(|id| readers.iter().any(|r| r.user_id == *id)).collect();
    if people.is_empty() {
        return Ok(0);
    }
    let row = NewRow {
        id: ApprovalId::new(),
        version,
        sha256,
        needed: last.needed.min(i64::try_from(people.len()).unwrap_or(i64::MAX)),
        people: &people,
        message: &last.message,
        due_at: last.due_at.max(ctx.now().plus(LEAST)),
        by: last.asked_by,
        at: ctx.now(),
    };
    store::insert(tx, &Proof::Again(document), &row).await?;
    for person in &people {
        tell::asked(tx, ctx, *person, document, &row, true).await?;
    }
    Ok(people.len())
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
