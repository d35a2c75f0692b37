//! Orders: where they stand, what comes next and who acts. Kept by staff and fed from their ERP: one by one, through the
//! API or by an import.

pub mod audience;
pub mod board;
pub mod book;
pub mod bulk;
mod check;
pub mod confirm;
pub mod diff;
pub mod export;
pub mod input;
pub mod list;
pub mod model;
pub mod page;
mod pages;
pub mod papers;
pub mod policy;
pub mod restatus;
pub mod scope;
pub mod server;
pub mod service;
pub mod status_server;
pub mod store;
pub mod take;
pub mod undo;
