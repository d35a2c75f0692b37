//! Groups of customers through the API, and what a customer's administrators may change of its master data.

use app::documents::model::{Audience, Category};
use app::ids::GroupId;
use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, Token, both};

const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";
const ANNA: &str = "anna@acme.example";
const BEN: &str = "ben@acme.example";
const CARLA: &str = "carla@borealis.example";
const NOBODY: &str = "0190a000-0000-7000-8000-000000000000";

async fn put(token: &Token, path: &str, body: Value, etag: Option<&str>) -> Answer {
    let mut headers = vec![("content-type", "application/json")];
    headers.extend(etag.map(|etag| ("if-match", etag)));
    token.send(Method::PUT, path, &headers, body.to_string()).await
}

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap()).collect()
}

both! {
    async fn a_group_is_made_renamed_against_the_etag_that_was_read_and_deleted_when_nothing_is_published_to_it(app: TestApp) {
        let admin = app.token(ADMIN).await;
        let made = admin.post("/api/v1/customer-groups", json!({ "name": "K\u{fc}che & Bad" })).await;
        assert_eq!((made.status, made.json()["slug"].as_str()), (201, Some("kueche-bad")), "{}", made.text());
        let path = made.location().to_owned();
        assert_eq!(path, format!("/api/v1/customer-groups/{}", made.json()["id"].as_str().unwrap()));
        let read = admin.get(&path).await;
        let etag = read.header("etag").to_owned();
        assert_eq!((read.status, etag.as_str()), (200, made.header("etag")));
        let json = [("content-type", "application/json")];
        let bare = admin.send(Method::PATCH, &path, &json, json!({ "name": "Bathrooms" }).to_string()).await;
        assert_eq!(bare.status, 428);
        let renamed = admin.patch(&path, json!({ "name": "Bathrooms" }), &etag).await;
        assert_eq!((renamed.status, &renamed.json()["name"], &renamed.json()["slug"]), (200, &json!("Bathrooms"), &json!("kueche-bad")));
        assert_eq!(admin.patch(&path, json!({ "name": "Kitchens" }), &etag).await.status, 412);
        let same = admin.patch(&path, json!({ "name": "Bathrooms" }), renamed.header("etag")).await;
        assert_eq!(same.header("etag"), renamed.header("etag"), "nothing to do, nothing done");
        // In use.
        let (acme, group) = (app.organisation("acme"), path.rsplit('/').next().unwrap().to_owned());
        let member = format!("/api/v1/organisations/{acme}/groups/{group}");
        for _ in 0..2 {
            assert_eq!(put(&admin, &member, json!({}), None).await.status, 204, "once is as good as twice");
        }
        assert!(names(&admin.get(&format!("/api/v1/organisations/{acme}/groups")).await.json()).contains(&"Bathrooms"));
        let for_group = Audience::Group(group.parse::<GroupId>().unwrap());
        let document = format!("/api/v1/documents/{}", app.published("Prices", Category::Minutes, for_group).await);
        let ben = app.token(BEN).await;
        assert_eq!(ben.get(&document).await.status, 200);
        let refused = admin.delete(&path).await;
        assert!(refused.status == 409 && refused.text().contains("meant for this group"), "{}", refused.text());
        assert_eq!(admin.delete(&member).await.status, 204);
        assert_eq!(ben.get(&document).await.status, 404, "from the next request");
        assert_eq!(admin.delete(&path).await.status, 409, "others may join");
        assert_eq!(put(&admin, &member, json!({}), None).await.status, 204);
        assert_eq!(admin.post(&format!("{document}/withdraw"), json!({})).await.status, 200);
        assert_eq!(admin.delete_if(&path, &etag).await.status, 412);
        assert_eq!(admin.delete_if(&path, renamed.header("etag")).await.status, 204);
        assert_eq!(admin.get(&path).await.status, 404);
        assert_eq!(admin.delete(&path).await.status, 404);
        for (action, count) in [("create", 1), ("rename", 1), ("add", 2), ("remove", 1), ("delete", 1)] {
            let found = format!("SELECT COUNT(*) FROM audit_events WHERE action = 'group.{action}' AND actor_kind = 'token'");
            assert_eq!(app.count(&found).await, count, "{action}");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE detail LIKE '%Bath%'").await, 0, "no names in the trail");
    }

    async fn groups_are_listed_by_name_page_by_page(app: TestApp) {
        let admin = app.token(ADMIN).await;
        for name in ["Alpha", "Gamma", "Delta"] {
            assert_eq!(admin.post("/api/v1/customer-groups", json!({ "name": name })).await.status, 201);
        }
        let first = admin.get("/api/v1/customer-groups?limit=2").await.json();
        assert_eq!(names(&first), ["Alpha", "Delta"]);
        admin.post("/api/v1/customer-groups", json!({ "name": "Beta" })).await;
        let next = percent_encoding::utf8_percent_encode(first["next"].as_str().unwrap(), percent_encoding::NON_ALPHANUMERIC);
        let second = admin.get(&format!("/api/v1/customer-groups?limit=2&cursor={next}")).await.json();
        assert_eq!((names(&second), &second["next"]), (vec!["Gamma", "Key accounts"], &Value::Null));
        assert_eq!(second["items"][1]["organisations"], 2);
        for query in ["limit=0", "cursor=x", "name=Alpha"] {
            assert_eq!(admin.get(&format!("/api/v1/customer-groups?{query}")).await.status, 400, "{query}");
        }
    }

    async fn what_a_group_cannot_be_called_is_said_of_the_field(app: TestApp) {
        let admin = app.token(ADMIN).await;
        for (body, field) in [
            (json!({ "name": "Key accounts" }), "slug"),
            (json!({ "name": "Others", "slug": "key-accounts" }), "slug"),
            (json!({ "name": "Others", "slug": "Key Accounts" }), "slug"),
            (json!({ "name": "\u{682a}\u{5f0f}" }), "slug"),
            (json!({ "name": "", "slug": "others" }), "name"),
            (json!({ "name": "x".repeat(121), "slug": "others" }), "name"),
            (json!({ "name": "Others", "organisations": 3 }), "body"),
        ] {
            let refused = admin.post("/api/v1/customer-groups", body.clone()).await;
            assert_eq!(refused.status, 422, "{body}");
            assert!(refused.json()["errors"].get(field).is_some(), "{body}: {}", refused.text());
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM customer_groups").await, 1);
    }

    async fn staff_see_groups_administrators_keep_them_and_customers_learn_nothing_of_them(app: TestApp) {
        let (acme, group) = (app.organisation("acme"), app.world.group("key-accounts").unwrap());
        let path = format!("/api/v1/customer-groups/{group}");
        let member = format!("/api/v1/organisations/{acme}/groups/{group}");
        for (email, reads, foreign) in [(PM, 200, 403), ("finance@nordlicht.example", 200, 403), (ANNA, 403, 403), (CARLA, 403, 404)] {
            let token = app.token(email).await;
            assert_eq!(token.get("/api/v1/customer-groups").await.status, reads, "{email}");
            assert_eq!(token.get(&path).await.status, reads, "{email}");
            assert_eq!(token.post("/api/v1/customer-groups", json!({ "name": "Mine" })).await.status, 403, "{email}");
            assert_eq!(token.patch(&path, json!({ "name": "Mine" }), "*").await.status, 403, "{email}");
            assert_eq!(token.delete(&path).await.status, 403, "{email}");
            assert_eq!(put(&token, &member, json!({}), None).await.status, foreign, "{email}");
            assert_eq!(token.delete(&member).await.status, foreign, "{email}");
        }
        let admin = app.token(ADMIN).await;
        assert_eq!(put(&admin, &format!("/api/v1/organisations/{acme}/groups/{NOBODY}"), json!({}), None).await.status, 404);
        assert_eq!(put(&admin, &format!("/api/v1/organisations/{NOBODY}/groups/{group}"), json!({}), None).await.status, 404);
        let narrow = app.scoped_token(ADMIN, &["read"]).await;
        assert_eq!((narrow.get(&path).await.status, narrow.delete(&path).await.status), (200, 403));
        assert_eq!(app.count("SELECT COUNT(*) FROM group_organisations").await, 2);
    }

    async fn staff_say_what_a_customer_may_change_of_its_master_data(app: TestApp) {
        let acme = app.organisation("acme");
        let organisation = format!("/api/v1/organisations/{acme}");
        let path = format!("{organisation}/released-fields");
        let (admin, anna) = (app.token(ADMIN).await, app.token(ANNA).await);
        let usual = anna.get(&path).await;
        assert_eq!((usual.status, &usual.json()["inherited"]), (200, &json!(true)), "{}", usual.text());
        assert!(usual.json()["fields"].as_array().unwrap().contains(&json!("phone")), "{}", usual.text());
        let etag = usual.header("etag").to_owned();
        assert_eq!(etag, admin.get(&organisation).await.header("etag"));
        let own = json!({ "fields": ["vat_id", "name"] });
        assert_eq!(put(&admin, &path, own.clone(), None).await.status, 428);
        let released = put(&admin, &path, own.clone(), Some(&etag)).await;
        assert_eq!((released.status, &released.json()["fields"]), (200, &json!(["name", "vat_id"])), "{}", released.text());
        assert_eq!(released.json()["inherited"], false);
        assert_eq!(put(&admin, &path, own.clone(), Some(&etag)).await.status, 412);
        assert_eq!(anna.patch(&organisation, json!({ "vat_id": "DE123456789" }), "*").await.status, 200);
        assert_eq!(anna.patch(&organisation, json!({ "phone": "1" }), "*").await.status, 422);
        for fields in [json!(["number"]), json!(["limit_money"]), json!(["rocket"])] {
            let refused = put(&admin, &path, json!({ "fields": fields }), Some("*")).await;
            assert!(refused.status == 422 && refused.json()["errors"].get("fields").is_some(), "{}", refused.text());
        }
        assert_eq!(put(&admin, &path, json!({}), Some("*")).await.status, 422, "a list, if an empty one");
        assert_eq!(put(&admin, &path, json!({ "fields": [] }), Some("*")).await.status, 200);
        assert_eq!(anna.patch(&organisation, json!({ "vat_id": "" }), "*").await.status, 422);
        let back = admin.send(Method::DELETE, &path, &[], Body::empty()).await;
        assert_eq!((back.status, &back.json()["fields"]), (200, &usual.json()["fields"]));
        for (email, reads, writes) in [(PM, 200, 403), (ANNA, 200, 403), (BEN, 403, 403), (CARLA, 404, 404), ("finance@nordlicht.example", 403, 403)] {
            let token = app.token(email).await;
            assert_eq!(token.get(&path).await.status, reads, "{email}");
            assert_eq!(put(&token, &path, own.clone(), Some("*")).await.status, writes, "{email}");
            assert_eq!(token.delete(&path).await.status, writes, "{email}");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'organisation.release'").await, 3);
    }
}
