//! Second factors: authenticator apps, passkeys, recovery codes; who must have one; changing the password.
//!
//! A factor is added and removed only after a fresh proof (`sign_in::proof`), and its owner is told. A lost one is
//! replaced with a recovery code, with another factor, or by staff, never with a mail alone.

pub mod codes;
pub mod model;
pub mod page;
pub mod passkeys;
pub mod password;
pub mod prove;
pub mod rules;
pub mod scope;
pub mod server;
pub mod service;
pub mod store;
pub(crate) mod tell;
pub mod totp;
