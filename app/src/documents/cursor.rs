//! Where a list continues: an opaque text outside, a key inside.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::day::Day;
use crate::db::Value;
use crate::ids::DocumentId;
use crate::time::Instant;

use super::model::{Document, hex};
use super::sort::{Sort, title_key};

/// What a row's place in an order depends on, before its id does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// The last changed first.
    Newest(Instant),
    /// The last changed last.
    Oldest(Instant),
    /// The key of its title.
    Title(String),
    /// Its last day.
    ValidUntil(Day),
}

impl From<Key> for Value {
    fn from(key: Key) -> Self {
        match key {
            Key::Newest(at) | Key::Oldest(at) => at.into(),
            Key::Title(key) => key.into(),
            Key::ValidUntil(day) => day.into(),
        }
    }
}

/// The last row's place in the order; rows inserted meanwhile do not shift it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Its key.
    pub key: Key,
    /// Its id, among rows of the same key.
    pub id: DocumentId,
}

impl Cursor {
    /// Before the first row of the usual order.
    pub const START: Self = Self { key: Key::Newest(Instant::END), id: DocumentId(Uuid::max()) };

    /// Before the first row of an order.
    pub fn start(sort: Sort) -> Self {
        let key = match sort {
            Sort::Newest => return Self::START,
            Sort::Oldest => Key::Oldest(Instant(i64::MIN)),
            Sort::Title => Key::Title(String::new()),
            Sort::ValidUntil => Key::ValidUntil(Day::FIRST),
        };
        Self { key, id: DocumentId(Uuid::nil()) }
    }

    /// The order it is of.
    pub const fn sort(&self) -> Sort {
        match self.key {
            Key::Newest(_) => Sort::Newest,
            Key::Oldest(_) => Sort::Oldest,
            Key::Title(_) => Sort::Title,
            Key::ValidUntil(_) => Sort::ValidUntil,
        }
    }

    /// After this row, in the usual order.
    pub fn after(row: &Document) -> Self {
        Self { key: Key::Newest(row.changed_at), id: row.id }
    }

    /// After this row, in the same order as this.
    pub fn followed_by(&self, row: &Document) -> Self {
        let key = match self.key {
            Key::Newest(_) => Key::Newest(row.changed_at),
            Key::Oldest(_) => Key::Oldest(row.changed_at),
            Key::Title(_) => Key::Title(title_key(&row.title)),
            Key::ValidUntil(_) => Key::ValidUntil(row.valid_until.unwrap_or(Day::LAST)),
        };
        Self { key, id: row.id }
    }

    /// A cursor of an order, as it was handed out.
    pub fn parse(sort: Sort, text: &str) -> Option<Self> {
        let (key, id) = text.rsplit_once('-')?;
        let at = |text: &str| i64::from_str_radix(text, 16).ok().map(Instant);
        let key = match sort {
            Sort::Newest => Key::Newest(at(key)?),
            Sort::Oldest => Key::Oldest(at(key.strip_prefix('o')?)?),
            Sort::Title => Key::Title(unhex(key.strip_prefix('t')?)?),
            Sort::ValidUntil => Key::ValidUntil(key.strip_prefix('v')?.parse().ok()?),
        };
        Some(Self { key, id: DocumentId(Uuid::try_parse(id).ok()?) })
    }
}

/// A text from its bytes in hexadecimal. Nothing that a database would refuse.
fn unhex(text: &str) -> Option<String> {
    let pairs = text.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2)?;
        u8::from_str_radix(pair, 16).ok()
    });
    let text = String::from_utf8(pairs.collect::<Option<Vec<u8>>>()?).ok()?;
    (!text.chars().any(char::is_control)).then_some(text)
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.id.0.simple();
        match &self.key {
            Key::Newest(at) => write!(f, "{:x}-{id}", at.0),
            Key::Oldest(at) => write!(f, "o{:x}-{id}", at.0),
            Key::Title(key) => write!(f, "t{}-{id}", hex(key.as_bytes())),
            Key::ValidUntil(day) => write!(f, "v{day}-{id}"),
        }
    }
}

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::parse(Sort::Newest, text).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_the_trip_and_rubbish_is_refused() {
        let at = Instant(1_790_000_000_000_000);
        let keys = [
            Key::Newest(at),
            Key::Oldest(at),
            Key::Title(title_key("Änderung 2, 日本")),
            Key::ValidUntil("2026-12-31".parse().unwrap_or(Day::FIRST)),
        ];
        for key in keys {
            let cursor = Cursor { key, id: DocumentId(Uuid::now_v7()) };
            let text = cursor.to_string();
            assert_eq!(Cursor::parse(cursor.sort(), &text).as_ref(), Some(&cursor), "{text}");
            for other in Sort::ALL.into_iter().filter(|sort| *sort != cursor.sort()) {
                assert_eq!(Cursor::parse(other, &text), None, "{text} is no cursor of {other:?}");
            }
        }
        let id = Uuid::now_v7().simple();
        let made_up = ["o-", "t0-", "t00-", "tzz-", "tff-", "t+1-", "té-", "v-", "v2026-", "v0001-01-01-", "x-"]
            .map(|key| format!("{key}{id}"));
        for rubbish in ["", "-", "xyz", "12", "12-34", "' OR 1=1 --"].map(str::to_owned).into_iter().chain(made_up) {
            for sort in Sort::ALL {
                assert_eq!(Cursor::parse(sort, &rubbish), None, "{rubbish} as {sort:?}");
            }
        }
    }
}
