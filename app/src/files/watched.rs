//! A prefix of a bucket that another program writes into, and that is emptied by moving what was taken.

use std::time::Duration;

use bytes::Bytes;
use futures::TryStreamExt as _;
use futures::stream::BoxStream;
use object_store::path::Path;
use object_store::{Error, GetOptions, ObjectMeta, ObjectStore as _, ObjectStoreExt as _, PutPayload, Result};

use super::{Files, heard, within, within_that};

/// Copying a large object takes the store a while.
const COPY: Duration = Duration::from_secs(600);
/// The most objects of one name that are put away in one folder.
const NAMESAKES: u32 = 1000;

/// The prefix. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Watched(Files);

/// An object that lies there.
#[derive(Clone, Debug)]
pub struct Lying {
    /// Its name within its folder, as the store writes it.
    pub name: String,
    /// Bytes.
    pub size: i64,
    /// The same at two looks, it is the same object.
    pub stamp: i64,
    meta: ObjectMeta,
}

/// What the store calls an object; some write it with quotes in one answer and without in another.
fn tag(meta: &ObjectMeta) -> &str {
    meta.e_tag.as_deref().unwrap_or_default().trim_start_matches("W/").trim_matches('"')
}

/// Whether two answers tell of the same object. Of times some tell the seconds only.
fn same(a: &ObjectMeta, b: &ObjectMeta) -> bool {
    let seconds = |meta: &ObjectMeta| meta.last_modified.timestamp();
    a.size == b.size && tag(a) == tag(b) && (!tag(a).is_empty() || seconds(a) == seconds(b))
}

/// What tells an object from another under the same name: when it was written, and what the store calls it.
fn stamp(meta: &ObjectMeta) -> i64 {
    use sha2::{Digest as _, Sha256};
    let mut hasher = Sha256::new();
    hasher.update(meta.last_modified.timestamp_micros().to_be_bytes());
    hasher.update(tag(meta));
    hasher.finalize().first_chunk().map_or(0, |first| i64::from_be_bytes(*first))
}

impl Watched {
    /// Opens the prefix that a `KONTOR_IMPORT_URL` names: `s3://bucket/prefix`, `gs://..`, `az://..`.
    pub fn open(url: &str) -> std::result::Result<Self, String> {
        if url.starts_with("file:") {
            return Err("a folder is named by KONTOR_IMPORT_DIR".to_owned());
        }
        Files::open(url).map(Self).map_err(|error| error.replace("file:, ", ""))
    }

    /// A bucket that is open already: tests bring their own.
    pub const fn of(files: Files) -> Self {
        Self(files)
    }

    /// What kind of store, for `kontor doctor`.
    pub fn kind(&self) -> &'static str {
        self.0.kind()
    }

    /// Whether it can be looked into.
    pub async fn check(&self) -> Result<()> {
        let mut objects = self.0.store.list(Some(&self.0.prefix));
        within(objects.try_next()).await.map(|_| ())
    }

    /// What lies directly in a folder, by name, and is wanted; no more than so much.
    pub async fn list(&self, folder: &str, wanted: fn(&str) -> bool, most: usize) -> Result<Vec<Lying>> {
        let folder = self.0.path(folder);
        let mut objects = self.0.store.list(Some(&folder));
        let mut found = Vec::new();
        while let Some(meta) = within(objects.try_next()).await? {
            let depth = meta.location.prefix_match(&folder).map_or(0, Iterator::count);
            let Some(name) = meta.location.filename().filter(|name| depth == 1 && wanted(name)) else { continue };
            found.push(Lying {
                name: name.to_owned(),
                size: i64::try_from(meta.size).unwrap_or(i64::MAX),
                stamp: stamp(&meta),
                meta: meta.clone(),
            });
            if found.len() == most {
                break;
            }
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(found)
    }

    /// Reads an object as a stream. None: it is another one by now, or gone.
    pub async fn read(&self, lying: &Lying) -> Result<Option<BoxStream<'static, std::io::Result<Bytes>>>> {
        match within(self.0.store.get_opts(&lying.meta.location, GetOptions::default())).await {
            Ok(found) if same(&found.meta, &lying.meta) => Ok(Some(heard(found.into_stream()))),
            Ok(_) | Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Moves an object into a folder, beside what has its name there, with a report if there is one. One that was written
    /// anew meanwhile stays, and is found at the next look.
    pub async fn put_away(&self, lying: &Lying, folder: &str, report: Option<&[u8]>) -> Result<()> {
        let to = self.free(folder, &lying.name).await?;
        within_that(COPY, self.0.store.copy(&lying.meta.location, &to)).await?;
        if let Some(report) = report {
            let beside = Path::parse(format!("{to}.txt"))?;
            within(self.0.store.put(&beside, PutPayload::from(report.to_vec()))).await?;
        }
        let now = within(self.0.store.head(&lying.meta.location)).await?;
        if same(&now, &lying.meta) {
            within(self.0.store.delete(&lying.meta.location)).await?;
        }
        Ok(())
    }

    /// A path in a folder that nothing has.
    async fn free(&self, folder: &str, name: &str) -> Result<Path> {
        let folder = self.0.path(folder);
        for at in 0..NAMESAKES {
            let to = if at == 0 { format!("{folder}/{name}") } else { format!("{folder}/{at}-{name}") };
            let to = Path::parse(to)?;
            match within(self.0.store.head(&to)).await {
                Err(Error::NotFound { .. }) => return Ok(to),
                Ok(_) => {}
                Err(error) => return Err(error),
            }
        }
        Err(Error::Generic { store: "store", source: "no free name".into() })
    }
}
