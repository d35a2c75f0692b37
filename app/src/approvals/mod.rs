//! Approvals: who of a customer agrees to exactly this version of a document, or does not.
//!
//! An approval is bound to one version and the SHA-256 of its bytes. A new version ends it as outdated and asks the
//! same people again; nobody decides twice, and nobody decides who was not asked. What was decided can be proved years
//! later, without the portal ([`certificate`]).

pub mod ask;
pub mod certificate;
pub mod decide;
pub mod delegate;
pub mod evidence;
pub mod model;
pub mod overview;
pub mod page;
pub mod policy;
mod ranges;
pub mod remind;
pub mod renew;
pub mod scope;
pub mod server;
pub mod service;
pub mod store;
mod tell;
