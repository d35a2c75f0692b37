//! Orders: who sees them, what they say, how they are taken in and changed, and what is refused.

use axum::http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Engine, TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";

async fn call(app: &TestApp, email: &str, method: Method, path: &str, body: &Value, etag: Option<&str>) -> Answer {
    let mut headers = vec![("content-type", "application/json")];
    headers.extend(etag.map(|etag| ("if-match", etag)));
    app.token(email).await.send(method, path, &headers, body.to_string().into_bytes()).await
}

/// Takes orders in, as the ERP does, and gives the results.
pub async fn batch(app: &TestApp, email: &str, orders: Value) -> Vec<Value> {
    let answer = call(app, email, Method::POST, "/api/v1/orders/batch", &json!({"orders": orders}), None).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["results"].as_array().unwrap().clone()
}

/// An order of ACME that a document belongs to.
pub async fn with_paper(app: &TestApp, number: &str, document: app::ids::DocumentId) {
    let row = batch(app, ADMIN, json!([{"number": number, "organisation": "acme"}])).await.remove(0);
    let id = row["id"].as_str().unwrap().parse().unwrap();
    app::orders::papers::attach(&app.ctx(ADMIN).await, id, document).await.unwrap();
}

fn results(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["result"].as_str().unwrap()).collect()
}

async fn numbers(app: &TestApp, email: &str, query: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!(
            "/api/v1/orders?limit=2{query}{}",
            if cursor.is_empty() { String::new() } else { format!("&cursor={cursor}") }
        );
        let page = app.token(email).await.get(&path).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let page = page.json();
        all.extend(page["items"].as_array().unwrap().iter().map(|o| o["number"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => return all,
        }
    }
}

fn order(number: &str, organisation: &str, day: &str) -> Value {
    json!({"number": number, "organisation": organisation, "ordered_on": day})
}

both! {
    async fn the_same_orders_sent_twice_change_nothing_and_a_moved_date_is_told_with_its_reason(app: TestApp) {
        let lines = json!([
            {"position": 10, "article": "RF-400", "title": "Roller conveyor \"Größe 2\"", "quantity": "1", "unit": "pc", "price": "42600.00"},
            {"position": 20, "title": "Transfer point", "quantity": "2.5", "price": "10.01"},
        ]);
        let sent = json!([{"number": "AB-1", "external_id": "ERP-77", "organisation": "acme", "title": "Line 2", "reference": "4500018823", "ordered_on": "2026-10-02",
            "confirmed_on": "2026-12-04", "currency": "eur", "lines": lines, "steps": [{"title": "Engineering", "done_on": "2026-10-30"}, {"title": "Factory test", "expected_on": "2026-11-27"}]}]);
        assert_eq!(results(&batch(&app, PM, sent.clone()).await), ["create"]);
        assert_eq!(results(&batch(&app, PM, sent).await), ["unchanged"]);
        // A status is known by its name, too, and stays when only a day moves.
        let named = json!([{"number": "AB-1", "external_id": "ERP-77", "status": "bestätigt"}]);
        assert_eq!(results(&batch(&app, PM, named).await), ["unchanged"]);
        let moved = json!([{"number": "AB-1", "external_id": "ERP-77", "confirmed_on": "2026-12-11", "reason": "The gear box comes later."}]);
        let row = batch(&app, PM, moved).await.remove(0);
        assert_eq!(row["result"], "change");
        assert_eq!(row["changes"], json!([{"field": "confirmed_on", "old": "2026-12-04", "new": "2026-12-11"}]));
        let id = row["id"].as_str().unwrap();
        let one = app.token("ben@acme.example").await.get(&format!("/api/v1/orders/{id}")).await.json();
        // 42,600.00 and two and a half times 10.01, rounded; the status follows from the confirmed day.
        assert_eq!(one["total"], json!({"amount": "42625.03", "currency": "EUR"}));
        assert_eq!((&one["status"], &one["next_step"], &one["next_on"]), (&json!("confirmed"), &json!("Factory test"), &json!("2026-11-27")));
        assert_eq!(one["external_id"], Value::Null, "what the ERP calls it is not for customers");
        let page = app.browser("ben@acme.example").await.get(&format!("/orders/{id}")).await;
        let words = page.words();
        for part in ["Line 2", "AB-1", "your order 4500018823", "Confirmed", "11 Dec 2026", "42,625.03", "Roller conveyor", "Factory test", "changed from 4 Dec 2026 to 11 Dec 2026", "The gear box comes later."] {
            assert!(words.contains(part), "{part}: {words}");
        }
        // Who of the house did it is not said; Petra is whom they may ask.
        assert!(!words.contains("ERP-77") && words.matches("Petra").count() == 1, "{words}");
        let list = app.browser("anna@acme.example").await.get("/orders").await.words();
        assert!(list.contains("Line 2") && list.contains("Factory test"), "{list}");
    }

    async fn wished_confirmed_and_delivered_days_stand_beside_each_other_and_no_next_step_is_said(app: TestApp) {
        let days = json!({"wanted_on": "2026-10-01", "confirmed_on": "2026-10-15", "delivered_on": "2026-10-20"});
        let mut all = order("A-1", "acme", "2026-09-01");
        all.as_object_mut().unwrap().extend(days.as_object().unwrap().clone());
        let rows = batch(&app, PM, json!([all, order("A-2", "acme", "2026-09-02")])).await;
        let mut anna = app.browser("anna@acme.example").await;
        let path = |at: usize| format!("/orders/{}", rows[at]["id"].as_str().unwrap());
        let words = anna.get(&path(0)).await.words();
        for part in ["Wished date1 Oct 2026", "Confirmed date15 Oct 2026", "Delivered on20 Oct 2026"] {
            assert!(words.contains(part), "{part}: {words}");
        }
        let words = anna.get(&path(1)).await.words();
        assert!(!words.contains("Wished date") && !words.contains("Delivered on"), "{words}");
        let list = anna.get("/orders?which=all").await;
        assert_eq!(list.text().matches("Nothing planned").count(), 2, "{}", list.text());
    }

    async fn everybody_sees_the_orders_that_are_theirs_and_no_others(app: TestApp) {
        let ben = app.user("ben@acme.example");
        let project = app.project("line-2");
        batch(&app, ADMIN, json!([
            order("A-1", "acme", "2026-01-01"), order("A-2", "acme", "2026-01-03"), order("B-1", "borealis", "2026-01-02"),
            {"number": "A-3", "organisation": "acme", "ordered_on": "2026-01-02", "buyer_id": ben},
            {"number": "A-4", "organisation": "acme", "ordered_on": "2025-01-02", "project_id": project, "status": "delivered"},
        ])).await;
        let all = ["A-2", "B-1", "A-3", "A-1", "A-4"];
        for email in [ADMIN, "support@nordlicht.example", "finance@nordlicht.example", "sales@nordlicht.example", "management@nordlicht.example"] {
            assert_eq!(numbers(&app, email, "").await.len(), all.len(), "{email}");
        }
        assert_eq!(numbers(&app, "anna@acme.example", "").await, ["A-2", "A-3", "A-1", "A-4"]);
        assert_eq!(numbers(&app, "anna@acme.example", "&which=open").await, ["A-2", "A-3", "A-1"]);
        assert_eq!(numbers(&app, "anna@acme.example", "&which=closed").await, ["A-4"]);
        assert_eq!(numbers(&app, "anna@acme.example", "&status=received").await, ["A-2", "A-3", "A-1"]);
        assert_eq!(numbers(&app, "carla@borealis.example", "").await, ["B-1"]);
        // The partner: what belongs to the project.
        assert_eq!(numbers(&app, "eva@partner.example", "").await, ["A-4"]);
        // Less right, fewer orders: by the module of the membership.
        app.sql(&format!("UPDATE memberships SET orders = 'own' WHERE user_id = {}", app.literal(ben.0))).await;
        assert_eq!(numbers(&app, "ben@acme.example", "").await, ["A-3", "A-4"]);
        app.sql(&format!("UPDATE memberships SET orders = 'none' WHERE user_id = {}", app.literal(ben.0))).await;
        assert_eq!(numbers(&app, "ben@acme.example", "").await, Vec::<String>::new());
        let mut browser = app.browser("ben@acme.example").await;
        assert_eq!(browser.get("/orders").await.status, 403);
        assert!(!browser.get("/").await.text().contains("href=\"/orders\""));
        let acme = app.organisation("acme");
        assert_eq!(numbers(&app, "support@nordlicht.example", &format!("&organisation_id={acme}")).await, ["A-2", "A-3", "A-1", "A-4"]);
        for bad in ["which=x", "status=x", "cursor=x", "organisation_id=x", "limit=0", "sort=x", "status=received&which=open"] {
            assert_eq!(app.token(ADMIN).await.get(&format!("/api/v1/orders?{bad}")).await.status, 400, "{bad}");
        }
    }

    async fn what_it_costs_is_for_those_who_may_see_money(app: TestApp) {
        let line = json!([{"position": 1, "title": "Pump", "quantity": "2", "price": "99.50"}]);
        let row = batch(&app, ADMIN, json!([{"number": "A-1", "organisation": "acme", "currency": "EUR", "lines": line}])).await.remove(0);
        batch(&app, ADMIN, json!([{"number": "A-1", "total": {"amount": "150", "currency": "EUR"}, "title": "Pumps"}])).await;
        let path = format!("/api/v1/orders/{}", row["id"].as_str().unwrap());
        let ben = app.user("ben@acme.example");
        app.sql(&format!("UPDATE memberships SET money = 'none' WHERE user_id = {}", app.literal(ben.0))).await;
        for (email, sees) in [(ADMIN, true), ("finance@nordlicht.example", true), ("anna@acme.example", true), ("support@nordlicht.example", false), ("ben@acme.example", false)] {
            let one = app.token(email).await.get(&path).await.json();
            assert_eq!(one["total"]["amount"] == "150.00", sees, "{email}: {one}");
            let lines = app.token(email).await.get(&format!("{path}/lines")).await.json();
            assert_eq!(lines["items"][0]["amount"] == "199.00", sees, "{email}: {lines}");
            let side = if email.ends_with("@nordlicht.example") { "/staff" } else { "" };
            let page = app.browser(email).await.get(&format!("{side}/orders/{}", row["id"].as_str().unwrap())).await.text();
            assert_eq!(page.contains("150.00") && page.contains("99.50"), sees, "{email}");
            assert!(sees || !(page.contains("150") || page.contains("199.00")), "{email}: {page}");
        }
        // Whoever of staff looks as a customer sees no more than themselves.
        let mut support = app.browser("support@nordlicht.example").await;
        crate::view_as::begin(&app, &mut support, "anna@acme.example").await;
        let page = support.get(&format!("/orders/{}", row["id"].as_str().unwrap())).await.text();
        assert!(page.contains("Pumps") && !page.contains("150.00") && !page.contains("199.00"), "{page}");
    }

    async fn what_is_wrong_is_said_for_each_order_and_the_others_are_taken(app: TestApp) {
        batch(&app, ADMIN, json!([order("B-1", "borealis", "2026-01-01")])).await;
        let rows = batch(&app, PM, json!([
            order("A-1", "acme", "2026-01-01"),
            order("", "acme", "2026-01-01"),
            order("A-2", "nobody", "2026-01-01"),
            order("A-1", "acme", "2026-01-01"),
            {"number": "A-3"},
            {"number": "A-4", "organisation": "acme", "ordered_on": "01.02.2026"},
            {"number": "A-5", "organisation": "acme", "status": "lost"},
            {"number": "A-6", "organisation": "acme", "tracking_url": "javascript:alert(1)"},
            {"number": "A-7", "organisation": "acme", "lines": [{"position": 1, "title": "x", "quantity": "many"}]},
            {"number": "A-8", "organisation": "acme", "buyer_id": app.user("dirk@borealis.example")},
            {"number": "A-9", "organisation": "acme", "title": "x".repeat(201)},
            // Another customer's number.
            {"number": "B-1", "organisation": "acme"},
            {"number": "A-10", "organisation": "acme", "title": "  Ventile   für \"Halle 3\"; O'Brien  "},
        ])).await;
        assert_eq!(results(&rows), ["create", "rejected", "rejected", "rejected", "rejected", "rejected", "rejected", "rejected", "rejected", "rejected", "rejected", "rejected", "create"]);
        let fields: Vec<&str> = rows.iter().filter_map(|row| row["errors"][0]["field"].as_str()).collect();
        assert_eq!(fields, ["number", "organisation", "number", "organisation", "ordered_on", "status", "tracking_url", "lines", "buyer_id", "title", "number"]);
        assert_eq!(numbers(&app, "anna@acme.example", "").await.len(), 2);
        let one = app.token(ADMIN).await.get(&format!("/api/v1/orders/{}", rows[12]["id"].as_str().unwrap())).await.json();
        assert_eq!(one["title"], "Ventile für \"Halle 3\"; O'Brien");
        // Only whoever keeps a customer's orders takes any.
        for email in ["support@nordlicht.example", "finance@nordlicht.example", "anna@acme.example"] {
            let answer = call(&app, email, Method::POST, "/api/v1/orders/batch", &json!({"orders": []}), None).await;
            assert_eq!(answer.status, 403, "{email}");
        }
        let many: Vec<Value> = (0..501).map(|at| order(&format!("M-{at}"), "acme", "2026-01-01")).collect();
        let answer = call(&app, ADMIN, Method::POST, "/api/v1/orders/batch", &json!({"orders": many}), None).await;
        assert_eq!(answer.status, 400);
    }

    async fn a_number_is_no_key_of_another_system(app: TestApp) {
        let sent = json!([{"number": "A-1", "external_id": "77", "organisation": "acme", "title": "First"}]);
        batch(&app, PM, sent).await;
        // Another order that happens to have the number the ERP calls the first one by.
        assert_eq!(results(&batch(&app, PM, json!([{"number": "77", "organisation": "acme", "title": "Second"}])).await), ["create"]);
        assert_eq!(results(&batch(&app, PM, json!([{"number": "77", "organisation": "acme", "title": "Second"}])).await), ["unchanged"]);
        assert_eq!(numbers(&app, "anna@acme.example", "").await.len(), 2);
        // By its own number, or by the key and with another number.
        assert_eq!(results(&batch(&app, PM, json!([{"number": "A-1", "title": "Once"}])).await), ["change"]);
        assert_eq!(results(&batch(&app, PM, json!([{"number": "A-2", "external_id": "77"}])).await), ["change"]);
        // Two systems do not share an order, and no number is taken twice.
        let rows = batch(&app, PM, json!([{"number": "A-2", "external_id": "78"}, {"number": "77", "external_id": "77"}])).await;
        assert_eq!(results(&rows), ["rejected", "rejected"]);
    }

    async fn amounts_never_change_their_currency_unseen(app: TestApp) {
        let line = |price: &str| json!([{"position": 1, "title": "Pump", "quantity": "1", "price": price}]);
        let rows = batch(&app, PM, json!([
            {"number": "A-1", "organisation": "acme", "currency": "jpy", "lines": line("1500")},
            {"number": "A-2", "organisation": "acme", "currency": "JPY", "lines": line("15.50")},
            {"number": "A-3", "organisation": "acme", "lines": line("15.50")},
            {"number": "A-4", "organisation": "acme", "currency": "EUR", "total": {"amount": "1", "currency": "CHF"}},
        ])).await;
        assert_eq!(results(&rows), ["create", "rejected", "rejected", "rejected"]);
        let path = format!("/api/v1/orders/{}", rows[0]["id"].as_str().unwrap());
        let other = batch(&app, PM, json!([{"number": "A-1", "currency": "EUR"}])).await.remove(0);
        assert_eq!(other["errors"][0]["field"], "currency", "{other}");
        assert_eq!(app.token(PM).await.get(&path).await.json()["total"], json!({"amount": "1500", "currency": "JPY"}));
        let whole = json!([{"number": "A-1", "currency": "EUR", "lines": line("9.50")}]);
        assert_eq!(results(&batch(&app, PM, whole).await), ["change"]);
        assert_eq!(app.token(PM).await.get(&path).await.json()["total"], json!({"amount": "9.50", "currency": "EUR"}));
    }

    async fn the_same_request_again_makes_no_second_order_and_a_token_for_orders_is_enough(app: TestApp) {
        let token = app.scoped_token(PM, &["orders"]).await;
        let body = order("A-1", "acme", "2026-01-01").to_string().into_bytes();
        let headers = [("content-type", "application/json"), ("idempotency-key", "k-1")];
        let first = token.send(Method::POST, "/api/v1/orders", &headers, body.clone()).await;
        let again = token.send(Method::POST, "/api/v1/orders", &headers, body).await;
        assert_eq!((first.status, again.status), (201, 201), "{}", again.text());
        assert_eq!(first.json()["id"], again.json()["id"]);
        let other = token.send(Method::POST, "/api/v1/orders", &headers, order("A-2", "acme", "2026-01-01").to_string().into_bytes()).await;
        assert_eq!(other.status, 422, "another request with the same key");
        assert_eq!(token.send(Method::POST, "/api/v1/orders/batch", &[("content-type", "application/json")], br#"{"orders":[]}"#.to_vec()).await.status, 200);
        assert_eq!(token.get("/api/v1/documents").await.status, 403);
        let reads = app.scoped_token(PM, &["orders:read"]).await;
        assert_eq!(reads.get("/api/v1/orders").await.status, 200);
        assert_eq!(reads.send(Method::POST, "/api/v1/orders/batch", &[("content-type", "application/json")], br#"{"orders":[]}"#.to_vec()).await.status, 403);
        assert_eq!(app.scoped_token(PM, &["documents"]).await.get("/api/v1/orders").await.status, 403);
    }

    async fn an_order_that_waits_for_the_person_who_ordered_it_stands_on_their_home_page(app: TestApp) {
        let step = json!([{"title": "You confirm the length", "expected_on": "2026-12-01", "acts": "customer"}]);
        let waits = json!({"number": "A-1", "organisation": "acme", "title": "Rollers", "status": "waiting", "buyer_id": app.user("ben@acme.example"), "steps": step});
        let row = batch(&app, PM, json!([waits])).await.remove(0);
        let mut ben = app.browser("ben@acme.example").await;
        let home = ben.get("/").await;
        for part in ["Order “Rollers” waits for you", "You confirm the length", "until 1 Dec"] {
            assert!(home.words().contains(part), "{part}: {}", home.words());
        }
        let badge = |page: &Answer| page.text().matches("count--solid").count();
        // The number in the navigation is the one on the home page.
        assert!(badge(&home) > 0 && badge(&ben.get("/documents").await) > 0);
        assert!(!app.browser("anna@acme.example").await.get("/").await.words().contains("waits for you"));
        batch(&app, PM, json!([{"number": "A-1", "status": "confirmed"}])).await;
        assert!(!ben.get("/").await.words().contains("waits for you"));
        assert_eq!(badge(&ben.get("/documents").await), 0);
        // Papers that belong to it, for whoever may read them.
        let paper = app.published("Stamped paper", app::documents::model::Category::Minutes, app::documents::model::Audience::Organisation).await;
        let foreign = app.draft("Draft for ACME", app::documents::model::Category::Other).await;
        let id = row["id"].as_str().unwrap();
        let mut pm = app.browser(PM).await;
        for document in [paper, foreign] {
            let done = pm.post("/_fn/orders/attach", &[("order", id), ("document", &document.to_string())]).await;
            assert!(pm.follow(&done).await.words().contains("belongs to the order"));
        }
        let page = ben.get(&format!("/orders/{id}")).await.words();
        assert!(page.contains("Stamped paper") && !page.contains("Draft for ACME"), "{page}");
        let done = pm.post("/_fn/orders/detach", &[("order", id), ("document", &paper.to_string())]).await;
        assert!(pm.follow(&done).await.words().contains("no longer belongs"));
        assert!(!ben.get(&format!("/orders/{id}")).await.words().contains("Stamped paper"));
        let unknown = pm.post("/_fn/orders/attach", &[("order", id), ("document", "00000000-0000-0000-0000-000000000000")]).await;
        assert!(pm.follow(&unknown).await.words().contains("not a document of this customer"));
    }

    async fn two_who_change_an_order_at_once_do_not_undo_each_other(app: TestApp) {
        let made = call(&app, PM, Method::POST, "/api/v1/orders", &order("A-1", "acme", "2026-01-01"), None).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let path = made.location().to_owned();
        let again = call(&app, PM, Method::POST, "/api/v1/orders", &order("A-1", "acme", "2026-01-01"), None).await;
        assert_eq!((again.status, again.json()["errors"]["number"].is_null()), (422, false), "{}", again.text());
        let title = |text: &str| json!({"title": text});
        assert_eq!(call(&app, PM, Method::PATCH, &path, &title("One"), None).await.status, 428);
        assert_eq!(call(&app, PM, Method::PATCH, &path, &title("One"), Some("\"1\"")).await.status, 200);
        assert_eq!(call(&app, ADMIN, Method::PATCH, &path, &title("Two"), Some("\"1\"")).await.status, 412);
        // The number can be changed too, to one that is free.
        call(&app, PM, Method::POST, "/api/v1/orders", &order("A-2", "acme", "2026-01-01"), None).await;
        assert_eq!(call(&app, PM, Method::PATCH, &path, &json!({"number": "A-2"}), Some("\"2\"")).await.status, 422);
        assert_eq!(call(&app, PM, Method::PATCH, &path, &json!({"number": "A-9"}), Some("\"2\"")).await.json()["number"], "A-9");
        // The form: the second is told, and what was typed is there.
        let id = path.rsplit('/').next().unwrap().to_owned();
        let mut pm = app.browser(PM).await;
        let page = pm.get(&format!("/staff/orders/{id}/edit")).await;
        let (organisation, revision) = (page.field("organisation_id"), page.field("revision"));
        let fields = |title: &'static str| vec![("order", id.clone()), ("organisation_id", organisation.clone()), ("revision", revision.clone()), ("number", "A-9".to_owned()), ("title", title.to_owned()), ("ordered_on", "2026-01-01".to_owned()),
            ("step_title[0]", "Cut".to_owned()), ("step_expected[0]", "2026-02-01".to_owned()), ("step_done[0]", String::new()), ("step_acts[0]", "customer".to_owned()), ("with_lines", "yes".to_owned()), ("line_title[0]", "Steel".to_owned()), ("line_quantity[0]", "1,5".to_owned()), ("line_price[0]", "1.000,10".to_owned()), ("currency", "EUR".to_owned())];
        let post = fields("Three");
        let pairs: Vec<(&str, &str)> = post.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let saved = pm.post("/_fn/orders/save", &pairs).await;
        let words = pm.follow(&saved).await.words();
        for part in ["The order is saved", "Three", "Steel", "1,500.15", "Cut"] {
            assert!(words.contains(part), "{part}: {words}");
        }
        let stale = fields("Four");
        let pairs: Vec<(&str, &str)> = stale.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let refused = pm.post("/_fn/orders/save", &pairs).await;
        let back = pm.follow(&refused).await;
        assert!(back.words().contains("Somebody else has changed this order"), "{}", back.words());
        assert_eq!(back.field("title"), "Four");
        let wrong = [("order", id.as_str()), ("organisation_id", &organisation), ("revision", "9"), ("number", ""), ("title", "Kept \"so\""), ("wanted_on", "soon"), ("step_title[0]", "Cut")];
        let refused = pm.post("/_fn/orders/save", &wrong).await;
        let back = pm.follow(&refused).await;
        assert!(back.words().contains("This is not a date") && back.text().contains("value=\"Cut\""), "{}", back.words());
        assert_eq!(back.field("title"), "Kept \"so\"");
    }
}

/// The steps of SQLite's plan for a statement. Numbered parameters need no values to be planned.
pub async fn plan(app: &TestApp, name: &str) -> Vec<String> {
    let entry = app::db::STATEMENTS.iter().find(|entry| entry.name.ends_with(name)).unwrap();
    let plan = app.sql(&format!("EXPLAIN QUERY PLAN {}", entry.sqlite)).await;
    plan.into_iter().filter_map(|row| row.into_iter().next_back()).collect()
}

/// No list walks all the orders there are: each of its ranges is one of an index, in the list's order.
#[tokio::test]
async fn lists_of_orders_read_ranges_of_their_indexes() {
    let app = TestApp::new(Engine::Sqlite).await;
    let newest =
        ["PAGE", "PAGE_CLOSED", "PAGE_STATUS", "OF_ORGANISATION", "OF_ORGANISATION_CLOSED", "OF_ORGANISATION_STATUS"];
    let oldest = [
        "OLDEST",
        "OLDEST_CLOSED",
        "OLDEST_STATUS",
        "OLDEST_OF_ORGANISATION",
        "OLDEST_OF_ORGANISATION_CLOSED",
        "OLDEST_OF_ORGANISATION_STATUS",
    ];
    let due = ["DUE", "DUE_STATUS", "DUE_OF_ORGANISATION", "DUE_OF_ORGANISATION_STATUS"];
    let lists = newest.map(|name| (name, "(ordered_on,id)<")).into_iter();
    let lists =
        lists.chain(oldest.map(|name| (name, "(ordered_on,id)>"))).chain(due.map(|name| (name, "(due_key,id)>")));
    for (name, range) in lists {
        let steps = plan(&app, &format!("orders::store::{name}")).await;
        assert!(!steps.iter().any(|step| step.starts_with("SCAN o")), "{name}: {steps:#?}");
        let ranges = steps.iter().filter(|step| step.starts_with("SEARCH o ") && !step.contains("(id=?)"));
        let ranges: Vec<&String> = ranges.collect();
        let by_index = |step: &&String| step.contains("orders_by_") && step.contains(range);
        assert!(!ranges.is_empty() && ranges.iter().all(by_index), "{name}: {steps:#?}");
    }
    // An import looks orders up by their keys: as many as it brings, not as many as there are.
    for name in ["orders::book::THERE", "orders::book::SEEN", "orders::book::UPDATE", "orders::book::LINES"] {
        let steps = plan(&app, name).await;
        assert!(!steps.iter().any(|step| step.starts_with("SCAN o")), "{name}: {steps:#?}");
    }
    // What waits for customers is found by its status, and of one's own customers by both.
    let steps = plan(&app, "staff::waits::BY_CUSTOMER").await;
    for index in ["orders_by_status (status=?)", "orders_by_organisation_status (organisation_id=? AND status=?)"] {
        assert!(steps.iter().any(|step| step.contains(index)), "{index}: {steps:#?}");
    }
    // What is found is read by its ids or numbers, and what moves with a status by that.
    for name in [
        "orders::store::BY_IDS",
        "orders::store::BY_NUMBER",
        "orders::bulk::READERS",
        "orders::restatus::MOVE",
        "orders::restatus::FINISH",
        "account::export::ORDERS",
    ] {
        let steps = plan(&app, name).await;
        let walks = |step: &&String| step.starts_with("SCAN o") && !step.starts_with("SCAN organisations");
        assert!(!steps.iter().any(|step| walks(&step)), "{name}: {steps:#?}");
    }
}
