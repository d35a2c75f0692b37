//! The public client of tus against the real program, which is killed in the middle and begun anew.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use sha2::{Digest as _, Sha256};

use crate::support::Process;

const PASSWORD: &str = "a long demo password";
const SIZE: usize = 60_000_000;

fn get(process: &Process, token: &str, path: &str) -> serde_json::Value {
    let head = format!("GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n");
    let answer = process.request(&head, b"");
    let text = String::from_utf8_lossy(&answer);
    let (_, body) = text.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap_or_else(|e| panic!("{e}: {text}"))
}

#[test]
fn the_public_client_goes_on_where_a_killed_server_left_off() {
    let dir = tempfile::tempdir().unwrap();
    assert!(Process::run(dir.path(), &["demo", "--password", PASSWORD]).status.success());
    let token = Process::run(dir.path(), &["token", "create", "--email", "pm@nordlicht.example", "--name", "tus"]);
    let token = String::from_utf8(token.stdout).unwrap().trim().to_owned();
    let bytes: Vec<u8> = (0..SIZE).map(|at| u8::try_from((at ^ (at >> 9)) % 251).unwrap()).collect();
    let file = dir.path().join("large.bin");
    std::fs::write(&file, &bytes).unwrap();
    let process = Process::serve(dir.path(), &[]);
    let addr = process.addr.clone();
    let organisations = get(&process, &token, "/api/v1/organisations");
    let acme = organisations["items"].as_array().unwrap().iter().find(|o| o["slug"] == "acme").unwrap();
    let metadata = serde_json::json!({
        "filename": "large.bin", "target": "draft", "organisation_id": acme["id"], "category": "other", "title": "In parts"
    });
    let mut client = Command::new("node")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tus/client.mjs"))
        .args([format!("http://{addr}"), file.display().to_string()])
        .envs([("EMAIL", "pm@nordlicht.example"), ("PASSWORD", PASSWORD), ("METADATA", &metadata.to_string())])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(client.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert_eq!(lines.next().as_deref(), Some("sending"));
    process.kill();
    let process = Process::serve(dir.path(), &[("KONTOR_ADDR", addr.as_str())]);
    client.stdin.take().unwrap().write_all(b"\n").unwrap();
    let rest: Vec<String> = lines.collect();
    assert!(client.wait().unwrap().success(), "{rest:?}");
    let offset: usize = rest.iter().find_map(|line| line.strip_prefix("resumed ")).unwrap().parse().unwrap();
    assert!(offset > 0 && offset < SIZE, "what had come before the end was kept: {rest:?}");
    let location = rest.iter().find_map(|line| line.strip_prefix("done ")).unwrap();
    let id = location.split('/').nth(3).unwrap();
    let version = get(&process, &token, &format!("/api/v1/documents/{id}/versions/1"));
    let hash = app::documents::model::hex(&Sha256::digest(&bytes));
    assert_eq!((version["size"].as_u64(), version["sha256"].as_str()), (Some(SIZE as u64), Some(hash.as_str())));
    // Nothing of the parts is left but what was being written when the server was killed: the sweeper finds that noted.
    let left = dir.path().join("data/files/uploads");
    let left = std::fs::read_dir(left).map_or(0, |entries| {
        entries.flatten().filter(|entry| std::fs::read_dir(entry.path()).is_ok_and(|mut e| e.next().is_some())).count()
    });
    assert!(left <= 1, "{left}");
    process.kill();
    assert!(Process::run(dir.path(), &["audit", "verify", "--quiet"]).status.success());
}
