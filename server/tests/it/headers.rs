//! What every answer carries, and what every failure looks like.

use std::convert::Infallible;
use std::time::Duration;

use app::access::Actor;
use app::ctx::Ctx;
use app::documents::model::{Audience, Category};
use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::{Request, StatusCode};
use axum::middleware::from_fn;
use axum::routing::{get, post};
use axum::{Extension, Router};
use server::layers::in_time::within;
use tower::ServiceExt as _;

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
async fn every_kind_of_failure_is_a_page_in_every_language_and_a_problem_for_programs() {
    let app = TestApp::new(Engine::Sqlite).await;
    let fails = |Path(status): Path<u16>| async move { StatusCode::from_u16(status).unwrap() };
    let doors = Router::new().route("/fails/{status}", get(fails)).route("/api/v1/fails/{status}", get(fails));
    let app = app.with_doors(doors);
    let mut visitor = app.visitor();
    for status in [401, 403, 404, 408, 409, 413, 422, 429, 500, 503] {
        let mut titles = std::collections::BTreeSet::new();
        for language in ["en", "de", "nl"] {
            let request = Request::get(format!("/fails/{status}")).header("accept-language", language);
            let answer = visitor.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, status);
            let html = answer.text();
            assert!(html.contains(&format!("lang=\"{language}\"")), "{status} in {language}");
            assert!(html.contains(answer.header("x-request-id")), "{status} in {language}: no request id");
            titles.insert(html.split("<h1").nth(1).unwrap().split("</h1>").next().unwrap().to_owned());
        }
        assert_eq!(titles.len(), 3, "{status}: {titles:?}");
        let answer = visitor.get(&format!("/api/v1/fails/{status}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (status, "application/problem+json"));
        assert_eq!(answer.json()["request_id"].as_str(), Some(answer.header("x-request-id")));
        assert_eq!(answer.headers.contains_key("retry-after"), status == 503, "{status}");
    }
}

#[tokio::test]
async fn a_panic_costs_one_request() {
    let app = TestApp::new(Engine::Sqlite).await;
    let view = leptos_axum::render_app_async(|| -> &'static str { panic!("a view of a test") });
    let handler = || async {
        if true {
            panic!("a handler of a test")
        }
    };
    let doors = Router::new()
        .route("/panics/view", get(view))
        .route("/panics/handler", get(handler))
        .route("/lives", get(|| async { "yes" }));
    let app = app.with_doors(doors);
    let mut visitor = app.visitor();
    for path in ["/panics/handler", "/panics/view"] {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status, 500, "{path}");
        let html = answer.text();
        assert!(html.contains(answer.header("x-request-id")) && html.contains("<h1"), "{path}: {html}");
        assert!(!html.contains("of a test"), "{path}: what it said stays inside");
        assert_eq!(visitor.get("/lives").await.text(), "yes", "after {path}");
    }
}

#[tokio::test]
async fn a_form_that_does_not_come_holds_no_place_for_long() {
    let app = TestApp::new(Engine::Sqlite).await;
    let (anna, nobody) = (app.ctx("anna@acme.example").await, app.state.ctx(Actor::anonymous(), "test"));
    let door = |ctx: &Ctx, patience: Duration| {
        let read = post(|body: Bytes| async move { body.len().to_string() });
        let layer = from_fn(move |request, next| within(patience, request, next));
        Router::new().route("/form", read).layer(layer).layer(Extension(ctx.clone()))
    };
    let form = |body: Body| Request::post("/form").body(body).unwrap();
    let silent = || Body::from_stream(futures::stream::pending::<Result<Bytes, Infallible>>());
    let (short, long) = (Duration::from_millis(50), Duration::from_secs(3600));
    assert_eq!(door(&anna, short).oneshot(form(silent())).await.unwrap().status(), 408);
    assert_eq!(door(&nobody, long).oneshot(form(silent())).await.unwrap().status(), 200, "nobody is not waited for");
    assert_eq!(door(&anna, long).oneshot(form(Body::from("abc"))).await.unwrap().status(), 200);
    assert_eq!(door(&anna, long).oneshot(form(Body::from("x".repeat(300_000)))).await.unwrap().status(), 413);
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

#[tokio::test]
async fn the_portal_can_be_installed() {
    let app = TestApp::new(Engine::Sqlite).await;
    let mut visitor = app.visitor();
    let answer = visitor.get("/manifest.webmanifest").await;
    assert_eq!(answer.header("content-type"), "application/manifest+json");
    let manifest = answer.json();
    assert_eq!((manifest["id"].as_str(), manifest["start_url"].as_str()), (Some("/"), Some("/")));
    let icons = manifest["icons"].as_array().unwrap();
    for wanted in [("any", "192x192"), ("any", "512x512"), ("maskable", "192x192"), ("maskable", "512x512")] {
        let fits = |icon: &&serde_json::Value| icon["purpose"] == wanted.0 && icon["sizes"] == wanted.1;
        let icon = icons.iter().find(fits).unwrap_or_else(|| panic!("{wanted:?}: {manifest}"));
        let picture = visitor.get(icon["src"].as_str().unwrap()).await;
        assert_eq!((picture.status, picture.header("content-type")), (200, "image/png"), "{wanted:?}");
        // Width and height stand at the beginning of a PNG.
        let side = |at: usize| u32::from_be_bytes(picture.body[at..at + 4].try_into().unwrap());
        assert_eq!(format!("{}x{}", side(16), side(20)), wanted.1);
    }
    // What stands around the page, in both looks.
    let page = visitor.get("/sign-in").await.text();
    let [light, dark] = app::app::CANVAS;
    assert_eq!(manifest["theme_color"], light);
    for (color, scheme) in [(light, "light"), (dark, "dark")] {
        let meta =
            format!("<meta name=\"theme-color\" content=\"{color}\" media=\"(prefers-color-scheme: {scheme})\">");
        assert!(page.contains(&meta), "{meta}: {page}");
    }
}
