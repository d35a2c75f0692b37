//! Pages of approvals, and the panels that pages of documents show.

mod ask;
mod decline;
mod delegate;
mod list;
mod panel;
mod parts;
mod turn;

pub use ask::AskApprovalPage;
pub use decline::DeclinePage;
pub use delegate::DelegatePage;
pub use list::{ApprovalsPage, read as read_filter};
pub use panel::{dock, reader_panel, staff_panel};
pub use parts::due;
