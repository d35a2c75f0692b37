//! `Idempotency-Key` on the POSTs whose services do not answer a repetition by themselves.

use std::time::Duration;

use app::documents::model::{Audience, Category};
use axum::body::Body;
use axum::http::Method;
use bytes::Bytes;
use serde_json::{Value, json};

use crate::matrix_sample::request;
use crate::support::{TestApp, both, files};

const PM: &str = "pm@nordlicht.example";
const BEN: &str = "ben@acme.example";

async fn events(app: &TestApp, action: &str) -> i64 {
    app.count(&format!("SELECT COUNT(*) FROM audit_events WHERE action = '{action}'")).await
}

both! {
    async fn a_repeated_act_is_answered_as_the_first_time_and_done_once(app: TestApp) {
        let pm = app.token(PM).await;
        let id = app.published("Contract", Category::Contract, Audience::Organisation).await;
        let path = format!("/api/v1/documents/{id}/withdraw");
        let key = [("idempotency-key", "away-1")];
        let first = pm.post_with(&path, json!({}), &key).await;
        assert_eq!((first.status, first.header("idempotency-replayed")), (200, ""), "{}", first.text());
        let again = pm.post_with(&path, json!({}), &key).await;
        assert_eq!((again.status, again.header("idempotency-replayed")), (200, "true"), "{}", again.text());
        assert_eq!((again.text(), again.header("etag"), again.header("content-type")), (first.text(), first.header("etag"), "application/json"));
        assert_eq!(events(&app, "document.withdraw").await, 1);
        // For another document, or against another revision, it is another request.
        let other = app.published("Other", Category::Contract, Audience::Organisation).await;
        let elsewhere = pm.post_with(&format!("/api/v1/documents/{other}/withdraw"), json!({}), &key).await;
        assert_eq!(elsewhere.status, 422, "{}", elsewhere.text());
        let seen = pm.post_with(&path, json!({}), &[key[0], ("if-match", "\"9\"")]).await;
        assert_eq!(seen.status, 422, "{}", seen.text());
        assert_eq!(events(&app, "document.withdraw").await, 1);
    }

    async fn acts_of_every_kind_are_done_once_and_answered_alike(app: TestApp) {
        let (pm, ben, admin) = (app.token(PM).await, app.token(BEN).await, app.token("admin@nordlicht.example").await);
        let acme = app.organisation("acme").to_string();
        let ids = [app.draft("One", Category::Minutes).await.to_string(), app.draft("Two", Category::Minutes).await.to_string()];
        let many = json!([{"id": ids[0]}, {"id": ids[1]}]);
        let asked = json!({"organisation_id": acme, "title": "Certificate", "category": "other", "due_on": "2026-11-28", "people": [app.user(BEN).to_string()]});
        let invited = json!({"organisation_id": acme, "email": "new@acme.example", "name": "Nele Neu"});
        let posts = [
            (&pm, "/api/v1/documents/publish", json!({"documents": many})),
            (&pm, "/api/v1/documents/move", json!({"documents": many, "category": "specification"})),
            (&pm, "/api/v1/documents/tag", json!({"documents": many, "tags": ["line 2"]})),
            (&pm, "/api/v1/requests", asked),
            (&admin, "/api/v1/invitations", invited),
            (&ben, "/api/v1/me/views", json!({"list": "documents", "name": "Contracts", "query": "category=contract"})),
            // These write no event.
            (&ben, "/api/v1/notifications/seen", json!({})),
            (&admin, "/api/v1/audit-chain/verify", json!({})),
        ];
        let written = async || app.count("SELECT COUNT(*) FROM audit_events").await + app.count("SELECT COUNT(*) FROM jobs").await;
        for (at, (token, path, body)) in posts.into_iter().enumerate() {
            let name = format!("table-{at}");
            let key = [("idempotency-key", name.as_str())];
            let first = token.post_with(path, body.clone(), &key).await;
            assert!((200..300).contains(&first.status), "{path}: {}", first.text());
            let done = written().await;
            let again = token.post_with(path, body, &key).await;
            assert_eq!((again.status, again.text()), (first.status, first.text()), "{path}");
            let other = token.post_with(path, json!({"other": at}), &key).await;
            assert_eq!(other.status, 422, "{path}: {}", other.text());
            assert_eq!(written().await, done, "{path}");
        }
    }

    async fn a_key_of_what_was_made_is_not_for_something_else(app: TestApp) {
        let pm = app.token(PM).await;
        let key = [("idempotency-key", "made")];
        let body = json!({"organisation_id": app.organisation("acme").to_string(), "title": "Once", "category": "other"});
        let made = pm.post_with("/api/v1/documents", body, &key).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let before = app.count("SELECT COUNT(*) FROM audit_events").await;
        let tags = json!({"documents": [{"id": made.json()["id"]}], "tags": ["line 2"]});
        let refused = pm.post_with("/api/v1/documents/tag", tags, &key).await;
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events").await, before);
    }

    async fn a_file_that_was_asked_for_is_sent_once(app: TestApp) {
        let document = app.published("Contract", Category::Other, Audience::Organisation).await;
        let id = request(&app, &document.to_string()).await;
        let ben = app.token(BEN).await;
        let send = async |bytes: Vec<u8>| {
            let headers = [("content-type", "application/pdf"), ("x-filename", "iso.pdf"), ("idempotency-key", "iso")];
            ben.send(Method::POST, &format!("/api/v1/requests/{id}/file"), &headers, bytes).await
        };
        let first = send(files::pdf("iso 1")).await;
        assert_eq!(first.status, 201, "{}", first.text());
        let again = send(files::pdf("iso 1")).await;
        assert_eq!((again.status, again.text()), (201, first.text()));
        let other = send(files::pdf("iso 2")).await;
        assert_eq!(other.status, 422, "{}", other.text());
        assert_eq!(events(&app, "request.answer").await, 1);
    }

    async fn a_long_file_is_taken_whatever_it_calls_itself(app: TestApp) {
        let pm = app.token(PM).await;
        let id = app.draft("Contract", Category::Other).await;
        let mut file = files::pdf("long");
        file.resize(300 * 1024, b' ');
        // In pieces, so that nothing says how long it is.
        let upload = async || {
            let pieces: Vec<_> = file.chunks(64 * 1024).map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece))).collect();
            let headers = [("x-filename", "a.pdf"), ("idempotency-key", "long"), ("content-type", "application/json")];
            let body = Body::from_stream(futures::stream::iter(pieces));
            pm.send(Method::POST, &format!("/api/v1/documents/{id}/versions"), &headers, body).await
        };
        let first = upload().await;
        assert_eq!(first.status, 201, "{}", first.text());
        assert_eq!(upload().await.json()["number"], first.json()["number"]);
        assert_eq!(events(&app, "document.upload").await, 1);
    }

    async fn keys_are_forgotten_after_two_days(app: TestApp) {
        let admin = app.token("admin@nordlicht.example").await;
        let again = async || {
            let body = json!({"slug": "night-shift", "name": "Night shift"});
            admin.post_with("/api/v1/customer-groups", body, &[("idempotency-key", "old")]).await
        };
        assert_eq!(again().await.status, 201);
        app.advance(Duration::from_secs(47 * 3600));
        app::idempotency::purge(app.db(), app.clock.now()).await.unwrap();
        let answer = again().await;
        assert_eq!((answer.status, answer.header("idempotency-replayed")), (201, "true"), "{}", answer.text());
        app.advance(Duration::from_secs(2 * 3600));
        app::idempotency::purge(app.db(), app.clock.now()).await.unwrap();
        let answer = again().await;
        assert_eq!(answer.header("idempotency-replayed"), "", "{}", answer.text());
        assert!((400..500).contains(&answer.status), "the group is there: {}", answer.text());
    }

    async fn what_was_refused_may_be_sent_again_with_its_key(app: TestApp) {
        let pm = app.token(PM).await;
        let id = app.draft("Contract", Category::Contract).await;
        let path = format!("/api/v1/documents/{id}/withdraw");
        let key = [("idempotency-key", "too-early")];
        assert_eq!(pm.post_with(&path, json!({}), &key).await.status, 409, "it is not published");
        let published = pm.post(&format!("/api/v1/documents/{id}/publish"), json!({"audience": {"organisation": true}})).await;
        assert_eq!(published.status, 200, "{}", published.text());
        let now = pm.post_with(&path, json!({}), &key).await;
        assert_eq!((now.status, now.header("idempotency-replayed")), (200, ""), "{}", now.text());
        let long = "k".repeat(201);
        assert_eq!(pm.post_with(&path, json!({}), &[("idempotency-key", &long)]).await.status, 422);
    }

    async fn many_at_once_are_tagged_once(app: TestApp) {
        let pm = app.token(PM).await;
        let ids = [app.draft("One", Category::Other).await.to_string(), app.draft("Two", Category::Other).await.to_string()];
        let documents: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
        let body = json!({"documents": documents, "tags": ["line 2"]});
        let key = [("idempotency-key", "tags")];
        let first = pm.post_with("/api/v1/documents/tag", body.clone(), &key).await;
        assert_eq!(first.status, 200, "{}", first.text());
        let done = app.count("SELECT COUNT(*) FROM audit_events").await;
        let again = pm.post_with("/api/v1/documents/tag", body, &key).await;
        assert_eq!((again.status, again.text()), (200, first.text()));
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events").await, done);
    }

    async fn of_two_at_once_one_is_carried_out(app: TestApp) {
        let pm = app.token(PM).await;
        let body = json!({"slug": "night-shift", "name": "Night shift"});
        let key = [("idempotency-key", "both")];
        let admin = app.token("admin@nordlicht.example").await;
        let answers = futures::future::join_all((0..5).map(|_| admin.post_with("/api/v1/customer-groups", body.clone(), &key))).await;
        for answer in &answers {
            assert!([201, 409].contains(&answer.status), "{}: {}", answer.status, answer.text());
        }
        assert!(answers.iter().any(|answer| answer.status == 201));
        assert_eq!(app.count("SELECT COUNT(*) FROM customer_groups WHERE slug = 'night-shift'").await, 1);
        let later = admin.post_with("/api/v1/customer-groups", body.clone(), &key).await;
        assert_eq!((later.status, later.header("idempotency-replayed")), (201, "true"), "{}", later.text());
        // Keys belong to whoever sends them.
        let theirs = pm.post_with("/api/v1/customer-groups", body, &key).await;
        assert_eq!(theirs.header("idempotency-replayed"), "", "{}", theirs.text());
    }

    async fn a_secret_is_shown_once_and_rights_are_those_of_now(app: TestApp) {
        let anna = app.token("anna@acme.example").await;
        let wanted = json!({"organisation_id": app.organisation("acme").to_string(), "name": "ERP", "url": "https://hooks.acme.example/k", "events": ["order.changed"]});
        let made = anna.post("/api/v1/webhooks", wanted).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let path = format!("/api/v1/webhooks/{}/rotate", made.json()["id"].as_str().unwrap());
        let key = [("idempotency-key", "turn")];
        let rotated = anna.post_with(&path, json!({}), &key).await;
        assert_eq!(rotated.status, 200, "{}", rotated.text());
        let again = anna.post_with(&path, json!({}), &key).await;
        assert_eq!(again.status, 409, "{}", again.text());
        assert!(!again.text().contains("whsec_"));
        assert_eq!(events(&app, "webhook.rotate").await, 1);
        assert!(!format!("{:?}", app.sql("SELECT answer FROM idempotency_keys").await).contains("whsec_"));

        let pm = app.token(PM).await;
        let id = app.published("Contract", Category::Contract, Audience::Organisation).await;
        let path = format!("/api/v1/documents/{id}/withdraw");
        let first = pm.post_with(&path, json!({}), &key).await;
        assert_eq!(first.status, 200, "{}", first.text());
        // Nothing but that they look after this customer no more.
        app.sql(&format!("DELETE FROM staff_assignments WHERE user_id = {}", app.literal(app.user(PM).0))).await;
        let demoted = pm.post_with(&path, json!({}), &key).await;
        assert_eq!(demoted.status, 409, "{}", demoted.text());
        assert!(!demoted.text().contains("Contract"));
    }

    async fn the_same_key_with_other_bytes_is_another_upload(app: TestApp) {
        let pm = app.token(PM).await;
        let id = app.draft("Contract", Category::Other).await;
        let upload = async |bytes: Vec<u8>| {
            let headers = [("x-filename", "a.pdf"), ("idempotency-key", "up"), ("content-type", "application/pdf")];
            pm.send(Method::POST, &format!("/api/v1/documents/{id}/versions"), &headers, bytes).await
        };
        let bytes = files::pdf("price 100");
        let other = files::pdf("price 200");
        assert_eq!(bytes.len(), other.len());
        let first = upload(bytes.clone()).await;
        assert_eq!(first.status, 201, "{}", first.text());
        assert_eq!(upload(bytes).await.json()["number"], first.json()["number"]);
        let refused = upload(other).await;
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert_eq!(app.count("SELECT COUNT(*) FROM document_versions WHERE number > 1").await, 1);
    }
}

#[test]
fn every_post_says_that_it_takes_a_key() {
    let document: Value = serde_json::to_value(server::api::v1::openapi()).unwrap();
    for (path, doors) in document["paths"].as_object().unwrap() {
        let Some(post) = doors.get("post") else { continue };
        let keys = post["parameters"].as_array().unwrap().iter().filter(|p| p["name"] == "Idempotency-Key").count();
        assert_eq!(keys, 1, "POST {path}");
    }
}
