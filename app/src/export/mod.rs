//! Lists as files for a spreadsheet, made while they are read: CSV goes out batch by batch, an XLSX file grows on the disk.
//! Memory does not grow with the list. Texts stay texts, whatever they begin with; numbers and days are real ones.

mod csv;
mod xlsx;

use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt as _, TryStreamExt as _};

use crate::ctx::Ctx;
use crate::day::Day;
use crate::error::AppError;
use crate::i18n::Locale;
use crate::money;

/// The most rows of one file.
pub const MOST: usize = 100_000;

/// Which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lines of text.
    Csv,
    /// Excel's own.
    Xlsx,
}

impl Format {
    /// Both, as they are offered.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Xlsx];

    /// The name in addresses, in the API and of files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The format with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text; may be empty.
    Text(String),
    /// A day, or none.
    Day(Option<Day>),
    /// A whole number of smallest parts with so many decimal places, or none: an amount of money, a quantity.
    Number(Option<i64>, u32),
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// A column: its heading, and how wide it is in letters.
#[derive(Clone, Debug)]
pub struct Column {
    /// In the reader's language.
    pub heading: String,
    /// As wide as so many letters.
    pub width: u16,
}

/// One row, a cell for each column.
pub type Row = Vec<Cell>;

/// What is to be in the file beside its rows.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What is listed: the name of the sheet and of the file.
    pub name: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The reader's language: how a spreadsheet there reads numbers.
    pub locale: Locale,
}

/// Rows as they are read, some at once.
pub type Rows = BoxStream<'static, Result<Vec<Row>, AppError>>;

/// The file as it is sent. A list that is longer than [`MOST`] ends with a row that says so.
pub async fn file(
    ctx: &Ctx,
    format: Format,
    sheet: Sheet,
    rows: Rows,
) -> Result<BoxStream<'static, std::io::Result<Bytes>>, AppError> {
    let most = i64::try_from(MOST).unwrap_or(i64::MAX).saturating_mul(1000);
    let words = ctx.with("export-cut", &[("max", money::quantity(ctx.locale, most).into())]);
    let rows = capped(rows, MOST, words);
    match format {
        Format::Csv => Ok(csv::lines(sheet, rows).map_err(std::io::Error::other).boxed()),
        Format::Xlsx => xlsx::file(sheet, rows).await,
    }
}

/// The first so many rows; where there are more, a last one with these words.
fn capped(rows: Rows, most: usize, words: String) -> Rows {
    let capped = stream::try_unfold(Some((rows, most, words)), |state| async move {
        let Some((mut rows, left, words)) = state else { return Ok::<_, AppError>(None) };
        match rows.try_next().await? {
            None => Ok(None),
            Some(mut batch) if batch.len() > left => {
                batch.truncate(left);
                batch.push(vec![Cell::Text(words)]);
                Ok(Some((batch, None)))
            }
            Some(batch) => {
                let left = left - batch.len();
                Ok(Some((batch, Some((rows, left, words)))))
            }
        }
    });
    capped.boxed()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(count: usize) -> Result<Vec<Row>, AppError> {
        Ok(vec![vec![Cell::text("x")]; count])
    }

    async fn lengths(batches: Vec<usize>, most: usize) -> (usize, Option<Cell>) {
        let rows = stream::iter(batches.into_iter().map(batch)).boxed();
        let all: Vec<Vec<Row>> = capped(rows, most, "cut".to_owned()).try_collect().await.unwrap();
        let all = all.concat();
        (all.len(), all.last().and_then(|row| row.first().cloned()))
    }

    #[tokio::test]
    async fn a_list_that_is_too_long_ends_with_a_word_about_it() {
        assert_eq!(lengths(vec![2, 2], 4).await, (4, Some(Cell::text("x"))));
        assert_eq!(lengths(vec![2, 2, 1], 4).await, (5, Some(Cell::text("cut"))));
        assert_eq!(lengths(vec![9], 4).await, (5, Some(Cell::text("cut"))));
        assert_eq!(lengths(vec![], 4).await, (0, None));
    }
}
