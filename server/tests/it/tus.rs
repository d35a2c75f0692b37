//! Files in parts, as the protocol says it: through the router, on both databases, and on two nodes with one bucket.

use std::time::Duration;

use app::access::Actor;
use app::categories::file_kind::FileKind;
use app::categories::model::Rules;
use app::documents::model::Category;
use axum::body::Body;
use axum::http::Request;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use sha2::{Digest as _, Sha256};

use crate::arrivals::open;
use crate::support::{Answer, Browser, Bucket, Engine, TestApp, both, files};

/// What `Upload-Metadata` says.
fn metadata(pairs: &[(&str, &str)]) -> String {
    pairs.iter().map(|(key, value)| format!("{key} {}", STANDARD.encode(value))).collect::<Vec<_>>().join(",")
}

async fn ask(
    browser: &mut Browser,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    if !headers.iter().any(|(name, _)| *name == "tus-resumable") {
        request = request.header("tus-resumable", "1.0.0");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send(request.body(body.into()).unwrap()).await
}

/// Begins an upload into the category that is open for customers; answers where it goes on.
async fn begin(app: &TestApp, browser: &mut Browser, name: &str, length: usize) -> String {
    let acme = app.organisation("acme").to_string();
    let about =
        metadata(&[("filename", name), ("target", "category"), ("organisation_id", &acme), ("category", "other")]);
    let length = length.to_string();
    let answer = ask(browser, "POST", "/uploads", &[("upload-length", &length), ("upload-metadata", &about)], "").await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.location().to_owned()
}

async fn patch(browser: &mut Browser, path: &str, offset: usize, bytes: impl Into<Body>) -> Answer {
    let offset = offset.to_string();
    let headers = [("content-type", "application/offset+octet-stream"), ("upload-offset", offset.as_str())];
    ask(browser, "PATCH", path, &headers, bytes).await
}

async fn offset(browser: &mut Browser, path: &str) -> usize {
    let answer = ask(browser, "HEAD", path, &[], "").await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"));
    answer.header("upload-offset").parse().unwrap()
}

/// A PDF that is longer than one part.
fn large() -> Vec<u8> {
    let mut bytes = files::pdf("large");
    bytes.extend((0..9_000_000_u32).map(|at| u8::try_from(at * 31 % 251).unwrap()));
    bytes
}

/// What lies in the store of parts, and of whole files.
async fn parts(app: &TestApp) -> i64 {
    app.count("SELECT COUNT(*) FROM upload_parts").await + app.count("SELECT COUNT(*) FROM pending_uploads").await
}

both! {
    async fn a_file_in_parts_becomes_what_one_from_a_form_becomes(app: TestApp) {
        open(&app, &[Category::Other]).await;
        let mut ben = app.browser("ben@acme.example").await;
        let spoken = ask(&mut app.visitor(), "OPTIONS", "/uploads", &[], "").await;
        assert_eq!((spoken.status, spoken.header("tus-version"), spoken.header("tus-max-size")), (204, "1.0.0", "2000000000"));
        assert_eq!(spoken.header("tus-extension"), "creation,expiration,checksum,termination");
        let bytes = large();
        let path = begin(&app, &mut ben, "large.pdf", bytes.len()).await;
        assert_eq!(offset(&mut ben, &path).await, 0);
        let answer = patch(&mut ben, &path, 0, bytes[..100].to_vec()).await;
        assert_eq!((answer.status, answer.header("upload-offset"), answer.header("tus-resumable")), (204, "100", "1.0.0"));
        assert!(answer.header("upload-expires").ends_with(" GMT"));
        // Not where it stands: nothing is taken.
        assert_eq!(patch(&mut ben, &path, 0, bytes[..100].to_vec()).await.status, 409);
        assert_eq!(patch(&mut ben, &path, 200, bytes[200..].to_vec()).await.status, 409);
        assert_eq!(offset(&mut ben, &path).await, 100);
        let answer = patch(&mut ben, &path, 100, bytes[100..].to_vec()).await;
        assert_eq!((answer.status, answer.header("upload-offset")), (204, bytes.len().to_string().as_str()));
        let document = answer.location().strip_prefix("/documents/").unwrap().to_owned();
        // Who lost the answer finds it again, and sends nothing twice.
        let again = ask(&mut ben, "HEAD", &path, &[], "").await;
        assert_eq!((again.location(), again.header("upload-length")), (answer.location(), again.header("upload-offset")));
        assert_eq!(patch(&mut ben, &path, bytes.len(), "").await.status, 204);
        let token = app.token("anna@acme.example").await;
        let version = token.get(&format!("/api/v1/documents/{document}/versions/1")).await.json();
        assert_eq!(version["sha256"], app::documents::model::hex(&Sha256::digest(&bytes)));
        assert_eq!((version["file_name"].as_str(), version["media_type"].as_str()), (Some("large.pdf"), Some("application/pdf")));
        assert_eq!((parts(&app).await, app.count("SELECT COUNT(*) FROM document_versions").await), (0, 1));
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'document.create'").await, 1);
        let page = app.browser("pm@nordlicht.example").await.get("/staff/arrivals").await.words();
        assert!(page.contains("large"), "{page}");
    }

    async fn what_is_not_of_this_protocol_or_not_ones_own_is_refused(app: TestApp) {
        open(&app, &[Category::Other]).await;
        let mut ben = app.browser("ben@acme.example").await;
        let path = begin(&app, &mut ben, "a.pdf", 10).await;
        for version in ["0.2.2", ""] {
            let answer = ask(&mut ben, "HEAD", &path, &[("tus-resumable", version)], "").await;
            assert_eq!((answer.status, answer.header("tus-version")), (412, "1.0.0"));
        }
        // Nobody else knows of it, not even their admin.
        for email in ["anna@acme.example", "carla@borealis.example", "admin@nordlicht.example"] {
            let mut other = app.browser(email).await;
            assert_eq!(ask(&mut other, "HEAD", &path, &[], "").await.status, 404, "{email}");
            assert_eq!(patch(&mut other, &path, 0, "x").await.status, 404, "{email}");
            assert_eq!(ask(&mut other, "DELETE", &path, &[], "").await.status, 404, "{email}");
        }
        assert_eq!(ask(&mut app.visitor(), "HEAD", &path, &[], "").await.status, 401);
        assert_eq!(ask(&mut ben, "HEAD", "/uploads/rubbish", &[], "").await.status, 404);
        // Another site's page changes nothing.
        for method in ["PATCH", "DELETE"] {
            let headers = [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example"), ("upload-offset", "0"), ("content-type", "application/offset+octet-stream")];
            assert_eq!(ask(&mut ben, method, &path, &headers, "x").await.status, 403, "{method}");
        }
        assert_eq!(ask(&mut ben, "PATCH", &path, &[("upload-offset", "0"), ("content-type", "text/plain")], "x").await.status, 415);
        for rubbish in ["-1", "x", ""] {
            let headers = [("upload-offset", rubbish), ("content-type", "application/offset+octet-stream")];
            assert_eq!(ask(&mut ben, "PATCH", &path, &headers, "x").await.status, 400, "{rubbish:?}");
        }
        // More than was announced, with its length and without.
        let headers = [("upload-offset", "0"), ("content-type", "application/offset+octet-stream"), ("content-length", "11")];
        assert_eq!(ask(&mut ben, "PATCH", &path, &headers, "12345678901").await.status, 413);
        let chunks = futures::stream::iter(["12345", "678901"].map(|text| Ok::<_, String>(Bytes::from(text))));
        assert_eq!(patch(&mut ben, &path, 0, Body::from_stream(chunks)).await.status, 413);
        assert_eq!(offset(&mut ben, &path).await, 0);
        assert_eq!(ask(&mut ben, "DELETE", &path, &[], "").await.status, 204);
        assert_eq!(ask(&mut ben, "HEAD", &path, &[], "").await.status, 404);
        assert_eq!((parts(&app).await, app.count("SELECT COUNT(*) FROM uploads").await), (0, 0));
    }

    async fn an_upload_begins_only_where_the_policy_and_the_limits_let_it(app: TestApp) {
        let rules = Rules { kinds: vec![FileKind::Pdf], size_limit: Some(1000), customers_send: true, ..Rules::new(Category::Other) };
        app::categories::service::set(&app.ctx("admin@nordlicht.example").await, &rules, None).await.unwrap();
        let acme = app.organisation("acme").to_string();
        let to = async |email: &str, target: &str, category: &str, length: &str| {
            let about = metadata(&[("filename", "a.pdf"), ("target", target), ("organisation_id", &acme), ("category", category)]);
            let mut browser = app.browser(email).await;
            ask(&mut browser, "POST", "/uploads", &[("upload-length", length), ("upload-metadata", &about)], "").await.status
        };
        assert_eq!(to("ben@acme.example", "category", "other", "1000").await, 201);
        assert_eq!(to("ben@acme.example", "category", "other", "1001").await, 413);
        assert_eq!(to("ben@acme.example", "category", "other", "0").await, 422);
        assert_eq!(to("ben@acme.example", "category", "other", "-1").await, 400);
        assert_eq!(to("ben@acme.example", "category", "minutes", "10").await, 422);
        assert_eq!(to("ben@acme.example", "draft", "other", "10").await, 403);
        assert_eq!(to("carla@borealis.example", "category", "other", "10").await, 422);
        assert_eq!(to("eva@partner.example", "category", "other", "10").await, 403);
        assert_eq!(to("pm@nordlicht.example", "category", "other", "10").await, 403);
        assert_eq!(to("pm@nordlicht.example", "draft", "other", "10").await, 201);
        assert_eq!(to("pm@nordlicht.example", "rubbish", "other", "10").await, 400);
        // Its beginning says what it is: the rest need not be sent, and nothing is left.
        let mut ben = app.browser("ben@acme.example").await;
        let path = begin(&app, &mut ben, "a.pdf", 900).await;
        assert_eq!(patch(&mut ben, &path, 0, "just ").await.status, 204);
        let answer = patch(&mut ben, &path, 5, "words ".repeat(149) + "x").await;
        assert_eq!(answer.status, 422, "{}", answer.text());
        assert_eq!(ask(&mut ben, "HEAD", &path, &[], "").await.status, 404);
        assert_eq!(app.count("SELECT COUNT(*) FROM documents WHERE title = 'a'").await, 0);
        assert_eq!(parts(&app).await, 0);
        // One person does not fill the house.
        let mut last = 0;
        for _ in 0..=app::uploads::service::MOST {
            last = to("ben@acme.example", "category", "other", "10").await;
        }
        assert_eq!(last, 429);
        assert_eq!(to("anna@acme.example", "category", "other", "10").await, 201);
    }

    async fn rights_that_end_while_a_file_arrives_end_it_too(app: TestApp) {
        open(&app, &[Category::Other]).await;
        let mut ben = app.browser("ben@acme.example").await;
        let bytes = files::pdf("late");
        let closed = begin(&app, &mut ben, "a.pdf", bytes.len()).await;
        assert_eq!(patch(&mut ben, &closed, 0, bytes[..20].to_vec()).await.status, 204);
        let rules = Rules::new(Category::Other);
        app::categories::service::set(&app.ctx("admin@nordlicht.example").await, &rules, None).await.unwrap();
        assert_eq!(patch(&mut ben, &closed, 20, bytes[20..].to_vec()).await.status, 422);
        open(&app, &[Category::Other]).await;
        let path = begin(&app, &mut ben, "a.pdf", bytes.len()).await;
        assert_eq!(patch(&mut ben, &path, 0, bytes[..20].to_vec()).await.status, 204);
        app.sql("UPDATE memberships SET documents = 'none' WHERE user_id IN (SELECT id FROM users WHERE email = 'ben@acme.example')").await;
        assert_eq!(patch(&mut ben, &path, 20, bytes[20..].to_vec()).await.status, 403);
        assert_eq!(app.count("SELECT COUNT(*) FROM documents").await, 0);
        assert_eq!((parts(&app).await, app.count("SELECT COUNT(*) FROM uploads").await), (0, 0));
    }

    async fn what_a_broken_line_brought_is_kept_and_a_wrong_checksum_is_not(app: TestApp) {
        open(&app, &[Category::Other]).await;
        let mut ben = app.browser("ben@acme.example").await;
        let bytes = files::pdf("broken");
        let path = begin(&app, &mut ben, "a.pdf", bytes.len()).await;
        let cut = futures::stream::iter(vec![Ok(Bytes::copy_from_slice(&bytes[..30])), Err("gone".to_owned())]);
        patch(&mut ben, &path, 0, Body::from_stream(cut)).await;
        assert_eq!(offset(&mut ben, &path).await, 30);
        let with = async |ben: &mut Browser, sum: String, from: usize, to: usize| {
            let offset = from.to_string();
            let headers = [("content-type", "application/offset+octet-stream"), ("upload-offset", offset.as_str()), ("upload-checksum", sum.as_str())];
            ask(ben, "PATCH", &path, &headers, bytes[from..to].to_vec()).await.status
        };
        let sum = |from: usize, to: usize| format!("sha256 {}", STANDARD.encode(Sha256::digest(&bytes[from..to])));
        assert_eq!(with(&mut ben, sum(0, 30), 30, 40).await, 460);
        assert_eq!(with(&mut ben, "md5 eA==".to_owned(), 30, 40).await, 400);
        assert_eq!(offset(&mut ben, &path).await, 30);
        assert_eq!(with(&mut ben, sum(30, 40), 30, 40).await, 204);
        // The last part as well counts only when it is right.
        assert_eq!(with(&mut ben, sum(0, 30), 40, bytes.len()).await, 460);
        assert_eq!(offset(&mut ben, &path).await, 40);
        assert_eq!(with(&mut ben, sum(40, bytes.len()), 40, bytes.len()).await, 204);
        assert_eq!((parts(&app).await, app.count("SELECT COUNT(*) FROM document_versions").await), (0, 1));
    }

    async fn a_server_that_died_just_after_the_end_makes_nothing_twice(app: TestApp) {
        open(&app, &[Category::Other]).await;
        let mut ben = app.browser("ben@acme.example").await;
        let bytes = files::pdf("once");
        let path = begin(&app, &mut ben, "a.pdf", bytes.len()).await;
        let first = patch(&mut ben, &path, 0, bytes.clone()).await;
        // The document is there; that the upload has ended was not noted any more.
        app.sql("UPDATE uploads SET result_id = NULL, received = 0").await;
        let again = patch(&mut ben, &path, 0, bytes).await;
        assert_eq!((again.status, again.location()), (204, first.location()));
        assert_eq!((parts(&app).await, app.count("SELECT COUNT(*) FROM document_versions").await), (0, 1));
    }

    async fn what_nobody_continues_is_given_up(app: TestApp) {
        open(&app, &[Category::Other]).await;
        let mut ben = app.browser("ben@acme.example").await;
        let path = begin(&app, &mut ben, "a.pdf", 100).await;
        assert_eq!(patch(&mut ben, &path, 0, "%PDF-1.4 ").await.status, 204);
        // Every byte lets it wait anew.
        app.advance(Duration::from_secs(20 * 3600));
        let mut ben = app.browser("ben@acme.example").await;
        assert_eq!(patch(&mut ben, &path, 9, "more").await.status, 204);
        app.advance(Duration::from_secs(20 * 3600));
        let mut ben = app.browser("ben@acme.example").await;
        assert_eq!(offset(&mut ben, &path).await, 13);
        app.advance(Duration::from_secs(5 * 3600));
        let mut ben = app.browser("ben@acme.example").await;
        assert_eq!(patch(&mut ben, &path, 13, "more").await.status, 410);
        assert_eq!(ask(&mut ben, "HEAD", &path, &[], "").await.status, 410);
        let operator = app.state.ctx(Actor::operator(), "test");
        assert_eq!(app::uploads::sweep::run(&operator).await.unwrap(), 1);
        assert_eq!(ask(&mut ben, "HEAD", &path, &[], "").await.status, 404);
        assert_eq!((parts(&app).await, app.count("SELECT COUNT(*) FROM uploads").await), (0, 0));
    }

    async fn who_can_only_post_says_what_they_mean_in_a_header(app: TestApp) {
        open(&app, &[Category::Other]).await;
        let mut ben = app.browser("ben@acme.example").await;
        let path = begin(&app, &mut ben, "a.pdf", 100).await;
        let headers = [("x-http-method-override", "PATCH"), ("content-type", "application/offset+octet-stream"), ("upload-offset", "0")];
        assert_eq!(ask(&mut ben, "POST", &path, &headers, "%PDF-").await.status, 204);
        assert_eq!(ask(&mut ben, "POST", &path, &[], "").await.status, 405);
        assert_eq!(ask(&mut ben, "POST", &path, &[("x-http-method-override", "DELETE")], "").await.status, 204);
        assert_eq!(ask(&mut ben, "HEAD", &path, &[], "").await.status, 404);
    }

    async fn staff_add_a_version_and_a_customer_answers_in_parts(app: TestApp) {
        let bytes = files::pdf("part");
        let length = bytes.len().to_string();
        let id = app.draft("In parts", Category::Other).await.to_string();
        let mut pm = app.browser("pm@nordlicht.example").await;
        let about = metadata(&[("filename", "next.pdf"), ("target", "version"), ("id", &id), ("note", "Put right")]);
        let begun = ask(&mut pm, "POST", "/uploads", &[("upload-length", &length), ("upload-metadata", &about)], "").await;
        let done = patch(&mut pm, begun.location(), 0, bytes.clone()).await;
        assert_eq!((done.status, done.location()), (204, format!("/staff/documents/{id}").as_str()));
        let version = app.token("pm@nordlicht.example").await.get(&format!("/api/v1/documents/{id}/versions/2")).await.json();
        assert_eq!((version["file_name"].as_str(), version["note"].as_str()), (Some("next.pdf"), Some("Put right")));
        let ctx = app.ctx("pm@nordlicht.example").await;
        let new = app::requests::model::NewRequest {
            organisation_id: app.organisation("acme"),
            title: "Certificate".to_owned(),
            text: String::new(),
            category: Category::Other,
            due_on: "2026-11-28".parse().unwrap(),
            people: vec![app.user("ben@acme.example")],
        };
        let request = app::requests::service::ask(&ctx, new).await.unwrap().id.to_string();
        let mut ben = app.browser("ben@acme.example").await;
        let about = metadata(&[("filename", "iso.pdf"), ("target", "request"), ("id", &request)]);
        let begun = ask(&mut ben, "POST", "/uploads", &[("upload-length", &length), ("upload-metadata", &about)], "").await;
        let done = patch(&mut ben, begun.location(), 0, bytes.clone()).await;
        assert_eq!((done.status, done.location()), (204, format!("/requests/{request}").as_str()));
        // It is sent: another one is not begun, and nobody else's ever.
        let late = ask(&mut ben, "POST", "/uploads", &[("upload-length", &length), ("upload-metadata", &about)], "").await;
        assert_eq!(late.status, 409);
        let mut carla = app.browser("carla@borealis.example").await;
        let foreign = ask(&mut carla, "POST", "/uploads", &[("upload-length", &length), ("upload-metadata", &about)], "").await;
        assert_eq!(foreign.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parts_are_sealed_where_files_are_and_the_file_is_itself() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = TestApp::with(engine, &[("ENCRYPT_FILES", "yes")], None).await;
        open(&app, &[Category::Other]).await;
        let mut ben = app.browser("ben@acme.example").await;
        let bytes = large();
        let path = begin(&app, &mut ben, "large.pdf", bytes.len()).await;
        assert_eq!(patch(&mut ben, &path, 0, bytes[..5000].to_vec()).await.status, 204);
        let key = app.sql("SELECT store_key FROM upload_parts").await[0][0].clone();
        let stored = std::fs::read(app.dir.path().join("files").join(key)).unwrap();
        assert!(!stored.windows(4).any(|window| window == b"%PDF"));
        let done = patch(&mut ben, &path, 5000, bytes[5000..].to_vec()).await;
        let document = done.location().strip_prefix("/documents/").unwrap().to_owned();
        let content =
            app.token("ben@acme.example").await.get(&format!("/api/v1/documents/{document}/versions/1/content")).await;
        assert!(content.body == bytes, "{} bytes", content.body.len());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_node_began_another_ends() {
    let app = TestApp::with(Engine::Postgres, &[], Some(Bucket::S3.open())).await;
    open(&app, &[Category::Other]).await;
    let other = server::state::AppState::with(
        (*app.state.config).clone(),
        app.state.db.clone(),
        app.state.files.clone(),
        app.clock.clone(),
    );
    let other = server::router::router(other.await.unwrap(), None);
    let mut here = app.browser("ben@acme.example").await;
    let mut there = Browser::new(other);
    there.cookie.clone_from(&here.cookie);
    let bytes = large();
    let path = begin(&app, &mut here, "large.pdf", bytes.len()).await;
    // A line that breaks in the second part.
    let cut = futures::stream::iter(vec![Ok(Bytes::copy_from_slice(&bytes[..8_500_000])), Err("gone".to_owned())]);
    patch(&mut here, &path, 0, Body::from_stream(cut)).await;
    assert_eq!(offset(&mut there, &path).await, 8_500_000);
    // Whoever began before is turned away by whoever begins now; only one of them makes a document.
    let rest = || bytes[8_500_000..].to_vec();
    let (one, two) =
        futures::future::join(patch(&mut here, &path, 8_500_000, rest()), patch(&mut there, &path, 8_500_000, rest()))
            .await;
    let done: Vec<_> = [&one, &two].into_iter().filter(|answer| answer.status == 204).collect();
    assert!(!done.is_empty(), "{} {}", one.status, two.status);
    for answer in [&one, &two] {
        assert!([204, 409, 423, 503].contains(&answer.status), "{}", answer.status);
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM document_versions").await, 1);
    let version = app.sql("SELECT size FROM document_versions").await[0][0].clone();
    assert_eq!(version, bytes.len().to_string());
}
