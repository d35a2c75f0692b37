//! When the database or the store is away: a clear 503 within ten seconds, and everything works again by itself.

use std::time::{Duration, Instant};

use app::documents::model::{Audience, Category};
use url::Url;

use crate::support::{Bucket, Engine, Line, TestApp, postgres_admin};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_away_is_a_503_and_comes_back() {
    let admin = Url::parse(&postgres_admin()).unwrap();
    let line = Line::to(format!("127.0.0.1:{}", admin.port().unwrap())).await;
    // A database of its own, reached over the line.
    let direct = TestApp::new(Engine::Postgres).await;
    let name = direct.sql("SELECT current_database()::text").await[0][0].clone();
    let url = format!("postgres://kontor@{}/{name}", line.addr);
    let app =
        TestApp::on(Engine::Postgres, tempfile::tempdir().unwrap(), &url, &[], Some(direct.state.files.clone())).await;
    let id = app.published("Paper", Category::Minutes, Audience::Organisation).await;
    let mut anna = app.browser("anna@acme.example").await;
    let token = app.token("anna@acme.example").await;
    line.cut();
    for path in ["/".to_owned(), "/sign-in".to_owned(), format!("/documents/{id}")] {
        let started = Instant::now();
        let answer = anna.get(&path).await;
        assert!(started.elapsed() < Duration::from_secs(10), "{path} took {:?}", started.elapsed());
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
