//! Mails about what happened: how soon each person wants to hear of what, what has come together until then, and how to have
//! no more of it. What stands in a mail is decided when it goes out, with the rights that hold then.

pub mod cadence;
pub mod defaults;
mod deliver;
mod dispatch;
pub mod effective;
pub mod page;
pub mod past;
mod plan;
pub mod preferences;
pub mod problems;
pub mod server;
mod store;
pub mod unsubscribe;
pub mod usual;

pub use cadence::{Cadence, Settings, due};
pub use deliver::{News, forget, write};
pub use dispatch::{Together, Told, dispatch, dispatch_so, next_due};
pub use plan::plan;
pub use problems::Problem;
