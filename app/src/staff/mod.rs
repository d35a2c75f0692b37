//! The staff's home, and the audit trail.

pub mod audit_page;
pub mod page;
