//! The installation's key: configured, or kept in a file of the data directory that only this user may read.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use app::secrets::Secrets;

use crate::config::{Config, check_secret_file};

const FILE: &str = "secret.key";
const NEXT: &str = "secret.key.next";
/// What is said where the key is another than the database's.
pub const FOREIGN: &str = "KONTOR_SECRET_KEY: not the key that this database's secrets were sealed with";

/// Where the next key waits until everything is sealed with it.
pub fn next_path(config: &Config) -> PathBuf {
    config.data_dir.join(NEXT)
}

/// The next key, where exchanging it was cut off.
pub fn next(config: &Config) -> Result<Option<Secrets>, String> {
    if config.secret_key.is_some() { Ok(None) } else { in_file(&next_path(config)) }
}

/// The next key is the key from now on.
pub fn adopt(config: &Config) -> Result<(), String> {
    let (from, to) = (next_path(config), config.data_dir.join(FILE));
    let failed = |e: std::io::Error| format!("{}: {e}", to.display());
    // The old one opens older backups: it stays beside, under its fingerprint.
    if let Ok(text) = std::fs::read_to_string(&to)
        && let Some(old) = Secrets::parse(&text)
    {
        match std::fs::hard_link(&to, old_path(config, &old)) {
            Err(e) if e.kind() != ErrorKind::AlreadyExists => return Err(failed(e)),
            _ => {}
        }
    }
    std::fs::rename(&from, &to).map_err(failed)?;
    sync_folder(&to).map_err(failed)
}

/// Where a key stays that was exchanged.
pub fn old_path(config: &Config, key: &Secrets) -> PathBuf {
    config.data_dir.join(format!("{FILE}.{}", key.fingerprint()))
}

/// Until its folder is written, a file may be gone after a power cut, whatever was written into it.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::File::open(folder)?.sync_all()
}

/// The key in a file, if there is one.
fn in_file(path: &Path) -> Result<Option<Secrets>, String> {
    match std::fs::read_to_string(path) {
        Ok(text) => {
            check_secret_file(path, &path.display().to_string())?;
            Secrets::parse(&text).map(Some).ok_or(format!("{}: not 64 hexadecimal digits", path.display()))
        }
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(format!("{}: {e}", path.display())),
    }
}

/// The key in a file, made if there is none.
pub fn read_or_create(path: &Path) -> Result<Secrets, String> {
    in_file(path)?.map_or_else(|| create(path), Ok)
}

/// The configured key, or the one in the data directory, if there is one.
pub fn existing(config: &Config) -> Result<Option<Secrets>, String> {
    match &config.secret_key {
        Some(key) => Ok(Some(key.clone())),
        None => in_file(&config.data_dir.join(FILE)),
    }
}

/// The configured key, or the one in the data directory, made on first use.
pub fn read(config: &Config) -> Result<Secrets, String> {
    existing(config)?.map_or_else(|| create(&config.data_dir.join(FILE)), Ok)
}

/// Writes a new key whole or not at all; when another process was faster, its key is the one.
fn create(path: &Path) -> Result<Secrets, String> {
    let failed = |e: std::io::Error| format!("{}: {e}", path.display());
    let key = Secrets::generate();
    let draft = path.with_extension(format!("key.{}", std::process::id()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft).map_err(failed)?;
    file.write_all(key.to_text().as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
    // A link, unlike a rename, does not replace what is there.
    let linked = std::fs::hard_link(&draft, path);
    let _ = std::fs::remove_file(&draft);
    sync_folder(path).map_err(failed)?;
    match linked {
        Ok(()) => Ok(key),
        Err(e) if e.kind() == ErrorKind::AlreadyExists => {
            let text = std::fs::read_to_string(path).map_err(failed)?;
            Secrets::parse(&text).ok_or(format!("{}: not 64 hexadecimal digits", path.display()))
        }
        Err(e) => Err(failed(e)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_for_this_user_only() {
        let dir = tempfile::tempdir().unwrap();
        let pairs = [("DATA_DIR".to_owned(), dir.path().display().to_string())];
        let config = Config::parse(pairs, "").unwrap();
        let first = read(&config).unwrap();
        assert_eq!(read(&config).unwrap().fingerprint(), first.fingerprint());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let path = dir.path().join(FILE);
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
            assert!(read(&config).is_err_and(|e| e.contains("everybody")));
        }
    }
}
