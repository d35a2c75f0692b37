//! Pages of requests: the customer's, and the staff's list, question and answer.

mod answer;
mod parts;
mod staff_detail;
mod staff_list;
mod staff_new;

pub use answer::RequestPage;
pub use parts::{due, status};
pub use staff_detail::StaffRequestPage;
pub use staff_list::StaffRequestsPage;
pub use staff_new::StaffRequestNewPage;
