//! From when and until when a document holds; telling staff ahead of the end; and what is to be renewed.

pub mod model;
pub mod page;
pub mod remind;
pub mod scope;
pub mod service;
pub mod store;
