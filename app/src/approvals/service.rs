//! Use cases of approvals. Pages, server functions and REST all enter here.

use crate::access::{Action, Granted, Guarded as _, Relation, Scope, allow, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Db, Tx};
use crate::documents::model::{Document, Reader, State as DocumentState};
use crate::documents::{self, audience};
use crate::error::{AppError, FieldErrors};
use crate::ids::{ApprovalId, DocumentId, UserId};
use crate::time::Instant;

use super::model::{Decision, Round, Seat, State};
use super::policy::{Ask, Decide};
use super::{store, tell};

pub use super::ask::{ask, check_asker};
pub use super::decide::decide;
pub use super::delegate::delegate;

/// The longest message or reason, in characters.
pub const TEXT_LONGEST: usize = 2_000;
/// How many past rounds a document shows.
const ROUNDS: i64 = 20;

/// Whether the actor may ask for an approval of this document now.
pub fn may_ask(ctx: &Ctx, document: &Document) -> bool {
    document.state == DocumentState::Published && document.current_version > 0 && may_once_published(ctx, document)
}

/// Whether they may as soon as it is published.
pub fn may_once_published(ctx: &Ctx, document: &Document) -> bool {
    let action = Action::ApprovalAsk(document.topic);
    allow(&ctx.actor, action, document.relation(&ctx.actor), Some(document.organisation_id)).is_ok()
}

/// Who can be asked: everybody of the customer who can read the document.
pub async fn candidates(ctx: &Ctx, document: &Document) -> Result<Vec<Reader>, AppError> {
    candidates_in(&ctx.db, document).await
}

/// The same, in a transaction.
pub(super) async fn candidates_in(db: &Db, document: &Document) -> Result<Vec<Reader>, AppError> {
    let subjects = documents::store::subjects(db, document.id).await?;
    let mut readers = audience::customers(db, document, subjects).await?;
    readers.retain(|r| r.organisation.as_ref().is_some_and(|(id, _)| *id == document.organisation_id));
    Ok(readers)
}

/// The rounds of a document, newest first. Whoever reads it through a group of another customer learns nothing of them.
pub async fn rounds(ctx: &Ctx, document: &Document) -> Result<Vec<Round>, AppError> {
    if document.foreign {
        return Ok(Vec::new());
    }
    let approvals = store::of_document(&ctx.db, document.id, ROUNDS).await?;
    let mut rounds = store::rounds(&ctx.db, approvals).await?;
    for round in &mut rounds {
        hide_addresses(ctx, document, &mut round.seats);
    }
    Ok(rounds)
}

/// The rounds of a document that the actor may see.
pub async fn of_document(ctx: &Ctx, id: DocumentId) -> Result<Vec<Round>, AppError> {
    rounds(ctx, &documents::service::find(ctx, id).await?).await
}

/// One round, if the actor may see its document.
pub async fn find(ctx: &Ctx, id: ApprovalId) -> Result<(Document, Round), AppError> {
    let mut round = store::round(&ctx.db, id).await?.ok_or(AppError::NotFound)?;
    let document = documents::service::find(ctx, round.approval.document_id).await?;
    if document.foreign {
        return Err(AppError::NotFound);
    }
    hide_addresses(ctx, &document, &mut round.seats);
    Ok((document, round))
}

/// Who does not see the people of the customer, such as a partner from outside, learns names here and no addresses.
fn hide_addresses(ctx: &Ctx, document: &Document, seats: &mut [Seat]) {
    let organisation = document.organisation_id;
    let relation = if ctx.actor.staff().is_some() { document.relation(&ctx.actor) } else { Relation::Own };
    if allow(&ctx.actor, Action::OrganisationRead, relation, Some(organisation)).is_err() {
        for seat in seats.iter_mut().filter(|seat| ctx.actor.user_id() != Some(seat.user_id)) {
            seat.email.clear();
        }
    }
}

/// A text of several lines as it is kept.
pub(super) fn check_text(ctx: &Ctx, field: &str, text: &str, errors: &mut FieldErrors) -> String {
    let text = text.replace("\r\n", "\n");
    let text: String = text.trim().chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    if text.chars().count() > TEXT_LONGEST {
        errors.add(field, ctx.with("approval-error-long", &[("max", TEXT_LONGEST.into())]));
    }
    text
}

/// The end of a day as a date field gives it, in the zone of whoever typed it.
pub fn end_of_day(ctx: &Ctx, text: &str) -> Result<Instant, AppError> {
    let wrong = || AppError::Invalid(FieldErrors::one("due", ctx.t("approval-error-due")));
    let date: jiff::civil::Date = text.trim().parse().map_err(|_| wrong())?;
    let last = date.at(23, 59, 59, 0).to_zoned(ctx.zone.clone()).map_err(|_| wrong())?;
    Ok(Instant(last.timestamp().as_microsecond()))
}

/// Why nobody can decide any more.
pub(super) const fn over_key(state: State) -> &'static str {
    match state {
        State::Outdated => "approval-error-outdated",
        State::Withdrawn => "approval-error-withdrawn",
        State::Open | State::Approved | State::Declined => "approval-error-over",
    }
}

/// What somebody is about to say something about, with the policy's leave.
pub(super) struct Taken {
    /// Nobody has ended it.
    pub open: bool,
    /// The round.
    pub round: Round,
    /// Its document.
    pub granted: Granted<Decide, Document>,
}

/// Takes a round for a transaction: whoever else says something about it waits.
pub(super) async fn take(tx: &Tx, ctx: &Ctx, id: ApprovalId) -> Result<Taken, AppError> {
    let open = store::take(tx, id).await?;
    let round = store::round(tx, id).await?.ok_or(AppError::NotFound)?;
    let scope = Scope::of(&ctx.actor)?;
    let row = documents::store::find(tx, scope, round.approval.document_id).await?.ok_or(AppError::NotFound)?;
    Ok(Taken { open, granted: grant::<Decide, _>(&ctx.actor, row)?, round })
}

/// Takes an approval back: nobody is asked any more.
pub async fn withdraw(ctx: &Ctx, id: ApprovalId) -> Result<Round, AppError> {
    let tx = ctx.db.begin().await?;
    let open = store::take(&tx, id).await?;
    let approval = store::find(&tx, id).await?.ok_or(AppError::NotFound)?;
    let scope = Scope::of(&ctx.actor)?;
    let row = documents::store::find(&tx, scope, approval.document_id).await?.ok_or(AppError::NotFound)?;
    grant::<Ask, _>(&ctx.actor, row)?;
    if !open {
        return Err(AppError::Conflict(ctx.t(over_key(approval.state)).to_owned()));
    }
    let waited = store::seats(&tx, id).await?.into_iter().filter(|seat| seat.decision == Decision::Waiting);
    let waited: Vec<UserId> = waited.map(|seat| seat.user_id).collect();
    store::end(&tx, id, State::Withdrawn, ctx.now()).await?;
    tell::withdrawn(&tx, ctx, &approval, &waited).await?;
    let event = Event::new("approval.withdraw", "document", approval.document_id.0)
        .organisation(approval.organisation_id)
        .with("approval", id)
        .with("version", approval.version);
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(find(ctx, id).await?.1)
}
