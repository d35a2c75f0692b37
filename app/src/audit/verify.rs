//! Walking the chain.

use crate::db::{Db, DbResult};

use super::EventRow;
use super::store;

/// What a walk along the chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every link holds; this many events.
    Intact(i64),
    /// The first link that does not hold, and why.
    Broken {
        /// The place in the chain.
        sequence: i64,
        /// In words.
        reason: &'static str,
    },
}

const BATCH: i64 = 1000;

/// Recomputes every hash from the first event on and calls `each` with every event that holds.
pub async fn verify(db: &Db, mut each: impl FnMut(&EventRow)) -> DbResult<Verdict> {
    let (end, end_hash) = store::head(db).await?;
    let mut previous = vec![0_u8; 32];
    let mut sequence = 0;
    loop {
        let events = store::after(db, sequence, BATCH).await?;
        let last = events.len() < usize::try_from(BATCH).unwrap_or(usize::MAX);
        for event in &events {
            if event.sequence != sequence + 1 {
                return Ok(Verdict::Broken { sequence: sequence + 1, reason: "the event is missing" });
            }
            let hash = event.fields().hash(&previous, event.sequence);
            if hash != event.hash {
                return Ok(Verdict::Broken { sequence: event.sequence, reason: "the event was changed" });
            }
            each(event);
            sequence = event.sequence;
            previous = hash;
        }
        if last {
            break;
        }
    }
    // Events written while we walked are past the end we read; only a shorter chain is a cut one.
    if sequence < end {
        return Ok(Verdict::Broken { sequence: sequence + 1, reason: "the end of the chain is missing" });
    }
    if sequence == end && previous != end_hash {
        return Ok(Verdict::Broken { sequence, reason: "the end of the chain was changed" });
    }
    Ok(Verdict::Intact(sequence))
}
