//! Lines of text on pages of paper: wraps, breaks pages, and draws. PDF/A-3 (ISO 19005-3), so that it can be kept for as
//! long as contracts are; fonts are inside.

use std::sync::LazyLock;

use krilla::color::rgb;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};
use krilla::{Document, SerializeSettings};
use rustybuzz::ttf_parser::Face;

use crate::error::AppError;
use crate::time::Instant;

const REGULAR: &[u8] = include_bytes!("../../../fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../../fonts/NotoSans-Bold.ttf");

static REGULAR_FACE: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(REGULAR, 0).ok());
static BOLD_FACE: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(BOLD, 0).ok());

/// A4 in points.
const PAPER: (f32, f32) = (595.28, 841.89);
const MARGIN: f32 = 56.0;
/// Where the text ends and the foot begins.
const BOTTOM: f32 = PAPER.1 - 72.0;
/// Labels stand in a column of their own.
const LABEL: f32 = 120.0;

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    bold: bool,
    size: f32,
    ink: (u8, u8, u8),
    indent: f32,
}

const INK: (u8, u8, u8) = (24, 28, 33);
const QUIET: (u8, u8, u8) = (92, 99, 110);

impl Style {
    /// The title.
    pub const TITLE: Self = Self { bold: true, size: 20.0, ink: INK, indent: 0.0 };
    /// The heading of a part.
    pub const HEADING: Self = Self { bold: true, size: 12.0, ink: INK, indent: 0.0 };
    /// What counts.
    pub const STRONG: Self = Self { bold: true, size: 10.0, ink: INK, indent: 0.0 };
    /// Plain text.
    pub const TEXT: Self = Self { bold: false, size: 10.0, ink: INK, indent: 0.0 };
    /// Small print.
    pub const QUIET: Self = Self { bold: false, size: 9.0, ink: QUIET, indent: 0.0 };
    /// Yes.
    pub const GOOD: Self = Self { bold: true, size: 14.0, ink: (21, 112, 61), indent: 0.0 };
    /// No.
    pub const BAD: Self = Self { bold: true, size: 14.0, ink: (176, 32, 37), indent: 0.0 };

    const fn indented(self) -> Self {
        Self { indent: LABEL, ..self }
    }

    fn face(self) -> Option<&'static Face<'static>> {
        if self.bold { BOLD_FACE.as_ref() } else { REGULAR_FACE.as_ref() }
    }

    /// How wide a text is, in points.
    fn width(self, text: &str) -> f32 {
        let Some(face) = self.face() else { return 0.0 };
        let advance = |c| face.glyph_index(c).and_then(|id| face.glyph_hor_advance(id)).unwrap_or(600);
        let units: f32 = text.chars().map(|c| f32::from(advance(c))).sum();
        units * self.size / f32::from(face.units_per_em())
    }

    /// The same text with letters that the font has: one that it lacks may not stand in a PDF/A.
    fn drawable(self, text: &str) -> String {
        let known = |c: char| self.face().is_some_and(|face| face.glyph_index(c).is_some());
        text.chars().map(|c| if known(c) { c } else { '\u{fffd}' }).collect()
    }
}

enum Item {
    Line { style: Style, text: String, label: Option<String> },
    Gap(f32),
    Rule,
}

impl Item {
    fn height(&self) -> f32 {
        match self {
            Self::Line { style, .. } => style.size * 1.45,
            Self::Gap(height) => *height,
            Self::Rule => 9.0,
        }
    }
}

/// What is to be printed, from the top.
#[derive(Default)]
pub struct Sheet {
    items: Vec<Item>,
}

impl Sheet {
    /// A text, on as many lines as it takes.
    pub fn text(&mut self, style: Style, text: &str) {
        self.wrapped(style, None, text);
    }

    /// A label and what it says, side by side.
    pub fn fact(&mut self, label: &str, text: &str) {
        self.wrapped(Style::TEXT.indented(), Some(label), text);
    }

    /// The same for 64 digits: small enough that they stand on one line.
    pub fn digits(&mut self, label: &str, digits: &str) {
        self.wrapped(Style { size: 8.5, ..Style::TEXT }.indented(), Some(label), digits);
    }

    /// Room, in points.
    pub fn gap(&mut self, height: f32) {
        self.items.push(Item::Gap(height));
    }

    /// A line across.
    pub fn rule(&mut self) {
        self.items.push(Item::Rule);
    }

    fn wrapped(&mut self, style: Style, label: Option<&str>, text: &str) {
        let room = PAPER.0 - 2.0 * MARGIN - style.indent;
        let mut label = label.map(|label| Style::QUIET.drawable(label));
        for paragraph in text.split('\n') {
            for line in wrap(style, &style.drawable(paragraph), room) {
                self.items.push(Item::Line { style, text: line, label: label.take() });
            }
        }
    }

    /// The PDF with a foot on each page and one file inside.
    ///
    /// # Errors
    /// `Internal` when the result would not be a PDF/A.
    pub fn print(self, about: &About<'_>) -> Result<Vec<u8>, AppError> {
        let failed = |e: String| {
            tracing::error!(error = e, "a certificate could not be printed");
            AppError::Internal
        };
        let configuration = ConfigurationBuilder::new().with_archival_validator(Archival::A3_B).finish();
        let configuration = configuration.map_err(|e| failed(format!("{e:?}")))?;
        let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
        let font = |data: &'static [u8]| Font::new(data.into(), 0).ok_or_else(|| failed("no font".to_owned()));
        let fonts = (font(REGULAR)?, font(BOLD)?);
        let at = date(about.at);
        document.set_metadata(
            Metadata::new()
                .title(about.title.to_owned())
                .language(about.language.to_owned())
                .creator(about.creator.to_owned())
                .creation_date(at),
        );
        let attached = EmbeddedFile {
            path: about.file_name.to_owned(),
            mime_type: MimeType::new("application/json"),
            description: Some(about.file_description.to_owned()),
            association_kind: AssociationKind::Data,
            data: about.file.to_vec().into(),
            modification_date: Some(at),
            compress: None,
            location: None,
        };
        document.embed_file(attached).ok_or_else(|| failed("the file cannot be inside".to_owned()))?;
        let pages = paginate(self.items);
        let count = pages.len();
        for (number, items) in (1..).zip(pages) {
            let settings = PageSettings::from_wh(PAPER.0, PAPER.1).ok_or_else(|| failed("no paper".to_owned()))?;
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            let mut top = MARGIN;
            for item in &items {
                draw(&mut surface, &fonts, item, top);
                top += item.height();
            }
            let foot = Style { size: 8.0, ..Style::QUIET };
            write(&mut surface, &fonts, foot, (MARGIN, PAPER.1 - 40.0), &foot.drawable(about.foot));
            let pages = format!("{number} / {count}");
            let right = PAPER.0 - MARGIN - foot.width(&pages);
            write(&mut surface, &fonts, foot, (right, PAPER.1 - 40.0), &pages);
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|e| failed(format!("{e:?}")))
    }
}

/// What a document says of itself, and the file inside it.
pub struct About<'a> {
    /// Title.
    pub title: &'a str,
    /// Language, such as `de`.
    pub language: &'a str,
    /// The program.
    pub creator: &'a str,
    /// When it was made.
    pub at: Instant,
    /// Stands at the bottom of every page.
    pub foot: &'a str,
    /// The name of the file inside.
    pub file_name: &'a str,
    /// What it is.
    pub file_description: &'a str,
    /// Its bytes.
    pub file: &'a [u8],
}

fn date(at: Instant) -> DateTime {
    let at = at.timestamp().to_zoned(jiff::tz::TimeZone::UTC);
    let part = |value: i8| u8::try_from(value).unwrap_or(0);
    DateTime::new(u16::try_from(at.year()).unwrap_or(0))
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()))
        .second(part(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

/// Lines no wider than the room; a word that is too long for one is broken.
fn wrap(style: Style, text: &str, room: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        for part in parts(style, word, room) {
            let Some(line) = lines.last_mut() else { break };
            let joined = if line.is_empty() { part.clone() } else { format!("{line} {part}") };
            if style.width(&joined) <= room { *line = joined } else { lines.push(part) }
        }
    }
    lines
}

fn parts(style: Style, word: &str, room: f32) -> Vec<String> {
    let mut parts = vec![String::new()];
    for c in word.chars() {
        let Some(part) = parts.last_mut() else { break };
        part.push(c);
        if style.width(part) > room && part.chars().count() > 1 {
            part.pop();
            parts.push(c.to_string());
        }
    }
    parts
}

fn paginate(items: Vec<Item>) -> Vec<Vec<Item>> {
    let mut pages: Vec<Vec<Item>> = vec![Vec::new()];
    let mut top = MARGIN;
    let mut items = items.into_iter().peekable();
    while let Some(item) = items.next() {
        // A heading does not stand alone at the bottom.
        let heading = matches!(&item, Item::Line { style, .. } if style.bold && style.indent == 0.0);
        let needs = item.height() + if heading { 40.0 } else { 0.0 };
        if top + needs > BOTTOM && items.peek().is_some() {
            pages.push(Vec::new());
            top = MARGIN;
        }
        top += item.height();
        if let Some(page) = pages.last_mut() {
            page.push(item);
        }
    }
    pages
}

fn draw(surface: &mut Surface<'_>, fonts: &(Font, Font), item: &Item, top: f32) {
    match item {
        Item::Line { style, text, label } => {
            let base = top + style.size * 1.1;
            if let Some(label) = label {
                write(surface, fonts, Style::QUIET, (MARGIN, base), label);
            }
            write(surface, fonts, *style, (MARGIN + style.indent, base), text);
        }
        Item::Rule => {
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(MARGIN, top + 4.0, PAPER.0 - 2.0 * MARGIN, 0.75) {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                surface.set_fill(Some(fill((208, 213, 220))));
                surface.draw_path(&path);
            }
        }
        Item::Gap(_) => {}
    }
}

fn write(surface: &mut Surface<'_>, fonts: &(Font, Font), style: Style, (x, y): (f32, f32), text: &str) {
    if text.is_empty() {
        return;
    }
    let font = if style.bold { &fonts.1 } else { &fonts.0 };
    surface.set_fill(Some(fill(style.ink)));
    surface.draw_text(Point::from_xy(x, y), font.clone(), style.size, text, false, TextDirection::Auto);
}

fn fill((r, g, b): (u8, u8, u8)) -> Fill {
    Fill { paint: rgb::Color::new(r, g, b).into(), ..Fill::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_broken_and_nothing_is_lost() {
        let hash = "0123456789abcdef".repeat(12);
        let lines = wrap(Style::TEXT, &format!("SHA-256 {hash}"), 200.0);
        assert!(lines.len() > 3 && lines.iter().all(|line| Style::TEXT.width(line) <= 200.0), "{lines:?}");
        assert_eq!(lines.concat(), format!("SHA-256{hash}"));
    }

    #[test]
    fn letters_that_no_font_has_become_a_sign_that_it_has() {
        assert_eq!(Style::TEXT.drawable("Łódź Ωμέγα 漢字"), "Łódź Ωμέγα \u{fffd}\u{fffd}");
        assert!(Style::TEXT.width("\u{fffd}") > 0.0);
    }
}
