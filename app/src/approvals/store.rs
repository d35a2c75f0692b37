//! All SQL of approvals. Reads are of documents that the scope has reached; writes take the policy's proof.

use std::collections::HashMap;

use crate::access::{Granted, MembershipRole};
use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::documents::model::Document;
use crate::ids::{ApprovalId, DocumentId, UserId};
use crate::time::Instant;

use super::model::{Approval, Decision, Round, Seat, State, Step};
use super::policy::{Ask, Decide};

macro_rules! columns {
    () => {
        "SELECT a.id, a.document_id, a.organisation_id, a.version, a.sha256, a.needed, a.asked, a.step, a.message, a.due_at, \
         a.state, a.asked_by, u.name AS asked_by_name, a.asked_at, a.ended_at FROM approvals a JOIN users u ON u.id = a.asked_by"
    };
}

macro_rules! seats {
    () => {
        "SELECT s.approval_id, s.user_id, u.name, u.email, s.decision, s.decided_at, s.comment, r.version AS read_version, \
         u.last_sign_in_at IS NOT NULL AS signed_in, s.step, s.delegated_by FROM approval_seats s JOIN approvals a ON a.id = s.approval_id \
         JOIN users u ON u.id = s.user_id LEFT JOIN document_reads r ON r.document_id = a.document_id AND r.user_id = s.user_id"
    };
}

sql! {
    INSERT = "INSERT INTO approvals (id, document_id, organisation_id, version, sha256, needed, asked, message, due_at, state, asked_by, asked_at, category, topic) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', $10, $11, $12, $13)";
    INSERT_STEP = "INSERT INTO approval_steps (approval_id, number, needed, role) VALUES ($1, $2, $3, $4)";
    INSERT_SEAT = "INSERT INTO approval_seats (approval_id, user_id, step, decision, due_at, comment, delegated_by) VALUES ($1, $2, $3, $4, $5, '', $6)";
    FIND = concat!(columns!(), " WHERE a.id = $1");
    OF_DOCUMENT = concat!(columns!(), " WHERE a.document_id = $1 ORDER BY a.id DESC LIMIT $2");
    SEATS = concat!(seats!(), " WHERE s.approval_id = $1 ORDER BY s.step, u.name, u.id");
    SEATS_OF_ALL = sqlite: concat!(seats!(), " WHERE s.approval_id IN (SELECT unhex(value) FROM json_each($1)) ORDER BY s.step, u.name, u.id"), postgres: concat!(seats!(), " WHERE s.approval_id = ANY($1) ORDER BY s.step, u.name, u.id");
    STEPS = sqlite: "SELECT approval_id, number, needed, role FROM approval_steps WHERE approval_id IN (SELECT unhex(value) FROM json_each($1)) ORDER BY approval_id, number", postgres: "SELECT approval_id, number, needed, role FROM approval_steps WHERE approval_id = ANY($1) ORDER BY approval_id, number";
    /// Takes the approval for this transaction, while it is open: of two who decide at once the second waits here.
    TAKE = "UPDATE approvals SET revision = revision + 1 WHERE id = $1 AND state = 'open'";
    TAKE_OF_DOCUMENT = "UPDATE approvals SET revision = revision + 1 WHERE document_id = $1 AND state = 'open'";
    DECIDE = "UPDATE approval_seats SET decision = $3, decided_at = $4, comment = $5, evidence = $6 WHERE approval_id = $1 AND user_id = $2 AND decision = 'waiting'";
    NOTE_EVENT = "UPDATE approval_seats SET event_sequence = $3 WHERE approval_id = $1 AND user_id = $2";
    HAND_ON = "UPDATE approval_seats SET decision = 'delegated', decided_at = $3, comment = $4 WHERE approval_id = $1 AND user_id = $2 AND decision IN ('waiting', 'later')";
    SPARE_STEP = "UPDATE approval_seats SET decision = 'spared' WHERE approval_id = $1 AND step = $2 AND decision = 'waiting'";
    CALL_STEP = "UPDATE approval_seats SET decision = 'waiting' WHERE approval_id = $1 AND step = $2 AND decision = 'later'";
    NEXT_STEP = "UPDATE approvals SET step = $2 WHERE id = $1";
    EVIDENCE = "SELECT user_id, evidence, event_sequence FROM approval_seats WHERE approval_id = $1 AND event_sequence IS NOT NULL ORDER BY event_sequence";
    END = "UPDATE approvals SET state = $2, ended_at = $3 WHERE id = $1 AND state = 'open'";
    SPARE = "UPDATE approval_seats SET decision = 'spared' WHERE approval_id = $1 AND decision IN ('waiting', 'later')";
    VERSION_HASH = "SELECT sha256 FROM document_versions WHERE document_id = $1 AND number = $2";
}

/// A row to write.
#[derive(Debug)]
pub struct NewRow<'a> {
    /// Id.
    pub id: ApprovalId,
    /// The version asked about.
    pub version: i64,
    /// SHA-256 of its bytes.
    pub sha256: &'a [u8],
    /// Who is asked, in their order; none is empty.
    pub steps: &'a [RowStep],
    /// A few words.
    pub message: &'a str,
    /// Until when.
    pub due_at: Instant,
    /// Who asks.
    pub by: UserId,
    /// Now.
    pub at: Instant,
}

/// A step to write.
#[derive(Clone, Debug)]
pub struct RowStep {
    /// How many must approve.
    pub needed: i64,
    /// Everybody with this role is asked.
    pub role: Option<MembershipRole>,
    /// Who that is.
    pub people: Vec<UserId>,
}

impl NewRow<'_> {
    /// How many are asked in all.
    pub fn asked(&self) -> i64 {
        i64::try_from(self.steps.iter().map(|step| step.people.len()).sum::<usize>()).unwrap_or(i64::MAX)
    }

    /// How many must approve in all.
    pub fn needed(&self) -> i64 {
        self.steps.iter().map(|step| step.needed).sum()
    }

    /// Who is asked first.
    pub fn first(&self) -> &[UserId] {
        self.steps.first().map_or(&[], |step| &step.people)
    }
}

/// Why an approval may be written: staff asks, or what they asked before is asked again about a new version.
#[derive(Debug)]
pub enum Proof<'a> {
    /// Staff asks.
    Ask(&'a Granted<Ask, Document>),
    /// The same people are asked about the version just added to this document.
    Again(&'a Document),
}

impl Proof<'_> {
    fn document(&self) -> &Document {
        match self {
            Self::Ask(granted) => granted.row(),
            Self::Again(document) => document,
        }
    }
}

/// Writes an approval with its steps and seats.
pub async fn insert(tx: &Tx, proof: &Proof<'_>, new: &NewRow<'_>) -> DbResult<()> {
    let document = proof.document();
    let values = args![
        new.id,
        document.id,
        document.organisation_id,
        new.version,
        new.sha256.to_vec(),
        new.needed(),
        new.asked(),
        new.message,
        new.due_at,
        new.by,
        new.at,
        document.category.key(),
        document.topic.name()
    ];
    tx.execute(INSERT, values).await?;
    for (number, step) in (1_i64..).zip(new.steps) {
        tx.execute(INSERT_STEP, args![new.id, number, step.needed, step.role.map(MembershipRole::name)]).await?;
        let decision = if number == 1 { Decision::Waiting } else { Decision::Later };
        for person in &step.people {
            let nobody: Option<UserId> = None;
            tx.execute(INSERT_SEAT, args![new.id, *person, number, decision.name(), new.due_at, nobody]).await?;
        }
    }
    Ok(())
}

/// One approval, whoever asks: the document's scope comes next.
pub async fn find(db: &Db, id: ApprovalId) -> DbResult<Option<Approval>> {
    db.optional(FIND, args![id]).await
}

/// The approvals of a document, newest first.
pub async fn of_document(db: &Db, document: DocumentId, limit: i64) -> DbResult<Vec<Approval>> {
    db.all(OF_DOCUMENT, args![document, limit]).await
}

/// Everybody who was asked.
pub async fn seats(db: &Db, id: ApprovalId) -> DbResult<Vec<Seat>> {
    db.all(SEATS, args![id]).await
}

/// These approvals with their steps and everybody who was asked, in the same order; two queries, however many they are.
pub async fn rounds(db: &Db, approvals: Vec<Approval>) -> DbResult<Vec<Round>> {
    if approvals.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<uuid::Uuid> = approvals.iter().map(|approval| approval.id.0).collect();
    let all_seats: Vec<Seat> = db.all(SEATS_OF_ALL, args![Value::Uuids(ids.clone())]).await?;
    let all_steps: Vec<Step> = db.all(STEPS, args![Value::Uuids(ids)]).await?;
    let mut seats: HashMap<ApprovalId, Vec<Seat>> = HashMap::new();
    for seat in all_seats {
        seats.entry(seat.approval_id).or_default().push(seat);
    }
    let mut steps: HashMap<ApprovalId, Vec<Step>> = HashMap::new();
    for step in all_steps {
        steps.entry(step.approval_id).or_default().push(step);
    }
    let whole = |approval: Approval| {
        let (steps, seats) = (steps.remove(&approval.id), seats.remove(&approval.id));
        Round { approval, steps: steps.unwrap_or_default(), seats: seats.unwrap_or_default() }
    };
    Ok(approvals.into_iter().map(whole).collect())
}

/// One approval with its steps and seats, whoever asks: the document's scope comes next.
pub async fn round(db: &Db, id: ApprovalId) -> DbResult<Option<Round>> {
    let found = find(db, id).await?;
    Ok(rounds(db, found.into_iter().collect()).await?.pop())
}

/// Takes an approval for this transaction; `false` when it is open no more.
pub async fn take(tx: &Tx, id: ApprovalId) -> DbResult<bool> {
    Ok(tx.execute(TAKE, args![id]).await? == 1)
}

/// Takes the open approval of a document, if there is one.
pub async fn take_of_document(tx: &Tx, document: DocumentId) -> DbResult<bool> {
    Ok(tx.execute(TAKE_OF_DOCUMENT, args![document]).await? == 1)
}

/// Writes what somebody said; `false` when they were not asked, or have said it already.
pub async fn decide(
    tx: &Tx,
    _: &Granted<Decide, Document>,
    (id, by): (ApprovalId, UserId),
    decision: Decision,
    comment: &str,
    evidence: &str,
    at: Instant,
) -> DbResult<bool> {
    Ok(tx.execute(DECIDE, args![id, by, decision.name(), at, comment, evidence]).await? == 1)
}

/// Notes where in the trail the decision stands.
pub async fn note_event(tx: &Tx, id: ApprovalId, by: UserId, sequence: i64) -> DbResult<()> {
    tx.execute(NOTE_EVENT, args![id, by, sequence]).await.map(|_| ())
}

/// Hands a decision that was not taken yet on to somebody who has no seat; `false` when it is not theirs to hand on.
pub async fn hand_on(
    tx: &Tx,
    _: &Granted<Decide, Document>,
    approval: &Approval,
    (from, to): (&Seat, UserId),
    note: &str,
    at: Instant,
) -> DbResult<bool> {
    if tx.execute(HAND_ON, args![approval.id, from.user_id, at, note]).await? != 1 {
        return Ok(false);
    }
    let (decision, by) = (from.decision.name(), Some(from.user_id));
    tx.execute(INSERT_SEAT, args![approval.id, to, from.step, decision, approval.due_at, by]).await?;
    Ok(true)
}

/// A step is approved: nobody of it is asked any more, and whoever stands in the next is.
pub async fn advance(tx: &Tx, id: ApprovalId, step: i64) -> DbResult<()> {
    tx.execute(SPARE_STEP, args![id, step]).await?;
    tx.execute(NEXT_STEP, args![id, step + 1]).await?;
    tx.execute(CALL_STEP, args![id, step + 1]).await.map(|_| ())
}

/// What proves the decisions, in the order in which they were taken: who, the evidence and its event in the trail.
pub async fn evidence(db: &Db, id: ApprovalId) -> DbResult<Vec<(UserId, Option<String>, i64)>> {
    db.all(EVIDENCE, args![id]).await
}

/// Ends an open approval: nobody is asked any more.
pub async fn end(tx: &Tx, id: ApprovalId, state: State, at: Instant) -> DbResult<()> {
    tx.execute(END, args![id, state.name(), at]).await?;
    tx.execute(SPARE, args![id]).await.map(|_| ())
}

/// The SHA-256 of a version.
pub async fn version_hash(db: &Db, document: DocumentId, version: i64) -> DbResult<Option<Vec<u8>>> {
    let row: Option<(Vec<u8>,)> = db.optional(VERSION_HASH, args![document, version]).await?;
    Ok(row.map(|(hash,)| hash))
}
