//! What a killed process leaves in the queue, with real processes.

use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use app::db::{Db, DbOptions, PoolSizes};
use app::i18n::Locale;
use app::mail::{self, Button, Letter, Recipient, Template};

use crate::support::{Engine, Process, TestApp};

/// A mail server that takes the line and says nothing: whoever talks to it is in the middle of its work.
struct Mute(TcpListener);

impl Mute {
    fn new() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").unwrap())
    }

    fn url(&self) -> String {
        format!("smtp://{}", self.0.local_addr().unwrap())
    }

    /// Returns when a worker has begun.
    fn begun(&self) -> TcpStream {
        self.0.accept().unwrap().0
    }
}

async fn standing(db: &Db) -> (String, i64) {
    let rows = db.raw("SELECT state, CAST(attempts AS TEXT) FROM jobs WHERE kind = 'mail'".into()).await.unwrap();
    assert_eq!(rows.len(), 1);
    (rows[0][0].clone(), rows[0][1].parse().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_kill_9_the_lease_runs_out_and_another_node_does_the_job_once() {
    let app = TestApp::new(Engine::Postgres).await;
    let ctx = app.ctx("anna@acme.example").await;
    let tx = ctx.db.begin().await.unwrap();
    let to = Recipient { address: "anna@acme.example".into(), name: "Anna".into(), locale: Locale::En };
    let letter = Letter { template: Template::Suspended, to, values: vec![], button: Button::None };
    mail::queue(&tx, &ctx, letter).await.unwrap();
    tx.commit().await.unwrap();
    // The process has the machine's clock, the test its own.
    app.sql("UPDATE jobs SET due_at = 0").await;
    let name = app.sql("SELECT current_database()::text").await[0][0].clone();
    let url = crate::support::postgres_admin().replace("/postgres", &format!("/{name}"));
    let mute = Mute::new();
    let data = app.dir.path().display().to_string();
    let smtp = mute.url();
    let environment = [
        ("KONTOR_DATABASE_URL", url.as_str()),
        ("KONTOR_DATA_DIR", &data),
        ("KONTOR_SMTP_URL", &smtp),
        ("KONTOR_SECRET_KEY", crate::support::SECRET_KEY),
    ];
    let process = Process::serve(app.dir.path(), &environment);
    let line = mute.begun();
    process.kill();
    drop(line);
    assert_eq!(standing(app.db()).await, ("running".to_owned(), 1));
    let lease_ends = app.clock.now().plus(Duration::from_secs(100));
    app.sql(&format!("UPDATE jobs SET due_at = {} WHERE state = 'running'", lease_ends.0)).await;
    app.sql("DELETE FROM jobs WHERE kind <> 'mail'").await;
    app.advance(Duration::from_secs(99));
    assert_eq!(app.run_jobs().await, 0, "the lease still holds");
    app.advance(Duration::from_secs(1));
    assert_eq!(app.run_jobs().await, 1);
    assert_eq!(standing(app.db()).await, ("done".to_owned(), 2));
    assert_eq!(app.outbox().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_embedded_portal_begins_again_at_once_what_kill_9_cut_off() {
    let dir = tempfile::tempdir().unwrap();
    assert!(Process::run(dir.path(), &["migrate"]).status.success());
    let file = format!("sqlite:{}", dir.path().join("data/kontor.sqlite").display());
    let open = async || DbOptions::parse(&file).unwrap().connect(PoolSizes { connections: 1 }).await.unwrap();
    let db = open().await;
    let payload = serde_json::json!({
        "template": "suspended", "values": {}, "button": "none",
        "to": { "address": "anna@acme.example", "name": "Anna", "locale": "en" },
    });
    db.raw(format!("INSERT INTO jobs (id, kind, topic, payload, state, due_at, attempts, max_attempts, scope, created_at) VALUES (x'01900000000070008000000000000001', 'mail', 'suspended', '{payload}', 'waiting', 0, 0, 18, '', 0)")).await.unwrap();
    db.close().await;
    let mute = Mute::new();
    let smtp = mute.url();
    let process = Process::serve(dir.path(), &[("KONTOR_SMTP_URL", &smtp)]);
    let line = mute.begun();
    process.kill();
    drop(line);
    // Minutes before the lease runs out: nobody else can hold it.
    let process = Process::serve(dir.path(), &[("KONTOR_SMTP_URL", &smtp)]);
    let line = mute.begun();
    let db = open().await;
    assert_eq!(standing(&db).await, ("running".to_owned(), 2));
    db.close().await;
    // Told to stop, it reports what became of the job before it ends.
    process.terminate();
    drop(line);
    assert_eq!(process.wait(), 0);
    let db = open().await;
    assert_eq!(standing(&db).await, ("waiting".to_owned(), 2));
}
