//! Writing a file while it arrives.

use bytes::Bytes;
use futures::{Stream, StreamExt as _, pin_mut};
use object_store::{ObjectStore as _, PutMultipartOptions, WriteMultipart};
use sha2::{Digest as _, Sha256};

use super::sealed::{ObjectKey, Sealing};
use super::{FileName, Files, key_place, within};

/// Part size of a bucket upload: S3 takes parts from 5 MiB and at most 10,000 of them, so this reaches 80 GB.
const PART: usize = 8 * 1024 * 1024;
/// Parts in flight at once; with the one being filled, what an upload holds in memory.
const IN_FLIGHT: usize = 2;
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

/// Why a file was not stored. Nothing of it remains.
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

/// Takes a half-written upload away when the request is cancelled.
struct Writing {
    write: Option<WriteMultipart>,
    sealing: Option<Sealing>,
}

impl Drop for Writing {
    fn drop(&mut self) {
        if let Some(write) = self.write.take()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn(write.abort());
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
        let own = self.seal.as_ref().filter(|seal| seal.new).map(|seal| (seal, ObjectKey::generate()));
        let options = PutMultipartOptions { attributes: self.told(name, own.is_some()), ..Default::default() };
        let upload = within(self.store.put_multipart_opts(&path, options)).await.map_err(PutError::Store)?;
        let sealing = own.as_ref().map(|(_, key)| Sealing::new(key)).transpose().map_err(broken)?;
        let mut writing = Writing { write: Some(WriteMultipart::new_with_chunk_size(upload, PART)), sealing };
        match writing.receive(stream, limit, check).await {
            Ok(mut stored) => {
                stored.sealed_key = own.map(|(seal, own)| seal.secrets.seal(&key_place(key), own.bytes()));
                if let Some(write) = writing.write.take() {
                    write.finish().await.map_err(PutError::Store)?;
                }
                Ok(stored)
            }
            Err(error) => {
                // Waited for: when the sender hears of the refusal, nothing is left of the file.
                if let Some(write) = writing.write.take()
                    && let Err(error) = write.abort().await
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
        if let Some(write) = &mut self.write {
            write.wait_for_capacity(IN_FLIGHT).await.map_err(PutError::Store)?;
            write.put(bytes);
        }
        Ok(())
    }
}
