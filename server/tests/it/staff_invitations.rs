//! Inviting staff: the page, the list of who has not come yet, and the same for programs.

use serde_json::json;

use crate::support::{TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const MANAGEMENT: &str = "management@nordlicht.example";
const NEW: &str = "nora@nordlicht.example";
const PHRASE: &str = "eleven grey herons wait";

fn form<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("name", "Nora \"No\" Nissen"), ("email", NEW), ("role", "finance"), ("locale", "en")];
    for (name, value) in more {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    fields
}

fn key(link: &str) -> String {
    link.split("key=").nth(1).unwrap().to_owned()
}

both! {
    async fn an_invited_colleague_joins_by_mail_with_the_role_and_nothing_else(app: TestApp) {
        let mut admin = app.browser(ADMIN).await;
        assert!(admin.get("/staff/users").await.text().contains("href=\"/staff/users/invite\""));
        let sent = admin.post("/_fn/users/invite", &form(&[("message", "Welcome aboard.\nSee you on Monday.")])).await;
        assert_eq!(sent.location(), "/staff/users", "{}", sent.text());
        let page = admin.follow(&sent).await.words();
        assert!(page.contains("Nora \"No\" Nissen") && page.contains("Finance") && page.contains("valid until"), "{page}");
        let mail = app.mail_to(NEW).await;
        assert!(mail.text.contains("> See you on Monday."), "{}", mail.text);
        let mut nora = app.visitor();
        let shown = nora.get(&mail.path()).await.words();
        assert!(shown.contains("Nordlicht Maschinenbau GmbH") && shown.contains("Finance"), "{shown}");
        let fields = [("key", &*key(&mail.path())), ("name", "Nora Nissen"), ("password", PHRASE), ("way", "password")];
        nora.post("/_fn/invitations/accept", &fields).await;
        assert_eq!(nora.get("/staff").await.status, 200);
        assert_eq!(nora.get("/staff/users").await.status, 403);
        let row = app.sql("SELECT staff_role FROM users WHERE email_key = 'nora@nordlicht.example'").await;
        assert_eq!(row[0][0], "finance");
        assert_eq!(app.count("SELECT COUNT(*) FROM memberships m JOIN users u ON u.id = m.user_id WHERE u.email_key = 'nora@nordlicht.example'").await, 0);
        assert!(!admin.get("/staff/users").await.words().contains("valid until"), "nobody waits any more");
    }

    async fn a_form_that_fails_says_where_and_keeps_what_was_typed(app: TestApp) {
        let mut admin = app.browser(ADMIN).await;
        let long = "word ".repeat(190);
        for (more, what) in [
            (&[("role", "")][..], "Choose a role."),
            (&[("role", "customer_admin")], "Choose a role."),
            (&[("role", ""), ("email", "")], "Enter an e-mail address"),
            (&[("email", "ben@acme.example")], "cannot become staff"),
            (&[("email", "support@nordlicht.example")], "cannot become staff"),
            (&[("email", "nowhere")], "does not look like"),
        ] {
            let mut more = more.to_vec();
            more.push(("message", long.trim()));
            let refused = admin.post("/_fn/users/invite", &form(&more)).await;
            assert_eq!(refused.location(), "/staff/users/invite", "{what}");
            let page = admin.follow(&refused).await;
            assert!(page.words().contains(what), "{what}: {}", page.words());
            assert_eq!(page.field("name"), "Nora \"No\" Nissen");
            assert!(page.text().contains(long.trim()), "the message too");
            let chosen = more.iter().all(|(field, _)| *field != "role");
            assert_eq!(page.text().contains("<option value=\"finance\" selected"), chosen, "{what}");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM invitations").await, 0);
        assert_eq!(app.count("SELECT COUNT(*) FROM jobs WHERE kind = 'mail'").await, 0);
    }

    async fn an_open_invitation_is_sent_again_or_withdrawn_by_administrators_only(app: TestApp) {
        let mut admin = app.browser(ADMIN).await;
        admin.post("/_fn/users/invite", &form(&[])).await;
        let link = app.mail_to(NEW).await.path();
        let twice = admin.post("/_fn/users/invite", &form(&[])).await;
        assert!(admin.follow(&twice).await.words().contains("open invitation for this address"));
        app.advance(std::time::Duration::from_secs(14 * 24 * 3600 + 60));
        let mut admin = app.browser(ADMIN).await;
        let page = admin.get("/staff/users").await;
        assert!(page.words().contains("expired"), "{}", page.words());
        let id = app.token(ADMIN).await.get("/api/v1/staff-invitations").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
        let mut management = app.browser(MANAGEMENT).await;
        let seen = management.get("/staff/users").await;
        assert!(seen.words().contains("Nora") && !seen.text().contains("/_fn/invitations/"), "reads, changes nothing");
        assert!(!seen.text().contains("/staff/users/invite"));
        for act in ["resend", "withdraw"] {
            assert_eq!(management.post(&format!("/_fn/invitations/{act}"), &[("id", &id)]).await.status, 403);
            let anna = app.browser("anna@acme.example").await.post(&format!("/_fn/invitations/{act}"), &[("id", &id)]).await;
            assert_eq!(anna.status, 404, "{act}");
        }
        let again = admin.post("/_fn/invitations/resend", &[("id", &id), ("back", "/staff/users")]).await;
        assert!(admin.follow(&again).await.words().contains("valid until"));
        assert!(app.visitor().get(&link).await.words().contains("Welcome"));
        let back = admin.post("/_fn/invitations/withdraw", &[("id", &id), ("back", "/staff/users")]).await;
        assert!(!admin.follow(&back).await.words().contains("Nora"));
        assert!(app.visitor().get(&link).await.words().contains("withdrawn"));
    }

    async fn inviting_asks_for_a_fresh_proof_before_anything_is_typed(app: TestApp) {
        let mut admin = app.browser(ADMIN).await;
        app.advance(std::time::Duration::from_secs(11 * 60));
        assert_eq!(admin.get("/staff/users/invite").await.location(), "/sign-in/confirm?next=%2Fstaff%2Fusers%2Finvite");
        let posted = admin.post("/_fn/users/invite", &form(&[])).await;
        assert_eq!(posted.location(), "/sign-in/confirm?next=%2Fstaff%2Fusers%2Finvite");
        assert_eq!(app.count("SELECT COUNT(*) FROM invitations").await, 0);
        let mut pm = app.browser("pm@nordlicht.example").await;
        assert_eq!(pm.get("/staff/users/invite").await.status, 403);
        assert_eq!(pm.post("/_fn/users/invite", &form(&[])).await.status, 403);
    }

    async fn programs_invite_once_per_key_list_by_page_and_take_back(app: TestApp) {
        let admin = app.token(ADMIN).await;
        let body = json!({ "name": "Nora", "email": NEW, "role": "support", "locale": "de" });
        let first = admin.post_with("/api/v1/staff-invitations", body.clone(), &[("idempotency-key", "a")]).await;
        assert_eq!(first.status, 201, "{}", first.text());
        let again = admin.post_with("/api/v1/staff-invitations", body, &[("idempotency-key", "a")]).await;
        assert_eq!(first.json()["id"], again.json()["id"]);
        assert_eq!(app.mails_to(NEW).await.len(), 1);
        assert_eq!((first.json()["role"].as_str(), &first.json()["organisation_id"]), (Some("support"), &json!(null)));
        let other = json!({ "name": "Ole", "email": "ole@nordlicht.example", "role": "sales" });
        assert_eq!(admin.post("/api/v1/staff-invitations", other).await.status, 201);
        let page = admin.get("/api/v1/staff-invitations?limit=1").await.json();
        assert_eq!(page["items"][0]["name"], "Ole");
        let next = page["next"].as_str().unwrap();
        let rest = admin.get(&format!("/api/v1/staff-invitations?limit=1&cursor={next}")).await.json();
        assert_eq!((rest["items"][0]["name"].as_str(), &rest["next"]), (Some("Nora"), &json!(null)));
        let path = first.location();
        let management = app.token(MANAGEMENT).await;
        assert_eq!(management.get(path).await.status, 200);
        assert_eq!(management.delete(path).await.status, 403);
        assert_eq!(app.token("pm@nordlicht.example").await.get(path).await.status, 404);
        assert_eq!(admin.delete(path).await.status, 204);
        assert_eq!(admin.get(path).await.json()["state"], "withdrawn");
        for (body, field) in [(json!({}), "role"), (json!({ "role": "customer" }), "role"), (json!({ "role": "sales", "name": "X", "email": "ben@acme.example" }), "email"), (json!({ "rights": {} }), "body"), (json!({ "role": "sales", "name": "X", "email": "x@y.example", "locale": "fr" }), "locale")] {
            let refused = admin.post("/api/v1/staff-invitations", body.clone()).await;
            assert_eq!(refused.status, 422, "{body}");
            assert!(refused.json()["errors"].get(field).is_some(), "{body}: {}", refused.text());
        }
        let acme = app.organisation("acme");
        let customers = app.token("anna@acme.example").await.get(&format!("/api/v1/invitations?organisation_id={acme}")).await;
        assert_eq!(customers.json()["items"], json!([]), "the staff's are nobody else's");
    }

    async fn a_lost_factor_is_reset_on_the_persons_page_by_others_only(app: TestApp) {
        let mut admin = app.browser(ADMIN).await;
        let anna = app.user("anna@acme.example");
        let page = format!("/staff/users/{anna}");
        assert!(!admin.get(&page).await.text().contains("/_fn/factors/reset"), "nothing to reset");
        crate::factors::give_app(&app, "anna@acme.example").await;
        let shown = admin.get(&page).await;
        assert!(shown.text().contains("action=\"/_fn/factors/reset\""));
        assert!(shown.words().contains("Make sure first that it really is Anna Albers who asks."), "{}", shown.words());
        assert!(!app.browser(MANAGEMENT).await.get(&page).await.text().contains("/_fn/factors/reset"));
        let fields = [("user", &*shown.field("user")), ("return_to", &*shown.field("return_to"))];
        app.advance(std::time::Duration::from_secs(11 * 60));
        let asked = admin.post("/_fn/factors/reset", &fields).await;
        assert!(asked.location().starts_with("/sign-in/confirm?next=%2Fstaff%2Fusers%2F"), "{}", asked.location());
        let mut admin = app.browser(ADMIN).await;
        let done = admin.post("/_fn/factors/reset", &fields).await;
        assert_eq!(done.location(), page);
        let after = admin.follow(&done).await;
        assert!(after.words().contains("Second factorNone") && !after.text().contains("/_fn/factors/reset"), "{}", after.words());
        crate::factors::give_app(&app, ADMIN).await;
        let own = format!("/staff/users/{}", app.user(ADMIN));
        assert!(!admin.get(&own).await.text().contains("/_fn/factors/reset"), "one's own under Security");
    }
}
