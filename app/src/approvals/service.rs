//! Use cases of approvals. Pages, server functions and REST all enter here.

use crate::access::{Action, Guarded as _, Relation, Scope, allow, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::documents::model::{Document, Reader, State as DocumentState};
use crate::documents::{self, audience};
use crate::error::{AppError, FieldErrors};
use crate::ids::{ApprovalId, DocumentId, UserId};
use crate::time::Instant;

use super::model::{Decision, NewApproval, Round, Say, Seat, State};
use super::policy::{Ask, Decide};
use super::store::{self, NewRow, Proof};
use super::tell;

/// The longest message or reason, in characters.
pub const TEXT_LONGEST: usize = 2_000;
/// The furthest deadline, in days.
const FURTHEST: i64 = 400;
/// How many past rounds a document shows.
const ROUNDS: i64 = 20;

/// Whether the actor may ask for an approval of this document now.
pub fn may_ask(ctx: &Ctx, document: &Document) -> bool {
    let action = Action::ApprovalAsk(document.topic);
    document.state == DocumentState::Published
        && document.current_version > 0
        && allow(&ctx.actor, action, document.relation(&ctx.actor), Some(document.organisation_id)).is_ok()
}

/// Who can be asked: everybody of the customer who can read the document.
pub async fn candidates(ctx: &Ctx, document: &Document) -> Result<Vec<Reader>, AppError> {
    let subjects = documents::store::subjects(&ctx.db, document.id).await?;
    Ok(candidates_of(audience::customers(&ctx.db, document, subjects).await?, document))
}

fn candidates_of(mut readers: Vec<Reader>, document: &Document) -> Vec<Reader> {
    readers.retain(|r| r.organisation.as_ref().is_some_and(|(id, _)| *id == document.organisation_id));
    readers
}

/// The rounds of a document, newest first. Whoever reads it through a group of another customer learns nothing of them.
pub async fn rounds(ctx: &Ctx, document: &Document) -> Result<Vec<Round>, AppError> {
    if document.foreign {
        return Ok(Vec::new());
    }
    let approvals = store::of_document(&ctx.db, document.id, ROUNDS).await?;
    let ids: Vec<ApprovalId> = approvals.iter().map(|approval| approval.id).collect();
    let mut seats = if ids.is_empty() { Vec::new() } else { store::seats_of_all(&ctx.db, &ids).await? };
    hide_addresses(ctx, document, &mut seats);
    let rounds = approvals.into_iter().map(|approval| {
        let (own, rest) = seats.drain(..).partition(|seat| seat.approval_id == approval.id);
        seats = rest;
        Round { approval, seats: own }
    });
    Ok(rounds.collect())
}

/// The rounds of a document that the actor may see.
pub async fn of_document(ctx: &Ctx, id: DocumentId) -> Result<Vec<Round>, AppError> {
    rounds(ctx, &documents::service::find(ctx, id).await?).await
}

/// One round, if the actor may see its document.
pub async fn find(ctx: &Ctx, id: ApprovalId) -> Result<(Document, Round), AppError> {
    let approval = store::find(&ctx.db, id).await?.ok_or(AppError::NotFound)?;
    let document = documents::service::find(ctx, approval.document_id).await?;
    if document.foreign {
        return Err(AppError::NotFound);
    }
    let mut seats = store::seats(&ctx.db, id).await?;
    hide_addresses(ctx, &document, &mut seats);
    Ok((document, Round { approval, seats }))
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
fn check_text(ctx: &Ctx, field: &str, text: &str, errors: &mut FieldErrors) -> String {
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

/// Whether the actor may ask about this document at all: before anything else that they sent is looked at.
pub async fn check_asker(ctx: &Ctx, id: DocumentId) -> Result<(), AppError> {
    let row = documents::store::find(&ctx.db, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    grant::<Ask, _>(&ctx.actor, row).map(|_| ())
}

/// Asks people of the customer to approve the current version.
pub async fn ask(ctx: &Ctx, id: DocumentId, new: NewApproval) -> Result<Round, AppError> {
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    let tx = ctx.db.begin().await?;
    let row = documents::store::find(&tx, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<Ask, _>(&ctx.actor, row)?;
    let document = granted.row();
    let mut errors = FieldErrors::default();
    let message = check_text(ctx, "message", &new.message, &mut errors);
    let mut people = new.people;
    people.sort_unstable();
    people.dedup();
    let subjects = documents::store::subjects(&tx, document.id).await?;
    let readers = candidates_of(audience::customers(&tx, document, subjects).await?, document);
    if people.is_empty() {
        errors.add("people", ctx.t("approval-error-nobody"));
    } else if !people.iter().all(|id| readers.iter().any(|reader| reader.user_id == *id)) {
        errors.add("people", ctx.t("approval-error-people"));
    }
    let asked = i64::try_from(people.len()).unwrap_or(i64::MAX);
    if !people.is_empty() && !(1..=asked).contains(&new.needed) {
        errors.add("needed", ctx.with("approval-error-needed", &[("max", asked.into())]));
    }
    let furthest = ctx.now().plus(std::time::Duration::from_secs(FURTHEST as u64 * 24 * 3600));
    if new.due_at <= ctx.now() || new.due_at > furthest {
        errors.add("due", ctx.t("approval-error-due"));
    }
    errors.into_result()?;
    if document.state != DocumentState::Published {
        return Err(AppError::Conflict(ctx.t("approval-error-not-published").to_owned()));
    }
    if document.current_version != new.version {
        return Err(AppError::Conflict(ctx.t("approval-error-version").to_owned()));
    }
    if store::take_of_document(&tx, id).await? {
        return Err(AppError::Conflict(ctx.t("approval-error-open").to_owned()));
    }
    let sha256 = store::version_hash(&tx, id, new.version).await?.ok_or(AppError::NotFound)?;
    let approval = ApprovalId::new();
    let row = NewRow {
        id: approval,
        version: new.version,
        sha256: &sha256,
        needed: new.needed,
        people: &people,
        message: &message,
        due_at: new.due_at,
        by: user,
        at: ctx.now(),
    };
    store::insert(&tx, &Proof::Ask(&granted), &row).await?;
    for person in &people {
        tell::asked(&tx, ctx, *person, document, &row, false).await?;
    }
    let event = Event::new("approval.ask", "document", id.0)
        .organisation(document.organisation_id)
        .with("approval", approval)
        .with("version", new.version)
        .with("sha256", documents::model::hex(&sha256))
        .with("needed", new.needed)
        .with("asked", asked);
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(find(ctx, approval).await?.1)
}

/// Says yes or no to the version the approval is about.
pub async fn decide(ctx: &Ctx, id: ApprovalId, say: Say) -> Result<Round, AppError> {
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    let tx = ctx.db.begin().await?;
    let open = store::take(&tx, id).await?;
    let approval = store::find(&tx, id).await?.ok_or(AppError::NotFound)?;
    let scope = Scope::of(&ctx.actor)?;
    let row = documents::store::find(&tx, scope, approval.document_id).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<Decide, _>(&ctx.actor, row)?;
    let mut errors = FieldErrors::default();
    let comment = check_text(ctx, "comment", &say.comment, &mut errors);
    if !say.approve && comment.is_empty() {
        errors.add("comment", ctx.t("approval-error-reason"));
    }
    let seats = store::seats(&tx, id).await?;
    let seat = seats.iter().find(|seat| seat.user_id == user).ok_or(AppError::Forbidden)?;
    if matches!(seat.decision, Decision::Approved | Decision::Declined) {
        return Err(AppError::Conflict(ctx.t("approval-error-decided").to_owned()));
    }
    if !open {
        return Err(AppError::Conflict(ctx.t(over_key(approval.state)).to_owned()));
    }
    errors.into_result()?;
    let decision = if say.approve { Decision::Approved } else { Decision::Declined };
    if !store::decide(&tx, &granted, id, user, decision, &comment, ctx.now()).await? {
        return Err(AppError::Conflict(ctx.t("approval-error-decided").to_owned()));
    }
    let count = |wanted| seats.iter().filter(|seat| seat.decision == wanted).count() + usize::from(wanted == decision);
    let (yes, no) = (count(Decision::Approved), count(Decision::Declined));
    let outcome = outcome(approval.needed, seats.len(), yes, no);
    if outcome != State::Open {
        store::end(&tx, id, outcome, ctx.now()).await?;
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
        .with("outcome", outcome.name());
    audit::record(&tx, ctx, event).await?;
    if outcome != State::Open {
        tell::over(&tx, ctx, &approval, granted.row(), outcome, &comment).await?;
    }
    tx.commit().await?;
    Ok(find(ctx, id).await?.1)
}

/// What so many yes and no out of so many asked amount to.
fn outcome(needed: i64, asked: usize, yes: usize, no: usize) -> State {
    let needed = usize::try_from(needed).unwrap_or(usize::MAX);
    if yes >= needed {
        State::Approved
    } else if asked.saturating_sub(no) < needed {
        State::Declined
    } else {
        State::Open
    }
}

/// Why nobody can decide any more.
const fn over_key(state: State) -> &'static str {
    match state {
        State::Outdated => "approval-error-outdated",
        State::Withdrawn => "approval-error-withdrawn",
        State::Open | State::Approved | State::Declined => "approval-error-over",
    }
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
    store::end(&tx, id, State::Withdrawn, ctx.now()).await?;
    let event = Event::new("approval.withdraw", "document", approval.document_id.0)
        .organisation(approval.organisation_id)
        .with("approval", id)
        .with("version", approval.version);
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(find(ctx, id).await?.1)
}

/// What waits for the actor's decision in the organisation they look at, soonest first.
pub async fn waiting(ctx: &Ctx, limit: i64) -> Result<Vec<store::Waiting>, AppError> {
    Ok(store::waiting(&ctx.db, Scope::of(&ctx.actor)?, ctx.organisation, limit).await?)
}

/// People's ids from texts; `None` when one is not an id.
pub fn parse_people(texts: &[String]) -> Option<Vec<UserId>> {
    documents::service::parse_people(texts)
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
            assert_eq!(outcome(needed, asked, yes, no), expected, "{rule:?}");
        }
    }
}
