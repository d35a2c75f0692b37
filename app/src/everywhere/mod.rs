//! Search everywhere: one question over documents, orders, customers and people, each as far as the person may see, each
//! asked by the search that its own list has.

pub mod model;
mod orders;
pub mod page;
mod people;
pub mod service;
