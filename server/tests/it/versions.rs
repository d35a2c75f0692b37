//! Versions: what is said of them, comparing them, bringing one back; and the history of a document.

use app::documents::model::{Audience, Category};
use app::documents::service;
use app::documents::upload;
use app::ids::DocumentId;

use crate::approvals::{ask, rounds, say};
use crate::support::{TestApp, both, files};

async fn two_versions(app: &TestApp) -> DocumentId {
    let id = app.published("Drawing", Category::Specification, Audience::Organisation).await;
    let mut pm = app.browser("pm@nordlicht.example").await;
    let path = format!("/staff/documents/{id}/versions");
    let sent =
        pm.upload(&path, &[("note", "New flange, \"DN 80\" on page 2")], "drawing-b.pdf", &files::pdf("second")).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    id
}

both! {
    async fn a_note_says_what_is_new_and_two_versions_can_be_compared(app: TestApp) {
        let id = two_versions(&app).await;
        for (email, page) in [("ben@acme.example", format!("/documents/{id}")), ("pm@nordlicht.example", format!("/staff/documents/{id}"))] {
            let words = app.browser(email).await.get(&page).await.words();
            assert!(words.contains("New flange, \"DN 80\" on page 2"), "{email}: {words}");
        }
        let mut ben = app.browser("ben@acme.example").await;
        let words = ben.get(&format!("/documents/{id}/compare")).await.words();
        for part in ["Version 1", "Version 2", "file.pdf", "drawing-b.pdf", "New flange", "different", "the same"] {
            assert!(words.contains(part), "{part} in {words}");
        }
        assert_eq!(ben.get(&format!("/documents/{id}/compare?from=1&to=9")).await.status, 404);
        assert_eq!(app.browser("carla@borealis.example").await.get(&format!("/documents/{id}/compare")).await.status, 404);
        // A note that is too long loses nothing that was typed.
        let mut pm = app.browser("pm@nordlicht.example").await;
        let long = "x".repeat(501);
        let sent = pm.upload(&format!("/staff/documents/{id}/versions"), &[("note", &long)], "c.pdf", &files::pdf("third")).await;
        let back = pm.follow(&sent).await;
        assert_eq!(back.field("note"), long);
        assert_eq!(app.count("SELECT COUNT(*) FROM document_versions").await, 2);
    }

    async fn an_older_version_comes_back_as_the_newest(app: TestApp) {
        let id = two_versions(&app).await;
        let first = app.token("ben@acme.example").await.get(&format!("/api/v1/documents/{id}/versions/1/content")).await.body;
        let mut pm = app.browser("pm@nordlicht.example").await;
        let page = pm.get(&format!("/staff/documents/{id}")).await;
        let revision = page.field("revision");
        let restore = format!("/staff/documents/{id}/restore");
        // Who looked at an older state of it is told, and nothing is brought back.
        let stale = pm.post(&restore, &[("revision", "1"), ("number", "1")]).await;
        assert!(pm.follow(&stale).await.words().contains("Somebody changed this document"));
        let sent = pm.post(&restore, &[("revision", &revision), ("number", "1")]).await;
        let words = pm.follow(&sent).await.words();
        assert!(words.contains("Version 1 is back, as version 3") && words.contains("Brings back version 1"), "{words}");
        let token = app.token("ben@acme.example").await;
        assert_eq!(token.get(&format!("/api/v1/documents/{id}/versions/3/content")).await.body, first);
        let version = token.get(&format!("/api/v1/documents/{id}/versions/3")).await.json();
        assert_eq!((version["restored_from"].as_i64(), version["file_name"].as_str()), (Some(1), Some("file.pdf")));
        // The current one is there already; and readers bring nothing back.
        let token = app.token("pm@nordlicht.example").await;
        let path = |number: i64| format!("/api/v1/documents/{id}/versions/{number}/restore");
        assert_eq!(token.post(&path(3), serde_json::json!({})).await.status, 409);
        assert_eq!(token.post(&path(7), serde_json::json!({})).await.status, 404);
        assert_eq!(app.token("anna@acme.example").await.post(&path(2), serde_json::json!({})).await.status, 403);
        // The same key twice brings it back once.
        for _ in 0..2 {
            let answer = token.post_with(&path(2), serde_json::json!({}), &[("idempotency-key", "once")]).await;
            assert_eq!((answer.status, answer.json()["number"].as_i64()), (201, Some(4)));
        }
    }

    async fn bringing_back_asks_for_approval_again(app: TestApp) {
        let id = app.published("Contract", Category::Contract, Audience::Organisation).await;
        let approval = ask(&app, id, &["ben@acme.example"], 1).await.approval.id;
        say(&app, "ben@acme.example", approval, true, "").await.unwrap();
        crate::approvals::add_version(&app, id).await;
        let ctx = app.ctx("pm@nordlicht.example").await;
        upload::restore(&ctx, id, 1, &service::Seen::default()).await.unwrap();
        let open = rounds(&app, id).await.remove(0).approval;
        assert_eq!((open.version, open.state.name()), (3, "open"));
    }

    async fn the_store_returning_other_bytes_brings_nothing_back(app: TestApp) {
        let id = two_versions(&app).await;
        let key = app.sql("SELECT store_key FROM document_versions WHERE number = 1").await[0][0].clone();
        std::fs::write(app.dir.path().join("files").join(key), b"%PDF-1.4 something else").unwrap();
        let ctx = app.ctx("pm@nordlicht.example").await;
        let refused = upload::restore(&ctx, id, 1, &service::Seen::default()).await;
        assert!(matches!(refused, Err(app::error::AppError::Unavailable)), "{refused:?}");
        assert_eq!(app.count("SELECT COUNT(*) FROM document_versions").await, 2);
    }

    async fn the_history_tells_staff_everything_and_customers_what_concerns_them(app: TestApp) {
        let id = two_versions(&app).await;
        app.token("ben@acme.example").await.get(&format!("/api/v1/documents/{id}/versions/2/content")).await;
        app.token("pm@nordlicht.example").await.get(&format!("/api/v1/documents/{id}/versions/1/content")).await;
        let ctx = app.ctx("pm@nordlicht.example").await;
        app::retention::service::hold(&ctx, id, Some("A lawsuit")).await.unwrap();
        let path = format!("/documents/{id}/history");
        let staff = app.browser("pm@nordlicht.example").await.get(&path).await.words();
        for part in ["Document published", "Document held", "Ben Brandt", "Version 2", "to the organisation"] {
            assert!(staff.contains(part), "{part} in {staff}");
        }
        let mut anna = app.browser("anna@acme.example").await;
        let own = anna.get(&path).await.words();
        assert!(own.contains("Document published") && own.contains("Ben Brandt"), "{own}");
        assert!(!own.contains("Document held") && !own.contains("Draft"), "what is internal stays so: {own}");
        let downloads = anna.get(&format!("{path}?only=downloads")).await.words();
        assert!(downloads.contains("Ben Brandt") && !downloads.contains("Document published"), "{downloads}");
        // Only who may see who can read it: not a colleague, not another customer.
        assert_eq!(app.browser("ben@acme.example").await.get(&path).await.status, 403);
        assert_eq!(app.browser("carla@borealis.example").await.get(&path).await.status, 404);
        // Page by page through the API, each event once.
        let token = app.token("pm@nordlicht.example").await;
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let answer = token.get(&format!("/api/v1/documents/{id}/history?limit=2{cursor}")).await.json();
            seen.extend(answer["items"].as_array().unwrap().iter().map(|item| item["sequence"].as_i64().unwrap()));
            match answer["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert!(seen.len() >= 6 && seen.windows(2).all(|pair| pair[0] > pair[1]), "{seen:?}");
    }
}
