//! Writing a file while it arrives.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::{Stream, StreamExt as _, pin_mut};
use object_store::{ObjectStore as _, PutMultipartOptions, WriteMultipart};
use sha2::{Digest as _, Sha256};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::sealed::{ObjectKey, Sealing};
use super::{ANSWER, FileName, Files, SILENCE, key_place, within, within_that};

/// Part size of a bucket upload: S3 takes parts from 5 MiB and at most 10,000 of them, so this reaches 80 GB.
const PART: usize = 8 * 1024 * 1024;
/// What is handed to a folder at once: it has no least size.
const PIECE: usize = 512 * 1024;
/// Parts that one upload has in memory, where there is room: one is filled while the other is sent.
const PARTS: usize = 2;
/// Parts that all uploads into a bucket have in memory together, at most: 768 MiB.
const ROOM: usize = 96;
/// A line to the store that takes fewer bytes in a second is none.
const SLOWEST: u64 = 512 * 1024;
/// So many bytes in a second a store puts together, at least, when it has all the parts of a file.
const ASSEMBLY: u64 = 64 * 1024 * 1024;
/// How much of the beginning is kept to tell the type by content.
const HEAD: usize = 8 * 1024;

/// A file that is durably stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Bytes.
    pub size: i64,
    /// SHA-256 of the bytes.
    pub sha256: Vec<u8>,
    /// The first bytes, to tell the type by.
    pub head: Vec<u8>,
    /// Its own key, sealed; none: it lies there as it is.
    pub sealed_key: Option<Vec<u8>>,
}

/// Why a file was not stored. Nothing of it remains, unless the store is away: then nobody knows.
#[derive(Debug)]
pub enum PutError {
    /// It is longer than this many bytes; noticed while it streamed.
    TooLarge(u64),
    /// It has no bytes.
    Empty,
    /// It is not taken, for what its beginning shows: why, in words.
    Refused(String),
    /// The sender broke off or sent something malformed.
    Sender(String),
    /// The store is away or full.
    Store(object_store::Error),
}

/// Sealing fails only where the library does.
fn broken(error: std::io::Error) -> PutError {
    PutError::Store(object_store::Error::Generic { store: "sealed", source: error.into() })
}

/// What uploads into one store may take of memory and of time.
#[derive(Clone, Debug)]
pub(super) struct Room {
    part: usize,
    /// Parts that may be in memory.
    places: Arc<Semaphore>,
    is_folder: bool,
}

impl Room {
    pub(super) fn of_bucket() -> Self {
        Self { part: PART, places: Arc::new(Semaphore::new(ROOM)), is_folder: false }
    }

    /// Pieces are small enough for as many uploads as there may be.
    pub(super) fn of_folder() -> Self {
        Self { part: PIECE, places: Arc::new(Semaphore::new(Semaphore::MAX_PERMITS)), is_folder: true }
    }

    /// A place for one part. Who comes when all are taken waits as long as a sender may be silent.
    async fn place(&self) -> Result<OwnedSemaphorePermit, PutError> {
        let place = tokio::time::timeout(SILENCE, self.places.clone().acquire_owned()).await;
        place.ok().and_then(Result::ok).ok_or_else(|| {
            PutError::Store(object_store::Error::Generic { store: "store", source: "too many uploads at once".into() })
        })
    }

    /// How long the store may take for so many bytes that are on their way, and to put a file of this size together when
    /// they are there: longer than for any other answer where there is much, since a store that is slow is not away. A
    /// folder is not timed: nor is a disk that is slow to sync, and what was begun there cannot be called off.
    fn patience(&self, sending: u64, file: u64) -> Duration {
        if self.is_folder {
            return Duration::MAX;
        }
        ANSWER + Duration::from_secs(sending / SLOWEST + file / ASSEMBLY)
    }
}

/// Takes a half-written upload away when the request is cancelled.
struct Writing {
    write: Option<WriteMultipart>,
    sealing: Option<Sealing>,
    room: Room,
    /// For the parts it has in memory.
    place: OwnedSemaphorePermit,
    /// Bytes that were written.
    written: u64,
}

impl Drop for Writing {
    fn drop(&mut self) {
        if let Some(write) = self.write.take()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn(within(write.abort()));
        }
    }
}

impl Files {
    /// Streams a file into the store under a new key. Returns only when it is durable. Refuses while it streams
    /// whatever is longer than `limit` bytes, and whatever `check` refuses of its first bytes.
    pub async fn put<E: std::fmt::Display>(
        &self,
        key: &str,
        stream: impl Stream<Item = Result<Bytes, E>>,
        limit: u64,
        check: impl Fn(&[u8]) -> Result<(), String> + Send,
    ) -> Result<Stored, PutError> {
        self.put_named(key, None, stream, limit, check).await
    }

    /// The same for what people download under this name.
    pub async fn put_named<E: std::fmt::Display>(
        &self,
        key: &str,
        name: Option<&FileName>,
        stream: impl Stream<Item = Result<Bytes, E>>,
        limit: u64,
        check: impl Fn(&[u8]) -> Result<(), String> + Send,
    ) -> Result<Stored, PutError> {
        let path = self.path(key);
        let place = self.room.place().await?;
        let own = self.seal.as_ref().filter(|seal| seal.new).map(|seal| (seal, ObjectKey::generate()));
        let options = PutMultipartOptions { attributes: self.told(name, own.is_some()), ..Default::default() };
        let upload = within(self.store.put_multipart_opts(&path, options)).await.map_err(PutError::Store)?;
        let sealing = own.as_ref().map(|(_, key)| Sealing::new(key)).transpose().map_err(broken)?;
        let write = Some(WriteMultipart::new_with_chunk_size(upload, self.room.part));
        let mut writing = Writing { write, sealing, room: self.room.clone(), place, written: 0 };
        match writing.receive(stream, limit, check).await {
            Ok(mut stored) => {
                stored.sealed_key = own.map(|(seal, own)| seal.secrets.seal(&key_place(key), own.bytes()));
                if let Some(write) = writing.write.take() {
                    let sending = writing.written.min((PARTS as u64 + 1) * self.room.part as u64);
                    let patience = self.room.patience(sending, writing.written);
                    within_that(patience, write.finish()).await.map_err(PutError::Store)?;
                }
                Ok(stored)
            }
            // Nobody waits once more for a store that is away; what it has already, it is asked to forget meanwhile.
            Err(error @ PutError::Store(_)) => Err(error),
            Err(error) => {
                // Waited for: when the sender hears of the refusal, nothing is left of the file.
                if let Some(write) = writing.write.take()
                    && let Err(error) = within(write.abort()).await
                {
                    tracing::warn!(%error, "refused upload left for the sweeper");
                }
                Err(error)
            }
        }
    }
}

impl Writing {
    async fn receive<E: std::fmt::Display>(
        &mut self,
        stream: impl Stream<Item = Result<Bytes, E>>,
        limit: u64,
        check: impl Fn(&[u8]) -> Result<(), String>,
    ) -> Result<Stored, PutError> {
        pin_mut!(stream);
        let mut hasher = Sha256::new();
        let mut head = Vec::new();
        let mut size: u64 = 0;
        while let Some(chunk) = stream.next().await {
            let chunk = chunk.map_err(|e| PutError::Sender(e.to_string()))?;
            size += chunk.len() as u64;
            if size > limit {
                return Err(PutError::TooLarge(limit));
            }
            hasher.update(&chunk);
            if let Some(missing) = HEAD.checked_sub(head.len()).filter(|missing| *missing > 0) {
                head.extend_from_slice(chunk.get(..missing.min(chunk.len())).unwrap_or_default());
                if head.len() == HEAD {
                    check(&head).map_err(PutError::Refused)?;
                }
            }
            match &mut self.sealing {
                Some(sealing) => {
                    for sealed in sealing.push(&chunk).map_err(broken)? {
                        self.put(sealed).await?;
                    }
                }
                None => self.put(chunk).await?,
            }
        }
        if size == 0 {
            return Err(PutError::Empty);
        }
        if head.len() < HEAD {
            check(&head).map_err(PutError::Refused)?;
        }
        if let Some(sealing) = self.sealing.take() {
            self.put(sealing.finish().map_err(broken)?).await?;
        }
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        Ok(Stored { size, sha256: hasher.finalize().to_vec(), head, sealed_key: None })
    }

    async fn put(&mut self, bytes: Bytes) -> Result<(), PutError> {
        let Some(write) = &mut self.write else { return Ok(()) };
        self.written += bytes.len() as u64;
        if self.written >= self.room.part as u64
            && self.place.num_permits() < PARTS
            && let Ok(more) = self.room.places.clone().try_acquire_owned()
        {
            self.place.merge(more);
        }
        // With a single place the part that was filled is gone before the next one is begun.
        let places = self.place.num_permits();
        let patience = self.room.patience(places as u64 * self.room.part as u64, 0);
        within_that(patience, write.wait_for_capacity(places)).await.map_err(PutError::Store)?;
        write.put(bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use futures::stream;
    use object_store::memory::InMemory;
    use tokio::sync::Barrier;

    use super::*;

    #[tokio::test]
    async fn more_uploads_than_there_is_room_for_wait_and_are_all_stored() {
        let files = Files::with_store(Arc::new(InMemory::new()));
        let (now, most, all) = (Cell::new(0_usize), Cell::new(0_usize), Barrier::new(ROOM));
        let (now, most, all) = (&now, &most, &all);
        let uploads = (0..2 * ROOM).map(|at| {
            let files = &files;
            // Asked for its first byte only by who has a place.
            let bytes = stream::once(async move {
                now.set(now.get() + 1);
                most.set(most.get().max(now.get()));
                // Goes on when every place is taken.
                all.wait().await;
                now.set(now.get() - 1);
                Ok::<_, String>(Bytes::from_static(b"content"))
            });
            async move { files.put(&format!("documents/{at}/content"), bytes, 100, |_| Ok(())).await }
        });
        let stored = futures::future::join_all(uploads).await;
        assert!(stored.iter().all(Result::is_ok));
        assert_eq!(most.get(), ROOM);
        assert_eq!(files.room.places.available_permits(), ROOM, "every place is given back");
    }

    #[tokio::test]
    async fn a_long_file_is_stored_with_a_single_place_too() {
        let files = Files::with_store(Arc::new(InMemory::new()));
        let others = files.room.places.clone().acquire_many_owned(u32::try_from(ROOM - 1).unwrap()).await.unwrap();
        let bytes = stream::iter((0..40).map(|_| Ok::<_, String>(Bytes::from(vec![7; 500_000]))));
        let stored = files.put("documents/1/content", bytes, 30_000_000, |_| Ok(())).await.unwrap();
        assert_eq!(stored.size, 20_000_000);
        drop(others);
        assert_eq!(files.room.places.available_permits(), ROOM);
    }

    #[test]
    fn a_small_file_has_the_time_of_any_answer_and_a_long_one_more() {
        let room = Room::of_bucket();
        assert_eq!(room.patience(10_000, 10_000), ANSWER);
        let long = room.patience(3 * PART as u64, 2_000_000_000);
        assert!(long > ANSWER && long < Duration::from_secs(120), "{long:?}");
        assert_eq!(Room::of_folder().patience(10_000, 10_000), Duration::MAX);
    }
}
