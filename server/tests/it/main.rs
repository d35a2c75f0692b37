//! Integration tests: one binary, through the real router, on both databases.

mod audit;
mod cli;
mod doors;
mod documents_api;
mod documents_pages;
mod downloads;
mod headers;
mod matrix;
mod outages;
mod real_data;
mod schema;
mod scope;
mod sign_in;
mod statements;
mod stores;
mod support;
mod transactions;
mod uploads;
