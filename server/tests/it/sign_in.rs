//! Signing in, staying, leaving.

use std::time::Duration;

use axum::body::Body;
use axum::http::Request;

use crate::support::{Engine, TestApp, both};

const FORM: &str = "/_fn/sign_in/sign_in";

both! {
    async fn unknown_and_wrong_are_one_answer_and_the_address_is_kept(app: TestApp) {
        let mut answers = Vec::new();
        for email in ["anna@acme.example", "nobody@acme.example"] {
            let mut browser = app.visitor();
            let answer = browser.post(FORM, &[("email", email), ("password", "a wrong password")]).await;
            assert_eq!((answer.status, answer.location()), (303, "/sign-in"));
            let page = browser.follow(&answer).await;
            assert_eq!(page.field("email"), email);
            assert_eq!(page.field("password"), "");
            answers.push(page.words());
        }
        assert_eq!(answers[0], answers[1]);
        assert!(answers[0].contains("E-mail and password do not match."), "{}", answers[0]);
        let mut browser = app.visitor();
        let answer = browser.post(FORM, &[]).await;
        let page = browser.follow(&answer).await.words();
        assert!(page.contains("Enter your e-mail address.") && page.contains("Enter your password."), "{page}");
    }

    async fn the_address_is_compared_without_case_and_space(app: TestApp) {
        let mut browser = app.visitor();
        let answer = browser.post(FORM, &[("email", "  ANNA@acme.example "), ("password", "a long demo password")]).await;
        assert_eq!((answer.status, answer.location()), (303, "/"));
    }

    async fn the_session_id_changes_with_the_person_and_only_its_hash_is_stored(app: TestApp) {
        let mut browser = app.visitor();
        browser.post(FORM, &[("email", "anna@acme.example"), ("password", "wrong")]).await;
        let before = browser.cookie.clone().expect("the failed form left a session");
        browser.post(FORM, &[("email", "anna@acme.example"), ("password", "a long demo password")]).await;
        let after = browser.cookie.clone().unwrap();
        assert_ne!(before, after, "a session id from before sign-in would be fixed");
        let mut thief = app.visitor();
        thief.cookie = Some(before);
        assert_eq!(thief.get("/").await.status, 303);
        let secret = after.split('=').nth(1).unwrap();
        for row in app.sql("SELECT data FROM sessions").await {
            assert!(!row[0].contains(secret));
        }
    }

    async fn signing_out_ends_the_session_on_the_server(app: TestApp) {
        let mut anna = app.browser("anna@acme.example").await;
        let cookie = anna.cookie.clone();
        let answer = anna.post("/_fn/sign_in/sign_out", &[]).await;
        assert_eq!((answer.status, answer.location()), (303, "/sign-in"));
        let mut thief = app.visitor();
        thief.cookie = cookie;
        assert_eq!(thief.get("/").await.status, 303, "the old cookie is worth nothing");
    }

    async fn sessions_end_when_idle_and_after_twelve_hours(app: TestApp) {
        let mut anna = app.browser("anna@acme.example").await;
        app.advance(Duration::from_secs(29 * 60));
        assert_eq!(anna.get("/").await.status, 200);
        app.advance(Duration::from_secs(31 * 60));
        assert_eq!(anna.get("/").await.status, 303, "idle");
        let mut anna = app.browser("anna@acme.example").await;
        for _ in 0..28 {
            app.advance(Duration::from_secs(25 * 60));
            anna.get("/").await;
        }
        app.advance(Duration::from_secs(25 * 60));
        assert_eq!(anna.get("/").await.status, 303, "twelve hours are over");
    }

    async fn a_new_password_ends_the_sessions_of_the_old_one(app: TestApp) {
        let mut anna = app.browser("anna@acme.example").await;
        app.sql("UPDATE users SET password_hash = 'changed'").await;
        assert_eq!(anna.get("/").await.status, 303);
    }

    async fn guessing_is_slowed_and_locks_nobody_else_out(app: TestApp) {
        let attempt = async |sender: &str, password: &str| {
            let mut browser = app.visitor();
            let mut request = Request::post(FORM).header("content-type", "application/x-www-form-urlencoded");
            request = request.header("x-forwarded-for", sender);
            let body = format!("email=anna%40acme.example&password={password}");
            let answer = browser.send(request.body(Body::from(body)).unwrap()).await;
            (answer.location().to_owned(), browser.follow(&answer).await.words())
        };
        for _ in 0..10 {
            attempt("203.0.113.7", "wrong").await;
        }
        let (_, page) = attempt("203.0.113.7", "a+long+demo+password").await;
        assert!(page.contains("Too many attempts"), "even the right password waits: {page}");
        // Counted in the database: another node, or this one after a restart, knows.
        assert!(app.count("SELECT COUNT(*) FROM throttles").await > 0);
        app.advance(Duration::from_secs(15 * 60 + 1));
        let (location, _) = attempt("203.0.113.7", "a+long+demo+password").await;
        assert_eq!(location, "/");
    }

    async fn many_guesses_at_once_do_not_slip_through_together(app: TestApp) {
        let answers = futures::future::join_all((0..24).map(|_| {
            let mut browser = app.visitor();
            async move {
                let answer = browser.post(FORM, &[("email", "anna@acme.example"), ("password", "wrong")]).await;
                browser.follow(&answer).await.words()
            }
        })).await;
        let guesses = answers.iter().filter(|page| page.contains("do not match")).count();
        let refused = answers.iter().filter(|page| page.contains("Too many attempts")).count();
        assert_eq!((guesses, refused), (10, 14));
    }

    async fn only_own_pages_are_returned_to(app: TestApp) {
        for (next, leads) in [("/documents?category=invoice", "/documents?category=invoice"), ("https://evil.example", "/"), ("//evil.example", "/"), ("/\\evil.example", "/"), ("/a\r\nX: y", "/")] {
            let mut browser = app.visitor();
            let answer = browser.post(FORM, &[("email", "anna@acme.example"), ("password", "a long demo password"), ("next", next)]).await;
            assert_eq!((answer.status, answer.location()), (303, leads), "{next:?}");
        }
    }

    async fn a_page_of_another_site_changes_nothing(app: TestApp) {
        let mut anna = app.browser("anna@acme.example").await;
        for (name, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")] {
            for path in ["/_fn/sign_in/sign_out", "/_fn/documents/publish", "/staff/documents", "/api/v1/documents"] {
                let mut request = Request::post(path).header(name, value);
                if name == "origin" {
                    request = request.header("host", "portal.example").header("sec-fetch-site", "cross-site");
                }
                let answer = anna.send(request.body(Body::empty()).unwrap()).await;
                assert_eq!(answer.status, 403, "{path} with {name}: {value}");
            }
        }
        assert_eq!(anna.get("/").await.status, 200, "still signed in");
    }
}

#[tokio::test]
async fn under_https_the_cookie_is_for_this_host_only() {
    let app = TestApp::with(Engine::Sqlite, &[("BASE_URL", "https://portal.example")], None).await;
    let mut browser = app.visitor();
    let answer = browser.post(FORM, &[("email", "anna@acme.example"), ("password", "a long demo password")]).await;
    let cookie = answer.header("set-cookie");
    for part in ["__Host-kontor=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"));
    assert!(answer.header("strict-transport-security").contains("max-age"));
}

#[tokio::test]
async fn forwarded_addresses_count_only_from_a_configured_proxy() {
    let trusted = TestApp::with(Engine::Sqlite, &[("TRUSTED_PROXIES", "127.0.0.1")], None).await;
    for at in 0..12 {
        let mut browser = trusted.visitor();
        let request = Request::post(FORM)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-forwarded-for", format!("203.0.113.{at}"));
        browser.send(request.body(Body::from("email=anna%40acme.example&password=wrong")).unwrap()).await;
    }
    // Twelve senders, one failure each: nobody is slowed.
    trusted.browser("anna@acme.example").await;
}

#[tokio::test]
async fn looking_at_pages_writes_nothing() {
    let app = TestApp::new(Engine::Sqlite).await;
    let mut anna = app.browser("anna@acme.example").await;
    anna.get("/").await;
    let version = app.sql("PRAGMA data_version").await;
    let changes = app.sql("SELECT total_changes()").await;
    for path in ["/", "/documents", "/", "/documents?category=invoice"] {
        assert_eq!(anna.get(path).await.status, 200);
    }
    // The one writer connection has changed no row.
    assert_eq!(app.sql("SELECT total_changes()").await, changes);
    assert_eq!(app.sql("PRAGMA data_version").await, version);
}
