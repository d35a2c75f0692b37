//! One page of what an index finds: look after look, each further back and longer, until whoever asks has enough.

use std::collections::HashMap;

use uuid::Uuid;

use crate::db::{Db, DbResult};

use super::expression::Expression;
use super::tables::Tables;
use super::tokens::{self, SHORT};
use super::window::Window;

/// More words than this begin alike: then the engine looks at all that do.
const MOST_COMPLETIONS: i64 = 500;
/// Questions to the index for one page; whoever is unlucky gets a shorter page and the next.
const MOST_ROUNDS: usize = 24;

/// What has all of these words, of what may be seen; nothing where nothing can have them.
pub async fn holding(
    db: &Db,
    tables: &Tables,
    seen: Expression,
    words: &[String],
    internal: bool,
) -> DbResult<Option<Expression>> {
    let nothing = Expression::Any(vec![]);
    if seen == nothing {
        return Ok(None);
    }
    let mut wanted = seen;
    for typed in words {
        let meant = word(db, tables, typed, internal).await?;
        if meant == nothing {
            return Ok(None);
        }
        wanted = wanted.and(meant);
    }
    Ok(Some(wanted))
}

/// What of an index a word stands for: its beginnings. `internal` for staff, who look for the customer's name too.
async fn word(db: &Db, tables: &Tables, typed: &str, internal: bool) -> DbResult<Expression> {
    let mut any = Vec::new();
    let mut whole = vec![typed.to_owned()];
    if internal {
        whole.push(tokens::internal(typed));
    }
    if typed.chars().count() <= SHORT {
        any.push(Expression::Token(tokens::beginning(typed)));
        if internal {
            any.push(Expression::Token(tokens::internal_beginning(typed)));
        }
        return Ok(Expression::Any(any));
    }
    for start in whole {
        let words = tables.complete(db, &start, MOST_COMPLETIONS + 1).await?;
        if i64::try_from(words.len()).is_ok_and(|count| count > MOST_COMPLETIONS) {
            any.push(Expression::Beginning(start));
        } else {
            any.extend(words.into_iter().map(Expression::Token));
        }
    }
    Ok(Expression::Any(any))
}

/// The looks of one page.
#[derive(Debug)]
pub struct Walk {
    tables: &'static Tables,
    wanted: Expression,
    window: Option<Window>,
    asked: i64,
    rounds: usize,
}

impl Walk {
    /// Below a position, or from the newest. `asked` is how many a look may bring.
    pub async fn begin(
        db: &Db,
        tables: &'static Tables,
        wanted: Expression,
        before: Option<i64>,
        asked: usize,
    ) -> DbResult<Self> {
        let before = match before {
            Some(before) => before,
            None => tables.newest(db).await? + 1,
        };
        let asked = i64::try_from(asked).unwrap_or(i64::MAX);
        Ok(Self { tables, wanted, window: Some(Window::first(before)), asked, rounds: 0 })
    }

    /// What the next look brings that finds anything, the last changed first; `None` when there is no further one.
    pub async fn look(&mut self, db: &Db) -> DbResult<Option<Vec<(i64, Uuid)>>> {
        while let Some(window) = self.window.filter(|_| self.rounds < MOST_ROUNDS) {
            self.rounds += 1;
            let narrow = window.narrow(self.wanted.clone());
            let found = self.tables.positions(db, &narrow, window, self.asked).await?;
            let full = i64::try_from(found.len()).is_ok_and(|count| count == self.asked);
            self.window = match found.last() {
                Some((at, _)) if full => Some(window.below(*at)),
                _ => window.next(),
            };
            if !found.is_empty() {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Where to go on, if the index was not walked to its end.
    pub fn rest(&self) -> Option<i64> {
        self.window.map(|window| window.before)
    }
}

/// A page that looks fill.
#[derive(Debug)]
pub struct Page<T> {
    rows: Vec<(i64, T)>,
    limit: usize,
}

impl<T> Page<T> {
    /// One with so many rows at most.
    pub const fn of(limit: usize) -> Self {
        Self { rows: Vec::new(), limit }
    }

    /// Takes of what a look found the rows that may be shown, which come in any order. Whether that is enough.
    pub fn add(&mut self, found: &[(i64, Uuid)], rows: impl IntoIterator<Item = (Uuid, T)>) -> bool {
        let mut by_id: HashMap<Uuid, T> = rows.into_iter().collect();
        self.rows.extend(found.iter().filter_map(|(at, id)| Some((*at, by_id.remove(id)?))));
        self.rows.len() > self.limit
    }

    /// The rows in their order, and below which place the next page begins: one before the first that is left for it.
    pub fn end(mut self, walk: &Walk) -> (Vec<T>, Option<i64>) {
        let left = self.rows.get(self.limit).map(|(at, _)| at + 1);
        self.rows.truncate(self.limit);
        (self.rows.into_iter().map(|(_, row)| row).collect(), left.or_else(|| walk.rest()))
    }
}
