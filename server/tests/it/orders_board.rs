//! Orders given another status: several at once after a look at who sees it, and one by one on the board.

use serde_json::{Value, json};

use crate::bulk::{fields, send};
use crate::orders::{batch, plan};
use crate::support::{Engine, TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";

async fn taken(app: &TestApp, orders: Value) -> Vec<String> {
    let rows = batch(app, ADMIN, orders).await;
    rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

async fn statuses(app: &TestApp, ids: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    for id in ids {
        let row = app.token(ADMIN).await.get(&format!("/api/v1/orders/{id}")).await.json();
        all.push(row["status"].as_str().unwrap().to_owned());
    }
    all
}

both! {
    async fn several_orders_change_together_after_a_look_at_who_will_see_it(app: TestApp) {
        let ids = taken(&app, json!([
            {"number": "A-1", "organisation": "acme", "title": "Rollers"}, {"number": "A-2", "organisation": "acme"},
            {"number": "A-3", "organisation": "acme", "status": "shipped"}, {"number": "B-1", "organisation": "borealis"},
        ])).await;
        app.sql("UPDATE users SET last_sign_in_at = 1 WHERE email <> 'ben@acme.example'").await;
        app.sql("DELETE FROM staff_assignments WHERE organisation_id IN (SELECT id FROM organisations WHERE slug = 'borealis')").await;
        let mut pm = app.browser(PM).await;
        assert!(pm.get("/staff/orders?which=all").await.text().contains("action=\"/staff/orders/bulk\""));
        // Another customer's is not there for whoever is not assigned to it.
        let path = |ids: &[String]| format!("/staff/orders/bulk?{}", ids.iter().map(|id| format!("ids={id}&")).collect::<String>());
        assert_eq!(pm.get(&path(&ids)).await.status, 404);
        let mine = &ids[..3];
        assert!(pm.get(&path(mine)).await.words().contains("New status"));
        let look = format!("{}status=shipped", path(mine));
        let page = pm.get(&look).await;
        let words = page.words();
        for part in ["Become “On its way”", "Are “On its way” already", "Change 2 orders", "ACME Werke AG", "one has never signed in", "Ben"] {
            assert!(words.contains(part), "{part}: {words}");
        }
        assert!(!words.contains("Carla"), "{words}");
        let form = fields(&page.text(), "/_fn/orders/bulk_status");
        let with = |form: &[(String, String)], reason: &str| [form.to_vec(), vec![("reason".to_owned(), reason.to_owned())]].concat();
        // Somebody loses the right meanwhile: those who were shown are not those who would see it.
        app.sql("UPDATE memberships SET orders = 'none' WHERE user_id IN (SELECT id FROM users WHERE email = 'ben@acme.example')").await;
        let back = send(&mut pm, "/_fn/orders/bulk_status", &with(&form, "Loaded")).await;
        assert!(back.starts_with("/staff/orders/bulk?") && back.contains("has changed meanwhile") && back.contains("Loaded"), "{back}");
        let form = fields(&pm.get(&look).await.text(), "/_fn/orders/bulk_status");
        // One of them is changed by somebody else: none changes.
        batch(&app, ADMIN, json!([{"number": "A-2", "title": "Belts"}])).await;
        let back = send(&mut pm, "/_fn/orders/bulk_status", &with(&form, "Loaded")).await;
        assert!(back.contains("A-2: somebody else has changed this order"), "{back}");
        assert_eq!(statuses(&app, mine).await, ["received", "received", "shipped"]);
        let form = fields(&pm.get(&look).await.text(), "/_fn/orders/bulk_status");
        let back = send(&mut pm, "/_fn/orders/bulk_status", &with(&form, "Loaded onto one lorry.")).await;
        assert!(back.contains("2 orders are changed"), "{back}");
        assert_eq!(statuses(&app, mine).await, ["shipped", "shipped", "shipped"]);
        let told = app.browser("anna@acme.example").await.get(&format!("/orders/{}", ids[0])).await.words();
        assert!(told.contains("Status changed from Received to On its way") && told.contains("Loaded onto one lorry."), "{told}");
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'order.edit' AND detail LIKE '%together%'").await, 2);
        assert!(pm.get("/staff/orders/bulk").await.words().contains("Choose at least one order"));
        assert_eq!(pm.get(&format!("{}status=nowhere", path(mine))).await.status, 404);
    }

    async fn programs_see_what_would_change_and_change_it_all_or_not_at_all(app: TestApp) {
        let ids = taken(&app, json!([{"number": "A-1", "organisation": "acme"}, {"number": "B-1", "organisation": "borealis"}])).await;
        let body = |status: &str, dry_run: bool| json!({"orders": ids.iter().map(|id| json!({"id": id})).collect::<Vec<_>>(), "status": status, "dry_run": dry_run});
        let admin = app.token(ADMIN).await;
        let look = admin.post("/api/v1/orders/status", body("confirmed", true)).await.json();
        assert_eq!((look["changes"].as_array().unwrap().len(), look["readers"].as_array().unwrap().len()), (2, 2), "{look}");
        assert_eq!(statuses(&app, &ids).await, ["received", "received"]);
        assert_eq!(admin.post("/api/v1/orders/status", body("nowhere", false)).await.status, 422);
        assert_eq!(admin.post("/api/v1/orders/status", json!({"orders": [], "status": "confirmed"})).await.status, 422);
        let stale = json!({"orders": [{"id": ids[0], "revision": 1}, {"id": ids[1], "revision": 9}], "status": "confirmed"});
        assert_eq!(admin.post("/api/v1/orders/status", stale).await.status, 409);
        assert_eq!(statuses(&app, &ids).await, ["received", "received"]);
        assert_eq!(admin.post("/api/v1/orders/status", body("confirmed", false)).await.status, 200);
        assert_eq!(statuses(&app, &ids).await, ["confirmed", "confirmed"]);
        let again = admin.post("/api/v1/orders/status", body("confirmed", false)).await.json();
        assert_eq!((again["changes"].as_array().unwrap().len(), again["same"].as_array().unwrap().len()), (0, 2));
        for email in ["support@nordlicht.example", "anna@acme.example"] {
            assert_eq!(app.token(email).await.post("/api/v1/orders/status", body("shipped", true)).await.status, 403, "{email}");
        }
        // Who sees a change is who sees the order, person by person.
        for email in ["anna@acme.example", "ben@acme.example", "eva@partner.example", "carla@borealis.example"] {
            for id in &ids {
                let one = json!({"orders": [{"id": id}], "status": "shipped", "dry_run": true});
                let before = admin.post("/api/v1/orders/status", one.clone()).await.json()["readers"][0]["people"].as_u64().unwrap_or(0);
                let sees = app.token(email).await.get(&format!("/api/v1/orders/{id}")).await.status == 200;
                let user = app.literal(app.user(email).0);
                app.sql(&format!("UPDATE memberships SET state = 'suspended' WHERE user_id = {user}")).await;
                let after = admin.post("/api/v1/orders/status", one).await.json()["readers"][0]["people"].as_u64().unwrap_or(0);
                app.sql(&format!("UPDATE memberships SET state = 'active' WHERE user_id = {user}")).await;
                assert_eq!(before - after, u64::from(sees), "{email}");
            }
        }
    }

    async fn the_board_shows_what_stands_how_and_moves_an_order(app: TestApp) {
        let many: Vec<Value> = (0..120).map(|n| json!({"number": format!("M-{n:03}"), "organisation": "borealis", "ordered_on": "2026-01-01", "confirmed_on": format!("2027-01-{:02}", n % 28 + 1)})).collect();
        taken(&app, json!(many)).await;
        let ids = taken(&app, json!([
            {"number": "A-1", "organisation": "acme", "title": "Late one", "confirmed_on": "2026-05-01"},
            {"number": "A-2", "organisation": "acme", "title": "Undated", "status": "waiting"},
            {"number": "A-3", "organisation": "acme", "status": "delivered"},
        ])).await;
        let mut admin = app.browser(ADMIN).await;
        let page = admin.get("/staff/orders/board").await;
        let words = page.words();
        for part in ["Confirmed", "100+", "Late one", "1 overdue", "Waiting for you", "Undated", "The customer acts next", "Show all"] {
            assert!(words.contains(part), "{part}: {words}");
        }
        // The late one first, and of a hundred others only a few.
        assert!(words.find("Late one") < words.find("M-000") && words.matches("M-0").count() < 10, "{words}");
        let waiting = admin.get("/staff/orders/board?waits=customer").await.words();
        assert!(waiting.contains("Undated") && !waiting.contains("Late one"), "{waiting}");
        assert_eq!(admin.get("/staff/orders/board?waits=x").await.status, 404);
        // Assigned staff: what is of their customers.
        app.sql("DELETE FROM staff_assignments WHERE organisation_id IN (SELECT id FROM organisations WHERE slug = 'borealis')").await;
        let mut pm = app.browser(PM).await;
        let page = pm.get("/staff/orders/board").await;
        assert!(page.words().contains("Late one") && !page.words().contains("M-0"), "{}", page.words());
        let mut form = fields(&page.text(), "/_fn/orders/move");
        form.push(("status".into(), "shipped".into()));
        let back = send(&mut pm, "/_fn/orders/move", &form).await;
        assert!(back.contains("is moved"), "{back}");
        assert_eq!(statuses(&app, &ids[..1]).await, ["shipped"]);
        let back = send(&mut pm, "/_fn/orders/move", &form).await;
        assert!(back.contains("Somebody else has changed this order meanwhile"), "{back}");
        let support = app.browser("support@nordlicht.example").await.get("/staff/orders/board").await;
        assert!(support.status == 200 && !support.text().contains("/_fn/orders/move"));
    }
}

/// The board reads a few of each status, however many there are.
#[tokio::test]
async fn the_board_reads_ranges_of_its_indexes() {
    let app = TestApp::new(Engine::Sqlite).await;
    for (name, range) in [("orders::board::CARDS_OF", "(status=?"), ("orders::board::COUNTS", "(status=?")] {
        let steps = plan(&app, name).await;
        assert!(!steps.iter().any(|step| step.starts_with("SCAN o ")), "{name}: {steps:#?}");
        let ranges: Vec<&String> =
            steps.iter().filter(|step| step.starts_with("SEARCH o ") && !step.contains("(id=?)")).collect();
        let by_index = |step: &&String| step.contains(range) || step.contains("(organisation_id=? AND status=?");
        assert!(!ranges.is_empty() && ranges.iter().all(by_index), "{name}: {steps:#?}");
    }
}
