//! The SQL of uploads in parts. An upload is its sender's and nobody else's: every read names the person.

use uuid::Uuid;

use crate::db::{Db, DbResult, Tx, args, sql};
use crate::ids::{UploadId, UserId};
use crate::time::Instant;

use super::model::{NewUpload, Part, Target, Upload};

sql! {
    FIND = "SELECT id, user_id, target, target_id, organisation_id, category, title, note, file_name, length, received, result_id, expires_at, writer_until FROM uploads WHERE id = $1 AND user_id = $2";
    /// Whoever begins another waits here for whoever else of the same person does.
    LOCK_PERSON = "UPDATE users SET name = name WHERE id = $1";
    UNFINISHED = "SELECT COUNT(*) AS count, CAST(COALESCE(SUM(length), 0) AS BIGINT) AS bytes FROM uploads WHERE user_id = $1 AND result_id IS NULL AND expires_at > $2";
    INSERT = "INSERT INTO uploads (id, user_id, target, target_id, organisation_id, category, title, note, file_name, length, received, started_at, expires_at, writer_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12, $11)";
    /// From here on only this writer counts.
    CLAIM = "UPDATE uploads SET writer = $3 WHERE id = $1 AND received = $2 AND result_id IS NULL AND writer_until <= $4 AND expires_at > $4";
    /// The bytes so far count, if nobody else has begun since.
    ADVANCE = "UPDATE uploads SET received = $3, expires_at = $4 WHERE id = $1 AND writer = $2 AND received <= $3 AND result_id IS NULL";
    /// The end is being worked on until then.
    HOLD = "UPDATE uploads SET writer_until = $3 WHERE id = $1 AND writer = $2 AND result_id IS NULL";
    DONE = "UPDATE uploads SET received = length, result_id = $3, writer = NULL, writer_until = $4 WHERE id = $1 AND writer = $2 AND result_id IS NULL";
    INSERT_PART = "INSERT INTO upload_parts (id, upload_id, start, size, store_key, sealed_key) VALUES ($1, $2, $3, $4, $5, $6)";
    PARTS = "SELECT start, size, store_key, sealed_key FROM upload_parts WHERE upload_id = $1 ORDER BY start";
    TAKE_PARTS = "DELETE FROM upload_parts WHERE upload_id = $1 AND start >= $2 RETURNING store_key";
    /// Whoever writes to it is turned away from here on.
    CLOSE = "UPDATE uploads SET writer = NULL WHERE id = $1";
    DELETE = "DELETE FROM uploads WHERE id = $1";
    EXPIRED = "SELECT id FROM uploads WHERE expires_at <= $1 AND writer_until <= $1 ORDER BY expires_at, id LIMIT 100";
}

/// An upload of this person.
pub async fn find(db: &Db, user: UserId, id: UploadId) -> DbResult<Option<Upload>> {
    db.optional(FIND, args![id, user]).await
}

/// How many uploads of a person wait for their end, and how many bytes these would be. Whoever else asks waits for the
/// end of this transaction.
pub async fn unfinished(tx: &Tx, user: UserId, at: Instant) -> DbResult<(i64, i64)> {
    tx.execute(LOCK_PERSON, args![user]).await?;
    tx.one(UNFINISHED, args![user, at]).await
}

/// Begins an upload.
pub async fn insert(
    tx: &Tx,
    id: UploadId,
    user: UserId,
    new: &NewUpload,
    at: Instant,
    expires_at: Instant,
) -> DbResult<()> {
    let (target_id, organisation, category) = match new.target {
        Target::Request(request) => (Some(request.0), None, None),
        Target::Version(document) => (Some(document.0), None, None),
        Target::Category(organisation, category) | Target::Draft(organisation, category) => {
            (None, Some(organisation), Some(category.key()))
        }
    };
    let length = i64::try_from(new.length).unwrap_or(i64::MAX);
    let values = args![
        id,
        user,
        new.target.kind().name(),
        target_id,
        organisation,
        category,
        &new.title,
        &new.note,
        &new.file_name,
        length,
        at,
        expires_at
    ];
    tx.execute(INSERT, values).await.map(|_| ())
}

/// Makes this writer the only one; `false` where the upload has moved on or its end is being worked on.
pub async fn claim(tx: &Tx, id: UploadId, received: i64, writer: Uuid, at: Instant) -> DbResult<bool> {
    Ok(tx.execute(CLAIM, args![id, received, writer, at]).await? == 1)
}

/// The bytes up to `to` count; `false` for a writer that was turned away.
pub async fn advance(tx: &Tx, id: UploadId, writer: Uuid, to: i64, expires_at: Instant) -> DbResult<bool> {
    Ok(tx.execute(ADVANCE, args![id, writer, to, expires_at]).await? == 1)
}

/// Nobody else writes until then; `false` for a writer that was turned away.
pub async fn hold(tx: &Tx, id: UploadId, writer: Uuid, until: Instant) -> DbResult<bool> {
    Ok(tx.execute(HOLD, args![id, writer, until]).await? == 1)
}

/// The file has become what it was sent for.
pub async fn done(tx: &Tx, id: UploadId, writer: Uuid, result: Uuid, at: Instant) -> DbResult<bool> {
    Ok(tx.execute(DONE, args![id, writer, result, at]).await? == 1)
}

/// Adds a part that is durably stored.
pub async fn insert_part(tx: &Tx, id: UploadId, part: Part) -> DbResult<()> {
    tx.execute(INSERT_PART, args![Uuid::now_v7(), id, part.start, part.size, part.store_key, part.sealed_key])
        .await
        .map(|_| ())
}

/// The parts in their order.
pub async fn parts(db: &Db, id: UploadId) -> DbResult<Vec<Part>> {
    db.all(PARTS, args![id]).await
}

/// Takes the parts from this byte on away. Answers where they lie.
pub async fn take_parts(tx: &Tx, id: UploadId, start: i64) -> DbResult<Vec<String>> {
    let rows: Vec<(String,)> = tx.all(TAKE_PARTS, args![id, start]).await?;
    Ok(rows.into_iter().map(|(key,)| key).collect())
}

/// Turns whoever writes to it away, and has others wait for the end of this transaction.
pub async fn close(tx: &Tx, id: UploadId) -> DbResult<()> {
    tx.execute(CLOSE, args![id]).await.map(|_| ())
}

/// Forgets an upload whose parts were taken away.
pub async fn delete(tx: &Tx, id: UploadId) -> DbResult<()> {
    tx.execute(DELETE, args![id]).await.map(|_| ())
}

/// Uploads that are to be given up.
pub async fn expired(db: &Db, at: Instant) -> DbResult<Vec<UploadId>> {
    let rows: Vec<(UploadId,)> = db.all(EXPIRED, args![at]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
