//! Words in documents, orders and projects: one index of each on both engines, kept by the database's own triggers and filled in the background, asked
//! within what the searcher may see (docs/adr/0032).

mod documents;
pub mod excerpt;
mod expression;
pub mod fold;
pub mod index;
pub mod list;
pub mod model;
pub mod orders;
pub mod projects;
mod scope;
pub mod service;
pub(crate) mod store;
mod tables;
mod tokens;
pub mod walk;
mod window;

pub use fold::{fold, words};
pub use tokens::fold_tag;
