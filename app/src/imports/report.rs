//! What a run did, row by row and in sum.

use crate::error::FieldErrors;
use crate::orders::input::{Act, Change};

/// One row of a report.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Line in the file.
    pub line: u64,
    /// What the row is about: its number.
    pub number: String,
    /// What it did, or why it did nothing.
    pub outcome: Result<(Act, Vec<Change>), FieldErrors>,
}

impl Entry {
    /// create, change, unchanged or rejected.
    pub fn result(&self) -> &'static str {
        self.outcome.as_ref().map_or("rejected", |(act, _)| act.name())
    }

    /// What changes, or what is wrong: one text.
    pub fn text(&self) -> String {
        match &self.outcome {
            Ok((_, changes)) => {
                let change =
                    |c: &Change| format!("{}: \u{201c}{}\u{201d} -> \u{201c}{}\u{201d}", c.field, c.old, c.new);
                changes.iter().map(change).collect::<Vec<_>>().join("; ")
            }
            Err(errors) => errors.iter().map(|(field, why)| format!("{field}: {why}")).collect::<Vec<_>>().join("; "),
        }
    }
}

/// What a run did.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    /// New ones.
    pub created: u64,
    /// Different ones.
    pub changed: u64,
    /// As they were.
    pub unchanged: u64,
    /// Left out.
    pub rejected: u64,
    /// Nothing of it is in the database: a look only, or something was wrong and all or nothing was asked for.
    pub undone: bool,
}

impl Totals {
    /// Counts a row.
    pub fn count(&mut self, entry: &Entry) {
        let place = match &entry.outcome {
            Ok((Act::Create, _)) => &mut self.created,
            Ok((Act::Change, _)) => &mut self.changed,
            Ok((Act::Unchanged, _)) => &mut self.unchanged,
            Err(_) => &mut self.rejected,
        };
        *place += 1;
    }

    /// Every row.
    pub fn rows(&self) -> u64 {
        self.created + self.changed + self.unchanged + self.rejected
    }
}
