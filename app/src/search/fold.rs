//! Words as the index knows them: small letters without marks, so that "Müller", "Mueller" and "MULLER" are one word.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Letters of a word that count; whoever types more means the same.
pub const LONGEST: usize = 40;

/// Whether a character belongs to a word.
pub fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// A word in small letters without marks.
pub fn plain(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for c in word.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
        match c {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'ø' => plain.push('o'),
            'œ' => plain.push_str("oe"),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'þ' => plain.push_str("th"),
            // The second half of some letters' small form.
            c if is_combining_mark(c) => {}
            c => plain.push(c),
        }
    }
    plain
}

/// One word as the index knows it. What begins alike is folded alike, so that a beginning of a word finds it.
pub fn fold(word: &str) -> String {
    let plain = plain(word);
    let mut folded = String::with_capacity(plain.len());
    let mut before = ' ';
    for c in plain.chars().take(LONGEST) {
        // An umlaut written out.
        if !(c == 'e' && matches!(before, 'a' | 'o' | 'u')) {
            folded.push(c);
        }
        before = c;
    }
    folded
}

/// The words of a text, folded, in their order.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c| !is_of_word(c)).filter(|run| !run.is_empty()).map(fold).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_many_spellings_is_one_word() {
        for spelling in ["Müller", "MÜLLER", "Mueller", "Muller", "Mu\u{308}ller"] {
            assert_eq!(fold(spelling), "muller", "{spelling}");
        }
        assert_eq!(fold("Straße"), fold("STRASSE"));
        assert_eq!(fold("Ærø"), fold("Aeroe"));
        assert_eq!(fold("İstanbul"), "istanbul");
        assert_eq!(fold("ﬁnal"), "final");
    }

    #[test]
    fn a_beginning_of_a_word_is_folded_to_a_beginning() {
        for word in ["Treueprämie", "Neue", "Bauer", "Oberstraße", "Poesie", "naïve", "Zürich", "œuvre"] {
            let whole = fold(word);
            for (at, _) in word.char_indices().skip(1) {
                let start = fold(&word[..at]);
                assert!(whole.starts_with(&start), "{} of {word}: {start} of {whole}", &word[..at]);
            }
        }
    }

    #[test]
    fn a_text_falls_into_words_and_numbers() {
        let found: Vec<String> = words("Rechnung RE-2026/0042: 1.234,50 € (o'Neil)").collect();
        assert_eq!(found, ["rechnung", "re", "2026", "0042", "1", "234", "50", "o", "neil"]);
        assert_eq!(words(" \u{301} - ").count(), 0);
    }
}
