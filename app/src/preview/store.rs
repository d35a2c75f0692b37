//! The SQL of previews. Reads are of a version the actor was found to be allowed to download.

use crate::db::{Db, DbResult, Tx, args, sql};
use crate::ids::{DocumentId, UserId, VersionId};
use crate::time::Instant;

use super::model::{Made, Row, ToMake};

/// Characters of text that a page shows.
pub const EXCERPT: i64 = 20_000;

/// A version whose preview is to be made.
macro_rules! to_make {
    ($which:literal) => {
        concat!(
            "SELECT p.version_id, p.document_id, v.sha256, v.store_key, v.sealed_key, v.size, v.scan FROM version_previews p \
             JOIN document_versions v ON v.id = p.version_id WHERE p.state = 'pending'",
            $which
        )
    };
}

sql! {
    /// Of a version that has just come, or that came before there were previews.
    BEGIN = "INSERT INTO version_previews (document_id, number, version_id, state) SELECT document_id, number, id, 'pending' FROM document_versions WHERE id = $1 ON CONFLICT (document_id, number) DO NOTHING";
    /// `$3`: who looks; `$4`: so many characters of text.
    FIND = "SELECT p.state, p.kind, p.pages, substr(p.text, 1, CAST($4 AS INTEGER)) AS excerpt, length(p.text) > $4 AS cut, p.summary, p.reason, p.made_at, p.store_key, p.sealed_key, p.size, p.images, (SELECT w.seen_on FROM preview_views w WHERE w.document_id = p.document_id AND w.number = p.number AND w.user_id = $3) AS seen_on FROM version_previews p WHERE p.document_id = $1 AND p.number = $2";
    ONE = to_make!(" AND p.version_id = $1");
    /// What waits, the oldest first, after an id.
    BACKLOG = to_make!(" AND p.version_id > $1 ORDER BY p.version_id LIMIT $2");
    SET_MADE = "UPDATE version_previews SET state = $2, kind = $3, pages = $4, text = $5, summary = $6, reason = $7, made_at = $8, store_key = $9, sealed_key = $10, size = $11, images = $12 WHERE version_id = $1 AND state = 'pending'";
    /// Once a day it is new.
    SEE = "INSERT INTO preview_views (document_id, number, user_id, seen_on) VALUES ($1, $2, $3, $4) ON CONFLICT (document_id, number, user_id) DO UPDATE SET seen_on = excluded.seen_on WHERE preview_views.seen_on < excluded.seen_on";
}

/// A version has come whose preview is to be made.
pub async fn begin(tx: &Tx, version: VersionId) -> DbResult<()> {
    tx.execute(BEGIN, args![version]).await.map(|_| ())
}

/// The preview of one version, for somebody.
pub async fn find(db: &Db, document: DocumentId, number: i64, reader: Option<UserId>) -> DbResult<Option<Row>> {
    db.optional(FIND, args![document, number, reader, EXCERPT]).await
}

/// A version, if its preview is to be made.
pub async fn to_make(db: &Db, version: VersionId) -> DbResult<Option<ToMake>> {
    db.optional(ONE, args![version]).await
}

/// What waits, after this one.
pub async fn backlog(db: &Db, after: VersionId, limit: i64) -> DbResult<Vec<ToMake>> {
    db.all(BACKLOG, args![after, limit]).await
}

/// Notes what was made; `false` when somebody was faster, or the version is gone.
pub async fn set_made(tx: &Tx, version: VersionId, made: &Made, at: Instant) -> DbResult<bool> {
    let images = made.images.as_ref();
    let values = args![
        version,
        made.state.name(),
        made.kind.map(str::to_owned),
        made.pages,
        &made.text,
        made.summary.clone(),
        made.reason.map(str::to_owned),
        at,
        images.map(|images| images.key.clone()),
        images.and_then(|images| images.sealed_key.clone()),
        images.map_or(0, |images| images.size),
        images.map(|images| images.list.clone())
    ];
    Ok(tx.execute(SET_MADE, values).await? == 1)
}

/// Notes that somebody looked on this day; `false` when that is known.
pub async fn see(tx: &Tx, document: DocumentId, number: i64, reader: UserId, day: &str) -> DbResult<bool> {
    Ok(tx.execute(SEE, args![document, number, reader, day]).await? == 1)
}
