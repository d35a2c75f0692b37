//! Lists as somebody likes to see them: filters with a name, for themselves.

pub mod model;
pub mod page;
pub mod server;
pub mod service;
mod store;
