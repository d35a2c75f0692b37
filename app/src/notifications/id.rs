//! Ids of notifications: ordered by when it happened, not by when it was noted, so that a list by id is a list by time also
//! for what was spread late.

use std::sync::atomic::{AtomicU32, Ordering};

use rand::RngExt as _;
use uuid::Builder;

use crate::ids::NotificationId;
use crate::time::Instant;

/// An id of this moment; in one process after every other one of the same moment.
pub(super) fn at(at: Instant) -> NotificationId {
    static COUNTER: AtomicU32 = AtomicU32::new(0);
    let millis = u64::try_from(at.0 / 1000).unwrap_or(0);
    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    let mut bytes: [u8; 10] = rand::rng().random();
    // 26 bits of the count behind the time, where neither version nor variant stands (RFC 9562, 6.2).
    let parts = [(count >> 22) & 0x0f, (count >> 14) & 0xff, (count >> 8) & 0x3f, count & 0xff];
    for (byte, part) in bytes.iter_mut().zip(parts) {
        *byte = u8::try_from(part).unwrap_or(0);
    }
    NotificationId(Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_the_time_and_then_each_other() {
        let (then, now) = (Instant(1_700_000_000_000_000), Instant(1_795_262_400_000_000));
        let ids: Vec<NotificationId> = (0..2000).map(|_| at(now)).collect();
        assert!(ids.is_sorted() && at(then) < ids[0]);
        assert_eq!(ids[0].0.get_version_num(), 7);
        let (seconds, _) = ids[0].0.get_timestamp().unwrap().to_unix();
        assert_eq!(seconds, 1_795_262_400);
    }
}
