//! Lines of CSV as the reader's spreadsheet opens them: with a mark for UTF-8, and a semicolon where the comma is for
//! decimals.

use bytes::Bytes;
use csv::{Terminator, WriterBuilder};
use futures::Stream;
use futures::stream::{self, TryStreamExt as _};

use crate::error::AppError;
use crate::i18n::Locale;
use crate::money;

use super::{Cell, Row, Rows, Sheet};

/// Says that what follows is UTF-8.
const MARK: &str = "\u{feff}";

/// Heading and rows, batch by batch.
pub fn lines(sheet: Sheet, rows: Rows) -> impl Stream<Item = Result<Bytes, AppError>> + Send {
    let comma = sheet.locale == Locale::En;
    let head: Row = sheet.columns.into_iter().map(|column| Cell::Text(column.heading)).collect();
    let head = written(&[head], comma).map(|text| Bytes::from([MARK.as_bytes(), text.as_slice()].concat()));
    let head = stream::once(std::future::ready(head));
    let rows = rows.and_then(move |batch| std::future::ready(written(&batch, comma).map(Bytes::from)));
    futures::StreamExt::chain(head, rows)
}

fn written(rows: &[Row], comma: bool) -> Result<Vec<u8>, AppError> {
    let mut writer = WriterBuilder::new()
        .delimiter(if comma { b',' } else { b';' })
        .terminator(Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| text(cell, comma))).map_err(|_| AppError::Internal)?;
    }
    writer.into_inner().map_err(|_| AppError::Internal)
}

/// What a spreadsheet would run as a formula becomes a text. Numbers are numbers, also below zero.
fn text(cell: &Cell, comma: bool) -> String {
    match cell {
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) => format!("'{text}"),
        Cell::Text(text) => text.clone(),
        Cell::Day(day) => day.map(|day| day.to_string()).unwrap_or_default(),
        Cell::Number(number, digits) => {
            let text = number.map(|number| money::plain(number, *digits)).unwrap_or_default();
            if comma { text } else { text.replace('.', ",") }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_becomes_a_text_and_numbers_stay_numbers() {
        let day = Some("2026-11-22".parse().unwrap());
        let row = vec![
            Cell::text("=1+1"),
            Cell::text("@SUM(A1)"),
            Cell::text("-5"),
            Cell::text("\t=1"),
            Cell::text("say \"hi\"; then, go"),
            Cell::Number(Some(-123_456), 2),
            Cell::Day(day),
            Cell::Number(None, 2),
        ];
        let written = |comma| String::from_utf8(written(std::slice::from_ref(&row), comma).unwrap()).unwrap();
        assert_eq!(written(true), "'=1+1,'@SUM(A1),'-5,'\t=1,\"say \"\"hi\"\"; then, go\",-1234.56,2026-11-22,\r\n");
        assert_eq!(written(false), "'=1+1;'@SUM(A1);'-5;'\t=1;\"say \"\"hi\"\"; then, go\";-1234,56;2026-11-22;\r\n");
    }
}
