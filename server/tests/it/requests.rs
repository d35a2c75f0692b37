//! Files that customers are asked for: asked, sent, put right, accepted; and only by whom it concerns.

use std::time::Duration;

use app::categories::file_kind::FileKind;
use app::categories::model::Rules;
use app::documents::model::Category;
use app::requests::model::NewRequest;
use app::requests::service;
use serde_json::json;

use crate::support::{TestApp, both, files};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// The project manager asks Ben for a certificate until 28 November; today is the 21st.
async fn asked(app: &TestApp) -> String {
    let ctx = app.ctx("pm@nordlicht.example").await;
    let new = NewRequest {
        organisation_id: app.organisation("acme"),
        title: "ISO 9001 certificate".to_owned(),
        text: "Valid in 2027, please.".to_owned(),
        category: Category::Other,
        due_on: "2026-11-28".parse().unwrap(),
        people: vec![app.user("ben@acme.example")],
    };
    service::ask(&ctx, new).await.unwrap().id.to_string()
}

async fn state(app: &TestApp, id: &str) -> String {
    let answer = app.token("pm@nordlicht.example").await.get(&format!("/api/v1/requests/{id}")).await.json();
    answer["state"].as_str().unwrap().to_owned()
}

async fn send(app: &TestApp, email: &str, id: &str, name: &str, bytes: Vec<u8>) -> u16 {
    let token = app.token(email).await;
    let path = format!("/api/v1/requests/{id}/file");
    let headers = [("content-type", "application/octet-stream"), ("x-filename", name)];
    token.send(axum::http::Method::POST, &path, &headers, bytes).await.status
}

both! {
    async fn staff_ask_a_customer_sends_staff_have_it_put_right_and_accept(app: TestApp) {
        let mut pm = app.browser("pm@nordlicht.example").await;
        let acme = app.organisation("acme").to_string();
        let page = pm.get(&format!("/staff/requests/new?organisation={acme}")).await;
        assert!(page.words().contains("Ben Brandt") && page.words().contains("What do you need?"), "{}", page.words());
        let ben_id = app.user("ben@acme.example").to_string();
        let fields = |due: &'static str| vec![("organisation_id", acme.as_str()), ("title", "ISO 9001 certificate"), ("text", "Valid in \"2027\", please."), ("category", "other"), ("due_on", due), ("people[0]", ben_id.as_str())];
        // Yesterday is too late to ask for, and nothing typed is lost.
        let sent = pm.post("/_fn/requests/ask", &fields("2026-11-20")).await;
        let back = pm.follow(&sent).await;
        assert!(back.field("title") == "ISO 9001 certificate" && back.text().contains("checked"), "{}", back.words());
        let sent = pm.post("/_fn/requests/ask", &fields("2026-11-28")).await;
        let page = pm.follow(&sent).await.words();
        assert!(page.contains("The customer is asked") && page.contains("Nothing has come yet."), "{page}");
        let id = sent.location().rsplit('/').next().unwrap().to_owned();
        let mail = app.mail_to("ben@acme.example").await;
        assert_eq!(mail.subject, "Please send: ISO 9001 certificate");
        assert!(mail.text.contains(&format!("/requests/{id}")) && mail.text.contains("Valid in \"2027\", please."), "{}", mail.text);

        // Ben finds it on his home page, and sends the file without JavaScript.
        let mut ben = app.browser("ben@acme.example").await;
        assert!(ben.get("/").await.words().contains("Send “ISO 9001 certificate”"));
        assert!(ben.get(&format!("/requests/{id}")).await.words().contains("Valid in \"2027\", please."));
        let path = format!("/requests/{id}/file");
        let none = ben.upload(&path, &[("note", "Here it is")], "", b"").await;
        assert_eq!(ben.follow(&none).await.field("note"), "Here it is");
        let done = ben.upload(&path, &[("note", "Here it is")], "iso.pdf", &files::pdf("first")).await;
        let page = ben.follow(&done).await.words();
        assert!(page.contains("The file is sent") && page.contains("Your contact looks at it."), "{page}");
        assert!(!ben.get("/").await.words().contains("Send “ISO"));
        assert_eq!(app.mail_to("pm@nordlicht.example").await.subject, "ACME Werke AG has sent: ISO 9001 certificate");

        // Staff look at it and have it put right.
        let page = pm.get(&format!("/staff/requests/{id}")).await.words();
        assert!(page.contains("iso.pdf") && page.contains("Ben Brandt"), "{page}");
        assert!(pm.get("/staff/requests").await.words().contains("ISO 9001 certificate"));
        let silent = pm.post("/_fn/requests/fix", &[("request", &id), ("note", " ")]).await;
        assert!(pm.follow(&silent).await.words().contains("Say what is to be put right."));
        let sent = pm.post("/_fn/requests/fix", &[("request", &id), ("note", "It ran out in 2025")]).await;
        assert!(pm.follow(&sent).await.words().contains("They are asked to put it right"));
        assert_eq!(app.mail_to("ben@acme.example").await.subject, "Please put right: ISO 9001 certificate");
        assert!(ben.get(&format!("/requests/{id}")).await.words().contains("It ran out in 2025"));
        ben.upload(&path, &[], "iso-2027.pdf", &files::pdf("second")).await;
        let sent = pm.post("/_fn/requests/accept", &[("request", &id)]).await;
        assert!(pm.follow(&sent).await.words().contains("Accepted"));
        assert_eq!(state(&app, &id).await, "accepted");
        // It is one document with two versions: theirs and the house's, nobody else's.
        let row = app.token("pm@nordlicht.example").await.get(&format!("/api/v1/requests/{id}")).await.json();
        let document = row["document_id"].as_str().unwrap();
        let path = format!("/api/v1/documents/{document}/versions");
        for (email, status) in [("ben@acme.example", 200), ("anna@acme.example", 200), ("henning@acme.example", 404), ("carla@borealis.example", 404), ("pm@nordlicht.example", 200)] {
            let answer = app.token(email).await.get(&path).await;
            assert_eq!(answer.status, status, "{email}");
            if status == 200 {
                assert_eq!(answer.json()["items"].as_array().unwrap().len(), 2, "{email}");
            }
        }
        let mut found = std::collections::BTreeSet::new();
        for row in app.sql("SELECT action FROM audit_events WHERE action LIKE 'request.%'").await {
            found.insert(row[0].clone());
        }
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["request.accept", "request.answer", "request.ask", "request.fix"]);
    }

    async fn only_who_is_asked_and_their_admins_answer_and_others_know_of_nothing(app: TestApp) {
        let id = asked(&app).await;
        for (email, status) in [("henning@acme.example", 404), ("carla@borealis.example", 404), ("eva@partner.example", 404), ("finance@nordlicht.example", 404), ("support@nordlicht.example", 200), ("anna@acme.example", 200)] {
            assert_eq!(app.token(email).await.get(&format!("/api/v1/requests/{id}")).await.status, status, "{email}");
        }
        assert_eq!(send(&app, "henning@acme.example", &id, "x.pdf", files::pdf("x")).await, 404);
        assert_eq!(send(&app, "pm@nordlicht.example", &id, "x.pdf", files::pdf("x")).await, 403);
        assert_eq!(app.token("support@nordlicht.example").await.post(&format!("/api/v1/requests/{id}/accept"), json!({})).await.status, 403);
        // Nothing to accept before something has come; then one answer is enough.
        assert_eq!(app.token("pm@nordlicht.example").await.post(&format!("/api/v1/requests/{id}/accept"), json!({})).await.status, 409);
        assert_eq!(send(&app, "anna@acme.example", &id, "x.pdf", files::pdf("x")).await, 201);
        assert_eq!(send(&app, "ben@acme.example", &id, "y.pdf", files::pdf("y")).await, 409);
        assert_eq!(app.count("SELECT COUNT(*) FROM document_versions").await, 1);
        // Who may not see such documents cannot be asked for one.
        let ctx = app.ctx("admin@nordlicht.example").await;
        app.sql("UPDATE memberships SET documents = 'none' WHERE user_id IN (SELECT id FROM users WHERE email = 'henning@acme.example')").await;
        let new = NewRequest { organisation_id: app.organisation("acme"), title: "x".into(), text: String::new(), category: Category::Other, due_on: "2026-11-28".parse().unwrap(), people: vec![app.user("henning@acme.example")] };
        assert!(matches!(service::ask(&ctx, new.clone()).await, Err(app::error::AppError::Invalid(_))));
        let foreign = NewRequest { people: vec![app.user("carla@borealis.example")], ..new };
        assert!(matches!(service::ask(&ctx, foreign).await, Err(app::error::AppError::Invalid(_))));
    }

    async fn two_who_send_at_once_are_one_document(app: TestApp) {
        let id = asked(&app).await;
        let both = futures::future::join(send(&app, "ben@acme.example", &id, "a.pdf", files::pdf("a")), send(&app, "anna@acme.example", &id, "b.pdf", files::pdf("b"))).await;
        let mut statuses = [both.0, both.1];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
        assert_eq!(app.count("SELECT COUNT(*) FROM document_versions").await, 1);
        assert_eq!(state(&app, &id).await, "sent");
    }

    async fn what_the_category_does_not_take_is_not_taken_here_either(app: TestApp) {
        let rules = Rules { kinds: vec![FileKind::Pdf], ..Rules::new(Category::Other) };
        app::categories::service::set(&app.ctx("admin@nordlicht.example").await, &rules, None).await.unwrap();
        let id = asked(&app).await;
        assert_eq!(send(&app, "ben@acme.example", &id, "x.pdf", b"just words".to_vec()).await, 422);
        assert_eq!((state(&app, &id).await.as_str(), app.count("SELECT COUNT(*) FROM pending_uploads").await), ("open", 0));
    }

    async fn people_are_reminded_before_and_after_the_day_and_not_when_it_is_done(app: TestApp) {
        let id = asked(&app).await;
        let operator = app.state.ctx(app::access::Actor::operator(), "test");
        let remind = async || {
            for _ in 0..2 {
                app::requests::remind::run(&operator).await.unwrap();
            }
            let mails = app.mails_to("ben@acme.example").await;
            mails.into_iter().map(|mail| mail.subject).filter(|subject| !subject.starts_with("Please")).collect::<Vec<_>>()
        };
        assert!(remind().await.is_empty());
        app.advance(DAY * 5);
        assert_eq!(remind().await, ["Until 28 Nov 2026: ISO 9001 certificate"]);
        app.advance(DAY);
        assert_eq!(remind().await.len(), 1, "not every day");
        app.advance(DAY * 3);
        assert_eq!(remind().await.last().unwrap(), "Overdue since 28 Nov 2026: ISO 9001 certificate");
        send(&app, "ben@acme.example", &id, "x.pdf", files::pdf("x")).await;
        app.advance(DAY * 4);
        assert_eq!(remind().await.len(), 2, "nothing waits for them any more");
        // Taken back: nobody is asked.
        let token = app.token("pm@nordlicht.example").await;
        assert_eq!(token.post(&format!("/api/v1/requests/{id}/withdraw"), json!({})).await.json()["state"], "withdrawn");
        assert_eq!(token.post(&format!("/api/v1/requests/{id}/withdraw"), json!({})).await.status, 409);
        assert_eq!(send(&app, "ben@acme.example", &id, "x.pdf", files::pdf("x")).await, 409);
    }

    async fn a_document_that_goes_by_retention_leaves_the_request(app: TestApp) {
        let id = asked(&app).await;
        send(&app, "ben@acme.example", &id, "x.pdf", files::pdf("x")).await;
        let admin = app.ctx("admin@nordlicht.example").await;
        let rule = app::retention::model::Rule { category: Category::Other, keep_days: Some(10), least_days: 0 };
        app::retention::service::set_rules(&admin, &[rule], None).await.unwrap();
        app.advance(DAY * 20);
        let admin = app.ctx("admin@nordlicht.example").await;
        assert_eq!(app::retention::service::run(&admin).await.unwrap().documents, 1);
        let row = app.token("pm@nordlicht.example").await.get(&format!("/api/v1/requests/{id}")).await.json();
        assert_eq!(row["document_id"], serde_json::Value::Null);
        assert_eq!(app.browser("ben@acme.example").await.get(&format!("/requests/{id}")).await.status, 200);
    }
}
