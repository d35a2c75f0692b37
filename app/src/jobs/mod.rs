//! The job queue: work that an act wants done after it, on both databases.
//!
//! A job is enqueued in the transaction of the act, so it exists exactly when the act does. A worker claims it for a
//! lease, keeps the lease while it works, and records the outcome only while the lease is its own. A worker that is
//! killed loses the lease, and another takes the job. So a job runs at least once, and never twice at the same time;
//! what it does must bear repeating. What fails is tried again later and later, and then put aside for people to see
//! (`docs/adr/0017`).

mod backoff;
mod lane;
mod model;
pub mod page;
mod queue;
mod run;
mod schedule;
pub mod server;
pub mod service;
mod store;
mod work;
mod worker;

pub use lane::Lane;
pub use model::{Failure, Job, Kind, New, Row, State};
pub use queue::{enqueue, is_waiting};
pub use run::as_originator;
pub use schedule::{follow_clock, prepare, tick};
pub use work::Works;
pub use worker::{Handler, LEASE, Pace, Worker};
