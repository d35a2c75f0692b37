//! What is recognised in a file before anything is done, and how its first rows will be understood.

use crate::ctx::Ctx;
use crate::i18n::format;
use crate::money;

use super::columns::Columns;
use super::kind::{Kind, Value, value_of};
use super::mapping::Mapping;
use super::model::Look;
use super::run::{RunError, SAMPLE};
use super::table::{Row, Table, TableError};
use super::values::{Written, day, number};

/// Rows that are shown.
const SHOWN: usize = 8;
/// Places of a number that is shown.
const PLACES: u32 = 6;

impl Look {
    /// Looks at the beginning of a file.
    pub fn of(table: &mut Table) -> Result<Self, TableError> {
        let rows = table.rows(SAMPLE)?;
        let mut columns = Columns::find(table.heading(), &[]);
        columns.learn(&rows);
        Ok(Self {
            format: table.format(),
            heading: table.heading().to_vec(),
            written: columns.written().to_vec(),
            left_out: table.left_out().to_vec(),
            rows: rows.into_iter().filter(|row| !row.wide).take(SHOWN).map(|row| (row.line, row.cells)).collect(),
        })
    }

    /// How it is read with this mapping.
    pub fn read(&self, kind: Kind, mapping: &Mapping) -> Result<Reading, RunError> {
        let mut columns = Columns::of(&self.heading, kind.names(), mapping).map_err(RunError::Column)?;
        columns.learned(&self.written);
        columns.leave_out(&self.left_out);
        Ok(Reading { columns, kind })
    }
}

/// A value as it will be understood, or as it stands where it cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Understood.
    Good(String),
    /// Not understood.
    Bad(String),
}

/// How a file is read.
#[derive(Debug)]
pub struct Reading {
    columns: Columns,
    kind: Kind,
}

impl Reading {
    /// Field and the heading of its column.
    pub fn fields(&self, look: &Look) -> Vec<(&'static str, String)> {
        self.columns.mapping(&look.heading)
    }

    /// The heading of the column of a field.
    pub fn column(&self, look: &Look, field: &str) -> Option<String> {
        self.fields(look).into_iter().find(|(known, _)| *known == field).map(|(_, column)| column)
    }

    /// Columns that no field takes.
    pub fn unused(&self) -> &[String] {
        self.columns.unused()
    }

    /// A field that must be there and is not.
    pub fn missing(&self) -> Option<&'static str> {
        self.columns.missing(self.kind.needed())
    }

    /// How the values of the first column with days, and of the first with numbers, are written.
    pub fn written(&self, look: &Look) -> (Option<Written>, Option<Written>) {
        let first = |wanted: Value| {
            let field = self.fields(look).into_iter().find(|(field, _)| value_of(self.kind, field) == wanted)?.0;
            Some(self.columns.how(field))
        };
        (first(Value::Day), first(Value::Number))
    }

    /// A value of a row as it will be understood.
    pub fn value(&self, ctx: &Ctx, row: &(u64, Vec<String>), field: &'static str) -> Seen {
        let row = Row { line: row.0, cells: row.1.clone(), wide: false };
        let text = self.columns.get(&row, field).unwrap_or_default();
        let how = self.columns.how(field);
        let read = match value_of(self.kind, field) {
            _ if text.is_empty() => Some(String::new()),
            Value::Text => Some(text.to_owned()),
            Value::Day => day(text, how).map(|day| format::day(ctx.locale, day)),
            Value::Number => number(text, how, PLACES).map(|number| {
                let plain = money::plain(number, PLACES);
                let plain = plain.trim_end_matches('0').trim_end_matches('.').to_owned();
                if ctx.locale == crate::i18n::Locale::En { plain } else { plain.replace('.', ",") }
            }),
        };
        read.map_or_else(|| Seen::Bad(text.to_owned()), Seen::Good)
    }
}
