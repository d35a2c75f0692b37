//! The main job through REST.

use app::documents::model::{Audience, Category};
use axum::http::Method;
use serde_json::json;

use crate::support::{TestApp, Token, both, files};

async fn acme(app: &TestApp) -> String {
    app.organisation("acme").to_string()
}

async fn make(app: &TestApp, pm: &Token, title: &str) -> String {
    let body = json!({ "organisation_id": acme(app).await, "title": title, "category": "contract" });
    let made = pm.post("/api/v1/documents", body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    made.json()["id"].as_str().unwrap().to_owned()
}

both! {
    async fn a_program_makes_uploads_publishes_and_the_right_customer_reads(app: TestApp) {
        let pm = app.token("pm@nordlicht.example").await;
        let anna = app.token("anna@acme.example").await;
        let carla = app.token("carla@borealis.example").await;
        let id = make(&app, &pm, "Framework agreement").await;
        let path = format!("/api/v1/documents/{id}");
        let bytes = files::pdf("agreement");
        let uploaded = pm.put_file(&id, "Rahmenvertrag.pdf", bytes.clone()).await;
        assert_eq!(uploaded.status, 201, "{}", uploaded.text());
        assert_eq!(uploaded.json()["number"], 1);
        assert_eq!(uploaded.json()["media_type"], "application/pdf");
        assert_eq!(anna.get(&path).await.status, 404, "a draft is internal");
        let published = pm.post(&format!("{path}/publish"), json!({ "audience": { "organisation": true } })).await;
        assert_eq!(published.status, 200, "{}", published.text());
        assert_eq!(published.json()["state"], "published");
        let list = anna.get("/api/v1/documents").await.json();
        assert_eq!(list["items"][0]["id"], id.as_str());
        let content = anna.get(&format!("{path}/versions/1/content")).await;
        assert_eq!(content.status, 200);
        assert_eq!(content.body, bytes);
        let audience = pm.get(&format!("{path}/audience")).await.json();
        let emails: Vec<_> = audience["items"].as_array().unwrap().iter().map(|r| r["email"].as_str().unwrap()).collect();
        assert!(emails.contains(&"ben@acme.example") && !emails.contains(&"eva@partner.example"), "{emails:?}");
        for path in [path.clone(), format!("{path}/versions"), format!("{path}/versions/1"), format!("{path}/versions/1/content"), format!("{path}/audience")] {
            let foreign = carla.get(&path).await;
            let missing = carla.get(&path.replace(&id, "01900000-0000-7000-8000-000000000000")).await;
            assert_eq!((foreign.status, missing.status), (404, 404), "{path}");
            let strip = |mut v: serde_json::Value| { v["request_id"] = json!(""); v };
            assert_eq!(strip(foreign.json()), strip(missing.json()), "{path}: foreign and missing look the same");
        }
    }

    async fn a_new_version_replaces_and_keeps_and_drafts_of_it_stay_internal(app: TestApp) {
        let pm = app.token("pm@nordlicht.example").await;
        let anna = app.token("anna@acme.example").await;
        let id = make(&app, &pm, "Specification").await;
        let path = format!("/api/v1/documents/{id}");
        pm.put_file(&id, "internal.pdf", files::pdf("internal")).await;
        pm.put_file(&id, "first.pdf", files::pdf("first")).await;
        pm.post(&format!("{path}/publish"), json!({ "audience": { "organisation": true } })).await;
        pm.put_file(&id, "second.pdf", files::pdf("second")).await;
        assert_eq!(anna.get(&path).await.json()["current_version"], 3);
        let numbers = |v: serde_json::Value| v["items"].as_array().unwrap().iter().map(|x| x["number"].as_i64().unwrap()).collect::<Vec<_>>();
        assert_eq!(numbers(anna.get(&format!("{path}/versions")).await.json()), [3, 2]);
        assert_eq!(numbers(pm.get(&format!("{path}/versions")).await.json()), [3, 2, 1]);
        assert_eq!(anna.get(&format!("{path}/versions/1/content")).await.status, 404, "it was never published");
        assert_eq!(anna.get(&format!("{path}/versions/2/content")).await.body, files::pdf("first"));
    }

    async fn every_audience_reaches_whom_it_names(app: TestApp) {
        let pm = app.token("pm@nordlicht.example").await;
        let ben = app.user("ben@acme.example").to_string();
        let line = app.world.project("line-2").unwrap().to_string();
        for (audience, sees, not) in [
            (json!({ "people": [ben] }), &["ben", "anna"][..], &["henning", "carla", "eva"][..]),
            (json!({ "project_id": line }), &["ben", "eva", "anna"][..], &["henning", "carla"][..]),
            (json!({ "group": "key-accounts" }), &["ben", "carla", "dirk"][..], &["eva"][..]),
            (json!({ "organisation": true }), &["ben", "henning", "anna"][..], &["eva", "carla"][..]),
        ] {
            let id = make(&app, &pm, "Paper").await;
            pm.put_file(&id, "a.pdf", files::pdf("a")).await;
            let published = pm.post(&format!("/api/v1/documents/{id}/publish"), json!({ "audience": audience })).await;
            assert_eq!(published.status, 200, "{audience}: {}", published.text());
            let person = |name: &str| match name {
                "carla" | "dirk" => format!("{name}@borealis.example"),
                "eva" => "eva@partner.example".to_owned(),
                _ => format!("{name}@acme.example"),
            };
            for (names, status) in [(sees, 200), (not, 404)] {
                for name in names {
                    let token = app.token(&person(name)).await;
                    assert_eq!(token.get(&format!("/api/v1/documents/{id}")).await.status, status, "{audience} {name}");
                }
            }
        }
    }

    async fn an_audience_that_does_not_belong_is_refused_at_its_field(app: TestApp) {
        let pm = app.token("pm@nordlicht.example").await;
        let id = make(&app, &pm, "Paper").await;
        let path = format!("/api/v1/documents/{id}/publish");
        assert_eq!(pm.post(&path, json!({ "audience": { "organisation": true } })).await.status, 409, "no file yet");
        pm.put_file(&id, "a.pdf", files::pdf("a")).await;
        let carla = app.user("carla@borealis.example").to_string();
        let sorter = app.world.project("sorter").unwrap().to_string();
        for audience in [
            json!({}), json!({ "people": [] }), json!({ "people": [carla] }), json!({ "people": ["nobody"] }),
            json!({ "project_id": sorter }), json!({ "group": "no-such-group" }), json!({ "organisation": true, "group": "key-accounts" }),
        ] {
            let answer = pm.post(&path, json!({ "audience": audience })).await;
            assert_eq!(answer.status, 422, "{audience}: {}", answer.text());
            assert!(answer.json()["errors"]["audience"].is_array(), "{audience}: {}", answer.text());
        }
        app.sql("DELETE FROM staff_assignments WHERE organisation_id IN (SELECT id FROM organisations WHERE slug = 'borealis')").await;
        let group = pm.post(&path, json!({ "audience": { "group": "key-accounts" } })).await;
        assert_eq!(group.status, 422, "the group reaches a customer that is not assigned: {}", group.text());
    }

    async fn changes_need_the_revision_that_was_read(app: TestApp) {
        let pm = app.token("pm@nordlicht.example").await;
        let id = make(&app, &pm, "Old title").await;
        let path = format!("/api/v1/documents/{id}");
        let etag = pm.get(&path).await.header("etag").to_owned();
        let without = pm.send(Method::PATCH, &path, &[("content-type", "application/json")], r#"{"title":"x"}"#).await;
        assert_eq!(without.status, 428);
        let changed = pm.patch(&path, json!({ "title": "New title" }), &etag).await;
        assert_eq!((changed.status, changed.json()["title"].as_str()), (200, Some("New title")));
        assert_ne!(changed.header("etag"), etag);
        assert_eq!(pm.patch(&path, json!({ "title": "Too late" }), &etag).await.status, 412);
        let other = pm.patch(&path, json!({ "state": "published" }), changed.header("etag")).await;
        assert_eq!(other.status, 422, "only what the write type lists can be set: {}", other.text());
        let stale = pm.post_with(&format!("{path}/publish"), json!({ "audience": { "organisation": true } }), &[("if-match", &etag)]).await;
        assert_eq!(stale.status, 412);
    }

    async fn nobody_asks_by_a_person_or_a_group_where_a_project_is_meant(app: TestApp) {
        app.published("For Ben", Category::Other, Audience::People(vec![app.user("ben@acme.example")])).await;
        let anna = app.token("anna@acme.example").await;
        let by = async |id: String| anna.get(&format!("/api/v1/documents?project_id={id}")).await.status;
        assert_eq!(by(app.project("line-2").to_string()).await, 200);
        assert_eq!(by(app.user("ben@acme.example").to_string()).await, 404);
        assert_eq!(by(app.project("sorter").to_string()).await, 404);
    }

    async fn a_repeated_post_with_the_same_key_does_nothing_twice(app: TestApp) {
        let pm = app.token("pm@nordlicht.example").await;
        let body = json!({ "organisation_id": acme(&app).await, "title": "Once", "category": "other" });
        let key = [("idempotency-key", "abc-1")];
        let answers = futures::future::join_all((0..6).map(|_| pm.post_with("/api/v1/documents", body.clone(), &key))).await;
        let ids: std::collections::BTreeSet<_> = answers.iter().map(|a| { assert_eq!(a.status, 201, "{}", a.text()); a.json()["id"].to_string() }).collect();
        assert_eq!(ids.len(), 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM documents").await, 1);
        let mut other = body.clone();
        other["title"] = json!("Another");
        assert_eq!(pm.post_with("/api/v1/documents", other, &key).await.status, 422);
        let id = answers[0].json()["id"].as_str().unwrap().to_owned();
        let upload = |key: &'static str| {
            let (pm, id) = (pm.clone(), id.clone());
            async move { pm.send(Method::POST, &format!("/api/v1/documents/{id}/versions"), &[("x-filename", "a.pdf"), ("idempotency-key", key)], files::pdf("a")).await }
        };
        assert_eq!(upload("up-1").await.json()["number"], 1);
        assert_eq!(upload("up-1").await.json()["number"], 1);
        assert_eq!(upload("up-2").await.json()["number"], 2);
    }

    async fn lists_are_pages_and_unknown_parameters_are_refused(app: TestApp) {
        for at in 0..7 {
            app.clock.advance(std::time::Duration::from_secs(60));
            app.published(&format!("Paper {at}"), Category::Other, Audience::Organisation).await;
        }
        let anna = app.token("anna@acme.example").await;
        let mut titles = Vec::new();
        let mut path = "/api/v1/documents?limit=3".to_owned();
        loop {
            let page = anna.get(&path).await.json();
            titles.extend(page["items"].as_array().unwrap().iter().map(|d| d["title"].as_str().unwrap().to_owned()));
            match page["next"].as_str() {
                Some(next) => path = format!("/api/v1/documents?limit=3&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(titles, (0..7).rev().map(|at| format!("Paper {at}")).collect::<Vec<_>>());
        for bad in ["limit=0", "limit=101", "limit=x", "cursor=zzz", "category=nonsense", "sort=size", "order=title"] {
            let answer = anna.get(&format!("/api/v1/documents?{bad}")).await;
            assert_eq!((answer.status, answer.header("content-type")), (400, "application/problem+json"), "{bad}: {}", answer.text());
        }
    }

    async fn programs_that_name_no_revision_publish_one_after_the_other(app: TestApp) {
        let (pm, admin) = (app.token("pm@nordlicht.example").await, app.token("admin@nordlicht.example").await);
        for round in 0..5 {
            let id = app.draft(&format!("At once {round}"), Category::Minutes).await;
            let path = format!("/api/v1/documents/{id}/publish");
            let body = json!({ "audience": { "organisation": true } });
            let (one, other) = tokio::join!(pm.post(&path, body.clone()), admin.post(&path, body.clone()));
            assert_eq!((one.status, other.status), (200, 200), "{}{}", one.text(), other.text());
            let (one, other) = (one.json()["revision"].as_i64(), other.json()["revision"].as_i64());
            assert!(one > Some(0) && other > Some(0) , "both learn how it stands");
            let again = pm.send(Method::POST, &path, &[("content-type", "application/json"), ("if-match", "\"1\"")], body.to_string()).await;
            assert_eq!(again.status, 412, "who names one is told");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'document.publish'").await, 10);
    }

    async fn wrong_input_is_never_our_fault(app: TestApp) {
        let pm = app.token("pm@nordlicht.example").await;
        let post = |body: &'static str, kind: &'static str| {
            let pm = pm.clone();
            async move { pm.send(Method::POST, "/api/v1/documents", &[("content-type", kind)], body).await.status }
        };
        assert_eq!(post("{", "application/json").await, 400);
        assert_eq!(post("[]", "application/json").await, 422);
        assert_eq!(post(r#"{"organisation_id":1}"#, "application/json").await, 422);
        assert_eq!(post("a=b", "application/x-www-form-urlencoded").await, 415);
        let long = json!({ "organisation_id": acme(&app).await, "title": "x".repeat(201), "category": "other" });
        assert!(pm.post("/api/v1/documents", long).await.json()["errors"]["title"].is_array());
        let huge = json!({ "organisation_id": "x", "title": "x".repeat(300_000), "category": "other" });
        assert_eq!(pm.post("/api/v1/documents", huge).await.status, 413);
        assert_eq!(pm.get("/api/v1/nothing").await.status, 404);
        assert_eq!(pm.get("/api/v1/documents/not-an-id").await.status, 404);
        assert_eq!(pm.send(Method::DELETE, "/api/v1/documents", &[], "").await.status, 405);
        for answer in [pm.get("/api/v1/nothing").await, pm.send(Method::DELETE, "/api/v1/documents", &[], "").await] {
            assert_eq!(answer.header("content-type"), "application/problem+json");
            assert!(!answer.json()["request_id"].as_str().unwrap().is_empty());
        }
    }
}
