//! A list of documents with the files it names: a zip that holds both, or a folder beside the list. A file is taken out by
//! itself and no further than it may be long; a name that leads anywhere else is no name.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Component, Path, PathBuf};

use super::spool::nameless;
use super::table::TableError;
use super::watch;

/// The most files.
const FILES: usize = 20_000;
/// The longest list.
const LIST: u64 = 64 * 1024 * 1024;

/// Where the files are.
pub enum Bundle {
    /// In a zip, by their names.
    Zip(Box<zip::ZipArchive<BufReader<File>>>, HashMap<String, usize>),
    /// In a folder.
    Folder(PathBuf),
}

impl std::fmt::Debug for Bundle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if matches!(self, Self::Zip(..)) { "Zip" } else { "Folder" })
    }
}

/// A name within the bundle; none where it leads out of it.
fn plain(name: &str) -> Option<String> {
    let name = name.trim().replace('\\', "/");
    let mut parts = Vec::new();
    for part in Path::new(&name).components() {
        match part {
            Component::Normal(part) => parts.push(part.to_str()?.to_owned()),
            Component::CurDir => {}
            _ => return None,
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

impl Bundle {
    /// Opens a zip, and the list in it: the one file at its top that is named manifest, or is the only table there.
    pub fn zip(file: File) -> Result<(Self, File), TableError> {
        let broken = || TableError::Kind("the zip cannot be read");
        let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(|_| broken())?;
        if archive.len() > FILES {
            return Err(TableError::Large);
        }
        let mut names = HashMap::new();
        for at in 0..archive.len() {
            let entry = archive.by_index(at).map_err(|_| broken())?;
            let name = entry.name().ok().and_then(|name| plain(&name));
            if let Some(name) = name.filter(|_| entry.is_file()) {
                names.insert(name, at);
            }
        }
        let table = |name: &&String| {
            let lower = name.to_lowercase();
            !name.contains('/') && [".csv", ".xlsx", ".json"].iter().any(|end| lower.ends_with(end))
        };
        let tables: Vec<&String> = names.keys().filter(table).collect();
        let named = |name: &&&String| name.to_lowercase().starts_with("manifest.");
        let list = match tables.as_slice() {
            [one] => Some(*one),
            several => several.iter().find(named).copied(),
        };
        let list = list.and_then(|name| names.get(name)).copied().ok_or(TableError::Empty)?;
        let list = out(&mut archive, list, LIST)?.ok_or(TableError::Large)?;
        Ok((Self::Zip(Box::new(archive), names), list))
    }

    /// One of its files, no longer than this. `Ok(None)`: there is none of this name, or it is longer.
    pub fn file(&mut self, name: &str, most: u64) -> Result<Option<File>, TableError> {
        let Some(name) = plain(name) else { return Ok(None) };
        match self {
            Self::Zip(archive, names) => match names.get(&name) {
                Some(at) => out(archive, *at, most),
                None => Ok(None),
            },
            Self::Folder(root) => {
                let mut path = root.clone();
                let parts: Vec<&str> = name.split('/').collect();
                for (at, part) in parts.iter().enumerate() {
                    path.push(part);
                    // A link may lead anywhere.
                    let Ok(meta) = std::fs::symlink_metadata(&path) else { return Ok(None) };
                    if meta.is_dir() != (at + 1 < parts.len()) || meta.is_symlink() {
                        return Ok(None);
                    }
                }
                let file = watch::open(&path)?;
                Ok((file.metadata()?.len() <= most).then_some(file))
            }
        }
    }
}

/// Takes one file out of a zip.
fn out(archive: &mut zip::ZipArchive<BufReader<File>>, at: usize, most: u64) -> Result<Option<File>, TableError> {
    let entry = archive.by_index(at).map_err(|_| TableError::Kind("the zip cannot be read"))?;
    let mut file = nameless()?;
    let written = io::copy(&mut entry.take(most + 1), &mut file);
    let written = written.map_err(|_| TableError::Kind("the zip cannot be read"))?;
    file.seek(SeekFrom::Start(0))?;
    Ok((written <= most).then_some(file))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn names_stay_within() {
        assert_eq!(plain(" ./invoices\\2026\\a.pdf ").as_deref(), Some("invoices/2026/a.pdf"));
        for name in ["", ".", "../a.pdf", "/etc/passwd", "a/../../b"] {
            assert_eq!(plain(name), None, "{name}");
        }
    }
}
