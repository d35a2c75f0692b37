//! A portal as its operator sets it up: the real binary, with its database and its store named in the environment.

use std::process::{Child, Output, Stdio};

use app::db::{DbOptions, PoolSizes};
use tempfile::TempDir;

use super::app::fresh_postgres;
use super::server::{Process, kontor};
use super::{Bucket, PASSWORD};

/// Where the rows and where the files are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// SQLite and a folder.
    Embedded,
    /// PostgreSQL and a folder.
    Postgres,
    /// PostgreSQL and a bucket of a real S3 server.
    PostgresAndS3,
}

pub struct Setup {
    pub dir: TempDir,
    environment: Vec<(String, String)>,
}

impl Setup {
    /// Nothing is there yet.
    pub async fn new(place: Place) -> Self {
        let mut environment = Vec::new();
        let mut set = |name: &str, value: String| environment.push((name.to_owned(), value));
        if place != Place::Embedded {
            set("KONTOR_DATABASE_URL", fresh_postgres().await);
        }
        if place == Place::PostgresAndS3 {
            set("KONTOR_STORE_URL", format!("s3://kontor-test/{}/files", uuid::Uuid::now_v7()));
            set("AWS_ENDPOINT", Bucket::S3.endpoint());
            set("AWS_ALLOW_HTTP", "true".to_owned());
            set("AWS_REGION", "us-east-1".to_owned());
            set("AWS_ACCESS_KEY_ID", "test".to_owned());
            set("AWS_SECRET_ACCESS_KEY", "test".to_owned());
        }
        Self { dir: tempfile::tempdir().unwrap(), environment }
    }

    /// The same with the demo.
    pub async fn with_demo(place: Place) -> Self {
        let setup = Self::new(place).await;
        setup.done(&["demo", "--password", PASSWORD]);
        setup
    }

    fn environment(&self) -> Vec<(&str, &str)> {
        self.environment.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        kontor(self.dir.path()).envs(self.environment()).args(arguments).output().unwrap()
    }

    /// The same of one that must succeed; what it says.
    pub fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Begins a command; whoever asks for it ends it.
    pub fn begin(&self, arguments: &[&str]) -> Child {
        let mut command = kontor(self.dir.path());
        command.envs(self.environment()).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    }

    /// What a statement finds in the database, beside the portal.
    pub async fn sql(&self, text: &str) -> Vec<Vec<String>> {
        let embedded = || format!("sqlite:{}", self.dir.path().join("data/kontor.sqlite").display());
        let named = self.environment.iter().find(|(name, _)| name == "KONTOR_DATABASE_URL");
        let url = named.map_or_else(embedded, |(_, url)| url.clone());
        let db = DbOptions::parse(&url).unwrap().connect(PoolSizes { connections: 1 }).await.unwrap();
        let rows = db.raw(text.to_owned()).await.unwrap();
        db.close().await;
        rows
    }

    /// A token of this person.
    pub fn token(&self, email: &str) -> String {
        self.done(&["token", "create", "--email", email, "--name", "test"])
    }

    /// Serves on a free port.
    pub fn serve(&self) -> Process {
        Process::serve(self.dir.path(), &self.environment())
    }
}
