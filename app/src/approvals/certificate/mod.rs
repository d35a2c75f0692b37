//! Certificates: what was approved, by whom, when and how, so that it can be shown and checked without the portal.
//!
//! The certificate is JSON, signed by the portal (Ed25519, RFC 8032) over its canonical form (RFC 8785). It holds the
//! evidence of every decision and the decision's event of the trail, so that `kontor verify` checks on any machine that
//! nothing was changed, that each decision is about these bytes, and that the rule was met. The PDF says the same for
//! people, and carries the JSON inside.

mod issue;
pub(crate) mod key;
mod pdf;
mod store;
mod typeset;
mod verify;

pub use issue::{issue, may};
pub use key::{PublicKey, keys};
pub use pdf::{json, pdf};
pub use verify::{Verified, verify};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::access::MembershipRole;
use crate::ids::{ApprovalId, DocumentId, OrganisationId, UserId};

use super::evidence::Evidence;
use super::model::{Decision, State};

/// What a certificate of this kind calls itself.
pub const FORMAT: &str = "kontor-approval-certificate-1";

/// A certificate with the portal's signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// What is signed.
    pub certificate: Certificate,
    /// By whom.
    pub signature: Signature,
}

/// A signature over the canonical form of a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Ed25519.
    pub algorithm: String,
    /// RFC 8785.
    pub canonicalization: String,
    /// The public key, in hexadecimal.
    pub public_key: String,
    /// The signature, in hexadecimal.
    pub value: String,
}

/// What was asked about which bytes, and what was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// [`FORMAT`].
    pub format: String,
    /// The portal that issued it.
    pub portal: Issuer,
    /// When, RFC 3339.
    pub issued_at: String,
    /// What it is about.
    pub document: Paper,
    /// What was asked.
    pub approval: Question,
    /// Everybody who was asked, by step and name.
    pub people: Vec<Asked>,
    /// Every decision, in the order in which they were taken.
    pub decisions: Vec<Proved>,
}

/// A portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: String,
}

/// One version of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Id of the document.
    pub id: DocumentId,
    /// Its title when the certificate was issued.
    pub title: String,
    /// The customer.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation: String,
    /// Its number.
    pub organisation_number: String,
    /// The version.
    pub version: i64,
    /// The name of its file.
    pub file_name: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
}

/// What was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Id.
    pub id: ApprovalId,
    /// Who asked.
    pub asked_by: UserId,
    /// Their name.
    pub asked_by_name: String,
    /// When, RFC 3339.
    pub asked_at: String,
    /// Until when, RFC 3339.
    pub due_at: String,
    /// A few words; may be empty.
    pub message: String,
    /// What came of it.
    pub state: State,
    /// When, RFC 3339.
    pub ended_at: Option<String>,
    /// The steps, in their order.
    pub steps: Vec<StepRule>,
}

/// The rule of one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepRule {
    /// From 1.
    pub number: i64,
    /// How many of those asked in it must approve.
    pub needed: i64,
    /// Everybody with this role was asked.
    pub role: Option<MembershipRole>,
}

/// Somebody who was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Who.
    pub user_id: UserId,
    /// Their name.
    pub name: String,
    /// In which step.
    pub step: i64,
    /// What they said.
    pub decision: Decision,
    /// Who handed it on to them.
    pub delegated_by: Option<UserId>,
}

/// A decision and what proves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proved {
    /// Who, when, from where, what they were shown.
    pub evidence: Evidence,
    /// Its event in the portal's trail.
    pub event: Event,
}

/// An event of the trail, with the hash of the one before it: enough to compute its own hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Its place in the trail.
    pub sequence: i64,
    /// Id.
    pub id: Uuid,
    /// When, RFC 3339.
    pub at: String,
    /// person or token.
    pub actor_kind: String,
    /// Who.
    pub actor_id: Option<Uuid>,
    /// What.
    pub action: String,
    /// To what kind of thing.
    pub object_kind: String,
    /// To which.
    pub object_id: Option<Uuid>,
    /// Of which organisation.
    pub organisation_id: Option<Uuid>,
    /// References and numbers, as JSON text.
    pub detail: String,
    /// The request.
    pub request_id: String,
    /// The hash of the event before it, in hexadecimal.
    pub previous_hash: String,
    /// Its own hash, in hexadecimal.
    pub hash: String,
}
