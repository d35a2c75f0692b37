//! A reader of large files that costs little itself: wrk reads eight kilobytes at a time, and with two cores that is
//! what one would measure.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::{Outcome, line};

/// Larger than what the kernel holds ready at once.
const BUFFER: usize = 1024 * 1024;

/// Downloads over and over on so many connections, and prints requests per second, the median and the 99th
/// percentile of their times in milliseconds, and how many failed.
pub fn run(addr: SocketAddr, path: &str, cookie: &str, connections: u32, seconds: u64) -> Outcome {
    let started = Instant::now();
    let end = started + Duration::from_secs(seconds);
    let request = format!("GET {path} HTTP/1.1\r\nHost: {addr}\r\nCookie: {cookie}\r\n\r\n");
    let (sender, receiver) = mpsc::channel();
    let threads: Vec<_> = (0..connections)
        .map(|_| {
            let (request, sender) = (request.clone(), sender.clone());
            std::thread::spawn(move || {
                let mut connection = None;
                while Instant::now() < end {
                    let begun = Instant::now();
                    let done = once(&mut connection, addr, &request);
                    if done.is_err() {
                        connection = None;
                        std::thread::sleep(Duration::from_millis(10));
                    }
                    let _ = sender.send(done.ok().map(|()| begun.elapsed()));
                }
            })
        })
        .collect();
    drop(sender);
    let results: Vec<Option<Duration>> = receiver.iter().collect();
    for thread in threads {
        thread.join().map_err(|_| "a reader died")?;
    }
    let mut times: Vec<f64> = results.iter().flatten().map(|time| time.as_secs_f64() * 1e3).collect();
    times.sort_unstable_by(f64::total_cmp);
    let at = |percent: usize| times.get((times.len() * percent / 100).min(times.len().saturating_sub(1)));
    let (p50, p99) = (at(50).copied().unwrap_or(0.0), at(99).copied().unwrap_or(0.0));
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    let rate = times.len() as f64 / started.elapsed().as_secs_f64();
    line(&format!("{rate:.2} {p50:.2} {p99:.2} {}", results.len() - times.len()))
}

/// One download; the connection is kept.
fn once(connection: &mut Option<(TcpStream, Vec<u8>)>, addr: SocketAddr, request: &str) -> Outcome {
    if connection.is_none() {
        let stream = TcpStream::connect(addr)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream.set_nodelay(true)?;
        *connection = Some((stream, vec![0; BUFFER]));
    }
    let (stream, buffer) = connection.as_mut().ok_or("no connection")?;
    stream.write_all(request.as_bytes())?;
    let mut filled = 0;
    let head = loop {
        let read = stream.read(buffer.get_mut(filled..).ok_or("long headers")?)?;
        if read == 0 {
            return Err("closed".into());
        }
        filled += read;
        if let Some(at) = buffer.get(..filled).and_then(|b| b.windows(4).position(|w| w == b"\r\n\r\n")) {
            break at + 4;
        }
    };
    let headers = String::from_utf8_lossy(buffer.get(..head).unwrap_or_default()).to_ascii_lowercase();
    let length = headers.lines().find_map(|header| header.strip_prefix("content-length:"));
    let length: usize = length.ok_or("no length")?.trim().parse()?;
    if !headers.starts_with("http/1.1 200") {
        return Err("not 200".into());
    }
    let mut left = length.checked_sub(filled - head).ok_or("too much")?;
    while left > 0 {
        let part = left.min(BUFFER);
        match stream.read(buffer.get_mut(..part).unwrap_or_default())? {
            0 => return Err("cut off".into()),
            read => left -= read,
        }
    }
    Ok(())
}
