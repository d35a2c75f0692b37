//! Single sign-on by organisation: OpenID Connect today; the kind of a provider leaves the place for others.
//!
//! The one rule everything else follows from: **a provider speaks for addresses in its organisation's confirmed e-mail
//! domains, and for no others** (docs/adr/0019). Whoever owns a domain owns its mailboxes, and with them every account
//! there anyway; so a session begun through a provider counts wherever its person belongs, and an organisation can never
//! reach an account of another one by what its own provider says.

pub mod account;
pub mod discovery;
pub mod domain;
pub mod enforce;
pub mod flow;
pub mod logout;
pub mod manage;
pub mod model;
pub mod page;
pub mod pending;
pub mod server;
pub mod store;
pub mod token;
pub mod trouble;
