//! Invitations: somebody is asked by mail to join a customer, or the staff.
//!
//! The mail carries a link; opening it shows what one is invited to, and only the button joins. Whoever has a login
//! already just gains a membership.

pub mod accept;
pub mod invite;
pub mod model;
pub mod page;
pub mod rows;
pub mod server;
pub mod service;
pub mod store;
