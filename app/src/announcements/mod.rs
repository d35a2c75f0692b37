//! Announcements: what the house tells many at once. A banner stands on every page of those it is for, until they close it
//! or it is over; how many have seen it is counted.

pub mod begin;
pub mod current;
pub mod model;
pub mod page;
pub mod server;
pub mod service;
pub mod store;
mod when;
