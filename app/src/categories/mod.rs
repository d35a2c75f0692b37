//! The rules of each category of documents: which files it takes and how large, who publishes in it, and what is offered
//! when somebody does. They narrow what the policy allows, and never widen it (ADR 28). How long documents are kept is
//! `retention`.

pub mod approval;
pub mod file_kind;
pub mod model;
pub mod page;
pub mod server;
pub mod service;
pub(crate) mod steps;
pub mod store;
