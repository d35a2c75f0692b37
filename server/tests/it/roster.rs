//! `GET /api/v1/organisations/{id}/people`: everybody known at a customer, and how far each has come.

use serde_json::{Value, json};

use crate::support::{TestApp, Token, both};

const ADMIN: &str = "admin@nordlicht.example";
const ANNA: &str = "anna@acme.example";
const BEN: &str = "ben@acme.example";

/// Name and state of each.
fn states(page: &Value) -> Vec<(String, String)> {
    let text = |item: &Value, field: &str| item[field].as_str().unwrap().to_owned();
    page["items"].as_array().unwrap().iter().map(|item| (text(item, "name"), text(item, "state"))).collect()
}

async fn people(token: &Token, app: &TestApp, query: &str) -> Value {
    let answer = token.get(&format!("/api/v1/organisations/{}/people{query}", app.organisation("acme"))).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    answer.json()
}

/// Ben has signed in, Henning is suspended, Ina is invited, Karl is known only.
async fn acme(app: &TestApp) -> Token {
    let acme = app.organisation("acme");
    let admin = app.token(ADMIN).await;
    app.browser(BEN).await;
    app.sql("UPDATE memberships SET state = 'suspended' WHERE user_id IN (SELECT id FROM users WHERE email = 'henning@acme.example')").await;
    let karl = json!({ "name": "Karl Kontakt", "email": "karl@acme.example" });
    assert_eq!(admin.post(&format!("/api/v1/organisations/{acme}/contacts"), karl).await.status, 201);
    let ina = json!({ "organisation_id": acme, "name": "Ina Ihlow", "email": "ina@acme.example" });
    assert_eq!(admin.post("/api/v1/invitations", ina).await.status, 201);
    admin
}

const EVERYBODY: [(&str, &str); 6] = [
    ("Anna Albers", "never_signed_in"),
    ("Ben Brandt", "active"),
    ("Eva Engel", "never_signed_in"),
    ("Henning Vo\u{df}", "suspended"),
    ("Ina Ihlow", "invited"),
    ("Karl Kontakt", "not_invited"),
];

fn expected(left_out: &[&str]) -> Vec<(String, String)> {
    let kept = EVERYBODY.iter().filter(|(_, state)| !left_out.contains(state));
    kept.map(|(name, state)| ((*name).to_owned(), (*state).to_owned())).collect()
}

both! {
    async fn everybody_is_listed_by_name_with_how_far_they_have_come_and_their_last_sign_in(app: TestApp) {
        let admin = acme(&app).await;
        let page = people(&admin, &app, "").await;
        assert_eq!(states(&page), expected(&[]));
        let items = page["items"].as_array().unwrap();
        assert!(items[1]["last_sign_in_at"].as_str().unwrap().starts_with("2026-11-21T"), "{}", items[1]);
        assert_eq!((&items[0]["last_sign_in_at"], &items[0]["role"]), (&Value::Null, &json!("admin")));
        assert_eq!((&items[0]["kind"], items[0]["id"].as_str().unwrap()), (&json!("user"), app.user(ANNA).to_string().as_str()));
        assert_eq!((&items[4]["kind"], &items[4]["role"]), (&json!("invitation"), &json!("member")));
        assert_eq!((&items[5]["kind"], &items[5]["role"]), (&json!("contact"), &Value::Null));
        let invitation = format!("/api/v1/invitations/{}", items[4]["id"].as_str().unwrap());
        assert_eq!(admin.get(&invitation).await.json()["email"], "ina@acme.example");
        // Whoever is invited is no mere contact any more.
        let karl = json!({ "organisation_id": app.organisation("acme"), "name": "Karl Kontakt", "email": "Karl@acme.example" });
        assert_eq!(admin.post("/api/v1/invitations", karl).await.status, 201);
        assert!(states(&people(&admin, &app, "?state=not_invited").await).is_empty());
        assert_eq!(states(&people(&admin, &app, "?state=invited").await).len(), 2);
        app.sql("UPDATE users SET state = 'suspended' WHERE email = 'anna@acme.example'").await;
        let suspended = states(&people(&admin, &app, "?state=suspended").await);
        assert_eq!(suspended.into_iter().map(|(name, _)| name).collect::<Vec<_>>(), ["Anna Albers", "Henning Vo\u{df}"]);
    }

    async fn a_page_begins_after_the_one_before_whoever_is_added_between(app: TestApp) {
        let admin = acme(&app).await;
        let first = people(&admin, &app, "?limit=3").await;
        assert_eq!(states(&first), expected(&[])[..3].to_vec());
        let ada = json!({ "name": "Ada Aal", "email": "" });
        let contacts = format!("/api/v1/organisations/{}/contacts", app.organisation("acme"));
        assert_eq!(admin.post(&contacts, ada).await.status, 201);
        let next = percent_encoding::utf8_percent_encode(first["next"].as_str().unwrap(), percent_encoding::NON_ALPHANUMERIC);
        let second = people(&admin, &app, &format!("?limit=3&cursor={next}")).await;
        assert_eq!((states(&second), &second["next"]), (expected(&[])[3..].to_vec(), &Value::Null));
        let path = format!("/api/v1/organisations/{}/people", app.organisation("acme"));
        for query in ["limit=0", "limit=101", "cursor=x", "state=asleep", "role=admin"] {
            assert_eq!(admin.get(&format!("{path}?{query}")).await.status, 400, "{query}");
        }
    }

    async fn a_customer_learns_nothing_of_contacts_and_only_its_administrators_who_is_invited(app: TestApp) {
        acme(&app).await;
        let anna = app.token(ANNA).await;
        assert_eq!(states(&people(&anna, &app, "").await), expected(&["not_invited"]));
        assert!(states(&people(&anna, &app, "?state=not_invited").await).is_empty());
        let ben = app.token(BEN).await;
        assert_eq!(states(&people(&ben, &app, "").await), expected(&["not_invited", "invited"]));
        let finance = app.token("finance@nordlicht.example").await;
        assert_eq!(states(&people(&finance, &app, "").await), expected(&[]));
        let path = format!("/api/v1/organisations/{}/people", app.organisation("acme"));
        for email in ["carla@borealis.example", "eva@partner.example"] {
            assert_eq!(app.token(email).await.get(&path).await.status, 404, "{email}");
        }
    }
}
