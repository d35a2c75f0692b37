//! What is the same for the whole portal, changes seldom, and is wanted by every page: read again every few seconds, so
//! that a change made on one machine is soon known on all.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use crate::db::DbResult;
use crate::time::Instant;

/// For so long a process believes what it has read.
const KEPT: Duration = Duration::from_secs(10);
/// A database that takes longer to say it is not waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// Something as it was last read. Cheap to clone; every clone sees what one of them reads.
#[derive(Clone, Debug)]
pub struct Kept<T>(Arc<Inner<T>>);

#[derive(Debug)]
struct Inner<T> {
    value: RwLock<T>,
    read_at: AtomicI64,
}

impl<T: Clone> Kept<T> {
    /// As it was read just now.
    pub fn new(value: T, now: Instant) -> Self {
        Self(Arc::new(Inner { value: RwLock::new(value), read_at: AtomicI64::new(now.0) }))
    }

    /// As it was last read.
    pub fn get(&self) -> T {
        self.0.value.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// It was changed here.
    pub fn set(&self, value: T) {
        *self.0.value.write().unwrap_or_else(PoisonError::into_inner) = value;
    }

    /// Reads it again when that was long ago; one asks for all. Where the database is away, it stays as it was.
    pub async fn refresh(&self, now: Instant, read: impl Future<Output = DbResult<T>>) {
        let last = self.0.read_at.load(Ordering::Relaxed);
        let due = now.minus(KEPT).0 >= last;
        if !due || self.0.read_at.compare_exchange(last, now.0, Ordering::Relaxed, Ordering::Relaxed).is_err() {
            return;
        }
        if let Ok(Ok(value)) = tokio::time::timeout(PATIENCE, read).await {
            self.set(value);
        }
    }
}
