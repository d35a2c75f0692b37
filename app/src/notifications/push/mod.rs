//! Web push: what needs somebody appears on their phone, also while the portal is closed (RFC 8030, 8291 and 8292).
//!
//! A browser that was switched on has an address at the push service of its maker. Messages to it are encrypted for that
//! browser alone and carry the words, the address of the page and how much is unread. They wait in the job queue, and are
//! dropped when the matter was seen meanwhile or may not be seen any more.

mod base64url;
pub mod deliver;
mod encrypt;
pub mod model;
pub mod page;
mod queue;
pub mod server;
pub mod service;
pub(crate) mod store;
pub(crate) mod vapid;

pub use queue::{Batch, queue};
