//! Where a list continues: an opaque text outside, a key inside.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::ids::DocumentId;
use crate::time::Instant;

use super::model::Document;

/// The last row's place in the order; rows inserted meanwhile do not shift it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// When it changed.
    pub changed_at: Instant,
    /// Its id, among rows of the same instant.
    pub id: DocumentId,
}

impl Cursor {
    /// Before the first row.
    pub const START: Self = Self { changed_at: Instant::END, id: DocumentId(Uuid::max()) };

    /// After this row.
    pub fn after(row: &Document) -> Self {
        Self { changed_at: row.changed_at, id: row.id }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{}", self.changed_at.0, self.id.0.simple())
    }
}

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, id) = text.split_once('-').ok_or(())?;
        let at = i64::from_str_radix(at, 16).map_err(|_| ())?;
        let id = Uuid::try_parse(id).map_err(|_| ())?;
        Ok(Self { changed_at: Instant(at), id: DocumentId(id) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_the_trip_and_rubbish_is_refused() {
        let cursor = Cursor { changed_at: Instant(1_790_000_000_000_000), id: DocumentId(Uuid::now_v7()) };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for rubbish in ["", "-", "xyz", "12", "12-34", "' OR 1=1 --"] {
            assert_eq!(rubbish.parse::<Cursor>(), Err(()), "{rubbish}");
        }
    }
}
