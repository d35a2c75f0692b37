//! What tests are made of: an app on a fresh database, people as clients, small files.

mod app;
pub mod authenticator;
mod bucket;
mod client;
pub mod files;
mod line;
mod mails;
pub mod oidc;
pub mod push;
pub mod receiver;
mod server;
mod setup;

pub use app::{Engine, PASSWORD, SECRET_KEY, TestApp, fresh_postgres, postgres_admin};
pub use bucket::{Bucket, azure, azure_key};
pub use client::{Answer, Browser, Token};
pub use line::Line;
pub use mails::{Mail, mails_in};
pub use server::{Process, Reply, head, kontor};
pub use setup::{Place, Setup};

/// Runs an async test on SQLite and on PostgreSQL.
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: TestApp) $body:block)*) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn run($app: TestApp) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                run(TestApp::new(crate::support::Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                run(TestApp::new(crate::support::Engine::Postgres).await).await;
            }
        }
    )*};
}
pub(crate) use both;
