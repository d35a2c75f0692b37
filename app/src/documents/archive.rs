//! Several documents as one zip file, made while it is sent: memory does not grow with it. What is inside can be checked
//! with `sha256sum -c SHA256SUMS`.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;

use async_zip::base::write::ZipFileWriter;
use async_zip::{Compression, ZipDateTimeBuilder, ZipEntryBuilder};
use bytes::Bytes;
use futures::{AsyncWriteExt as _, Stream, StreamExt as _};
use sha2::{Digest as _, Sha256};
use tokio::io::DuplexStream;
use tokio_util::io::ReaderStream;

use crate::access::{Scope, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Value, sql};
use crate::error::{AppError, FieldErrors};
use crate::files::{FileName, Files, Object};
use crate::ids::DocumentId;
use crate::scan;
use crate::time::Instant;

use super::model::{Document, hex};
use super::policy::Download;
use super::scope::{columns, may_see, sources};
use super::{service, store};

/// The most documents of one archive.
pub const MOST: usize = 1000;
/// What waits between the one who packs and the one who sends.
const BUFFER: usize = 256 * 1024;
/// The list of what is inside, in the form of `sha256sum`.
const SUMS: &str = "SHA256SUMS";
/// The list of what was asked for and is not inside.
const LEFT_OUT: &str = "NOT-INCLUDED.txt";

/// Current versions of these documents, as far as the scope reaches.
macro_rules! files {
    ($ids:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            ", v.store_key, v.sealed_key, v.sha256, v.created_at AS version_at FROM documents d ",
            sources!(),
            " WHERE d.id ",
            $ids,
            " AND ",
            may_see!()
        )
    };
}

sql! {
    FILES = sqlite: files!("IN (SELECT unhex(value) FROM json_each($6))"), postgres: files!("= ANY($6)");
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    document: Document,
    store_key: Option<String>,
    sealed_key: Option<Vec<u8>>,
    sha256: Option<Vec<u8>>,
    version_at: Option<Instant>,
}

/// A file that goes into the archive.
#[derive(Clone, Debug)]
struct File {
    document: Document,
    name: String,
    object: Object,
    sha256: Vec<u8>,
    at: Instant,
}

/// What somebody may take away at once, before any byte is read.
#[derive(Debug)]
pub struct Archive {
    files: Vec<File>,
    left_out: Vec<String>,
}

/// Asks for the current versions of these documents. One that is not there, or not theirs, is not found: then nothing is
/// sent. One without a file, or whose file a scanner holds, is left out, and a list inside says so.
pub async fn open(ctx: &Ctx, ids: &[DocumentId]) -> Result<Archive, AppError> {
    // Whoever looks as somebody else takes nothing away in bulk.
    if ctx.actor.viewer().is_some() {
        return Err(AppError::Forbidden);
    }
    let scope = Scope::of(&ctx.actor)?;
    let mut seen = HashSet::new();
    let ids: Vec<DocumentId> = ids.iter().copied().filter(|id| seen.insert(*id)).collect();
    let wrong = |text: String| Err(AppError::Invalid(FieldErrors::one("ids", text)));
    if ids.is_empty() {
        return wrong(ctx.t("archive-error-none").to_owned());
    }
    if ids.len() > MOST {
        return wrong(ctx.with("archive-error-many", &[("max", MOST.into())]));
    }
    let [a, b, c, d, e] = scope.values();
    let wanted = Value::Uuids(ids.iter().map(|id| id.0).collect());
    let rows: Vec<Row> = ctx.db.all(FILES, [a, b, c, d, e, wanted]).await?;
    let mut rows: HashMap<DocumentId, Row> = rows.into_iter().map(|row| (row.document.id, row)).collect();
    let mut archive = Archive { files: Vec::new(), left_out: Vec::new() };
    for id in ids {
        let Row { document, store_key, sealed_key, sha256, version_at } = rows.remove(&id).ok_or(AppError::NotFound)?;
        let document = service::redacted(ctx, grant::<Download, _>(&ctx.actor, document)?.into_row());
        let (Some(key), Some(size), Some(sha256), Some(at)) = (store_key, document.size, sha256, version_at) else {
            archive.left_out.push(format!("{}: {}", document.title, ctx.t("documents-no-file-title")));
            continue;
        };
        if let Some(why) = document.scan.and_then(|known| scan::service::why_held(ctx, known)) {
            archive.left_out.push(format!("{}: {why}", document.title));
            continue;
        }
        let object = Object { key, size, sealed_key };
        archive.files.push(File { document, name: String::new(), object, sha256, at });
    }
    archive.name_files();
    Ok(archive)
}

impl Archive {
    /// Names as they were uploaded, in a folder for each customer where there are several, each once.
    fn name_files(&mut self) {
        let customers: HashSet<_> = self.files.iter().map(|file| file.document.organisation_name.clone()).collect();
        // File systems of customers do not tell `A` from `a`.
        let mut taken: BTreeSet<String> = [SUMS, LEFT_OUT].map(str::to_lowercase).into();
        for file in &mut self.files {
            let plain = FileName::parse(file.document.file_name.as_deref().unwrap_or_default());
            let folder = if customers.len() > 1 {
                format!("{}/", FileName::parse(&file.document.organisation_name.replace(['/', '\\'], "_")).as_str())
            } else {
                String::new()
            };
            let (stem, extension) = plain.as_str().rsplit_once('.').unwrap_or((plain.as_str(), ""));
            let mut number = 1;
            file.name = loop {
                let mut name = format!("{folder}{stem}");
                if number > 1 {
                    let _ = write!(name, " ({number})");
                }
                if !extension.is_empty() {
                    let _ = write!(name, ".{extension}");
                }
                if taken.insert(name.to_lowercase()) {
                    break name;
                }
                number += 1;
            };
        }
    }

    /// Records each download, before the first byte leaves, and packs.
    pub async fn stream(
        self,
        ctx: &Ctx,
    ) -> Result<impl Stream<Item = std::io::Result<Bytes>> + Send + use<>, AppError> {
        let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
        let tx = ctx.db.begin().await?;
        // In one order, and before the trail is taken: whoever adds a version to one of them waits in one place.
        let mut new: Vec<&Document> = self.files.iter().map(|file| &file.document).collect();
        new.retain(|document| ctx.actor.staff().is_none() && document.is_new());
        new.sort_by_key(|document| document.id);
        for document in new {
            store::mark_read(&tx, document.id, user, document.current_version, ctx.now()).await?;
        }
        for file in &self.files {
            let document = &file.document;
            let event = Event::new("document.download", "document", document.id.0)
                .organisation(document.organisation_id)
                .with("version", document.current_version)
                .with("archive", self.files.len());
            audit::record(&tx, ctx, event).await?;
        }
        tx.commit().await?;
        let (ours, theirs) = tokio::io::duplex(BUFFER);
        let files = ctx.files.clone();
        let packing = tokio::spawn(pack(ours, files, self));
        // A zip that is cut off must not look like one that is whole: the connection breaks.
        let end = futures::stream::once(async move {
            match packing.await {
                Ok(Ok(())) => None,
                Ok(Err(error)) => {
                    tracing::warn!(error, "archive broken off");
                    Some(Err(std::io::Error::other("archive broken off")))
                }
                Err(_) => Some(Err(std::io::Error::other("archive broken off"))),
            }
        });
        let end = end.filter_map(std::future::ready);
        Ok(ReaderStream::with_capacity(theirs, BUFFER).chain(end))
    }
}

fn entry(name: &str, at: Instant) -> ZipEntryBuilder {
    let at = at.timestamp().to_zoned(jiff::tz::TimeZone::UTC);
    let unsigned = |number: i8| u32::try_from(number).unwrap_or(0);
    let date = ZipDateTimeBuilder::new()
        .year(i32::from(at.year()).clamp(1980, 2107))
        .month(unsigned(at.month()))
        .day(unsigned(at.day()))
        .hour(unsigned(at.hour()))
        .minute(unsigned(at.minute()))
        .second(unsigned(at.second()))
        .build();
    // Most of what is inside is packed already.
    ZipEntryBuilder::new(name.to_owned().into(), Compression::Stored)
        .last_modification_date(date)
        .unix_permissions(0o644)
}

async fn pack(to: DuplexStream, files: Files, archive: Archive) -> Result<(), String> {
    let mut zip = ZipFileWriter::with_tokio(to);
    let failed = |e: async_zip::error::ZipError| e.to_string();
    let now = archive.files.iter().map(|file| file.at).max().unwrap_or(Instant(0));
    let mut sums = String::new();
    for file in &archive.files {
        let _ = writeln!(sums, "{}  {}", hex(&file.sha256), file.name);
        let mut out = zip.write_entry_stream(entry(&file.name, file.at)).await.map_err(failed)?;
        let mut bytes = files.get(&file.object, None).await.map_err(|e| e.to_string())?;
        let mut hasher = Sha256::new();
        while let Some(chunk) = bytes.next().await {
            let chunk = chunk.map_err(|e| e.to_string())?;
            hasher.update(&chunk);
            out.write_all(&chunk).await.map_err(|e| e.to_string())?;
        }
        if hasher.finalize().as_slice() != file.sha256.as_slice() {
            return Err("the store returns other bytes than were uploaded".into());
        }
        out.close().await.map_err(failed)?;
    }
    if !archive.left_out.is_empty() {
        let text = archive.left_out.join("\n") + "\n";
        zip.write_entry_whole(entry(LEFT_OUT, now), text.as_bytes()).await.map_err(failed)?;
    }
    zip.write_entry_whole(entry(SUMS, now), sums.as_bytes()).await.map_err(failed)?;
    zip.close().await.map_err(failed)?;
    Ok(())
}
