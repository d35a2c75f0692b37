//! Workbooks of Excel: the first sheet that has anything in it. A formula is what it came to when the workbook was saved;
//! nothing is computed here. What a workbook unpacks to is counted before anything of it is believed.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use calamine::{DataRef, ExcelDateTime, Reader as _, SheetVisible, Xlsx, XlsxError};

use super::spool::{Done, Spool, UNPACKED};
use super::table::{COLUMNS, TableError};

/// The most parts of a workbook.
const PARTS: usize = 5_000;
/// What the parts that are held in memory may unpack to, all of them together.
const HELD: u64 = 128 * 1024 * 1024;

const BROKEN: TableError = TableError::Kind("the workbook cannot be read");

/// Unpacks everything once and keeps nothing of it: a small file may become a very large one.
fn measure(file: &File) -> Result<(), TableError> {
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(|_| BROKEN)?;
    if archive.len() > PARTS || archive.by_name("xl/workbook.xml").is_err() {
        return Err(TableError::Kind("this is no workbook of Excel"));
    }
    let (mut held, mut all) = (0, 0);
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| BROKEN)?;
        let name = part.name().map_err(|_| BROKEN)?.to_ascii_lowercase();
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            continue;
        }
        let sheet = name.starts_with("xl/worksheets/") && name.ends_with(".xml");
        let left = if sheet { UNPACKED - all } else { HELD - held };
        let size = io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(|_| BROKEN)?;
        if size > left {
            return Err(TableError::Large);
        }
        if sheet {
            all += size;
        } else {
            held += size;
        }
    }
    Ok(())
}

/// A number as it is, without the noise of floating point.
fn number(value: f64) -> String {
    if value.is_finite() && value.fract() == 0.0 && value.abs() < 1e15 {
        return format!("{value:.0}");
    }
    // Fifteen digits are what a spreadsheet keeps: 0.1 + 0.2 is 0.3.
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    rounded.to_string()
}

fn day(value: ExcelDateTime) -> String {
    if !value.is_datetime() {
        return number(value.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(value) => value.to_string(),
        DataRef::Float(value) => number(*value),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(value) => day(*value),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// Reads one sheet; nothing where it has no rows.
fn read<R: Read + Seek>(book: &mut Xlsx<R>, name: &str) -> Result<Option<Done>, TableError> {
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        // A sheet with a chart only.
        Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => return Ok(None),
        Err(_) => return Err(BROKEN),
    };
    let mut spool = Spool::new()?;
    let mut row: Vec<String> = Vec::new();
    let (mut line, mut any) = (0, false);
    loop {
        let cell = cells.next_cell().map_err(|_| TableError::Row(line, "the workbook cannot be read".to_owned()))?;
        let at = cell.as_ref().map(|cell| u64::from(cell.get_position().0) + 1);
        if at != Some(line) {
            if row.iter().any(|text| !text.trim().is_empty()) {
                spool.row(line, &row)?;
                any = true;
            }
            row.clear();
        }
        let (Some(cell), Some(at)) = (cell, at) else { break };
        if at < line {
            return Err(TableError::Row(at, "the rows are not in their order".to_owned()));
        }
        line = at;
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let column = usize::try_from(cell.get_position().1).unwrap_or(usize::MAX);
        if column >= COLUMNS {
            return Err(TableError::Row(line, "the row has too many columns".to_owned()));
        }
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        if let Some(place) = row.get_mut(column) {
            *place = text;
        }
    }
    if any { spool.done().map(Some) } else { Ok(None) }
}

/// Unpacks the rows of a workbook.
pub fn spool(file: &File) -> Result<Done, TableError> {
    measure(file)?;
    let mut again = file.try_clone()?;
    again.seek(SeekFrom::Start(0))?;
    let mut book = match Xlsx::new(BufReader::new(again)) {
        Ok(book) => book,
        Err(XlsxError::Password) => {
            return Err(TableError::Kind("the workbook is encrypted; save it without a password"));
        }
        Err(_) => return Err(BROKEN),
    };
    let mut sheets: Vec<(bool, String)> = book
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.visible != SheetVisible::Visible, sheet.name.clone()))
        .collect();
    // What people see comes first.
    sheets.sort_by_key(|(hidden, _)| *hidden);
    for (_, name) in sheets {
        if let Some(done) = read(&mut book, &name)? {
            return Ok(done);
        }
    }
    Err(TableError::Empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_see_them() {
        assert_eq!(number(7001.0), "7001");
        assert_eq!(number(0.1 + 0.2), "0.3");
        assert_eq!(number(32.38), "32.38");
        assert_eq!(number(-1234.5), "-1234.5");
    }
}
