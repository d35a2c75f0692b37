//! Files and viruses. With a scanner configured nothing can be read before it is clean: a version begins as pending, a
//! job has it looked at, and what is infected or too large to be looked at stays in quarantine until an administrator
//! releases it, with a reason. Without a scanner files are marked as not scanned, and can be read.

pub mod clamd;
pub mod model;
pub mod page;
pub mod policy;
pub mod server;
pub mod service;
pub mod store;
mod tell;
pub mod work;
