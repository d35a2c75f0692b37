//! Where a second factor is required, and taking a lost one away.

use app::access::{Actor, Role};
use app::factors::{rules, totp};
use axum::http::Method;
use serde_json::json;

use crate::factors::{code, give_app};
use crate::support::{Engine, Process, TestApp, Token, both};

/// Ticks one box of the rules.
async fn require(app: &TestApp, role: &str) {
    let mut admin = app.browser("admin@nordlicht.example").await;
    let seen = admin.get("/staff/sign-in-rules").await.field("seen");
    let answer = admin.post("/_fn/factors/set_rules", &[("seen", &seen), (role, "1")]).await;
    assert_eq!(answer.location(), "/staff/sign-in-rules");
}

both! {
    async fn a_role_that_needs_a_factor_is_led_to_add_one_from_the_next_request(app: TestApp) {
        let (mut anna, mut ben) = (app.browser("anna@acme.example").await, app.browser("ben@acme.example").await);
        require(&app, "customer_admin").await;
        assert_eq!(ben.get("/documents").await.status, 200, "not his role");
        let answer = anna.get("/documents").await;
        assert_eq!(answer.location(), "/sign-in/factor?next=%2Fdocuments");
        let page = anna.follow(&answer).await;
        assert!(page.words().contains("Add a second factor"), "{}", page.words());
        let place = format!("totp-setup:{}", app.user("anna@acme.example"));
        let state = page.field("state");
        let secret = app.state.portal.secrets.open_text(&place, &state).unwrap();
        let fields = [("state", state.as_str()), ("code", "000000"), ("return_to", "/sign-in/factor?next=%2Fdocuments"), ("next", "/documents")];
        let answer = anna.post("/_fn/factors/add_app", &fields).await;
        let again = anna.follow(&answer).await;
        assert_eq!(again.field("state"), state);
        assert!(again.words().contains("This code is not right."));
        let code = totp::code_at(&secret, app.clock.now()).unwrap();
        let fields = [("state", state.as_str()), ("code", &code), ("next", "/documents")];
        let answer = anna.post("/_fn/factors/add_app", &fields).await;
        assert_eq!(answer.location(), "/account/security/codes?next=%2Fdocuments");
        assert!(anna.follow(&answer).await.words().contains("Recovery codes"));
        let answer = anna.post("/_fn/factors/keep_codes", &[("next", "/documents")]).await;
        assert_eq!(answer.location(), "/documents");
        assert_eq!(anna.get("/documents").await.status, 200);
        // And cannot be taken off again while it is required.
        let answer = anna.post("/_fn/factors/remove_app", &[]).await;
        assert!(anna.follow(&answer).await.words().contains("Add another one before you remove this."));
        let mut fresh = app.browser("anna@acme.example").await;
        assert_eq!(fresh.get("/").await.status, 303);
        require(&app, "administrator").await;
        let answer = anna.post("/_fn/factors/remove_app", &[]).await;
        assert!(!anna.follow(&answer).await.words().contains("Add another one"));
    }

    async fn an_organisation_can_ask_more_than_its_roles(app: TestApp) {
        let (mut ben, mut dirk) = (app.browser("ben@acme.example").await, app.browser("dirk@borealis.example").await);
        let tx = app.db().begin().await.unwrap();
        rules::set_organisation(&tx, app.organisation("acme"), true).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(ben.get("/").await.location(), "/sign-in/factor");
        assert_eq!(dirk.get("/").await.status, 200);
        let mut fresh = app.visitor();
        let answer = fresh.post("/_fn/sign_in/sign_in", &[("email", "ben@acme.example"), ("password", "a long demo password"), ("next", "/documents")]).await;
        assert_eq!(answer.location(), "/sign-in/factor?next=%2Fdocuments");
    }

    async fn the_rules_are_the_administrators_alone_and_need_fresh_proof(app: TestApp) {
        for email in ["pm@nordlicht.example", "management@nordlicht.example", "anna@acme.example"] {
            let mut browser = app.browser(email).await;
            assert_eq!(browser.get("/staff/sign-in-rules").await.status, 403, "{email}");
            assert_eq!(browser.post("/_fn/factors/set_rules", &[("customer", "1")]).await.status, 403, "{email}");
        }
        let mut admin = app.browser("admin@nordlicht.example").await;
        assert!(admin.get("/staff/sign-in-rules").await.words().contains("Customer admin"));
        app.advance(std::time::Duration::from_secs(700));
        let answer = admin.post("/_fn/factors/set_rules", &[("customer", "1")]).await;
        assert!(answer.location().starts_with("/sign-in/confirm"), "{}", answer.location());
        let token = app.token("admin@nordlicht.example").await;
        let put = |roles: serde_json::Value| {
            let token = token.clone();
            async move {
                let body = serde_json::json!({"second_factor_roles": roles}).to_string();
                token.send(Method::PUT, "/api/v1/sign-in-rules", &[("content-type", "application/json"), ("if-match", "*")], body).await
            }
        };
        assert_eq!(put(serde_json::json!(["emperor"])).await.status, 422);
        let kept = put(serde_json::json!(["administrator", "customer", "customer"])).await.json();
        assert_eq!(kept["second_factor_roles"], serde_json::json!(["customer", "administrator"]));
        assert_eq!(admin.get("/staff").await.location(), "/sign-in/factor?next=%2Fstaff");
    }

    async fn of_two_who_set_the_rules_the_second_reads_them_again(app: TestApp) {
        let (admin, path) = (app.token("admin@nordlicht.example").await, "/api/v1/sign-in-rules");
        let put = async |token: &Token, role: &str, etag: Option<&str>| {
            let mut headers = vec![("content-type", "application/json")];
            headers.extend(etag.map(|etag| ("if-match", etag)));
            token.send(Method::PUT, path, &headers, json!({ "second_factor_roles": [role] }).to_string()).await
        };
        let read = admin.get(path).await;
        let etag = read.header("etag");
        assert!(etag.len() > 2, "{etag}");
        assert_eq!(put(&admin, "customer", None).await.status, 428);
        let set = put(&admin, "customer", Some(etag)).await;
        assert_eq!((set.status, set.json()["second_factor_roles"].clone()), (200, json!(["customer"])));
        assert_eq!(put(&admin, "partner", Some(etag)).await.status, 412);
        let kept = admin.get(path).await;
        assert_eq!((kept.header("etag"), kept.json()), (set.header("etag"), set.json()));
        assert_ne!(kept.header("etag"), etag);
        let now = kept.header("etag");
        let (a, b) = tokio::join!(put(&admin, "partner", Some(now)), put(&admin, "customer_admin", Some(now)));
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412]);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'factor.require'").await, 2);
        let pm = app.token("pm@nordlicht.example").await;
        assert_eq!(put(&pm, "partner", None).await.status, 403, "before what is missing in the request");
    }

    async fn a_form_of_older_rules_says_so_and_keeps_what_was_ticked(app: TestApp) {
        let mut admin = app.browser("admin@nordlicht.example").await;
        let open = admin.get("/staff/sign-in-rules").await;
        require(&app, "partner").await;
        let late = admin.post("/_fn/factors/set_rules", &[("seen", &open.field("seen")), ("customer", "1")]).await;
        let page = admin.follow(&late).await;
        assert!(page.words().contains("Somebody changed this in the meantime"), "{}", page.words());
        let text = page.text();
        let ticked = |name: &str| text.split('<').any(|tag| tag.contains(&format!("name=\"{name}\"")) && tag.contains("checked"));
        assert!(ticked("customer") && !ticked("partner"), "what was ticked stays");
        let operator = app.state.ctx(Actor::operator(), "test");
        assert_eq!(rules::roles(&operator).await.unwrap(), [Role::Partner], "and what the other did");
        let again = admin.post("/_fn/factors/set_rules", &[("seen", &page.field("seen")), ("customer", "1")]).await;
        assert_eq!(again.location(), "/staff/sign-in-rules");
        assert_eq!(rules::roles(&operator).await.unwrap(), [Role::Customer]);
    }

    async fn a_lost_factor_is_taken_away_by_staff_and_ends_every_session(app: TestApp) {
        give_app(&app, "anna@acme.example").await;
        let mut anna = crate::factors::waiting(&app, "anna@acme.example").await;
        anna.post("/_fn/sign_in/factor_code", &[("code", &code(&app))]).await;
        assert_eq!(anna.get("/").await.status, 200);
        let path = format!("/api/v1/users/{}/factors", app.user("anna@acme.example"));
        let delete = |email: &'static str, path: String| {
            let app = &app;
            async move { app.token(email).await.send(Method::DELETE, &path, &[], "").await.status }
        };
        for email in ["pm@nordlicht.example", "support@nordlicht.example", "anna@acme.example", "ben@acme.example"] {
            assert_eq!(delete(email, path.clone()).await, 403, "{email}");
        }
        assert_eq!(delete("admin@nordlicht.example", format!("/api/v1/users/{}/factors", uuid::Uuid::now_v7())).await, 404);
        assert_eq!(delete("admin@nordlicht.example", path.clone()).await, 204);
        assert_eq!(delete("admin@nordlicht.example", path).await, 409, "nothing is left");
        assert_eq!(anna.get("/").await.location(), "/sign-in", "every session has ended");
        let mut fresh = app.browser("anna@acme.example").await;
        assert_eq!(fresh.get("/").await.status, 200, "the password has stayed");
        assert!(fresh.get("/account/security").await.words().contains("Factors removed by staff"));
        // Nobody takes away their own this way.
        give_app(&app, "admin@nordlicht.example").await;
        assert_eq!(delete("admin@nordlicht.example", format!("/api/v1/users/{}/factors", app.user("admin@nordlicht.example"))).await, 409);
    }

    async fn factors_are_listed_for_their_owners_programs(app: TestApp) {
        give_app(&app, "anna@acme.example").await;
        let mine = app.token("anna@acme.example").await.get("/api/v1/me/factors").await.json();
        assert_eq!(mine["authenticator_app"], true);
        let bens = app.token("ben@acme.example").await.get("/api/v1/me/factors").await.json();
        assert_eq!((&bens["authenticator_app"], bens["passkeys"].as_array().unwrap().len()), (&serde_json::json!(false), 0));
    }
}

#[tokio::test]
async fn without_a_decision_staff_and_customer_admins_need_a_factor() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.sql("DELETE FROM settings WHERE key = 'factor_roles'").await;
    let mut anna = app.browser("anna@acme.example").await;
    let mut ben = app.browser("ben@acme.example").await;
    assert_eq!(anna.get("/").await.location(), "/sign-in/factor");
    assert_eq!(ben.get("/").await.status, 200);
    let ctx = app.state.ctx(Actor::operator(), "test");
    assert_eq!(rules::roles(&ctx).await.unwrap().len(), 7);
}

#[test]
fn the_operator_sets_the_rules_and_resets_a_factor_on_the_command_line() {
    let dir = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = Process::run_with_input(dir.path(), arguments, "correct horse battery\n");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    assert!(run(&["factor", "show"]).1.contains("customer_admin"));
    assert_eq!(run(&["factor", "require"]).0, Some(2));
    assert_eq!(run(&["factor", "require", "--role", "emperor"]).0, Some(1));
    assert!(
        run(&["factor", "require", "--role", "administrator", "--role", "support"])
            .1
            .ends_with("support, administrator")
    );
    assert_eq!(run(&["factor", "require", "--none"]).1, "no role needs a second factor");
    assert_eq!(run(&["user", "reset-factor", "--email", "nobody@example.org"]).0, Some(1));
    run(&[
        "user",
        "create",
        "--email",
        "ada@example.org",
        "--name",
        "Ada",
        "--role",
        "administrator",
        "--password-stdin",
    ]);
    let (status, _, error) = run(&["user", "reset-factor", "--email", "ada@example.org"]);
    assert!(status == Some(1) && error.contains("no second factor"), "{error}");
}
