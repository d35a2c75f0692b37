//! How long documents are kept: a rule for each category, a hold for single ones, and a job that really deletes what is
//! due, with everything that hangs on it. The trail keeps that it was there, and that it was deleted.

pub mod delete;
pub mod model;
pub mod page;
pub mod server;
pub mod service;
mod store;
