//! What is looked for, and what was found.

use crate::documents::model::{Category, Document, State};
use crate::ids::{OrganisationId, ProjectId};

/// Words of a question that count.
const MOST_WORDS: usize = 8;
/// Letters of a question that count.
const LONGEST: usize = 200;

/// What somebody looks for.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// What they typed.
    pub text: String,
    /// Only with this tag.
    pub tag: Option<String>,
    /// Only what was published for the people of this project.
    pub project: Option<ProjectId>,
    /// Only of this category.
    pub category: Option<Category>,
    /// Only in this state.
    pub state: Option<State>,
    /// For a customer: only through this membership. For staff: only of this customer.
    pub organisation: Option<OrganisationId>,
    /// Below this position of the index; `None`: from the newest.
    pub before: Option<i64>,
    /// How many.
    pub limit: usize,
}

impl Query {
    /// The words that all have to begin something in the document.
    pub fn words(&self) -> Vec<String> {
        let end = self.text.char_indices().nth(LONGEST).map_or(self.text.len(), |(at, _)| at);
        let mut words: Vec<String> = Vec::new();
        for word in super::words(&self.text[..end]) {
            if !words.contains(&word) && words.len() < MOST_WORDS {
                words.push(word);
            }
        }
        words
    }
}

/// A piece of a text, and whether it is what was looked for.
pub type Piece = (String, bool);

/// One document that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The document.
    pub document: Document,
    /// Its title in pieces.
    pub title: Vec<Piece>,
    /// Its tags, each in pieces.
    pub tags: Vec<Vec<Piece>>,
    /// Where the words stand in its file, unless the title has them all.
    pub excerpt: Option<Vec<Piece>>,
}

/// A page of what was found, the last changed first.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The documents.
    pub hits: Vec<Hit>,
    /// Where the next page begins, if there is one.
    pub next: Option<i64>,
}

impl From<Document> for Hit {
    fn from(document: Document) -> Self {
        let plain = |text: &str| vec![(text.to_owned(), false)];
        let tags = document.tags().map(plain).collect();
        Self { title: plain(&document.title), tags, excerpt: None, document }
    }
}
