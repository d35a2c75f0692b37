//! Fills the index with what the database's triggers have marked.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use tokio::sync::watch;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::error::AppError;
use crate::i18n::Locale;
use crate::ids::DocumentId;

use super::store::{self, Placed, Row, Stale};
use super::tokens::{self, Indexed};
use super::window::block_of;

/// Raised when tokens are made in another way: every index is then made anew.
const FORMAT: &str = "1";
/// Documents of one transaction, at most: others who write wait for it.
const BATCH: i64 = 256;
/// Bytes of their texts together, unless one alone has more.
const BATCH_BYTES: i64 = 2_000_000;
/// How often it is looked whether there is something to do: a document is found this long after it was changed.
const POLL: Duration = Duration::from_secs(1);
/// How long it waits when the database does not answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Words that are looked at in one transaction when those are forgotten that no document has.
const WORDS: i64 = 2000;

/// Makes sure that the index is of this make.
pub async fn prepare(ctx: &Ctx) -> Result<(), AppError> {
    let tx = ctx.db.begin_relaxed().await?;
    store::lock(&tx).await?;
    let again = store::mark_all_stale(&tx, FORMAT).await?;
    tx.commit().await?;
    if again {
        tracing::info!("the index of words is being made");
    }
    Ok(())
}

/// Marks every document to be indexed again.
pub async fn begin_again(ctx: &Ctx) -> Result<(), AppError> {
    let tx = ctx.db.begin_relaxed().await?;
    store::lock(&tx).await?;
    store::mark_all_stale(&tx, "").await?;
    tx.commit().await?;
    Ok(())
}

/// Keeps the index up to date until the stop.
pub async fn keep(ctx: Ctx, mut stopped: watch::Receiver<bool>) {
    let mut pause = Duration::ZERO;
    let mut prepared = false;
    loop {
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stopped.wait_for(|stop| *stop) => return,
        }
        let ctx = Ctx { request_id: "search".into(), ..ctx.clone() };
        ctx.portal.refresh(&ctx.db, ctx.now()).await;
        let round = async {
            if !prepared {
                prepare(&ctx).await?;
                prepared = true;
            }
            batch(&ctx).await
        };
        pause = match round.await {
            Ok(0) => POLL,
            Ok(_) => Duration::ZERO,
            Err(e) => {
                tracing::warn!(error = ?e, "the index of words waits");
                PATIENCE
            }
        };
    }
}

/// Indexes everything that waits. Answers how many documents that were.
pub async fn drain(ctx: &Ctx) -> Result<usize, AppError> {
    prepare(ctx).await?;
    let mut all = 0;
    loop {
        match batch(ctx).await? {
            0 => return Ok(all),
            some => all += some,
        }
    }
}

/// Indexes the documents that wait longest.
async fn batch(ctx: &Ctx) -> Result<usize, AppError> {
    let (mut stale, mut bytes) = (Vec::new(), 0);
    for (id, stamp, more) in store::stale(&ctx.db, BATCH).await? {
        bytes += more;
        if bytes > BATCH_BYTES && !stale.is_empty() {
            break;
        }
        stale.push((id, stamp));
    }
    if stale.is_empty() {
        return Ok(0);
    }
    match put(ctx, &stale).await {
        Err(AppError::Internal) => {
            // One that cannot be indexed must not keep the others from it.
            for one in &stale {
                match put(ctx, std::slice::from_ref(one)).await {
                    Err(AppError::Internal) => {
                        tracing::error!(document = %one.0, "a document cannot be indexed");
                        let tx = ctx.db.begin_relaxed().await?;
                        store::done(&tx, &[one.0]).await?;
                        tx.commit().await?;
                    }
                    other => other.map(|_| ())?,
                }
            }
            Ok(stale.len())
        }
        other => other,
    }
}

/// A document's tokens, its words, and as of which change.
struct Made {
    changed_at: i64,
    words: String,
    vocabulary: Vec<String>,
}

fn make(row: &Row, subjects: &[Uuid], readable: bool) -> Made {
    let mut texts = vec![row.title.as_str()];
    texts.extend(Locale::ALL.map(|locale| locale.t(row.category.label_key())));
    texts.push(&row.tags);
    texts.extend(row.file_name.as_deref());
    texts.extend(row.note.as_deref());
    texts.extend(row.text.as_deref().filter(|_| readable));
    let indexed = Indexed {
        organisation_id: row.organisation_id,
        organisation_name: &row.organisation_name,
        topic: row.topic,
        category: row.category,
        state: row.state,
        tags: row.tags.lines().collect(),
        subjects,
        texts,
    };
    let (tokens, vocabulary) = indexed.tokens();
    let words = tokens.into_iter().collect::<Vec<_>>().join(" ");
    Made { changed_at: row.changed_at.0, words, vocabulary }
}

/// Indexes these documents, as far as nobody is changing them. Answers how many it has dealt with.
async fn put(ctx: &Ctx, stale: &[Stale]) -> Result<usize, AppError> {
    let ids: Vec<DocumentId> = stale.iter().map(|(id, _)| *id).collect();
    let (rows, pairs) = store::rows(&ctx.db, &ids).await?;
    let scanner = ctx.portal.scanner.is_some();
    // Millions of letters, perhaps.
    let mut made: HashMap<DocumentId, Made> = tokio::task::spawn_blocking(move || {
        let mut subjects: HashMap<DocumentId, Vec<Uuid>> = HashMap::new();
        for (document, subject) in pairs {
            subjects.entry(document).or_default().push(subject);
        }
        rows.iter()
            .map(|row| {
                let readable = row.scan.is_some_and(|known| known.is_readable(scanner));
                (row.id, make(row, subjects.get(&row.id).map_or(&[], Vec::as_slice), readable))
            })
            .collect()
    })
    .await
    .map_err(|_| AppError::Internal)?;

    let tx = ctx.db.begin_relaxed().await?;
    store::lock(&tx).await?;
    let mut held = store::held(&tx, &ids).await?;
    // What was changed since it was read comes again.
    held.retain(|row| stale.contains(&(row.document_id, row.stamp)) && made.contains_key(&row.document_id));
    held.sort_by_key(|row| (made.get(&row.document_id).map(|m| m.changed_at), row.document_id));
    let mut last = store::newest(&tx).await?;
    let (mut placed, mut vocabulary) = (Vec::new(), BTreeSet::new());
    for row in &held {
        let Some(made) = made.remove(&row.document_id) else { continue };
        let position = match (row.position, row.changed_at) {
            (Some(position), Some(at)) if at.0 == made.changed_at => position,
            _ => {
                last += 1;
                last
            }
        };
        vocabulary.extend(made.vocabulary);
        placed.push(Placed {
            id: row.document_id.0.simple().to_string(),
            position,
            changed_at: made.changed_at,
            words: format!("{} {}", tokens::block(block_of(position)), made.words),
        });
    }
    let old: Vec<i64> = held.iter().filter_map(|row| row.position).collect();
    // In one order for everybody.
    let vocabulary: Vec<String> = vocabulary.into_iter().collect();
    store::place(&tx, &placed, &old, &vocabulary).await?;
    let done: Vec<DocumentId> = held.iter().map(|row| row.document_id).collect();
    store::done(&tx, &done).await?;
    tx.commit().await?;
    Ok(done.len())
}

/// Forgets the words that no document has any more.
pub async fn forget_words(ctx: &Ctx) -> Result<u64, AppError> {
    let (mut gone, mut after) = (0, String::new());
    loop {
        let tx = ctx.db.begin_relaxed().await?;
        store::lock(&tx).await?;
        let (some, end) = store::unlearn(&tx, &after, WORDS).await?;
        tx.commit().await?;
        gone += some;
        match end {
            Some(word) => after = word,
            None => return Ok(gone),
        }
    }
}
