//! The operator's name on every page and in every mail: it changes while the portal runs, here or on another machine.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use crate::db::Db;
use crate::time::Instant;

/// For so long a process believes what it has read.
const KEPT: Duration = Duration::from_secs(10);
/// A database that takes longer to say it is not waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// The name as it was last read. Cheap to clone; every clone sees what one of them reads.
#[derive(Clone, Debug)]
pub struct PortalName(Arc<Kept>);

#[derive(Debug)]
struct Kept {
    name: RwLock<Arc<str>>,
    read_at: AtomicI64,
}

impl PortalName {
    /// As it was read just now.
    pub fn new(name: &str, now: Instant) -> Self {
        Self(Arc::new(Kept { name: RwLock::new(name.into()), read_at: AtomicI64::new(now.0) }))
    }

    /// The name.
    pub fn get(&self) -> String {
        self.0.name.read().unwrap_or_else(PoisonError::into_inner).to_string()
    }

    /// It was changed here.
    pub fn set(&self, name: &str) {
        *self.0.name.write().unwrap_or_else(PoisonError::into_inner) = name.into();
    }

    /// Reads it again when that was long ago; one asks for all. Where the database is away, the name stays.
    pub async fn refresh(&self, db: &Db, now: Instant) {
        let last = self.0.read_at.load(Ordering::Relaxed);
        let due = now.minus(KEPT).0 >= last;
        if !due || self.0.read_at.compare_exchange(last, now.0, Ordering::Relaxed, Ordering::Relaxed).is_err() {
            return;
        }
        if let Ok(Ok(name)) = tokio::time::timeout(PATIENCE, super::portal_name(db)).await {
            self.set(&name);
        }
    }
}
