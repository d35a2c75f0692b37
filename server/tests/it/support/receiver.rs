//! Receivers of webhooks: one that takes what comes, and verifies it with a library that is not ours.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// A message as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Message {
    pub fn id(&self) -> &str {
        &self.headers["webhook-id"]
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

struct Inner {
    got: Vec<Message>,
    status: u16,
    answer: String,
}

/// Somebody who listens, and answers what a test says.
#[derive(Clone)]
pub struct Receiver {
    pub url: String,
    inner: Arc<Mutex<Inner>>,
}

async fn take(State(inner): State<Arc<Mutex<Inner>>>, headers: HeaderMap, body: Bytes) -> (StatusCode, String) {
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    let mut inner = inner.lock().unwrap();
    inner.got.push(Message { headers, body: String::from_utf8(body.to_vec()).unwrap() });
    (StatusCode::from_u16(inner.status).unwrap(), inner.answer.clone())
}

impl Receiver {
    pub async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let inner = Arc::new(Mutex::new(Inner { got: Vec::new(), status: 200, answer: "ok".to_owned() }));
        let router = Router::new().fallback(take).with_state(inner.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, inner }
    }

    /// What it answers from now on.
    pub fn answers(&self, status: u16, answer: &str) {
        let mut inner = self.inner.lock().unwrap();
        inner.status = status;
        inner.answer = answer.to_owned();
    }

    /// What has come, in order.
    pub fn got(&self) -> Vec<Message> {
        self.inner.lock().unwrap().got.clone()
    }

    /// The kinds of what has come, sorted: the order is nobody's promise.
    pub fn kinds(&self) -> Vec<String> {
        let mut kinds: Vec<_> = self.got().iter().map(|m| m.json()["type"].as_str().unwrap().to_owned()).collect();
        kinds.sort();
        kinds
    }
}

/// A server that answers every connection with these bytes, and then holds it open.
pub async fn hostile(bytes: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let bytes = bytes.clone();
            tokio::spawn(async move {
                let mut asked = [0; 4096];
                let _ = stream.read(&mut asked).await;
                let _ = stream.write_all(&bytes).await;
                while stream.read(&mut asked).await.is_ok_and(|read| read > 0) {}
            });
        }
    });
    format!("http://{addr}/hook")
}

/// Runs a program with a message on its standard input; what it says, or that it refuses.
fn ask(command: &mut Command, message: &Message) -> Option<Value> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let input = json!({ "headers": message.headers, "body": message.body }).to_string();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    output.status.success().then(|| serde_json::from_slice(&output.stdout).unwrap())
}

#[expect(clippy::disallowed_methods, reason = "set by script/test")]
fn python() -> Command {
    Command::new(std::env::var("TEST_WEBHOOKS").expect("run the tests through script/test, which installs the library"))
}

/// What a message says to the library of Standard Webhooks; none: it is refused.
pub fn by_library(secret: &str, seconds: i64, message: &Message) -> Option<Value> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/webhooks/library.py");
    ask(python().args([script, secret, &seconds.to_string()]), message)
}

/// The same to the example in Python.
pub fn by_python(secret: &str, seconds: i64, message: &Message) -> Option<Value> {
    let code = "import json, sys; sys.path.insert(0, sys.argv[1]); from verify import verify; m = json.load(sys.stdin); \
                print(json.dumps(verify(sys.argv[2], m['headers'], m['body'].encode(), int(sys.argv[3]))))";
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/webhooks");
    ask(python().args(["-B", "-c", code, folder, secret, &seconds.to_string()]), message)
}

/// The same to the example in JavaScript.
pub fn by_javascript(secret: &str, seconds: i64, message: &Message) -> Option<Value> {
    let code = "const { verify } = await import(process.argv[1]); const chunks = []; for await (const c of process.stdin) chunks.push(c); \
                const m = JSON.parse(Buffer.concat(chunks)); \
                console.log(JSON.stringify(verify(process.argv[2], m.headers, Buffer.from(m.body), Number(process.argv[3]))));";
    let module = concat!("file://", env!("CARGO_MANIFEST_DIR"), "/tests/webhooks/verify.mjs");
    ask(Command::new("node").args(["--input-type=module", "-e", code, module, secret, &seconds.to_string()]), message)
}
