//! Text: of which encoding it is, and what of it can be shown.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much is looked at to tell whether it is text at all.
const SAMPLE: usize = 64 * 1024;

/// The text of bytes that are text: UTF-8, UTF-16 with a mark, or else Windows-1252.
pub fn decode(bytes: &[u8], limit: usize) -> Option<String> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((WINDOWS_1252, 0));
    let bytes = bytes.get(mark..).unwrap_or_default();
    // Twice: what is taken out again, such as carriage returns, does not count.
    let part = bytes.get(..bytes.len().min(limit.saturating_mul(2))).unwrap_or_default();
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return Some(clean(&encoding.decode_without_bom_handling(part).0, limit));
    }
    if !is_text(bytes.get(..bytes.len().min(SAMPLE)).unwrap_or_default()) {
        return None;
    }
    Some(clean(&decode_bytes(part, encoding == UTF_8), limit))
}

/// UTF-8 where it is, and Windows-1252 where it is not. A character that the end cuts in two does not decide.
fn decode_bytes(bytes: &[u8], marked: bool) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(error) if marked || error.error_len().is_none() => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

fn is_text(sample: &[u8]) -> bool {
    let odd = sample.iter().filter(|byte| **byte < 0x20 && !b"\t\n\r\x0c\x1b".contains(byte)).count();
    !sample.contains(&0) && odd * 1000 <= sample.len()
}

/// Characters that turn the direction of what follows, with which text is made to read as something else.
const fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

/// What can be shown and kept: without control characters, lines ending in `\n`, at most one empty line in a row, and no
/// longer than this many bytes.
pub fn clean(text: &str, limit: usize) -> String {
    let mut out = String::with_capacity(text.len().min(limit));
    let mut breaks = 0;
    let mut before = ' ';
    for c in text.chars() {
        let c = match c {
            '\n' if before == '\r' => {
                before = c;
                continue;
            }
            '\r' | '\n' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                before = c;
                breaks += 1;
                if breaks > 2 {
                    continue;
                }
                '\n'
            }
            c => {
                before = c;
                if (c.is_control() && c != '\t') || turns(c) {
                    continue;
                }
                if !c.is_whitespace() {
                    breaks = 0;
                }
                c
            }
        };
        if out.len() + c.len_utf8() > limit {
            break;
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_its_encoding() {
        let read = |bytes: &[u8]| decode(bytes, 1000);
        assert_eq!(read("Prüfung €".as_bytes()).as_deref(), Some("Prüfung €"));
        assert_eq!(read(b"Pr\xfcfung \x80").as_deref(), Some("Prüfung €"));
        assert_eq!(read(b"\xef\xbb\xbfPr\xc3\xbcfung").as_deref(), Some("Prüfung"));
        assert_eq!(read(b"\xff\xfeP\0r\0\xfc\0f\0").as_deref(), Some("Prüf"));
        assert_eq!(read(&[0, 1, 2, 3]), None);
        assert_eq!(read(&[7; 100]), None);
        // Cut off in the middle of a character.
        assert_eq!(decode("aü".repeat(10).as_bytes(), 2).as_deref(), Some("a"));
    }

    #[test]
    fn what_cannot_be_shown_goes() {
        assert_eq!(clean("a\r\nb\rc\u{0}\u{7}\u{1b}[31m\u{202e}d", 100), "a\nb\nc[31md");
        assert_eq!(clean("a\n\n\n\n \n\nb", 100), "a\n\n b");
        assert_eq!(clean(&"ü".repeat(100), 5), "üü");
    }
}
