//! The watched place, a folder or a prefix of a bucket: what an ERP writes into it every night is imported by itself.
//!
//! A folder in it for each kind (`orders/`, `order-lines/`, ..). A file is taken when two looks, minutes apart, found it the same,
//! so that one that still grows is left alone. It is kept as any uploaded file, imported all or nothing, and moved: into
//! `archive/` with the day, or into `error/` with a report beside it. One job at a time looks, whichever node has it.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use bytes::Bytes;
use futures::Stream;

use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::error::AppError;
use crate::files::{FileName, Watched};
use crate::ids::ImportId;
use crate::jobs::Failure;

use super::kind::Kind;
use super::mapping;
use super::model::{Options, Run, Source, State};
use super::service::{self, NewImport};
use super::{store, tell, watch_store, words, work};

sql! {
    LOOKED = "SELECT size, modified, taken FROM import_looks WHERE path = $1";
    LOOK = "INSERT INTO import_looks (path, size, modified, taken, seen_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (path) DO UPDATE SET size = excluded.size, modified = excluded.modified, taken = excluded.taken, seen_at = excluded.seen_at";
    TAKEN = "UPDATE import_looks SET taken = TRUE WHERE path = $1";
    FORGET = "DELETE FROM import_looks WHERE path = $1";
    FORGET_OLD = "DELETE FROM import_looks WHERE seen_at < $1";
}

/// The mapping that files of the folder are read with, where one is kept under this name.
pub const MAPPING: &str = "folder";
/// Files of one look; more wait for the next.
pub(super) const MOST: usize = 200;
/// What was seen longer ago than this is there no more.
const FORGOTTEN: std::time::Duration = std::time::Duration::from_secs(24 * 3600);
/// Names that somebody is still writing to.
const UNFINISHED: [&str; 4] = ["tmp", "part", "partial", "crdownload"];
/// Rows that are read at once for a report.
const BATCH: i64 = 500;

/// Where files lie that are imported by themselves.
#[derive(Clone, Debug)]
pub enum Place {
    /// In a folder of this machine.
    Folder(PathBuf),
    /// In a bucket.
    Store(Watched),
}

/// Size and time of a file: the same at two looks, nobody is writing to it.
pub(super) type Stamp = (i64, i64);

/// Whether what has this name is whole, as far as its name says.
pub(super) fn is_finished(name: &str) -> bool {
    let name = name.to_lowercase();
    !name.starts_with(['.', '~']) && !UNFINISHED.iter().any(|end| name.ends_with(&format!(".{end}")))
}

fn stamp(meta: &Metadata) -> Stamp {
    let modified = meta.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let modified = modified.and_then(|since| i64::try_from(since.as_micros()).ok()).unwrap_or(0);
    (i64::try_from(meta.len()).unwrap_or(i64::MAX), modified)
}

/// Opens a file that is one, and not a link to another.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        let flags = i32::try_from(flags.bits()).unwrap_or(0);
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags);
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("not a file")) }
}

/// Files of a kind that lie there, by name. Links and folders are none.
fn files(root: &Path, kind: Kind) -> io::Result<Vec<PathBuf>> {
    let folder = root.join(kind.name());
    match fs::symlink_metadata(&folder) {
        Ok(meta) if meta.is_dir() => {}
        Ok(_) => {
            tracing::warn!(kind = kind.name(), "import folder: not a folder, left alone");
            return Ok(Vec::new());
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !is_finished(&entry.file_name().to_string_lossy()) || !entry.file_type()?.is_file() {
            continue;
        }
        found.push(entry.path());
    }
    found.sort();
    found.truncate(MOST);
    Ok(found)
}

/// Looks once: what was there before, and is the same, is imported.
pub async fn look(ctx: &Ctx) -> Result<(), Failure> {
    let Some(place) = ctx.portal.import_from.clone() else { return Ok(work::cut_off(ctx).await.map(|_| ())?) };
    look_into(ctx, &place).await
}

/// Looks once into this place.
pub async fn look_into(ctx: &Ctx, place: &Place) -> Result<(), Failure> {
    work::cut_off(ctx).await?;
    // Documents are somebody's: they need a person.
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Documents) {
        match place {
            Place::Folder(root) => look_into_folder(ctx, root, kind).await?,
            Place::Store(store) => watch_store::look(ctx, store, kind).await?,
        }
    }
    let tx = ctx.db.begin().await?;
    tx.execute(FORGET_OLD, args![ctx.now().minus(FORGOTTEN)]).await?;
    tx.commit().await?;
    Ok(())
}

async fn look_into_folder(ctx: &Ctx, root: &Path, kind: Kind) -> Result<(), Failure> {
    let found = files(root, kind).map_err(|error| Failure::Again(format!("import folder: {error}")))?;
    for path in found {
        let Ok(meta) = fs::symlink_metadata(&path) else { continue };
        if unchanged(ctx, &name_of(root, &path), stamp(&meta)).await? {
            take(ctx, root, kind, &path).await?;
        }
    }
    Ok(())
}

fn name_of(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned()
}

/// Whether it was the same at the last look; notes how it is now.
pub(super) async fn unchanged(ctx: &Ctx, name: &str, (size, modified): Stamp) -> Result<bool, AppError> {
    let before: Option<(i64, i64, bool)> = ctx.db.optional(LOOKED, args![name]).await?;
    let same = before.filter(|(a, b, _)| (*a, *b) == (size, modified));
    let taken = same.is_some_and(|(_, _, taken)| taken);
    let tx = ctx.db.begin().await?;
    tx.execute(LOOK, args![name, size, modified, taken, ctx.now()]).await?;
    tx.commit().await?;
    Ok(same.is_some() && !taken && size > 0)
}

/// Bytes of a file as they are read; one that becomes another meanwhile ends with an error.
fn bytes(file: File, was: Stamp) -> impl Stream<Item = io::Result<Bytes>> {
    futures::stream::try_unfold(file, move |mut file| async move {
        let mut chunk = vec![0; 256 * 1024];
        let read = file.read(&mut chunk)?;
        if read == 0 {
            let now = stamp(&file.metadata()?);
            return if now == was { Ok(None) } else { Err(io::Error::other("it changed while it was read")) };
        }
        chunk.truncate(read);
        Ok(Some((Bytes::from(chunk), file)))
    })
}

/// Takes one file in, imports it and moves it away.
async fn take(ctx: &Ctx, root: &Path, kind: Kind, path: &Path) -> Result<(), AppError> {
    let file = match open(path) {
        Ok(file) => file,
        Err(error) => {
            tracing::warn!(%error, kind = kind.name(), "import folder: a file cannot be opened");
            return Ok(());
        }
    };
    let Ok(meta) = file.metadata() else { return Ok(()) };
    let was = stamp(&meta);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let again = path.to_owned();
    let changed = move || fs::symlink_metadata(&again).map(|meta| stamp(&meta)).ok() != Some(was);
    match import(ctx, kind, &name, bytes(file, was), changed).await? {
        Imported::Later => Ok(()),
        Imported::Now(report) => put_away(ctx, root, path, report).await,
    }
}

/// What became of a file.
pub(super) enum Imported {
    /// Nothing yet: it is for the next look.
    Later,
    /// It was imported, or it was not and this says why.
    Now(Option<Vec<u8>>),
}

/// Imports one file. `changed`: whether it has become another one meanwhile.
pub(super) async fn import(
    ctx: &Ctx,
    kind: Kind,
    name: &str,
    bytes: impl Stream<Item = io::Result<Bytes>>,
    changed: impl FnOnce() -> bool,
) -> Result<Imported, AppError> {
    let saved = mapping::find(&ctx.db, kind, MAPPING).await?;
    let new = NewImport {
        kind,
        name: FileName::parse(name),
        source: Source::Folder,
        mapping: saved.map(|saved| saved.mapping()).unwrap_or_default(),
        options: Options { currency: "EUR".to_owned(), ..Options::default() },
        start: true,
    };
    let id = match service::receive(ctx, new, bytes).await {
        Ok(id) => id,
        // It was written to while it was read: the next look finds it changed, and waits.
        Err(AppError::Invalid(_)) if changed() => return Ok(Imported::Later),
        Err(error @ (AppError::Unavailable | AppError::Internal)) => return Err(error),
        Err(error) => return Ok(Imported::Now(Some(error.to_string().into_bytes()))),
    };
    // Somebody imports the same kind by hand: this one is for the next look.
    let Some(run) = work::now(ctx, id).await? else {
        forget(ctx, id).await?;
        return Ok(Imported::Later);
    };
    if run.state == State::Done {
        return Ok(Imported::Now(None));
    }
    let report = report(ctx, &run).await?;
    // Before the file is moved: while it lies there it is taken once more, and that run is told of.
    tell::failed(ctx, &run).await?;
    Ok(Imported::Now(Some(report)))
}

async fn forget(ctx: &Ctx, id: ImportId) -> Result<(), AppError> {
    let Some(run) = store::find(&ctx.db, id).await? else { return Ok(()) };
    let tx = ctx.db.begin().await?;
    if let Some(key) = &run.store_key {
        crate::documents::store::insert_pending(&tx, key, ctx.now()).await?;
    }
    store::delete(&tx, id).await?;
    tx.commit().await?;
    Ok(())
}

/// What was wrong, as a text that lies beside the file.
async fn report(ctx: &Ctx, run: &Run) -> Result<Vec<u8>, AppError> {
    let mut text = String::new();
    if let Some((word, detail)) = run.problem() {
        text = format!("{}\r\n", words::problem(ctx, run.kind, word, detail));
    }
    let mut after = -1;
    loop {
        let rows = store::rows(&ctx.db, run.id, Some("rejected"), after, BATCH).await?;
        let Some(last) = rows.last() else { return Ok(text.into_bytes()) };
        after = last.position;
        for row in &rows {
            text.push_str(&format!("line {}, {}: {}\r\n", row.line, row.number, row.detail().text()));
        }
    }
}

/// Moves a file into the archive with the day, or to the wrong ones with a report beside it.
async fn put_away(ctx: &Ctx, root: &Path, path: &Path, report: Option<Vec<u8>>) -> Result<(), AppError> {
    let day = day(ctx);
    let kind = path.parent().and_then(Path::file_name).unwrap_or_default();
    let moved = || -> io::Result<()> {
        let mut folder = root.to_owned();
        let first = if report.is_some() { "error" } else { "archive" };
        for part in [first.as_ref(), kind, day.to_string().as_ref()] {
            folder.push(part);
            // A link in its place would lead out of the folder.
            match fs::symlink_metadata(&folder) {
                Ok(meta) if meta.is_dir() => {}
                Ok(_) => return Err(io::Error::other("something else has the name of a folder")),
                Err(error) if error.kind() == io::ErrorKind::NotFound => fs::create_dir(&folder)?,
                Err(error) => return Err(error),
            }
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let free = |at: u32| if at == 0 { folder.join(&name) } else { folder.join(format!("{at}-{name}")) };
        let to = (0..1000).map(free).find(|to| fs::symlink_metadata(to).is_err());
        let to = to.ok_or_else(|| io::Error::other("no free name"))?;
        fs::rename(path, &to)?;
        if let Some(report) = &report {
            fs::write(
                to.with_file_name(format!("{}.txt", to.file_name().unwrap_or_default().to_string_lossy())),
                report,
            )?;
        }
        Ok(())
    };
    settle(ctx, &name_of(root, path), moved()).await
}

/// The day by which files are put away.
pub(super) fn day(ctx: &Ctx) -> jiff::civil::Date {
    ctx.now().timestamp().to_zoned(ctx.portal.zone.clone()).date()
}

/// Forgets a file that was moved away; one that could not be stays, and is not taken again before it changes.
pub(super) async fn settle<E: std::fmt::Display>(ctx: &Ctx, name: &str, moved: Result<(), E>) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    match moved {
        Ok(()) => tx.execute(FORGET, args![name]).await?,
        Err(error) => {
            tracing::error!(%error, "watched imports: a file could not be moved away");
            tx.execute(TAKEN, args![name]).await?
        }
    };
    tx.commit().await?;
    Ok(())
}
