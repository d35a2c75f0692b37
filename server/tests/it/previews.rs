//! Previews in the page: for whoever may download, made once, kept as safe as the file, and gone with it.

use std::time::Duration;

use app::access::Actor;
use app::documents::model::{Audience, Category};
use app::ids::DocumentId;
use app::retention::model::Rule;
use app::secrets::Secrets;
use axum::http::Method;
use serde_json::Value;

use crate::scan::clamd;
use crate::support::{Engine, TestApp, both, files};

pub const CII: &str = include_str!("../../../preview/tests/invoice.cii.xml");
const UBL: &str = include_str!("../../../preview/tests/invoice.ubl.xml");

/// A document that everybody at ACME reads, with this file as its second version, and its preview made.
pub async fn shown(app: &TestApp, name: &str, bytes: Vec<u8>) -> DocumentId {
    let id = app.published(name, Category::Minutes, Audience::Organisation).await;
    let token = app.token("pm@nordlicht.example").await;
    assert_eq!(token.put_file(&id.to_string(), name, bytes).await.status, 201);
    app.run_jobs().await;
    id
}

pub async fn told(app: &TestApp, id: DocumentId, number: i64) -> Value {
    let token = app.token("ben@acme.example").await;
    token.get(&format!("/api/v1/documents/{id}/versions/{number}/preview")).await.json()
}

async fn looks(app: &TestApp) -> i64 {
    app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'document.preview'").await
}

both! {
    async fn pages_of_a_pdf_are_images_in_the_page_of_whoever_may_read_it(app: TestApp) {
        let id = app.published("Paper", Category::Minutes, Audience::Organisation).await;
        let token = app.token("pm@nordlicht.example").await;
        token.put_file(&id.to_string(), "paper.pdf", files::paper(&["First <page>", "Second page"], None)).await;
        let mut ben = app.browser("ben@acme.example").await;
        let path = format!("/documents/{id}");
        assert!(ben.get(&path).await.words().contains("The preview is being prepared"));
        assert_eq!(told(&app, id, 2).await["state"], "pending");
        app.run_jobs().await;
        let page = ben.get(&path).await.text();
        let image = format!("/documents/{id}/versions/2/preview/2");
        assert!(page.contains(&format!("src=\"{image}\"")) && page.contains("alt=\"Page 2 of 2\""), "{page}");
        assert!(page.contains("width=\"1200\"") && page.contains("loading=\"lazy\""), "{page}");
        // For whoever does not see images; nothing of it is markup.
        assert!(page.contains("First &lt;page&gt;") && !page.contains("First <page>"), "{page}");
        let answer = ben.get(&image).await;
        assert_eq!((answer.status, answer.header("content-type"), answer.header("cache-control")), (200, "image/png", "private, max-age=600"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("content-security-policy").contains("sandbox") && answer.body.starts_with(b"\x89PNG"));
        let etag = answer.header("etag").to_owned();
        let ben_token = app.token("ben@acme.example").await;
        let kept = ben_token.send(Method::GET, &format!("/api/v1{image}"), &[("if-none-match", &etag)], "").await;
        assert_eq!((kept.status, kept.body.len()), (304, 0));
        // An older version by its number, and staff on their page.
        let older = ben.get(&format!("{path}?version=1")).await.text();
        assert!(older.contains("Preview of version 1") && older.contains("/versions/1/preview/1"), "{older}");
        let staff = app.browser("pm@nordlicht.example").await.get(&format!("/staff/documents/{id}")).await.text();
        assert!(staff.contains(&image), "{staff}");
        let json = told(&app, id, 2).await;
        assert_eq!((&json["kind"], &json["pages"], &json["images"][1]["width"]), (&"pdf".into(), &2.into(), &1200.into()));
        // Nobody else; and no page that is not there.
        for (who, page) in [("carla@borealis.example", image.clone()), ("ben@acme.example", format!("/documents/{id}/versions/2/preview/3")), ("ben@acme.example", format!("/documents/{id}/versions/3/preview/1"))] {
            assert_eq!(app.browser(who).await.get(&page).await.status, 404, "{who} {page}");
        }
        assert_eq!(ben.get(&format!("{path}?version=9")).await.status, 404);
        assert_eq!(app.visitor().get(&image).await.status, 303);
    }

    async fn looking_is_on_record_once_a_day_for_each_person_and_version(app: TestApp) {
        let id = shown(&app, "paper.pdf", files::paper(&["One", "Two"], None)).await;
        let mut ben = app.browser("ben@acme.example").await;
        for page in [format!("/documents/{id}"), format!("/documents/{id}/versions/2/preview/1"), format!("/documents/{id}/versions/2/preview/2")] {
            assert_eq!(ben.get(&page).await.status, 200);
        }
        told(&app, id, 2).await;
        assert_eq!(looks(&app).await, 1);
        app.browser("anna@acme.example").await.get(&format!("/documents/{id}")).await;
        ben.get(&format!("/documents/{id}?version=1")).await;
        assert_eq!(looks(&app).await, 3);
        app.advance(Duration::from_secs(24 * 3600));
        let mut ben = app.browser("ben@acme.example").await;
        ben.get(&format!("/documents/{id}/versions/2/preview/1")).await;
        ben.get(&format!("/documents/{id}/versions/2/preview/2")).await;
        assert_eq!(looks(&app).await, 4);
        // Only looking, by a program too, is seeing it.
        let fresh = shown(&app, "other.txt", b"Read me".to_vec()).await;
        told(&app, fresh, 2).await;
        let read = app.sql("SELECT CAST(r.version AS TEXT) FROM document_reads r JOIN documents d ON d.id = r.document_id WHERE d.title = 'other.txt'").await;
        assert_eq!(read, [["2".to_owned()]]);
    }

    async fn text_office_files_and_images_are_shown(app: TestApp) {
        let id = shown(&app, "list.csv", b"Pr\xfcfung;<b>12</b>\r\n".to_vec()).await;
        let page = app.browser("ben@acme.example").await.get(&format!("/documents/{id}")).await.text();
        assert!(page.contains("<pre class=\"excerpt\">") && page.contains("Prüfung;&lt;b&gt;12&lt;/b&gt;"), "{page}");
        let docx = r#"<w:document xmlns:w="w"><w:p><w:r><w:t>An offer for you</w:t></w:r></w:p></w:document>"#;
        let docx = files::zip(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", docx)]);
        let odt = r#"<office:document-content xmlns:office="o" xmlns:text="t"><text:p>An offer for you</text:p></office:document-content>"#;
        let odt = files::zip(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", odt)]);
        for (name, bytes) in [("offer.docx", docx), ("offer.odt", odt)] {
            let id = shown(&app, name, bytes).await;
            let json = told(&app, id, 2).await;
            assert_eq!((&json["kind"], &json["text"]), (&"office".into(), &"An offer for you".into()), "{name}");
        }
        let text = app.sql("SELECT p.text FROM version_previews p JOIN documents d ON d.id = p.document_id WHERE d.title = 'offer.docx' AND p.number = 2 AND p.state = 'ready'").await;
        assert_eq!(text[0][0], "An offer for you", "for the search");
        let png = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../public/icon-192.png")).unwrap();
        let id = shown(&app, "icon.png", png).await;
        assert_eq!(told(&app, id, 2).await["images"][0], serde_json::json!({ "page": 1, "width": 192, "height": 192 }));
        let id = shown(&app, "what.bin", vec![0, 1, 2, 3, 4]).await;
        let page = app.browser("ben@acme.example").await.get(&format!("/documents/{id}")).await.words();
        assert!(page.contains("Files of this kind cannot be shown here"), "{page}");
    }

    async fn an_electronic_invoice_is_a_readable_summary(app: TestApp) {
        let papers = [("r.cii.xml", CII.into()), ("r.ubl.xml", UBL.into()), ("r.pdf", files::paper(&["Invoice"], Some(CII)))];
        for (name, bytes) in papers {
            let id = shown(&app, name, bytes).await;
            let page = app.browser("ben@acme.example").await.get(&format!("/documents/{id}")).await.words();
            for words in ["Electronic invoice", "R-2026/118", "Nordlicht GmbH", "ACME & Söhne KG", "297.50 EUR", "6 Dec 2026", "DE89 3704 0044 0532 0130 00", "Inspection", "2 h"] {
                assert!(page.contains(words), "{name}: {words} in {page}");
            }
            let json = told(&app, id, 2).await;
            assert_eq!((&json["invoice"]["gross"], &json["invoice"]["line_count"]), (&"297.50".into(), &2.into()), "{name}");
        }
    }

    async fn previews_of_what_came_before_are_made_at_night_or_at_the_first_look(app: TestApp) {
        let old = app.published("Old", Category::Minutes, Audience::Organisation).await;
        app.sql("DELETE FROM jobs").await;
        let operator = app.state.ctx(Actor::operator(), "test");
        app::jobs::prepare(&operator).await.unwrap();
        app.advance(Duration::from_secs(24 * 3600));
        app::jobs::tick(&operator).await.unwrap();
        app.run_jobs().await;
        assert_eq!(told(&app, old, 1).await["state"], "ready");
        // From a version that knew nothing of previews.
        let older = app.published("Older", Category::Minutes, Audience::Organisation).await;
        app.sql("DELETE FROM jobs").await;
        app.sql("DELETE FROM version_previews WHERE state = 'pending'").await;
        for _ in 0..3 {
            assert_eq!(told(&app, older, 1).await["state"], "pending");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM jobs WHERE kind = 'versions.preview'").await, 1);
        app.run_jobs().await;
        assert_eq!(told(&app, older, 1).await["state"], "ready");
    }

    async fn a_preview_goes_with_its_document_and_leaves_nothing_in_the_store(app: TestApp) {
        let id = shown(&app, "paper.pdf", files::paper(&["One"], None)).await;
        told(&app, id, 2).await;
        let keys: Vec<String> = app.sql("SELECT store_key FROM version_previews WHERE store_key IS NOT NULL").await.into_iter().flatten().collect();
        assert_eq!(keys.len(), 2);
        // The sweeper leaves alone what has its row.
        let operator = app.state.ctx(Actor::operator(), "test");
        app::documents::upload::sweep(&operator, app.clock.now().plus(Duration::from_secs(1))).await.unwrap();
        assert!(operator.files.exists(&keys[0]).await.unwrap());
        let admin = app.ctx("admin@nordlicht.example").await;
        let rule = Rule { category: Category::Minutes, keep_days: Some(30), least_days: 0 };
        app::retention::service::set_rules(&admin, &[rule], None).await.unwrap();
        app.advance(Duration::from_secs(40 * 24 * 3600));
        assert_eq!(app::retention::service::run(&app.ctx("admin@nordlicht.example").await).await.unwrap().documents, 1);
        for key in keys {
            assert!(!operator.files.exists(&key).await.unwrap(), "{key}");
        }
        for table in ["version_previews", "preview_views", "pending_uploads"] {
            assert_eq!(app.count(&format!("SELECT COUNT(*) FROM {table}")).await, 0, "{table}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn before_the_scanner_has_found_it_clean_there_is_no_preview() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = TestApp::with(engine, &[("CLAMD", &clamd())], None).await;
        let id = app.published("Contract", Category::Contract, Audience::Organisation).await;
        let image = format!("/documents/{id}/versions/1/preview/1");
        let mut ben = app.browser("ben@acme.example").await;
        assert_eq!(app.count("SELECT COUNT(*) FROM jobs WHERE kind = 'versions.preview'").await, 0);
        assert_eq!(ben.get(&image).await.status, 423);
        assert!(!ben.get(&format!("/documents/{id}")).await.text().contains("id=\"preview\""));
        app.run_jobs().await;
        assert_eq!(ben.get(&image).await.status, 200);
        // What is found to be infected later is held at once, preview and all.
        app.sql("UPDATE document_versions SET scan = 'infected'").await;
        assert_eq!(ben.get(&image).await.status, 423);
        assert!(!ben.get(&format!("/documents/{id}")).await.text().contains("id=\"preview\""));
        let json = app.token("ben@acme.example").await.get(&format!("/api/v1/documents/{id}/versions/1/preview")).await;
        assert_eq!(json.status, 423);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn images_are_sealed_with_a_key_of_their_own_and_follow_the_installation_s() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = TestApp::with(engine, &[("ENCRYPT_FILES", "yes")], None).await;
        let id = shown(&app, "paper.pdf", files::paper(&["One", "Two"], None)).await;
        let image = format!("/documents/{id}/versions/2/preview/2");
        let answer = app.browser("ben@acme.example").await.get(&image).await;
        assert!(answer.status == 200 && answer.body.starts_with(b"\x89PNG"));
        let key = app.sql("SELECT store_key FROM version_previews WHERE number = 2").await[0][0].clone();
        let stored = std::fs::read(app.dir.path().join("files").join(key)).unwrap();
        assert!(!stored.windows(4).any(|window| window == b"\x89PNG"));
        let operator = app.state.ctx(Actor::operator(), "test");
        let counts = app::keys::rotate(&operator, &app.state.portal.secrets, &Secrets::generate()).await.unwrap();
        assert_eq!(counts.iter().find(|(kind, _)| *kind == "previews").unwrap().1, 2);
        assert_ne!(app.browser("ben@acme.example").await.get(&image).await.status, 200, "not with the old key");
    }
}
