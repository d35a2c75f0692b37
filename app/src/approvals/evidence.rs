//! What proves a decision: who took it, when, from where, how they had signed in, and the sentence they were shown.
//!
//! It is kept as canonical JSON (RFC 8785) beside the decision, word for word as it was, and its SHA-256 stands in the
//! decision's event in the trail: changed later, it does not fit any more.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::access::Via;
use crate::ctx::Ctx;
use crate::documents::model::{Document, hex};
use crate::error::AppError;
use crate::ids::{ApprovalId, DocumentId, OrganisationId, UserId};
use crate::sign_in::origin;

use super::model::{Approval, Decision, Say, Seat};

/// What proves one decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The approval.
    pub approval_id: ApprovalId,
    /// The document.
    pub document_id: DocumentId,
    /// The customer.
    pub organisation_id: OrganisationId,
    /// The version.
    pub version: i64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// The step in which they were asked.
    pub step: i64,
    /// Who decided.
    pub user_id: UserId,
    /// Their name then.
    pub name: String,
    /// Their address then.
    pub email: String,
    /// Who handed the decision on to them.
    pub delegated_by: Option<UserId>,
    /// approved or declined.
    pub decision: Decision,
    /// Why, or a few words; may be empty.
    pub comment: String,
    /// What they declared.
    pub statement: String,
    /// The sentence was on the page they clicked on; a program is shown none.
    pub shown: bool,
    /// The language it was in.
    pub language: String,
    /// When, RFC 3339.
    pub at: String,
    /// browser or program.
    pub through: String,
    /// What the session was begun with.
    pub signed_in_with: Option<String>,
    /// The second factor on top of it.
    pub second_factor: Option<String>,
    /// The address the request came from, as far as our own proxies let us know it.
    pub address: String,
    /// Somebody else's proxy has passed it on.
    pub through_proxy: bool,
    /// As the browser or program names itself.
    pub device: String,
}

impl Evidence {
    /// Of a decision that is taken now.
    pub fn collect(ctx: &Ctx, document: &Document, approval: &Approval, seat: &Seat, say: &Say) -> Self {
        let origin = origin::current().unwrap_or_default();
        let program = matches!(ctx.actor.via(), Via::Token(..));
        Self {
            approval_id: approval.id,
            document_id: approval.document_id,
            organisation_id: approval.organisation_id,
            version: approval.version,
            sha256: approval.sha256_hex(),
            step: seat.step,
            user_id: seat.user_id,
            name: seat.name.clone(),
            email: seat.email.clone(),
            delegated_by: seat.delegated_by,
            decision: if say.approve { Decision::Approved } else { Decision::Declined },
            comment: say.comment.clone(),
            statement: statement(ctx, document, approval, say.approve),
            shown: say.shown.is_some(),
            language: ctx.locale.tag().to_owned(),
            at: ctx.now().rfc3339(),
            through: if program { "program" } else { "browser" }.to_owned(),
            signed_in_with: ctx.assurance.map(|assurance| assurance.method.name().to_owned()),
            second_factor: ctx.assurance.and_then(|a| a.factor).map(|factor| factor.name().to_owned()),
            address: origin.sender_text(),
            through_proxy: origin.proxied,
            device: origin.device,
        }
    }

    /// As it is kept.
    ///
    /// # Errors
    /// None that its fields could cause.
    pub fn canonical(&self) -> Result<String, AppError> {
        serde_json_canonicalizer::to_string(self).map_err(|_| AppError::Internal)
    }
}

/// SHA-256 of a text, in hexadecimal.
pub fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// The sentence beside the button: what whoever clicks declares, in their language.
pub fn statement(ctx: &Ctx, document: &Document, approval: &Approval, approve: bool) -> String {
    let args = [
        ("title", document.title.clone().into()),
        ("number", approval.version.into()),
        ("organisation", document.organisation_name.clone().into()),
    ];
    ctx.with(if approve { "approval-statement-yes" } else { "approval-statement-no" }, &args)
}
