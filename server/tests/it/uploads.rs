//! Bad files and bad luck on the way in. What a killed program leaves: `uploads_kill.rs`.

use app::access::Actor;
use app::documents::model::Category;
use app::documents::upload::sweep;
use app::jobs::{self, Kind, New};
use axum::body::Body;
use axum::http::{Method, Request};
use bytes::Bytes;
use serde_json::json;

use crate::support::{Engine, TestApp, both, files};

async fn stored_files(app: &TestApp) -> usize {
    fn count(dir: &std::path::Path) -> usize {
        std::fs::read_dir(dir)
            .into_iter()
            .flatten()
            .flatten()
            .map(|e| if e.path().is_dir() { count(&e.path()) } else { 1 })
            .sum()
    }
    count(&app.dir.path().join("files"))
}

both! {
    async fn names_are_made_safe_and_types_come_from_the_content(app: TestApp) {
        let pm = app.token("pm@nordlicht.example").await;
        let id = app.draft("Names", Category::Other).await.to_string();
        let long = format!("{}.pdf", "\u{e4}".repeat(300));
        for (sent, kept) in [("../../etc/passwd", "passwd"), ("C:\\temp\\a.pdf", "a.pdf"), ("Pr%C3%BCf%20%22x%22.pdf", "Pr\u{fc}f _x_.pdf"), ("", "document")] {
            let answer = pm.put_file(&id, sent, files::pdf("x")).await;
            assert_eq!((answer.status, answer.json()["file_name"].as_str()), (201, Some(kept)), "{sent}");
        }
        let answer = pm.put_file(&id, &long, files::pdf("x")).await.json();
        let name = answer["file_name"].as_str().unwrap();
        assert!(name.len() <= 180 && name.ends_with(".pdf"), "{name}");
        let html = pm.put_file(&id, "a.pdf", b"<!DOCTYPE html><script>alert(1)</script>".to_vec()).await.json();
        assert_eq!(html["media_type"], "text/html");
    }

    async fn an_empty_file_is_refused_and_leaves_nothing(app: TestApp) {
        let pm = app.token("pm@nordlicht.example").await;
        let id = app.draft("Empty", Category::Other).await.to_string();
        let before = stored_files(&app).await;
        let answer = pm.put_file(&id, "empty.pdf", Vec::new()).await;
        assert_eq!(answer.status, 422);
        assert!(answer.json()["errors"]["file"].is_array());
        assert_eq!(app.count("SELECT COUNT(*) FROM pending_uploads").await, 0);
        assert_eq!(stored_files(&app).await, before);
    }

    async fn broken_multipart_bodies_are_answered_clearly(app: TestApp) {
        let mut pm = app.browser("pm@nordlicht.example").await;
        for (kind, body) in [
            ("multipart/form-data", &b"no boundary"[..]),
            ("multipart/form-data; boundary=XXXX", b"--XXXX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\ncut off"),
            ("multipart/form-data; boundary=XXXX", b""),
            ("application/json", b"{}"),
        ] {
            let request = Request::post("/staff/documents").header("content-type", kind).body(Body::from(body)).unwrap();
            let answer = pm.send(request).await;
            let page = pm.follow(&answer).await.words();
            assert!(page.contains("thing to fix") || page.contains("things to fix"), "{kind}: {page}");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM documents").await, 0);
    }

    async fn an_upload_that_breaks_off_leaves_neither_row_nor_file(app: TestApp) {
        let pm = app.token("pm@nordlicht.example").await;
        let id = app.draft("Broken", Category::Other).await.to_string();
        let before = stored_files(&app).await;
        let chunks = vec![Ok(Bytes::from(files::pdf("half"))), Err(std::io::Error::other("gone"))];
        let body = Body::from_stream(futures::stream::iter(chunks));
        let answer = pm.send(Method::POST, &format!("/api/v1/documents/{id}/versions"), &[("x-filename", "a.pdf")], body).await;
        assert_eq!(answer.status, 422, "{}", answer.text());
        assert_eq!(app.count("SELECT COUNT(*) FROM document_versions").await, 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM pending_uploads").await, 0);
        assert_eq!(stored_files(&app).await, before);
    }

    async fn nobody_uploads_where_they_may_not_and_no_byte_is_read(app: TestApp) {
        let id = app.draft("Internal", Category::Other).await.to_string();
        let never = || Body::from_stream(futures::stream::once(async { panic!("the body was read") as Result<Bytes, std::io::Error> }));
        for (email, status) in [("management@nordlicht.example", 403), ("anna@acme.example", 404), ("finance@nordlicht.example", 404)] {
            let token = app.token(email).await;
            let answer = token.send(Method::POST, &format!("/api/v1/documents/{id}/versions"), &[], never()).await;
            assert_eq!(answer.status, status, "{email}");
        }
    }
}

both! {
    async fn strangers_are_answered_before_a_byte_is_read(app: TestApp) {
        let mut visitor = app.visitor();
        let never = Body::from_stream(futures::stream::pending::<Result<Bytes, std::io::Error>>());
        let request = Request::post("/staff/documents").header("content-type", "multipart/form-data; boundary=XXXX");
        let answer = visitor.send(request.body(never).unwrap()).await;
        assert!(answer.status == 303 && answer.location().starts_with("/sign-in"), "{}", answer.status);
        assert_eq!(app.count("SELECT COUNT(*) FROM sessions").await, 0);
    }

    async fn rights_lost_during_an_upload_are_lost_for_it(app: TestApp) {
        let id = app.draft("Slow", Category::Other).await;
        let pm = app.token("pm@nordlicht.example").await;
        let app = std::sync::Arc::new(app);
        let suspend = app.clone();
        let body = Body::from_stream(futures::stream::once(async move {
            suspend.sql("UPDATE users SET state = 'suspended' WHERE email = 'pm@nordlicht.example'").await;
            Ok::<_, std::io::Error>(Bytes::from(files::pdf("late")))
        }));
        let answer = pm.send(Method::POST, &format!("/api/v1/documents/{id}/versions"), &[], body).await;
        assert_eq!(answer.status, 401, "{}", answer.text());
        assert_eq!(app.count("SELECT COUNT(*) FROM document_versions").await, 1);
    }

    async fn a_large_multipart_body_arrives_through_rest(app: TestApp) {
        let id = app.draft("Large", Category::Other).await;
        let pm = app.token("pm@nordlicht.example").await;
        let body = files::multipart(&[], "large.bin", &vec![7; 1_000_000]);
        let headers = [("content-type", "multipart/form-data; boundary=XXXX")];
        let answer = pm.send(Method::POST, &format!("/api/v1/documents/{id}/versions"), &headers, body).await;
        assert_eq!((answer.status, answer.json()["size"].as_i64()), (201, Some(1_000_000)), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_file_over_the_limit_is_refused_while_it_streams() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = TestApp::with(engine, &[("UPLOAD_LIMIT", "100000")], None).await;
        let pm = app.token("pm@nordlicht.example").await;
        let acme = app.organisation("acme").to_string();
        let made = pm
            .post("/api/v1/documents", json!({ "organisation_id": acme, "title": "Big", "category": "other" }))
            .await
            .json();
        let id = made["id"].as_str().unwrap();
        // Without end: only a refusal ends it.
        let endless = futures::stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from(vec![7; 10_000])));
        let answer =
            pm.send(Method::POST, &format!("/api/v1/documents/{id}/versions"), &[], Body::from_stream(endless)).await;
        assert_eq!(answer.status, 413, "{}", answer.text());
        assert_eq!(stored_files(&app).await, 0);
        let mut browser = app.browser("pm@nordlicht.example").await;
        let answer = browser
            .upload(
                "/staff/documents",
                &[("organisation_id", &acme), ("category", "other"), ("title", "Kept")],
                "big.bin",
                &vec![7; 200_000],
            )
            .await;
        let page = browser.follow(&answer).await;
        assert!(page.words().contains("This file is larger than 100 kB."), "{}", page.words());
        assert_eq!(page.field("title"), "Kept");
        assert_eq!(app.count("SELECT COUNT(*) FROM documents").await, 1);
    }
}

#[tokio::test]
async fn what_a_crash_left_behind_is_swept() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = TestApp::new(engine).await;
        let now = app.clock.now();
        let bytes = || futures::stream::once(async { Ok::<_, String>(Bytes::from_static(b"left behind")) });
        app.state.files.put("documents/old/content", bytes(), 100, |_| Ok(())).await.unwrap();
        app.state.files.put("documents/new/content", bytes(), 100, |_| Ok(())).await.unwrap();
        // What a killed upload leaves.
        std::fs::write(app.dir.path().join("files/documents/old/content#1"), b"half").unwrap();
        let day = 24 * 3600 * 1_000_000_i64;
        app.sql(&format!("INSERT INTO pending_uploads (store_key, started_at) VALUES ('documents/old/content', {}), ('documents/new/content', {})", now.0 - day - 1, now.0)).await;
        let ctx = app.state.ctx(Actor::operator(), "test");
        let swept = sweep(&ctx, now.minus(std::time::Duration::from_secs(24 * 3600))).await.unwrap();
        assert_eq!(swept, 1);
        assert!(!app.state.files.exists("documents/old/content").await.unwrap());
        assert!(app.state.files.exists("documents/new/content").await.unwrap());
        assert!(!app.dir.path().join("files/documents/old").exists());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_hour_s_job_sweeps_however_many_there_are() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = TestApp::new(engine).await;
        let rows: Vec<String> = (0..250).map(|at| format!("('documents/{at}/content', 0)")).collect();
        app.sql(&format!("INSERT INTO pending_uploads (store_key, started_at) VALUES {}", rows.join(", "))).await;
        let ctx = app.state.ctx(Actor::operator(), "test");
        let tx = ctx.db.begin().await.unwrap();
        jobs::enqueue(&tx, &ctx, New::new(Kind::SweepUploads, serde_json::json!({}))).await.unwrap();
        tx.commit().await.unwrap();
        app.run_jobs().await;
        assert_eq!(app.count("SELECT COUNT(*) FROM pending_uploads").await, 0);
    }
}
