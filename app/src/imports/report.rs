//! What a run did, row by row and in sum.

use uuid::Uuid;

use crate::error::FieldErrors;
use crate::orders::input::{Act, Change};

use super::model::{Counts, Detail};

/// The longest value that is shown of a change.
const SHOWN: usize = 200;

/// What a row did.
#[derive(Clone, Debug)]
pub struct Done {
    /// Made, changed or left as it was.
    pub act: Act,
    /// What changed.
    pub changes: Vec<Change>,
    /// What it is about.
    pub object: Option<Uuid>,
    /// At which revision that is now.
    pub revision: i64,
    /// What it was before, for undoing; empty where it was not there.
    pub before: String,
}

/// One row of a report.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Line in the file.
    pub line: u64,
    /// What the row is about: its number.
    pub number: String,
    /// What it did, or why it did nothing.
    pub outcome: Result<Done, FieldErrors>,
}

impl Entry {
    /// create, change, unchanged or rejected.
    pub fn result(&self) -> &'static str {
        self.outcome.as_ref().map_or("rejected", |done| done.act.name())
    }

    /// What changes, or what is wrong: one text.
    pub fn text(&self) -> String {
        self.detail().text()
    }

    /// What changes, or what is wrong.
    pub fn detail(&self) -> Detail {
        let short = |text: &str| {
            let mut short: String = text.chars().take(SHOWN).collect();
            if short.len() < text.len() {
                short.push('\u{2026}');
            }
            short
        };
        let mut detail = Detail::default();
        match &self.outcome {
            Ok(done) => {
                let change = |c: &Change| (c.field.to_owned(), short(&c.old), short(&c.new));
                detail.changes = done.changes.iter().map(change).collect();
            }
            Err(errors) => detail.errors = errors.iter().map(|(field, why)| (field.to_owned(), short(why))).collect(),
        }
        detail
    }
}

impl Detail {
    /// One text.
    pub fn text(&self) -> String {
        let changes = self
            .changes
            .iter()
            .map(|(field, old, new)| format!("{field}: \u{201c}{old}\u{201d} -> \u{201c}{new}\u{201d}"));
        let errors = self.errors.iter().map(|(field, why)| format!("{field}: {why}"));
        changes.chain(errors).collect::<Vec<_>>().join("; ")
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
    /// What a run that goes on has done already.
    pub fn from(counts: Counts) -> Self {
        let count = |count: i64| u64::try_from(count).unwrap_or(0);
        Self {
            created: count(counts.created),
            changed: count(counts.changed),
            unchanged: count(counts.unchanged),
            rejected: count(counts.rejected),
            undone: false,
        }
    }

    /// As they are stored.
    pub fn counts(&self) -> Counts {
        let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        Counts {
            created: count(self.created),
            changed: count(self.changed),
            unchanged: count(self.unchanged),
            rejected: count(self.rejected),
        }
    }

    /// Counts a row.
    pub fn count(&mut self, entry: &Entry) {
        let place = match entry.outcome.as_ref().map(|done| done.act) {
            Ok(Act::Create) => &mut self.created,
            Ok(Act::Change) => &mut self.changed,
            Ok(Act::Unchanged) => &mut self.unchanged,
            Err(_) => &mut self.rejected,
        };
        *place += 1;
    }

    /// Every row.
    pub fn rows(&self) -> u64 {
        self.created + self.changed + self.unchanged + self.rejected
    }
}
