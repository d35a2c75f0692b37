//! Lanes: kinds of work of which a process does only so many at once, so that nothing else waits behind them.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::model::{Job, Kind};

/// What a job may wait for beside its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// For any place: most kinds.
    Open,
    /// It takes a whole file to pieces; there may be hundreds of them at once.
    Files,
    /// It waits for receivers of webhooks that may not answer.
    Webhooks,
    /// It waits for push services that may not answer.
    Push,
}

/// The lanes with places of their own, and how many jobs of each a process does at once.
const LIMITED: [(Lane, usize); 3] = [(Lane::Files, 2), (Lane::Webhooks, 2), (Lane::Push, 2)];

/// The names of the kinds in these lanes, each between two spaces.
fn names(lanes: impl Fn(Lane) -> bool) -> String {
    let mut names = " ".to_owned();
    for kind in Kind::ALL.into_iter().filter(|kind| lanes(kind.lane())) {
        names.push_str(kind.name());
        names.push(' ');
    }
    names
}

/// The free places of a process.
pub(super) struct Places([(Lane, Arc<Semaphore>); 3]);

impl Places {
    pub(super) fn new() -> Self {
        Self(LIMITED.map(|(lane, places)| (lane, Arc::new(Semaphore::new(places)))))
    }

    fn is_full(&self, lane: Lane) -> bool {
        self.0.iter().any(|(one, places)| *one == lane && places.available_permits() == 0)
    }

    /// Some lane has no place: the end of a job says when it has.
    pub(super) fn any_full(&self) -> bool {
        LIMITED.iter().any(|(lane, _)| self.is_full(*lane))
    }

    /// The names of the kinds that cannot be begun; `soon`: and of those that others go before.
    pub(super) fn closed(&self, soon: bool) -> String {
        names(|lane| self.is_full(lane) || (soon && lane == Lane::Files))
    }

    /// Takes the place of a job that was claimed; none where its kind needs none. It is free again when that is dropped.
    pub(super) fn take(&self, job: &Job) -> Option<OwnedSemaphorePermit> {
        let lane = Kind::parse(&job.kind)?.lane();
        let (_, places) = self.0.iter().find(|(one, _)| *one == lane)?;
        Arc::clone(places).try_acquire_owned().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_lane_is_closed_and_opens_again() {
        let places = Places::new();
        let job = |kind: Kind| Job {
            id: crate::ids::JobId::new(),
            kind: kind.name().to_owned(),
            payload: String::new(),
            attempts: 1,
            max_attempts: 1,
            originator_id: None,
            token_id: None,
            scope: String::new(),
            created_at: crate::time::Instant(0),
        };
        assert_eq!(places.closed(false).trim(), "");
        assert!(places.take(&job(Kind::Mail)).is_none());
        let held = [places.take(&job(Kind::Push)), places.take(&job(Kind::Push))];
        assert!(held.iter().all(Option::is_some) && places.any_full());
        assert_eq!(places.closed(false), " push ");
        assert_eq!(places.closed(true), " versions.scan versions.preview push ");
        drop(held);
        assert!(!places.any_full());
    }
}
