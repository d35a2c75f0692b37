//! Webhooks: who keeps them, what is refused, and what is shown once.

use app::webhooks::model::{State, Wanted};
use app::webhooks::service;
use serde_json::json;

use crate::support::{TestApp, both};
use crate::webhooks_send::endpoint;

const ADMIN: &str = "admin@nordlicht.example";
const ANNA: &str = "anna@acme.example";
const URL: &str = "https://hooks.acme.example/kontor?key=unguessable";

both! {
    async fn an_administrator_adds_one_sees_its_secret_once_and_manages_it_without_a_script(app: TestApp) {
        let mut anna = app.browser(ANNA).await;
        assert!(anna.get("/organisation").await.text().contains("/organisation/webhooks"));
        assert!(anna.get("/organisation/webhooks").await.words().contains("No program is told yet"));
        let form = anna.get("/organisation/webhooks/new").await;
        assert!(form.text().contains("value=\"order.changed\"") && !form.text().contains("value=\"document.withdrawn\""));
        let acme = app.organisation("acme").to_string();
        let wrong = anna.post("/_fn/webhooks/save", &[("organisation", &acme), ("name", "ERP"), ("url", "http://127.0.0.1/")]).await;
        let page = anna.follow(&wrong).await;
        for words in ["it must be https", "Choose at least one event."] {
            assert!(page.words().contains(words), "{words}: {}", page.words());
        }
        assert!(page.text().contains("value=\"ERP\"") && page.text().contains("value=\"http://127.0.0.1/\""));
        let made = anna.post("/_fn/webhooks/save", &[("organisation", &acme), ("name", "ERP <x>"), ("url", URL), ("events[0]", "order.changed"), ("events[1]", "document.published")]).await;
        let here = made.location().to_owned();
        let page = anna.follow(&made).await;
        assert!(page.text().contains("value=\"whsec_") && page.text().contains("ERP &lt;x&gt;"), "{}", page.text());
        let page = anna.get(&here).await;
        assert!(!page.text().contains("whsec_"), "shown once");
        assert!(page.words().contains("Order changed") && page.words().contains("Nothing was sent yet"), "{}", page.words());
        let (id, revision) = (page.field("webhook"), page.field("revision_seen"));
        let tested = anna.post("/_fn/webhooks/test", &[("webhook", &id), ("revision_seen", &revision)]).await;
        assert!(anna.follow(&tested).await.words().contains("The test is on its way"));
        let rotated = anna.post("/_fn/webhooks/rotate", &[("webhook", &id), ("revision_seen", &revision)]).await;
        assert!(anna.follow(&rotated).await.text().contains("value=\"whsec_"));
        let again = anna.post("/_fn/webhooks/pause", &[("webhook", &id), ("revision_seen", &revision)]).await;
        assert!(anna.follow(&again).await.words().contains("Somebody has changed this webhook meanwhile"));
        let revision = anna.get(&here).await.field("revision_seen");
        let paused = anna.post("/_fn/webhooks/pause", &[("webhook", &id), ("revision_seen", &revision)]).await;
        assert!(anna.follow(&paused).await.words().contains("Resume"));
        let revision = anna.get(&here).await.field("revision_seen");
        let gone = anna.post("/_fn/webhooks/delete", &[("webhook", &id), ("revision_seen", &revision)]).await;
        assert!(anna.follow(&gone).await.words().contains("Removed."));
        assert_eq!(anna.get(&here).await.status, 404);
    }

    async fn others_do_not_find_it_and_whoever_only_reads_sees_no_more_than_its_machine(app: TestApp) {
        let (id, _) = endpoint(&app, true, URL).await;
        let (house, _) = endpoint(&app, false, "https://erp.nordlicht.example/x").await;
        for (email, own, operators) in [
            ("carla@borealis.example", 404, 404),
            ("ben@acme.example", 403, 403),
            ("eva@partner.example", 403, 403),
            ("finance@nordlicht.example", 403, 403),
            ("pm@nordlicht.example", 200, 404),
            (ANNA, 200, 404),
            (ADMIN, 200, 200),
            ("management@nordlicht.example", 200, 200),
        ] {
            let token = app.token(email).await;
            assert_eq!(token.get(&format!("/api/v1/webhooks/{id}")).await.status, own, "{email}");
            assert_eq!(token.get(&format!("/api/v1/webhooks/{id}/deliveries")).await.status, own, "{email}");
            assert_eq!(token.get(&format!("/api/v1/webhooks/{house}")).await.status, operators, "{email}");
            let listed = token.get("/api/v1/webhooks").await;
            if listed.status == 200 {
                let count = listed.json()["items"].as_array().unwrap().len();
                assert_eq!(count, usize::from(own == 200) + usize::from(operators == 200), "{email}");
            }
        }
        let management = app.token("management@nordlicht.example").await.get(&format!("/api/v1/webhooks/{id}")).await.text();
        assert!(management.contains("https://hooks.acme.example/…") && !management.contains("unguessable"), "{management}");
        let mut admin = app.browser(ADMIN).await;
        let (acme, anna) = (app.organisation("acme").to_string(), app.user(ANNA).to_string());
        admin.post("/_fn/view_as/begin", &[("organisation", &acme), ("user", &anna), ("reason", "She asked what she sees.")]).await;
        let page = admin.get(&format!("/organisation/webhooks/{id}")).await;
        assert!(page.status == 200 && !page.text().contains("unguessable") && !page.text().contains("/_fn/webhooks/"), "{}", page.text());
        let read = app.scoped_token(ANNA, &["webhooks:read"]).await;
        assert_eq!(read.get(&format!("/api/v1/webhooks/{id}")).await.status, 200);
        assert_eq!(read.post(&format!("/api/v1/webhooks/{id}/test"), json!({})).await.status, 403);
        assert_eq!(read.post(&format!("/api/v1/webhooks/{id}/rotate"), json!({})).await.status, 403);
    }

    async fn programs_keep_them_too(app: TestApp) {
        let anna = app.token(ANNA).await;
        let body = json!({"organisation_id": app.organisation("acme").to_string(), "name": "ERP", "url": URL, "events": ["order.changed"]});
        let made = anna.post_with("/api/v1/webhooks", body.clone(), &[("idempotency-key", "one")]).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let again = anna.post_with("/api/v1/webhooks", body.clone(), &[("idempotency-key", "one")]).await;
        // It was made, and its secret is not shown again.
        assert_eq!(again.status, 409, "{}", again.text());
        assert!(!again.text().contains("whsec_"), "{}", again.text());
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'webhook.create'").await, 1);
        assert!(made.json()["secret"].as_str().unwrap().starts_with("whsec_"));
        let path = format!("/api/v1/webhooks/{}", made.json()["id"].as_str().unwrap());
        assert!(!anna.get(&path).await.text().contains("whsec_"));
        let changed = anna.patch(&path, json!({"events": ["order.created"], "state": "paused"}), "\"1\"").await;
        assert_eq!((&changed.json()["state"], &changed.json()["events"]), (&json!("paused"), &json!(["order.created"])), "{}", changed.text());
        assert_eq!(anna.patch(&path, json!({"name": "x"}), "\"1\"").await.status, 412);
        assert_eq!(anna.post(&format!("{path}/test"), json!({})).await.status, 409, "it is paused");
        let resumed = anna.patch(&path, json!({"state": "active"}), "*").await;
        assert_eq!(resumed.json()["state"], "active", "{}", resumed.text());
        let sent = anna.post(&format!("{path}/test"), json!({})).await;
        assert_eq!((sent.status, &sent.json()["state"], &sent.json()["payload"]["type"]), (202, &json!("waiting"), &json!("webhook.test")));
        let delivery = format!("{path}/deliveries/{}", sent.json()["id"].as_str().unwrap());
        assert_eq!(anna.get(&delivery).await.status, 200);
        assert_eq!(anna.post(&format!("{delivery}/redeliver"), json!({})).await.status, 409, "it waits anyway");
        for (change, field) in [
            (json!({"name": " "}), "name"),
            (json!({"url": "https://10.0.0.1/"}), "url"),
            (json!({"events": []}), "events"),
            (json!({"events": ["document.withdrawn"]}), "events"),
            (json!({"state": "gone"}), "state"),
        ] {
            let answer = anna.patch(&path, change, "*").await;
            assert_eq!(answer.status, 422, "{field}: {}", answer.text());
            assert!(!answer.json()["errors"][field].is_null(), "{field}: {}", answer.text());
        }
        let operators = json!({"name": "ERP", "url": URL});
        assert_eq!(anna.post("/api/v1/webhooks", operators.clone()).await.status, 403, "the operator's are not theirs");
        assert_eq!(app.token("carla@borealis.example").await.post("/api/v1/webhooks", body).await.status, 404);
        assert_eq!(app.token(ADMIN).await.post("/api/v1/webhooks", operators).await.status, 201);
        assert_eq!(anna.delete(&path).await.status, 204);
        assert_eq!(anna.get(&path).await.status, 404);
        assert_eq!(anna.delete(&path).await.status, 404);
    }

    async fn secrets_are_sealed_and_go_with_the_key_of_the_installation(app: TestApp) {
        let (id, secret) = endpoint(&app, true, URL).await;
        let ctx = app.ctx(ANNA).await;
        service::rotate(&ctx, id, None).await.unwrap();
        let rows = app.sql("SELECT name, url, events, state FROM webhooks").await;
        assert!(!format!("{rows:?}").contains(&secret));
        let trail = app.sql("SELECT detail FROM audit_events WHERE object_kind = 'webhook'").await;
        assert!(!format!("{trail:?}").contains("whsec_") && !format!("{trail:?}").contains("hooks.acme"));
        let new = app::secrets::Secrets::generate();
        let operator = app.state.ctx(app::access::Actor::operator(), "test");
        let counts = app::keys::rotate(&operator, &operator.portal.secrets, &new).await.unwrap();
        assert!(counts.contains(&("webhooks", 1)) && counts.contains(&("replaced secrets of webhooks", 1)), "{counts:?}");
    }

    async fn two_at_once_and_too_many_are_told(app: TestApp) {
        let (id, _) = endpoint(&app, true, URL).await;
        let ctx = app.ctx(ANNA).await;
        let wanted = |name: &str| Wanted { name: name.to_owned(), url: URL.to_owned(), events: vec!["order.changed".to_owned()] };
        service::edit(&ctx, id, Some(1), wanted("One")).await.unwrap();
        assert!(service::edit(&ctx, id, Some(1), wanted("Two")).await.is_err());
        assert!(service::set_state(&ctx, id, Some(1), State::Paused).await.is_err());
        assert!(service::delete(&ctx, id, Some(1)).await.is_err());
        assert_eq!(service::find(&ctx, id).await.unwrap().name, "One");
        for _ in 1..service::MOST {
            service::create(&ctx, Some(app.organisation("acme")), wanted("More")).await.unwrap();
        }
        assert!(service::create(&ctx, Some(app.organisation("acme")), wanted("More")).await.is_err());
    }
}
