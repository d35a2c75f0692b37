//! One order through the API, with what was changed of it and the papers that belong to it: each as far as its reader may see it.

use app::documents::model::{Audience, Category};
use serde_json::{Value, json};

use crate::orders::batch;
use crate::support::{TestApp, both};

const PM: &str = "pm@nordlicht.example";
const ANNA: &str = "anna@acme.example";
const BEN: &str = "ben@acme.example";

fn fields(order: &Value) -> Vec<&str> {
    order["changes"].as_array().into_iter().flatten().map(|change| change["field"].as_str().unwrap()).collect()
}

fn titles(order: &Value) -> Vec<&str> {
    order["documents"].as_array().into_iter().flatten().map(|paper| paper["title"].as_str().unwrap()).collect()
}

both! {
    async fn one_order_says_what_was_changed_and_which_papers_belong_to_it(app: TestApp) {
        let line = |price: &str| json!([{"position": 1, "title": "Pump", "quantity": "1", "price": price}]);
        let row = batch(&app, PM, json!([{"number": "AB-9", "organisation": "acme", "confirmed_on": "2026-12-04", "currency": "EUR", "lines": line("10.00")}])).await.remove(0);
        let id = row["id"].as_str().unwrap().to_owned();
        batch(&app, PM, json!([{"number": "AB-9", "external_id": "ERP-9", "confirmed_on": "2026-12-11", "reason": "The gear box comes later."}])).await;
        batch(&app, PM, json!([{"number": "AB-9", "external_id": "ERP-9", "currency": "EUR", "lines": line("12.50")}])).await;
        let pm = app.ctx(PM).await;
        let order = id.parse().unwrap();
        for paper in [app.published("Drawing", Category::Specification, Audience::Organisation).await, app.draft("Calculation", Category::Other).await] {
            app::orders::papers::attach(&pm, order, paper).await.unwrap();
        }
        let path = format!("/api/v1/orders/{id}");
        let seen = app.token(PM).await.get(&path).await.json();
        assert_eq!(fields(&seen), ["lines", "total", "confirmed_on", "external_id"], "{seen:#}");
        let moved = json!({"at": seen["changes"][2]["at"], "by": seen["changes"][2]["by"], "field": "confirmed_on", "old": "2026-12-04", "new": "2026-12-11", "reason": "The gear box comes later."});
        assert_eq!(seen["changes"][2], moved);
        assert!(seen["changes"][2]["by"].is_string(), "{seen:#}");
        assert_eq!((&seen["changes"][1]["old"], &seen["changes"][1]["new"]), (&json!("10.00"), &json!("12.50")));
        assert_eq!(titles(&seen).len(), 2, "{seen:#}");
        // A customer does not read who did it, nor what the ERP calls it, nor of drafts; without the right to money no prices.
        app.sql(&format!("UPDATE memberships SET money = 'none' WHERE user_id = {}", app.literal(app.user(BEN).0))).await;
        for (email, wanted) in [(ANNA, vec!["lines", "total", "confirmed_on"]), (BEN, vec!["confirmed_on"])] {
            let seen = app.token(email).await.get(&path).await.json();
            assert_eq!(fields(&seen), wanted, "{email}: {seen:#}");
            assert!(seen["changes"].as_array().unwrap().iter().all(|change| change["by"].is_null()), "{email}: {seen:#}");
            assert_eq!(titles(&seen), ["Drawing"], "{email}: {seen:#}");
        }
        // A token for orders alone reads the order, and of papers nothing.
        let seen = app.scoped_token(ANNA, &["orders"]).await.get(&path).await;
        assert_eq!((seen.status, titles(&seen.json()).len()), (200, 0), "{}", seen.text());
        let list = app.token(PM).await.get("/api/v1/orders?search=AB-9").await.json();
        assert!(list["items"][0].get("changes").is_none() && list["items"][0].get("documents").is_none(), "{list:#}");
    }
}
