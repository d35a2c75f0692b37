//! Signing in with a link from a mail, for organisations that allow it. Staff never do. A second factor is still asked
//! for.

pub mod page;
pub mod server;
pub mod service;
