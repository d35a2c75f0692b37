//! Writing mails into a folder, where no mail server is configured.

use std::io::Write as _;
use std::path::Path;

use crate::ids::JobId;
use crate::jobs::Failure;

/// Makes the folder, for this user's eyes only.
pub(super) fn prepare(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Writes a mail, whole or not at all. The name comes from the job, so a repeated run writes the same file again.
pub(super) fn write(folder: &Path, id: JobId, bytes: &[u8]) -> Result<(), Failure> {
    let attempt = || -> std::io::Result<()> {
        prepare(folder)?;
        let part = folder.join(format!(".{id}.part"));
        let mut options = std::fs::OpenOptions::new();
        options.create(true).truncate(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(part, folder.join(format!("{id}.eml")))
    };
    attempt().map_err(|error| Failure::Again(format!("outbox: {}", error.kind())))
}
