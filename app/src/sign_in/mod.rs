//! Signing in and out: e-mail and password, the second factor, fresh proof, sessions, tokens, throttling.
//!
//! Only hashes of session ids and tokens are stored. An unknown address costs the same time as a wrong
//! password and gets the same answer. Failures are counted in the database per address-and-sender and per
//! sender, so guessing is slow and nobody can lock somebody else out.

pub mod actor;
pub mod assurance;
pub mod backend;
mod common;
pub mod devices;
pub mod establish;
mod memory;
pub mod origin;
pub mod page;
pub mod password;
pub mod pending;
pub mod proof;
pub mod server;
pub mod service;
pub mod sessions;
pub mod throttle;
pub mod token;
