//! REST, `/api/v1`: the public contract, with DTOs of its own, over the same services as the pages.

pub mod problem;
pub mod v1;
