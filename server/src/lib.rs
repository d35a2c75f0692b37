//! Kontor's server: configuration, router, layers, REST, files, command line. Nothing of the domain lives here;
//! every door ends in a service of [`app`].

pub mod api;
pub mod cli;
pub mod config;
pub mod data_dir;
pub mod demo;
pub mod doors;
pub mod embedded;
pub mod http;
pub mod key;
pub mod layers;
pub mod router;
pub mod serve;
pub mod session_store;
pub mod state;
pub mod supervise;
pub mod telemetry;
