//! What customers send without being asked: into the categories that are open for it. A file becomes a document of the
//! customer at once, for whoever sent it and the customer's administrators; staff are told, and say when they have
//! looked at it.

pub mod model;
pub mod page;
pub mod policy;
pub mod server;
pub mod service;
pub mod store;
pub mod tell;
