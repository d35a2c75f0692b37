//! Browsers that are told at once. One hub for each process maps people to their open connections; other processes on the
//! same PostgreSQL hear of it in the transaction that told somebody. A connection holds a bell and nothing else: no
//! connection of the database, no rows.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, oneshot, watch};
use uuid::Uuid;

use crate::access::Via;
use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::error::AppError;
use crate::ids::{NotificationId, UserId};
use crate::sign_in::actor;

use super::look::{self, Answer, Desk, Question};

/// What nodes call to each other on.
const CHANNEL: &str = "kontor_live";
/// People in one call: PostgreSQL takes 8,000 bytes.
const CALLED: usize = 200;
/// Connections of one person: one for each browser, and some that have not noticed yet that they are dead.
const MOST: usize = 50;
/// Whoever has too many comes back after so many seconds.
const FULL: u64 = 60;
/// How long one waits for an answer at most.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a listener that was cut off waits before it tries again.
const AGAIN: Duration = Duration::from_secs(2);

sql! {
    /// Heard by every node on the same PostgreSQL; there is only one on SQLite.
    CALL = sqlite: "SELECT $1 AS called", postgres: "SELECT CAST(pg_notify('kontor_live', $1) AS text) AS called";
}

/// The hub. Cheap to clone; every clone is the same.
#[derive(Clone, Debug)]
pub struct Live {
    open: Arc<Mutex<HashMap<UserId, Vec<Arc<Notify>>>>>,
    pub(super) desk: Arc<Mutex<Desk>>,
    stopped: Arc<watch::Sender<bool>>,
    listening: Arc<AtomicBool>,
    /// Wakes what spreads and mails, after a commit that left something for it.
    pub post: Arc<Notify>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            open: Arc::default(),
            desk: Arc::default(),
            stopped: Arc::new(watch::Sender::new(false)),
            listening: Arc::default(),
            post: Arc::default(),
        }
    }
}

impl Live {
    /// A connection of this person, until it is dropped.
    ///
    /// # Errors
    /// `RateLimited` where they hold very many already: a browser needs one.
    pub fn open(&self, user: UserId) -> Result<Connection, AppError> {
        let bell = Arc::new(Notify::new());
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let bells = open.entry(user).or_default();
        if bells.len() >= MOST {
            return Err(AppError::RateLimited(FULL));
        }
        bells.push(bell.clone());
        Ok(Connection { hub: self.clone(), user, bell, stopped: self.stopped.subscribe() })
    }

    /// How many connections are open.
    pub fn connections(&self) -> usize {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).values().map(Vec::len).sum()
    }

    /// Tells these people's browsers, here and on other nodes, when the transaction is durable.
    pub async fn touch(&self, tx: &Tx, people: &[UserId]) -> DbResult<()> {
        for some in people.chunks(CALLED) {
            let names: Vec<String> = some.iter().map(|id| id.0.simple().to_string()).collect();
            let _: Vec<(String,)> = tx.all(CALL, args![names.join(" ")]).await?;
        }
        let (hub, people) = (self.clone(), people.to_vec());
        tx.after_commit(move || hub.ring(&people));
        Ok(())
    }

    fn ring(&self, people: &[UserId]) {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        people.iter().filter_map(|user| open.get(user)).flatten().for_each(|bell| bell.notify_one());
    }

    fn ring_all(&self) {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.values().flatten().for_each(|bell| bell.notify_one());
    }

    /// Ends every connection: the process stops.
    pub fn stop(&self) {
        self.stopped.send_replace(true);
    }

    /// Hears other nodes until the process stops. What was missed while the database was away is caught up with by
    /// asking everybody's browser to look.
    pub async fn listen(self, db: Db) {
        let mut stopped = self.stopped.subscribe();
        while !*stopped.borrow() {
            let heard = tokio::select! {
                heard = self.hear(&db) => heard,
                _ = stopped.changed() => return,
            };
            self.listening.store(false, Ordering::Relaxed);
            match heard {
                // Nothing to hear: there is no other node.
                Ok(()) => return,
                Err(error) => tracing::warn!(%error, "other nodes are not heard"),
            }
            tokio::select! {
                () = tokio::time::sleep(AGAIN) => {}
                _ = stopped.changed() => return,
            }
        }
    }

    async fn hear(&self, db: &Db) -> DbResult<()> {
        let Some(mut calls) = db.listen(CHANNEL).await? else { return Ok(()) };
        self.listening.store(true, Ordering::Relaxed);
        self.ring_all();
        loop {
            match calls.next().await? {
                Some(names) => {
                    let people: Vec<UserId> =
                        names.split(' ').filter_map(|name| Uuid::parse_str(name).ok()).map(UserId).collect();
                    self.ring(&people);
                }
                // The connection was another one meanwhile.
                None => self.ring_all(),
            }
        }
    }

    /// Whether other nodes are heard; always where there are none.
    pub fn hears(&self, db: &Db) -> bool {
        db.has_one_writer() || self.listening.load(Ordering::Relaxed)
    }
}

/// One open connection of somebody.
#[derive(Debug)]
pub struct Connection {
    hub: Live,
    user: UserId,
    bell: Arc<Notify>,
    stopped: watch::Receiver<bool>,
}

impl Connection {
    /// Waits for news; `false` when the process stops.
    pub async fn changed(&mut self) -> bool {
        if *self.stopped.borrow() {
            return false;
        }
        tokio::select! {
            () = self.bell.notified() => true,
            _ = self.stopped.changed() => false,
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let mut open = self.hub.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bells) = open.get_mut(&self.user) {
            bells.retain(|bell| !Arc::ptr_eq(bell, &self.bell));
            if bells.is_empty() {
                open.remove(&self.user);
            }
        }
    }
}

/// What a browser is told: how much is unread, and where something is new. Nothing of what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// How much the person has not seen.
    pub unseen: i64,
    /// The newest notification there is: where a browser goes on after it was cut off.
    pub newest: Option<NotificationId>,
    /// The areas of what came after the one it knew.
    pub areas: Vec<&'static str>,
}

/// How it stands for whoever asks, with their rights as they are now.
///
/// # Errors
/// `Unauthenticated` when the session has ended or its person may not sign in any more; `Unavailable` where nobody could
/// look in time.
pub async fn state(ctx: &Ctx, known: Option<NotificationId>) -> Result<State, AppError> {
    if matches!(ctx.actor.via(), Via::Token(..)) {
        // It has no session that could end; that it was revoked is asked here.
        actor::refreshed(ctx).await?;
    }
    ask(ctx, known, true).await?.ok_or(AppError::Unavailable)
}

/// Whether the session still lives: all that an open connection asks for while there is no news.
///
/// # Errors
/// `Unauthenticated` when it has ended; `Unavailable` where nobody could look in time.
pub async fn lives(ctx: &Ctx) -> Result<(), AppError> {
    ask(ctx, None, false).await.map(|_| ())
}

async fn ask(ctx: &Ctx, known: Option<NotificationId>, look: bool) -> Answer {
    let (tell, told) = oneshot::channel();
    look::put(&ctx.portal.live, Question { ctx: ctx.clone(), known, look, tell });
    let told = tokio::time::timeout(PATIENCE, told).await;
    told.ok().and_then(Result::ok).unwrap_or(Err(AppError::Unavailable))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_connection_hears_its_own_person_and_leaves_nothing_behind() {
        let live = Live::default();
        let (anna, ben) = (UserId::new(), UserId::new());
        let mut first = live.open(anna).unwrap();
        let mut second = live.open(anna).unwrap();
        assert_eq!(live.connections(), 2);
        live.ring(&[ben]);
        live.ring(&[anna]);
        assert!(first.changed().await && second.changed().await);
        drop(first);
        assert_eq!(live.connections(), 1);
        live.stop();
        assert!(!second.changed().await);
        drop(second);
        assert_eq!(live.connections(), 0);
    }
}
