//! Customer organisations, their people, groups and projects: what publishing and the staff pages need of them.

pub mod manage;
pub mod model;
pub mod page;
pub mod service;
pub mod store;
