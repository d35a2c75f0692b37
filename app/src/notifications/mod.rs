//! What people are told: a bell on every page, a list, live in every open browser, and from there mails and pushes.
//!
//! The trail is the outbox. An act of an area that has a row in [`Kind`] is spread from it to everybody who may see the thing
//! then ([`spread`]); acts that know whom they need tell them in their own transaction ([`tell`]). Either way there is one
//! row for each person and thing, and whether they may see it is asked again whenever anything is shown or sent.

mod id;
mod kind;
mod line;
pub mod live;
mod look;
pub mod mail;
mod model;
pub mod page;
pub mod push;
mod reach;
pub mod run;
pub mod server;
pub mod service;
pub mod spread;
mod store;
mod tell;

pub use kind::{Area, Class, Kind, Side};
pub use line::lines;
pub use model::{Line, Notice, Object};
pub use service::{read, seen, seen_kind};
pub use tell::{tell, tell_all};
