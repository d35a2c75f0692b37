//! Statuses are data that staff edit: names in every language, a look out of the portal's own colours, who acts next, whether
//! nothing more will come. One table for each kind of thing that has them; what changing one does to the things is theirs.

pub mod model;
pub mod page;
pub mod server;
pub mod service;
pub mod store;
