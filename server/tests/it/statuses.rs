//! Statuses as data: added, changed, put in order, deleted with what stands so; and what that does to orders.

use app::statuses::model::{Input, Kind, Look, Side};
use app::statuses::service;
use axum::http::Method;
use serde_json::{Value, json};

use crate::bulk::{fields, send};
use crate::orders::batch;
use crate::search::drain;
use crate::support::{Answer, TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";

async fn call(app: &TestApp, method: Method, path: &str, body: &Value, etag: &str) -> Answer {
    let headers = [("content-type", "application/json"), ("if-match", etag)];
    app.token(ADMIN)
        .await
        .send(method, &format!("/api/v1/order-statuses{path}"), &headers, body.to_string().into_bytes())
        .await
}

fn status(name: &str) -> Value {
    json!({"name_en": name, "name_de": format!("{name} (de)"), "name_nl": format!("{name} (nl)"), "tone": "warn", "waits_for": "house"})
}

async fn keys(app: &TestApp) -> Vec<String> {
    let all = app.token("ben@acme.example").await.get("/api/v1/order-statuses").await.json();
    all["items"].as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap().to_owned()).collect()
}

async fn order(app: &TestApp, number: &str) -> Value {
    app.token(ADMIN).await.get(&format!("/api/v1/orders?search={number}")).await.json()["items"][0].clone()
}

both! {
    async fn a_status_is_added_used_and_replaced_and_customers_read_what_became_of_their_orders(app: TestApp) {
        let made = call(&app, Method::POST, "", &status("Quality check"), "*").await;
        assert_eq!((made.status, made.location()), (201, "/api/v1/order-statuses/quality_check"), "{}", made.text());
        assert_eq!(keys(&app).await.last().unwrap(), "quality_check");
        batch(&app, ADMIN, json!([
            {"number": "A-1", "organisation": "acme", "status": "quality check (DE)"},
            {"number": "A-2", "organisation": "acme", "status": "quality_check"},
            {"number": "B-1", "organisation": "borealis"},
        ])).await;
        assert_eq!(order(&app, "A-1").await["status"], "quality_check", "known by its name, too");
        // Wrong in every field, taken names and keys.
        let wrong = call(&app, Method::POST, "", &json!({"name_en": " ", "name_de": "quality check (de)", "name_nl": "x".repeat(61), "tone": "idle", "waits_for": "house"}), "*").await;
        assert_eq!(wrong.status, 422, "{}", wrong.text());
        for field in ["name_en", "name_de", "name_nl"] {
            assert!(!wrong.json()["errors"][field].is_null(), "{field}: {}", wrong.text());
        }
        let mut taken = status("Other");
        for key in ["received", "With Space", "", "ünder"] {
            taken["key"] = json!(key);
            assert_eq!(call(&app, Method::POST, "", &taken, "*").await.status, 422, "{key}");
        }
        taken["key"] = json!("own_key");
        assert_eq!(call(&app, Method::POST, "", &taken, "*").await.location(), "/api/v1/order-statuses/own_key");
        // In use: not without another one, and not with one that is not there, nor with itself.
        for query in ["", "?replacement=nowhere", "?replacement=quality_check"] {
            let refused = call(&app, Method::DELETE, &format!("/quality_check{query}"), &json!({}), "*").await;
            assert_eq!((refused.status, refused.json()["errors"]["replacement"].is_null()), (422, false), "{query}");
        }
        let before = order(&app, "A-1").await;
        let done = call(&app, Method::DELETE, "/quality_check?replacement=delivered&reason=Checks+are+part+of+production.", &json!({}), "\"1\"").await;
        assert_eq!((done.status, &done.json()["orders"]), (200, &json!(2)), "{}", done.text());
        let after = order(&app, "A-1").await;
        assert_eq!((&after["status"], &after["closed"]), (&json!("delivered"), &json!(true)));
        assert!(after["revision"].as_i64() > before["revision"].as_i64());
        assert_eq!(order(&app, "B-1").await["status"], "received");
        let page = app.browser("ben@acme.example").await.get(&format!("/orders/{}", after["id"].as_str().unwrap())).await.words();
        assert!(page.contains("Status changed from quality check to Delivered") && page.contains("Checks are part of production."), "{page}");
        let closed = app.token("anna@acme.example").await.get("/api/v1/orders?which=closed").await.json();
        assert_eq!(closed["items"].as_array().unwrap().len(), 2);
        let detail = &app.sql("SELECT detail FROM audit_events WHERE action = 'status.delete'").await[0][0];
        assert!(detail.contains("\"moved\":\"2\"") && detail.contains("\"replacement\":\"delivered\""), "{detail}");
        // Nothing stands so: it simply goes.
        assert_eq!(call(&app, Method::DELETE, "/own_key", &json!({}), "*").await.status, 200);
        assert_eq!(call(&app, Method::DELETE, "/own_key", &json!({}), "*").await.status, 404);
    }

    async fn what_becomes_final_closes_its_orders_and_opens_them_again(app: TestApp) {
        batch(&app, ADMIN, json!([
            {"number": "A-1", "organisation": "acme", "status": "shipped", "confirmed_on": "2026-01-01"},
            {"number": "A-2", "organisation": "acme"},
        ])).await;
        drain(&app).await;
        let open = async |query: &str| {
            let all = app.token("anna@acme.example").await.get(&format!("/api/v1/orders?which=open{query}")).await.json();
            all["items"].as_array().unwrap().iter().map(|o| o["number"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(open("&sort=due").await, ["A-1", "A-2"]);
        let mut shipped = app.token(ADMIN).await.get("/api/v1/order-statuses/shipped").await.json();
        for field in ["key", "revision"] {
            shipped.as_object_mut().unwrap().remove(field);
        }
        shipped["is_final"] = json!(true);
        assert_eq!(call(&app, Method::PUT, "/shipped", &shipped, "\"7\"").await.status, 412, "somebody was faster");
        assert_eq!(call(&app, Method::PUT, "/shipped", &shipped, "\"1\"").await.status, 200);
        assert_eq!(open("&sort=due").await, ["A-2"]);
        assert_eq!(open("&overdue=true").await, Vec::<String>::new());
        drain(&app).await;
        assert_eq!(open("&search=a").await, ["A-2"]);
        shipped["is_final"] = json!(false);
        assert_eq!(call(&app, Method::PUT, "/shipped", &shipped, "\"2\"").await.status, 200);
        drain(&app).await;
        assert_eq!(open("&search=a").await.len(), 2);
        let mut renamed = shipped.clone();
        renamed["key"] = json!("sent");
        assert_eq!(call(&app, Method::PUT, "/shipped", &renamed, "\"3\"").await.status, 422, "a key never changes");
        let bare = app.token(ADMIN).await.send(Method::PUT, "/api/v1/order-statuses/shipped", &[("content-type", "application/json")], shipped.to_string().into_bytes()).await;
        assert_eq!(bare.status, 428);
    }

    async fn programs_keep_the_statuses_of_projects_as_those_of_orders(app: TestApp) {
        let call = async |method: Method, path: &str, body: &Value, etag: &str| {
            let headers = [("content-type", "application/json"), ("if-match", etag)];
            let path = format!("/api/v1/project-statuses{path}");
            app.token(ADMIN).await.send(method, &path, &headers, body.to_string().into_bytes()).await
        };
        let made = call(Method::POST, "", &status("Under test"), "*").await;
        assert_eq!((made.status, made.location()), (201, "/api/v1/project-statuses/under_test"), "{}", made.text());
        assert!(!keys(&app).await.contains(&"under_test".to_owned()), "orders have theirs");
        app.sql("UPDATE projects SET status = 'under_test', done_on = NULL WHERE slug = 'line-2'").await;
        let mut over = status("Under test");
        over["is_final"] = json!(true);
        assert_eq!(call(Method::PUT, "/under_test", &over, "\"7\"").await.status, 412, "somebody was faster");
        assert_eq!(call(Method::PUT, "/under_test", &over, "\"1\"").await.json()["revision"], 2);
        assert_eq!(app.count("SELECT COUNT(*) FROM projects WHERE slug = 'line-2' AND closed").await, 1);
        let mut renamed = over.clone();
        renamed["key"] = json!("tested");
        assert_eq!(call(Method::PUT, "/under_test", &renamed, "\"2\"").await.status, 422, "a key never changes");
        let all = app.token(ADMIN).await.get("/api/v1/project-statuses").await;
        let (tag, all) = (all.header("etag").to_owned(), all.json());
        let mut order: Vec<String> = all["items"].as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap().to_owned()).collect();
        order.rotate_right(1);
        let order = json!({"keys": order});
        let bare = [("content-type", "application/json")];
        let bare = app.token(ADMIN).await.send(Method::PUT, "/api/v1/project-statuses", &bare, order.to_string()).await;
        assert_eq!((bare.status, call(Method::PUT, "", &order, "\"0\"").await.status), (428, 412));
        let arranged = call(Method::PUT, "", &order, &format!("\"0\", {tag}")).await;
        assert_eq!(arranged.json()["items"][0]["key"], "under_test", "{}", arranged.text());
        assert_eq!(call(Method::PUT, "", &order, &tag).await.status, 412, "they stand in another order by now");
        assert_eq!(call(Method::PUT, "", &order, arranged.header("etag")).await.status, 200);
        assert_eq!(call(Method::DELETE, "/under_test", &json!(null), "\"2\"").await.status, 422, "it is in use");
        let gone = call(Method::DELETE, "/under_test?replacement=running&reason=Tests%20are%20over.", &json!(null), "*").await;
        assert_eq!((gone.status, &gone.json()["projects"]), (200, &json!(1)), "{}", gone.text());
        assert_eq!(call(Method::GET, "/under_test", &json!(null), "*").await.status, 404);
        for (email, answer) in [("pm@nordlicht.example", 403), ("anna@acme.example", 403)] {
            let refused = app.token(email).await.post("/api/v1/project-statuses", status("Mine")).await;
            assert_eq!(refused.status, answer, "{email}");
        }
    }

    async fn projects_have_statuses_of_their_own(app: TestApp) {
        let ctx = app.ctx(ADMIN).await;
        let input = |is_final| Input {
            name_en: "Under test".to_owned(), name_de: "Im Test".to_owned(), name_nl: "In test".to_owned(),
            tone: Look::Warn, waits_for: Side::Customer, is_final,
        };
        assert_eq!(service::create(&ctx, Kind::Projects, None, &input(false)).await.unwrap(), "under_test");
        assert!(!keys(&app).await.contains(&"under_test".to_owned()), "orders have theirs");
        app.sql("UPDATE projects SET status = 'under_test', done_on = NULL WHERE slug = 'line-2'").await;
        service::edit(&ctx, Kind::Projects, "under_test", &input(true), Some(1)).await.unwrap();
        let over = "SELECT COUNT(*) FROM projects WHERE status = 'under_test' AND closed AND sort_on = '2026-11-21'";
        assert_eq!(app.count(over).await, 1);
        assert!(service::delete(&ctx, Kind::Projects, "under_test", None, "", None).await.is_err(), "it is in use");
        assert_eq!(service::delete(&ctx, Kind::Projects, "under_test", Some("running"), "Tests are over.", Some(2)).await.unwrap(), 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM projects WHERE slug = 'line-2' AND status = 'running' AND NOT closed").await, 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM project_changes WHERE field = 'status' AND new = 'running' AND reason = 'Tests are over.'").await, 1);
        let mut admin = app.browser(ADMIN).await;
        let page = admin.get("/staff/statuses?kind=projects").await.words();
        assert!(page.contains("In acceptance") && !page.contains("Ready to ship"), "{page}");
        assert_eq!(admin.get("/staff/statuses?kind=x").await.status, 404);
    }

    async fn administrators_keep_them_on_pages_and_nobody_else_does(app: TestApp) {
        let mut admin = app.browser(ADMIN).await;
        let page = admin.get("/staff/statuses").await;
        assert!(page.words().contains("Waiting for you") && page.words().contains("The customer acts next"), "{}", page.words());
        let new = admin.get("/staff/statuses/new").await;
        let mut form = fields(&new.text(), "/_fn/statuses/save");
        form.retain(|(name, _)| !["tone", "is_final", "name_en", "name_de", "name_nl"].contains(&name.as_str()));
        form.extend([("tone", "bad"), ("waits_for", "customer"), ("is_final", "yes"), ("name_en", "Lost \"for good\""), ("name_de", ""), ("name_nl", "Weg")].map(|(a, b)| (a.into(), b.into())));
        let back = send(&mut admin, "/_fn/statuses/save", &form).await;
        assert!(back.contains("Please give it a name in this language") && back.contains("Lost &quot;for good&quot;"), "{back}");
        form.retain(|(name, _)| name != "name_de");
        form.push(("name_de".into(), "Verloren".into()));
        let back = send(&mut admin, "/_fn/statuses/save", &form).await;
        assert!(back.contains("The status is saved") && back.contains("Verloren"), "{back}");
        assert_eq!(keys(&app).await.last().unwrap(), "lost_for_good");
        let up = [("kind", "orders"), ("key", "lost_for_good"), ("way", "up")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        send(&mut admin, "/_fn/statuses/shift", &up).await;
        assert_eq!(keys(&app).await[7..], ["lost_for_good", "cancelled"]);
        let mut order = keys(&app).await;
        order.reverse();
        assert_eq!(call(&app, Method::PUT, "", &json!({"keys": order}), "*").await.status, 200);
        assert_eq!(keys(&app).await, order);
        assert_eq!(call(&app, Method::PUT, "", &json!({"keys": ["received"]}), "*").await.status, 422);
        // Two at once: the second is told, and nothing is lost.
        let one = admin.get("/staff/statuses/lost_for_good").await;
        let stale = fields(&one.text(), "/_fn/statuses/delete");
        let mut edit = fields(&one.text(), "/_fn/statuses/save");
        edit.retain(|(name, _)| !["tone", "is_final"].contains(&name.as_str()));
        edit.extend([("tone", "warn"), ("waits_for", "nobody")].map(|(a, b)| (a.into(), b.into())));
        assert!(send(&mut admin, "/_fn/statuses/save", &edit).await.contains("The status is saved"));
        assert!(send(&mut admin, "/_fn/statuses/save", &edit).await.contains("Somebody else has changed the statuses"));
        assert!(send(&mut admin, "/_fn/statuses/delete", &stale).await.contains("Somebody else has changed the statuses"));
        let fresh = fields(&admin.get("/staff/statuses/lost_for_good").await.text(), "/_fn/statuses/delete");
        assert!(send(&mut admin, "/_fn/statuses/delete", &fresh).await.contains("The status is deleted."));
        assert_eq!(admin.get("/staff/statuses/lost_for_good").await.status, 404);
        for email in ["pm@nordlicht.example", "management@nordlicht.example", "anna@acme.example"] {
            let mut browser = app.browser(email).await;
            for path in ["/staff/statuses", "/staff/statuses/new", "/staff/statuses/received"] {
                assert_eq!(browser.get(path).await.status, 403, "{email} {path}");
            }
        }
    }
}
