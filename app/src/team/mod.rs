//! The people of a customer: who they are, what each may see, and who may change that. The customer's administrators
//! and staff work with the same pages and the same rules.

pub mod access;
pub mod model;
pub mod page;
pub mod policy;
pub mod projects;
pub mod server;
pub mod service;
pub mod store;
pub mod words;
