//! Where in a text the words stand that somebody looked for.

use super::fold::{fold, is_of_word};
use super::model::Piece;

/// Letters before the first word that is shown.
const BEFORE: usize = 60;
/// Letters of an excerpt.
const LENGTH: usize = 220;

/// The runs of letters and digits of a text, as byte ranges.
fn runs(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = chars.find(|(_, c)| is_of_word(*c))?;
        let mut end = text.len();
        while let Some((at, c)) = chars.peek().copied() {
            if !is_of_word(c) {
                end = at;
                break;
            }
            chars.next();
        }
        Some((start, end))
    })
}

/// Which of the words a run begins with.
fn found_in(run: &str, wanted: &[String]) -> Option<usize> {
    let folded = fold(run);
    wanted.iter().position(|word| folded.starts_with(word.as_str()))
}

/// A text in pieces.
pub fn marked(text: &str, wanted: &[String]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut done = 0;
    for (start, end) in runs(text) {
        if found_in(&text[start..end], wanted).is_some() {
            if done < start {
                pieces.push((text[done..start].to_owned(), false));
            }
            pieces.push((text[start..end].to_owned(), true));
            done = end;
        }
    }
    if done < text.len() {
        pieces.push((text[done..].to_owned(), false));
    }
    pieces
}

/// Whether a text has all the words.
pub fn has_all(text: &str, wanted: &[String]) -> bool {
    wanted.iter().all(|word| runs(text).any(|(start, end)| fold(&text[start..end]).starts_with(word.as_str())))
}

/// The place in a long text that says most of what was looked for: the first where the most of the words stand together.
pub fn excerpt(text: &str, wanted: &[String]) -> Option<Vec<Piece>> {
    let mut hits: Vec<(usize, usize)> = Vec::new();
    let mut last_seen = vec![None::<usize>; wanted.len()];
    let mut best: Option<(usize, usize)> = None;
    for (start, end) in runs(text) {
        let Some(which) = found_in(&text[start..end], wanted) else { continue };
        hits.push((start, end));
        last_seen[which] = Some(start);
        let near: Vec<usize> = last_seen.iter().flatten().copied().filter(|at| start - at < LENGTH - BEFORE).collect();
        let first = near.iter().copied().min().unwrap_or(start);
        if best.is_none_or(|(count, _)| near.len() > count) {
            best = Some((near.len(), first));
            if near.len() == wanted.len() {
                break;
            }
        }
    }
    let (_, at) = best?;
    let from = text[..at].char_indices().rev().take(BEFORE).last().map_or(at, |(start, _)| start);
    // Not in the middle of a word.
    let from = if from == 0 { 0 } else { text[from..at].find(char::is_whitespace).map_or(at, |space| from + space) };
    let to = text[from..].char_indices().nth(LENGTH).map_or(text.len(), |(end, _)| from + end);
    let to = if to == text.len() {
        to
    } else {
        text[from..to].rfind(char::is_whitespace).map_or(to, |space| from + space).max(at)
    };
    let line: String = text[from..to].split_whitespace().collect::<Vec<_>>().join(" ");
    let mut pieces = marked(&line, wanted);
    if from > 0 {
        pieces.insert(0, ("… ".to_owned(), false));
    }
    if to < text.len() {
        pieces.push((" …".to_owned(), false));
    }
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(text: &str) -> Vec<String> {
        super::super::words(text).collect()
    }

    fn shown(pieces: &[Piece]) -> String {
        pieces.iter().map(|(text, hit)| if *hit { format!("[{text}]") } else { text.clone() }).collect()
    }

    #[test]
    fn what_was_looked_for_is_marked_as_it_is_written() {
        let title = "Verträge der Müller-Straße 5 & <b>";
        assert_eq!(
            shown(&marked(title, &wanted("mueller vertrag strasse"))),
            "[Verträge] der [Müller]-[Straße] 5 & <b>"
        );
        assert_eq!(shown(&marked("nothing", &wanted("x"))), "nothing");
        assert!(has_all(title, &wanted("vertr 5")) && !has_all(title, &wanted("vertr 6")));
    }

    #[test]
    fn an_excerpt_shows_the_place_where_the_words_stand_together() {
        let filler = "lorem ipsum dolor sit amet ".repeat(40);
        let text = format!("{filler}Öl einmal. {filler}Das Öl der\n  Turbine wird gewechselt. {filler}");
        let excerpt = shown(&excerpt(&text, &wanted("turbine öl")).unwrap());
        assert!(excerpt.contains("Das [Öl] der [Turbine] wird gewechselt."), "{excerpt}");
        assert!(excerpt.starts_with("… ") && excerpt.ends_with(" …") && excerpt.chars().count() < LENGTH + 20);
        assert_eq!(super::excerpt(&filler, &wanted("turbine")), None);
    }

    #[test]
    fn an_excerpt_of_one_endless_word_and_of_odd_letters_is_cut_between_letters() {
        let text = format!("{}Ölwechsel {}", "ä".repeat(500), "ö€".repeat(500));
        let excerpt = excerpt(&text, &wanted("olwechsel"));
        assert!(excerpt.is_none_or(|pieces| !pieces.is_empty()));
    }
}
