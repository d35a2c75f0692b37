//! Pages of approvals, and the panels that pages of documents show.

mod ask;
mod decline;
mod list;
mod panel;
mod parts;

pub use ask::AskApprovalPage;
pub use decline::DeclinePage;
pub use list::ApprovalsPage;
pub use panel::{dock, reader_panel, staff_panel};
pub use parts::due;
