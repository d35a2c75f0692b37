//! The process that makes a preview: started for one document, watched, and killed when it takes too long.

use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use ::preview::protocol::{HEAD, LONGEST};
use ::preview::{End, Invoice, Job, LIMITS, Page, Part};
use bytes::Bytes;
use futures::{Stream, StreamExt as _, pin_mut};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{ChildStdin, ChildStdout, Command};
use tokio::sync::Semaphore;

/// Processes at once.
const AT_ONCE: usize = 2;
/// How long one may take, reading the document included.
const PATIENCE: Duration = Duration::from_secs(90);
/// Bytes of everything it may answer.
const ANSWER: usize = 40 * 1024 * 1024;

/// Starts the processes.
#[derive(Clone, Debug)]
pub struct Previewer {
    program: PathBuf,
    arguments: Vec<String>,
    patience: Duration,
    places: Arc<Semaphore>,
}

/// What a process made of a document.
#[derive(Debug)]
pub struct Answer {
    /// The first pages.
    pub pages: Vec<Page>,
    /// Its text.
    pub text: String,
    /// An invoice.
    pub invoice: Option<Invoice>,
    /// What it is.
    pub end: End,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Trouble {
    /// The document could not be read.
    Source,
    /// No process could be started.
    Start(std::io::Error),
    /// It took too long and was killed.
    Slow,
    /// It died, or did not speak as agreed.
    Died,
}

impl Previewer {
    /// This program itself, in another role.
    pub fn this_program() -> Self {
        // Also when a newer one was put into its place.
        let itself = PathBuf::from("/proc/self/exe");
        let program = if itself.exists() { itself } else { std::env::current_exe().unwrap_or_default() };
        Self::of(program, &["preview-worker"])
    }

    /// Any program.
    pub fn of(program: impl Into<PathBuf>, arguments: &[&str]) -> Self {
        Self {
            program: program.into(),
            arguments: arguments.iter().map(|&argument| argument.to_owned()).collect(),
            patience: PATIENCE,
            places: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// With another patience.
    #[must_use]
    pub fn patient(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Whether a process can be started here and answers, for `kontor doctor`.
    pub async fn check(&self) -> Result<String, String> {
        let text = b"A few words.";
        let document = futures::stream::once(async { Ok(Bytes::from_static(text)) });
        match self.ask(text.len() as u64, document).await {
            Ok(answer) if answer.end.kind.is_some() => Ok("made in a process of their own".to_owned()),
            Err(Trouble::Start(error)) => Err(format!("no process can be started: {error}")),
            Ok(_) | Err(_) => Err("the process that makes them dies: may it set its limits?".to_owned()),
        }
    }

    /// Has a document looked at.
    pub async fn ask(
        &self,
        size: u64,
        document: impl Stream<Item = std::io::Result<Bytes>>,
    ) -> Result<Answer, Trouble> {
        self.work(Job { size, portrait: false }, document).await
    }

    /// Has the square made of an image of somebody.
    pub async fn portrait(&self, image: Bytes) -> Result<Answer, Trouble> {
        let size = image.len() as u64;
        self.work(Job { size, portrait: true }, futures::stream::once(std::future::ready(Ok(image)))).await
    }

    async fn work(&self, job: Job, document: impl Stream<Item = std::io::Result<Bytes>>) -> Result<Answer, Trouble> {
        let _place = self.places.acquire().await.map_err(|_| Trouble::Died)?;
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            // Nothing of ours: no key, no password, no proxy.
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(Trouble::Start)?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Trouble::Died);
        };
        let job = job.encode().map_err(|_| Trouble::Died)?;
        let talk = async {
            let (sent, answer) = tokio::join!(send(input, &job, document), receive(output));
            sent.and(answer)
        };
        let answer = tokio::time::timeout(self.patience, talk).await.unwrap_or(Err(Trouble::Slow));
        // It has said all it had to say, or is not listened to any more.
        if let Err(error) = child.kill().await {
            tracing::warn!(%error, "a preview process was not ended");
        }
        answer
    }
}

async fn send(
    mut input: ChildStdin,
    job: &[u8],
    document: impl Stream<Item = std::io::Result<Bytes>>,
) -> Result<(), Trouble> {
    // It need not read everything: then the pipe closes, and what it says of that is in its answer.
    if input.write_all(job).await.is_err() {
        return Ok(());
    }
    pin_mut!(document);
    while let Some(chunk) = document.next().await {
        let chunk = chunk.map_err(|_| Trouble::Source)?;
        if input.write_all(&chunk).await.is_err() {
            return Ok(());
        }
    }
    Ok(())
}

async fn receive(mut output: ChildStdout) -> Result<Answer, Trouble> {
    let (mut pages, mut text, mut invoice, mut left) = (Vec::new(), String::new(), None, ANSWER);
    loop {
        let mut head = [0; HEAD];
        output.read_exact(&mut head).await.map_err(|_| Trouble::Died)?;
        let (letter, length) = Part::head(head).map_err(|_| Trouble::Died)?;
        left = left.checked_sub(length).filter(|_| length <= LONGEST).ok_or(Trouble::Died)?;
        let mut bytes = vec![0; length];
        output.read_exact(&mut bytes).await.map_err(|_| Trouble::Died)?;
        match Part::decode(letter, bytes).map_err(|_| Trouble::Died)? {
            Part::Page(_) if pages.len() >= LIMITS.pages => return Err(Trouble::Died),
            Part::Page(page) => pages.push(page),
            Part::Text(found) => text = found,
            Part::Invoice(found) => invoice = Some(*found),
            Part::End(end) => return Ok(Answer { pages, text, invoice, end }),
        }
    }
}
