//! The list of doors is the truth: every route that exists is on it, and everything on it exists.

use std::collections::BTreeSet;

use app::access::{Action, policy};
use leptos::prelude::*;
use leptos_axum::generate_route_list;
use server::doors;

use crate::support::{Engine, TestApp};

fn listed(prefix: &str) -> BTreeSet<(String, String)> {
    doors::all()
        .filter(|door| door.path.starts_with(prefix))
        .map(|door| (door.method.to_owned(), door.path.to_owned()))
        .collect()
}

#[tokio::test]
async fn pages_server_functions_and_rest_are_all_on_the_list() {
    let _app = TestApp::new(Engine::Sqlite).await;
    let mut exist = BTreeSet::new();
    for route in generate_route_list(app::app::App) {
        exist.insert(("GET".to_owned(), route.path().to_owned()));
    }
    for (path, method) in server_fn::axum::server_fn_paths() {
        exist.insert((method.to_string(), path.to_owned()));
    }
    let document = serde_json::to_value(server::api::v1::openapi()).unwrap();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            exist.insert((method.to_uppercase(), path.clone()));
        }
    }
    let all = listed("/");
    let missing: Vec<_> = exist.difference(&all).collect();
    assert!(missing.is_empty(), "doors without a row in server/src/doors: {missing:?}");
    // What is mounted by hand in router.rs.
    let by_hand: BTreeSet<_> = all.difference(&exist).map(|(method, path)| format!("{method} {path}")).collect();
    let known: BTreeSet<_> = [
        "GET /api/v1/openapi.json",
        "GET /appointments/{id}/calendar.ics",
        "GET /approvals/{id}/certificate.json",
        "GET /approvals/{id}/certificate.pdf",
        "GET /assets/{hash}/{*path}",
        "GET /calendar/{token}",
        "GET /documents/{id}/versions/{number}/content",
        "GET /documents/{id}/versions/{number}/preview/{page}",
        "GET /healthz",
        "GET /live",
        "GET /manifest.webmanifest",
        "GET /notifications/{id}",
        "GET /metrics",
        "GET /orders/export",
        "GET /projects/export",
        "GET /readyz",
        "GET /robots.txt",
        "GET /sw.js",
        "GET /staff/approvals/export",
        "GET /staff/audit/export",
        "GET /staff/imports/{id}/report.csv",
        "POST /staff/imports",
        "GET /staff/orders/export",
        "GET /staff/projects/export",
        "GET /portraits/{id}",
        "POST /account/portrait",
        "POST /account/data",
        "POST /account/stay",
        "POST /documents/archive",
        "POST /documents/send",
        "DELETE /uploads/{id}",
        "HEAD /uploads/{id}",
        "OPTIONS /uploads",
        "OPTIONS /uploads/{id}",
        "PATCH /uploads/{id}",
        "POST /uploads",
        "POST /uploads/{id}",
        "GET /sign-in/sso/callback",
        "POST /organisation/sign-in/test",
        "POST /requests/{id}/file",
        "POST /sign-in/sso",
        "POST /sign-in/sso/confirm",
        "POST /sso/backchannel-logout/{id}",
        "POST /unsubscribe",
        "POST /staff/documents",
        "POST /staff/documents/{id}/restore",
        "POST /staff/documents/{id}/versions",
    ]
    .into_iter()
    .map(str::to_owned)
    .collect();
    assert_eq!(by_hand, known);
}

#[test]
fn every_route_call_in_the_router_is_on_the_list() {
    let sources = [include_str!("../../src/router.rs"), include_str!("../../src/api/v1/mod.rs")];
    for source in sources {
        for call in source.split(".route(\"").skip(1) {
            let path = call.split('"').next().unwrap();
            if path != "/api/{*rest}" {
                assert!(doors::all().any(|door| door.path == path), "{path} has no row in server/src/doors");
            }
        }
    }
}

#[test]
fn every_policy_named_by_a_door_is_an_action() {
    let names: BTreeSet<_> = Action::all().into_iter().map(Action::name).collect();
    for door in doors::all() {
        assert!(door.policy == "public" || names.contains(door.policy), "{door:?}");
    }
}

#[test]
fn no_server_function_changes_anything_by_get() {
    for (path, method) in server_fn::axum::server_fn_paths() {
        assert_eq!(method.as_str(), "POST", "{path}");
    }
}

#[test]
fn the_policy_table_is_the_documented_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/policy.md");
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(policy::markdown().trim_end(), kept.trim_end(), "run: kontor policy --markdown > docs/policy.md");
}

#[test]
fn the_openapi_document_is_the_documented_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    let now = server::api::v1::openapi().to_pretty_json().unwrap();
    assert!(now.trim_end() == kept.trim_end(), "changed; run: kontor openapi > docs/openapi.json");
    let document = serde_json::to_value(server::api::v1::openapi()).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
}
