//! The SQL of certificates.

use crate::audit::EventRow;
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::ids::{ApprovalId, OrganisationId};
use crate::time::Instant;

sql! {
    PROOFS = "SELECT s.evidence, p.hash AS previous, e.sequence, e.id, e.at, e.actor_kind, e.actor_id, e.action, e.object_kind, e.object_id, e.organisation_id, e.detail, e.request_id, e.hash FROM approval_seats s JOIN audit_events e ON e.sequence = s.event_sequence LEFT JOIN audit_events p ON p.sequence = e.sequence - 1 WHERE s.approval_id = $1 ORDER BY e.sequence";
    NUMBER = "SELECT number FROM organisations WHERE id = $1";
    KEYS = "SELECT id, public_key, secret, created_at FROM signing_keys ORDER BY created_at DESC, id DESC";
    INSERT_KEY = "INSERT INTO signing_keys (id, public_key, secret, created_at) VALUES ($1, $2, $3, $4)";
}

/// A decision's evidence and its event.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Proof {
    /// Canonical JSON.
    pub evidence: Option<String>,
    /// The hash before the event; none before the first.
    pub previous: Option<Vec<u8>>,
    /// The event.
    #[sqlx(flatten)]
    pub event: EventRow,
}

/// What proves the decisions, in the order in which they were taken.
pub async fn proofs(db: &Db, id: ApprovalId) -> DbResult<Vec<Proof>> {
    db.all(PROOFS, args![id]).await
}

/// A customer's number.
pub async fn number(db: &Db, id: OrganisationId) -> DbResult<String> {
    let (number,): (String,) = db.one(NUMBER, args![id]).await?;
    Ok(number)
}

/// A signing key as kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct KeyRow {
    /// Id.
    pub id: uuid::Uuid,
    /// The public half.
    pub public_key: Vec<u8>,
    /// The seed, sealed.
    pub secret: Vec<u8>,
    /// Since when.
    pub created_at: Instant,
}

/// Every signing key there ever was, the newest first.
pub async fn keys(db: &Db) -> DbResult<Vec<KeyRow>> {
    db.all(KEYS, args![]).await
}

/// Keeps a new signing key.
pub async fn insert_key(tx: &Tx, key: &KeyRow) -> DbResult<()> {
    tx.execute(INSERT_KEY, args![key.id, key.public_key.clone(), key.secret.clone(), key.created_at]).await.map(|_| ())
}
