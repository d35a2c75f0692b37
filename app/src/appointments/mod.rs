//! Appointments: staff propose times, the customer takes one, asks for others or cancels; the team says that it is on its
//! way. Each person may have them in their own calendar.

pub mod answer;
pub mod audience;
pub mod check;
pub mod feed;
pub mod history;
pub mod ics;
pub mod model;
pub mod page;
pub mod policy;
pub mod progress;
pub mod propose;
pub mod remind;
pub mod scope;
pub mod server;
pub mod service;
pub mod slots;
pub mod store;
mod tell;
pub mod when;
mod write;
