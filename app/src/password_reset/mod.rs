//! A forgotten password: a link by mail to choose a new one.
//!
//! Asking is answered alike for every address and at the same price: the request only enqueues a job, and the job finds
//! out whether there is anybody to write to. Choosing a new password ends every session of the person. It does not take
//! away their second factor.

pub mod page;
pub mod server;
pub mod service;
