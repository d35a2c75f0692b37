//! Fills the indexes with what the database's triggers have marked.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use tokio::sync::watch;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::error::AppError;

use super::tables::{self, Placed, Tables};
use super::tokens::{self, Made};
use super::window::block_of;
use super::{documents, orders, projects};

/// What is found by words. Each kind has an index of its own, of the same make.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Documents,
    Orders,
    Projects,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Documents, Self::Orders, Self::Projects];

    const fn tables(self) -> &'static Tables {
        match self {
            Self::Documents => &tables::DOCUMENTS,
            Self::Orders => &tables::ORDERS,
            Self::Projects => &tables::PROJECTS,
        }
    }

    /// What the index is to hold of these.
    async fn made(self, ctx: &Ctx, ids: &[Uuid]) -> Result<HashMap<Uuid, Made>, AppError> {
        match self {
            Self::Documents => documents::made(ctx, ids).await,
            Self::Orders => orders::made(ctx, ids).await,
            Self::Projects => projects::made(ctx, ids).await,
        }
    }
}

/// Raised when tokens are made in another way: every index is then made anew.
const FORMAT: &str = "1";
/// Things of one transaction, at most: others who write wait for it.
const BATCH: i64 = 256;
/// Bytes of their texts together, unless one alone has more.
const BATCH_BYTES: i64 = 2_000_000;
/// Things that are marked in one transaction: a statement has eight seconds, and others who write wait for it.
pub const MARKED: i64 = 10_000;
/// How often it is looked whether there is something to do: a thing is found this long after it was changed.
const POLL: Duration = Duration::from_secs(1);
/// How long it waits when the database does not answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Words that are looked at in one transaction when those are forgotten that nothing has.
const WORDS: i64 = 2000;

/// Makes sure that the index is of this make.
pub async fn prepare(ctx: &Ctx) -> Result<(), AppError> {
    if tables::format(&ctx.db).await?.as_deref() != Some(FORMAT) {
        mark_all(ctx, MARKED).await?;
        tracing::info!("the index of words is being made");
    }
    Ok(())
}

/// Marks everything to be indexed again, so many things in a transaction. Who is cut off begins anew.
pub async fn mark_all(ctx: &Ctx, at_once: i64) -> Result<(), AppError> {
    for kind in Kind::ALL {
        let mut after = Some(Uuid::nil());
        while let Some(last) = after {
            let tx = ctx.db.begin_relaxed().await?;
            tables::lock(&tx).await?;
            after = kind.tables().mark(&tx, last, at_once).await?;
            tx.commit().await?;
        }
    }
    let tx = ctx.db.begin_relaxed().await?;
    tables::set_format(&tx, FORMAT).await?;
    tx.commit().await?;
    Ok(())
}

/// Keeps the indexes up to date until the stop.
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
            batches(&ctx).await
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

/// Indexes everything that waits. Answers how many things that were.
pub async fn drain(ctx: &Ctx) -> Result<usize, AppError> {
    prepare(ctx).await?;
    let mut all = 0;
    loop {
        match batches(ctx).await? {
            0 => return Ok(all),
            some => all += some,
        }
    }
}

/// A batch of every kind.
async fn batches(ctx: &Ctx) -> Result<usize, AppError> {
    let mut all = 0;
    for kind in Kind::ALL {
        all += batch(ctx, kind).await?;
    }
    Ok(all)
}

/// What is to be indexed, and the stamp that says as of when.
type Stale = (Uuid, i64);

/// Indexes what waits longest.
async fn batch(ctx: &Ctx, kind: Kind) -> Result<usize, AppError> {
    let (mut stale, mut bytes): (Vec<Stale>, i64) = (Vec::new(), 0);
    for (id, stamp, more) in kind.tables().stale(&ctx.db, BATCH).await? {
        bytes += more;
        if bytes > BATCH_BYTES && !stale.is_empty() {
            break;
        }
        stale.push((id, stamp));
    }
    if stale.is_empty() {
        return Ok(0);
    }
    match put(ctx, kind, &stale).await {
        Err(AppError::Internal) => {
            // One that cannot be indexed must not keep the others from it.
            for one in &stale {
                match put(ctx, kind, std::slice::from_ref(one)).await {
                    Err(AppError::Internal) => {
                        tracing::error!(?kind, id = %one.0, "cannot be indexed");
                        let tx = ctx.db.begin_relaxed().await?;
                        kind.tables().done(&tx, &[one.0]).await?;
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

/// Indexes these, as far as nobody is changing them. Answers how many it has dealt with.
async fn put(ctx: &Ctx, kind: Kind, stale: &[Stale]) -> Result<usize, AppError> {
    let tables = kind.tables();
    let ids: Vec<Uuid> = stale.iter().map(|(id, _)| *id).collect();
    let mut made = kind.made(ctx, &ids).await?;
    let tx = ctx.db.begin_relaxed().await?;
    tables::lock(&tx).await?;
    let mut held = tables.held(&tx, &ids).await?;
    // What was changed since it was read comes again.
    held.retain(|row| stale.contains(&(row.id, row.stamp)) && made.contains_key(&row.id));
    held.sort_by_key(|row| (made.get(&row.id).map(|m| m.changed_at), row.id));
    let mut last = tables.newest(&tx).await?;
    let (mut placed, mut vocabulary) = (Vec::new(), BTreeSet::new());
    for row in &held {
        let Some(made) = made.remove(&row.id) else { continue };
        let position = match (row.position, row.changed_at) {
            (Some(position), Some(at)) if at.0 == made.changed_at => position,
            _ => {
                last += 1;
                last
            }
        };
        vocabulary.extend(made.vocabulary);
        placed.push(Placed {
            id: row.id.simple().to_string(),
            position,
            changed_at: made.changed_at,
            words: format!("{} {}", tokens::block(block_of(position)), made.words),
        });
    }
    let old: Vec<i64> = held.iter().filter_map(|row| row.position).collect();
    // In one order for everybody.
    let vocabulary: Vec<String> = vocabulary.into_iter().collect();
    tables.place(&tx, &placed, &old, &vocabulary).await?;
    let done: Vec<Uuid> = held.iter().map(|row| row.id).collect();
    tables.done(&tx, &done).await?;
    tx.commit().await?;
    Ok(done.len())
}

/// Forgets the words that nothing has any more.
pub async fn forget_words(ctx: &Ctx) -> Result<u64, AppError> {
    let mut gone = 0;
    for kind in Kind::ALL {
        let mut after = String::new();
        loop {
            let tx = ctx.db.begin_relaxed().await?;
            tables::lock(&tx).await?;
            let (some, end) = kind.tables().unlearn(&tx, &after, WORDS).await?;
            tx.commit().await?;
            gone += some;
            match end {
                Some(word) => after = word,
                None => break,
            }
        }
    }
    Ok(gone)
}
