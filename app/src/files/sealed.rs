//! Files that are sealed in the store, each with a key of its own (AES-256-GCM, NIST SP 800-38D). Its key lies in the
//! database, itself sealed with the installation's key: without either, the bytes are noise, and a file whose row is
//! deleted cannot be read from any copy of the store.
//!
//! A file is sealed in chunks, so that a part of it can be read and nothing is handed out before it is proved. The number
//! of a chunk and whether it is the last one are in its nonce (the STREAM construction, Hoang, Reyhanitabar, Rogaway and
//! Vizar 2015): chunks cannot be cut off, reordered or taken from another file.

use std::fmt;
use std::io;
use std::ops::Range;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt as _};
use rand::RngExt as _;

/// Bytes of a key.
const KEY: usize = 32;
/// Bytes of a chunk before it is sealed.
const CHUNK: usize = 64 * 1024;
/// What sealing adds to a chunk.
const TAG: usize = 16;
/// Bytes of a sealed chunk.
const SEALED: usize = CHUNK + TAG;

/// The key of one file. Never printed.
#[derive(Clone)]
pub(super) struct ObjectKey([u8; KEY]);

impl fmt::Debug for ObjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ObjectKey(..)")
    }
}

impl ObjectKey {
    pub(super) fn generate() -> Self {
        Self(rand::rng().random())
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub(super) const fn bytes(&self) -> &[u8] {
        &self.0
    }

    fn cipher(&self) -> io::Result<LessSafeKey> {
        let key = UnboundKey::new(&AES_256_GCM, &self.0).map_err(|_| io::Error::other("no such key"))?;
        Ok(LessSafeKey::new(key))
    }
}

/// A key seals one file, so the number of a chunk is used once with it.
fn nonce(chunk: u64, last: bool) -> Nonce {
    let mut bytes = [0; 12];
    bytes[3..11].copy_from_slice(&chunk.to_be_bytes());
    bytes[11] = u8::from(last);
    Nonce::assume_unique_for_key(bytes)
}

/// Seals a file while it arrives. A chunk goes out when it is known whether another one follows.
pub(super) struct Sealing {
    cipher: LessSafeKey,
    chunk: u64,
    waiting: Vec<u8>,
}

impl Sealing {
    pub(super) fn new(key: &ObjectKey) -> io::Result<Self> {
        Ok(Self { cipher: key.cipher()?, chunk: 0, waiting: Vec::with_capacity(SEALED) })
    }

    fn seal(&mut self, last: bool) -> io::Result<Bytes> {
        let mut bytes = std::mem::replace(&mut self.waiting, Vec::with_capacity(SEALED));
        let nonce = nonce(self.chunk, last);
        self.cipher
            .seal_in_place_append_tag(nonce, Aad::empty(), &mut bytes)
            .map_err(|_| io::Error::other("not sealed"))?;
        self.chunk += 1;
        Ok(bytes.into())
    }

    /// What is complete with these bytes.
    pub(super) fn push(&mut self, mut bytes: &[u8]) -> io::Result<Vec<Bytes>> {
        let mut sealed = Vec::new();
        while !bytes.is_empty() {
            if self.waiting.len() == CHUNK {
                sealed.push(self.seal(false)?);
            }
            let (now, later) = bytes.split_at(bytes.len().min(CHUNK - self.waiting.len()));
            self.waiting.extend_from_slice(now);
            bytes = later;
        }
        Ok(sealed)
    }

    /// The last chunk.
    pub(super) fn finish(mut self) -> io::Result<Bytes> {
        self.seal(true)
    }
}

/// Which part of a sealed file holds a part of the plain one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The number of the first chunk.
    first: u64,
    /// The number of the last chunk of the whole file.
    end: u64,
    /// What to read of the store.
    pub(super) stored: Range<u64>,
    /// What to leave out at the beginning.
    skip: u64,
    /// How much to hand out.
    take: u64,
}

impl Part {
    /// `size`: of the plain file, of which at least a byte is there.
    pub(super) fn of(size: u64, range: Range<u64>) -> Self {
        let chunk = CHUNK as u64;
        let sealed = SEALED as u64;
        let end = size.saturating_sub(1) / chunk;
        let range = range.start.min(size)..range.end.min(size);
        let first = (range.start / chunk).min(end);
        let last = (range.end.saturating_sub(1) / chunk).clamp(first, end);
        let whole = size + (end + 1) * TAG as u64;
        Self {
            first,
            end,
            stored: first * sealed..((last + 1) * sealed).min(whole),
            skip: range.start - first * chunk,
            take: range.end - range.start,
        }
    }
}

/// The plain bytes of a part, from the stored ones. A chunk that was changed ends it with an error, before a byte of that
/// chunk is handed out.
pub(super) fn open<S: Stream<Item = io::Result<Bytes>> + Send + 'static>(
    key: &ObjectKey,
    part: Part,
    stored: S,
) -> io::Result<impl Stream<Item = io::Result<Bytes>> + Send + use<S>> {
    struct Opening<S> {
        stored: std::pin::Pin<Box<S>>,
        cipher: LessSafeKey,
        waiting: BytesMut,
        chunk: u64,
        part: Part,
        over: bool,
    }
    let state = Opening {
        stored: Box::pin(stored),
        cipher: key.cipher()?,
        waiting: BytesMut::with_capacity(SEALED),
        chunk: part.first,
        part,
        over: false,
    };
    Ok(futures::stream::try_unfold(state, |mut state| async move {
        loop {
            if state.part.take == 0 {
                return Ok(None);
            }
            while !state.over && state.waiting.len() < SEALED {
                match state.stored.next().await {
                    Some(bytes) => state.waiting.extend_from_slice(&bytes?),
                    None => state.over = true,
                }
            }
            if state.waiting.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let length = state.waiting.len().min(SEALED);
            let mut bytes = state.waiting.split_to(length);
            let wrong = |_| io::Error::other("a sealed file was changed");
            let nonce = nonce(state.chunk, state.chunk == state.part.end);
            let plain = state.cipher.open_in_place(nonce, Aad::empty(), &mut bytes).map_err(wrong)?.len();
            state.chunk += 1;
            bytes.truncate(plain);
            let skip = usize::try_from(state.part.skip).unwrap_or(usize::MAX).min(plain);
            state.part.skip -= skip as u64;
            let mut plain = bytes.freeze().slice(skip..);
            plain.truncate(usize::try_from(state.part.take).unwrap_or(usize::MAX));
            state.part.take -= plain.len() as u64;
            if !plain.is_empty() {
                return Ok(Some((plain, state)));
            }
        }
    }))
}

#[cfg(test)]
mod tests {
    use futures::TryStreamExt as _;

    use super::*;

    fn plain(length: usize) -> Vec<u8> {
        (0..length).map(|at| u8::try_from(at * 31 % 251).unwrap()).collect()
    }

    fn sealed(key: &ObjectKey, plain: &[u8], piece: usize) -> Vec<u8> {
        let mut sealing = Sealing::new(key).unwrap();
        let mut out = Vec::new();
        for bytes in plain.chunks(piece) {
            out.extend(sealing.push(bytes).unwrap().concat());
        }
        out.extend_from_slice(&sealing.finish().unwrap());
        out
    }

    async fn opened(
        key: &ObjectKey,
        size: usize,
        range: Range<u64>,
        stored: &[u8],
        piece: usize,
    ) -> io::Result<Vec<u8>> {
        let part = Part::of(size as u64, range);
        let within = usize::try_from(part.stored.start).unwrap()..usize::try_from(part.stored.end).unwrap();
        let bytes = stored.get(within).ok_or(io::ErrorKind::UnexpectedEof)?.to_vec();
        let pieces: Vec<_> = bytes.chunks(piece).map(|bytes| Ok(Bytes::copy_from_slice(bytes))).collect();
        let parts: Vec<Bytes> = open(key, part, futures::stream::iter(pieces))?.try_collect().await?;
        Ok(parts.concat())
    }

    #[tokio::test]
    async fn any_part_of_any_length_comes_back_however_it_was_cut() {
        let key = ObjectKey::generate();
        for length in [1, 2, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7] {
            let plain = plain(length);
            let stored = sealed(&key, &plain, 10_007);
            assert_eq!(stored, sealed(&key, &plain, 3 * CHUNK), "however it arrived");
            let end = length as u64;
            for range in [0..end, 0..1, end - 1..end, end / 3..end / 2, end / 2..end] {
                let expected = &plain[usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap()];
                let got = opened(&key, length, range.clone(), &stored, 9_001).await.unwrap();
                assert!(got == expected, "{range:?} of {length}");
            }
        }
    }

    #[tokio::test]
    async fn what_was_changed_cut_off_or_exchanged_is_refused() {
        let key = ObjectKey::generate();
        let plain = plain(3 * CHUNK);
        let stored = sealed(&key, &plain, CHUNK);
        let size = plain.len();
        let whole = 0..size as u64;
        for at in [0, CHUNK / 2, SEALED - 1, SEALED, stored.len() - 1] {
            let mut changed = stored.clone();
            changed[at] ^= 1;
            assert!(opened(&key, size, whole.clone(), &changed, 8192).await.is_err(), "byte {at}");
        }
        // Two chunks in the other order; one chunk fewer, with the size that fits; another file's key.
        let mut swapped = stored.clone();
        swapped[..SEALED].copy_from_slice(&stored[SEALED..2 * SEALED]);
        swapped[SEALED..2 * SEALED].copy_from_slice(&stored[..SEALED]);
        assert!(opened(&key, size, whole.clone(), &swapped, 8192).await.is_err());
        let cut = &stored[..2 * SEALED];
        assert!(opened(&key, 2 * CHUNK, 0..2 * CHUNK as u64, cut, 8192).await.is_err());
        assert!(opened(&key, size, whole, cut, 8192).await.is_err());
        assert!(opened(&ObjectKey::generate(), size, 0..10, &stored, 8192).await.is_err());
    }

    #[test]
    fn nothing_of_the_plain_file_is_in_the_sealed_one() {
        let plain = vec![b'x'; CHUNK * 2];
        let stored = sealed(&ObjectKey::generate(), &plain, CHUNK);
        assert_eq!(stored.len(), plain.len() + 2 * TAG);
        assert!(!stored.windows(8).any(|window| window == b"xxxxxxxx"));
    }
}
