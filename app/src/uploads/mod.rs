//! Files that arrive in parts (tus): what is here already stays, whatever happens to the line, the browser or the
//! server, and the rest follows later, on whatever node.
//!
//! Invariants: a byte counts as received only when the part it lies in is durably stored and its row is committed. Parts
//! are files of the store like any other, sealed where files are. Whoever writes last turns everybody away who began
//! before. The last part counts only when the file has become what it was sent for, on the way that a file from a form
//! takes: so a client that lost the answer sends that part again, and nothing is made twice.

mod body;
mod finish;
pub mod model;
pub mod page;
pub mod service;
mod store;
pub mod sweep;
mod write;

pub use body::Checksum;
pub use write::{Refused, append};
