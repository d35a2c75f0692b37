//! Where files lie: one folder, or a bucket (S3, Google, Azure), chosen by URL. Keys are generated; names,
//! types, sizes and hashes live in the database.

mod link;
mod media_type;
mod name;
mod put;
mod read;
mod sealed;
mod silence;
mod watched;

pub use link::{LIFE, Link};
pub use media_type::{media_type, served_type};
pub use name::{FileName, disposition};
pub use put::{PutError, Stored};
pub use silence::until_silent;
pub use watched::{Lying, Watched};

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::StreamExt as _;
use futures::stream::BoxStream;
use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::signer::Signer;
use object_store::{
    BackoffConfig, ClientOptions, GetOptions, GetRange, GetResultPayload, ObjectStore, ObjectStoreExt as _, PutPayload,
    RetryConfig,
};
use url::Url;

use self::put::Room;
use self::sealed::{ObjectKey, Part};
use crate::secrets::Secrets;

/// How long the store may take to begin an answer before the request becomes a 503.
const ANSWER: Duration = Duration::from_secs(8);
/// A store that sends nothing of a file for so long is away. A place for an upload is waited for as long.
const SILENCE: Duration = Duration::from_secs(30);

/// What is said of a URL that names no store.
const UNKNOWN: &str = "must start with file:, s3://, gs:// or az://";
/// A file as the database knows it.
#[derive(Clone, Debug)]
pub struct Object {
    /// Where it lies.
    pub key: String,
    /// Bytes, plain.
    pub size: i64,
    /// Its own key, sealed; none: it lies there as it is.
    pub sealed_key: Option<Vec<u8>>,
}

/// How files are sealed.
#[derive(Clone, Debug)]
struct Seal {
    /// Opens and seals the keys of files.
    secrets: Secrets,
    /// New files are sealed.
    new: bool,
}

/// The place for which the key of a file is sealed.
pub fn key_place(key: &str) -> String {
    format!("object:{key}")
}

/// The store of all files. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    /// The same store, where it can sign links.
    signer: Option<Arc<dyn Signer>>,
    /// Links are given out.
    links: bool,
    seal: Option<Seal>,
    prefix: Path,
    kind: &'static str,
    /// Of a local folder.
    root: Option<PathBuf>,
    /// For what is being uploaded.
    room: Room,
}

/// How a bucket's server is reached. A call has its own limit (see `within`), and files take as long as they take.
pub fn client_options() -> ClientOptions {
    ClientOptions::new().with_connect_timeout(Duration::from_secs(4)).with_timeout_disabled()
}

/// How often a bucket's server is asked again, within the time for an answer.
pub fn retry_config() -> RetryConfig {
    RetryConfig {
        backoff: BackoffConfig { init_backoff: Duration::from_millis(100), ..BackoffConfig::default() },
        max_retries: 2,
        retry_timeout: Duration::from_secs(6),
    }
}

impl Files {
    /// Opens the store a `KONTOR_STORE_URL` names: `file:PATH`, `s3://bucket/prefix`, `gs://..`, `az://..`.
    /// Buckets take their credentials from the providers' usual variables.
    pub fn open(url: &str) -> Result<Self, String> {
        if let Some(path) = Self::folder(url) {
            return Self::open_folder(path);
        }
        let parsed = Url::parse(url).map_err(|_| "not a URL".to_owned())?;
        let prefix = Path::parse(parsed.path().trim_matches('/')).map_err(|e| e.to_string())?;
        let (client, retry) = (client_options(), retry_config());
        let bucket = format!("{}://{}", parsed.scheme(), parsed.host_str().unwrap_or_default());
        let failed = |e: object_store::Error| e.to_string();
        let files = match parsed.scheme() {
            "s3" => {
                let builder = AmazonS3Builder::from_env().with_url(bucket).with_retry(retry);
                // AWS_ALLOW_HTTP belongs to the client options that replace those read from the environment.
                #[expect(clippy::disallowed_methods, reason = "a provider's variable, not ours")]
                let http = std::env::var("AWS_ALLOW_HTTP").is_ok_and(|v| v == "true" || v == "1");
                let builder = builder.with_client_options(client.with_allow_http(http));
                Self { kind: "S3", ..Self::with_signing_store(Arc::new(builder.build().map_err(failed)?)) }
            }
            "gs" => {
                let builder = GoogleCloudStorageBuilder::from_env().with_url(bucket).with_retry(retry);
                let store = builder.with_client_options(client).build().map_err(failed)?;
                Self { kind: "Google Cloud Storage", ..Self::with_signing_store(Arc::new(store)) }
            }
            "az" | "abfs" => {
                let builder = MicrosoftAzureBuilder::from_env().with_url(bucket).with_retry(retry);
                let store = builder.with_client_options(client).build().map_err(failed)?;
                Self { kind: "Azure", ..Self::with_signing_store(Arc::new(store)) }
            }
            _ => return Err(UNKNOWN.into()),
        };
        Ok(Self { prefix, ..files })
    }

    /// Whether a `KONTOR_STORE_URL` names a store, without opening it.
    pub fn check_url(url: &str) -> Result<(), String> {
        match Self::folder(url) {
            Some(path) if path.as_os_str().is_empty() => Err("file: needs a path".into()),
            Some(_) => Ok(()),
            None if ["s3://", "gs://", "az://", "abfs://"].iter().any(|scheme| url.starts_with(scheme)) => Ok(()),
            None => Err(UNKNOWN.into()),
        }
    }

    /// The folder that a `KONTOR_STORE_URL` names; none: it names a bucket.
    pub fn folder(url: &str) -> Option<PathBuf> {
        let path = url.strip_prefix("file:")?;
        Some(path.strip_prefix("//").unwrap_or(path).into())
    }

    /// A folder on this machine, made if it is missing; every file is synced before it counts as stored.
    pub fn open_folder(path: PathBuf) -> Result<Self, String> {
        std::fs::create_dir_all(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let store = LocalFileSystem::new_with_prefix(&path).map_err(|e| e.to_string())?;
        let store = store.with_fsync(true).with_automatic_cleanup(true);
        let room = Room::of_folder();
        Ok(Self { kind: "folder", root: Some(path), room, ..Self::with_store(Arc::new(store)) })
    }

    /// Any other store: memory, or one that fails on purpose, in tests.
    pub fn with_store(store: Arc<dyn ObjectStore>) -> Self {
        let (prefix, room) = (Path::default(), Room::of_bucket());
        Self { store, signer: None, links: false, seal: None, prefix, kind: "custom", root: None, room }
    }

    /// The same, of one that can sign links.
    pub fn with_signing_store<S: ObjectStore + Signer>(store: Arc<S>) -> Self {
        Self { signer: Some(store.clone()), ..Self::with_store(store) }
    }

    /// What lies below this prefix of the same store.
    #[must_use]
    pub fn below(self, prefix: &str) -> Self {
        Self { prefix: self.path(prefix), ..self }
    }

    /// The same store with the installation's key. `new`: files that come from now on are sealed, each with a key of its
    /// own; those that are sealed already can be read either way.
    #[must_use]
    pub fn sealed(self, secrets: Secrets, new: bool) -> Self {
        Self { seal: Some(Seal { secrets, new }), ..self }
    }

    /// Whether new files are sealed.
    pub fn seals(&self) -> bool {
        self.seal.as_ref().is_some_and(|seal| seal.new)
    }

    /// What kind of store, for `kontor doctor`.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    fn path(&self, key: &str) -> Path {
        self.prefix.parts().chain(Path::from(key).parts()).collect()
    }

    /// Reads a file, or a part of it, as a stream. Memory does not grow with the file. One that was sealed comes plain.
    pub async fn get(
        &self,
        object: &Object,
        range: Option<Range<u64>>,
    ) -> object_store::Result<BoxStream<'static, std::io::Result<Bytes>>> {
        let Some(sealed_key) = &object.sealed_key else { return self.stored(&object.key, range).await };
        let failed =
            |source: Box<dyn std::error::Error + Send + Sync>| object_store::Error::Generic { store: "sealed", source };
        let bytes = self.seal.as_ref().and_then(|seal| seal.secrets.open(&key_place(&object.key), sealed_key));
        let key = bytes.and_then(|bytes| ObjectKey::from_bytes(&bytes));
        let key = key.ok_or_else(|| failed("the file's key does not open".into()))?;
        let size = u64::try_from(object.size).unwrap_or(0);
        let part = Part::of(size, range.unwrap_or(0..size));
        let stored = self.stored(&object.key, Some(part.stored.clone())).await?;
        Ok(sealed::open(&key, part, stored).map_err(|e| failed(e.into()))?.boxed())
    }

    /// The bytes as they lie in the store.
    async fn stored(
        &self,
        key: &str,
        range: Option<Range<u64>>,
    ) -> object_store::Result<BoxStream<'static, std::io::Result<Bytes>>> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        let path = self.path(key);
        let result = within(self.store.get_opts(&path, options)).await?;
        let range = result.range.clone();
        match result.payload {
            GetResultPayload::File(file, _) => Ok(read::chunks(file, range).boxed()),
            GetResultPayload::Stream(stream) => Ok(heard(stream)),
        }
    }

    /// Removes a file; one that is not there is fine.
    pub async fn delete(&self, key: &str) -> object_store::Result<()> {
        match within(self.store.delete(&self.path(key))).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            other => return other,
        }
        if let Some(root) = self.root.clone() {
            let path = root.join(key);
            let _ = tokio::task::spawn_blocking(move || remove_staged(&path)).await;
        }
        Ok(())
    }

    /// Whether the file is there.
    pub async fn exists(&self, key: &str) -> object_store::Result<bool> {
        match within(self.store.head(&self.path(key))).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(e) => Err(e),
        }
    }

    /// Whether the store answers: asks for an object that need not exist.
    pub async fn ping(&self) -> object_store::Result<()> {
        self.exists("readiness").await.map(|_| ())
    }

    /// Whether files can be written, found again and deleted: does so with a small one of its own.
    pub async fn probe(&self) -> Result<(), String> {
        let key = format!("probes/{}/content", uuid::Uuid::now_v7());
        within(self.store.put(&self.path(&key), PutPayload::from_static(b"probe")))
            .await
            .map_err(|e| format!("cannot be written: {e}"))?;
        let found = self.exists(&key).await;
        self.delete(&key).await.map_err(|e| format!("can be written, but nothing can be deleted: {e}"))?;
        match found {
            Ok(true) => Ok(()),
            Ok(false) => Err("does not have what was written".to_owned()),
            Err(e) => Err(format!("can be written, but not be read: {e}")),
        }
    }
}

/// A killed upload leaves `NAME#1` beside the name it would have had; each object has its own folder.
fn remove_staged(path: &std::path::Path) {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name().and_then(|n| n.to_str())) else { return };
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(|n| n.strip_prefix(name).is_some_and(|rest| rest.starts_with('#'))) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
    // Only when it is empty.
    let _ = std::fs::remove_dir(folder);
}

/// What a store sends, until it falls silent.
fn heard(stream: BoxStream<'static, object_store::Result<Bytes>>) -> BoxStream<'static, std::io::Result<Bytes>> {
    let silent = || std::io::Error::new(std::io::ErrorKind::TimedOut, "the store fell silent");
    until_silent(SILENCE, stream.map(|chunk| chunk.map_err(std::io::Error::other)), silent).boxed()
}

/// An answer within [`ANSWER`], or the error that becomes a 503.
async fn within<T>(call: impl Future<Output = object_store::Result<T>>) -> object_store::Result<T> {
    within_that(ANSWER, call).await
}

/// The same for what takes another time.
async fn within_that<T>(
    limit: Duration,
    call: impl Future<Output = object_store::Result<T>>,
) -> object_store::Result<T> {
    tokio::time::timeout(limit, call)
        .await
        .unwrap_or_else(|_| Err(object_store::Error::Generic { store: "store", source: "no answer in time".into() }))
}
