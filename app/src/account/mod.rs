//! One's own preferences: language, theme, and which of several organisations one looks at.

pub mod server;
pub mod service;
