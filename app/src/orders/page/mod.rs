//! Pages of orders: the customer's list and order, the staff's, and the form.

mod board;
mod contacts;
mod detail;
pub mod filter;
mod list;
mod parts;
mod staff_bulk;
mod staff_form;
pub mod table;

pub use board::StaffBoardPage;
pub use detail::{OrderPage, StaffOrderPage, field};
pub use list::{OrdersPage, StaffOrdersPage};
pub use parts::{expected, status};
pub use staff_bulk::StaffOrdersBulkPage;
pub use staff_form::{StaffOrderEditPage, StaffOrderNewPage};
