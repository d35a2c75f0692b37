//! What customers send without being asked: by whom, into what, seen by whom, and looked at by staff.

use std::time::Duration;

use app::categories::file_kind::FileKind;
use app::categories::model::Rules;
use app::documents::model::Category;
use axum::http::Method;
use serde_json::json;

use crate::support::{TestApp, both, files};

/// Opens categories for customers, as an administrator does.
pub async fn open(app: &TestApp, categories: &[Category]) {
    for category in categories {
        let rules = Rules { customers_send: true, ..Rules::new(*category) };
        app::categories::service::set(&app.ctx("admin@nordlicht.example").await, &rules, None).await.unwrap();
    }
}

async fn send(app: &TestApp, email: &str, slug: &str, category: &str, name: &str, bytes: Vec<u8>) -> (u16, String) {
    let token = app.token(email).await;
    let path = format!("/api/v1/documents/send?organisation_id={}&category={category}", app.organisation(slug));
    let headers = [("content-type", "application/octet-stream"), ("x-filename", name)];
    let answer = token.send(Method::POST, &path, &headers, bytes).await;
    let id = answer.json()["id"].as_str().unwrap_or_default().to_owned();
    (answer.status, id)
}

both! {
    async fn a_customer_sends_two_files_and_staff_are_told_and_say_that_they_have_looked(app: TestApp) {
        let mut ben = app.browser("ben@acme.example").await;
        // Nothing is open: there is no button, and the page says so.
        assert!(!ben.get("/documents").await.words().contains("Send files"));
        assert!(ben.get("/documents/send").await.words().contains("Nothing is open"));
        let mut admin = app.browser("admin@nordlicht.example").await;
        let page = admin.get("/staff/categories/other").await;
        let seen = page.field("seen");
        let mut fields = vec![("category", "other"), ("seen", seen.as_str()), ("audience", "organisation"), ("approval", "none"), ("approval_days", "14"), ("notice_days", "30"), ("customers_send", "yes")];
        let kinds: Vec<(String, &str)> = FileKind::ALL.into_iter().enumerate().map(|(at, kind)| (format!("kinds[{at}]"), kind.name())).collect();
        fields.extend(kinds.iter().map(|(name, value)| (name.as_str(), *value)));
        let saved = admin.post("/_fn/categories/save", &fields).await;
        assert!(admin.follow(&saved).await.words().contains("saved"), "{}", admin.follow(&saved).await.words());
        assert!(admin.get("/staff/categories").await.words().contains("Customers may send files"));

        assert!(ben.get("/documents").await.words().contains("Send files"));
        let page = ben.get("/documents/send").await;
        assert!(page.words().contains("Other") && page.text().contains("multiple"), "{}", page.words());
        let acme = app.organisation("acme").to_string();
        let path = "/documents/send";
        // Without a file nothing typed is lost.
        let fields = [("organisation_id", acme.as_str()), ("category", "other"), ("title", "Drawings"), ("note", "As agreed")];
        let none = ben.upload(path, &fields, "", b"").await;
        let back = ben.follow(&none).await;
        assert_eq!((back.field("title"), back.field("note")), ("Drawings".to_owned(), "As agreed".to_owned()));
        let fields = [("organisation_id", acme.as_str()), ("category", "other"), ("note", "As agreed")];
        let sent = ben.upload(path, &fields, "plan one.pdf", &files::pdf("one")).await;
        let page = ben.follow(&sent).await.words();
        assert!(page.contains("The file is sent") && page.contains("plan one"), "{page}");
        let (status, second) = send(&app, "ben@acme.example", "acme", "other", "plan two.pdf", files::pdf("two")).await;
        assert_eq!(status, 201);

        // One mail for both, after a while, to whoever is assigned.
        app.run_jobs().await;
        let to_pm = async || app.mails_to("pm@nordlicht.example").await.into_iter().map(|mail| mail.subject).collect::<Vec<_>>();
        assert!(to_pm().await.is_empty());
        app.advance(Duration::from_secs(180));
        app.run_jobs().await;
        app.run_jobs().await;
        assert_eq!(to_pm().await, ["ACME Werke AG has sent 2 files"]);
        assert!(app.mails_to("admin@nordlicht.example").await.is_empty());

        let mut pm = app.browser("pm@nordlicht.example").await;
        assert!(pm.get("/staff").await.words().contains("without being asked"));
        let news = format!("SELECT COUNT(*) FROM notifications WHERE kind = 'file.arrived' AND seen_at IS NULL AND user_id = {}", app.literal(app.user("pm@nordlicht.example").0));
        assert_eq!(app.count(&news).await, 1);
        let page = pm.get("/staff/arrivals").await.words();
        assert_eq!(app.count(&news).await, 0, "the bell leads there");
        assert!(page.contains("plan one") && page.contains("plan two") && page.contains("Ben Brandt"), "{page}");
        assert!(pm.get("/staff/documents").await.words().contains("Sent by the customer"));
        let page = pm.get(&format!("/staff/documents/{second}")).await.words();
        assert!(page.contains("Nobody has looked at it yet.") && page.contains("Mark as seen"), "{page}");
        let done = pm.post("/_fn/documents/seen", &[("id", &second)]).await;
        assert!(pm.follow(&done).await.words().contains("Seen by"));
        let page = pm.get("/staff/arrivals").await.words();
        assert!(page.contains("plan one") && !page.contains("plan two"), "{page}");
        assert!(pm.get("/staff/arrivals?seen=all").await.words().contains("plan two"));
        // A second time changes nothing, and what staff made was not sent.
        let token = app.token("pm@nordlicht.example").await;
        assert_eq!(token.post(&format!("/api/v1/documents/{second}/seen"), json!({})).await.status, 200);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'document.seen'").await, 1);
        let made = app.draft("Ours", Category::Other).await;
        assert_eq!(token.post(&format!("/api/v1/documents/{made}/seen"), json!({})).await.status, 409);
        let listed = token.get("/api/v1/arrivals?unseen=true").await.json();
        assert_eq!(listed["items"].as_array().unwrap().len(), 1);
        let first = token.get("/api/v1/arrivals?limit=1").await.json();
        let next = token.get(&format!("/api/v1/arrivals?limit=1&cursor={}", first["next"].as_str().unwrap())).await.json();
        assert_eq!(next["items"][0]["document"]["title"], "plan one");
    }

    async fn what_was_sent_is_seen_by_the_sender_their_admins_and_staff_and_by_nobody_else(app: TestApp) {
        open(&app, &[Category::Other, Category::Invoice]).await;
        let (status, id) = send(&app, "ben@acme.example", "acme", "other", "x.pdf", files::pdf("x")).await;
        assert_eq!(status, 201);
        for (email, status) in [("ben@acme.example", 200), ("anna@acme.example", 200), ("henning@acme.example", 404), ("carla@borealis.example", 404), ("eva@partner.example", 404), ("pm@nordlicht.example", 200), ("finance@nordlicht.example", 404)] {
            assert_eq!(app.token(email).await.get(&format!("/api/v1/documents/{id}")).await.status, status, "{email}");
        }
        // Only from an organisation of one's own, as a member with the right, and never as staff or a partner.
        let bytes = || files::pdf("y");
        assert_eq!(send(&app, "carla@borealis.example", "acme", "other", "y.pdf", bytes()).await.0, 422);
        assert_eq!(send(&app, "pm@nordlicht.example", "acme", "other", "y.pdf", bytes()).await.0, 403);
        assert_eq!(send(&app, "eva@partner.example", "acme", "other", "y.pdf", bytes()).await.0, 403);
        assert_eq!(send(&app, "ben@acme.example", "acme", "minutes", "y.pdf", bytes()).await.0, 422);
        app.sql("UPDATE memberships SET money = 'none' WHERE user_id IN (SELECT id FROM users WHERE email = 'henning@acme.example')").await;
        assert_eq!(send(&app, "henning@acme.example", "acme", "invoice", "y.pdf", bytes()).await.0, 403);
        assert_eq!(send(&app, "henning@acme.example", "acme", "other", "y.pdf", bytes()).await.0, 201);
        // Who may not maintain it cannot say that somebody has looked.
        assert_eq!(app.token("support@nordlicht.example").await.post(&format!("/api/v1/documents/{id}/seen"), json!({})).await.status, 403);
        assert_eq!(app.token("ben@acme.example").await.post(&format!("/api/v1/documents/{id}/seen"), json!({})).await.status, 403);
        assert_eq!(app.token("ben@acme.example").await.get("/api/v1/arrivals").await.status, 403);
        // Staff of finance are shown what is theirs only.
        let finance = app.token("finance@nordlicht.example").await.get("/api/v1/arrivals").await.json();
        assert_eq!(finance["items"].as_array().unwrap().len(), 0);
        assert_eq!(app.count("SELECT COUNT(*) FROM pending_uploads").await, 0);
    }

    async fn one_file_that_is_not_taken_keeps_the_others_from_nothing(app: TestApp) {
        let rules = Rules { kinds: vec![FileKind::Pdf], customers_send: true, ..Rules::new(Category::Other) };
        app::categories::service::set(&app.ctx("admin@nordlicht.example").await, &rules, None).await.unwrap();
        let acme = app.organisation("acme").to_string();
        let mut anna = app.browser("anna@acme.example").await;
        let mut body = files::multipart(&[("organisation_id", &acme), ("category", "other")], "words.txt", b"just words");
        // A second file in the same form.
        let second = files::multipart(&[], "good.pdf", &files::pdf("good"));
        body.truncate(body.len() - "--XXXX--\r\n".len());
        body.extend(second);
        let request = axum::http::Request::post("/documents/send").header("content-type", "multipart/form-data; boundary=XXXX");
        let sent = anna.send(request.body(axum::body::Body::from(body)).unwrap()).await;
        let page = anna.follow(&sent).await.words();
        assert!(page.contains("One file was sent.") && page.contains("words.txt"), "{page}");
        assert_eq!(app.count("SELECT COUNT(*) FROM document_arrivals").await, 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM pending_uploads").await, 0);
    }

    async fn a_repeated_key_sends_once_and_what_goes_by_retention_leaves_no_trace(app: TestApp) {
        open(&app, &[Category::Other]).await;
        let token = app.token("anna@acme.example").await;
        let path = format!("/api/v1/documents/send?organisation_id={}&category=other&title=Two%20words", app.organisation("acme"));
        let headers = [("content-type", "application/octet-stream"), ("x-filename", "a.pdf"), ("idempotency-key", "k1")];
        let first = token.send(Method::POST, &path, &headers, files::pdf("a")).await;
        let again = token.send(Method::POST, &path, &headers, files::pdf("a")).await;
        assert_eq!((first.status, first.json()["id"].clone()), (201, again.json()["id"].clone()));
        assert_eq!(first.json()["title"], "Two words");
        assert_eq!(app.count("SELECT COUNT(*) FROM document_versions").await, 1);
        let admin = app.ctx("admin@nordlicht.example").await;
        let rule = app::retention::model::Rule { category: Category::Other, keep_days: Some(10), least_days: 0 };
        app::retention::service::set_rules(&admin, &[rule], None).await.unwrap();
        app.advance(Duration::from_secs(20 * 24 * 3600));
        let admin = app.ctx("admin@nordlicht.example").await;
        assert_eq!(app::retention::service::run(&admin).await.unwrap().documents, 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM document_arrivals").await, 0);
    }
}
