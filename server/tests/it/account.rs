//! One's own account: profile, sessions, tokens.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::json;

use crate::support::{Engine, TestApp, both};

const FIREFOX: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0";
const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1";
const ANNA: &str = "anna@acme.example";

/// A browser of this make, from this address behind the operator's proxy, that has signed in; and its device cookie.
async fn sign_in(
    app: &TestApp,
    email: &str,
    make: &str,
    address: &str,
    device: Option<&str>,
) -> (crate::support::Browser, Option<String>) {
    let mut browser = app.visitor();
    let body = format!("email={}&password=a+long+demo+password", email.replace('@', "%40"));
    let mut request = Request::post("/_fn/sign_in/sign_in")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("user-agent", make)
        .header("x-forwarded-for", address);
    if let Some(device) = device {
        request = request.header("cookie", format!("device={device}"));
    }
    let answer = browser.send(request.body(Body::from(body)).unwrap()).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let cookies = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let device =
        cookies.filter_map(|cookie| cookie.strip_prefix("device=")).map(|rest| rest.split(';').next().unwrap());
    let device = device.map(str::to_owned).next();
    (browser, device)
}

async fn behind_proxy(engine: Engine) -> TestApp {
    TestApp::with(engine, &[("TRUSTED_PROXIES", "127.0.0.1")], None).await
}

/// The id in the form of the only other session on the page.
fn other_session(html: &str) -> String {
    let form = html.split("/_fn/account/end_session\"").nth(1).expect("another session is listed");
    form.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

both! {
    async fn a_profile_is_saved_and_speaks_the_language_that_was_chosen(app: TestApp) {
        let mut anna = app.browser(ANNA).await;
        let page = anna.get("/account").await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert!(page.words().contains("ACME Werke AG") && page.words().contains("everything of the organisation"), "{}", page.words());
        let revision = page.field("revision");
        let fields = |name: &'static str, zone: &'static str| {
            [("revision", revision.clone()), ("name", name.to_owned()), ("locale", "de".to_owned()), ("theme", "dark".to_owned()), ("time_zone", zone.to_owned())]
        };
        let post = async |browser: &mut crate::support::Browser, fields: [(&'static str, String); 5]| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
            browser.post("/_fn/account/save_profile", &fields).await
        };
        let wrong = post(&mut anna, fields(" ", "Mars/Phobos")).await;
        let wrong = anna.follow(&wrong).await;
        assert!(wrong.words().contains("Enter your name") && wrong.words().contains("time zone does not exist"), "{}", wrong.words());
        let saved = post(&mut anna, fields("  Anna   Albers-Meyer ", "America/New_York")).await;
        let page = anna.follow(&saved).await;
        assert!(page.words().contains("Ihr Profil ist gespeichert."), "{}", page.words());
        assert_eq!(page.field("name"), "Anna Albers-Meyer");
        assert!(page.text().contains("lang=\"de\"") && page.text().contains("data-theme=\"dark\""));
        assert!(page.text().contains("<meta name=\"theme-color\" content=\"#0d1417\">"), "whatever the device says");
        assert_eq!(app.sql("SELECT detail FROM audit_events WHERE action = 'user.edit'").await, vec![vec!["{\"fields\":\"name,locale,theme,time_zone\"}".to_owned()]]);
        // A form that was open in another window does not undo it.
        let stale = post(&mut anna, fields("Old name", "")).await;
        assert!(anna.follow(&stale).await.words().contains("inzwischen in einem anderen Fenster"));
        assert_eq!(app.sql("SELECT name FROM users WHERE email_key = 'anna@acme.example'").await[0][0], "Anna Albers-Meyer");
    }

    async fn dates_are_shown_in_the_zone_of_their_reader(app: TestApp) {
        let anna = app.token(ANNA).await;
        let mut browser = app.browser(ANNA).await;
        // Noon in Greenwich, one o'clock in Berlin.
        assert!(browser.get("/account/sessions").await.words().contains("Signed in: Today, 13:00"));
        let etag = anna.get("/api/v1/me").await.header("etag").to_owned();
        assert_eq!(anna.patch("/api/v1/me", json!({ "time_zone": "Pacific/Auckland" }), &etag).await.status, 200);
        let page = browser.get("/account/sessions").await.words();
        assert!(page.contains("Signed in: Today, 01:00"), "{page}");
    }

    async fn somebody_without_any_organisation_keeps_their_account(app: TestApp) {
        let mut ben = app.browser("ben@acme.example").await;
        app.sql("UPDATE memberships SET state = 'suspended'").await;
        let page = ben.get("/account").await;
        assert!(page.status == 200 && page.words().contains("You belong to no organisation"), "{}", page.words());
        assert_eq!(ben.get("/account/sessions").await.status, 200);
        assert!(!ben.get("/documents").await.words().contains("RF-400"));
    }

    async fn a_program_reads_and_changes_its_owner_s_profile(app: TestApp) {
        let anna = app.token(ANNA).await;
        let me = anna.get("/api/v1/me").await;
        let etag = me.header("etag").to_owned();
        assert_eq!((me.json()["name"].as_str(), me.json()["time_zone"].as_str()), (Some("Anna Albers"), None));
        assert_eq!(anna.send(Method::PATCH, "/api/v1/me", &[("content-type", "application/json")], "{}").await.status, 428);
        let wrong = anna.patch("/api/v1/me", json!({ "name": "", "locale": "fr" }), &etag).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.json()["errors"]["name"].is_array() && wrong.json()["errors"]["locale"].is_array());
        assert_eq!(anna.patch("/api/v1/me", json!({ "email": "x@y.z" }), &etag).await.status, 422, "not assignable");
        let changed = anna.patch("/api/v1/me", json!({ "locale": "nl", "time_zone": "Europe/Amsterdam" }), &etag).await;
        assert_eq!((changed.status, changed.json()["locale"].as_str()), (200, Some("nl")));
        assert_eq!(anna.patch("/api/v1/me", json!({ "locale": "de" }), &etag).await.status, 412);
        let etag = changed.header("etag").to_owned();
        let back = anna.patch("/api/v1/me", json!({ "locale": "", "time_zone": "" }), &etag).await.json();
        assert!(back["locale"].is_null() && back["time_zone"].is_null());
        let read = app.scoped_token(ANNA, &["read"]).await;
        assert_eq!(read.get("/api/v1/me").await.status, 200);
        assert_eq!(read.patch("/api/v1/me", json!({ "locale": "de" }), "*").await.status, 403);
    }

    async fn an_own_session_is_ended_from_elsewhere_and_a_foreign_one_is_not(app: TestApp) {
        let mut here = app.browser(ANNA).await;
        let mut there = app.browser(ANNA).await;
        let mut ben = app.browser("ben@acme.example").await;
        let page = here.get("/account/sessions").await;
        assert!(page.words().contains("You are here"), "{}", page.words());
        let id = other_session(&page.text());
        assert_eq!(ben.post("/_fn/account/end_session", &[("id", &id)]).await.status, 404);
        assert_eq!(there.get("/").await.status, 200, "nothing has happened");
        let ended = here.post("/_fn/account/end_session", &[("id", &id)]).await;
        assert!(here.follow(&ended).await.words().contains("That browser is signed out."));
        assert_eq!(there.get("/").await.status, 303, "back to sign-in");
        assert_eq!(here.get("/").await.status, 200);
        assert_eq!(here.post("/_fn/account/end_session", &[("id", &id)]).await.status, 404, "it has ended");
    }

    async fn all_other_sessions_end_at_once_and_this_one_goes_on(app: TestApp) {
        let mut here = app.browser(ANNA).await;
        let (mut one, mut two) = (app.browser(ANNA).await, app.browser(ANNA).await);
        let mut ben = app.browser("ben@acme.example").await;
        let ended = here.post("/_fn/account/end_other_sessions", &[]).await;
        let page = here.follow(&ended).await.words();
        assert!(page.contains("2 browsers are signed out.") && page.contains("Nowhere else"), "{page}");
        assert_eq!((one.get("/").await.status, two.get("/").await.status), (303, 303));
        assert_eq!((here.get("/").await.status, ben.get("/").await.status), (200, 200));
        assert_eq!(app.sql("SELECT detail FROM audit_events WHERE action = 'session.end_others'").await[0][0], "{\"sessions\":\"2\"}");
    }

    async fn a_session_keeps_its_name_and_its_age_when_its_secret_changes(app: TestApp) {
        let mut anna = app.browser(ANNA).await;
        let names = "SELECT CAST(COUNT(DISTINCT id) AS TEXT), CAST(MIN(created_at) AS TEXT) FROM sessions WHERE user_id IS NOT NULL AND ended_at IS NULL";
        anna.get("/").await;
        let before = app.sql(names).await;
        let cookie = anna.cookie.clone();
        app.advance(Duration::from_secs(600));
        let proved = anna.post("/_fn/sign_in/confirm", &[("password", "a long demo password")]).await;
        if proved.status == 303 {
            assert_ne!(anna.cookie, cookie, "a new secret");
        }
        assert_eq!(app.sql(names).await, before);
    }

    async fn whoever_stays_is_not_signed_out_and_nobody_stays_for_ever(app: TestApp) {
        let mut anna = app.browser(ANNA).await;
        for _ in 0..24 {
            app.advance(Duration::from_secs(29 * 60));
            let stay = anna.post("/account/stay", &[]).await;
            assert_eq!((stay.status, stay.json()["idle"].as_u64()), (200, Some(1800)), "{}", stay.text());
        }
        let left = anna.post("/account/stay", &[]).await.json()["left"].as_u64();
        assert_eq!(left, Some(12 * 3600 - 24 * 29 * 60));
        app.advance(Duration::from_secs(25 * 60));
        assert_eq!(anna.post("/account/stay", &[]).await.status, 401, "twelve hours are over");
        assert_eq!(app.visitor().post("/account/stay", &[]).await.status, 401);
    }

    async fn pages_of_somebody_signed_in_know_when_that_ends(app: TestApp) {
        let mut anna = app.browser(ANNA).await;
        app.advance(Duration::from_secs(600));
        let page = anna.get("/").await.text();
        let data = |name: &str| page.split(&format!("data-{name}=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!((data("idle"), data("left"), data("warn")), ("1740".into(), (12 * 3600 - 600).to_string(), "300".into()));
        assert!(page.contains("/session.js\""), "the script");
        assert!(!app.visitor().get("/sign-in").await.text().contains("session.js"));
    }

    async fn a_token_is_made_after_proof_shown_once_and_taken_back(app: TestApp) {
        let mut anna = app.browser(ANNA).await;
        let new = [("name", "ERP"), ("access", "areas"), ("scopes[]", "documents:read"), ("scopes[]", "organisations:read"), ("expires", "90")];
        let made = anna.post("/_fn/account/create_token", &new).await;
        assert_eq!((made.status, made.location()), (303, "/account/tokens"), "{}", made.text());
        // What travels through the session is sealed.
        for row in app.sql("SELECT data FROM sessions").await {
            assert!(!row[0].contains("kontor_"), "{}", row[0]);
        }
        let page = anna.follow(&made).await;
        let secret = page.text().split("value=\"kontor_").nth(1).map(|rest| format!("kontor_{}", rest.split('"').next().unwrap())).expect("the secret is shown");
        let words = page.words();
        assert!(words.contains("ERP") && words.contains("Read: Documents, Read: Organisations"), "{words}");
        assert!(!anna.get("/account/tokens").await.text().contains("kontor_"), "shown once");
        let token = crate::support::Token::new(app.router.clone(), secret);
        assert_eq!(token.get("/api/v1/documents").await.status, 200);
        assert_eq!(token.get("/api/v1/me/tokens").await.status, 403, "narrowed to documents and organisations");
        let page = anna.get("/account/tokens").await.text();
        let form = page.split("/_fn/account/revoke_token\"").nth(1).unwrap();
        let id = form.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let mut ben = app.browser("ben@acme.example").await;
        assert_eq!(ben.post("/_fn/account/revoke_token", &[("id", &id)]).await.status, 404);
        assert_eq!(token.get("/api/v1/documents").await.status, 200);
        let revoked = anna.post("/_fn/account/revoke_token", &[("id", &id)]).await;
        assert!(anna.follow(&revoked).await.words().contains("does not work any more"));
        assert_eq!(token.get("/api/v1/documents").await.status, 401);
        app.run_jobs().await;
        let mails: Vec<_> = app.outbox().into_iter().filter(|mail| mail.to.1 == ANNA).collect();
        assert!(mails.iter().any(|mail| mail.text.contains("\"ERP\"")), "the owner is told: {mails:?}");
    }

    async fn a_token_needs_a_fresh_proof_a_name_a_purpose_and_an_end(app: TestApp) {
        let mut anna = app.browser(ANNA).await;
        let answer = anna.post("/_fn/account/create_token", &[("name", " "), ("access", "areas"), ("expires", "date"), ("date", "31.12.2026")]).await;
        let page = anna.follow(&answer).await;
        let words = page.words();
        assert!(words.contains("Choose at least one area.") && words.contains("Choose a day in the next five years."), "{words}");
        assert_eq!(page.field("date"), "31.12.2026");
        for (date, fine) in [("2026-11-21", true), ("2026-11-20", false), ("2036-01-01", false)] {
            let answer = anna.post("/_fn/account/create_token", &[("name", "x"), ("access", "read"), ("expires", "date"), ("date", date)]).await;
            let made = anna.follow(&answer).await.text().contains("value=\"kontor_");
            assert_eq!(made, fine, "{date}");
        }
        let none = anna.post("/_fn/account/create_token", &[("name", "x"), ("access", "read")]).await;
        assert!(anna.follow(&none).await.words().contains("Choose how long the token works."), "never is a choice, not a default");
        app.advance(Duration::from_secs(11 * 60));
        let late = anna.post("/_fn/account/create_token", &[("name", "x"), ("access", "read"), ("expires", "30")]).await;
        assert!(late.location().starts_with("/sign-in/confirm?next="), "{}", late.location());
        assert_eq!(app.count("SELECT COUNT(*) FROM api_tokens").await, 1);
    }

    async fn an_expired_token_is_refused_and_still_listed(app: TestApp) {
        let mut anna = app.browser(ANNA).await;
        let made = anna.post("/_fn/account/create_token", &[("name", "Short"), ("access", "all"), ("expires", "30")]).await;
        let page = anna.follow(&made).await.text();
        let secret = format!("kontor_{}", page.split("value=\"kontor_").nth(1).unwrap().split('"').next().unwrap());
        let token = crate::support::Token::new(app.router.clone(), secret);
        app.advance(Duration::from_secs(30 * 24 * 3600 - 1));
        assert_eq!(token.get("/api/v1/me").await.status, 200);
        app.advance(Duration::from_secs(1));
        assert_eq!(token.get("/api/v1/me").await.status, 401);
        let mut anna = app.browser(ANNA).await;
        assert!(anna.get("/account/tokens").await.words().contains("Expired"));
    }

    async fn tokens_and_sessions_are_in_the_api_and_a_token_makes_no_token(app: TestApp) {
        let mut browser = app.browser(ANNA).await;
        let token = app.token(ANNA).await;
        let tokens = token.get("/api/v1/me/tokens").await.json();
        assert_eq!((tokens["items"].as_array().unwrap().len(), tokens["items"][0]["current"].as_bool()), (1, Some(true)));
        assert!(!tokens.to_string().contains("kontor_"));
        assert_eq!(token.post("/api/v1/me/tokens", json!({ "name": "x" })).await.status, 405);
        let sessions = token.get("/api/v1/me/sessions").await.json();
        let id = sessions["items"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(sessions["items"][0]["method"].as_str(), Some("password"));
        let foreign = app.token("ben@acme.example").await;
        let path = format!("/api/v1/me/sessions/{id}");
        assert_eq!(foreign.send(Method::DELETE, &path, &[], Body::empty()).await.status, 404);
        assert_eq!(token.send(Method::DELETE, &path, &[], Body::empty()).await.status, 204);
        assert_eq!(browser.get("/").await.status, 303);
        let mut browser = app.browser(ANNA).await;
        assert_eq!(token.send(Method::DELETE, "/api/v1/me/sessions", &[], Body::empty()).await.status, 204);
        assert_eq!(browser.get("/").await.status, 303, "a program has no session of its own to spare");
        let own = tokens["items"][0]["id"].as_str().unwrap();
        assert_eq!(token.send(Method::DELETE, &format!("/api/v1/me/tokens/{own}"), &[], Body::empty()).await.status, 204);
        assert_eq!(token.get("/api/v1/me").await.status, 401, "it has taken itself back");
    }

    async fn everything_stored_about_somebody_is_theirs_to_take(app: TestApp) {
        let mut ben = app.browser("ben@acme.example").await;
        app.token("ben@acme.example").await;
        let answer = ben.post("/account/data", &[]).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(answer.header("content-disposition").starts_with("attachment"), "{}", answer.header("content-disposition"));
        assert_eq!(answer.header("cache-control"), "no-store");
        let data = answer.json();
        assert_eq!(data["profile"]["email"], "ben@acme.example");
        assert_eq!(data["memberships"][0]["organisation"], "ACME Werke AG");
        assert_eq!(data["sessions"].as_array().unwrap().len(), 1);
        assert_eq!(data["tokens"][0]["name"], "test");
        let acts: Vec<_> = data["events"].as_array().unwrap().iter().map(|event| event["action"].as_str().unwrap().to_owned()).collect();
        assert!(acts.contains(&"session.begin".to_owned()) && acts.contains(&"user.create".to_owned()), "{acts:?}");
        let text = data.to_string();
        assert!(!text.contains("argon2") && !text.contains("_hash") && !text.contains("anna@acme.example"), "{text}");
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'account.export'").await, 1);
        app.advance(Duration::from_secs(11 * 60));
        let late = ben.post("/account/data", &[]).await;
        assert_eq!((late.status, late.location()), (303, "/sign-in/confirm?next=%2Faccount%2Fdata"));
        let program = app.token("ben@acme.example").await.get("/api/v1/me/data").await;
        assert_eq!(program.json()["profile"]["name"], "Ben Brandt");
    }
}

#[tokio::test]
async fn sessions_say_on_what_and_where_they_are() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = behind_proxy(engine).await;
        let (mut here, _) = sign_in(&app, ANNA, FIREFOX, "198.51.100.7", None).await;
        sign_in(&app, ANNA, IPHONE, "198.51.100.99", None).await;
        sign_in(&app, ANNA, "<script>alert(1)</script>", "192.168.1.9, 203.0.113.9", None).await;
        let page = here.get("/account/sessions").await;
        let words = page.words();
        for part in [
            "Firefox on Windows",
            "Safari on iPhone",
            "The network you are in now",
            "Unknown browser",
            "Internet address 203.0.113.x, through a proxy",
            "with password",
        ] {
            assert!(words.contains(part), "{part}: {words}");
        }
        assert!(!page.text().contains("alert(1)"));
    }
}

#[tokio::test]
async fn the_owner_is_told_of_a_new_device_but_not_of_the_first_nor_of_a_known_one() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = behind_proxy(engine).await;
        let told = async || {
            app.run_jobs().await;
            app.outbox().into_iter().filter(|mail| mail.subject == "A new device signed in").count()
        };
        let (_, first) = sign_in(&app, ANNA, FIREFOX, "198.51.100.7", None).await;
        let first = first.expect("the browser is given a name");
        assert_eq!(told().await, 0, "the first sign-in is no surprise");
        sign_in(&app, ANNA, FIREFOX, "203.0.113.9", Some(&first)).await;
        assert_eq!(told().await, 0, "the same browser in another place");
        let (_, second) = sign_in(&app, ANNA, IPHONE, "203.0.113.9", None).await;
        assert_eq!(told().await, 1);
        let mail = app.outbox().pop().unwrap();
        assert!(mail.text.contains("Safari on iPhone, Internet address 203.0.113.x"), "{}", mail.text);
        assert_eq!((mail.to.1.as_str(), mail.path().as_str()), (ANNA, "/account/sessions"));
        sign_in(&app, ANNA, IPHONE, "203.0.113.9", second.as_deref()).await;
        assert_eq!(told().await, 1, "known from now on");
        sign_in(&app, "ben@acme.example", FIREFOX, "203.0.113.9", Some(&first)).await;
        assert_eq!(told().await, 1, "Ben's first");
        // Only hashes of what the cookies say are stored.
        assert_eq!(app.count("SELECT COUNT(*) FROM known_devices").await, 3);
    }
}

#[tokio::test]
async fn sessions_live_as_long_as_is_configured() {
    let app = TestApp::with(Engine::Sqlite, &[("SESSION_IDLE_MINUTES", "5"), ("SESSION_HOURS", "1")], None).await;
    let mut anna = app.browser(ANNA).await;
    app.advance(Duration::from_secs(299));
    assert_eq!(anna.get("/").await.status, 200);
    app.advance(Duration::from_secs(301));
    assert_eq!(anna.get("/").await.status, 303);
    let mut anna = app.browser(ANNA).await;
    for _ in 0..14 {
        app.advance(Duration::from_secs(250));
        assert_eq!(anna.get("/").await.status, 200);
    }
    app.advance(Duration::from_secs(100));
    assert_eq!(anna.get("/").await.status, 303, "an hour is over");
}
