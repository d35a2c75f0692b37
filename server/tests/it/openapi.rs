//! The OpenAPI document names each thing once. A second type of a name replaces the first in silence, so that is seen only in
//! the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Engine, TestApp, Token};

fn document() -> Value {
    serde_json::to_value(server::api::v1::openapi()).unwrap()
}

/// The name after `struct` or `enum`, and whether it is generic, of the first type in some lines of source.
fn declared(source: &str) -> Option<(&str, bool)> {
    let rest = source.lines().find_map(|line| {
        let line = line.trim_start();
        let line = line.strip_prefix("pub ").unwrap_or(line);
        line.strip_prefix("struct ").or_else(|| line.strip_prefix("enum "))
    })?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    let (name, more) = rest.split_at(end);
    Some((name, more.starts_with('<')))
}

/// The types in a folder that derive `ToSchema`, by name: in which files. Generic ones have a name for each thing they hold.
fn schemas(folder: &Path, found: &mut BTreeMap<String, Vec<String>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            schemas(&path, found);
            continue;
        }
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        for derive in source.split("#[derive(").skip(1) {
            let (traits, rest) = derive.split_once(")]").unwrap();
            if !traits.contains("ToSchema") {
                continue;
            }
            let (name, generic) = declared(rest).unwrap_or_else(|| panic!("{}: {rest}", path.display()));
            if !generic {
                found.entry(name.to_owned()).or_default().push(path.display().to_string());
            }
        }
    }
}

#[test]
fn no_two_types_have_the_name_of_one_schema() {
    let mut found = BTreeMap::new();
    schemas(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut found);
    let twice: Vec<_> = found.iter().filter(|(_, files)| files.len() > 1).collect();
    assert!(twice.is_empty(), "one replaces the other; rename one of them: {twice:?}");
    // Nothing escapes the look at the sources: what is in the document comes from there, and the other way round.
    let document = document();
    let named = document["components"]["schemas"].as_object().unwrap().keys();
    let named: BTreeSet<_> = named.filter(|name| !name.starts_with("List_")).cloned().collect();
    assert_eq!(named, found.into_keys().collect::<BTreeSet<_>>());
}

#[test]
fn no_two_operations_have_one_id() {
    let document = document();
    let mut ids: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap_or_else(|| panic!("{method} {path} has no id"));
            ids.entry(id).or_default().push(format!("{method} {path}"));
        }
    }
    let twice: Vec<_> = ids.iter().filter(|(_, operations)| operations.len() > 1).collect();
    assert!(twice.is_empty(), "say another operation_id: {twice:?}");
}

#[tokio::test]
async fn an_address_refuses_parameters_that_it_does_not_know() {
    let app = TestApp::new(Engine::Sqlite).await;
    let token = app.token("admin@nordlicht.example").await;
    let document = document();
    let paths = document["paths"].as_object().unwrap();
    let mut known = 0;
    for (path, operations) in paths.iter().filter(|(_, operations)| operations["get"].is_object()) {
        let path =
            path.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect::<Vec<_>>().join("/");
        let parameters = operations["get"]["parameters"].as_array().into_iter().flatten();
        for name in parameters.filter(|one| one["in"] == "query").map(|one| one["name"].as_str().unwrap()) {
            let text = token.get(&format!("{path}?{name}=1")).await.text();
            assert!(!text.contains("unknown parameter"), "{path}: {text}");
            known += 1;
        }
        let answer = token.get(&format!("{path}?nothing_knows_this=1")).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (400, "application/problem+json"),
            "{path}: {}",
            answer.text()
        );
        assert!(answer.text().contains("nothing_knows_this"), "{path}: {}", answer.text());
    }
    assert!(paths.len() > 100 && known > 50);
    // Whoever has no token is told that first.
    let nobody = Token::new(app.router.clone(), String::new());
    assert_eq!(nobody.get("/api/v1/documents?nothing_knows_this=1").await.status, 401);
}

#[test]
fn a_parameter_of_the_path_stands_in_it() {
    let document = document();
    for (path, operations) in document["paths"].as_object().unwrap() {
        let operations = operations.as_object().unwrap().values();
        let parameters = operations.filter_map(|operation| operation["parameters"].as_array()).flatten();
        for parameter in parameters.filter(|one| one["in"] == "path") {
            let name = parameter["name"].as_str().unwrap();
            assert!(path.contains(&format!("{{{name}}}")), "{path}: {name} (say `into_params(parameter_in = Query)`)");
        }
    }
}

/// What has no state of its own to be read first: it is there or it is not, is one's own, or is known by another system's key.
const REPLACED_BLINDLY: [&str; 7] = [
    "/api/v1/me/muted-organisations/{id}",
    "/api/v1/me/portrait",
    "/api/v1/organisations/by-number/{number}",
    "/api/v1/organisations/{id}/groups/{group}",
    "/api/v1/organisations/{id}/people/{person}/projects/{project}",
    "/api/v1/people",
    "/api/v1/projects/{id}/people/{person}",
];

#[test]
fn what_replaces_something_needs_its_etag() {
    let document = document();
    let mut blind = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for operation in ["put", "patch"].into_iter().filter_map(|method| operations.get(method)) {
            let mut parameters = operation["parameters"].as_array().into_iter().flatten();
            if !parameters.any(|one| one["name"] == "If-Match" && one["required"] == true) {
                blind.insert(path.as_str());
            }
        }
    }
    assert_eq!(blind, BTreeSet::from(REPLACED_BLINDLY));
}

#[test]
fn every_list_is_an_object_that_may_have_more_pages() {
    let document = document();
    for (path, operations) in document["paths"].as_object().unwrap() {
        let answer = &operations["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        assert_ne!(answer["type"], "array", "{path}");
    }
}
