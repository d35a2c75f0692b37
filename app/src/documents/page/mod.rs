//! Pages of documents: the customer's list and document, and the staff's list, document, new document and
//! publishing.

mod compare;
mod detail;
mod history;
mod list;
mod order;
pub mod rows;
mod search;
mod sentences;
mod staff_bulk;
mod staff_detail;
mod staff_list;
mod staff_new;
mod staff_publish;
mod versions;

pub use compare::ComparePage;
pub use detail::{DocumentPage, who};
pub use history::HistoryPage;
pub use list::DocumentsPage;
pub use staff_bulk::StaffBulkPage;
pub use staff_detail::StaffDocumentPage;
pub use staff_list::StaffDocumentsPage;
pub use staff_new::StaffDocumentNewPage;
pub use staff_publish::StaffDocumentPublishPage;
