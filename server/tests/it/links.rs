//! Links that the store signs: the download itself for whoever may have it, for a minute, and nothing for anybody else.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use app::documents::model::{Audience, Category};
use app::files::{Object, disposition};
use app::ids::DocumentId;
use axum::body::Body;
use axum::http::{Method, Request};
use url::Url;

use crate::support::{Answer, Browser, Bucket, Engine, Process, TestApp, files, kontor};

/// Each server once, each database once.
const BOTH: [(Bucket, Engine); 2] = [(Bucket::S3, Engine::Postgres), (Bucket::Azure, Engine::Sqlite)];
const NAME: &str = "Pr\u{fc}fbericht 1.html";

async fn portal(bucket: Bucket, engine: Engine, settings: &[(&str, &str)]) -> TestApp {
    let settings: Vec<_> = [("SIGNED_LINKS", "yes")].into_iter().chain(settings.iter().copied()).collect();
    TestApp::with(engine, &settings, Some(bucket.open())).await
}

/// A document whose second version is active content with a name that needs care.
async fn report(app: &TestApp) -> DocumentId {
    let id = app.published("Report", Category::Contract, Audience::Organisation).await;
    let name = percent_encoding::utf8_percent_encode(NAME, percent_encoding::NON_ALPHANUMERIC).to_string();
    let pm = app.token("pm@nordlicht.example").await;
    let sent = pm.put_file(&id.to_string(), &name, PAGE.to_vec()).await;
    assert_eq!((sent.status, sent.json()["file_name"].as_str().unwrap_or_default()), (201, NAME), "{}", sent.text());
    id
}

const PAGE: &[u8] = b"<!DOCTYPE html><script>alert(1)</script>";

fn content(id: DocumentId, number: i64) -> String {
    format!("/documents/{id}/versions/{number}/content")
}

async fn get(browser: &mut Browser, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
    browser.send(request.body(Body::empty()).unwrap()).await
}

/// Somebody who has the link and nothing else.
async fn follow(link: &str) -> reqwest::Response {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    client.get(link).send().await.unwrap()
}

fn header<'a>(answer: &'a reqwest::Response, name: &str) -> &'a str {
    answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// How long a link says that it is good for.
fn seconds(link: &str) -> i64 {
    let url = Url::parse(link).unwrap();
    let parameter = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    if let Some(seconds) = parameter("X-Amz-Expires") {
        return seconds.parse().unwrap();
    }
    let at = |name: &str| parameter(name).unwrap().parse::<jiff::Timestamp>().unwrap().as_second();
    at("se") - at("st")
}

async fn object(app: &TestApp, number: i64) -> Object {
    let text = format!("SELECT store_key, CAST(size AS TEXT) FROM document_versions WHERE number = {number}");
    let row = app.sql(&text).await.remove(0);
    Object { key: row[0].clone(), size: row[1].parse().unwrap(), sealed_key: None }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_link_is_the_download_with_its_name_and_needs_no_cookie() {
    for (bucket, engine) in BOTH {
        let app = portal(bucket, engine, &[]).await;
        let id = report(&app).await;
        let mut anna = app.browser("anna@acme.example").await;
        let sent = anna.get(&content(id, 2)).await;
        assert_eq!(sent.status, 303, "{bucket:?}: {}", sent.text());
        assert!(sent.location().starts_with(&bucket.endpoint()), "{bucket:?}");
        assert_eq!(
            (sent.header("cache-control"), sent.header("referrer-policy")),
            ("private, no-store", "no-referrer")
        );
        assert!(sent.body.is_empty());
        let answer = follow(sent.location()).await;
        assert_eq!(answer.status(), 200, "{bucket:?}");
        assert_eq!(header(&answer, "content-disposition"), disposition(NAME));
        assert_eq!(header(&answer, "content-type"), "application/octet-stream");
        assert!(header(&answer, "cache-control").contains("no-store"), "{bucket:?}");
        assert_eq!(answer.bytes().await.unwrap(), PAGE);
        // For a minute, for this version.
        assert_eq!(seconds(sent.location()), 60);
        let first = anna.get(&content(id, 1)).await;
        let path = |answer: &Answer| Url::parse(answer.location()).unwrap().path().to_owned();
        assert_ne!(path(&first), path(&sent));
        assert_eq!(follow(first.location()).await.bytes().await.unwrap(), files::pdf("content"));
        // Whoever was given one is on record, and which version, and that it was a link; the link is not.
        let events =
            app.sql("SELECT detail FROM audit_events WHERE action = 'document.download' ORDER BY sequence").await;
        let told: Vec<serde_json::Value> = events.iter().map(|row| serde_json::from_str(&row[0]).unwrap()).collect();
        assert_eq!(told.len(), 2);
        assert!(told.iter().zip(["2", "1"]).all(|(event, version)| {
            event["link_seconds"] == "60" && event["version"] == version && !event.to_string().contains("http")
        }));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_else_gets_one() {
    for (bucket, engine) in BOTH {
        let app = portal(bucket, engine, &[]).await;
        let id = report(&app).await;
        let foreign = app.browser("carla@borealis.example").await.get(&content(id, 2)).await;
        assert_eq!((foreign.status, foreign.location()), (404, ""));
        let visitor = app.visitor().get(&content(id, 2)).await;
        assert!(visitor.location().starts_with("/sign-in?next="), "{}", visitor.location());
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'document.download'").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn before_the_scanner_has_found_it_clean_there_is_none() {
    let scanner = crate::scan::clamd();
    for (bucket, engine) in BOTH {
        let app = portal(bucket, engine, &[("CLAMD", &scanner)]).await;
        let id = report(&app).await;
        let mut anna = app.browser("anna@acme.example").await;
        let held = anna.get(&content(id, 2)).await;
        assert_eq!((held.status, held.location()), (423, ""), "{bucket:?}");
        app.run_jobs().await;
        assert_eq!(anna.get(&content(id, 2)).await.status, 303, "{bucket:?}");
    }
}

/// What is logged, as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// On one thread, so that all of it is heard.
#[tokio::test]
async fn no_line_of_the_log_holds_a_link() {
    let log = Log::default();
    let lines = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || lines.clone());
    let subscriber = tracing::Dispatch::new(subscriber.finish());
    // A single one is not asked about lines that other threads came to before; of two, both are.
    let second = tracing::Dispatch::new(tracing_subscriber::registry());
    let heard = tracing::dispatcher::set_default(&subscriber);
    for (bucket, engine) in BOTH {
        let app = portal(bucket, engine, &[]).await;
        let id = report(&app).await;
        let sent = app.browser("anna@acme.example").await.get(&content(id, 2)).await;
        assert_eq!(sent.status, 303);
        let secret = Url::parse(sent.location()).unwrap();
        let (_, secret) = secret.query_pairs().find(|(key, _)| key == "X-Amz-Signature" || key == "sig").unwrap();
        let encoded = percent_encoding::utf8_percent_encode(&secret, percent_encoding::NON_ALPHANUMERIC).to_string();
        let text = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
        assert!(text.contains("/versions/{number}/content"), "{bucket:?}: nothing was heard");
        assert!(!text.contains(secret.as_ref()) && !text.contains(&encoded), "{bucket:?}");
    }
    drop((heard, second));
}

/// Moto does not check what it is asked with; Azurite does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_that_was_changed_or_has_run_out_opens_nothing() {
    let app = portal(Bucket::Azure, Engine::Sqlite, &[]).await;
    let id = report(&app).await;
    let mut anna = app.browser("anna@acme.example").await;
    let (second, first) = (anna.get(&content(id, 2)).await, anna.get(&content(id, 1)).await);
    let (second, first) = (Url::parse(second.location()).unwrap(), Url::parse(first.location()).unwrap());
    let mut other = second.clone();
    other.set_path(first.path());
    assert_eq!(follow(other.as_str()).await.status(), 403, "another version");
    let mut longer = second.clone();
    longer.query_pairs_mut().clear().extend_pairs(second.query_pairs().map(|(key, value)| {
        let value = if key == "se" { "2099-01-01T00:00:00Z".into() } else { value };
        (key, value)
    }));
    assert_eq!(follow(longer.as_str()).await.status(), 403, "longer");
    assert_eq!(follow(second.as_str()).await.status(), 200);
    // One whose time is over when it is signed.
    let object = object(&app, 2).await;
    let over = app.state.files.link(&object, NAME, Duration::ZERO).await.unwrap().unwrap();
    assert_eq!(follow(over.reveal()).await.status(), 403, "run out");
    assert!(!format!("{over:?}").contains("http"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_link_cannot_answer_is_answered_here() {
    for (bucket, engine) in BOTH {
        let app = portal(bucket, engine, &[]).await;
        let id = report(&app).await;
        let mut anna = app.browser("anna@acme.example").await;
        let path = content(id, 2);
        // Programs: their contract has ranges and the hash.
        let token = app.token("anna@acme.example").await;
        let rest = token.get(&format!("/api/v1{path}")).await;
        assert_eq!((rest.status, &rest.body[..], rest.header("etag").len()), (200, PAGE, 66));
        let head = Request::builder().method(Method::HEAD).uri(&path).body(Body::empty()).unwrap();
        let head = anna.send(head).await;
        assert_eq!((head.status, head.header("content-length")), (200, PAGE.len().to_string().as_str()));
        let part = get(&mut anna, &path, &[("range", "bytes=1-8")]).await;
        assert_eq!((part.status, &part.body[..]), (206, &PAGE[1..=8]));
        let known = get(&mut anna, &path, &[("if-none-match", rest.header("etag"))]).await;
        assert_eq!(known.status, 304);
        // A script may not go to another host.
        for (mode, status) in [("cors", 200), ("same-origin", 200), ("navigate", 303)] {
            assert_eq!(get(&mut anna, &path, &[("sec-fetch-mode", mode)]).await.status, status, "{mode}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sealed_or_does_not_say_that_it_is_a_download_is_streamed() {
    for (bucket, engine) in BOTH {
        let app = portal(bucket, engine, &[]).await;
        let id = report(&app).await;
        let mut anna = app.browser("anna@acme.example").await;
        // As it lay there before there were links.
        let old = object(&app, 2).await;
        let bytes = futures::stream::iter([Ok::<_, String>(bytes::Bytes::from_static(PAGE))]);
        bucket.open().put(&old.key, bytes, 1000, |_| Ok(())).await.unwrap();
        let answer = anna.get(&content(id, 2)).await;
        assert_eq!((answer.status, &answer.body[..]), (200, PAGE));
        assert_eq!(answer.header("content-disposition"), disposition(NAME));
        // A length that is not the version's.
        let longer = Object { size: old.size + 1, ..object(&app, 1).await };
        assert!(app.state.files.link(&longer, "file.pdf", Duration::from_secs(60)).await.unwrap().is_none());

        let app = portal(bucket, engine, &[("ENCRYPT_FILES", "yes")]).await;
        let id = report(&app).await;
        let answer = app.browser("anna@acme.example").await.get(&content(id, 2)).await;
        assert_eq!((answer.status, &answer.body[..]), (200, PAGE));

        let app = TestApp::with(engine, &[], Some(bucket.open())).await;
        let id = report(&app).await;
        let answer = app.browser("anna@acme.example").await.get(&content(id, 2)).await;
        assert_eq!((answer.status, &answer.body[..]), (200, PAGE), "not switched on");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_is_away_is_a_503_not_a_link_that_leads_nowhere() {
    for (bucket, engine) in BOTH {
        let (line, store) = bucket.over_a_line().await;
        let app = TestApp::with(engine, &[("SIGNED_LINKS", "yes")], Some(store)).await;
        let id = report(&app).await;
        let mut anna = app.browser("anna@acme.example").await;
        line.cut();
        let answer = anna.get(&content(id, 2)).await;
        assert_eq!((answer.status, answer.header("retry-after"), answer.location()), (503, "10", ""));
        assert!(answer.words().contains("Back in a moment"), "{}", answer.words());
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'document.download'").await, 0);
        line.mend();
        assert_eq!(anna.get(&content(id, 2)).await.status, 303);
    }
}

#[test]
fn a_folder_signs_nothing_and_that_is_said_at_the_start() {
    let dir = tempfile::tempdir().unwrap();
    let refused = kontor(dir.path()).env("KONTOR_SIGNED_LINKS", "yes").args(["migrate"]).output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(why.contains("KONTOR_SIGNED_LINKS"), "{why}");
    let doctor = kontor(dir.path()).env("KONTOR_SIGNED_LINKS", "yes").args(["doctor"]).output().unwrap();
    assert!(String::from_utf8_lossy(&doctor.stdout).contains("FAIL links"));
    let doctor = String::from_utf8(Process::run(dir.path(), &["doctor"]).stdout).unwrap();
    assert!(doctor.contains("ok   links      none: the portal streams every file"), "{doctor}");
}
