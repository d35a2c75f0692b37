//! The process that makes previews: `kontor preview-worker`, started by the portal for one document.

use std::io::{self, BufWriter, Read as _, Write as _};

use crate::protocol::Job;
use crate::{LIMITS, confine, portrait, preview};

/// Reads a job and its document from the standard input and writes the parts of its preview to the standard output.
///
/// # Errors
/// Where the portal is gone, or asks for something else.
pub fn run() -> io::Result<()> {
    confine::confine()?;
    // What a panic says may hold parts of the document.
    std::panic::set_hook(Box::new(|_| {}));
    let mut input = io::stdin().lock();
    let job = Job::read(&mut input)?;
    let mut bytes = Vec::with_capacity(usize::try_from(job.size).unwrap_or(0).min(64 * 1024 * 1024));
    input.take(job.size).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != job.size {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let make = if job.portrait { portrait } else { preview };
    make(bytes, LIMITS, &mut |part| {
        part.write(&mut out)?;
        out.flush()
    })
}
