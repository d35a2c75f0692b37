//! Documents: the main job. Staff make a draft, add a file, choose who may read it, publish; its readers find
//! it, open it, download it.
//!
//! Invariants: a draft is internal. A version row exists only after its object is durably stored. Publishing
//! and withdrawing raise `revision`, and whoever comes second is told. A new version of a published document
//! replaces the current one at once and keeps the old ones; its readers see the versions that were ever
//! published, staff see all of them.

#[cfg(feature = "ssr")]
pub mod activity;
#[cfg(feature = "ssr")]
pub mod archive;
#[cfg(feature = "ssr")]
pub mod audience;
#[cfg(feature = "ssr")]
pub mod bulk;
#[cfg(feature = "ssr")]
pub mod changes;
#[cfg(feature = "ssr")]
pub mod cursor;
#[cfg(feature = "ssr")]
pub mod facts;
#[cfg(feature = "ssr")]
pub mod history;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod model;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod policy;
#[cfg(feature = "ssr")]
mod publish;
#[cfg(feature = "ssr")]
pub mod read;
#[cfg(feature = "ssr")]
pub(crate) mod scope;
#[cfg(feature = "ssr")]
pub mod server;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
pub mod sort;
#[cfg(feature = "ssr")]
pub(crate) mod sorted;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod tags;
#[cfg(feature = "ssr")]
pub mod upload;
