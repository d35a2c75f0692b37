//! Search everywhere: one question over orders, projects, customers, people and documents, each as far as the person may see, each
//! asked by the search that its own list has.

pub mod model;
pub mod page;
mod people;
pub mod service;
