//! One's own account: profile and preferences, sessions, API tokens, a copy of one's data, and which of several
//! organisations one looks at.

pub mod device;
pub mod expiry;
pub mod export;
pub mod page;
pub mod portrait;
pub mod server;
pub mod service;
pub mod sessions;
pub mod shown_once;
pub mod tabs;
pub mod tokens;
pub mod zones;
