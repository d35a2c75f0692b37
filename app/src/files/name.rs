//! File names as people send them, made safe to show, store and send back.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization as _;

/// The longest name that is kept; file systems stop at 255 bytes.
const LONGEST: usize = 180;

/// A file name without path, control characters or tricks of direction. Metadata only: it never names a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName(String);

impl FileName {
    /// Makes a name of whatever came. Never fails: a name that has nothing left becomes `document`.
    pub fn parse(raw: &str) -> Self {
        // Browsers of old and scripts of today send paths.
        let last = raw.rsplit(['/', '\\']).find(|part| !part.trim().is_empty()).unwrap_or("");
        let clean: String = last
            .nfc()
            .filter(|c| !c.is_control() && !is_invisible(*c))
            .map(|c| if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c })
            .collect();
        let clean = clean.trim().trim_start_matches('.').trim_end_matches(['.', ' ']);
        if clean.is_empty() {
            return Self("document".into());
        }
        Self(shorten(clean))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The extension, lower case, without the dot.
    pub fn extension(&self) -> String {
        self.0.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default()
    }

    /// The name without its extension: a title to start from.
    pub fn stem(&self) -> &str {
        self.0.rsplit_once('.').map_or(self.0.as_str(), |(stem, _)| stem)
    }
}

/// Zero-width characters and overrides of direction, with which `fdp.exe` is made to read `exe.pdf`.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn shorten(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let extension = name.rsplit_once('.').map(|(_, e)| e).filter(|e| e.len() <= 10);
    let room = LONGEST - extension.map_or(0, |e| e.len() + 1);
    let mut end = room;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    let stem = name.get(..end).unwrap_or_default();
    extension.map_or_else(|| stem.to_owned(), |e| format!("{stem}.{e}"))
}

/// RFC 8187: everything but letters and digits is encoded.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// A `Content-Disposition` of `attachment` with the name twice (RFC 6266): plain for old programs, exact for all others.
pub fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%' | ';') || c == ' ' { c } else { '_' })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(name, ENCODED))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(raw: &str) -> String {
        FileName::parse(raw).as_str().to_owned()
    }

    #[test]
    fn paths_control_characters_and_direction_tricks_go() {
        assert_eq!(name("../../etc/passwd"), "passwd");
        assert_eq!(name("C:\\Users\\anna\\Vertrag.pdf"), "Vertrag.pdf");
        assert_eq!(name("a\r\nb\0c.pdf"), "abc.pdf");
        assert_eq!(name("invoice\u{202E}fdp.exe"), "invoicefdp.exe");
        assert_eq!(name(".."), "document");
        assert_eq!(name("  \t "), "document");
        assert_eq!(name(".htaccess"), "htaccess");
    }

    #[test]
    fn umlauts_and_quotes_stay() {
        assert_eq!(name("Pru\u{308}fprotokoll.pdf"), "Pr\u{fc}fprotokoll.pdf");
        assert_eq!(name("O'Neill & S\u{f6}hne.pdf"), "O'Neill & S\u{f6}hne.pdf");
    }

    #[test]
    fn long_names_keep_their_extension() {
        let long = name(&format!("{}.pdf", "\u{e4}".repeat(300)));
        assert!(long.len() <= 180 && long.ends_with(".pdf"), "{long}");
    }

    #[test]
    fn names_cannot_break_out_of_the_header() {
        let text = disposition("Pr\u{fc}f\"; x=\r\n.pdf");
        assert!(text.bytes().all(|b| (b' '..=b'~').contains(&b)), "{text}");
        assert_eq!(disposition("\u{fc}.pdf"), "attachment; filename=\"_.pdf\"; filename*=UTF-8''%C3%BC.pdf");
    }
}
