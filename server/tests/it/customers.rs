//! Customers: made, found, changed, put to sleep; what was released to their administrators, and its history.

use app::documents::model::{Audience, Category};
use app::ids::UserId;
use axum::http::Method;
use serde_json::json;

use crate::support::{TestApp, Token, both};

const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";
const ANNA: &str = "anna@acme.example";

/// Makes a customer through the API and returns its id.
async fn made(app: &TestApp, name: &str, number: &str) -> String {
    let admin = app.token(ADMIN).await;
    let answer =
        admin.post("/api/v1/organisations", json!({ "name": name, "number": number, "city": "Flensburg" })).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["id"].as_str().unwrap().to_owned()
}

both! {
    async fn an_administrator_makes_a_customer_and_finds_it_by_the_beginning_of_any_word(app: TestApp) {
        let mut admin = app.browser(ADMIN).await;
        let done = admin.post("/_fn/customers/create", &[("name", "Förde Reederei GmbH"), ("number", "K-20001"), ("city", "Flensburg"), ("country", "de"), ("website", "www.foerde.example")]).await;
        let page = admin.follow(&done).await;
        let words = page.words();
        for text in ["Förde Reederei GmbH", "K-20001", "Flensburg", "DE", "https://www.foerde.example", "Nobody is known here yet"] {
            assert!(words.contains(text), "{text} in {words}");
        }
        for search in ["förd", "REED", "20001", "flens", "reed flen"] {
            let list = admin.get(&format!("/staff/customers?search={}", percent_encoding::utf8_percent_encode(search, percent_encoding::NON_ALPHANUMERIC))).await;
            assert!(list.words().contains("Förde Reederei GmbH"), "{search}");
            assert!(!list.words().contains("ACME Werke AG"), "{search}");
        }
        assert!(!admin.get("/staff/customers?search=eederei").await.words().contains("Förde Reederei"));
        assert!(admin.get("/staff/customers?search=%25").await.words().contains("No customer found"));
        let mut pm = app.browser(PM).await;
        assert!(!pm.get("/staff/customers?search=reed").await.words().contains("Förde Reederei"), "not assigned");
    }

    async fn what_is_wrong_with_a_field_stands_at_the_field_and_nothing_typed_is_lost(app: TestApp) {
        let mut admin = app.browser(ADMIN).await;
        let refused = admin.post("/_fn/customers/create", &[("name", ""), ("number", "K-10417"), ("country", "Germany"), ("phone", "call me"), ("website", "javascript:alert(1)"), ("vat_id", "!")]).await;
        let page = admin.follow(&refused).await;
        for text in ["Enter a name.", "Another customer has this number.", "Use digits, spaces", "Enter a web address", "A VAT ID has"] {
            assert!(page.words().contains(text), "{text}");
        }
        assert_eq!(page.field("number"), "K-10417");
        assert_eq!(page.field("phone"), "call me");
        assert_eq!(app.count("SELECT COUNT(*) FROM organisations").await, 2);
    }

    async fn of_two_who_change_the_same_the_second_is_told_and_keeps_what_they_typed(app: TestApp) {
        let acme = app.organisation("acme").to_string();
        let mut pm = app.browser(PM).await;
        let form = pm.get(&format!("/staff/customers/{acme}/edit")).await;
        let revision = form.field("revision");
        let fields = "street city";
        let post = |street: &'static str, revision: String| vec![("id", acme.clone()), ("revision", revision), ("fields", fields.to_owned()), ("street", street.to_owned()), ("city", "Hamm".to_owned())];
        let send = |values: Vec<(&'static str, String)>| values;
        let first = send(post("Hafenstra\u{df}e 12", revision.clone()));
        let first: Vec<(&str, &str)> = first.iter().map(|(k, v)| (*k, v.as_str())).collect();
        assert_eq!(pm.post("/_fn/customers/edit", &first).await.location(), format!("/staff/customers/{acme}"));
        let mut admin = app.browser(ADMIN).await;
        let second = send(post("Werkstra\u{df}e 1", revision));
        let second: Vec<(&str, &str)> = second.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let conflict = admin.post("/_fn/customers/edit", &second).await;
        let page = admin.follow(&conflict).await;
        assert!(page.words().contains("Somebody changed this in the meantime"));
        assert_eq!(page.field("street"), "Werkstra\u{df}e 1");
        assert_eq!(page.field("city"), "Hamm");
        assert_eq!(page.field("number"), "K-10417", "what was not in the form stays");
        assert_eq!(app.count("SELECT COUNT(*) FROM organisation_changes").await, 2);
    }

    async fn administrators_of_a_customer_change_what_was_released_and_see_who_changed_what(app: TestApp) {
        let acme = app.organisation("acme").to_string();
        let mut anna = app.browser(ANNA).await;
        let page = anna.get("/organisation/details").await;
        let revision = page.field("revision");
        assert!(page.text().contains("name=\"phone\"") && !page.text().contains("name=\"number\"") && !page.text().contains("name=\"vat_id\""));
        let saved = anna.post("/_fn/organisation/edit", &[("id", &acme), ("revision", &revision), ("fields", "phone"), ("phone", "+49 2381 555 0")]).await;
        let page = anna.follow(&saved).await;
        assert!(page.words().contains("+49 2381 555 0") && page.words().contains("Anna Albers"), "{}", page.words());
        let refused = anna.post("/_fn/organisation/edit", &[("id", &acme), ("revision", &page.field("revision")), ("fields", "name number"), ("name", "Mine now"), ("number", "K-1")]).await;
        assert!(anna.follow(&refused).await.words().contains("Only we can change this."));
        let token = app.token(ANNA).await;
        assert_eq!(token.patch(&format!("/api/v1/organisations/{acme}"), json!({ "vat_id": "DE123456789" }), "*").await.status, 422);
        let mut admin = app.browser(ADMIN).await;
        let revision = admin.get(&format!("/staff/customers/{acme}/edit")).await.field("revision");
        admin.post("/_fn/customers/release", &[("id", &acme), ("revision", &revision), ("list", "own"), ("vat_id", "yes")]).await;
        assert_eq!(token.patch(&format!("/api/v1/organisations/{acme}"), json!({ "vat_id": "DE 123 456 789" }), "*").await.json()["vat_id"], "DE123456789");
        assert_eq!(token.patch(&format!("/api/v1/organisations/{acme}"), json!({ "phone": "1" }), "*").await.status, 422);
        let changes = token.get(&format!("/api/v1/organisations/{acme}/changes")).await.json();
        let fields: Vec<_> = changes["items"].as_array().unwrap().iter().map(|c| c["field"].as_str().unwrap().to_owned()).collect();
        assert_eq!(fields, ["vat_id", "phone"]);
        let mut ben = app.browser("ben@acme.example").await;
        let page = ben.get("/organisation/details").await;
        assert!(page.words().contains("+49 2381 555 0") && !page.words().contains("Changes") && !page.text().contains("name=\"vat_id\""));
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE detail LIKE '%555%' OR detail LIKE '%DE123%'").await, 0);
    }

    async fn nobody_of_an_archived_customer_gets_in_and_everybody_is_back_after_restoring(app: TestApp) {
        let acme = app.organisation("acme").to_string();
        let id = app.published("Paper", Category::Minutes, Audience::Organisation).await;
        let draft = app.draft("Draft", Category::Minutes).await;
        app.sql("UPDATE memberships SET state = 'suspended' WHERE user_id IN (SELECT id FROM users WHERE email = 'henning@acme.example')").await;
        let (admin, ben) = (app.token(ADMIN).await, app.token("ben@acme.example").await);
        assert_eq!(ben.get(&format!("/api/v1/documents/{id}")).await.status, 200);
        let archived = admin.post(&format!("/api/v1/organisations/{acme}/archive"), json!({})).await;
        assert_eq!((archived.status, archived.json()["state"].as_str()), (200, Some("archived")));
        assert_eq!(ben.get(&format!("/api/v1/documents/{id}")).await.status, 404);
        assert!(ben.get("/api/v1/organisations").await.json()["items"].as_array().is_none_or(Vec::is_empty));
        let refused = admin.post(&format!("/api/v1/documents/{draft}/publish"), json!({ "audience": { "organisation": true } })).await;
        assert_eq!(refused.status, 409, "{}", refused.text());
        let mut browser = app.browser(ADMIN).await;
        assert!(!browser.get("/staff/customers").await.words().contains("ACME Werke AG"));
        assert!(browser.get("/staff/customers?show=archived").await.words().contains("ACME Werke AG"));
        assert!(browser.get(&format!("/staff/customers/{acme}")).await.words().contains("This customer is archived"));
        assert_eq!(admin.post(&format!("/api/v1/organisations/{acme}/restore"), json!({})).await.json()["state"], "active");
        assert_eq!(ben.get(&format!("/api/v1/documents/{id}")).await.status, 200);
        let henning = app.token("henning@acme.example").await;
        assert_eq!(henning.get(&format!("/api/v1/documents/{id}")).await.status, 404, "was suspended before, and still is");
    }

    async fn contacts_stand_beside_people_and_say_that_they_are_not_invited(app: TestApp) {
        let acme = app.organisation("acme").to_string();
        let mut pm = app.browser(PM).await;
        let added = pm.post("/_fn/customers/add_contact", &[("id", &acme), ("contact_name", "Ole Thomsen"), ("contact_email", "ole@acme.example"), ("contact_position", "Buyer")]).await;
        let page = pm.follow(&added).await;
        for text in ["Ole Thomsen", "Not invited", "Anna Albers", "never signed in", "Buyer"] {
            assert!(page.words().contains(text), "{text}");
        }
        assert!(pm.get("/staff/customers").await.words().contains("one not invited"));
        let wrong = pm.post("/_fn/customers/add_contact", &[("id", &acme), ("contact_name", ""), ("contact_email", "nowhere")]).await;
        let page = pm.follow(&wrong).await;
        assert!(page.words().contains("Enter the name.") && page.words().contains("This is not an e-mail address."));
        assert_eq!(page.field("contact_email"), "nowhere");
        // Whoever has a login is no mere contact.
        pm.post("/_fn/customers/add_contact", &[("id", &acme), ("contact_name", "Ben"), ("contact_email", "BEN@acme.example")]).await;
        let token = app.token(PM).await;
        let listed = token.get(&format!("/api/v1/organisations/{acme}/contacts")).await.json();
        assert_eq!(listed["items"].as_array().unwrap().len(), 1);
        let contact = listed["items"][0]["id"].as_str().unwrap();
        pm.post("/_fn/customers/remove_contact", &[("id", &acme), ("contact", contact)]).await;
        assert!(!pm.get(&format!("/staff/customers/{acme}")).await.words().contains("Ole Thomsen"));
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE detail LIKE '%Thomsen%'").await, 0);
    }

    async fn an_assignment_opens_and_closes_a_customer_from_the_next_request(app: TestApp) {
        let id = made(&app, "Elbe Stahl AG", "K-20002").await;
        let (admin, pm, user) = (app.token(ADMIN).await, app.token(PM).await, app.user(PM));
        let path = format!("/api/v1/organisations/{id}");
        let assignment = format!("{path}/assignments/{user}");
        let put = |body: serde_json::Value| { let (admin, assignment) = (admin.clone(), assignment.clone()); async move {
            let headers = [("content-type", "application/json"), ("if-match", "*")];
            admin.send(Method::PUT, &assignment, &headers, body.to_string()).await.status
        }};
        assert_eq!(pm.get(&path).await.status, 404);
        assert_eq!(put(json!({ "is_contact": true })).await, 204);
        assert_eq!(pm.get(&path).await.status, 200);
        assert_eq!(admin.get(&format!("{path}/assignments")).await.json()["items"][0]["is_contact"], true);
        assert_eq!(admin.delete(&assignment).await.status, 204);
        assert_eq!(pm.get(&path).await.status, 404);
    }

    async fn of_two_who_say_who_looks_after_a_customer_the_second_reads_again(app: TestApp) {
        let id = made(&app, "Elbe Stahl AG", "K-20004").await;
        let (admin, pm, sales) = (app.token(ADMIN).await, app.user(PM), app.user("sales@nordlicht.example"));
        let list = format!("/api/v1/organisations/{id}/assignments");
        let put = async |token: &Token, user: UserId, is_contact: bool, etag: Option<&str>| {
            let mut headers = vec![("content-type", "application/json")];
            headers.extend(etag.map(|etag| ("if-match", etag)));
            let body = json!({ "is_contact": is_contact }).to_string();
            token.send(Method::PUT, &format!("{list}/{user}"), &headers, body).await.status
        };
        let nobody = admin.get(&list).await;
        assert_eq!(put(&admin, pm, true, None).await, 428);
        assert_eq!(put(&admin, pm, true, Some(nobody.header("etag"))).await, 204);
        assert_eq!(put(&admin, pm, false, Some(nobody.header("etag"))).await, 412);
        let read = admin.get(&list).await;
        assert_eq!(read.json()["items"][0]["is_contact"], true);
        assert_ne!(read.header("etag"), nobody.header("etag"));
        let now = Some(read.header("etag"));
        let (a, b) = tokio::join!(put(&admin, pm, false, now), put(&admin, sales, false, now));
        let mut statuses = [a, b];
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 412]);
        let one = format!("{list}/{pm}");
        assert_eq!(admin.delete_if(&one, read.header("etag")).await.status, 412);
        assert_eq!(admin.delete_if(&one, admin.get(&list).await.header("etag")).await.status, 204);
        assert_eq!(admin.delete(&one).await.status, 204, "done already");
        assert!(!admin.get(&list).await.text().contains(&pm.to_string()));
        let support = app.token("support@nordlicht.example").await;
        assert_eq!(put(&support, pm, true, None).await, 403, "before what is missing in the request");
    }

    async fn a_repeated_post_makes_one_customer_and_a_stale_patch_changes_nothing(app: TestApp) {
        let admin = app.token(ADMIN).await;
        let body = json!({ "name": "Once GmbH", "number": "K-20003" });
        let first = admin.post_with("/api/v1/organisations", body.clone(), &[("idempotency-key", "a")]).await;
        let again = admin.post_with("/api/v1/organisations", body, &[("idempotency-key", "a")]).await;
        assert_eq!(first.json()["id"], again.json()["id"]);
        assert_eq!(app.count("SELECT COUNT(*) FROM organisations WHERE number = 'K-20003'").await, 1);
        let path = first.location().to_owned();
        assert_eq!(admin.patch(&path, json!({ "city": "Husum" }), first.header("etag")).await.status, 200);
        assert_eq!(admin.patch(&path, json!({ "city": "Kiel" }), first.header("etag")).await.status, 412);
        assert_eq!(admin.patch(&path, json!({ "slug": "other" }), "*").await.status, 422, "nothing else can be assigned");
        assert_eq!(admin.get(&path).await.json()["city"], "Husum");
    }

    async fn customers_of_one_name_get_short_names_that_differ_also_when_made_at_once(app: TestApp) {
        let admin = app.token(ADMIN).await;
        let post = |number: &'static str| { let admin = admin.clone(); async move {
            admin.post("/api/v1/organisations", json!({ "name": "Müller GmbH", "number": number })).await
        }};
        let (a, b) = tokio::join!(post("K-1"), post("K-2"));
        let mut slugs = [a.json()["slug"].as_str().unwrap().to_owned(), b.json()["slug"].as_str().unwrap().to_owned()];
        slugs.sort();
        assert_eq!(slugs[0], "mueller-gmbh");
        assert!(["mueller-gmbh-k-1", "mueller-gmbh-k-2"].contains(&slugs[1].as_str()), "{slugs:?}");
        assert_eq!(post("K-3").await.json()["slug"], "mueller-gmbh-k-3");
        let same = post("K 3").await;
        assert_eq!((same.status, same.json()["errors"].get("number").is_some()), (422, true), "{}", same.text());
    }

    async fn single_people_of_an_archived_customer_stay_outside(app: TestApp) {
        let (acme, ben) = (app.organisation("acme"), app.user("ben@acme.example"));
        let admin = app.token(ADMIN).await;
        let (path, restored) = (format!("/api/v1/organisations/{acme}/people/{ben}"), json!({ "state": "active" }));
        admin.post(&format!("/api/v1/organisations/{acme}/archive"), json!({})).await;
        let refused = admin.patch(&path, restored.clone(), "*").await;
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert!(refused.json()["errors"]["state"].to_string().contains("Restore the customer first"), "{}", refused.text());
        let mut browser = app.browser(ADMIN).await;
        let page = browser.get(&format!("/staff/customers/{acme}/people/{ben}")).await;
        assert!(page.words().contains("This customer is archived") && !page.text().contains("/_fn/team/restore"));
        let (organisation, user, revision) = (acme.to_string(), ben.to_string(), page.field("revision"));
        let back = format!("/staff/customers/{acme}/people/{ben}");
        let posted = browser.post("/_fn/team/restore", &[("organisation", &organisation), ("user", &user), ("revision", &revision), ("page", &back)]).await;
        assert!(browser.follow(&posted).await.words().contains("Restore the customer first"));
        // Their role and rights may be put right meanwhile.
        assert_eq!(admin.patch(&path, json!({ "rights": { "money": "none" } }), "*").await.status, 200);
        let active = "SELECT COUNT(*) FROM memberships m JOIN organisations o ON o.id = m.organisation_id WHERE o.slug = 'acme' AND m.state = 'active'";
        assert_eq!(app.count(active).await, 0);
        admin.post(&format!("/api/v1/organisations/{acme}/restore"), json!({})).await;
        assert_eq!(admin.patch(&path, json!({ "state": "suspended" }), "*").await.status, 200);
        let (archive, one) = (format!("/api/v1/organisations/{acme}/archive"), json!({}));
        let (archived, member) = tokio::join!(admin.post(&archive, one), admin.patch(&path, restored, "*"));
        assert_eq!(archived.status, 200);
        assert!([200, 422].contains(&member.status), "{}", member.text());
        assert_eq!(app.count(active).await, 0, "whoever came first");
    }

    async fn every_customer_is_found_however_it_was_made(app: TestApp) {
        let operator = app.state.ctx(app::access::Actor::operator(), "test");
        app::organisation::manage::create(&operator, "hafen", "Hafen Logistik", "K-30001").await.unwrap();
        made(&app, "Werft Nord", "K-30002").await;
        let mut admin = app.browser(ADMIN).await;
        for (search, name) in [("hafen", "Hafen Logistik"), ("30001", "Hafen Logistik"), ("werft", "Werft Nord"), ("flens", "Werft Nord"), ("acme", "ACME Werke AG")] {
            assert!(admin.get(&format!("/staff/customers?search={search}")).await.words().contains(name), "{search}");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM organisations o WHERE NOT EXISTS (SELECT 1 FROM organisation_terms t WHERE t.organisation_id = o.id)").await, 0);
        let inserts: Vec<_> = app::db::STATEMENTS.iter().filter(|entry| entry.sqlite.contains("INTO organisations ")).map(|entry| entry.name).collect();
        assert_eq!(inserts, ["app::organisation::insert::INSERT"], "one place makes customers");
    }
}
