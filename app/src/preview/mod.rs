//! What a document looks like, in the page: its pages as images, its text, an electronic invoice in short.
//!
//! A job makes it once for each version, in a process of its own that knows no secret and may open nothing
//! (`docs/adr/0030`). Whoever may download a version may look at its preview, and nobody else: before a scanner has found
//! it clean there is none.

mod child;
pub mod model;
pub mod page;
pub mod service;
pub mod store;
mod watermark;
pub mod work;

pub use child::{Previewer, Trouble};
