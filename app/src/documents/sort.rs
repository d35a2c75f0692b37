//! The orders of a list of documents, and what a title sorts by.

use crate::db::{Db, DbResult, args, sql};
use crate::ids::DocumentId;
use crate::search::fold::{is_of_word, plain};

/// Letters of a title that decide where it stands.
const LONGEST: usize = 200;
/// Numbers are compared as such up to so many digits.
const DIGITS: usize = 10;
/// After every Latin title: one without a letter or a number.
const WORDLESS: &str = "~";
/// So many titles get their key in one transaction.
const AT_ONCE: i64 = 1000;

/// In which order a list shows its documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The last changed first.
    #[default]
    Newest,
    /// The last changed last.
    Oldest,
    /// By title, A to Z.
    Title,
    /// What ends first comes first; without those that have no end.
    ValidUntil,
}

impl Sort {
    /// All of them, as they are offered.
    pub const ALL: [Self; 4] = [Self::Newest, Self::Oldest, Self::Title, Self::ValidUntil];

    /// The name in addresses and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Title => "title",
            Self::ValidUntil => "valid_until",
        }
    }

    /// The order with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.name() == name)
    }

    /// The Fluent key of its name.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Newest => "sort-newest",
            Self::Oldest => "sort-oldest",
            Self::Title => "sort-title",
            Self::ValidUntil => "sort-valid-until",
        }
    }
}

/// What a title sorts by: its words in small letters without marks ("Ä" with "A", "ß" as "ss"), numbers by their value.
pub fn title_key(title: &str) -> String {
    let words = title.split(|c| !is_of_word(c)).map(plain).filter(|word| !word.is_empty());
    let key = words.map(|word| numbered(&word)).collect::<Vec<_>>().join(" ");
    if key.is_empty() { WORDLESS.to_owned() } else { key.chars().take(LONGEST).collect() }
}

/// A word whose numbers have leading zeros, so that 9 comes before 10.
fn numbered(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut digits = String::new();
    for c in word.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
        } else {
            flush(&mut out, &mut digits);
            out.push(c);
        }
    }
    flush(&mut out, &mut digits);
    out
}

fn flush(out: &mut String, digits: &mut String) {
    if !digits.is_empty() {
        let value = digits.trim_start_matches('0');
        out.extend(std::iter::repeat_n('0', DIGITS.saturating_sub(value.len())));
        out.push_str(value);
        digits.clear();
    }
}

sql! {
    WITHOUT_KEY = "SELECT id, title FROM documents WHERE title_key = '' LIMIT $1";
    /// Whoever renames it meanwhile has set it.
    SET_KEY = "UPDATE documents SET title_key = $3 WHERE id = $1 AND title = $2";
    REPEAT_KEY = "UPDATE document_audience SET title_key = (SELECT d.title_key FROM documents d WHERE d.id = $1) WHERE document_id = $1";
}

/// Gives every title that came before there was an order by title its key. Nothing is left to do the next time.
pub async fn fill(db: &Db) -> DbResult<()> {
    loop {
        let rows: Vec<(DocumentId, String)> = db.all(WITHOUT_KEY, args![AT_ONCE]).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let tx = db.begin().await?;
        for (id, title) in rows {
            tx.execute(SET_KEY, args![id, &title, title_key(&title)]).await?;
            tx.execute(REPEAT_KEY, args![id]).await?;
        }
        tx.commit().await?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_sort_as_people_expect() {
        let wanted = [
            "„Abnahme“ der Linie 2",
            "Ablauf",
            "Änderung 9",
            "änderung 10",
            "Anlage",
            "Mueller",
            "Müller",
            "muller 2",
            "Straße",
            "Strasse 2",
            "Zeichnung",
            "…",
            "Ωmega",
        ];
        let mut sorted = wanted;
        sorted.sort_by_key(|title| title_key(title));
        assert_eq!(
            sorted,
            [
                "Ablauf",
                "„Abnahme“ der Linie 2",
                "Änderung 9",
                "änderung 10",
                "Anlage",
                "Mueller",
                "Müller",
                "muller 2",
                "Straße",
                "Strasse 2",
                "Zeichnung",
                "…",
                "Ωmega",
            ]
        );
    }

    #[test]
    fn every_title_has_a_key_and_it_is_short() {
        for title in ["", "!", "\u{301}", "a", &"9 ".repeat(500), &"é".repeat(500)] {
            let key = title_key(title);
            assert!(!key.is_empty() && key.chars().count() <= LONGEST && !key.chars().any(char::is_control), "{key}");
        }
        assert_eq!(title_key("Rechnung RE-2026/042"), "rechnung re 0000002026 0000000042");
    }
}
