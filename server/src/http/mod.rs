//! Handlers that are neither pages nor REST: files in and out, health, metrics, manifest.

pub mod account;
pub mod approvals;
pub mod archive;
pub mod audit;
pub mod calendar;
pub mod certificate;
pub mod csv;
pub mod download;
pub mod health;
pub mod imports;
pub mod live;
pub mod manifest;
pub mod notifications;
pub mod orders;
pub mod portrait;
pub mod preview;
pub mod projects;
pub mod send;
pub mod sso;
pub mod tus;
mod tus_headers;
pub mod unsubscribe;
pub mod upload;
