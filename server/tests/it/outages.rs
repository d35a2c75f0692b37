//! When the database or the store is away: a clear 503 within ten seconds, and everything works again by itself.

use std::time::{Duration, Instant};

use app::db::is_unavailable;
use app::documents::model::{Audience, Category};
use app::settings;
use serde_json::json;
use url::Url;

use crate::support::{Bucket, Engine, Line, PASSWORD, TestApp, postgres_admin};

/// What is promised.
const PROMISED: Duration = Duration::from_secs(10);

/// A portal that reaches a database of its own over a line.
async fn over_a_line() -> (Line, TestApp) {
    let admin = Url::parse(&postgres_admin()).unwrap();
    let line = Line::to(format!("127.0.0.1:{}", admin.port().unwrap())).await;
    let direct = TestApp::new(Engine::Postgres).await;
    let name = direct.sql("SELECT current_database()::text").await[0][0].clone();
    let url = format!("postgres://kontor@{}/{name}", line.addr);
    let app = TestApp::on(Engine::Postgres, tempfile::tempdir().unwrap(), &url, &[], None).await;
    (line, app)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_away_is_a_503_and_comes_back() {
    let (line, app) = over_a_line().await;
    let id = app.published("Paper", Category::Minutes, Audience::Organisation).await;
    let mut anna = app.browser("anna@acme.example").await;
    let token = app.token("anna@acme.example").await;
    line.cut();
    for path in ["/".to_owned(), "/sign-in".to_owned(), format!("/documents/{id}")] {
        let started = Instant::now();
        let answer = anna.get(&path).await;
        assert!(started.elapsed() < PROMISED, "{path} took {:?}", started.elapsed());
        assert_eq!((answer.status, answer.header("retry-after")), (503, "10"), "{path}");
        assert!(answer.words().contains("Back in a moment"), "{path}: {}", answer.words());
    }
    let answer = token.get("/api/v1/documents").await;
    assert_eq!((answer.status, answer.header("content-type")), (503, "application/problem+json"));
    let mut machine = app.visitor();
    assert_eq!(machine.get("/healthz").await.status, 200);
    assert_eq!(machine.get("/readyz").await.json()["down"][0], "database");
    line.mend();
    for path in ["/".to_owned(), format!("/documents/{id}"), format!("/documents/{id}/versions/1/content")] {
        assert_eq!(anna.get(&path).await.status, 200, "{path}");
    }
    assert_eq!(machine.get("/readyz").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_is_away_is_a_503_and_comes_back() {
    for bucket in Bucket::ALL {
        let (line, files) = bucket.over_a_line().await;
        let app = TestApp::with(Engine::Sqlite, &[], Some(files)).await;
        let id = app.published("Paper", Category::Minutes, Audience::Organisation).await;
        let pm = app.token("pm@nordlicht.example").await;
        let content = format!("/api/v1/documents/{id}/versions/1/content");
        assert_eq!(pm.get(&content).await.status, 200);
        line.cut();
        let started = Instant::now();
        assert_eq!(pm.get(&content).await.status, 503);
        let upload = pm.put_file(&id.to_string(), "a.pdf", b"%PDF-1.4 more".to_vec()).await;
        assert_eq!(upload.status, 503, "{}", upload.text());
        assert!(started.elapsed() < Duration::from_secs(20), "two calls took {:?}", started.elapsed());
        assert_eq!(app.count("SELECT COUNT(*) FROM document_versions").await, 1, "nothing half");
        assert_eq!(pm.get(&format!("/api/v1/documents/{id}")).await.status, 200, "what needs no file still works");
        assert_eq!(app.visitor().get("/readyz").await.json()["down"][0], "store");
        line.mend();
        assert_eq!(pm.get(&content).await.status, 200);
        assert_eq!(pm.put_file(&id.to_string(), "a.pdf", b"%PDF-1.4 more".to_vec()).await.status, 201);
    }
}

/// Nothing breaks: what is sent is swallowed. All at once, since each of them waits as long as it may.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_says_nothing_is_a_503_and_comes_back() {
    let (line, app) = over_a_line().await;
    let id = app.draft("Paper", Category::Minutes).await;
    let mut pm = app.browser("pm@nordlicht.example").await;
    let (mut visitor, token) = (app.visitor(), app.token("pm@nordlicht.example").await);
    let page = format!("/staff/documents/{id}");
    let publish = format!("/api/v1/documents/{id}/publish");
    let audience = json!({ "audience": { "organisation": true } });
    let sign_in = [("email", "anna@acme.example"), ("password", PASSWORD)];
    let (half, ending) = (app.db().begin().await.unwrap(), app.db().begin().await.unwrap());
    settings::set_portal_name(&half, "Half").await.unwrap();
    line.hold();
    let started = Instant::now();
    let (seen, listed, published, signed_in, written, ended) = tokio::join!(
        pm.get(&page),
        token.get("/api/v1/documents"),
        token.post(&publish, audience.clone()),
        visitor.post("/_fn/sign_in/sign_in", &sign_in),
        settings::set_portal_name(&half, "Done"),
        ending.commit(),
    );
    assert!(started.elapsed() < PROMISED, "{:?}", started.elapsed());
    for (what, answer) in [("page", seen), ("list", listed), ("publish", published), ("sign-in", signed_in)] {
        assert_eq!((answer.status, answer.header("retry-after")), (503, "10"), "{what}: {}", answer.text());
    }
    assert!(is_unavailable(&written.unwrap_err()) && is_unavailable(&ended.unwrap_err()));
    assert!(is_unavailable(&half.commit().await.unwrap_err()), "nobody takes it for done");
    line.mend();
    assert_eq!(pm.get(&page).await.status, 200);
    assert_eq!(settings::portal_name(app.db()).await.unwrap(), "Nordlicht Maschinenbau GmbH", "nothing half");
    assert_eq!(token.get(&format!("/api/v1/documents/{id}")).await.json()["state"], "draft");
    assert_eq!(token.post(&publish, audience).await.status, 200);
    assert_eq!(visitor.post("/_fn/sign_in/sign_in", &sign_in).await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_says_nothing_is_a_503_and_comes_back() {
    let silent = async |bucket: Bucket| {
        let (line, files) = bucket.over_a_line().await;
        let app = TestApp::with(Engine::Sqlite, &[], Some(files)).await;
        let id = app.published("Paper", Category::Minutes, Audience::Organisation).await.to_string();
        let pm = app.token("pm@nordlicht.example").await;
        let content = format!("/api/v1/documents/{id}/versions/1/content");
        let more = b"%PDF-1.4 more".to_vec();
        line.hold();
        let started = Instant::now();
        let (read, sent) = tokio::join!(pm.get(&content), pm.put_file(&id, "a.pdf", more.clone()));
        assert!(started.elapsed() < PROMISED, "{bucket:?}: {:?}", started.elapsed());
        assert_eq!((read.status, sent.status), (503, 503), "{bucket:?}: {}", sent.text());
        assert_eq!(app.count("SELECT COUNT(*) FROM document_versions").await, 1, "nothing half");
        assert_eq!(app.count("SELECT COUNT(*) FROM pending_uploads").await, 1, "what the store has, the sweeper finds");
        line.mend();
        assert_eq!(pm.get(&content).await.status, 200, "{bucket:?}");
        assert_eq!(pm.put_file(&id, "a.pdf", more).await.status, 201, "{bucket:?}");
        assert_eq!(app.count("SELECT COUNT(*) FROM pending_uploads").await, 1, "{bucket:?}");
    };
    // Both at once: each waits as long as it may.
    tokio::join!(silent(Bucket::S3), silent(Bucket::Azure));
}
