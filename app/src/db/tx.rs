//! Transactions that a cancelled request cannot poison.

use std::ops::Deref;
use std::sync::{Arc, Mutex as Lock, PoisonError};
use std::time::{Duration, Instant};

use sqlx::{Sqlite, Transaction};
use tokio::sync::{Mutex, Notify};

use crate::audit::Event;

use super::lent::{Lent, deadline};
use super::{Db, DbResult, Engine, RECONNECT, Rows, Sql, Text, Value, is_broken_connection, lite, pg};

/// An open transaction. Dropping it rolls back; only [`commit`](Tx::commit) keeps what was written.
///
/// Everything that writes takes `&Tx`, so a write outside a transaction does not compile.
pub struct Tx {
    db: Db,
    /// Whoever waits for what this transaction writes.
    wakes: Lock<Vec<Arc<Notify>>>,
    /// What else is done when it is durable.
    then: Lock<Vec<Box<dyn FnOnce() + Send>>>,
    /// Events of the trail that wait for its end, where they are to.
    events: Lock<Option<Vec<Event>>>,
}

impl Deref for Tx {
    type Target = Db;
    fn deref(&self) -> &Db {
        &self.db
    }
}

enum Open {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Lent),
}

/// Never contended; it buys `&Tx` instead of `&mut Tx`.
pub(crate) struct Slot(Mutex<Option<Open>>);

/// What a commit waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Waits {
    /// The disk: what was acknowledged survives a power cut.
    Disk,
    /// Nothing: the disk has it with the next commit that waits.
    Nothing,
}

impl Waits {
    /// How a transaction begins on SQLite. The connection keeps how it syncs, so each one says it.
    const fn sqlite(self) -> &'static str {
        match self {
            Self::Disk => "PRAGMA synchronous = FULL; BEGIN IMMEDIATE",
            Self::Nothing => "PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE",
        }
    }

    /// How it begins on PostgreSQL.
    const fn postgres(self) -> &'static str {
        match self {
            Self::Disk => "BEGIN",
            Self::Nothing => "BEGIN; SET LOCAL synchronous_commit = off",
        }
    }
}

impl Db {
    /// Begins a transaction: `BEGIN IMMEDIATE` on SQLite, so that a reader never has to become a writer.
    pub async fn begin(&self) -> DbResult<Tx> {
        self.begin_that(Waits::Disk).await
    }

    /// Begins a transaction whose commit does not wait for the disk: for what may be forgotten in a power cut, or what is
    /// acknowledged only after a later commit that waits. Logs are written in order, so that one makes this durable too.
    pub async fn begin_relaxed(&self) -> DbResult<Tx> {
        self.begin_that(Waits::Nothing).await
    }

    /// BEGIN runs in its own task: a request that is cancelled while PostgreSQL answers would otherwise
    /// return a connection to the pool that is inside a transaction without knowing it (sqlx#4385).
    async fn begin_that(&self, waits: Waits) -> DbResult<Tx> {
        let engine = self.0.clone();
        let open = tokio::spawn(async move {
            match &*engine {
                Engine::Sqlite { writer, .. } =>
                {
                    #[expect(clippy::disallowed_methods, reason = "the one place that begins")]
                    Ok(Open::Sqlite(writer.begin_with(waits.sqlite()).await?))
                }
                Engine::Postgres(pool) => {
                    let (started, until) = (Instant::now(), deadline());
                    loop {
                        match Lent::begun(pool, waits.postgres(), until).await {
                            Err(e) if is_broken_connection(&e) && started.elapsed() < RECONNECT => {
                                tokio::time::sleep(Duration::from_millis(20)).await;
                            }
                            other => return Ok(Open::Postgres(other?)),
                        }
                    }
                }
                Engine::Tx(_) => Err(sqlx::Error::Configuration("a transaction inside a transaction".into())),
            }
        })
        .await
        .map_err(|_| sqlx::Error::WorkerCrashed)??;
        let db = Db(Arc::new(Engine::Tx(Slot(Mutex::new(Some(open))))));
        Ok(Tx { db, wakes: Lock::default(), then: Lock::default(), events: Lock::default() })
    }
}

impl Tx {
    /// Runs a statement that changes rows; returns how many.
    pub async fn execute<const N: usize>(&self, sql: Sql<N>, args: [Value; N]) -> DbResult<u64> {
        match &*self.db.0 {
            Engine::Tx(slot) => slot.execute(Text { sqlite: sql.sqlite, postgres: sql.postgres }, args.into()).await,
            _ => Err(sqlx::Error::Configuration("not a transaction".into())),
        }
    }

    /// Rings this bell when, and only when, the transaction is durable.
    pub fn wake_after_commit(&self, bell: &Arc<Notify>) {
        let mut wakes = self.wakes.lock().unwrap_or_else(PoisonError::into_inner);
        if !wakes.iter().any(|known| Arc::ptr_eq(known, bell)) {
            wakes.push(bell.clone());
        }
    }

    /// Does this when, and only when, the transaction is durable. It must be quick, and cannot fail.
    pub fn after_commit(&self, what: impl FnOnce() + Send + 'static) {
        self.then.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(what));
    }

    /// From here on events wait for [`release`](crate::audit::release): the end of the chain is one row, and whoever has it
    /// keeps every other act waiting until the commit.
    pub fn hold_events(&self) {
        self.events.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default();
    }

    /// Keeps these for later; gives them back where events do not wait.
    pub(crate) fn keep_events(&self, events: Vec<Event>) -> Option<Vec<Event>> {
        match &mut *self.events.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(kept) => {
                kept.extend(events);
                None
            }
            None => Some(events),
        }
    }

    /// What was kept, in its order. Later ones are written at once.
    pub(crate) fn kept_events(&self) -> Vec<Event> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default()
    }

    /// Makes everything durable. Until this returns `Ok`, nothing may be acknowledged.
    pub async fn commit(self) -> DbResult<()> {
        let Engine::Tx(slot) = &*self.db.0 else {
            return Err(sqlx::Error::Configuration("not a transaction".into()));
        };
        if !self.kept_events().is_empty() {
            return Err(sqlx::Error::Configuration("events of the trail were kept and never written".into()));
        }
        let open = slot.0.lock().await.take();
        let wakes = std::mem::take(&mut *self.wakes.lock().unwrap_or_else(PoisonError::into_inner));
        let then = std::mem::take(&mut *self.then.lock().unwrap_or_else(PoisonError::into_inner));
        // Also in its own task: a COMMIT that was sent is waited for, even if the browser has gone.
        tokio::spawn(async move {
            match open {
                Some(Open::Sqlite(tx)) => tx.commit().await,
                Some(Open::Postgres(lent)) => lent.commit(deadline()).await,
                None => Err(sqlx::Error::Configuration("the transaction has ended".into())),
            }?;
            then.into_iter().for_each(|what| what());
            wakes.iter().for_each(|bell| bell.notify_one());
            Ok(())
        })
        .await
        .map_err(|_| sqlx::Error::WorkerCrashed)?
    }
}

impl Slot {
    pub(super) async fn rows(&self, sql: Text, args: Vec<Value>) -> DbResult<Rows> {
        match self.0.lock().await.as_mut() {
            Some(Open::Sqlite(tx)) => {
                Ok(Rows::Sqlite(sqlx::query_with(sql.sqlite, lite(args)?).fetch_all(&mut **tx).await?))
            }
            Some(Open::Postgres(lent)) => Ok(Rows::Postgres(lent.rows(sql.postgres, pg(args)?, deadline()).await?)),
            None => Err(sqlx::Error::Configuration("the transaction has ended".into())),
        }
    }

    async fn execute(&self, sql: Text, args: Vec<Value>) -> DbResult<u64> {
        match self.0.lock().await.as_mut() {
            Some(Open::Sqlite(tx)) => {
                Ok(sqlx::query_with(sql.sqlite, lite(args)?).execute(&mut **tx).await?.rows_affected())
            }
            Some(Open::Postgres(lent)) => lent.execute(sql.postgres, pg(args)?, deadline()).await,
            None => Err(sqlx::Error::Configuration("the transaction has ended".into())),
        }
    }
}
