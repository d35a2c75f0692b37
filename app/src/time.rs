//! Instants and the clock. The database holds microseconds UTC; the outside sees RFC 3339.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use serde::{Serialize, Serializer};

/// An instant: microseconds since 1970 UTC. Sorts the same on both engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[sqlx(transparent)]
pub struct Instant(pub i64);

impl Instant {
    /// After every instant there is: where a list from the newest begins.
    pub const END: Self = Self(i64::MAX);

    /// This long before; saturates.
    pub fn minus(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)))
    }

    /// This long after; saturates.
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)))
    }

    /// The next multiple of a length of time since 1970, or itself where it is one.
    pub fn rounded_up(self, to: Duration) -> Self {
        let to = i64::try_from(to.as_micros()).unwrap_or(i64::MAX).max(1);
        Self(self.0.saturating_add(self.0.wrapping_neg().rem_euclid(to)))
    }

    /// The calendar's view of it.
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or_default()
    }

    /// RFC 3339 in UTC.
    pub fn rfc3339(self) -> String {
        self.timestamp().to_string()
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.timestamp())
    }
}

impl From<Instant> for crate::db::Value {
    fn from(at: Instant) -> Self {
        Self::Int(Some(at.0))
    }
}

impl From<Option<Instant>> for crate::db::Value {
    fn from(at: Option<Instant>) -> Self {
        Self::Int(at.map(|at| at.0))
    }
}

/// Where "now" comes from: the machine, or a test's hand.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A clock that stands until it is moved.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// Now.
    pub fn now(&self) -> Instant {
        match self {
            #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
            Self::System => Instant(jiff::Timestamp::now().as_microsecond()),
            Self::Fixed(at) => Instant(at.load(Ordering::Relaxed)),
        }
    }

    /// A clock for tests and the demo.
    pub fn fixed(at: Instant) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(at.0)))
    }

    /// Sets a fixed clock back; the machine's is left alone.
    pub fn set_back(&self, by: Duration) {
        if let Self::Fixed(at) = self {
            at.fetch_sub(i64::try_from(by.as_micros()).unwrap_or(0), Ordering::Relaxed);
        }
    }

    /// Moves a fixed clock; the machine's is left alone.
    pub fn advance(&self, by: Duration) {
        if let Self::Fixed(at) = self {
            at.fetch_add(i64::try_from(by.as_micros()).unwrap_or(0), Ordering::Relaxed);
        }
    }
}
