//! Asking clamd (ClamAV's daemon) over its INSTREAM command: the bytes go to it, nothing needs to lie where it can read.
//!
//! Our own because a scanner answers "too long" in the middle of the stream and hangs up: who only reads after all is
//! written, as the library for it does, finds a broken line instead of that answer (ADR 27). The protocol is in clamd(8).

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;
use futures::{Stream, StreamExt as _, pin_mut};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpStream, UnixStream};

use super::model::Verdict;

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long the scanner may take none of what is sent to it.
const STALL: Duration = Duration::from_secs(60);
/// How long it may think about a file that it has.
const THINK: Duration = Duration::from_secs(3 * 60);
/// Bytes sent at once; a length of 32 bits goes before each.
const CHUNK: usize = 64 * 1024;
/// No answer is longer.
const ANSWER: u64 = 4096;

/// Where the scanner listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanner {
    /// Host and port.
    Tcp(String),
    /// A socket of this machine.
    Unix(PathBuf),
}

/// Why a file was not looked at.
#[derive(Debug)]
pub enum ScanError {
    /// The scanner is away, is too slow, or says that something is wrong with it.
    Scanner(String),
    /// The file could not be read.
    Source(io::Error),
}

impl Scanner {
    /// `tcp://127.0.0.1:3310` or `unix:/path`.
    pub fn parse(url: &str) -> Result<Self, String> {
        if let Some(path) = url.strip_prefix("unix:").filter(|path| path.starts_with('/')) {
            return Ok(Self::Unix(path.into()));
        }
        let known = url.strip_prefix("tcp://").and_then(|text| text.rsplit_once(':'));
        match known {
            Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => {
                Ok(Self::Tcp(format!("{host}:{port}")))
            }
            _ => Err("not a scanner like tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl".into()),
        }
    }

    /// Whether it answers, and with what version.
    pub async fn version(&self) -> Result<String, String> {
        let asked = async {
            match self {
                Self::Tcp(address) => ask(TcpStream::connect(address).await?).await,
                Self::Unix(path) => ask(UnixStream::connect(path).await?).await,
            }
        };
        let answer = tokio::time::timeout(CONNECT, asked).await.map_err(|_| "no answer in time".to_owned())?;
        answer.map_err(|e| e.to_string())
    }

    /// Has the bytes of a file looked at.
    pub async fn scan(&self, file: impl Stream<Item = io::Result<Bytes>>) -> Result<Verdict, ScanError> {
        let away = |e: io::Error| ScanError::Scanner(e.to_string());
        let slow = |_| ScanError::Scanner("no connection in time".into());
        match self {
            Self::Tcp(address) => {
                let line = tokio::time::timeout(CONNECT, TcpStream::connect(address)).await.map_err(slow)?;
                talk(line.map_err(away)?, file).await
            }
            Self::Unix(path) => {
                let line = tokio::time::timeout(CONNECT, UnixStream::connect(path)).await.map_err(slow)?;
                talk(line.map_err(away)?, file).await
            }
        }
    }
}

async fn ask(mut line: impl AsyncRead + AsyncWrite + Unpin) -> io::Result<String> {
    line.write_all(b"zVERSION\0").await?;
    let answer = read(&mut line).await?;
    if answer.is_empty() { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(answer) }
}

/// An answer, up to its zero byte or the end of the line.
async fn read(from: &mut (impl AsyncRead + Unpin)) -> io::Result<String> {
    let mut answer = Vec::new();
    from.take(ANSWER).read_to_end(&mut answer).await?;
    let end = answer.iter().position(|byte| *byte == 0).unwrap_or(answer.len());
    Ok(String::from_utf8_lossy(answer.get(..end).unwrap_or_default()).trim().to_owned())
}

async fn talk(
    line: impl AsyncRead + AsyncWrite,
    file: impl Stream<Item = io::Result<Bytes>>,
) -> Result<Verdict, ScanError> {
    let (mut from, to) = tokio::io::split(line);
    let (answer, sending) = (read(&mut from), send(to, file));
    pin_mut!(answer, sending);
    // An answer before everything is sent: the file is too long for it, or something is wrong with it.
    let early = tokio::select! {
        biased;
        early = &mut answer => Some(early),
        sent = &mut sending => match sent {
            Ok(()) => None,
            Err(ScanError::Source(e)) => return Err(ScanError::Source(e)),
            // It hung up. Why may stand in what it had said by then.
            Err(ScanError::Scanner(why)) => {
                let last = tokio::time::timeout(CONNECT, &mut answer).await;
                return last.ok().and_then(Result::ok).filter(|text| !text.is_empty()).map_or(Err(ScanError::Scanner(why)), |text| verdict(&text));
            }
        },
    };
    let answer = match early {
        Some(early) => early,
        None => match tokio::time::timeout(THINK, &mut answer).await {
            Ok(answer) => answer,
            Err(_) => return Err(ScanError::Scanner("no answer in time".into())),
        },
    };
    verdict(&answer.map_err(|e| ScanError::Scanner(e.to_string()))?)
}

/// Sends the command and the file, each piece with its length before it, and a length of zero at the end.
async fn send(mut to: impl AsyncWrite + Unpin, file: impl Stream<Item = io::Result<Bytes>>) -> Result<(), ScanError> {
    let mut put = async |bytes: &[u8]| match tokio::time::timeout(STALL, to.write_all(bytes)).await {
        Ok(written) => written.map_err(|e| ScanError::Scanner(e.to_string())),
        Err(_) => Err(ScanError::Scanner("takes no more".into())),
    };
    put(b"zINSTREAM\0").await?;
    pin_mut!(file);
    while let Some(bytes) = file.next().await {
        for piece in bytes.map_err(ScanError::Source)?.chunks(CHUNK) {
            put(&u32::try_from(piece.len()).unwrap_or(0).to_be_bytes()).await?;
            put(piece).await?;
        }
    }
    put(&[0; 4]).await
}

/// What clamd finds, where `AlertExceedsMax` is set, in a file with parts beyond its limits: they were not looked at.
const EXCEEDED: &str = "Heuristics.Limits.Exceeded";

/// What an answer means: `stream: OK`, `stream: NAME FOUND`, or something `ERROR`.
fn verdict(answer: &str) -> Result<Verdict, ScanError> {
    if answer.starts_with("INSTREAM size limit exceeded") {
        return Ok(Verdict::TooLarge);
    }
    let said = answer.strip_prefix("stream: ").unwrap_or(answer);
    match said.strip_suffix(" FOUND") {
        Some(name) if name.starts_with(EXCEEDED) => Ok(Verdict::TooLarge),
        Some(name) => Ok(Verdict::Infected(name.chars().filter(|c| !c.is_control()).take(200).collect())),
        None if said == "OK" => Ok(Verdict::Clean),
        None => Err(ScanError::Scanner(said.chars().filter(|c| !c.is_control()).take(200).collect())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_understood_and_nothing_else_is_clean() {
        assert_eq!(verdict("stream: OK").unwrap(), Verdict::Clean);
        assert_eq!(
            verdict("stream: Win.Test.EICAR_HDB-1 FOUND").unwrap(),
            Verdict::Infected("Win.Test.EICAR_HDB-1".into())
        );
        assert_eq!(verdict("INSTREAM size limit exceeded. ERROR").unwrap(), Verdict::TooLarge);
        for limit in ["", ".MaxFileSize", ".MaxScanSize", ".MaxRecursion", ".MaxFiles"] {
            let said = format!("stream: Heuristics.Limits.Exceeded{limit} FOUND");
            assert_eq!(verdict(&said).unwrap(), Verdict::TooLarge, "{said}");
        }
        // Nothing else that it suspects is a matter of size.
        assert_eq!(
            verdict("stream: Heuristics.Encrypted.Zip FOUND").unwrap(),
            Verdict::Infected("Heuristics.Encrypted.Zip".into())
        );
        for broken in [
            "",
            "stream: ",
            "stream: OK ERROR",
            "COMMAND READ TIMED OUT",
            "stream: Can't allocate memory ERROR",
            "OK then",
        ] {
            assert!(verdict(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn addresses_are_checked() {
        assert_eq!(Scanner::parse("tcp://127.0.0.1:3310").unwrap(), Scanner::Tcp("127.0.0.1:3310".into()));
        assert_eq!(Scanner::parse("unix:/run/clamd").unwrap(), Scanner::Unix("/run/clamd".into()));
        for wrong in
            ["", "127.0.0.1:3310", "tcp://:3310", "tcp://host", "tcp://host:99999", "unix:relative", "http://x:1"]
        {
            assert!(Scanner::parse(wrong).is_err(), "{wrong}");
        }
    }

    /// A line to a scanner that does what `there` does with its end.
    async fn with<F: Future<Output = ()> + Send + 'static>(
        there: impl FnOnce(tokio::io::DuplexStream) -> F,
        bytes: usize,
    ) -> Result<Verdict, ScanError> {
        let (here, end) = tokio::io::duplex(1024);
        let scanner = tokio::spawn(there(end));
        let file = futures::stream::iter((0..bytes.div_ceil(1000)).map(|_| Ok(Bytes::from_static(&[7; 1000]))));
        let said = talk(here, file).await;
        scanner.await.unwrap();
        said
    }

    #[tokio::test]
    async fn an_answer_in_the_middle_of_the_stream_counts() {
        let said = with(
            async |mut end| {
                let mut some = [0; 5000];
                end.read_exact(&mut some).await.unwrap();
                end.write_all(b"INSTREAM size limit exceeded. ERROR\0").await.unwrap();
            },
            1_000_000,
        );
        assert_eq!(said.await.unwrap(), Verdict::TooLarge);
    }

    #[tokio::test]
    async fn every_byte_arrives_with_its_length_before_it() {
        let said = with(
            async |mut end| {
                let mut command = [0; 10];
                end.read_exact(&mut command).await.unwrap();
                assert_eq!(&command, b"zINSTREAM\0");
                let mut seen = 0;
                loop {
                    let length = usize::try_from(end.read_u32().await.unwrap()).unwrap();
                    if length == 0 {
                        break;
                    }
                    let mut piece = vec![0; length];
                    end.read_exact(&mut piece).await.unwrap();
                    assert!(piece.iter().all(|byte| *byte == 7));
                    seen += length;
                }
                end.write_all(if seen == 50_000 { b"stream: OK\0" } else { b"stream: X FOUND\0" }).await.unwrap();
            },
            50_000,
        );
        assert_eq!(said.await.unwrap(), Verdict::Clean);
    }

    #[tokio::test]
    async fn a_scanner_that_hangs_up_has_said_nothing() {
        let said = with(async |end| drop(end), 50_000).await;
        assert!(matches!(said, Err(ScanError::Scanner(_))), "{said:?}");
    }
}
