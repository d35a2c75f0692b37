//! The customer's home: what needs me, what is new, and who to ask.

pub mod inbox;
pub mod page;
