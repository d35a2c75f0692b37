//! XLSX: rows are written to a file on the disk as they come, and the finished file is sent from there.

use bytes::Bytes;
use futures::stream::{BoxStream, StreamExt as _, TryStreamExt as _};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::io::{Seek as _, SeekFrom};
use tokio::sync::mpsc;
use tokio_util::io::ReaderStream;

use crate::error::AppError;

use super::{Cell, Row, Rows, Sheet};

/// Batches that wait between the one who reads and the one who writes.
const WAITING: usize = 2;
/// Of one read from the finished file.
const BUFFER: usize = 64 * 1024;
/// Letters that the name of a sheet may have, at most.
const NAME: usize = 31;

/// The finished file.
pub async fn file(sheet: Sheet, mut rows: Rows) -> Result<BoxStream<'static, std::io::Result<Bytes>>, AppError> {
    let (give, take) = mpsc::channel::<Vec<Row>>(WAITING);
    let writing = tokio::task::spawn_blocking(move || write(&sheet, take));
    while let Some(batch) = rows.try_next().await? {
        // Whoever writes has stopped: why is said below.
        if give.send(batch).await.is_err() {
            break;
        }
    }
    drop(give);
    let written = writing.await.map_err(|_| AppError::Internal)?;
    let file = written.map_err(|error| {
        tracing::error!(%error, "a spreadsheet cannot be written");
        AppError::Internal
    })?;
    Ok(ReaderStream::with_capacity(tokio::fs::File::from_std(file), BUFFER).boxed())
}

/// The formats of cells; numbers by their decimal places.
struct Formats {
    head: Format,
    day: Format,
    numbers: [Format; 4],
}

impl Formats {
    fn new() -> Self {
        let number = |text: &str| Format::new().set_num_format(text);
        Self {
            head: Format::new().set_bold(),
            day: number("yyyy-mm-dd"),
            numbers: [number("#,##0"), number("#,##0.0"), number("#,##0.00"), number("#,##0.000")],
        }
    }
}

fn write(sheet: &Sheet, mut rows: mpsc::Receiver<Vec<Row>>) -> Result<std::fs::File, XlsxError> {
    let mut book = Workbook::new();
    let formats = Formats::new();
    let page = book.add_worksheet_with_constant_memory()?;
    // Signs that a sheet's name may not have.
    let name = sheet.name.replace(['[', ']', ':', '*', '?', '/', '\\', '\''], " ");
    page.set_name(name.chars().take(NAME).collect::<String>())?;
    page.set_freeze_panes(1, 0)?;
    for (at, column) in (0..).zip(&sheet.columns) {
        page.set_column_width(at, f64::from(column.width))?;
    }
    for (at, column) in (0..).zip(&sheet.columns) {
        page.write_string_with_format(0, at, &column.heading, &formats.head)?;
    }
    let mut line = 0;
    while let Some(batch) = rows.blocking_recv() {
        for row in batch {
            line += 1;
            for (at, cell) in (0..).zip(&row) {
                put(page, line, at, cell, &formats)?;
            }
        }
    }
    let mut file = tempfile::tempfile()?;
    book.save_to_writer(&mut file)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(file)
}

fn put(page: &mut Worksheet, line: u32, at: u16, cell: &Cell, formats: &Formats) -> Result<(), XlsxError> {
    match cell {
        // Written as a text, whatever it begins with.
        Cell::Text(text) if !text.is_empty() => page.write_string(line, at, text)?,
        Cell::Day(Some(day)) => {
            let date = day.date();
            let part = |part: i8| u8::try_from(part).unwrap_or(1);
            let year = u16::try_from(date.year()).unwrap_or(1900);
            let date = ExcelDateTime::from_ymd(year, part(date.month()), part(date.day()))?;
            page.write_datetime_with_format(line, at, &date, &formats.day)?
        }
        Cell::Number(Some(number), digits) => {
            let [whole, .., last] = &formats.numbers;
            let places = usize::try_from(*digits).unwrap_or(0);
            let format = formats.numbers.get(places).unwrap_or(if places == 0 { whole } else { last });
            // A spreadsheet knows no other numbers; fifteen digits are exact.
            let value = *number as f64 / 10_f64.powi(i32::try_from(*digits).unwrap_or(0));
            page.write_number_with_format(line, at, value, format)?
        }
        Cell::Text(_) | Cell::Day(None) | Cell::Number(None, _) => page,
    };
    Ok(())
}
