//! Taking in what another system writes: files with a row for each customer, order or line of an order. A run says for
//! every row what it does or why it cannot, does it all or nothing unless one chooses otherwise, and can be undone.

mod batch;
mod bundle;
pub mod columns;
mod countries;
pub mod customers;
pub mod here;
mod json;
pub mod kind;
pub mod lines;
mod look;
pub mod mapping;
pub mod model;
pub mod orders;
pub mod page;
mod papers;
mod people;
pub mod progress;
pub mod projects;
pub mod record;
pub mod report;
pub mod run;
pub mod sent;
pub mod server;
pub mod service;
mod sheet;
mod spool;
mod store;
pub mod table;
mod tasks;
mod tell;
pub mod values;
pub mod watch;
mod watch_store;
pub mod words;
pub mod work;
