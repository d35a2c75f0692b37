//! Projects: where they stand, what comes next and who acts; what is to do on either side, how it goes, who is on it and
//! what was decided. Kept by staff in pages, through the API or by an import.

pub mod audience;
pub mod board;
mod book;
mod check;
pub mod decisions;
mod diff;
pub mod export;
pub mod input;
pub mod list;
pub mod milestones;
pub mod model;
pub mod next;
pub mod page;
pub mod people;
pub mod policy;
pub mod remind;
pub mod reports;
pub mod restatus;
pub mod scope;
pub mod server;
pub mod service;
pub mod store;
pub mod take;
mod task_book;
pub mod task_take;
pub mod task_undo;
pub mod tasks;
mod tell;
pub mod undo;
pub mod words;
