//! Asking customers for files: "please upload your certificate by Friday". Staff ask people of a customer, one of them
//! sends the file, staff accept it or say what is to be put right. What was sent is a document like any other.

pub mod audience;
pub mod model;
pub mod page;
pub mod policy;
pub mod remind;
pub mod scope;
pub mod server;
pub mod service;
pub mod store;
mod tell;
