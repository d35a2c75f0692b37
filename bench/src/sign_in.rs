//! What signing in costs: against the bare password hash, for pages meanwhile, and for an address nobody has.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::{Outcome, line};

/// The portal's: 19 MiB, two passes, one lane (`app/src/sign_in/password.rs`).
const PARAMS: (u32, u32, u32) = (19 * 1024, 2, 1);

/// How long the reader of pages waits between two.
const BETWEEN_PAGES: Duration = Duration::from_millis(200);

/// Checks passwords on every core and prints how many a second.
pub fn argon2(seconds: u64) -> Outcome {
    let (memory, passes, lanes) = PARAMS;
    let params = Params::new(memory, passes, lanes, None).map_err(|e| e.to_string())?;
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash = hasher.hash_password(b"eleven grey herons wait").map_err(|e| e.to_string())?.to_string();
    let cores = std::thread::available_parallelism()?.get();
    let started = Instant::now();
    let end = started + Duration::from_secs(seconds);
    let threads: Vec<_> = (0..cores)
        .map(|_| {
            let (hasher, hash) = (hasher.clone(), hash.clone());
            std::thread::spawn(move || {
                let Ok(parsed) = PasswordHash::new(&hash) else { return 0 };
                let mut count = 0_u32;
                while Instant::now() < end {
                    let _ = hasher.verify_password(b"eleven grey herons wait", &parsed);
                    count += 1;
                }
                count
            })
        })
        .collect();
    let mut total = 0;
    for thread in threads {
        total += thread.join().map_err(|_| "a core died")?;
    }
    line(&format!("{:.2}", f64::from(total) / started.elapsed().as_secs_f64()))
}

/// What one sign-in needs.
#[derive(Clone)]
struct Form {
    addr: SocketAddr,
    /// Each attempt comes from another sender, as the trusted proxy says: guessing is not what is measured.
    sender: Arc<AtomicU32>,
}

impl Form {
    fn new(addr: SocketAddr) -> Self {
        Self { addr, sender: Arc::new(AtomicU32::new(u32::from(Ipv4Addr::new(100, 64, 0, 1)))) }
    }

    fn request(&self, email: &str, password: &str, device: Option<&str>) -> String {
        let cookie = device.map_or_else(String::new, |device| format!("Cookie: {device}\r\n"));
        let sender = Ipv4Addr::from(self.sender.fetch_add(1, Ordering::Relaxed));
        let body = format!("email={}&password={password}", email.replace('@', "%40"));
        format!(
            "POST /_fn/sign_in/sign_in HTTP/1.1\r\nHost: {}\r\nX-Forwarded-For: {sender}\r\n{cookie}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.addr,
            body.len()
        )
    }
}

/// What came back: the status, where it leads, and the cookie by which the portal knows this browser again.
struct Answer {
    status: u16,
    to: String,
    device: Option<String>,
    /// The session, as name=value.
    session: Option<String>,
}

impl Answer {
    /// Whether it let somebody in.
    fn is_in(&self) -> bool {
        self.status == 303 && !self.to.starts_with("/sign-in")
    }
}

/// Signs somebody in and answers their session, as name=value.
pub fn session(addr: SocketAddr, email: &str, password: &str) -> Outcome<String> {
    let answer = ask(&mut None, addr, &Form::new(addr).request(email, password, None))?;
    if !answer.is_in() {
        return Err(format!("{email}: {} {}", answer.status, answer.to).into());
    }
    answer.session.ok_or_else(|| "no session".into())
}

/// Sends a request and reads its answer.
fn ask(connection: &mut Option<TcpStream>, addr: SocketAddr, request: &str) -> Outcome<Answer> {
    if connection.is_none() {
        let stream = TcpStream::connect(addr)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        stream.set_nodelay(true)?;
        *connection = Some(stream);
    }
    let stream = connection.as_mut().ok_or("no connection")?;
    stream.write_all(request.as_bytes())?;
    let mut bytes = Vec::new();
    let mut part = [0; 16 * 1024];
    let head = loop {
        match stream.read(&mut part)? {
            0 => return Err("closed".into()),
            read => bytes.extend_from_slice(part.get(..read).unwrap_or_default()),
        }
        if let Some(at) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            break at + 4;
        }
    };
    let headers = String::from_utf8_lossy(bytes.get(..head).unwrap_or_default()).into_owned();
    let value = |name: &str| {
        headers.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    };
    let cookies = headers.lines().filter_map(|line| {
        line.get(12..).filter(|_| line.to_ascii_lowercase().starts_with("set-cookie: "))?.split(';').next()
    });
    let named =
        |end: &str| cookies.clone().rfind(|cookie| cookie.split('=').next().is_some_and(|name| name.ends_with(end)));
    let (device, session) = (named("device").map(str::to_owned), named("kontor").map(str::to_owned));
    let status: u16 = headers.split(' ').nth(1).ok_or("no status")?.parse()?;
    let mut left = match (value("content-length"), value("transfer-encoding")) {
        (Some(length), _) => length.parse::<usize>()?.saturating_sub(bytes.len() - head),
        (None, Some(_)) => {
            // Chunked: the last chunk is empty.
            while !bytes.ends_with(b"0\r\n\r\n") {
                match stream.read(&mut part)? {
                    0 => return Err("cut off".into()),
                    read => bytes.extend_from_slice(part.get(..read).unwrap_or_default()),
                }
            }
            0
        }
        (None, None) => 0,
    };
    while left > 0 {
        match stream.read(&mut part)? {
            0 => return Err("cut off".into()),
            read => left = left.saturating_sub(read),
        }
    }
    Ok(Answer { status, to: value("location").unwrap_or_default(), device, session })
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank")]
fn percentile(times: &mut [f64], percent: f64) -> f64 {
    times.sort_unstable_by(f64::total_cmp);
    let at = (times.len() as f64 * percent / 100.0) as usize;
    times.get(at.min(times.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

/// Signs people in over and over on so many connections, each like one browser: after the first time it is known, so that
/// no mail tells its person of a new device. Meanwhile one signed-in reader opens the home page five times a second: enough
/// for a percentile, and little beside what is measured.
/// Prints sign-ins a second, their median in milliseconds, the page's 95th percentile, and how many failed.
pub fn flood(
    addr: SocketAddr,
    emails: &[String],
    password: &str,
    cookie: &str,
    connections: usize,
    seconds: u64,
) -> Outcome {
    let form = Form::new(addr);
    let started = Instant::now();
    let end = started + Duration::from_secs(seconds);
    let (sender, receiver) = mpsc::channel();
    let mut threads = Vec::new();
    for at in 0..connections {
        let (form, sender, password) = (form.clone(), sender.clone(), password.to_owned());
        let email = emails.get(at % emails.len().max(1)).ok_or("nobody to sign in")?.clone();
        threads.push(std::thread::spawn(move || {
            let (mut connection, mut device) = (None, None);
            while Instant::now() < end {
                let begun = Instant::now();
                let request = form.request(&email, &password, device.as_deref());
                let done = ask(&mut connection, form.addr, &request).ok().filter(Answer::is_in);
                let good = done.is_some();
                match done {
                    Some(answer) => device = answer.device.or(device),
                    None => connection = None,
                }
                let _ = sender.send(good.then(|| begun.elapsed()));
            }
        }));
    }
    drop(sender);
    let page = format!("GET / HTTP/1.1\r\nHost: {addr}\r\nCookie: {cookie}\r\n\r\n");
    let reader = std::thread::spawn(move || {
        let (mut connection, mut times, mut failed) = (None, Vec::new(), 0_u32);
        while Instant::now() < end {
            let begun = Instant::now();
            match ask(&mut connection, addr, &page) {
                Ok(Answer { status: 200, .. }) => times.push(begun.elapsed().as_secs_f64() * 1e3),
                _ => {
                    failed += 1;
                    connection = None;
                }
            }
            std::thread::sleep(BETWEEN_PAGES);
        }
        (times, failed)
    });
    let results: Vec<Option<Duration>> = receiver.iter().collect();
    for thread in threads {
        thread.join().map_err(|_| "a connection died")?;
    }
    let (mut pages, failed_pages) = reader.join().map_err(|_| "the reader died")?;
    let mut times: Vec<f64> = results.iter().flatten().map(|time| time.as_secs_f64() * 1e3).collect();
    let failed = results.len() - times.len() + failed_pages as usize;
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    let rate = times.len() as f64 / started.elapsed().as_secs_f64();
    let (p50, p95) = (percentile(&mut times, 50.0), percentile(&mut pages, 95.0));
    line(&format!("{rate:.2} {p50:.2} {p95:.2} {failed}"))
}

/// Tries a wrong password for addresses that exist and for one that does not, in turn, one at a time. Prints both
/// medians in milliseconds.
pub fn unknown(addr: SocketAddr, emails: &[String], attempts: u32) -> Outcome {
    let form = Form::new(addr);
    let mut connection = None;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for attempt in 0..attempts {
        let email = emails.get(attempt as usize % emails.len().max(1)).ok_or("nobody to try")?;
        let nobody = format!("nobody-{attempt}@acme.example");
        for (email, times) in [(email.as_str(), &mut known), (nobody.as_str(), &mut unknown)] {
            let request = form.request(email, "this+is+not+the+password", None);
            let begun = Instant::now();
            let Answer { status, to, .. } = ask(&mut connection, addr, &request)?;
            times.push(begun.elapsed().as_secs_f64() * 1e3);
            if status != 303 || !to.starts_with("/sign-in") {
                return Err(format!("{status} {to}").into());
            }
        }
    }
    line(&format!("{:.2} {:.2}", percentile(&mut known, 50.0), percentile(&mut unknown, 50.0)))
}
