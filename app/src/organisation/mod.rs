//! Customer organisations, their people, groups and projects: what publishing and the staff pages need of them.

pub mod activity;
mod activity_rows;
pub mod administer;
pub mod choice;
mod customer_page;
pub mod details;
pub mod details_page;
pub mod edit_page;
pub mod fields;
mod forms;
pub mod groups;
pub mod insert;
mod limits;
pub mod list;
pub mod manage;
pub mod model;
pub mod page;
pub mod people;
pub mod roster;
pub mod server;
pub mod service;
pub mod store;
pub mod undo;
pub mod upsert;
