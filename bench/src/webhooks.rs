//! From event to delivery: orders come in over the API, and a receiver counts what it is told.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{Outcome, line};

/// Orders in one request: more are one event.
pub const TOGETHER: usize = 20;
/// What is not there by then is lost.
const PATIENCE: Duration = Duration::from_secs(120);

/// How long each message was under way since its event.
type Told = Arc<Mutex<Vec<Duration>>>;

/// The time.
#[expect(clippy::disallowed_methods, reason = "the machine's own time is measured")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

async fn take(State(told): State<Told>, body: Bytes) {
    let message: Value = serde_json::from_slice(&body).unwrap_or_default();
    let at: Option<Timestamp> = message.get("timestamp").and_then(Value::as_str).and_then(|at| at.parse().ok());
    let under_way = at.and_then(|at| Duration::try_from(now().duration_since(at)).ok());
    if let Ok(mut told) = told.lock() {
        told.push(under_way.unwrap_or_default());
    }
}

/// Sends a change; an error where it is refused.
pub fn post(addr: SocketAddr, token: &str, path: &str, body: &Value) -> Outcome {
    let body = body.to_string();
    let mut stream = TcpStream::connect(addr)?;
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {addr}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let done = ["200", "201"].iter().any(|status| answer.starts_with(&format!("HTTP/1.1 {status}")));
    if done { Ok(()) } else { Err(answer.into()) }
}

/// Has the portal take so many orders and tell of each; prints events per second, deliveries per second, and the p50 and
/// p99 from event to delivery (ms). The portal must be allowed to call 127.0.0.1, the token an administrator's.
pub async fn run(addr: SocketAddr, token: String, events: usize) -> Outcome {
    let told = Told::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/", listener.local_addr()?);
    let router = Router::new().fallback(take).with_state(told.clone());
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let begun = Instant::now();
    let sent = tokio::task::spawn_blocking(move || -> Outcome<Duration> {
        let webhook = json!({ "name": "Bench", "url": url, "events": ["order.created"] });
        post(addr, &token, "/api/v1/webhooks", &webhook)?;
        let begun = Instant::now();
        let run = now().as_microsecond();
        for batch in (0..events).collect::<Vec<_>>().chunks(TOGETHER) {
            let order = |number: &usize| json!({ "number": format!("BENCH-{run}-{number}"), "organisation": "acme" });
            let orders: Vec<Value> = batch.iter().map(order).collect();
            post(addr, &token, "/api/v1/orders/batch", &json!({ "orders": orders }))?;
        }
        Ok(begun.elapsed())
    });
    let took = sent.await.map_err(|e| e.to_string())??;
    let count = || told.lock().map_or(0, |told| told.len());
    while count() < events {
        if begun.elapsed() > took + PATIENCE {
            return Err(format!("{} of {events} were told", count()).into());
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let all = begun.elapsed();
    server.abort();
    let mut times = told.lock().map_err(|e| e.to_string())?.clone();
    times.sort_unstable();
    let at = |part: usize| times.get(times.len() * part / 100).map_or(0.0, |time| time.as_secs_f64() * 1000.0);
    let rate = |time: Duration| f64::from(u32::try_from(events).unwrap_or(u32::MAX)) / time.as_secs_f64();
    line(&format!("{:.0} {:.0} {:.0} {:.0}", rate(took), rate(all), at(50), at(99)))
}
