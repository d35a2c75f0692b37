//! Pages of orders: the customer's list and order, the staff's, and the form.

mod detail;
mod list;
mod parts;
mod staff_form;

pub use detail::{OrderPage, StaffOrderPage, field};
pub use list::{OrdersPage, StaffOrdersPage};
pub use parts::{expected, status};
pub use staff_form::{StaffOrderEditPage, StaffOrderNewPage};
