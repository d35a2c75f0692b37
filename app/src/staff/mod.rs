//! The staff's home, who is waiting for whom, and the audit trail.

pub mod audit_page;
pub mod invite_page;
pub mod page;
mod panels;
pub mod roles_page;
mod user_acts;
pub mod users_page;
pub mod users_server;
pub mod waits;
mod waits_scope;
