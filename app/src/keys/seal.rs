//! Sealing what came before files were sealed, while the portal runs: a sealed copy under a new key, then the row, then, a day
//! later, the old object goes the way of every orphan. Whoever is reading it has that long. Cut off anywhere, nothing is
//! lost, and the next run goes on.

use bytes::Bytes;
use futures::stream::BoxStream;
use uuid::Uuid;

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Sql, args, sql};
use crate::documents::{store as documents, upload};
use crate::error::AppError;
use crate::files::{Object, PutError};
use crate::ids::DocumentId;
use crate::settings;

/// How many are looked up at once, and told at once.
const BATCH: i64 = 25;

sql! {
    VERSIONS = "SELECT id, document_id, number, file_name, store_key, size, sha256 FROM document_versions WHERE sealed_key IS NULL AND id > $1 ORDER BY id LIMIT $2";
    VERSIONS_LEFT = "SELECT count(*) AS count, CAST(COALESCE(sum(size), 0) AS BIGINT) AS bytes FROM document_versions WHERE sealed_key IS NULL";
    SWITCH_VERSION = "UPDATE document_versions SET store_key = $3, sealed_key = $4 WHERE id = $1 AND store_key = $2 AND sealed_key IS NULL";
    STILL_VERSION = "SELECT id FROM document_versions WHERE id = $1 AND store_key = $2 AND sealed_key IS NULL";
    PREVIEWS = "SELECT version_id AS id, document_id, number, '' AS file_name, store_key, size, NULL AS sha256 FROM version_previews WHERE store_key IS NOT NULL AND sealed_key IS NULL AND version_id > $1 ORDER BY version_id LIMIT $2";
    PREVIEWS_LEFT = "SELECT count(*) AS count, CAST(COALESCE(sum(size), 0) AS BIGINT) AS bytes FROM version_previews WHERE store_key IS NOT NULL AND sealed_key IS NULL";
    SWITCH_PREVIEW = "UPDATE version_previews SET store_key = $3, sealed_key = $4 WHERE version_id = $1 AND store_key = $2 AND sealed_key IS NULL";
    STILL_PREVIEW = "SELECT version_id AS id FROM version_previews WHERE version_id = $1 AND store_key = $2 AND sealed_key IS NULL";
}

/// An object that lies there as it is.
#[derive(Debug, sqlx::FromRow)]
struct Row {
    /// Of the version.
    id: Uuid,
    document_id: DocumentId,
    number: i64,
    file_name: String,
    store_key: String,
    size: i64,
    /// None of a preview: it was made here, and its length is all that is known of it.
    sha256: Option<Vec<u8>>,
}

/// Objects of a kind, and their bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Amount {
    /// How many.
    pub count: i64,
    /// Their bytes.
    pub bytes: i64,
}

/// A kind of object: where it is read and where it is written.
#[derive(Clone, Copy, Debug)]
struct Kind {
    name: &'static str,
    read: Sql<2>,
    left: Sql<0>,
    switch: Sql<4>,
    /// Whether the row is as it was read.
    still: Sql<2>,
    /// The key of a new object of this version.
    key: &'static str,
}

const KINDS: [Kind; 2] = [
    Kind {
        name: "files",
        read: VERSIONS,
        left: VERSIONS_LEFT,
        switch: SWITCH_VERSION,
        still: STILL_VERSION,
        key: "content",
    },
    Kind {
        name: "previews",
        read: PREVIEWS,
        left: PREVIEWS_LEFT,
        switch: SWITCH_PREVIEW,
        still: STILL_PREVIEW,
        key: "preview",
    },
];

/// What a run tells while it works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// So many of this kind are sealed by this run.
    Sealed(&'static str, Amount),
    /// One was left as it is: which, and why.
    Left {
        /// Which kind.
        kind: &'static str,
        /// The document.
        document: DocumentId,
        /// The version's number.
        number: i64,
        /// The name it was sent with; empty for a preview.
        name: String,
        /// Why, in words.
        why: &'static str,
    },
}

/// What became of one object.
enum Outcome {
    Sealed,
    /// Another run was faster, or the document is gone.
    Over,
    Left(&'static str),
}

/// What is not sealed yet, by kind.
pub async fn left(db: &Db) -> DbResult<Vec<(&'static str, Amount)>> {
    let mut all = Vec::new();
    for kind in KINDS {
        let amount: Option<Amount> = db.optional(kind.left, args![]).await?;
        all.push((kind.name, amount.unwrap_or(Amount { count: 0, bytes: 0 })));
    }
    Ok(all)
}

/// Seals everything that is not. What cannot be sealed as it was uploaded is told and left alone.
///
/// # Errors
/// In words: the database or the store is away, or nobody listens any more. What was sealed until then stays so.
pub async fn run(ctx: &Ctx, mut tell: impl FnMut(Told) -> Result<(), String> + Send) -> Result<(), String> {
    if !ctx.files.seals() {
        return Err("files are not sealed here: set KONTOR_ENCRYPT_FILES=yes for every node first".into());
    }
    for kind in KINDS {
        let mut sealed = Amount { count: 0, bytes: 0 };
        let mut after = Uuid::nil();
        loop {
            let rows: Vec<Row> =
                ctx.db.all(kind.read, args![after, BATCH]).await.map_err(|e| format!("database: {e}"))?;
            let Some(last) = rows.last() else { break };
            after = last.id;
            for row in rows {
                match seal(ctx, kind, &row).await.map_err(|e| e.to_string())? {
                    Outcome::Sealed => {
                        sealed.count += 1;
                        sealed.bytes += row.size;
                    }
                    Outcome::Over => {}
                    Outcome::Left(why) => tell(Told::Left {
                        kind: kind.name,
                        document: row.document_id,
                        number: row.number,
                        name: row.file_name,
                        why,
                    })?,
                }
            }
            tell(Told::Sealed(kind.name, sealed))?;
        }
    }
    Ok(())
}

async fn seal(ctx: &Ctx, kind: Kind, row: &Row) -> Result<Outcome, AppError> {
    let old = Object { key: row.store_key.clone(), size: row.size, sealed_key: None };
    let bytes = match ctx.files.get(&old, None).await {
        Ok(bytes) => bytes,
        Err(object_store::Error::NotFound { .. }) => return over_or(ctx, kind, row, "the store has lost it").await,
        Err(error) => return Err(error.into()),
    };
    let key = format!("documents/{}/{}-{}", row.id, kind.key, Uuid::now_v7());
    let tx = ctx.db.begin().await?;
    documents::insert_pending(&tx, &key, ctx.now()).await?;
    tx.commit().await?;
    match copy(ctx, row, &key, bytes).await {
        Ok(sealed_key) => {
            if switch(ctx, kind, row, &key, sealed_key).await? {
                Ok(Outcome::Sealed)
            } else {
                discard(ctx, &key).await?;
                Ok(Outcome::Over)
            }
        }
        Err(Trouble::Left(why)) => {
            discard(ctx, &key).await?;
            over_or(ctx, kind, row, why).await
        }
        Err(Trouble::Away(error)) => {
            // The sweeper finds the note.
            if let Err(error) = discard(ctx, &key).await {
                tracing::warn!(%error, "unfinished copy left for the sweeper");
            }
            Err(error)
        }
    }
}

/// Why there is no copy.
enum Trouble {
    /// It cannot be had as it was uploaded.
    Left(&'static str),
    /// Something is away.
    Away(AppError),
}

/// A sealed copy, of the bytes that were uploaded and no others. Memory does not grow with the file.
async fn copy(
    ctx: &Ctx,
    row: &Row,
    key: &str,
    bytes: BoxStream<'static, std::io::Result<Bytes>>,
) -> Result<Vec<u8>, Trouble> {
    const WRONG: Trouble = Trouble::Left("the store returns other bytes than were uploaded");
    let limit = u64::try_from(row.size).unwrap_or(0);
    let stored = match ctx.files.put(key, bytes, limit, |_| Ok(())).await {
        Ok(stored) => stored,
        Err(PutError::TooLarge(_) | PutError::Empty | PutError::Refused(_)) => return Err(WRONG),
        // The sender is the store. Where it is there all the same, it is this object that it cannot read.
        Err(PutError::Sender(_)) => {
            return Err(match ctx.files.ping().await {
                Ok(()) => Trouble::Left("the store does not return all of it"),
                Err(error) => Trouble::Away(error.into()),
            });
        }
        Err(PutError::Store(error)) => return Err(Trouble::Away(error.into())),
    };
    if stored.size != row.size || row.sha256.as_ref().is_some_and(|expected| *expected != stored.sha256) {
        return Err(WRONG);
    }
    stored.sealed_key.ok_or(Trouble::Away(AppError::Internal))
}

/// From here on the sealed copy is the version's object; `false`: the row is another by now.
async fn switch(ctx: &Ctx, kind: Kind, row: &Row, key: &str, sealed_key: Vec<u8>) -> Result<bool, AppError> {
    let tx = ctx.db.begin().await?;
    // Whoever deletes the document has seen the copy, or this sees that the document is gone.
    documents::lock(&tx, row.document_id).await?;
    settings::check_key_in(&tx, &ctx.portal.secrets.fingerprint()).await?;
    if tx.execute(kind.switch, args![row.id, &row.store_key, key, sealed_key]).await? != 1 {
        return Ok(false);
    }
    // A copy that took longer than an upload may take was swept away: the row stays as it was.
    if !documents::delete_pending(&tx, key).await? {
        return Err(AppError::Unavailable);
    }
    // Whoever has the old object open, or has read its row, gets the time of an upload.
    documents::insert_pending(&tx, &row.store_key, ctx.now()).await?;
    let event = Event::new("file.seal", "file", row.id)
        .with("document", row.document_id)
        .with("version", row.number)
        .with("kind", kind.name);
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(true)
}

async fn discard(ctx: &Ctx, key: &str) -> Result<(), AppError> {
    ctx.files.delete(key).await?;
    upload::forget(ctx, key).await;
    Ok(())
}

/// What cannot be read may have been sealed or deleted by others since its row was read.
async fn over_or(ctx: &Ctx, kind: Kind, row: &Row, why: &'static str) -> Result<Outcome, AppError> {
    let still: Option<(Uuid,)> = ctx.db.optional(kind.still, args![row.id, &row.store_key]).await?;
    if still.is_some() {
        tracing::error!(version = %row.id, why, "not sealed");
        return Ok(Outcome::Left(why));
    }
    Ok(Outcome::Over)
}
