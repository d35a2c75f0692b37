//! Taking in what another system writes: files with a row for each customer, order or line of an order. A run says for
//! every row what it does or why it cannot, and does it all or nothing unless one chooses otherwise.

pub mod columns;
mod countries;
pub mod customers;
pub mod lines;
pub mod orders;
pub mod report;
pub mod run;
pub mod table;
pub mod values;
