//! `PATCH /api/v1/users/{id}`: one door for role and state, against the revision that was read.

use app::ids::OrganisationId;
use axum::http::Method;
use serde_json::json;

use crate::support::{TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const SUPPORT: &str = "support@nordlicht.example";
const BEN: &str = "ben@acme.example";

both! {
    async fn a_user_is_changed_against_the_etag_that_was_read_and_what_was_done_is_recorded(app: TestApp) {
        let (admin, sven) = (app.token(ADMIN).await, app.token(SUPPORT).await);
        let path = format!("/api/v1/users/{}", app.user(SUPPORT));
        let read = admin.get(&path).await;
        let etag = read.header("etag").to_owned();
        assert_eq!(etag, format!("\"{}\"", read.json()["revision"]));
        let json = [("content-type", "application/json")];
        let bare = admin.send(Method::PATCH, &path, &json, json!({ "state": "suspended" }).to_string()).await;
        assert_eq!(bare.status, 428);
        let changed = admin.patch(&path, json!({ "staff_role": "management", "state": "suspended" }), &etag).await;
        assert_eq!(changed.status, 200, "{}", changed.text());
        assert_eq!(changed.json()["staff_role"], "management");
        assert_eq!(changed.json()["state"], "suspended");
        assert_ne!(changed.header("etag"), etag);
        assert_eq!(sven.get("/api/v1/me").await.status, 401, "from the next request");
        assert_eq!(admin.patch(&path, json!({ "state": "active" }), &etag).await.status, 412);
        assert_eq!(admin.get(&path).await.json()["state"], "suspended");
        let again = admin.patch(&path, json!({ "state": "suspended" }), changed.header("etag")).await;
        assert_eq!(again.header("etag"), changed.header("etag"), "nothing to do, nothing done");
        assert_eq!(admin.patch(&path, json!({ "state": "active" }), "*").await.status, 200);
        for (action, count) in [("user.role", 1), ("user.suspend", 1), ("user.restore", 1)] {
            let found = format!("SELECT COUNT(*) FROM audit_events WHERE action = '{action}' AND actor_kind = 'token'");
            assert_eq!(app.count(&found).await, count, "{action}");
        }
    }

    async fn a_user_carries_what_they_are_at_the_customers_that_the_caller_may_see(app: TestApp) {
        let (admin, acme, borealis) = (app.token(ADMIN).await, app.organisation("acme"), app.organisation("borealis"));
        let path = |email: &str| format!("/api/v1/users/{}", app.user(email));
        let member = format!("/api/v1/organisations/{acme}/people/{}", app.user(BEN));
        assert_eq!(admin.patch(&member, json!({ "state": "suspended" }), "*").await.status, 200);
        let ben = admin.get(&path(BEN)).await.json();
        let at_acme = json!({ "organisation_id": acme, "organisation_name": "ACME Werke AG", "role": "member", "state": "suspended" });
        assert_eq!((&ben["name"], &ben["memberships"], &ben["assignments"]), (&json!("Ben Brandt"), &json!([at_acme]), &json!([])));
        let pm = admin.get(&path("pm@nordlicht.example")).await.json();
        let assignment = |id: OrganisationId, name: &str| json!({ "organisation_id": id, "organisation_name": name, "is_contact": true });
        let looked_after = json!([assignment(acme, "ACME Werke AG"), assignment(borealis, "Borealis Logistik BV")]);
        assert_eq!((&pm["memberships"], &pm["assignments"]), (&json!([]), &looked_after));
        let changed = admin.patch(&path(BEN), json!({ "state": "suspended" }), "*").await.json();
        assert_eq!((&changed["state"], &changed["memberships"]), (&json!("suspended"), &ben["memberships"]));
        assert_eq!(app.token("management@nordlicht.example").await.get(&path(BEN)).await.json()["memberships"], ben["memberships"]);
        let narrow = app.scoped_token(ADMIN, &["users:read"]).await;
        for email in [BEN, "pm@nordlicht.example"] {
            let found = narrow.get(&path(email)).await;
            assert_eq!(found.status, 200, "{}", found.text());
            let found = found.json();
            assert_eq!((&found["memberships"], &found["assignments"]), (&json!([]), &json!([])), "customers are another area");
        }
    }

    async fn nothing_but_state_and_role_can_be_assigned(app: TestApp) {
        let admin = app.token(ADMIN).await;
        let (sven, ben) = (format!("/api/v1/users/{}", app.user(SUPPORT)), format!("/api/v1/users/{}", app.user(BEN)));
        for (path, body, field) in [
            (&sven, json!({ "email": "mine@evil.example" }), "body"),
            (&sven, json!({ "state": "active", "revision": 7 }), "body"),
            (&sven, json!({ "state": "asleep" }), "state"),
            (&sven, json!({ "staff_role": "customer_admin" }), "staff_role"),
            (&ben, json!({ "staff_role": "administrator" }), "staff_role"),
            (&ben, json!({ "staff_role": "administrator", "state": "suspended" }), "staff_role"),
        ] {
            let refused = admin.patch(path, body.clone(), "*").await;
            assert_eq!(refused.status, 422, "{body}");
            assert!(refused.json()["errors"].get(field).is_some(), "{body}: {}", refused.text());
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM users WHERE state = 'suspended'").await, 0);
        assert_eq!(app.count("SELECT COUNT(*) FROM users WHERE staff_role = 'administrator'").await, 1);
    }

    async fn only_administrators_change_users_nobody_themselves_and_one_administrator_stays(app: TestApp) {
        let (me, sven) = (format!("/api/v1/users/{}", app.user(ADMIN)), format!("/api/v1/users/{}", app.user(SUPPORT)));
        for email in ["management@nordlicht.example", "pm@nordlicht.example", BEN, "anna@acme.example"] {
            let token = app.token(email).await;
            for path in [&sven, &"/api/v1/users/0190a000-0000-7000-8000-000000000000".to_owned()] {
                assert_eq!(token.patch(path, json!({ "state": "suspended" }), "*").await.status, 403, "{email}");
            }
        }
        let admin = app.token(ADMIN).await;
        assert_eq!(admin.patch("/api/v1/users/0190a000-0000-7000-8000-000000000000", json!({}), "*").await.status, 404);
        let narrow = app.scoped_token(ADMIN, &["users:read"]).await;
        assert_eq!(narrow.patch(&sven, json!({ "state": "suspended" }), "*").await.status, 403);
        for body in [json!({ "state": "suspended" }), json!({ "staff_role": "support" })] {
            assert_eq!(admin.patch(&me, body, "*").await.status, 409);
        }
        // Two who demote each other at once: one stays.
        assert_eq!(admin.patch(&sven, json!({ "staff_role": "administrator" }), "*").await.status, 200);
        let svens = app.token(SUPPORT).await;
        let demote = json!({ "staff_role": "sales", "state": "suspended" });
        let (a, b) = tokio::join!(admin.patch(&sven, demote.clone(), "*"), svens.patch(&me, demote.clone(), "*"));
        let done = [a.status, b.status].iter().filter(|status| **status == 200).count();
        assert_eq!(done, 1, "{} {}", a.text(), b.text());
        let left = "SELECT COUNT(*) FROM users WHERE staff_role = 'administrator' AND state = 'active'";
        assert_eq!(app.count(left).await, 1);
    }

    async fn of_two_who_change_the_same_user_at_once_one_is_told(app: TestApp) {
        let admin = app.token(ADMIN).await;
        let path = format!("/api/v1/users/{}", app.user(SUPPORT));
        let etag = admin.get(&path).await.header("etag").to_owned();
        let (sales, finance) = (json!({ "staff_role": "sales" }), json!({ "staff_role": "finance" }));
        let (a, b) = tokio::join!(admin.patch(&path, sales, &etag), admin.patch(&path, finance, &etag));
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412]);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'user.role'").await, 1);
    }
    async fn suspending_restoring_and_another_role_honour_the_etag_where_one_is_sent(app: TestApp) {
        let admin = app.token(ADMIN).await;
        let path = format!("/api/v1/users/{}", app.user(SUPPORT));
        let etag = admin.get(&path).await.header("etag").to_owned();
        let seen = [("if-match", etag.as_str())];
        assert_eq!(admin.post_with(&format!("{path}/suspend"), json!({}), &seen).await.status, 204);
        assert_eq!(admin.post_with(&format!("{path}/restore"), json!({}), &seen).await.status, 412);
        assert_eq!(admin.post_with(&format!("{path}/role"), json!({ "role": "sales" }), &seen).await.status, 412);
        let found = admin.get(&path).await;
        assert_eq!((&found.json()["state"], &found.json()["staff_role"]), (&json!("suspended"), &json!("support")));
        let seen = [("if-match", found.header("etag"))];
        assert_eq!(admin.post_with(&format!("{path}/role"), json!({ "role": "sales" }), &seen).await.status, 204);
        assert_eq!(admin.post(&format!("{path}/restore"), json!({})).await.status, 204, "without one, whatever they are");
        let anna = app.token("anna@acme.example").await;
        assert_eq!(anna.post_with(&format!("{path}/suspend"), json!({}), &seen).await.status, 403, "before what was read");
    }

    async fn an_administrator_ends_all_sessions_of_somebody_and_their_tokens_stay(app: TestApp) {
        let admin = app.token(ADMIN).await;
        let path = format!("/api/v1/users/{}/sessions", app.user(BEN));
        let mut browsers = [app.browser(BEN).await, app.browser(BEN).await];
        let token = app.token(BEN).await;
        assert_eq!(browsers[0].get("/").await.status, 200);
        assert_eq!(admin.delete(&path).await.status, 204);
        for browser in &mut browsers {
            assert_eq!(browser.get("/").await.status, 303, "from the next request");
        }
        assert_eq!(token.get("/api/v1/me").await.status, 200);
        assert_eq!(app.browser(BEN).await.get("/").await.status, 200, "and they sign in again");
        assert_eq!(admin.delete("/api/v1/users/0190a000-0000-7000-8000-000000000000/sessions").await.status, 404);
        for email in ["management@nordlicht.example", "pm@nordlicht.example", "anna@acme.example", BEN] {
            assert_eq!(app.token(email).await.delete(&path).await.status, 403, "{email}");
        }
        assert_eq!(app.scoped_token(ADMIN, &["users:read"]).await.delete(&path).await.status, 403);
        let ended = "SELECT COUNT(*) FROM audit_events WHERE action = 'session.end_all' AND actor_kind = 'token'";
        assert_eq!(app.count(ended).await, 1);
    }
}
