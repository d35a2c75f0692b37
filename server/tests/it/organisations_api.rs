//! `GET /api/v1/organisations`: what the staff's page of customers finds, programs find too.

use serde_json::json;

use crate::support::{TestApp, Token, both};

const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";

async fn names(token: &Token, query: &str) -> Vec<String> {
    let answer = token.get(&format!("/api/v1/organisations{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    let items = answer.json()["items"].as_array().unwrap().clone();
    items.iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

async fn make(admin: &Token, name: &str, number: &str, city: &str) -> String {
    let body = json!({ "name": name, "number": number, "city": city });
    let made = admin.post("/api/v1/organisations", body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    made.json()["id"].as_str().unwrap().to_owned()
}

both! {
    async fn organisations_are_found_by_words_group_state_and_assignment_alone_and_together(app: TestApp) {
        let admin = app.token(ADMIN).await;
        let elbe = make(&admin, "Elbe Stahl AG", "K-20001", "Hamburg").await;
        make(&admin, "Elbe Reederei GmbH", "K-20002", "Hamburg").await;
        app.sql("INSERT INTO customer_groups (id, slug, name) SELECT id, 'north', 'North' FROM organisations WHERE slug = 'elbe-stahl-ag'").await;
        app.sql("INSERT INTO group_organisations (organisation_id, group_id) SELECT id, id FROM organisations WHERE slug = 'elbe-stahl-ag'").await;
        let group = app.world.group("key-accounts").unwrap();
        assert_eq!(names(&admin, "").await.len(), 4);
        assert_eq!(names(&admin, "?search=hamb").await, ["Elbe Reederei GmbH", "Elbe Stahl AG"]);
        assert_eq!(names(&admin, "?search=stahl%20elbe").await, ["Elbe Stahl AG"]);
        assert_eq!(names(&admin, "?search=20002").await, ["Elbe Reederei GmbH"]);
        assert_eq!(names(&admin, "?search=%25").await, [""; 0]);
        assert_eq!(names(&admin, "?group=north").await, ["Elbe Stahl AG"]);
        assert_eq!(names(&admin, &format!("?group={group}")).await, ["ACME Werke AG", "Borealis Logistik BV"]);
        assert_eq!(names(&admin, &format!("?group={group}&search=acme")).await, ["ACME Werke AG"]);
        assert_eq!(names(&admin, "?assigned=true").await, [""; 0]);
        assert_eq!(names(&admin, "?state=archived").await, [""; 0]);
        assert_eq!(admin.post(&format!("/api/v1/organisations/{elbe}/archive"), json!({})).await.status, 200);
        assert_eq!(names(&admin, "?state=archived&search=elbe").await, ["Elbe Stahl AG"]);
        assert_eq!(names(&admin, "?state=active&search=elbe").await, ["Elbe Reederei GmbH"]);
        let pm = app.token(PM).await;
        assert_eq!(names(&pm, "").await, ["ACME Werke AG", "Borealis Logistik BV"]);
        assert_eq!(names(&pm, "?assigned=true&search=boreal").await, ["Borealis Logistik BV"]);
        assert_eq!(names(&pm, "?search=elbe").await, [""; 0], "not assigned");
        // The page finds the same.
        let mut browser = app.browser(ADMIN).await;
        let page = browser.get(&format!("/staff/customers?group={group}&search=acme")).await.words();
        assert!(page.contains("ACME Werke AG") && !page.contains("Borealis"), "{page}");
    }

    async fn a_page_begins_after_the_one_before_whatever_is_added_between(app: TestApp) {
        let admin = app.token(ADMIN).await;
        for (name, number) in [("Elbe C", "K-3"), ("Elbe A", "K-1"), ("Elbe D", "K-4")] {
            make(&admin, name, number, "").await;
        }
        let first = admin.get("/api/v1/organisations?search=elbe&limit=2").await.json();
        let next = first["next"].as_str().unwrap().to_owned();
        make(&admin, "Elbe B", "K-2", "").await;
        let cursor = percent_encoding::utf8_percent_encode(&next, percent_encoding::NON_ALPHANUMERIC).to_string();
        assert_eq!(names(&admin, &format!("?search=elbe&limit=2&cursor={cursor}")).await, ["Elbe D"]);
        assert_eq!(admin.get(&format!("/api/v1/organisations?cursor={cursor}&limit=100")).await.json()["next"], json!(null));
    }

    async fn customers_find_their_own_and_learn_nothing_of_groups(app: TestApp) {
        let (anna, eva) = (app.token("anna@acme.example").await, app.token("eva@partner.example").await);
        assert_eq!(names(&anna, "").await, ["ACME Werke AG"]);
        assert_eq!(names(&anna, "?search=werke").await, ["ACME Werke AG"]);
        for query in ["?search=borealis", "?assigned=true", "?state=archived"] {
            assert_eq!(names(&anna, query).await, [""; 0], "{query}");
        }
        for group in ["key-accounts", "no-such-group", &app.world.group("key-accounts").unwrap().to_string()] {
            assert_eq!(anna.get(&format!("/api/v1/organisations?group={group}")).await.status, 403, "{group}");
        }
        assert_eq!(eva.get("/api/v1/organisations").await.status, 403, "a partner sees what was shared, not whose it is");
    }

    async fn what_a_filter_cannot_be_is_a_400(app: TestApp) {
        let admin = app.token(ADMIN).await;
        for query in ["group=no-such-group", "state=asleep", "assigned=perhaps", "cursor=x", "limit=0", "city=Hamm"] {
            assert_eq!(admin.get(&format!("/api/v1/organisations?{query}")).await.status, 400, "{query}");
        }
    }
}
