//! Staff look at the portal as somebody of a customer sees it: to understand what the caller describes.
//!
//! It begins with a fresh proof and a reason, lasts half an hour at most, and is read at every request: who loses the
//! right, or the customer, looks no longer. Nothing can be changed meanwhile: the layer refuses every POST, and the
//! policy every writing act ([`Via::ViewAs`](crate::access::Via::ViewAs)).
//!
//! Each has an end in the trail, also where nobody presses "stop": it ends in the transaction that ends its session or
//! takes a right away, and a job ends what runs out.

mod end;
pub mod page;
pub mod server;
pub mod service;
mod store;

pub use end::{Why, end, end_run_out, recheck};
pub use store::{Past, Which};

use std::time::Duration;

use crate::ids::{OrganisationId, UserId, ViewId};
use crate::time::Instant;

/// The key in the session.
pub const KEY: &str = "view_as";
/// It ends after this long.
pub const LASTS: Duration = Duration::from_secs(30 * 60);

/// What a page says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewing {
    /// Its id.
    pub id: ViewId,
    /// Who is looked as.
    pub user_id: UserId,
    /// At which customer it began.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation: String,
    /// Why.
    pub reason: String,
    /// When it ends by itself.
    pub expires_at: Instant,
}
