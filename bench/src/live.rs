//! What open browsers cost: memory for each, and how long pages take meanwhile.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::task::JoinSet;

use crate::sign_in::session;
use crate::{Outcome, line};

/// Readers of pages at once.
const READERS: usize = 4;
/// Whose browsers they are: those that the seed has made.
pub const PEOPLE: usize = 100;

/// Resident memory of a process, in KiB.
fn memory(pid: u32) -> Outcome<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse()?)
}

/// Opens the stream of a browser, and waits for the first that it is told.
pub async fn open(addr: SocketAddr, cookie: String) -> Outcome<tokio::net::TcpStream> {
    let mut stream = tokio::net::TcpStream::connect(addr).await?;
    let request =
        format!("GET /live HTTP/1.1\r\nHost: {addr}\r\nCookie: {cookie}\r\nAccept: text/event-stream\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut bytes = Vec::new();
    let mut part = [0; 1024];
    while !bytes.windows(6).any(|window| window == b"data: ") {
        match stream.read(&mut part).await? {
            0 => return Err("closed".into()),
            read => bytes.extend_from_slice(part.get(..read).unwrap_or_default()),
        }
    }
    Ok(stream)
}

/// Reads a page.
pub fn get(addr: SocketAddr, path: &str, cookie: &str) -> Outcome<Vec<u8>> {
    let mut stream = TcpStream::connect(addr)?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {addr}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    if answer.starts_with(b"HTTP/1.1 200") { Ok(answer) } else { Err("a page failed".into()) }
}

/// Reads a page over and over; answers how long each took.
fn read(addr: SocketAddr, path: &str, cookie: &str, end: Instant) -> Outcome<Vec<Duration>> {
    let mut times = Vec::new();
    while Instant::now() < end {
        let started = Instant::now();
        get(addr, path, cookie)?;
        times.push(started.elapsed());
    }
    Ok(times)
}

/// Opens so many connections, reads a page meanwhile, and prints KiB for each connection, the page's p50 and p99 (ms), and how
/// many connections were left at the end.
pub async fn run(
    addr: SocketAddr,
    path: &str,
    (cookie, password): (&str, &str),
    connections: usize,
    seconds: u64,
    pid: u32,
) -> Outcome {
    let people: Vec<String> =
        (1..=PEOPLE).map(|n| session(addr, &format!("reader-{n}@bench.example"), password)).collect::<Outcome<_>>()?;
    let before = memory(pid)?;
    let mut held = Vec::with_capacity(connections);
    while held.len() < connections {
        // Browsers do not come all in one moment; what is measured is that they stay.
        let mut some = JoinSet::new();
        for at in (held.len()..connections).take(64) {
            some.spawn(open(addr, people.get(at % PEOPLE).cloned().unwrap_or_default()));
        }
        while let Some(stream) = some.join_next().await {
            held.push(stream.map_err(|e| e.to_string())??);
        }
    }
    let each = (memory(pid)? - before) / f64::from(u32::try_from(connections)?);
    let end = Instant::now() + Duration::from_secs(seconds);
    let readers: Vec<_> = (0..READERS)
        .map(|_| {
            let (path, cookie) = (path.to_owned(), cookie.to_owned());
            tokio::task::spawn_blocking(move || read(addr, &path, &cookie, end))
        })
        .collect();
    let mut times = Vec::new();
    for reader in readers {
        times.extend(reader.await.map_err(|e| e.to_string())??);
    }
    times.sort_unstable();
    let at = |part: usize| times.get(times.len() * part / 100).map_or(0.0, |time| time.as_secs_f64() * 1000.0);
    let mut left = 0;
    for stream in &held {
        let mut byte = [0; 1];
        left += usize::from(!matches!(stream.try_read(&mut byte), Ok(0)));
    }
    line(&format!("{each:.1} {:.1} {:.1} {left}", at(50), at(99)))
}
