//! The SQL of scanning.

use crate::access::{Granted, Scope};
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::documents::scope::may_see;
use crate::ids::{UserId, VersionId};
use crate::time::Instant;

use super::model::{Before, Held, Scan, Unscanned, Verdict};
use super::policy::Release;

/// A version that nobody may have, with its document.
macro_rules! held {
    ($assigned:expr, $which:expr) => {
        concat!(
            "SELECT v.id, v.number, v.file_name, v.size, v.sha256, v.scan, v.finding, v.scanned_at, v.created_at, v.uploaded_by, \
             u.name AS uploaded_by_name, d.id AS document_id, d.title, d.topic, d.organisation_id, o.name AS organisation_name, \
             ",
            $assigned,
            " AS assigned FROM document_versions v JOIN documents d ON d.id = v.document_id JOIN organisations o ON o.id = d.organisation_id \
             JOIN users u ON u.id = v.uploaded_by WHERE v.scan IN ('pending', 'infected', 'too_large') AND ",
            $which
        )
    };
}

/// The same, as far as the actor sees it. `$1` to `$5` are the scope.
macro_rules! seen {
    ($which:literal) => {
        held!(
            "EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = d.organisation_id)",
            concat!(may_see!(), $which)
        )
    };
}

sql! {
    UNSCANNED = "SELECT id, sha256, store_key, sealed_key, size, scan, scanned_at FROM document_versions WHERE id = $1";
    /// What nobody has looked at, the oldest first, after an id.
    BACKLOG = "SELECT id, sha256, store_key, sealed_key, size, scan, scanned_at FROM document_versions WHERE scan IN ('pending', 'not_scanned') AND id > $1 ORDER BY id LIMIT $2";
    /// Whoever was faster has said it. What somebody released before it was looked at is held again when something is found.
    SET_VERDICT = "UPDATE document_versions SET scan = $2, finding = $3, scanned_at = $4 WHERE id = $1 AND (scan IN ('pending', 'not_scanned') OR (scan = 'released' AND scanned_at IS NULL AND $2 = 'infected'))";
    SET_PENDING = "UPDATE document_versions SET scan = 'pending' WHERE id = $1 AND scan = 'not_scanned'";
    /// There is no scanner any more.
    FORGET_PENDING = "UPDATE document_versions SET scan = 'not_scanned' WHERE scan = 'pending'";
    HELD = seen!(" AND (v.created_at, v.id) < ($6, $7) ORDER BY v.created_at DESC, v.id DESC LIMIT $8");
    HELD_ONE = seen!(" AND v.id = $6");
    /// For the portal's own work: to whom it is told.
    JUST_HELD = held!("FALSE", "v.id = $1");
    RELEASE = "UPDATE document_versions SET scan = 'released', released_by = $2, released_at = $3, release_reason = $4 WHERE id = $1 AND scan = $5";
    AGAIN = "UPDATE document_versions SET scan = 'pending', finding = NULL, scanned_at = NULL WHERE id = $1 AND scan = $2";
    STATE = "SELECT v.scan FROM document_versions v WHERE v.document_id = $1 AND v.number = $2";
}

/// A version, as the scanner needs it.
pub async fn unscanned(db: &Db, id: VersionId) -> DbResult<Option<Unscanned>> {
    db.optional(UNSCANNED, args![id]).await
}

/// What nobody has looked at, after this one.
pub async fn backlog(db: &Db, after: VersionId, limit: i64) -> DbResult<Vec<Unscanned>> {
    db.all(BACKLOG, args![after, limit]).await
}

/// Notes what the scanner said; `false` when it is known already.
pub async fn set_verdict(tx: &Tx, id: VersionId, verdict: &Verdict, at: Instant) -> DbResult<bool> {
    let finding = verdict.finding().map(str::to_owned);
    Ok(tx.execute(SET_VERDICT, args![id, verdict.scan().name(), finding, at]).await? == 1)
}

/// It waits for a scanner, and stands in quarantine until one has looked at it.
pub async fn set_pending(tx: &Tx, id: VersionId) -> DbResult<()> {
    tx.execute(SET_PENDING, args![id]).await.map(|_| ())
}

/// Nothing waits for a scanner any more.
pub async fn forget_pending(tx: &Tx) -> DbResult<()> {
    tx.execute(FORGET_PENDING, args![]).await.map(|_| ())
}

/// What is held, the newest first.
pub async fn held(db: &Db, scope: Scope, before: Before, limit: i64) -> DbResult<Vec<Held>> {
    let [a, b, c, d, e] = scope.values();
    db.all(HELD, [a, b, c, d, e, before.created_at.into(), before.id.into(), limit.into()]).await
}

/// One version, if it is held.
pub async fn held_one(db: &Db, scope: Scope, id: VersionId) -> DbResult<Option<Held>> {
    let [a, b, c, d, e] = scope.values();
    db.optional(HELD_ONE, [a, b, c, d, e, id.into()]).await
}

/// The same for the job that has just held it.
pub async fn just_held(tx: &Tx, id: VersionId) -> DbResult<Option<Held>> {
    tx.optional(JUST_HELD, args![id]).await
}

/// Lets it be read; `false` when it does not stand as it did.
pub async fn release(
    tx: &Tx,
    granted: &Granted<Release, Held>,
    by: UserId,
    at: Instant,
    reason: &str,
) -> DbResult<bool> {
    let row = granted.row();
    Ok(tx.execute(RELEASE, args![row.id, by, at, reason, row.scan.name()]).await? == 1)
}

/// Has it looked at once more; `false` when it does not stand as it did.
pub async fn again(tx: &Tx, granted: &Granted<Release, Held>) -> DbResult<bool> {
    let row = granted.row();
    Ok(tx.execute(AGAIN, args![row.id, row.scan.name()]).await? == 1)
}

/// What is known of one version of a document that was found in scope.
pub async fn state(db: &Db, document: crate::ids::DocumentId, number: i64) -> DbResult<Option<Scan>> {
    let row: Option<(Scan,)> = db.optional(STATE, args![document, number]).await?;
    Ok(row.map(|(scan,)| scan))
}
