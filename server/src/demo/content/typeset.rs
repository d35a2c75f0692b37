//! Sets a paper on A4 pages: breaks lines and pages, keeps headings with their text.

use super::canvas::{BRAND, Canvas, DEEP, HAIR, INK, MUTED, SOFT, bold, regular};
use super::letterhead;
use super::metrics::{Weight, wrap};
use super::paper::{Block, Paper, Signature};
use super::pdf_file::{About, file};
use super::{figure, table};

/// A4 in points.
pub const PAGE: (f32, f32) = (595.28, 841.89);
/// The left edge of the text.
pub const LEFT: f32 = 64.0;
/// The right edge of the text.
pub const RIGHT: f32 = 541.0;
/// Where the text ends at the latest.
pub const BOTTOM: f32 = 752.0;
/// The size of running text.
pub const SIZE: f32 = 9.5;
/// From one line to the next.
pub const LEADING: f32 = 13.6;

/// The pages so far and the place where the next line goes.
pub struct Setter<'a> {
    paper: &'a Paper,
    pages: Vec<Canvas>,
    page: Canvas,
    /// The upper edge of what comes next.
    pub y: f32,
    sections: usize,
}

/// The paper as a PDF file.
#[must_use]
pub fn pdf(paper: &Paper) -> Vec<u8> {
    let mut page = Canvas::new(PAGE.0, PAGE.1);
    let y = letterhead::first(&mut page, paper);
    let mut setter = Setter { paper, pages: Vec::new(), page, y, sections: 0 };
    for block in &paper.blocks {
        setter.block(block);
    }
    let Setter { mut pages, page, .. } = setter;
    pages.push(page);
    let count = pages.len();
    for (i, page) in pages.iter_mut().enumerate() {
        letterhead::foot(page, paper, i + 1, count);
    }
    let title = format!("{} {}", paper.title, paper.number);
    let about = About { title: title.trim(), author: &paper.author, date: paper.date, language: paper.language.tag() };
    file(pages, &about)
}

impl Setter<'_> {
    /// The page being set.
    pub fn page(&mut self) -> &mut Canvas {
        &mut self.page
    }

    /// Turns the page unless this height still fits. Says whether it turned.
    pub fn need(&mut self, height: f32) -> bool {
        if self.y + height <= BOTTOM {
            return false;
        }
        let full = std::mem::replace(&mut self.page, Canvas::new(PAGE.0, PAGE.1));
        self.pages.push(full);
        self.y = letterhead::next(&mut self.page, self.paper);
        true
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Section(heading) => self.section(heading),
            Block::Text(text) => self.text(text),
            Block::Points(points) => self.points(points),
            Block::Table(rows) => table::set(self, rows),
            Block::Note(text) => self.note(text),
            Block::Elevation(labels) => {
                self.need(150.0);
                figure::elevation(&mut self.page, LEFT, self.y, RIGHT - LEFT, labels);
                self.y += 142.0;
            }
            Block::Signatures(people) => self.signatures(people),
        }
    }

    fn section(&mut self, heading: &str) {
        self.need(72.0);
        self.sections += 1;
        self.y += 10.0;
        self.page.text(LEFT, self.y + 11.0, &self.sections.to_string(), bold(11.5, BRAND));
        self.page.text(LEFT + 22.0, self.y + 11.0, heading, bold(11.5, INK));
        self.y += 22.0;
    }

    fn text(&mut self, text: &str) {
        self.lines(text, LEFT);
        self.y += 6.0;
    }

    fn lines(&mut self, text: &str, x: f32) {
        let lines = wrap(text, Weight::Regular, SIZE, RIGHT - x);
        let count = lines.len();
        for (i, line) in lines.iter().enumerate() {
            // Short paragraphs stay whole; of long ones neither the first nor the last line stands alone.
            let together = match i {
                0 if count <= 4 => count,
                0 => 2,
                _ if i + 2 == count => 2,
                _ => 1,
            };
            self.need(together as f32 * LEADING);
            self.page.text(x, self.y + 9.6, line, regular(SIZE, INK));
            self.y += LEADING;
        }
    }

    fn points(&mut self, points: &[String]) {
        for point in points {
            self.need(2.0 * LEADING);
            self.page.block(LEFT + 4.0, self.y + 4.6, 3.2, 3.2, BRAND);
            self.lines(point, LEFT + 16.0);
            self.y += 2.0;
        }
        self.y += 5.0;
    }

    fn note(&mut self, text: &str) {
        let lines = wrap(text, Weight::Regular, SIZE, RIGHT - LEFT - 26.0);
        let height = lines.len() as f32 * LEADING + 14.0;
        self.need(height + 8.0);
        self.page.block(LEFT, self.y, RIGHT - LEFT, height, SOFT);
        self.page.block(LEFT, self.y, 2.5, height, BRAND);
        for (i, line) in lines.iter().enumerate() {
            let at = self.y + 16.4 + i as f32 * LEADING;
            self.page.text(LEFT + 14.0, at, line, regular(SIZE, DEEP));
        }
        self.y += height + 10.0;
    }

    fn signatures(&mut self, people: &[Signature]) {
        self.need(82.0);
        self.y += 14.0;
        let width = (RIGHT - LEFT - 28.0) / 2.0;
        for pair in people.chunks(2) {
            self.need(68.0);
            for (i, person) in pair.iter().enumerate() {
                let x = LEFT + i as f32 * (width + 28.0);
                let line = self.y + 44.0;
                if let Some(when) = &person.signed {
                    self.page.text(x, self.y + 6.0, when, regular(8.0, MUTED));
                    figure::scribble(&mut self.page, x + 10.0, line - 2.0, &person.name);
                }
                self.page.line(&[(x, line), (x + width, line)], 0.6, HAIR);
                self.page.text(x, line + 12.0, &person.name, bold(8.5, INK));
                self.page.text(x, line + 23.0, &person.role, regular(8.0, MUTED));
            }
            self.y += 80.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::Language;
    use super::*;

    #[test]
    fn a_long_paper_has_several_numbered_pages() {
        let mut paper = Paper::new(Language::De, jiff::civil::date(2026, 11, 24), "Petra", "X-1", "Prüfung");
        for i in 0..60 {
            paper = paper.section(&format!("Abschnitt {i}")).text("Ein Satz. ".repeat(30)).note("Hinweis");
        }
        let bytes = paper.pdf();
        let count = bytes.windows(12).filter(|part| part == b"/Type /Page\n").count();
        assert!(count > 4, "{count}");
        let last = format!("(Seite {count} von {count})");
        assert!(bytes.windows(last.len()).any(|part| part == last.as_bytes()));
        assert_eq!(bytes, paper.pdf());
    }
}
