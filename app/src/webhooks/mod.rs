//! Webhooks: what happens is told to programs elsewhere, of the operator and of customers, signed as Standard Webhooks
//! (`docs/webhooks.md`).
//!
//! [`spread`] reads the trail and makes a row for each endpoint and event that it has chosen. [`deliver`] sends what is due,
//! asks the policy what the endpoint may learn when it does, and notes how it went.

pub mod deliver;
pub mod demo;
pub mod event;
pub mod log;
pub mod model;
pub mod page;
mod pause;
mod payload;
mod policy;
pub mod purge;
mod retry;
mod scope;
mod secret;
pub mod send;
pub mod server;
pub mod service;
pub mod spread;
pub mod store;

pub use secret::place;
