//! How far runs are that this process is at: what is not in the database yet, because its transaction is still open.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::ids::ImportId;

/// Rows that were gone through, by run.
#[derive(Clone, Debug, Default)]
pub struct Board(Arc<Mutex<HashMap<ImportId, u64>>>);

impl Board {
    /// Notes how far a run is.
    pub fn set(&self, id: ImportId, rows: u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id, rows);
    }

    /// How far it is, if this process is at it.
    pub fn get(&self, id: ImportId) -> Option<u64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).copied()
    }

    /// It has ended.
    pub fn forget(&self, id: ImportId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }
}
