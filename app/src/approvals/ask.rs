//! Asking people of the customer to approve the current version of a document.

use std::time::Duration;

use crate::access::{Scope, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::documents;
use crate::documents::model::{Reader, State as DocumentState};
use crate::error::{AppError, FieldErrors};
use crate::ids::{ApprovalId, DocumentId, UserId};
use crate::scan;
use crate::scan::model::Scan;

use super::model::{NewApproval, NewStep, Round};
use super::policy::Ask;
use super::service::{candidates_in, check_text, find};
use super::store::{self, NewRow, Proof, RowStep};
use super::tell;

/// The furthest deadline.
const FURTHEST: Duration = Duration::from_secs(400 * 24 * 3600);
/// More steps than this are a process of their own.
pub const STEPS: usize = 5;

/// Whether the actor may ask about this document at all: before anything else that they sent is looked at.
pub async fn check_asker(ctx: &Ctx, id: DocumentId) -> Result<(), AppError> {
    let row = documents::store::find(&ctx.db, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    grant::<Ask, _>(&ctx.actor, row).map(|_| ())
}

/// Asks people of the customer to approve the current version.
pub async fn ask(ctx: &Ctx, id: DocumentId, new: NewApproval) -> Result<Round, AppError> {
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    check_asker(ctx, id).await?;
    let tx = ctx.db.begin().await?;
    // Whoever adds a version, publishes, withdraws or asks as well waits from here on.
    documents::store::lock(&tx, id).await?;
    let row = documents::store::find(&tx, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<Ask, _>(&ctx.actor, row)?;
    let document = granted.row();
    let mut errors = FieldErrors::default();
    let message = check_text(ctx, "message", &new.message, &mut errors);
    let readers = candidates_in(&tx, document).await?;
    let steps = seats(ctx, &new.steps, &readers, &mut errors);
    if new.due_at <= ctx.now() || new.due_at > ctx.now().plus(FURTHEST) {
        errors.add("due", ctx.t("approval-error-due"));
    }
    errors.into_result()?;
    if document.state != DocumentState::Published {
        return Err(AppError::Conflict(ctx.t("approval-error-not-published").to_owned()));
    }
    if let Some(known @ (Scan::Infected | Scan::TooLarge)) = document.scan {
        scan::service::check_usable(ctx, known)?;
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
        steps: &steps,
        message: &message,
        due_at: new.due_at,
        by: user,
        at: ctx.now(),
    };
    store::insert(&tx, &Proof::Ask(&granted), &row).await?;
    tell::asked(&tx, ctx, row.first(), document, (&row).into(), tell::Why::Asked).await?;
    let event = Event::new("approval.ask", "document", id.0)
        .organisation(document.organisation_id)
        .with("approval", approval)
        .with("version", new.version)
        .with("sha256", documents::model::hex(&sha256))
        .with("steps", steps.len())
        .with("needed", row.needed())
        .with("asked", row.asked());
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(find(ctx, approval).await?.1)
}

/// The name of a field of a step: the first has it plain, the others with their number.
pub fn field(name: &str, at: usize) -> String {
    if at == 0 { name.to_owned() } else { format!("{name}{}", at + 1) }
}

/// Who is asked in each step, and how many must approve.
fn seats(ctx: &Ctx, steps: &[NewStep], readers: &[Reader], errors: &mut FieldErrors) -> Vec<RowStep> {
    let mut rows: Vec<RowStep> = Vec::new();
    if steps.is_empty() {
        errors.add("people", ctx.t("approval-error-nobody"));
    }
    if steps.len() > STEPS {
        errors.add("people", ctx.with("approval-error-steps", &[("max", STEPS.into())]));
    }
    for (at, step) in steps.iter().take(STEPS).enumerate() {
        let taken = |id: &UserId| rows.iter().any(|row| row.people.contains(id));
        let mut wrong = |key: &'static str| errors.add(&field("people", at), ctx.t(key));
        let people: Vec<UserId> = match step.role {
            // Who decides in an earlier step already is not asked twice.
            Some(role) => {
                let of_role = readers.iter().filter(|reader| reader.role == role.role());
                of_role.map(|reader| reader.user_id).filter(|id| !taken(id)).collect()
            }
            None => {
                let mut people = step.people.clone();
                people.sort_unstable();
                people.dedup();
                if !people.iter().all(|id| readers.iter().any(|reader| reader.user_id == *id)) {
                    wrong("approval-error-people");
                } else if people.iter().any(taken) {
                    wrong("approval-error-twice");
                }
                people
            }
        };
        let asked = i64::try_from(people.len()).unwrap_or(i64::MAX);
        let needed = step.needed.unwrap_or(asked);
        if people.is_empty() {
            wrong(if step.role.is_some() { "approval-error-role" } else { "approval-error-nobody" });
        } else if !(1..=asked).contains(&needed) {
            errors.add(&field("needed", at), ctx.with("approval-error-needed", &[("max", asked.into())]));
        }
        rows.push(RowStep { needed, role: step.role, people });
    }
    rows
}
