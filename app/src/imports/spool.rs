//! Rows that are unpacked before they are read: into a file without a name, that goes with whoever holds it.

use std::fs::File;
use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom};

use bytes::Bytes;
use futures::Stream;

use super::table::{COLUMNS, ROW, TableError};

/// The most bytes a file may become when it is unpacked.
pub const UNPACKED: u64 = 2_000_000_000;

/// A file that nobody else sees: readable by this user only, and without a name as soon as it is open.
pub fn nameless() -> io::Result<File> {
    let path = std::env::temp_dir().join(format!("kontor-{}", uuid::Uuid::now_v7()));
    let mut options = File::options();
    options.create_new(true).read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

/// Bytes of a file as they are read.
pub fn chunks(file: File) -> impl Stream<Item = io::Result<Bytes>> {
    futures::stream::try_unfold(file, |mut file| async move {
        let mut chunk = vec![0; 256 * 1024];
        let read = file.read(&mut chunk)?;
        chunk.truncate(read);
        Ok((read > 0).then(|| (Bytes::from(chunk), file)))
    })
}

/// Rows on their way into a nameless file, each with the line it stood in.
pub struct Spool {
    writer: csv::Writer<BufWriter<File>>,
    rows: u64,
    bytes: u64,
}

/// What came of it.
pub struct Done {
    /// CSV: a heading, then rows; the first cell of each is its line.
    pub file: File,
    /// Rows below the heading.
    pub rows: u64,
    /// Names of what no cell holds.
    pub left_out: Vec<String>,
}

impl Spool {
    /// Begins.
    pub fn new() -> Result<Self, TableError> {
        let file = BufWriter::with_capacity(256 * 1024, nameless()?);
        Ok(Self { writer: csv::WriterBuilder::new().flexible(true).from_writer(file), rows: 0, bytes: 0 })
    }

    /// Writes a row; the first one is the heading.
    pub fn row(&mut self, line: u64, cells: &[String]) -> Result<(), TableError> {
        let size: usize = cells.iter().map(String::len).sum();
        if cells.len() > COLUMNS {
            return Err(TableError::Row(line, "the row has too many columns".to_owned()));
        }
        if size > ROW {
            return Err(TableError::Row(line, "the row is too long".to_owned()));
        }
        self.bytes += (size + cells.len()) as u64;
        if self.bytes > UNPACKED {
            return Err(TableError::Large);
        }
        let line = line.to_string();
        let cells = std::iter::once(line.as_str()).chain(cells.iter().map(String::as_str));
        self.writer.write_record(cells).map_err(|e| io::Error::other(e.to_string()))?;
        self.rows += 1;
        Ok(())
    }

    /// Ends, ready to be read.
    pub fn done(self) -> Result<Done, TableError> {
        if self.rows == 0 {
            return Err(TableError::Empty);
        }
        let buffer = self.writer.into_inner().map_err(|e| io::Error::other(e.to_string()))?;
        let mut file = buffer.into_inner().map_err(|e| io::Error::other(e.to_string()))?;
        file.seek(SeekFrom::Start(0))?;
        Ok(Done { file, rows: self.rows - 1, left_out: Vec::new() })
    }
}
