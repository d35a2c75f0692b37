//! Reading a local file as a stream. What is in the page cache is read at once: handing a read to a thread of its own
//! and waiting for it costs more than the read. What is not there is left to such a thread, so that no request waits
//! for another's disk.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use futures::stream::{self, Stream};

/// Bytes per chunk: small enough to be still in the processor's cache when it is sent.
const CHUNK: usize = 256 * 1024;
/// Buffers that are kept for the next download; more are made and given back to the system.
const KEPT: usize = 32;

/// The bytes of a range, one chunk in memory at a time. A file that ends early is an error.
pub(super) fn chunks(file: File, range: Range<u64>) -> impl Stream<Item = io::Result<Bytes>> {
    stream::try_unfold((file, range.start), move |(file, at)| async move {
        let left = range.end.saturating_sub(at);
        if left == 0 {
            return Ok(None);
        }
        let mut chunk = Buffer::take(usize::try_from(left).unwrap_or(CHUNK));
        let cached = cached(&file, &mut chunk, at);
        let (file, chunk) = if cached > 0 {
            chunk.filled = cached;
            (file, chunk)
        } else {
            tokio::task::spawn_blocking(move || {
                (&file).seek(SeekFrom::Start(at))?;
                (&file).read_exact(chunk.wanted())?;
                io::Result::Ok((file, chunk))
            })
            .await??
        };
        let next = at + chunk.filled as u64;
        Ok(Some((Bytes::from_owner(chunk), (file, next))))
    })
}

/// Reads what needs no disk; 0 where that is nothing, or where the system cannot tell.
#[cfg(target_os = "linux")]
fn cached(file: &File, chunk: &mut Buffer, at: u64) -> usize {
    use rustix::io::{IoSliceMut, ReadWriteFlags, preadv2};
    preadv2(file, &mut [IoSliceMut::new(chunk.wanted())], at, ReadWriteFlags::NOWAIT).unwrap_or(0)
}

#[cfg(not(target_os = "linux"))]
fn cached(_: &File, _: &mut Buffer, _: u64) -> usize {
    0
}

static BUFFERS: Mutex<Vec<Box<[u8]>>> = Mutex::new(Vec::new());

/// A buffer that outlives its chunk: clearing a new one for each costs a tenth of the download.
struct Buffer {
    bytes: Box<[u8]>,
    filled: usize,
}

impl Buffer {
    /// A buffer for so many bytes, or for a chunk of them. What it held before is overwritten up to `filled`, and
    /// nothing beyond is handed out.
    fn take(wanted: usize) -> Self {
        let kept = BUFFERS.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let bytes = kept.unwrap_or_else(|| vec![0; CHUNK].into_boxed_slice());
        let filled = wanted.min(bytes.len());
        Self { bytes, filled }
    }

    fn wanted(&mut self) -> &mut [u8] {
        self.bytes.get_mut(..self.filled).unwrap_or_default()
    }
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(..self.filled).unwrap_or_default()
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        let mut buffers = BUFFERS.lock().unwrap_or_else(PoisonError::into_inner);
        if buffers.len() < KEPT {
            buffers.push(std::mem::take(&mut self.bytes));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use futures::TryStreamExt as _;

    use super::*;

    /// A file of so many bytes, none like its neighbours.
    fn file(length: usize) -> (File, Vec<u8>) {
        let bytes: Vec<u8> = (0..length).map(|at| u8::try_from(at * 31 % 251).unwrap()).collect();
        let mut file = tempfile();
        file.write_all(&bytes).unwrap();
        (file, bytes)
    }

    fn tempfile() -> File {
        let path = std::env::temp_dir().join(format!("kontor-read-{}", uuid::Uuid::now_v7()));
        let file = File::options().create_new(true).read(true).write(true).open(&path).unwrap();
        std::fs::remove_file(path).unwrap();
        file
    }

    async fn read(file: File, range: Range<u64>) -> io::Result<Vec<u8>> {
        Ok(chunks(file, range).try_collect::<Vec<_>>().await?.concat())
    }

    #[tokio::test]
    async fn any_range_arrives_as_it_is() {
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7] {
            let (file, bytes) = file(length);
            let end = length as u64;
            for range in [0..end, end / 3..end, 0..end / 2, end / 3..end / 2] {
                let expected = &bytes[usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap()];
                let read = read(file.try_clone().unwrap(), range.clone()).await.unwrap();
                assert!(read == expected, "{range:?} of {length}");
            }
        }
    }

    #[tokio::test]
    async fn a_file_that_ends_early_is_an_error() {
        let (file, _) = file(1000);
        let error = read(file, 0..2000).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }
}
