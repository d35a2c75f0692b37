//! The SQL of the trail.

use serde_json::json;
use uuid::Uuid;

use crate::db::{Db, DbResult, Tx, args, sql};
use crate::ids::EventId;
use crate::time::Instant;

use super::Fields;

sql! {
    /// Takes the end of the chain; on PostgreSQL the row lock holds the next writer until the commit.
    NEXT = "UPDATE audit_head SET sequence = sequence + 1 WHERE id = 1 RETURNING sequence, hash";
    /// The same for so many.
    NEXT_OF_MANY = "UPDATE audit_head SET sequence = sequence + $1 WHERE id = 1 RETURNING sequence, hash";
    ADVANCE = "UPDATE audit_head SET hash = $1 WHERE id = 1";
    INSERT = "INSERT INTO audit_events (sequence, id, at, actor_kind, actor_id, action, object_kind, object_id, organisation_id, detail, request_id, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    /// `$2` and `$3` who, `$4` the request.
    INSERT_MANY = sqlite: "INSERT INTO audit_events (sequence, id, at, actor_kind, actor_id, action, object_kind, object_id, organisation_id, detail, request_id, hash) SELECT value ->> 'sequence', unhex(value ->> 'id'), value ->> 'at', $2, $3, value ->> 'action', value ->> 'object_kind', unhex(value ->> 'object_id'), unhex(value ->> 'organisation_id'), value ->> 'detail', $4, unhex(value ->> 'hash') FROM json_each($1)",
        postgres: "INSERT INTO audit_events (sequence, id, at, actor_kind, actor_id, action, object_kind, object_id, organisation_id, detail, request_id, hash) SELECT sequence, id, at, $2, $3, action, object_kind, object_id, organisation_id, detail, $4, decode(hash, 'hex') FROM jsonb_to_recordset($1::text::jsonb) AS x (sequence bigint, id uuid, at bigint, action text, object_kind text, object_id uuid, organisation_id uuid, detail text, hash text)";
    HEAD = "SELECT sequence, hash FROM audit_head WHERE id = 1";
    AFTER = "SELECT sequence, id, at, actor_kind, actor_id, action, object_kind, object_id, organisation_id, detail, request_id, hash FROM audit_events WHERE sequence > $1 ORDER BY sequence LIMIT $2";
    RECENT = "SELECT sequence, id, at, actor_kind, actor_id, action, object_kind, object_id, organisation_id, detail, request_id, hash FROM audit_events WHERE sequence < $1 ORDER BY sequence DESC LIMIT $2";
}

/// One event as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct EventRow {
    /// Its place in the chain, from 1.
    pub sequence: i64,
    /// Its id.
    pub id: EventId,
    /// When.
    pub at: Instant,
    /// anonymous, person, token, viewer (as somebody else) or operator.
    pub actor_kind: String,
    /// The person.
    pub actor_id: Option<Uuid>,
    /// What.
    pub action: String,
    /// To what kind of thing.
    pub object_kind: String,
    /// To which.
    pub object_id: Option<Uuid>,
    /// Of which organisation.
    pub organisation_id: Option<Uuid>,
    /// References and numbers, as JSON text: kept as written, because the hash covers the bytes.
    pub detail: String,
    /// The request.
    pub request_id: String,
    /// Its hash.
    pub hash: Vec<u8>,
}

impl EventRow {
    /// What its hash has to be after this one.
    pub fn hash_after(&self, previous: &[u8]) -> Vec<u8> {
        self.fields().hash(previous, self.sequence)
    }

    pub(super) fn fields(&self) -> Fields<'_> {
        Fields {
            id: self.id,
            at: self.at,
            actor_kind: &self.actor_kind,
            actor_id: self.actor_id,
            action: &self.action,
            object_kind: &self.object_kind,
            object_id: self.object_id,
            organisation_id: self.organisation_id,
            detail: &self.detail,
            request_id: &self.request_id,
        }
    }
}

pub(super) async fn append(tx: &Tx, fields: &Fields<'_>) -> DbResult<i64> {
    let (sequence, previous): (i64, Vec<u8>) = tx.one(NEXT, args![]).await?;
    let hash = fields.hash(&previous, sequence);
    tx.execute(
        INSERT,
        args![
            sequence,
            fields.id,
            fields.at,
            fields.actor_kind,
            fields.actor_id,
            fields.action,
            fields.object_kind,
            fields.object_id,
            fields.organisation_id,
            fields.detail,
            fields.request_id,
            hash.clone()
        ],
    )
    .await?;
    tx.execute(ADVANCE, args![hash]).await?;
    Ok(sequence)
}

/// Appends several of one actor and request, in this order: three statements however many there are.
pub(super) async fn append_all(tx: &Tx, events: &[Fields<'_>]) -> DbResult<()> {
    let (Some(first), Ok(count)) = (events.first(), i64::try_from(events.len())) else { return Ok(()) };
    let (last, mut hash): (i64, Vec<u8>) = tx.one(NEXT_OF_MANY, args![count]).await?;
    let hex = |id: Option<Uuid>| id.map(|id| id.simple().to_string());
    let mut rows = Vec::with_capacity(events.len());
    for (sequence, fields) in (last - count + 1..).zip(events) {
        hash = fields.hash(&hash, sequence);
        rows.push(json!({
            "sequence": sequence,
            "id": hex(Some(fields.id.0)),
            "at": fields.at.0,
            "action": fields.action,
            "object_kind": fields.object_kind,
            "object_id": hex(fields.object_id),
            "organisation_id": hex(fields.organisation_id),
            "detail": fields.detail,
            "hash": crate::documents::model::hex(&hash),
        }));
    }
    let (rows, by) = (serde_json::Value::Array(rows).to_string(), first.actor_id);
    tx.execute(INSERT_MANY, args![rows, first.actor_kind, by, first.request_id]).await?;
    tx.execute(ADVANCE, args![hash]).await?;
    Ok(())
}

pub(super) async fn head(db: &Db) -> DbResult<(i64, Vec<u8>)> {
    db.one(HEAD, args![]).await
}

pub(super) async fn after(db: &Db, sequence: i64, limit: i64) -> DbResult<Vec<EventRow>> {
    db.all(AFTER, args![sequence, limit]).await
}

/// Events before a place in the chain, newest first.
pub async fn recent(db: &Db, before: i64, limit: i64) -> DbResult<Vec<EventRow>> {
    db.all(RECENT, args![before, limit]).await
}
