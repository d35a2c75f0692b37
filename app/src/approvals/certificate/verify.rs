//! Checking a certificate without the portal: nothing but the file, and the document if one has it.

use std::fmt;

use serde_json::Value;

use crate::approvals::decide::amounts_to;
use crate::approvals::evidence::digest;
use crate::approvals::model::{Decision, State};
use crate::audit::EventRow;
use crate::documents::model::hex;
use crate::ids::EventId;
use crate::secrets::bytes_of;
use crate::time::Instant;

use super::key::{ALGORITHM, CANONICALIZATION, fits, signed_bytes};
use super::{Certificate, Event, FORMAT, Proved, Signed};

/// A decision and its event are written in one transaction; further apart than this, they do not belong together.
const APART: i64 = 60 * 1_000_000;

/// A certificate in which everything fits.
#[derive(Clone, Debug)]
pub struct Verified {
    /// The certificate.
    pub certificate: Certificate,
    /// The public key it was signed with, in hexadecimal: to be compared with the one that the portal names.
    pub key: String,
}

/// Why a certificate is not to be believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt(String);

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn doubt<T>(text: impl Into<String>) -> Result<T, Doubt> {
    Err(Doubt(text.into()))
}

fn ensure(fits: bool, text: impl FnOnce() -> String) -> Result<(), Doubt> {
    if fits { Ok(()) } else { Err(Doubt(text())) }
}

/// Checks that the signature fits, that each decision is in its event and about these bytes, and that the rule was met.
/// `sha256`: of the document, in hexadecimal, if it is at hand. `key`: the public key that is expected, if it is known.
///
/// # Errors
/// What does not fit first, in English.
pub fn verify(text: &str, sha256: Option<&str>, key: Option<&str>) -> Result<Verified, Doubt> {
    let signed: Signed = match serde_json::from_str(text) {
        Ok(signed) => signed,
        Err(e) => return doubt(format!("this is no certificate: {e}")),
    };
    let Signed { certificate, signature } = signed;
    ensure(certificate.format == FORMAT, || format!("unknown kind of certificate: {}", certificate.format))?;
    ensure(signature.algorithm == ALGORITHM && signature.canonicalization == CANONICALIZATION, || {
        format!("unknown kind of signature: {}, {}", signature.algorithm, signature.canonicalization)
    })?;
    let bytes = signed_bytes(&certificate).or_else(|_| doubt("this is no certificate"))?;
    let (public, value) = (bytes_of(&signature.public_key).unwrap_or_default(), bytes_of(&signature.value));
    ensure(fits(&public, &bytes, &value.unwrap_or_default()), || {
        "the signature does not fit: the certificate was changed after it was issued".to_owned()
    })?;
    if let Some(key) = key {
        ensure(key.trim().eq_ignore_ascii_case(&signature.public_key), || {
            format!("it is signed with another key: {}", signature.public_key)
        })?;
    }
    if let Some(sha256) = sha256 {
        ensure(sha256.eq_ignore_ascii_case(&certificate.document.sha256), || {
            "the document is another one: its SHA-256 is not the one that was decided about".to_owned()
        })?;
    }
    for proved in &certificate.decisions {
        decision(&certificate, proved)?;
    }
    complete(&certificate)?;
    rule(&certificate)?;
    Ok(Verified { certificate, key: signature.public_key })
}

/// One decision: its event's hash, and that event and evidence are about the same thing.
fn decision(certificate: &Certificate, Proved { evidence, event }: &Proved) -> Result<(), Doubt> {
    let (paper, approval) = (&certificate.document, &certificate.approval);
    let who = format!("the decision of {}", evidence.name);
    let row = row(event).ok_or_else(|| Doubt(format!("{who} has an event that cannot be read")))?;
    let previous = bytes_of(&event.previous_hash).unwrap_or_default();
    ensure(hex(&row.hash_after(&previous)) == event.hash, || format!("{who}: its event in the trail was changed"))?;
    let same = evidence.approval_id == approval.id
        && evidence.document_id == paper.id
        && evidence.organisation_id == paper.organisation_id
        && evidence.version == paper.version
        && evidence.sha256 == paper.sha256;
    ensure(same, || format!("{who} is about something else"))?;
    let action = match evidence.decision {
        Decision::Approved => "approval.approve",
        Decision::Declined => "approval.decline",
        _ => return doubt(format!("{who} is none")),
    };
    let detail: Value = serde_json::from_str(&event.detail).unwrap_or_default();
    let says = |name: &str, value: &str| detail.get(name).and_then(Value::as_str) == Some(value);
    let kept = evidence.canonical().unwrap_or_default();
    let fits = event.action == action
        && event.actor_id == Some(evidence.user_id.0)
        && event.object_id == Some(paper.id.0)
        && event.organisation_id == Some(paper.organisation_id.0)
        && says("approval", &approval.id.to_string())
        && says("version", &paper.version.to_string())
        && says("sha256", &paper.sha256)
        && says("step", &evidence.step.to_string())
        && says("evidence", &digest(&kept));
    ensure(fits, || format!("{who} is not the one in the trail"))?;
    let apart = instant(&evidence.at).map(|at| (row.at.0 - at.0).abs());
    ensure(apart.is_some_and(|apart| apart < APART), || format!("{who} was not taken when the trail says so"))
}

fn instant(text: &str) -> Option<Instant> {
    text.parse::<jiff::Timestamp>().ok().map(|at| Instant(at.as_microsecond()))
}

fn row(event: &Event) -> Option<EventRow> {
    Some(EventRow {
        sequence: event.sequence,
        id: EventId(event.id),
        at: instant(&event.at)?,
        actor_kind: event.actor_kind.clone(),
        actor_id: event.actor_id,
        action: event.action.clone(),
        object_kind: event.object_kind.clone(),
        object_id: event.object_id,
        organisation_id: event.organisation_id,
        detail: event.detail.clone(),
        request_id: event.request_id.clone(),
        hash: Vec::new(),
    })
}

/// Whoever is said to have decided has, once, and nobody else.
fn complete(certificate: &Certificate) -> Result<(), Doubt> {
    let decided = |d: Decision| matches!(d, Decision::Approved | Decision::Declined);
    for person in &certificate.people {
        let proofs: Vec<&Proved> =
            certificate.decisions.iter().filter(|proved| proved.evidence.user_id == person.user_id).collect();
        let fits = match (decided(person.decision), proofs.as_slice()) {
            (false, []) => true,
            (true, [one]) => one.evidence.decision == person.decision && one.evidence.step == person.step,
            _ => false,
        };
        ensure(fits, || format!("what {} said and what proves it are not the same", person.name))?;
    }
    let known = |proved: &Proved| certificate.people.iter().any(|p| p.user_id == proved.evidence.user_id);
    match certificate.decisions.iter().find(|proved| !known(proved)) {
        Some(proved) => doubt(format!("{} decided and was never asked", proved.evidence.name)),
        None => Ok(()),
    }
}

/// The decisions amount to what is said to have come of it, each step after the one before.
fn rule(certificate: &Certificate) -> Result<(), Doubt> {
    let approval = &certificate.approval;
    let (mut outcome, mut last) = (State::Approved, 0);
    for step in &approval.steps {
        let of_step = || certificate.decisions.iter().filter(|proved| proved.evidence.step == step.number);
        let count = |wanted| of_step().filter(|proved| proved.evidence.decision == wanted).count();
        let asked = certificate.people.iter().filter(|p| p.step == step.number && p.decision != Decision::Delegated);
        if of_step().any(|proved| outcome != State::Approved || proved.event.sequence <= last) {
            return doubt(format!("step {} was decided before its turn", step.number));
        }
        last = of_step().map(|proved| proved.event.sequence).max().unwrap_or(last);
        if outcome == State::Approved {
            outcome = amounts_to(step.needed, asked.count(), count(Decision::Approved), count(Decision::Declined));
        }
    }
    let said = match approval.state {
        State::Outdated | State::Withdrawn => State::Open,
        state => state,
    };
    ensure(!approval.steps.is_empty() && outcome == said, || {
        format!("it is said to be {}, and the decisions do not amount to that", approval.state.name())
    })
}
