//! Changing one's own sign-in address: both addresses have to agree, each by a link of its own. Until then the old one
//! holds.

pub mod page;
pub mod server;
pub mod service;
