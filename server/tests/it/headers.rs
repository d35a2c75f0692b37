//! What every answer carries, and what every failure looks like.

use app::documents::model::{Audience, Category};
use axum::body::Body;
use axum::http::Request;

use crate::support::{Engine, TestApp};

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let app = TestApp::new(Engine::Sqlite).await;
    let mut anna = app.browser("anna@acme.example").await;
    for path in [
        "/",
        "/sign-in",
        "/documents",
        "/nothing-here",
        "/healthz",
        "/api/v1/me",
        "/manifest.webmanifest",
        "/assets/x/nothing.css",
    ] {
        let answer = anna.get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}: {name}");
        }
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
        assert!(!answer.header("content-security-policy").contains("unsafe-inline"), "{path}");
        assert_eq!(answer.header("x-request-id").len(), 32, "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn only_pages_with_an_island_load_the_browser_half_and_no_script_runs_without_its_nonce() {
    let app = TestApp::new(Engine::Sqlite).await;
    let id = app.published("Paper", Category::Minutes, Audience::Organisation).await;
    let mut pm = app.browser("pm@nordlicht.example").await;
    let home = pm.get("/staff").await;
    let policy = home.header("content-security-policy").to_owned();
    assert!(!policy.contains("wasm") && !policy.contains("strict-dynamic"), "{policy}");
    let sources: Vec<_> =
        home.text().split(" src=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
    let ours = ["/find.js", "/live.js", "/session.js"];
    let ours = sources.len() == ours.len() && sources.iter().zip(ours).all(|(source, name)| source.ends_with(name));
    assert!(ours, "only the box to search in, the bell, and what warns before the end: {sources:?}");
    assert!(!home.text().contains("import("), "nothing is hydrated");
    for script in home.text().split("<script").skip(1) {
        let nonce = script.split("nonce=\"").nth(1).unwrap().split('"').next().unwrap();
        assert!(policy.contains(&format!("'nonce-{nonce}'")), "{script}");
    }
    let page = pm.get(&format!("/staff/documents/{id}")).await;
    let policy = page.header("content-security-policy").to_owned();
    let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    assert!(page.text().contains(&format!("nonce=\"{nonce}\"")), "{policy}");
    assert_ne!(pm.get(&format!("/staff/documents/{id}")).await.header("content-security-policy"), policy);
    assert!(!page.text().contains("style=\""), "inline style");
}

#[tokio::test]
async fn every_failure_has_a_page_with_the_request_id_in_the_reader_s_language() {
    let app = TestApp::new(Engine::Sqlite).await;
    let mut anna = app.browser("anna@acme.example").await;
    let requests = [
        (404, Request::get("/nothing-here").body(Body::empty()).unwrap()),
        (404, Request::get("/documents/not-an-id").body(Body::empty()).unwrap()),
        (403, Request::get("/staff").body(Body::empty()).unwrap()),
        (405, Request::delete("/documents").body(Body::empty()).unwrap()),
        (
            413,
            Request::post("/_fn/documents/edit")
                .header("content-type", "application/x-www-form-urlencoded")
                .header("content-length", "400002")
                .body(Body::from("x=".to_owned() + &"y".repeat(400_000)))
                .unwrap(),
        ),
        (
            404,
            Request::post("/_fn/documents/edit")
                .header("content-type", "application/x-www-form-urlencoded")
                .body(Body::from("id=x&revision=1"))
                .unwrap(),
        ),
        (403, Request::post("/_fn/documents/edit").header("sec-fetch-site", "cross-site").body(Body::empty()).unwrap()),
    ];
    for (status, request) in requests {
        let path = request.uri().to_string();
        let answer = anna.send(request).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.header("content-type").starts_with("text/html"), "{path}: {}", answer.header("content-type"));
        let html = answer.text();
        assert!(html.contains(answer.header("x-request-id")), "{path}: no request id");
        assert!(html.contains("<h1") && html.contains("<title>"), "{path}");
        assert!(!answer.headers.contains_key("location"), "{path}");
    }
    let mut visitor = app.visitor();
    let german =
        visitor.send(Request::get("/nothing-here").header("accept-language", "de").body(Body::empty()).unwrap()).await;
    assert!(german.text().contains("lang=\"de\""));
}

#[tokio::test]
async fn machines_learn_whether_it_lives_and_is_ready() {
    let app = TestApp::new(Engine::Sqlite).await;
    let mut visitor = app.visitor();
    assert_eq!(visitor.get("/healthz").await.text(), "ok\n");
    let ready = visitor.get("/readyz").await;
    assert_eq!((ready.status, ready.json()["ready"].as_bool()), (200, Some(true)));
    app.state.stopping.set();
    let stopping = visitor.get("/readyz").await;
    assert_eq!((stopping.status, stopping.json()["down"][0].as_str()), (503, Some("stopping")));
}
