//! The rules of categories: what is taken, who publishes, what is offered.

use app::access::StaffRole;
use app::categories::file_kind::FileKind;
use app::categories::model::{Approval, Rules};
use app::categories::service;
use app::documents::model::{Audience, Category};

use crate::support::{TestApp, both, files};

async fn set(app: &TestApp, rules: Rules) {
    service::set(&app.ctx("admin@nordlicht.example").await, &rules, None).await.unwrap();
}

both! {
    async fn what_a_category_does_not_take_is_refused_by_content_and_nothing_stays(app: TestApp) {
        set(&app, Rules { kinds: vec![FileKind::Pdf], size_limit: Some(1_000_000), ..Rules::new(Category::Contract) }).await;
        let id = app.draft("Contract", Category::Contract).await;
        let mut pm = app.browser("pm@nordlicht.example").await;
        let path = format!("/staff/documents/{id}/versions");
        let page = pm.get(&format!("/staff/documents/{id}")).await.words();
        assert!(page.contains("PDF, up to 1.0 MB"), "{page}");
        for (name, bytes, why) in [
            ("contract.pdf", b"just words".to_vec(), "does not take this kind of file (Plain text). It takes: PDF."),
            ("contract.pdf", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0".to_vec(), "This is a program."),
            ("contract.pdf", [files::pdf("x"), vec![b'x'; 1_000_000]].concat(), "larger than 1.0 MB"),
        ] {
            let sent = pm.upload(&path, &[("note", "typed")], name, &bytes).await;
            let back = pm.follow(&sent).await;
            assert!(back.words().contains(why), "{why}: {}", back.words());
            assert_eq!(back.field("note"), "typed");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM document_versions").await, 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM pending_uploads").await, 0);
        // A new document as well, and over the API, where a longer file is broken off.
        let token = app.token("pm@nordlicht.example").await;
        assert_eq!(token.put_file(&id.to_string(), "x.pdf", b"words".to_vec()).await.status, 422);
        assert_eq!(token.put_file(&id.to_string(), "x.pdf", [files::pdf("x"), vec![b'x'; 1_000_000]].concat()).await.status, 413);
        let acme = app.organisation("acme").to_string();
        let fields = [("organisation_id", acme.as_str()), ("category", "contract"), ("title", "Kept title")];
        let sent = pm.upload("/staff/documents", &fields, "c.pdf", b"just words").await;
        let back = pm.follow(&sent).await;
        assert!(back.words().contains("does not take this kind of file") && back.field("title") == "Kept title");
        // Other categories take what they always took; programs nowhere.
        let other = app.draft("Notes", Category::Minutes).await.to_string();
        assert_eq!(token.put_file(&other, "n.txt", b"words".to_vec()).await.status, 201);
        assert_eq!(token.put_file(&other, "n.txt", b"#!/bin/sh\nrm -rf /\n".to_vec()).await.status, 422);
        assert_eq!(token.put_file(&id.to_string(), "x.pdf", files::pdf("y")).await.status, 201);
    }

    async fn who_publishes_is_narrowed_never_widened(app: TestApp) {
        set(&app, Rules { publishers: vec![StaffRole::Sales], ..Rules::new(Category::Contract) }).await;
        let id = app.draft("Contract", Category::Contract).await;
        let mut pm = app.browser("pm@nordlicht.example").await;
        let page = pm.get(&format!("/staff/documents/{id}")).await;
        assert!(!page.text().contains(&format!("/staff/documents/{id}/publish")), "not offered");
        assert_eq!(pm.get(&format!("/staff/documents/{id}/publish")).await.status, 403);
        let audience = serde_json::json!({"audience": {"organisation": true}});
        let publish = format!("/api/v1/documents/{id}/publish");
        assert_eq!(app.token("pm@nordlicht.example").await.post(&publish, audience.clone()).await.status, 403);
        // Sales is named, and still may not: the policy says so.
        let status = app.token("sales@nordlicht.example").await.post(&publish, audience.clone()).await.status;
        assert!(status == 403 || status == 404, "{status}");
        assert_eq!(app.token("admin@nordlicht.example").await.post(&publish, audience).await.status, 200);
    }

    async fn no_way_round_who_publishes_and_what_is_taken(app: TestApp) {
        let published = app.published("Contract", Category::Contract, Audience::Organisation).await;
        let other = app.published("Notes", Category::Minutes, Audience::Organisation).await;
        let draft = app.draft("Draft", Category::Minutes).await;
        let rules = Rules { publishers: vec![StaffRole::Sales], kinds: vec![FileKind::Image], ..Rules::new(Category::Contract) };
        set(&app, rules).await;
        let token = app.token("pm@nordlicht.example").await;
        let png = b"\x89PNG\r\n\x1a\n....".to_vec();
        // A version of what is published would be published at once.
        assert_eq!(token.put_file(&published.to_string(), "x.png", png.clone()).await.status, 403);
        assert_eq!(token.put_file(&other.to_string(), "x.png", png).await.status, 201);
        let mut pm = app.browser("pm@nordlicht.example").await;
        assert!(!pm.get(&format!("/staff/documents/{published}")).await.text().contains("Upload new version"));
        // Nor does what is published move in; nor a file that is not taken there.
        let body = |id: app::ids::DocumentId| serde_json::json!({"documents": [{"id": id.to_string()}], "category": "contract"});
        assert_eq!(token.post("/api/v1/documents/move", body(other)).await.status, 422);
        let why = token.post("/api/v1/documents/move", body(draft)).await;
        assert!(why.status == 422 && why.text().contains("It takes: Pictures"), "{}", why.text());
        assert_eq!(app.token("admin@nordlicht.example").await.post("/api/v1/documents/move", body(other)).await.status, 200);
    }

    async fn what_a_category_offers_stands_first_when_publishing_and_asking(app: TestApp) {
        let rules = Rules { audience: "people", approval: Approval::Admins, approval_days: 5, ..Rules::new(Category::Contract) };
        set(&app, rules).await;
        let id = app.draft("Contract", Category::Contract).await;
        let mut pm = app.browser("pm@nordlicht.example").await;
        let page = pm.get(&format!("/staff/documents/{id}/publish")).await.text();
        let chosen = |value: &str| page.split('<').any(|tag| tag.contains("type=\"radio\"") && tag.contains(&format!("value=\"{value}\"")) && tag.contains("checked"));
        assert!(chosen("people") && !chosen("organisation"), "{page}");
        let ctx = app.ctx("pm@nordlicht.example").await;
        app::documents::service::publish(&ctx, id, &app::documents::service::Seen::default(), Audience::Organisation).await.unwrap();
        let page = pm.get(&format!("/staff/documents/{id}/approval")).await;
        let text = page.text();
        let chosen = |value: &str| text.split('<').any(|tag| tag.contains("type=\"radio\"") && tag.contains(&format!("value=\"{value}\"")) && tag.contains("checked"));
        assert!(chosen("admin") && chosen("any"), "{text}");
        assert_eq!(page.field("due"), "2026-11-26");
    }

    async fn a_category_can_ask_one_after_the_other_by_role_and_by_number(app: TestApp) {
        let mut admin = app.browser("admin@nordlicht.example").await;
        let seen = admin.get("/staff/categories/contract").await.field("seen");
        let form = |count: &'static str| {
            vec![
                ("category", "contract".to_owned()), ("seen", seen.clone()), ("kinds[0]", "pdf".to_owned()), ("audience", "organisation".to_owned()),
                ("approval", "steps".to_owned()), ("step_who", "people".to_owned()), ("step_rule", "count".to_owned()), ("step_needed", count.to_owned()),
                // The second step is left out: what stands in the third comes second.
                ("step_who3", "admin".to_owned()), ("step_rule3", "any".to_owned()), ("approval_days", "10".to_owned()),
            ]
        };
        let send = async |browser: &mut crate::support::Browser, fields: Vec<(&'static str, String)>| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let sent = browser.post("/_fn/categories/save", &fields).await;
            browser.follow(&sent).await
        };
        let back = send(&mut admin, form("many")).await;
        assert!(back.words().contains("Enter a number from 1 to 100") && back.field("step_needed") == "many", "{}", back.words());
        let mut nobody = form("2");
        nobody.retain(|(name, _)| !name.starts_with("step_who"));
        assert!(send(&mut admin, nobody).await.words().contains("Say who decides in the first step."));
        let saved = send(&mut admin, form("2")).await.words();
        assert!(saved.contains("1. People chosen when asking (at least 2), 2. Everybody with the role"), "{saved}");
        // Whoever asks begins with it, and what they choose is theirs.
        let id = app.published("Contract", Category::Contract, Audience::Organisation).await;
        let page = app.browser("pm@nordlicht.example").await.get(&format!("/staff/documents/{id}/approval")).await;
        let text = page.text();
        let chosen = |name: &str, value: &str| text.split('<').any(|tag| tag.contains(&format!("name=\"{name}\"")) && tag.contains(&format!("value=\"{value}\"")) && tag.contains("checked"));
        assert!(chosen("who", "people") && chosen("rule", "count") && page.field("needed") == "2", "{text}");
        assert!(chosen("who2", "admin") && chosen("rule2", "any") && chosen("who3", ""), "{text}");
        // Programs read and set the same.
        let token = app.token("admin@nordlicht.example").await;
        let rules = token.get("/api/v1/categories/contract").await;
        let steps = serde_json::json!([{"who": "people", "needed": 2}, {"who": "admin", "needed": 1}]);
        assert_eq!((rules.json()["approval"].as_str(), &rules.json()["approval_steps"]), (Some("steps"), &steps));
        let put = async |body: serde_json::Value| token.send(axum::http::Method::PUT, "/api/v1/categories/contract", &[("content-type", "application/json"), ("if-match", "*")], body.to_string()).await;
        let body = |approval: &str, steps: serde_json::Value| serde_json::json!({"kinds": ["pdf"], "audience": "organisation", "approval": approval, "approval_steps": steps, "approval_days": 5});
        let four = serde_json::json!([{"who": "people"}, {"who": "admin"}, {"who": "member"}, {"who": "partner"}]);
        for (approval, steps) in [("steps", serde_json::json!([])), ("steps", four), ("steps", serde_json::json!([{"who": "people", "needed": 0}])), ("all", steps)] {
            assert_eq!(put(body(approval, steps)).await.status, 422, "{approval}");
        }
        let set = put(body("steps", serde_json::json!([{"who": "member"}]))).await;
        assert_eq!((set.status, &set.json()["approval_steps"]), (200, &serde_json::json!([{"who": "member", "needed": null}])));
    }

    async fn the_page_saves_says_what_is_wrong_and_tells_the_second(app: TestApp) {
        let mut admin = app.browser("admin@nordlicht.example").await;
        let page = admin.get("/staff/categories/contract").await;
        let seen = page.field("seen");
        let form = |kinds: &'static str, size: &'static str, seen: &str| {
            vec![
                ("category".to_owned(), "contract".to_owned()), ("seen".to_owned(), seen.to_owned()),
                ("kinds[0]".to_owned(), kinds.to_owned()), ("size".to_owned(), size.to_owned()),
                ("audience".to_owned(), "organisation".to_owned()), ("approval".to_owned(), "any".to_owned()),
                ("approval_days".to_owned(), "10".to_owned()),
            ]
        };
        let post = async |browser: &mut crate::support::Browser, fields: Vec<(String, String)>| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            let sent = browser.post("/_fn/categories/save", &fields).await;
            browser.follow(&sent).await
        };
        let back = post(&mut admin, form("pdf", "plenty", &seen)).await;
        assert!(back.words().contains("Enter a whole number of megabytes") && back.field("size") == "plenty");
        let back = post(&mut admin, form("nonsense", "5", &seen)).await;
        assert!(back.words().contains("Choose at least one kind of file."), "{}", back.words());
        let saved = post(&mut admin, form("pdf", "5", &seen)).await.words();
        assert!(saved.contains("up to 5.0 MB") && saved.contains("within 10 days"), "{saved}");
        let second = post(&mut admin, form("image", "5", &seen)).await.words();
        assert!(second.contains("Somebody"), "{second}");
        let token = app.token("admin@nordlicht.example").await;
        let rules = token.get("/api/v1/categories/contract").await;
        assert_eq!(rules.json()["kinds"], serde_json::json!(["pdf"]));
        let etag = rules.header("etag").to_owned();
        let body = r#"{"kinds":["pdf","image"],"audience":"people","approval":"none","approval_days":14}"#;
        let put = async |etag: &str, body: &'static str| token.send(axum::http::Method::PUT, "/api/v1/categories/contract", &[("content-type", "application/json"), ("if-match", etag)], body).await.status;
        assert_eq!(put(&etag, r#"{"kinds":["nonsense"],"audience":"people","approval":"none","approval_days":14}"#).await, 422);
        assert_eq!(put(&etag, body).await, 200);
        assert_eq!(put(&etag, body).await, 412);
        for email in ["pm@nordlicht.example", "management@nordlicht.example", "anna@acme.example"] {
            assert_eq!(app.browser(email).await.get("/staff/categories").await.status, 403, "{email}");
        }
    }
}
