//! A file as rows of texts: CSV with any delimiter, in UTF-8 or Windows-1252, workbooks and JSON, told apart by what is in
//! them. Read as it comes, never held whole.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek as _, SeekFrom};
use std::path::Path;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::{json, sheet, spool};

/// What is read of a file to tell how it is written.
const SAMPLE: usize = 256 * 1024;
/// The most columns.
pub const COLUMNS: usize = 200;
/// The longest row, in bytes: longer means that the file is not what it seems.
pub const ROW: usize = 1024 * 1024;

/// Why a file cannot be read.
#[derive(Debug)]
pub enum TableError {
    /// The system says no.
    Io(io::Error),
    /// There is no heading.
    Empty,
    /// A row cannot be read: where, and why.
    Row(u64, String),
    /// It became another file while it was read.
    Changed,
    /// It is none of the files that are read: why.
    Kind(&'static str),
    /// Documents without their files.
    Bundle,
    /// It would become larger than anything that is read.
    Large,
}

impl std::fmt::Display for TableError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Empty => f.write_str("the file has no heading"),
            Self::Row(line, why) => write!(f, "line {line}: {why}"),
            Self::Changed => f.write_str("the file changed while it was read"),
            Self::Kind(why) => f.write_str(why),
            Self::Bundle => f.write_str("documents come as a zip that holds their files and a list of them"),
            Self::Large => f.write_str("the file is too large, or becomes so when it is unpacked"),
        }
    }
}

impl From<io::Error> for TableError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// What kind of file it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Comma separated values, whatever separates them.
    #[default]
    Csv,
    /// A workbook of Excel.
    Xlsx,
    /// JSON.
    Json,
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Format {
    /// What kind of file it is.
    pub shape: Shape,
    /// Between two cells.
    pub delimiter: u8,
    /// Its letters are those of Windows-1252; otherwise UTF-8.
    pub windows_1252: bool,
}

/// The delimiter that parts the heading most often, outside of quotes.
fn delimiter(heading: &str) -> u8 {
    let count = |delimiter: u8| {
        let mut quoted = false;
        heading
            .bytes()
            .filter(|byte| {
                quoted ^= *byte == b'"';
                !quoted && *byte == delimiter
            })
            .count()
    };
    (*b";,\t|").into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

/// Whether all of it is UTF-8.
fn is_utf8(mut file: &File) -> io::Result<bool> {
    let mut buffer = vec![0; SAMPLE];
    let mut kept = 0;
    loop {
        let read = file.read(buffer.get_mut(kept..).unwrap_or_default())?;
        let filled = kept + read;
        let bytes = buffer.get(..filled).unwrap_or_default();
        match std::str::from_utf8(bytes) {
            Ok(_) => kept = 0,
            // Cut within a letter: the rest of it comes with the next part.
            Err(error) if error.error_len().is_none() && read > 0 => {
                let from = error.valid_up_to();
                kept = filled - from;
                buffer.copy_within(from..filled, 0);
            }
            Err(_) => return Ok(false),
        }
        if read == 0 {
            return Ok(true);
        }
    }
}

/// Windows-1252 as UTF-8.
struct Decoded<R> {
    from: R,
    ready: Vec<u8>,
    at: usize,
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.ready.len() {
            let mut bytes = [0; 16 * 1024];
            let read = self.from.read(&mut bytes)?;
            let (text, _) =
                encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes.get(..read).unwrap_or_default());
            self.ready.clear();
            self.ready.extend_from_slice(text.as_bytes());
            self.at = 0;
        }
        let rest = self.ready.get(self.at..).unwrap_or_default();
        let taken = rest.len().min(into.len());
        let (Some(to), Some(from)) = (into.get_mut(..taken), rest.get(..taken)) else { return Ok(0) };
        to.copy_from_slice(from);
        self.at += taken;
        Ok(taken)
    }
}

type Source = Box<dyn Read + Send + Sync>;
type Stamp = (u64, Option<SystemTime>);

/// An open file.
pub struct Table {
    reader: csv::Reader<Source>,
    heading: Vec<String>,
    format: Format,
    file: File,
    stamp: Stamp,
    /// Bytes there are to read.
    size: u64,
    /// Rows that were read.
    read: u64,
    /// Of a file that was unpacked: how many rows it has. Each says first where it stood.
    counted: Option<u64>,
    /// Names of what the file has and no cell holds.
    left_out: Vec<String>,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("heading", &self.heading).field("format", &self.format).finish_non_exhaustive()
    }
}

/// One row: where it stands, and its cells.
#[derive(Clone, Debug)]
pub struct Row {
    /// Line in the file, from 1.
    pub line: u64,
    /// As many as the heading has.
    pub cells: Vec<String>,
    /// It has more than that: whatever follows the one too many stands in the wrong column.
    pub wide: bool,
}

/// What tells that a file is still the same.
pub(super) fn stamp(file: &File) -> io::Result<Stamp> {
    let meta = file.metadata()?;
    Ok((meta.len(), meta.modified().ok()))
}

/// What a file begins with.
fn beginning(mut file: &File) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(64).read_to_end(&mut start)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(start)
}

impl Table {
    /// Opens a file by its path.
    pub fn open(path: &Path) -> Result<Self, TableError> {
        Self::of(File::open(path)?, None)
    }

    /// Reads the heading of a file. `parts`: of JSON, the list within each thing that has the rows.
    pub fn of(file: File, parts: Option<json::Parts>) -> Result<Self, TableError> {
        let stamp = stamp(&file)?;
        let start = beginning(&file)?;
        let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&start).trim_ascii_start();
        let (shape, spooled) = if start.starts_with(b"PK\x03\x04") {
            (Shape::Xlsx, sheet::spool(&file)?)
        } else if start.starts_with(b"\xD0\xCF\x11\xE0") {
            return Err(TableError::Kind("this is an old or encrypted workbook; save it as .xlsx without a password"));
        } else if text.starts_with(b"[") || text.starts_with(b"{") {
            (Shape::Json, json::spool(&file, parts)?)
        } else {
            return Self::csv(file, stamp);
        };
        let format = Format { shape, delimiter: b',', windows_1252: false };
        let spool::Done { file: unpacked, rows, left_out } = spooled;
        let source: Source = Box::new(BufReader::with_capacity(SAMPLE, unpacked));
        let mut table = Self::reading(source, format, file, stamp)?;
        table.counted = Some(rows);
        table.left_out = left_out;
        if !table.heading.is_empty() {
            table.heading.remove(0);
        }
        table.checked()
    }

    fn csv(mut file: File, stamp: Stamp) -> Result<Self, TableError> {
        let windows_1252 = !is_utf8(&file)?;
        file.seek(SeekFrom::Start(0))?;
        let mut start = [0; 3];
        let marked = file.read_exact(&mut start).is_ok() && start == [0xEF, 0xBB, 0xBF];
        let begin = if marked { 3 } else { 0 };
        file.seek(SeekFrom::Start(begin))?;
        let mut sample = Vec::new();
        Read::by_ref(&mut file).take(SAMPLE as u64).read_to_end(&mut sample)?;
        let heading = sample
            .split(|byte| matches!(byte, b'\n' | b'\r'))
            .find(|line| !line.is_empty())
            .ok_or(TableError::Empty)?;
        let delimiter = delimiter(&String::from_utf8_lossy(heading));
        let format = Format { shape: Shape::Csv, delimiter, windows_1252 };
        file.seek(SeekFrom::Start(begin))?;
        let again = file.try_clone()?;
        let bytes = BufReader::with_capacity(SAMPLE, file);
        let source: Source =
            if windows_1252 { Box::new(Decoded { from: bytes, ready: Vec::new(), at: 0 }) } else { Box::new(bytes) };
        Self::reading(source, format, again, stamp)?.checked()
    }

    fn reading(source: Source, format: Format, file: File, stamp: Stamp) -> Result<Self, TableError> {
        let mut reader = csv::ReaderBuilder::new().delimiter(format.delimiter).flexible(true).from_reader(source);
        let heading: Vec<String> = reader.headers().map_err(|e| wrong(&e))?.iter().map(plain).collect();
        Ok(Self { reader, heading, format, file, stamp, size: stamp.0, read: 0, counted: None, left_out: Vec::new() })
    }

    fn checked(self) -> Result<Self, TableError> {
        let wrong = self.heading.iter().all(String::is_empty) || self.heading.len() > COLUMNS;
        if wrong { Err(TableError::Empty) } else { Ok(self) }
    }

    /// The names of its columns.
    pub fn heading(&self) -> &[String] {
        &self.heading
    }

    /// Names of what the file has and no cell holds: lists of JSON.
    pub fn left_out(&self) -> &[String] {
        &self.left_out
    }

    /// How it is written.
    pub fn format(&self) -> Format {
        self.format
    }

    /// About how many rows there are, from what was read.
    pub fn about(&self) -> u64 {
        if let Some(rows) = self.counted {
            return rows;
        }
        let bytes = self.reader.position().byte();
        if self.reader.is_done() || bytes == 0 {
            return self.read;
        }
        let rows = u128::from(self.read) * u128::from(self.size) / u128::from(bytes);
        u64::try_from(rows).unwrap_or(u64::MAX).max(self.read)
    }

    /// The next rows, at most so many; empty rows are left out. Nothing more: the file has ended, and is still the one that
    /// was opened.
    pub fn rows(&mut self, most: usize) -> Result<Vec<Row>, TableError> {
        let mut rows = Vec::new();
        let mut record = csv::StringRecord::new();
        let first = usize::from(self.counted.is_some());
        let named = self.heading.iter().rposition(|name| !name.is_empty()).map_or(0, |at| at + 1);
        while rows.len() < most {
            if !self.reader.read_record(&mut record).map_err(|e| wrong(&e))? {
                if stamp(&self.file)? != self.stamp {
                    return Err(TableError::Changed);
                }
                break;
            }
            let line = match self.counted {
                Some(_) => record.get(0).and_then(|line| line.parse().ok()).unwrap_or(0),
                None => record.position().map_or(0, csv::Position::line),
            };
            if record.as_slice().len() > ROW {
                return Err(TableError::Row(line, "the row is too long".to_owned()));
            }
            if record.iter().skip(first).all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let cells = (0..self.heading.len()).map(|at| plain(record.get(at + first).unwrap_or_default())).collect();
            // Beside the table of a workbook there may be notes. In CSV it is a delimiter in a value without quotes.
            let more = self.counted.is_none() && record.len() > self.heading.len();
            let wide = more && record.iter().skip(named).any(|cell| !cell.trim().is_empty());
            rows.push(Row { line, cells, wide });
        }
        self.read += rows.len() as u64;
        Ok(rows)
    }
}

/// What stands in a cell. No database keeps the character zero.
fn plain(cell: &str) -> String {
    cell.trim().replace('\0', "")
}

fn wrong(error: &csv::Error) -> TableError {
    let line = error.position().map_or(0, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => TableError::Row(line, "its letters are not UTF-8".to_owned()),
        csv::ErrorKind::Io(error) => TableError::Io(io::Error::new(error.kind(), error.to_string())),
        _ => TableError::Row(line, error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn read(bytes: &[u8]) -> (Vec<String>, Format, Vec<Vec<String>>) {
        let path = std::env::temp_dir().join(format!("kontor-table-{}", uuid::Uuid::now_v7()));
        File::create_new(&path).unwrap().write_all(bytes).unwrap();
        let mut table = Table::open(&path).unwrap();
        let rows = table.rows(usize::MAX).unwrap().into_iter().map(|row| row.cells).collect();
        std::fs::remove_file(&path).unwrap();
        (table.heading().to_vec(), table.format(), rows)
    }

    #[test]
    fn every_common_way_to_write_a_table_is_understood() {
        let expected = vec![vec!["1".to_owned(), "Müller, \"Söhne\"".to_owned()], vec!["2".to_owned(), String::new()]];
        let utf8 = "\u{feff}Nr,Name\r\n1,\"Müller, \"\"Söhne\"\"\"\r\n\r\n2\r\n";
        let (heading, format, rows) = read(utf8.as_bytes());
        assert_eq!(
            (heading.as_slice(), format.delimiter, format.windows_1252),
            (&["Nr".to_owned(), "Name".to_owned()][..], b',', false)
        );
        assert_eq!(rows, expected);
        for (delimiter, text) in [
            (b';', "Nr;Name\n1;\"Müller, \"\"Söhne\"\"\"\n2;\n"),
            (b'\t', "Nr\tName\n1\tMüller, \"Söhne\"\n2\t\n"),
            (b'|', "Nr|Name\n1|\"Müller, \"\"Söhne\"\"\"\n2|\n"),
        ] {
            let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
            let (_, format, rows) = read(&bytes);
            assert_eq!((format.delimiter, format.windows_1252), (delimiter, true), "{text}");
            assert_eq!(rows, expected, "{text}");
        }
    }

    #[test]
    fn a_row_with_more_cells_than_the_heading_says_so_and_empty_ones_do_not_count() {
        let path = std::env::temp_dir().join(format!("kontor-table-{}", uuid::Uuid::now_v7()));
        for (text, wide) in [
            ("Nr,Total\n1,2\n2,12,50\n3,4,, \n4\n", [false, true, false, false]),
            // Each row ends with a delimiter, the heading too.
            ("Nr,Total,\n1,2,\n2,12,50,\n3,4,,\n4,,\n", [false, true, false, false]),
        ] {
            std::fs::write(&path, text).unwrap();
            let rows = Table::open(&path).unwrap().rows(usize::MAX).unwrap();
            assert_eq!(rows.iter().map(|row| row.wide).collect::<Vec<_>>(), wide, "{text}");
            assert!(rows.iter().zip(2..).all(|(row, line)| row.line == line), "{rows:?}");
        }
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn letters_are_told_apart_across_the_borders_of_what_is_read() {
        let mut text = String::from("a;b\n");
        while text.len() < SAMPLE * 2 {
            text.push_str("ü;é\n");
        }
        assert!(!read(text.as_bytes()).1.windows_1252);
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
        let (_, format, rows) = read(&bytes);
        assert!(format.windows_1252);
        assert!(rows.iter().all(|row| row == &["ü", "é"]));
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_refused() {
        let path = std::env::temp_dir().join(format!("kontor-table-{}", uuid::Uuid::now_v7()));
        std::fs::write(&path, "a;b\n1;2\n").unwrap();
        let mut table = Table::open(&path).unwrap();
        File::options().append(true).open(&path).unwrap().write_all(b"3;4\n").unwrap();
        assert!(matches!(table.rows(usize::MAX), Err(TableError::Changed)));
        std::fs::write(&path, "").unwrap();
        assert!(matches!(Table::open(&path), Err(TableError::Empty)));
        std::fs::remove_file(&path).unwrap();
    }
}
