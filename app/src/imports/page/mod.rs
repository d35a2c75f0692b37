//! Pages of imports.

mod detail;
mod list;
mod parts;
mod reading;
mod results;

pub use detail::StaffImportPage;
pub use list::StaffImportsPage;
