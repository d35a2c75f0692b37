//! The data directory: the embedded database, the files and the key in it are for this user's eyes only.

use std::io;
use std::path::Path;

/// What it must not have: rights of everybody, and of its group to write. Its group may read, for a backup.
#[cfg(unix)]
const FOREIGN: u32 = 0o027;

/// Makes it, or closes it where it is open to others. One that holds other things than ours, or that a container's volume
/// has given to somebody else, is not ours to close: that is said, and what lies in it has its own rights.
pub fn prepare(path: &Path) -> Result<(), String> {
    let failed = |e: io::Error| format!("KONTOR_DATA_DIR: {}: {e}", path.display());
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(failed)?;
    if is_open(path).map_err(failed)? && !(is_ours(path).map_err(failed)? && close(path).is_ok()) {
        let path = path.display();
        tracing::warn!(
            "KONTOR_DATA_DIR: {path} is open to others: chmod 700 it, or choose a directory for Kontor alone"
        );
    }
    Ok(())
}

/// How it is, for `kontor doctor`: makes and changes nothing.
pub fn check(path: &Path) -> Result<String, String> {
    let shown = path.display();
    match is_open(path) {
        Ok(false) => Ok(shown.to_string()),
        Ok(true) => Err(format!("{shown} is open to others: chmod 700 it")),
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            Ok(format!("{shown}: not there yet, the first start makes it"))
        }
        Err(e) => Err(format!("{shown}: {e}")),
    }
}

/// Empty, or with what is always there after a start.
fn is_ours(path: &Path) -> io::Result<bool> {
    let ours = ["kontor.sqlite", "secret.key"].iter().any(|name| path.join(name).exists());
    Ok(ours || std::fs::read_dir(path)?.next().is_none())
}

#[cfg(unix)]
fn is_open(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(std::fs::metadata(path)?.permissions().mode() & FOREIGN != 0)
}

#[cfg(unix)]
fn close(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn is_open(path: &Path) -> io::Result<bool> {
    std::fs::metadata(path).map(|_| false)
}

#[cfg(not(unix))]
fn close(_: &Path) -> io::Result<()> {
    Ok(())
}
