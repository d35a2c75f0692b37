//! Pages of what customers send.

mod parts;
mod send;
mod staff_list;

pub use parts::{panel, rows};
pub use send::SendPage;
pub use staff_list::StaffArrivalsPage;
