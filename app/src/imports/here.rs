//! A run by the operator at the machine: the file is read where it lies, in this process.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::ctx::Ctx;
use crate::db::is_unique_violation;
use crate::error::AppError;
use crate::files::{FileName, Stored};
use crate::ids::ImportId;

use super::kind::Kind;
use super::mapping::Mapping;
use super::model::{Options, Run, Source, State};
use super::record::Record;
use super::report::{Entry, Totals};
use super::run::{Opened, Ready, RunError, may, run as take_in};
use super::store::{self, New};
use super::table::TableError;
use super::{service, words, work};

/// Size and SHA-256 of a file.
fn measure(path: &Path) -> Result<Stored, TableError> {
    let mut file = File::open(path)?;
    let (mut hasher, mut size, mut buffer) = (Sha256::new(), 0, vec![0; 256 * 1024]);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            let sha256 = hasher.finalize().to_vec();
            return Ok(Stored { size, sha256, head: Vec::new(), sealed_key: None });
        }
        hasher.update(buffer.get(..read).unwrap_or_default());
        size += i64::try_from(read).unwrap_or(0);
    }
}

/// A file that is about to be imported.
#[derive(Debug)]
pub struct Here<'a> {
    kind: Kind,
    path: &'a Path,
    mapping: Mapping,
    ready: Ready,
}

impl<'a> Here<'a> {
    /// Opens a file and finds its columns, as the mapping says.
    pub fn open(kind: Kind, path: &'a Path, mapping: Mapping) -> Result<Self, RunError> {
        Self::with_files(kind, path, mapping, None)
    }

    /// The same for documents whose files are in a folder.
    pub fn with_files(kind: Kind, path: &'a Path, mapping: Mapping, folder: Option<&Path>) -> Result<Self, RunError> {
        let file = File::open(path).map_err(TableError::Io)?;
        let ready = Ready::of(kind, Opened::of(kind, file, folder)?, &mapping)?;
        Ok(Self { kind, path, mapping, ready })
    }

    /// What was found in it.
    pub fn ready(&self) -> &Ready {
        &self.ready
    }

    /// What each row would do; nothing is written.
    pub async fn look(self, ctx: &Ctx, options: &Options, seen: impl FnMut(&Entry)) -> Result<Totals, RunError> {
        let options = Options { dry_run: true, ..options.clone() };
        take_in(ctx, self.ready, &options, None, seen).await
    }

    /// Imports it, written down as a run. None: another import of this kind is running.
    pub async fn run(
        self,
        ctx: &Ctx,
        options: &Options,
        seen: impl FnMut(&Entry),
    ) -> Result<Option<(ImportId, Totals)>, RunError> {
        may(ctx, self.kind)?;
        let Some(run) = self.begin(ctx, options).await? else { return Ok(None) };
        match take_in(ctx, self.ready, options, Some(Record::of(&run)), seen).await {
            Ok(totals) => {
                work::settle(ctx, self.kind, &totals).await;
                Ok(Some((run.id, totals)))
            }
            Err(error) => {
                let tx = ctx.db.begin().await?;
                store::end(&tx, run.id, State::Failed, &words::code(&error), ctx.now()).await?;
                tx.commit().await?;
                Err(error)
            }
        }
    }

    async fn begin(&self, ctx: &Ctx, options: &Options) -> Result<Option<Run>, RunError> {
        let stored = measure(self.path)?;
        let name = FileName::parse(&self.path.file_name().unwrap_or_default().to_string_lossy());
        let id = ImportId::new();
        for _ in 0..2 {
            let tx = ctx.db.begin().await?;
            let row = New {
                id,
                kind: self.kind,
                state: State::Running,
                source: Source::Command,
                by: ctx.actor.user_id(),
                file_name: name.as_str(),
                stored: &stored,
                store_key: None,
                mapping: self.mapping.text(),
                options: service::options_text(options),
                look: None,
                total: i64::try_from(self.ready.about()).unwrap_or(i64::MAX),
                at: ctx.now(),
            };
            match store::insert(&tx, &row).await {
                Ok(()) => {
                    tx.commit().await?;
                    return Ok(Some(store::find(&ctx.db, id).await?.ok_or(AppError::Internal)?));
                }
                Err(error) if is_unique_violation(&error) => drop(tx),
                Err(error) => return Err(error.into()),
            }
            if work::cut_off(ctx).await? == 0 {
                break;
            }
        }
        Ok(None)
    }
}
