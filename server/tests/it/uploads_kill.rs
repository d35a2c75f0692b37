//! The program is killed at several moments of an upload. Afterwards every version row has its whole file, and every
//! version that was acknowledged is there: for each database and store, and for each way in.

use std::io::{Read as _, Write as _};

use crate::support::{PASSWORD, Place, Process, Reply, Setup, files, head};

const PM: &str = "pm@nordlicht.example";
const SIZE: usize = 3_000_000;

/// How the file is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// The bytes alone, with a token.
    Rest,
    /// The form of the page, by somebody who has signed in.
    Page,
}

/// A request that brings a version of a document, but for its first lines.
struct Upload {
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    /// The status that acknowledges it.
    done: u16,
}

impl Upload {
    fn of(way: Way, process: &Process, token: &str, document: &str, bytes: &[u8]) -> Self {
        match way {
            Way::Rest => Self {
                path: format!("/api/v1/documents/{document}/versions"),
                headers: vec![
                    ("Authorization", format!("Bearer {token}")),
                    ("Content-Type", "application/octet-stream".to_owned()),
                    ("X-Filename", "a.bin".to_owned()),
                ],
                body: bytes.to_vec(),
                done: 201,
            },
            Way::Page => Self {
                path: format!("/staff/documents/{document}/versions"),
                headers: vec![
                    ("Cookie", signed_in(process)),
                    ("Content-Type", "multipart/form-data; boundary=XXXX".to_owned()),
                ],
                body: files::multipart(&[("note", "killed")], "a.bin", bytes),
                done: 303,
            },
        }
    }

    fn head(&self) -> String {
        let headers: Vec<_> = self.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        head("POST", &self.path, &headers, self.body.len())
    }
}

/// The cookie of the project manager, who signs in with the form.
fn signed_in(process: &Process) -> String {
    let form = format!("email={PM}&password={}", PASSWORD.replace(' ', "+")).replace('@', "%40");
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    let answer = process.send("POST", "/_fn/sign_in/sign_in", &headers, form.as_bytes());
    assert_eq!(answer.status, 303);
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn kill_9_loses_nothing_acknowledged_and_shows_nothing_half(place: Place, way: Way) {
    let setup = Setup::with_demo(place).await;
    let token = setup.token(PM);
    let bearer = format!("Bearer {token}");
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    let bytes: Vec<u8> = (0..SIZE).map(|at| u8::try_from(at % 251).unwrap()).collect();
    let mut process = setup.serve();
    let organisations = process.send("GET", "/api/v1/organisations", &headers, b"").json();
    let acme = organisations["items"].as_array().unwrap().iter().find(|o| o["slug"] == "acme").unwrap();
    let new = serde_json::json!({ "organisation_id": acme["id"], "title": "Killed", "category": "other" }).to_string();
    let made = process.send("POST", "/api/v1/documents", &headers, new.as_bytes());
    assert_eq!(made.status, 201);
    let document = made.json()["id"].as_str().unwrap().to_owned();
    let versions = format!("/api/v1/documents/{document}/versions");
    let upload = Upload::of(way, &process, &token, &document, &bytes);
    let (first, length) = (upload.head(), upload.body.len());
    let mut acknowledged = 0;
    // Before the first byte, in the middle, after the last byte but before the answer, and after the answer.
    for sent in [0, length / 3, length - 1, length, length + 1] {
        let mut stream = process.connect();
        stream.write_all(first.as_bytes()).unwrap();
        stream.write_all(&upload.body[..sent.min(length)]).unwrap();
        if sent > length {
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).unwrap();
            assert_eq!(Reply::of(&answer).status, upload.done, "{}", String::from_utf8_lossy(&answer));
            acknowledged += 1;
        }
        process.kill();
        process = setup.serve();
        let listed = process.send("GET", &versions, &headers, b"").json();
        let listed = listed["items"].as_array().unwrap();
        assert!(listed.len() >= acknowledged, "an acknowledged version is lost");
        for version in listed {
            assert_eq!(version["size"], SIZE);
            let content = process.send("GET", &format!("{versions}/{}/content", version["number"]), &headers, b"");
            assert_eq!(content.status, 200);
            assert!(content.body == bytes, "a version is not whole");
        }
    }
    process.kill();
    setup.done(&["audit", "verify", "--quiet"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_during_an_upload_to_sqlite_and_a_folder() {
    kill_9_loses_nothing_acknowledged_and_shows_nothing_half(Place::Embedded, Way::Rest).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_during_a_form_to_sqlite_and_a_folder() {
    kill_9_loses_nothing_acknowledged_and_shows_nothing_half(Place::Embedded, Way::Page).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_during_an_upload_to_postgres_and_a_folder() {
    kill_9_loses_nothing_acknowledged_and_shows_nothing_half(Place::Postgres, Way::Rest).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_during_a_form_to_postgres_and_a_folder() {
    kill_9_loses_nothing_acknowledged_and_shows_nothing_half(Place::Postgres, Way::Page).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_during_an_upload_to_postgres_and_s3() {
    kill_9_loses_nothing_acknowledged_and_shows_nothing_half(Place::PostgresAndS3, Way::Rest).await;
}
