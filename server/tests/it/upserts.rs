//! Customers and people as an ERP sends them through the API: by what they are known by, one or many, with a result for each.

use axum::http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";
const ANNA: &str = "anna@acme.example";

async fn put(app: &TestApp, email: &str, path: &str, body: &Value, etag: Option<&str>) -> Answer {
    let mut headers = vec![("content-type", "application/json")];
    headers.extend(etag.map(|etag| ("if-match", etag)));
    app.token(email).await.send(Method::PUT, path, &headers, body.to_string()).await
}

async fn batch(app: &TestApp, email: &str, what: &str, rows: Value) -> Vec<Value> {
    let answer = app.token(email).await.post(&format!("/api/v1/{what}/batch"), json!({ what: rows })).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["results"].as_array().unwrap().clone()
}

fn results(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["result"].as_str().unwrap()).collect()
}

/// The fields that are wrong with a row.
fn wrong(row: &Value) -> Vec<&str> {
    row["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect()
}

both! {
    async fn a_foreign_customer_and_none_are_answered_alike(app: TestApp) {
        let anna = app.token("anna@acme.example").await;
        let tried = async |organisation: &str| {
            let people = [json!({"email": "x", "organisation": organisation, "role": "boss"}), json!({"email": "new@x.example", "organisation": organisation})];
            anna.post("/api/v1/people/batch", json!({"people": people})).await.json()
        };
        let foreign = tried("borealis").await;
        assert_eq!(foreign["results"][1]["result"], "rejected", "{foreign}");
        assert_eq!(foreign, tried("nobody-at-all").await);
    }

    async fn customers_are_made_changed_and_left_as_they_are_by_their_number(app: TestApp) {
        let sent = json!([
            {"number": "K-501", "name": "Elbe Stahl AG", "city": "Hamburg", "country": "de"},
            {"number": "K-502", "name": ""},
            {"number": "K-503", "name": "Weser Werft", "country": "XX"},
            {"number": "K-501", "name": "Once more"},
            {"number": "K-504", "name": "Ems Boote", "limit_money": "own"},
        ]);
        let rows = batch(&app, ADMIN, "organisations", sent.clone()).await;
        assert_eq!(results(&rows), ["create", "rejected", "rejected", "rejected", "create"]);
        assert_eq!((wrong(&rows[1]), wrong(&rows[2]), wrong(&rows[3])), (vec!["name"], vec!["country"], vec!["number"]));
        assert_eq!(rows[1]["id"], Value::Null);
        assert_eq!(results(&batch(&app, ADMIN, "organisations", sent).await), ["unchanged", "rejected", "rejected", "rejected", "unchanged"]);
        // What is not said stays.
        let moved = batch(&app, ADMIN, "organisations", json!([{"number": " K-501 ", "city": "Stade"}])).await.remove(0);
        assert_eq!((&moved["result"], &moved["id"]), (&json!("change"), &rows[0]["id"]));
        assert_eq!(moved["changes"], json!([{"field": "city", "old": "Hamburg", "new": "Stade"}]));
        let path = format!("/api/v1/organisations/{}", rows[0]["id"].as_str().unwrap());
        let one = app.token(ADMIN).await.get(&path).await.json();
        assert_eq!((&one["name"], &one["city"], &one["country"]), (&json!("Elbe Stahl AG"), &json!("Stade"), &json!("DE")));
        let other = format!("/api/v1/organisations/{}", rows[4]["id"].as_str().unwrap());
        assert_eq!(app.token(ADMIN).await.get(&other).await.json()["limit_money"], "own");
        // One that sleeps keeps its number, and is neither woken nor made twice.
        assert_eq!(app.token(ADMIN).await.post(&format!("{path}/archive"), json!({})).await.status, 200);
        let rows = batch(&app, ADMIN, "organisations", json!([{"number": "K-501", "name": "Elbe Stahl AG"}])).await;
        assert_eq!((results(&rows), wrong(&rows[0])), (vec!["rejected"], vec!["number"]));
        let made = app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'organisation.create'").await;
        let changed = app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'organisation.edit'").await;
        assert_eq!((made, changed), (2, 1));
    }

    async fn one_customer_is_put_by_its_number(app: TestApp) {
        let path = "/api/v1/organisations/by-number/K-601%20b";
        let body = json!({"name": "Elbe Stahl AG", "city": "Hamburg"});
        assert_eq!(put(&app, ADMIN, path, &json!({"city": "Hamburg"}), None).await.status, 422, "a new one has a name");
        assert_eq!(put(&app, ADMIN, path, &body, Some("\"1\"")).await.status, 412, "there is none whose revision that is");
        let made = put(&app, ADMIN, path, &body, None).await;
        assert_eq!((made.status, made.header("etag"), &made.json()["number"]), (201, "\"1\"", &json!("K-601 b")), "{}", made.text());
        let same = put(&app, ADMIN, path, &body, None).await;
        assert_eq!((same.status, same.header("etag"), &same.json()["id"]), (200, "\"1\"", &made.json()["id"]));
        let moved = put(&app, ADMIN, path, &json!({"number": "K-601 b", "city": "Stade"}), Some("\"1\"")).await;
        assert_eq!((moved.status, moved.header("etag"), &moved.json()["name"]), (200, "\"2\"", &json!("Elbe Stahl AG")));
        assert_eq!(put(&app, ADMIN, path, &json!({"city": "Kiel"}), Some("\"1\"")).await.status, 412);
        let other = put(&app, ADMIN, path, &json!({"number": "K-602"}), None).await;
        assert!(other.status == 422 && other.json()["errors"]["number"].is_array(), "{}", other.text());
        assert_eq!(put(&app, ADMIN, path, &json!({"slug": "x"}), None).await.status, 422, "nothing else can be set");
        for email in [PM, "management@nordlicht.example", ANNA, "eva@partner.example"] {
            for number in ["K-601%20b", "K-10417", "K-999"] {
                let path = format!("/api/v1/organisations/by-number/{number}");
                assert_eq!(put(&app, email, &path, &body, None).await.status, 403, "{email} {number}");
            }
            let answer = app.token(email).await.post("/api/v1/organisations/batch", json!({"organisations": []})).await;
            assert_eq!(answer.status, 403, "{email}");
        }
        let many: Vec<Value> = (0..201).map(|at| json!({"number": format!("N-{at}"), "name": "x"})).collect();
        let answer = app.token(ADMIN).await.post("/api/v1/organisations/batch", json!({"organisations": many})).await;
        assert_eq!(answer.status, 400);
        assert_eq!(app.count("SELECT COUNT(*) FROM organisations WHERE number LIKE 'N-%'").await, 0);
    }

    async fn people_are_known_or_invited_once_and_keep_what_they_have(app: TestApp) {
        let sent = json!([
            {"organisation": "K-10417", "email": "klaus@acme.example", "name": "Klaus Kontakt", "phone": "+49 431 1"},
            {"organisation": "acme", "email": "nora@acme.example", "name": "Nora Neumann", "role": "admin", "invite": true},
            {"organisation": "acme", "email": "BEN@acme.example", "invite": true},
            {"organisation": "acme", "email": "ben@acme.example"},
            {"organisation": "nobody", "email": "x@acme.example"},
            {"organisation": "acme", "email": "no address", "role": "king", "money": "much"},
            {"organisation": "acme", "email": "p@partner.example", "role": "partner", "invite": true},
        ]);
        let rows = batch(&app, PM, "people", sent.clone()).await;
        assert_eq!(results(&rows), ["create", "create", "unchanged", "rejected", "rejected", "rejected", "rejected"], "{rows:?}");
        assert_eq!((wrong(&rows[3]), wrong(&rows[4])), (vec!["email"], vec!["organisation"]));
        assert_eq!(wrong(&rows[5]), ["email", "role", "money"]);
        assert_eq!(wrong(&rows[6]), ["projects"], "a partner works on a project");
        assert_eq!(rows[2]["id"], app.user("ben@acme.example").to_string());
        assert_eq!(app.mails_to("nora@acme.example").await.len(), 1);
        assert!(app.mails_to("klaus@acme.example").await.is_empty());
        let again = batch(&app, PM, "people", sent).await;
        assert_eq!(results(&again)[..3], ["unchanged", "unchanged", "unchanged"]);
        assert_eq!(app.mails_to("nora@acme.example").await.len(), 1, "asked once");
        let moved = json!([{"organisation": "acme", "email": "klaus@acme.example", "phone": "+49 431 2"}]);
        let moved = batch(&app, PM, "people", moved).await.remove(0);
        assert_eq!((&moved["id"], &moved["changes"]), (&rows[0]["id"], &json!([{"field": "phone", "old": "+49 431 1", "new": "+49 431 2"}])));
        // Whoever belongs to the customer keeps role and rights: those change on their page.
        let raised = json!({"organisation": "acme", "email": "ben@acme.example", "role": "admin", "money": "organisation"});
        let refused = put(&app, ADMIN, "/api/v1/people", &raised, None).await;
        assert!(refused.status == 422 && refused.json()["errors"]["role"].is_array(), "{}", refused.text());
        let roles = app.sql("SELECT m.role FROM memberships m JOIN users u ON u.id = m.user_id WHERE u.email_key = 'ben@acme.example'").await;
        assert_eq!(roles, [["member"]]);
        let one = json!({"organisation": "acme", "email": "lars@acme.example", "invite": true});
        assert_eq!(put(&app, PM, "/api/v1/people", &one, None).await.status, 201);
        let same = put(&app, PM, "/api/v1/people", &one, None).await;
        assert_eq!((same.status, &same.json()["result"]), (200, &json!("unchanged")));
        assert_eq!(put(&app, PM, "/api/v1/people", &json!({"organisation": "acme", "email": "l@acme.example", "password": "x"}), None).await.status, 422);
    }

    async fn an_address_that_is_known_elsewhere_is_answered_like_any_other_and_only_gains_a_membership(app: TestApp) {
        let before = app.sql("SELECT password_hash FROM users WHERE email_key = 'dirk@borealis.example'").await;
        let sent = json!([
            {"organisation": "acme", "email": "dirk@borealis.example", "name": "Somebody", "documents": "own", "invite": true},
            {"organisation": "acme", "email": "unknown@borealis.example", "name": "Somebody", "documents": "own", "invite": true},
            {"organisation": "acme", "email": "support@nordlicht.example", "name": "Somebody"},
        ]);
        let rows = batch(&app, PM, "people", sent).await;
        let shape = |row: &Value| {
            let mut row = row.clone();
            row["id"] = json!("");
            row
        };
        assert_eq!(results(&rows), ["create", "create", "create"]);
        assert_eq!((shape(&rows[0]), shape(&rows[2])), (shape(&rows[1]), shape(&rows[1])));
        let slugs = async || {
            let dirk = app.ctx("dirk@borealis.example").await;
            let mut slugs: Vec<_> = dirk.actor.memberships().iter().map(|m| m.slug.clone()).collect();
            slugs.sort();
            slugs
        };
        assert_eq!(slugs().await, ["borealis"], "nobody is put into a customer without their word");
        let path = app.mail_to("dirk@borealis.example").await.path();
        let key = path.split("key=").nth(1).unwrap().to_owned();
        app.visitor().post("/_fn/invitations/accept", &[("key", &key)]).await;
        assert_eq!(slugs().await, ["acme", "borealis"]);
        let after = app.sql("SELECT password_hash FROM users WHERE email_key = 'dirk@borealis.example'").await;
        assert_eq!((before.len(), before), (1, after));
        let rows = batch(&app, PM, "people", json!([{"organisation": "acme", "email": "dirk@borealis.example", "invite": true}])).await;
        assert_eq!(results(&rows), ["unchanged"]);
    }

    async fn nobody_gives_more_than_there_is_nor_anything_where_they_invite_nobody(app: TestApp) {
        let acme = app.organisation("acme");
        let set = app.token(PM).await.patch(&format!("/api/v1/organisations/{acme}"), json!({"limit_money": "own"}), "*").await;
        assert_eq!(set.status, 200, "{}", set.text());
        let beyond = json!([{"organisation": "acme", "email": "a@acme.example", "money": "organisation", "invite": true}]);
        for email in [ANNA, PM, ADMIN] {
            let rows = batch(&app, email, "people", beyond.clone()).await;
            assert_eq!((results(&rows), wrong(&rows[0])), (vec!["rejected"], vec!["money"]), "{email}");
        }
        // Administrators of a customer invite; contacts are the house's.
        let rows = batch(&app, ANNA, "people", json!([{"organisation": "acme", "email": "a@acme.example", "name": "A"}])).await;
        assert_eq!(results(&rows), ["create"]);
        assert_eq!(app.count("SELECT COUNT(*) FROM organisation_contacts").await, 0);
        let rights = app.sql("SELECT money FROM invitations WHERE email_key = 'a@acme.example'").await;
        assert_eq!(rights, [["own"]]);
        // Another customer is answered like none, whoever is known there.
        let elsewhere = json!([
            {"organisation": "borealis", "email": "carla@borealis.example"},
            {"organisation": "borealis", "email": "nobody@borealis.example"},
            {"organisation": "no-such-customer", "email": "carla@borealis.example"},
        ]);
        let rows = batch(&app, ANNA, "people", elsewhere).await;
        assert!(rows.iter().all(|row| *row == rows[0]), "{rows:?}");
        assert_eq!((results(&rows)[0], wrong(&rows[0])), ("rejected", vec!["organisation"]));
        for email in ["ben@acme.example", "eva@partner.example", "support@nordlicht.example", "finance@nordlicht.example"] {
            let one = json!({"organisation": "acme", "email": "ben@acme.example"});
            assert_eq!(put(&app, email, "/api/v1/people", &one, None).await.status, 403, "{email}");
        }
        let read = app.scoped_token(PM, &["read"]).await;
        assert_eq!(read.post("/api/v1/people/batch", json!({"people": []})).await.status, 403);
    }

    async fn the_same_customer_sent_twice_at_once_is_made_once(app: TestApp) {
        let (one, two) = (app.token(ADMIN).await, app.token(ADMIN).await);
        let body = json!({"organisations": [{"number": "K-701", "name": "Elbe Stahl AG"}, {"number": "K-702", "name": "Weser Werft"}]});
        let (a, b) = tokio::join!(
            one.post("/api/v1/organisations/batch", body.clone()),
            two.post("/api/v1/organisations/batch", body)
        );
        assert_eq!((a.status, b.status), (200, 200), "{} {}", a.text(), b.text());
        assert_eq!(app.count("SELECT COUNT(*) FROM organisations WHERE number LIKE 'K-70%'").await, 2);
        let created = [&a, &b].map(|answer| results(answer.json()["results"].as_array().unwrap()).iter().filter(|r| **r == "create").count());
        assert_eq!(created.iter().sum::<usize>(), 2);
    }
}
