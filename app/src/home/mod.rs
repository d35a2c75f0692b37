//! The customer's home: what needs me, what is new, and who to ask.

pub mod activity;
pub mod inbox;
pub mod model;
pub mod page;
pub mod scope;
pub mod server;
pub mod store;
pub mod tiles;
