//! Orders: where they stand, what comes next and who acts. Kept by staff and fed from their ERP: one by one, through the
//! API or by an import.

pub mod book;
mod check;
pub mod diff;
pub mod input;
pub mod model;
pub mod page;
pub mod papers;
pub mod policy;
pub mod scope;
pub mod server;
pub mod service;
pub mod store;
pub mod take;
pub mod undo;
