//! Files and viruses, with a real clamd: nothing can be read before it is clean, whatever happens to the scanner.

use std::io::Write as _;
use std::time::Duration;

use app::access::Actor;
use app::documents::model::{Audience, Category};
use app::documents::upload;
use app::files::FileName;
use app::ids::DocumentId;
use bytes::Bytes;

use crate::support::{Engine, Line, TestApp, files};

/// Its address.
#[expect(clippy::disallowed_methods, reason = "set by script/test")]
pub fn clamd() -> String {
    std::env::var("TEST_CLAMD").expect("run the tests through script/test, which starts clamd")
}

/// What every scanner takes for a virus (EICAR's test file), put together here so that no scanner takes this source for
/// one.
fn eicar() -> Vec<u8> {
    let parts = [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-", "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"];
    parts.concat().into_bytes()
}

/// A zip of one file, stored as it is, or packed.
fn zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    let packed = packer.finish().unwrap();
    let facts = |out: &mut Vec<u8>| {
        // Version 2.0, no flags, deflate, no time.
        out.extend_from_slice(&[20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0]);
        out.extend_from_slice(&crc.sum().to_le_bytes());
        out.extend_from_slice(&(packed.len() as u32).to_le_bytes());
        out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
        out.extend_from_slice(&(name.len() as u16).to_le_bytes());
        out.extend_from_slice(&[0, 0]);
    };
    let mut out = b"PK\x03\x04".to_vec();
    facts(&mut out);
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(&packed);
    let directory = out.len() as u32;
    out.extend_from_slice(b"PK\x01\x02\x14\0");
    facts(&mut out);
    out.extend_from_slice(&[0; 14]);
    out.extend_from_slice(name.as_bytes());
    let length = out.len() as u32 - directory;
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&directory.to_le_bytes());
    out.extend_from_slice(&[0, 0]);
    out
}

async fn app_with(engine: Engine, scanner: &str) -> TestApp {
    TestApp::with(engine, &[("CLAMD", scanner)], None).await
}

async fn send(app: &TestApp, id: DocumentId, name: &str, bytes: Vec<u8>) {
    let ctx = app.ctx("pm@nordlicht.example").await;
    let granted = upload::grant_version(&ctx, id).await.unwrap();
    let bytes = futures::stream::iter([Ok::<_, std::io::Error>(Bytes::from(bytes))]);
    upload::add_version(&ctx, granted, &FileName::parse(name), bytes).await.unwrap();
}

/// What is known of a version, as the API says it.
async fn known(app: &TestApp, id: DocumentId, number: i64) -> String {
    let token = app.token("pm@nordlicht.example").await;
    let answer = token.get(&format!("/api/v1/documents/{id}/versions/{number}")).await.json();
    answer["scan"].as_str().unwrap().to_owned()
}

/// Every door to the bytes of a version, as its reader and as staff: the statuses, which must all be the same.
async fn doors(app: &TestApp, id: DocumentId, number: i64) -> u16 {
    let mut seen = Vec::new();
    for email in ["ben@acme.example", "pm@nordlicht.example", "admin@nordlicht.example"] {
        let path = format!("/documents/{id}/versions/{number}/content");
        seen.push(app.browser(email).await.get(&path).await.status);
        let token = app.token(email).await;
        let answer = token.get(&format!("/api/v1{path}")).await;
        seen.push(answer.status);
        seen.push(
            token.send(axum::http::Method::GET, &format!("/api/v1{path}"), &[("range", "bytes=0-3")], "").await.status,
        );
    }
    for status in &mut seen {
        // A part of it is it, too.
        if *status == 206 {
            *status = 200;
        }
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:?}");
    seen[0]
}

/// A held version of the document, as the quarantine names it.
async fn held(app: &TestApp, id: DocumentId) -> serde_json::Value {
    let list = app.token("admin@nordlicht.example").await.get("/api/v1/quarantine").await.json();
    let items = list["items"].as_array().unwrap().clone();
    items.into_iter().find(|item| item["document_id"] == id.to_string().as_str()).unwrap_or_default()
}

/// With a scanner on both databases.
macro_rules! scanned {
    ($(async fn $name:ident($app:ident: TestApp) $body:block)*) => {$(
        mod $name {
            use super::*;

            async fn run($app: TestApp) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                run(app_with(Engine::Sqlite, &clamd()).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                run(app_with(Engine::Postgres, &clamd()).await).await;
            }
        }
    )*};
}

scanned! {
    async fn nothing_can_be_read_before_it_is_clean(app: TestApp) {
        let id = app.published("Contract", Category::Contract, Audience::Organisation).await;
        assert_eq!((known(&app, id, 1).await.as_str(), doors(&app, id, 1).await), ("pending", 423));
        let mut ben = app.browser("ben@acme.example").await;
        let page = ben.get(&format!("/documents/{id}")).await;
        assert!(page.words().contains("This file is being checked for viruses"), "{}", page.words());
        assert!(!page.text().contains("/versions/1/content"), "no download is offered");
        assert!(ben.get("/documents").await.words().contains("Being checked"));
        let refused = ben.get(&format!("/documents/{id}/versions/1/content")).await;
        assert!(refused.words().contains("This file is held back"), "{}", refused.words());
        // It stays new to its reader, and nobody can agree to it.
        let approval = crate::approvals::ask(&app, id, &["ben@acme.example"], 1).await.approval.id;
        let agreed = crate::approvals::say(&app, "ben@acme.example", approval, true, "").await;
        assert!(matches!(&agreed, Err(app::error::AppError::Conflict(why)) if why.contains("being checked")), "{agreed:?}");
        assert!(!ben.get(&format!("/documents/{id}")).await.text().contains("/_fn/approvals/decide"));

        app.run_jobs().await;
        assert_eq!((known(&app, id, 1).await.as_str(), doors(&app, id, 1).await), ("clean", 200));
        let page = ben.get("/documents").await.words();
        assert!(page.contains("Opened") || page.contains("New"), "{page}");
        assert!(ben.get(&format!("/documents/{id}")).await.text().contains("/_fn/approvals/decide"));
        crate::approvals::say(&app, "ben@acme.example", approval, true, "").await.unwrap();
    }

    async fn a_virus_is_held_under_any_name_and_in_any_wrapping(app: TestApp) {
        let id = app.published("Specification", Category::Specification, Audience::Organisation).await;
        app.run_jobs().await;
        let inner = zip("harmless.txt", &eicar());
        for (at, (name, bytes)) in [
            ("eicar.com", eicar()),
            ("Zeichnung.pdf", eicar()),
            ("packed.zip", inner.clone()),
            ("twice.docx", zip("inner.zip", &inner)),
        ].into_iter().enumerate() {
            let number = at as i64 + 2;
            send(&app, id, name, bytes).await;
            app.run_jobs().await;
            assert_eq!((known(&app, id, number).await.as_str(), doors(&app, id, number).await), ("infected", 423), "{name}");
        }
        // What was there before is still theirs.
        assert_eq!(doors(&app, id, 1).await, 200);
        let mut ben = app.browser("ben@acme.example").await;
        let page = ben.get(&format!("/documents/{id}")).await.words();
        assert!(page.contains("This file is held back: a virus scanner found something in it."), "{page}");
        assert!(!page.contains("Eicar"), "what was found is for staff");
        let page = app.browser("pm@nordlicht.example").await.get(&format!("/staff/documents/{id}")).await.words();
        assert!(page.contains("Held back: Local.Eicar"), "{page}");
        // Whoever sent it is told, once for each.
        let mails = app.mails_to("pm@nordlicht.example").await;
        let told: Vec<&str> = mails.iter().map(|m| m.subject.as_str()).filter(|s| s.starts_with("Held back")).collect();
        assert_eq!(told.len(), 4, "{told:?}");
        let text = &mails.iter().rfind(|mail| mail.subject.starts_with("Held back")).unwrap().text;
        assert!(text.contains("Local.Eicar"), "{text}");
        // Nobody publishes it or asks about it.
        let ctx = app.ctx("pm@nordlicht.example").await;
        let seen = app::documents::service::Seen::default();
        assert!(app::documents::service::publish(&ctx, id, &seen, Audience::Organisation).await.is_err());
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'quarantine.hold'").await, 4);
    }

    async fn only_an_administrator_releases_and_says_why(app: TestApp) {
        let id = app.published("Tool", Category::Other, Audience::Organisation).await;
        send(&app, id, "tool.zip", zip("tool.txt", &eicar())).await;
        app.run_jobs().await;
        let row = held(&app, id).await;
        let version = row["id"].as_str().unwrap().to_owned();
        assert_eq!((row["scan"].as_str(), row["number"].as_i64()), (Some("infected"), Some(2)));
        let path = format!("/staff/quarantine/{version}");
        for email in ["pm@nordlicht.example", "management@nordlicht.example", "anna@acme.example"] {
            let mut browser = app.browser(email).await;
            assert_eq!(browser.get("/staff/quarantine").await.status, 403, "{email}");
            let answer = browser.post("/_fn/quarantine/release", &[("version", &version), ("scan", "infected"), ("reason", "x")]).await;
            assert_eq!(answer.status, 403, "{email}");
        }
        let mut admin = app.browser("admin@nordlicht.example").await;
        let list = admin.get("/staff/quarantine").await.words();
        assert!(list.contains("tool.zip") && list.contains("The scanner answers: ClamAV"), "{list}");
        let page = admin.get(&path).await.words();
        assert!(page.contains("Local.Eicar") && page.contains("Release the file"), "{page}");
        let silent = admin.post("/_fn/quarantine/release", &[("version", &version), ("scan", "infected"), ("reason", "  ")]).await;
        assert_eq!((silent.status, silent.location()), (303, path.as_str()));
        assert!(admin.follow(&silent).await.words().contains("Say why"));
        assert_eq!(doors(&app, id, 2).await, 423);
        let sent = admin.post("/_fn/quarantine/release", &[("version", &version), ("scan", "infected"), ("reason", "Our own test file, \"agreed\" with IT")]).await;
        assert!(admin.follow(&sent).await.words().contains("is released"));
        assert_eq!((known(&app, id, 2).await.as_str(), doors(&app, id, 2).await), ("released", 200));
        let page = admin.get(&format!("/staff/documents/{id}")).await.words();
        assert!(page.contains("Our own test file, \"agreed\" with IT"), "{page}");
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'quarantine.release'").await, 1);
        // Once more: it is not held any more.
        assert_eq!(admin.get(&path).await.status, 404);
    }

    async fn what_is_too_large_waits_for_somebody_to_decide(app: TestApp) {
        let id = app.published("Film", Category::Other, Audience::Organisation).await;
        // Longer than the StreamMaxLength in script/test.
        send(&app, id, "film.bin", vec![7; 3_000_000]).await;
        app.run_jobs().await;
        assert_eq!((known(&app, id, 2).await.as_str(), doors(&app, id, 2).await), ("too_large", 423));
        let version = held(&app, id).await["id"].as_str().unwrap().to_owned();
        let token = app.token("admin@nordlicht.example").await;
        let again = token.post(&format!("/api/v1/quarantine/{version}/scan"), serde_json::json!({})).await;
        assert_eq!((again.status, known(&app, id, 2).await.as_str()), (202, "pending"));
        app.run_jobs().await;
        assert_eq!(known(&app, id, 2).await, "too_large");
        let release = format!("/api/v1/quarantine/{version}/release");
        // Who decided about something else is told.
        let other = serde_json::json!({"scan": "pending", "reason": "Not checked, but urgent"});
        assert_eq!(token.post(&release, other).await.status, 409);
        assert_eq!(token.post(&release, serde_json::json!({"scan": "too_large", "reason": ""})).await.status, 422);
        assert_eq!(token.post(&release, serde_json::json!({"scan": "too_large", "reason": "Looked at by hand"})).await.status, 204);
        assert_eq!(doors(&app, id, 2).await, 200);
    }

    async fn what_is_packed_deeper_than_the_scanner_looks_is_too_large_and_no_virus(app: TestApp) {
        let id = app.published("Parcel", Category::Other, Audience::Organisation).await;
        // Deeper than clamd's MaxRecursion: it says so because script/test sets AlertExceedsMax.
        let packed = (0..25).fold(eicar(), |inner, _| zip("inner.zip", &inner));
        send(&app, id, "parcel.zip", packed).await;
        app.run_jobs().await;
        assert_eq!((known(&app, id, 2).await.as_str(), doors(&app, id, 2).await), ("too_large", 423));
        let row = held(&app, id).await;
        assert_eq!(row["finding"], serde_json::Value::Null, "{row}");
        let page = app.browser("pm@nordlicht.example").await.get(&format!("/staff/documents/{id}")).await.words();
        assert!(page.contains("Too large to check"), "{page}");
    }

    async fn what_was_released_unchecked_is_held_again_when_something_is_found(app: TestApp) {
        let id = app.published("Urgent", Category::Other, Audience::Organisation).await;
        send(&app, id, "urgent.zip", zip("urgent.txt", &eicar())).await;
        let version = held(&app, id).await["id"].as_str().unwrap().to_owned();
        let token = app.token("admin@nordlicht.example").await;
        let release = serde_json::json!({"scan": "pending", "reason": "Urgent"});
        assert_eq!(token.post(&format!("/api/v1/quarantine/{version}/release"), release).await.status, 204);
        assert_eq!(doors(&app, id, 2).await, 200);
        // The customer is not told that nobody had looked at it, nor what was found.
        let told = app.token("ben@acme.example").await.get(&format!("/api/v1/documents/{id}/versions/2")).await.json();
        assert_eq!((told["scan"].as_str(), &told["finding"]), (Some("clean"), &serde_json::Value::Null));
        app.run_jobs().await;
        assert_eq!((known(&app, id, 2).await.as_str(), doors(&app, id, 2).await), ("infected", 423));
        let told = app.token("ben@acme.example").await.get(&format!("/api/v1/documents/{id}/versions/2")).await.json();
        assert_eq!((told["scan"].as_str(), &told["finding"]), (Some("infected"), &serde_json::Value::Null));
        let mails = app.mails_to("pm@nordlicht.example").await;
        assert!(mails.iter().any(|mail| mail.subject == "Held back: urgent.zip"));
    }

    async fn a_file_that_cannot_be_read_keeps_no_other_from_being_checked(app: TestApp) {
        let lost = app.published("Lost", Category::Other, Audience::Organisation).await;
        let other = app.published("Other", Category::Other, Audience::Organisation).await;
        app.sql("UPDATE document_versions SET scan = 'not_scanned'").await;
        app.sql("DELETE FROM jobs").await;
        let keys = app.sql("SELECT v.store_key FROM document_versions v JOIN documents d ON d.id = v.document_id WHERE d.title = 'Lost'").await;
        std::fs::remove_file(app.dir.path().join("files").join(&keys[0][0])).unwrap();
        let operator = app.state.ctx(Actor::operator(), "test");
        app::jobs::prepare(&operator).await.unwrap();
        app.run_jobs().await;
        assert_eq!(known(&app, other, 1).await, "clean");
        assert_eq!((known(&app, lost, 1).await.as_str(), held(&app, lost).await["scan"].as_str()), ("pending", Some("pending")));
    }

    async fn other_bytes_than_were_uploaded_are_never_clean(app: TestApp) {
        let id = app.published("Minutes", Category::Minutes, Audience::Organisation).await;
        let key = app.sql("SELECT store_key FROM document_versions").await[0][0].clone();
        std::fs::write(app.dir.path().join("files").join(key), files::pdf("something else")).unwrap();
        app.run_jobs().await;
        assert_eq!((known(&app, id, 1).await.as_str(), doors(&app, id, 1).await), ("pending", 423));
        let error = app.sql("SELECT last_error FROM jobs WHERE kind = 'versions.scan'").await[0][0].clone();
        assert!(error.contains("differ"), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_scanner_that_is_away_keeps_files_waiting_and_loses_none() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let line = Line::to(clamd().trim_start_matches("tcp://").to_owned()).await;
        let app = app_with(engine, &format!("tcp://{}", line.addr)).await;
        line.cut();
        let id = app.published("Contract", Category::Contract, Audience::Organisation).await;
        app.run_jobs().await;
        assert_eq!((known(&app, id, 1).await.as_str(), doors(&app, id, 1).await), ("pending", 423));
        let page = app.browser("admin@nordlicht.example").await.get("/staff/quarantine").await.words();
        assert!(page.contains("The virus scanner does not answer") && page.contains("file.pdf"), "{page}");
        line.mend();
        app.advance(Duration::from_secs(24 * 3600));
        app.run_jobs().await;
        assert_eq!((known(&app, id, 1).await.as_str(), doors(&app, id, 1).await), ("clean", 200));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_before_the_scanner_is_looked_at_first_and_without_one_again_readable() {
    let app = TestApp::new(Engine::Sqlite).await;
    let id = app.published("Old contract", Category::Contract, Audience::Organisation).await;
    assert_eq!((known(&app, id, 1).await.as_str(), doors(&app, id, 1).await), ("not_scanned", 200));
    // Staff see that nobody looked at it; a customer can do nothing about that.
    let page = app.browser("pm@nordlicht.example").await.get(&format!("/staff/documents/{id}")).await.words();
    assert!(page.contains("Not checked"), "{page}");
    let page = app.browser("ben@acme.example").await.get(&format!("/documents/{id}")).await.words();
    assert!(!page.contains("Not checked"), "{page}");
    let url = format!("sqlite:{}", app.dir.path().join("kontor.sqlite").display());
    let (clock, files) = (app.clock.clone(), app.state.files.clone());
    let open = async |settings: &[(&str, &str)]| {
        let mut pairs = vec![
            ("DATA_DIR".to_owned(), app.dir.path().display().to_string()),
            ("DATABASE_URL".to_owned(), url.clone()),
            ("SECRET_KEY".to_owned(), crate::support::SECRET_KEY.to_owned()),
        ];
        pairs.extend(settings.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
        let config = server::config::Config::parse(pairs, "").unwrap();
        server::state::AppState::with(config, app.db().clone(), files.clone(), clock.clone()).await.unwrap()
    };
    let with = open(&[("CLAMD", &clamd())]).await;
    let ctx = with.ctx(Actor::operator(), "test");
    let reads = async |state: &server::state::AppState| {
        let router = server::router::router(state.clone(), None);
        let secret = app.token("ben@acme.example").await.secret;
        crate::support::Token::new(router, secret)
            .get(&format!("/api/v1/documents/{id}/versions/1/content"))
            .await
            .status
    };
    assert_eq!(reads(&with).await, 423);
    // A start with a scanner has everything looked at.
    app::jobs::prepare(&ctx).await.unwrap();
    with.worker().drain().await.unwrap();
    assert_eq!((known(&app, id, 1).await.as_str(), reads(&with).await), ("clean", 200));

    // What still waited when the scanner was taken away does not wait for ever.
    app.sql("UPDATE document_versions SET scan = 'pending'").await;
    app::jobs::prepare(&app.state.ctx(Actor::operator(), "test")).await.unwrap();
    app.advance(Duration::from_secs(2 * 3600));
    app::jobs::tick(&app.state.ctx(Actor::operator(), "test")).await.unwrap();
    app.run_jobs().await;
    assert_eq!((known(&app, id, 1).await.as_str(), doors(&app, id, 1).await), ("not_scanned", 200));
}
