//! A paper described in a few words: what it says, not how it is set. `typeset` makes the PDF of it.

use jiff::civil::Date;

use super::company::Company;
use super::typeset;
use super::words::Language;

/// How the cells of a column sit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Amounts.
    Right,
}

/// One column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// Its share of the width.
    pub share: f32,
    /// How its cells sit.
    pub align: Align,
}

/// Rows under a head, with sums below.
#[derive(Clone, Debug)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The cells, row by row.
    pub rows: Vec<Vec<String>>,
    /// Label and amount; the last one is the result.
    pub sums: Vec<(String, String)>,
}

/// Someone who signs.
#[derive(Clone, Debug)]
pub struct Signature {
    /// Their name.
    pub name: String,
    /// For whom.
    pub role: String,
    /// Where and when, once signed.
    pub signed: Option<String>,
}

/// A piece of a paper.
#[derive(Clone, Debug)]
pub enum Block {
    /// A section with its number.
    Section(String),
    /// A paragraph.
    Text(String),
    /// Points.
    Points(Vec<String>),
    /// A table.
    Table(Table),
    /// A sentence set apart.
    Note(String),
    /// The side view of a conveyor: length, height and speed.
    Elevation([String; 3]),
    /// Lines to sign on.
    Signatures(Vec<Signature>),
}

/// A paper.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Its language.
    pub language: Language,
    /// Its title.
    pub title: String,
    /// A line under the title.
    pub subtitle: String,
    /// Its number, repeated on every page.
    pub number: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub date: Date,
    /// To whom, if it is a letter.
    pub to: Option<Company>,
    /// Label and value of what identifies it.
    pub facts: Vec<(String, String)>,
    /// What it says.
    pub blocks: Vec<Block>,
}

impl Paper {
    /// An empty paper.
    #[must_use]
    pub fn new(language: Language, date: Date, author: &str, number: &str, title: &str) -> Self {
        Self {
            language,
            title: title.to_owned(),
            subtitle: String::new(),
            number: number.to_owned(),
            author: author.to_owned(),
            date,
            to: None,
            facts: Vec::new(),
            blocks: Vec::new(),
        }
    }

    /// The line under the title.
    #[must_use]
    pub fn subtitle(mut self, text: &str) -> Self {
        text.clone_into(&mut self.subtitle);
        self
    }

    /// Makes it a letter.
    #[must_use]
    pub fn to(mut self, company: &Company) -> Self {
        self.to = Some(*company);
        self
    }

    /// Adds what identifies it.
    #[must_use]
    pub fn fact(mut self, label: &str, value: impl Into<String>) -> Self {
        self.facts.push((label.to_owned(), value.into()));
        self
    }

    /// Adds a section.
    #[must_use]
    pub fn section(self, heading: &str) -> Self {
        self.block(Block::Section(heading.to_owned()))
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.block(Block::Text(text.into()))
    }

    /// Adds points.
    #[must_use]
    pub fn points(self, points: &[&str]) -> Self {
        self.block(Block::Points(points.iter().map(|&point| point.to_owned()).collect()))
    }

    /// Adds a sentence set apart.
    #[must_use]
    pub fn note(self, text: impl Into<String>) -> Self {
        self.block(Block::Note(text.into()))
    }

    /// Adds a table of words.
    #[must_use]
    pub fn table(self, columns: &[(&str, f32, Align)], rows: &[&[&str]]) -> Self {
        let rows = rows.iter().map(|row| row.iter().map(|&cell| cell.to_owned()).collect()).collect();
        self.sums(columns, rows, Vec::new())
    }

    /// Adds a table with sums.
    #[must_use]
    pub fn sums(self, columns: &[(&str, f32, Align)], rows: Vec<Vec<String>>, sums: Vec<(String, String)>) -> Self {
        let columns = columns.iter();
        let columns = columns.map(|&(head, share, align)| Column { head: head.to_owned(), share, align });
        self.block(Block::Table(Table { columns: columns.collect(), rows, sums }))
    }

    /// Adds lines to sign on: name, role, and where and when it was signed (empty: not yet).
    #[must_use]
    pub fn sign(self, people: &[(&str, &str, &str)]) -> Self {
        let people = people.iter().map(|&(name, role, signed)| Signature {
            name: name.to_owned(),
            role: role.to_owned(),
            signed: (!signed.is_empty()).then(|| signed.to_owned()),
        });
        self.block(Block::Signatures(people.collect()))
    }

    /// Adds a piece.
    #[must_use]
    pub fn block(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// The paper as a PDF file.
    #[must_use]
    pub fn pdf(&self) -> Vec<u8> {
        typeset::pdf(self)
    }
}
