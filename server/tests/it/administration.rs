//! The staff's pages of people, roles and the audit log.

use serde_json::json;

use crate::support::{TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";

both! {
    async fn people_are_found_and_suspended_from_the_next_request(app: TestApp) {
        let mut admin = app.browser(ADMIN).await;
        let list = admin.get("/staff/users?search=BEN&kind=customer").await.words();
        assert!(list.contains("Ben Brandt") && !list.contains("Anna Albers"), "{list}");
        assert!(admin.get("/staff/users?search=%25").await.words().contains("Nobody found"));
        assert!(!admin.get("/staff/users?kind=staff&role=finance").await.words().contains("Sven Urban"));
        let ben = app.user("ben@acme.example").to_string();
        let mut his = app.browser("ben@acme.example").await;
        assert_eq!(his.get("/").await.status, 200);
        let seen = admin.get(&format!("/staff/users/{ben}")).await.field("revision");
        let done = admin.post("/_fn/users/suspend", &[("id", &ben), ("revision", &seen)]).await;
        assert!(admin.follow(&done).await.words().contains("Suspended"));
        assert_eq!(his.get("/").await.status, 303);
        assert!(admin.get("/staff/users?state=suspended").await.words().contains("Ben Brandt"));
        let token = app.token(ADMIN).await;
        assert_eq!(token.post(&format!("/api/v1/users/{ben}/restore"), json!({})).await.status, 204);
        assert_eq!(token.get(&format!("/api/v1/users/{ben}")).await.json()["state"], "active");
    }

    async fn the_last_administrator_and_oneself_are_protected(app: TestApp) {
        let token = app.token(ADMIN).await;
        let me = app.user(ADMIN);
        assert_eq!(token.post(&format!("/api/v1/users/{me}/suspend"), json!({})).await.status, 409);
        assert_eq!(token.post(&format!("/api/v1/users/{me}/role"), json!({ "role": "support" })).await.status, 409);
        let sven = app.user("support@nordlicht.example");
        let mut svens = app.browser("support@nordlicht.example").await;
        assert_eq!(svens.get("/staff/audit").await.status, 403);
        assert_eq!(token.post(&format!("/api/v1/users/{sven}/role"), json!({ "role": "management" })).await.status, 204);
        assert_eq!(svens.get("/staff/audit").await.status, 200, "from the next request");
        assert_eq!(token.post(&format!("/api/v1/users/{sven}/role"), json!({ "role": "customer" })).await.status, 422);
    }

    async fn the_trail_is_filtered_exported_and_the_export_recorded(app: TestApp) {
        let acme = app.organisation("acme");
        let token = app.token(ADMIN).await;
        token.patch(&format!("/api/v1/organisations/{acme}"), json!({ "city": "Hamm" }), "*").await;
        let mut admin = app.browser(ADMIN).await;
        let page = admin.get("/staff/audit?action=organisation.edit&customer=K-10417&person=admin@nordlicht.example").await.words();
        assert!(page.contains("organisation.edit") && !page.contains("session.begin"), "{page}");
        assert!(admin.get("/staff/audit?person=nobody@example.org").await.words().contains("Nobody signs in with this address."));
        assert!(admin.get("/staff/audit?from=2019-01-01&to=2019-01-02").await.words().contains("Nothing found"));
        assert!(admin.get("/staff/audit?to=soon").await.words().contains("This is not a date."));
        let csv = admin.get("/staff/audit/export?action=organisation.edit").await;
        assert_eq!(csv.header("content-disposition"), "attachment; filename=\"audit.csv\"");
        assert_eq!(csv.text().lines().count(), 2, "{}", csv.text());
        let lines = admin.get("/staff/audit/export?format=jsonl").await.text();
        let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
        assert_eq!(first["action"], "audit.export", "recorded before the first line leaves");
        let listed = token.get("/api/v1/audit-events?action=organisation.edit").await.json();
        assert_eq!(listed["items"][0]["detail"]["fields"], "city");
        assert_eq!(token.get("/api/v1/audit-events?from=yesterday").await.status, 400);
    }

    async fn every_act_is_said_in_the_readers_words_beside_its_name(app: TestApp) {
        let acme = app.organisation("acme");
        app.token(ADMIN).await.patch(&format!("/api/v1/organisations/{acme}"), json!({ "city": "Hamm" }), "*").await;
        let admin_id = app.user(ADMIN);
        for (language, words, choice) in [
            ("en", "Master data changed", "<option value=\"organisation.edit\" selected>Master data changed<"),
            ("de", "Stammdaten geändert", "<option value=\"organisation.edit\" selected>Stammdaten geändert<"),
            ("nl", "Stamgegevens gewijzigd", "<option value=\"organisation.edit\" selected>Stamgegevens gewijzigd<"),
        ] {
            let mut admin = app.browser(ADMIN).await;
            admin.post("/_fn/account/set_language", &[("language", language)]).await;
            let page = admin.get("/staff/audit?action=organisation.edit").await;
            assert!(page.text().contains(choice), "{}", page.text());
            assert!(page.words().contains(&format!("{words}organisation.edit")), "{}", page.words());
            let page = admin.get(&format!("/staff/users/{admin_id}")).await.words();
            assert!(page.contains(&format!("{words}organisation.edit")), "{page}");
            let page = admin.get(&format!("/staff/customers/{acme}")).await.words();
            assert!(page.contains(words), "{page}");
        }
        let unknown = app.browser(ADMIN).await.get("/staff/audit?action=rocket.launch").await.text();
        assert!(unknown.contains("<option value=\"rocket.launch\" selected>rocket.launch<"), "the choice stays");
    }

    async fn the_chain_is_verified_by_a_worker_and_the_page_says_so(app: TestApp) {
        let mut admin = app.browser(ADMIN).await;
        assert!(admin.get("/staff/audit").await.words().contains("Never verified"));
        admin.post("/_fn/audit/verify", &[]).await;
        app.run_jobs().await;
        let page = admin.get("/staff/audit").await.words();
        assert!(page.contains("Intact up to event") && page.contains("Jonas Petersen"), "{page}");
    }

    async fn programs_export_the_trail_and_learn_whether_its_chain_holds(app: TestApp) {
        let acme = app.organisation("acme");
        let token = app.token(ADMIN).await;
        token.patch(&format!("/api/v1/organisations/{acme}"), json!({ "city": "Hamm" }), "*").await;
        let chain = token.get("/api/v1/audit-chain").await.json();
        assert!(chain["sequence"].as_i64().unwrap() > 0 && chain["verified"].is_null(), "{chain}");
        assert_eq!(token.post("/api/v1/audit-chain/verify", json!({})).await.status, 202);
        app.run_jobs().await;
        let chain = token.get("/api/v1/audit-chain").await.json();
        assert_eq!(chain["verified"]["intact"], true, "{chain}");
        assert_eq!(chain["verified"]["by"], "Jonas Petersen");
        assert_eq!(chain["verified"]["problem"], json!(null));
        let csv = token.get(&format!("/api/v1/audit-events/export?action=organisation.edit&organisation_id={acme}")).await;
        assert_eq!(csv.header("content-disposition"), "attachment; filename=\"audit.csv\"");
        assert_eq!(csv.text().lines().count(), 2, "{}", csv.text());
        let lines = token.get("/api/v1/audit-events/export?format=jsonl").await.text();
        let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
        assert_eq!((&first["action"], &first["actor_kind"]), (&json!("audit.export"), &json!("token")));
        for query in ["format=xml", "from=yesterday", "actor_id=me", "limit=5"] {
            assert_eq!(token.get(&format!("/api/v1/audit-events/export?{query}")).await.status, 400, "{query}");
        }
        let support = app.token("support@nordlicht.example").await;
        for path in ["/api/v1/audit-chain", "/api/v1/audit-events/export", "/api/v1/audit-events/export?format=xml"] {
            assert_eq!(support.get(path).await.status, 403, "{path}");
        }
        assert_eq!(support.post("/api/v1/audit-chain/verify", json!({})).await.status, 403);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'audit.export'").await, 2);
    }

    async fn every_member_of_staff_may_read_what_roles_may_do(app: TestApp) {
        let page = app.browser("support@nordlicht.example").await.get("/staff/roles").await;
        assert_eq!(page.status, 200);
        for text in ["Read the audit log", "Project manager", "assigned customers", "See documents: invoices"] {
            assert!(page.words().contains(text), "{text}");
        }
        assert_eq!(app.browser("anna@acme.example").await.get("/staff/roles").await.status, 403);
    }
}
