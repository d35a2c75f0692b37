//! Handlers that are neither pages nor REST: files in and out, health, metrics, manifest.

pub mod account;
pub mod audit;
pub mod download;
pub mod health;
pub mod manifest;
pub mod sso;
pub mod upload;
