//! Issuing a certificate of an approval that is over.

use crate::access::{Action, Guarded as _, allow, grant};
use crate::approvals::evidence::Evidence;
use crate::approvals::model::{Round, Seat, State};
use crate::approvals::policy::Certify;
use crate::approvals::service;
use crate::audit;
use crate::ctx::Ctx;
use crate::documents::model::{Document, hex};
use crate::documents::{read, store as documents};
use crate::error::AppError;
use crate::ids::ApprovalId;

use super::store::{self, Proof};
use super::{Asked, Certificate, Event, FORMAT, Issuer, Paper, Proved, Question, Signed, StepRule, key};

/// Whether there is a certificate of this round, and the actor may have it.
pub fn may(ctx: &Ctx, document: &Document, round: &Round) -> bool {
    let action = Action::ApprovalCertificate(document.topic);
    is_over(round)
        && !document.foreign
        && allow(&ctx.actor, action, document.relation(&ctx.actor), Some(document.organisation_id)).is_ok()
}

/// Somebody has decided, and nobody can any more.
fn is_over(round: &Round) -> bool {
    round.approval.state != State::Open && round.seats.iter().any(Seat::has_decided)
}

/// Makes the certificate of an approval, and notes who has had it.
///
/// # Errors
/// `Conflict` while the approval is open, and where nobody has decided.
pub async fn issue(ctx: &Ctx, id: ApprovalId) -> Result<Signed, AppError> {
    let (document, round) = service::find(ctx, id).await?;
    let document = grant::<Certify, _>(&ctx.actor, document)?.into_row();
    read::check_viewer(ctx, &document, Action::ApprovalCertificate(document.topic)).await?;
    let approval = &round.approval;
    if !is_over(&round) {
        return Err(AppError::Conflict(ctx.t("approval-error-no-certificate").to_owned()));
    }
    let version = documents::version(&ctx.db, &document, true, approval.version).await?.ok_or(AppError::NotFound)?;
    let proofs = store::proofs(&ctx.db, id).await?;
    if proofs.len() != round.seats.iter().filter(|seat| seat.has_decided()).count() {
        // Decisions from before evidence was kept.
        return Err(AppError::Conflict(ctx.t("approval-error-no-evidence").to_owned()));
    }
    let certificate = Certificate {
        format: FORMAT.to_owned(),
        portal: Issuer { name: ctx.portal.name.get(), url: ctx.portal.base_url.to_string() },
        issued_at: ctx.now().rfc3339(),
        document: Paper {
            id: document.id,
            title: document.title.clone(),
            organisation_id: document.organisation_id,
            organisation: document.organisation_name.clone(),
            organisation_number: store::number(&ctx.db, document.organisation_id).await?,
            version: version.number,
            file_name: version.file_name.clone(),
            size: version.size,
            sha256: version.sha256_hex(),
        },
        approval: question(&round),
        people: round.seats.iter().map(asked).collect(),
        decisions: proofs.into_iter().map(proved).collect::<Result<_, _>>()?,
    };
    let signed = key::sign(ctx, certificate).await?;
    let tx = ctx.db.begin().await?;
    let event = audit::Event::new("approval.certificate", "document", document.id.0)
        .organisation(document.organisation_id)
        .with("approval", id)
        .with("version", version.number);
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(signed)
}

fn question(Round { approval, steps, .. }: &Round) -> Question {
    let rule =
        |step: &crate::approvals::model::Step| StepRule { number: step.number, needed: step.needed, role: step.role };
    Question {
        id: approval.id,
        asked_by: approval.asked_by,
        asked_by_name: approval.asked_by_name.clone(),
        asked_at: approval.asked_at.rfc3339(),
        due_at: approval.due_at.rfc3339(),
        message: approval.message.clone(),
        state: approval.state,
        ended_at: approval.ended_at.map(crate::time::Instant::rfc3339),
        steps: steps.iter().map(rule).collect(),
    }
}

fn asked(seat: &Seat) -> Asked {
    let Seat { user_id, name, step, decision, delegated_by, .. } = seat;
    Asked { user_id: *user_id, name: name.clone(), step: *step, decision: *decision, delegated_by: *delegated_by }
}

fn proved(Proof { evidence, previous, event }: Proof) -> Result<Proved, AppError> {
    let evidence: Evidence = serde_json::from_str(&evidence.unwrap_or_default()).map_err(|_| AppError::Internal)?;
    let event = Event {
        sequence: event.sequence,
        id: event.id.0,
        at: event.at.rfc3339(),
        actor_kind: event.actor_kind,
        actor_id: event.actor_id,
        action: event.action,
        object_kind: event.object_kind,
        object_id: event.object_id,
        organisation_id: event.organisation_id,
        detail: event.detail,
        request_id: event.request_id,
        previous_hash: hex(&previous.unwrap_or_else(|| vec![0; 32])),
        hash: hex(&event.hash),
    };
    Ok(Proved { evidence, event })
}
