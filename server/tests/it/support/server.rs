//! The real binary as a process, for what only a process can show.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread::JoinHandle;

pub struct Process {
    child: Child,
    pub addr: String,
    /// Reads on to the end, or the process stops when the pipe is full.
    log: Option<JoinHandle<String>>,
}

/// A command over a data directory, with nothing of ours in its environment.
pub fn kontor(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
    command.current_dir(dir).env_clear().env("KONTOR_DATA_DIR", dir.join("data")).stdin(Stdio::null());
    command
}

impl Process {
    /// Runs a command to its end.
    pub fn run(dir: &Path, arguments: &[&str]) -> Output {
        kontor(dir).args(arguments).output().unwrap()
    }

    /// Runs a command that reads standard input.
    pub fn run_with_input(dir: &Path, arguments: &[&str], input: &str) -> Output {
        let mut child = kontor(dir)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    /// Serves on a free port; returns when it says that it is ready.
    pub fn serve(dir: &Path, environment: &[(&str, &str)]) -> Self {
        let mut child = kontor(dir)
            .arg("serve")
            .env("KONTOR_ADDR", "127.0.0.1:0")
            .envs(environment.iter().copied())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let addr = loop {
            let mut line = String::new();
            assert!(lines.read_line(&mut line).unwrap() > 0, "kontor ended before it was ready");
            if let Ok(event) = serde_json::from_str::<serde_json::Value>(&line)
                && event["fields"]["message"] == "ready"
            {
                break event["fields"]["addr"].as_str().unwrap().to_owned();
            }
        };
        let log = std::thread::spawn(move || {
            let mut log = String::new();
            lines.read_to_string(&mut log).unwrap();
            log
        });
        Self { child, addr, log: Some(log) }
    }

    /// Stops it; what it logged since it was ready.
    pub fn stop(mut self) -> String {
        self.terminate();
        self.child.wait().unwrap();
        self.log.take().unwrap().join().unwrap()
    }

    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn terminate(&self) {
        let status = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(status.success());
    }

    pub fn wait(mut self) -> i32 {
        self.child.wait().unwrap().code().unwrap_or(-1)
    }

    pub fn connect(&self) -> TcpStream {
        TcpStream::connect(&self.addr).unwrap()
    }

    /// One request with these headers over a connection of its own.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        Reply::of(&self.request(&head(method, path, headers, body.len()), body))
    }

    /// One request over a connection of its own; the whole answer.
    pub fn request(&self, text: &str, body: &[u8]) -> Vec<u8> {
        let mut stream = self.connect();
        stream.write_all(text.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        answer
    }
}

/// The first lines of a request whose body has this length, on a connection for it alone.
pub fn head(method: &str, path: &str, headers: &[(&str, &str)], length: usize) -> String {
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    head
}

/// What a process answered.
pub struct Reply {
    pub status: u16,
    head: String,
    /// Right for answers that say their length.
    pub body: Vec<u8>,
}

impl Reply {
    pub fn of(answer: &[u8]) -> Self {
        let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").expect("an answer with a head");
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Self { status, head, body: answer[end + 4..].to_vec() }
    }

    pub fn header(&self, name: &str) -> &str {
        let fits = |line: &&str| line.split(':').next().is_some_and(|known| known.eq_ignore_ascii_case(name));
        self.head.lines().find(fits).and_then(|line| line.split_once(": ")).map_or("", |(_, value)| value)
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&self.body)))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
