//! From an act to the bells of open browsers: how long one act takes to move all of them, and how many people are told a
//! second when much happens.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::live::{PEOPLE, get, open};
use crate::sign_in::session;
use crate::webhooks::{TOGETHER, now, post};
use crate::{Outcome, line};

/// Whose orders come in: of the customer whose people the seed has made.
const CUSTOMER: &str = "bench-01";
/// Acts that are timed one by one.
const ACTS: usize = 50;
/// A bell that has not moved by then has not moved.
const PATIENCE: Duration = Duration::from_secs(120);

/// Reads a stream and says so each time that it tells something.
async fn listen(mut stream: TcpStream, moved: mpsc::UnboundedSender<Instant>) {
    let (mut part, mut line) = ([0; 1024], Vec::new());
    while let Ok(read @ 1..) = stream.read(&mut part).await {
        let at = Instant::now();
        for byte in part.iter().take(read) {
            if *byte != b'\n' {
                line.push(*byte);
                continue;
            }
            if line.starts_with(b"data: ") && moved.send(at).is_err() {
                return;
            }
            line.clear();
        }
    }
}

/// Opens so many browsers of the seeded people, has one order after another come in, then `orders` of them as fast as they
/// are taken. Prints p50 and p99 from sending an order to the bell of each browser (ms), how many people were told a second,
/// and how many orders a second came in. The token must be an administrator's.
pub async fn run(addr: SocketAddr, token: &str, password: &str, browsers: usize, orders: usize) -> Outcome {
    let people: Vec<String> =
        (1..=PEOPLE).map(|n| session(addr, &format!("reader-{n}@bench.example"), password)).collect::<Outcome<_>>()?;
    let (moved, mut moves) = mpsc::unbounded_channel();
    for at in 0..browsers {
        let stream = open(addr, people.get(at % PEOPLE).cloned().unwrap_or_default()).await?;
        tokio::spawn(listen(stream, moved.clone()));
    }
    let run = now().as_microsecond();
    let order = |name: String| json!({ "number": name, "organisation": CUSTOMER });
    let mut times = Vec::with_capacity(ACTS * browsers);
    for act in 0..ACTS {
        let begun = Instant::now();
        post(addr, token, "/api/v1/orders/batch", &json!({ "orders": [order(format!("BELL-{run}-{act}"))] }))?;
        for told in 0..browsers {
            let at = timeout(PATIENCE, moves.recv()).await;
            let at = at.ok().flatten().ok_or_else(|| format!("{told} of {browsers} bells moved"))?;
            times.push(at.saturating_duration_since(begun));
        }
    }
    times.sort_unstable();
    let at = |part: usize| times.get(times.len() * part / 100).map_or(0.0, |time| time.as_secs_f64() * 1000.0);

    let begun = Instant::now();
    for some in (0..orders).collect::<Vec<_>>().chunks(TOGETHER) {
        let some: Vec<_> = some.iter().map(|number| order(format!("MANY-{run}-{number}-"))).collect();
        post(addr, token, "/api/v1/orders/batch", &json!({ "orders": some }))?;
    }
    let taken = begun.elapsed();
    // In the order of the acts: whoever has the last in their list has been told of all.
    let (last, reader) = (format!("MANY-{run}-{}-", orders - 1), people.first().cloned().unwrap_or_default());
    while !get(addr, "/notifications", &reader)?.windows(last.len()).any(|text| text == last.as_bytes()) {
        if begun.elapsed() > taken + PATIENCE {
            return Err("not everybody was told".into());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let told = begun.elapsed();
    let rate = |what: usize, time: Duration| f64::from(u32::try_from(what).unwrap_or(u32::MAX)) / time.as_secs_f64();
    line(&format!("{:.0} {:.0} {:.0} {:.0}", at(50), at(99), rate(orders * PEOPLE, told), rate(orders, taken)))
}
