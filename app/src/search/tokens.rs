//! What an index holds of a thing besides its words. Every such token begins with `_`, as no word does.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::access::Topic;
use crate::day::Day;
use crate::documents::model::{Category, State};
use crate::ids::OrganisationId;
use crate::time::Instant;

use super::fold;

/// Words of at most so many letters are found by tokens of their own; longer ones through the vocabulary.
pub const SHORT: usize = 3;
/// Of one document, at most.
const MOST_WORDS: usize = 20_000;
/// Bytes of one document's words, at most: PostgreSQL's `tsvector` ends at a megabyte.
const MOST_BYTES: usize = 600_000;

/// Whose it is.
pub fn organisation(id: OrganisationId) -> String {
    format!("_o{}", id.0.simple())
}

/// An organisation, a group, a person or a project that it is meant for.
pub fn subject(id: Uuid) -> String {
    format!("_s{}", id.simple())
}

/// Its topic.
pub fn topic(topic: Topic) -> String {
    format!("_t{}", topic.name())
}

/// Its state.
pub fn state(state: State) -> String {
    format!("_x{}", state.name())
}

/// The status of an order, by its key.
pub fn status(key: &str) -> String {
    format!("_x{key}")
}

/// Whether an order is over.
pub fn closed(closed: bool) -> String {
    if closed { "_yclosed" } else { "_yopen" }.to_owned()
}

/// The month of a day.
pub fn month(day: Day) -> String {
    format!("_d{:04}{:02}", day.date().year(), day.date().month())
}

/// Its category.
pub fn category(category: Category) -> String {
    format!("_c{}", category.key())
}

/// A tag, folded.
pub fn tag(folded: &str) -> String {
    format!("_g{}", folded.replace(' ', "_"))
}

/// The block of positions it stands in.
pub fn block(number: i64) -> String {
    format!("_b{number:x}")
}

/// A word that only staff look for: of the customer's name, which not every reader may learn.
pub fn internal(word: &str) -> String {
    format!("_n{word}")
}

/// The beginning of a word.
pub fn beginning(start: &str) -> String {
    format!("_w{start}")
}

/// The beginning of an [`internal`] word.
pub fn internal_beginning(start: &str) -> String {
    format!("_m{start}")
}

/// The beginnings of a word that have tokens: of one letter, of two, of three.
fn beginnings(word: &str) -> impl Iterator<Item = &str> {
    word.char_indices().map(|(at, c)| &word[..at + c.len_utf8()]).take(SHORT)
}

/// What is known of a thing, as an index takes it.
#[derive(Clone, Debug, Default)]
pub struct Indexed<'a> {
    /// What decides who may see it, and what it can be filtered by.
    pub tokens: Vec<String>,
    /// What only staff look for: the customer's name, which not every reader may learn.
    pub internal: Vec<&'a str>,
    /// What its readers can read. The first count first.
    pub texts: Vec<&'a str>,
}

impl Indexed<'_> {
    /// Its tokens, and the words among them that complete what somebody types.
    pub fn tokens(self) -> (BTreeSet<String>, Vec<String>) {
        let mut tokens: BTreeSet<String> = self.tokens.into_iter().collect();
        let mut vocabulary = Vec::new();
        for word in self.internal.iter().flat_map(|text| super::words(text)) {
            tokens.extend(beginnings(&word).map(internal_beginning));
            let word = internal(&word);
            if tokens.insert(word.clone()) {
                vocabulary.push(word);
            }
        }
        let (mut count, mut bytes) = (0, 0);
        for word in self.texts.iter().flat_map(|text| super::words(text)) {
            if count == MOST_WORDS || bytes > MOST_BYTES {
                break;
            }
            if tokens.contains(&word) {
                continue;
            }
            count += 1;
            bytes += word.len();
            tokens.extend(beginnings(&word).map(beginning));
            if word.chars().nth(SHORT).is_some() {
                vocabulary.push(word.clone());
            }
            tokens.insert(word);
        }
        (tokens, vocabulary)
    }

    /// The same, as it is kept.
    pub fn made(self, changed_at: Instant) -> Made {
        let (tokens, vocabulary) = self.tokens();
        Made { changed_at: changed_at.0, words: tokens.into_iter().collect::<Vec<_>>().join(" "), vocabulary }
    }
}

/// The tokens of a thing, its words, and as of which change.
#[derive(Debug)]
pub struct Made {
    /// As of when.
    pub changed_at: i64,
    /// The tokens, separated by spaces.
    pub words: String,
    /// The words that complete what is typed.
    pub vocabulary: Vec<String>,
}

/// A tag as tags are compared.
pub fn fold_tag(name: &str) -> String {
    fold::words(name).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_do_not_find_a_document_by_whose_it_is() {
        let indexed = Indexed {
            tokens: vec![tag(&fold_tag("Große Wartung"))],
            internal: vec!["Globex GmbH"],
            texts: vec!["Rahmenvertrag Öl"],
        };
        let (tokens, vocabulary) = indexed.tokens();
        for token in ["_wr", "_wra", "_wrah", "rahmenvertrag", "_wol", "ol", "_ggrosse_wartung", "_nglobex", "_mglo"] {
            assert!(tokens.contains(token), "{token} in {tokens:?}");
        }
        assert!(!tokens.contains("globex") && !tokens.contains("_wglo"));
        assert_eq!(vocabulary, ["_nglobex", "_ngmbh", "rahmenvertrag"]);
    }

    #[test]
    fn a_text_of_a_million_words_is_cut_and_the_title_is_not() {
        let text: String = (0..1_000_000).map(|n| format!("w{n} ")).collect();
        let indexed = Indexed { texts: vec!["Title", &text], ..Indexed::default() };
        let (tokens, _) = indexed.tokens();
        assert!(tokens.contains("title") && tokens.len() < 2 * MOST_WORDS);
    }
}
