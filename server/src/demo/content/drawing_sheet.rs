//! The sheet of a technical drawing: A3 landscape in millimetres, with border, title block and revisions.

use jiff::civil::Date;

use super::canvas::{Canvas, Face, INK, MUTED, Rgb, bold, regular};
use super::figure;
use super::pdf_file::{About, file};
use super::words::Language;

/// Points in a millimetre.
const MM: f32 = 72.0 / 25.4;

/// A revision of a drawing: its letter, its day and what changed.
pub struct Revision {
    /// The letter.
    pub index: &'static str,
    /// The day.
    pub date: Date,
    /// What changed.
    pub change: &'static str,
}

/// An A3 sheet drawn in millimetres from its top left corner.
pub struct Sheet {
    canvas: Canvas,
}

impl Sheet {
    /// An empty sheet with its border.
    #[must_use]
    pub fn new() -> Self {
        let mut sheet = Self { canvas: Canvas::new(420.0 * MM, 297.0 * MM) };
        sheet.border();
        sheet
    }

    /// The sheet as a PDF file.
    #[must_use]
    pub fn pdf(self, title: &str, author: &str, date: Date) -> Vec<u8> {
        file(vec![self.canvas], &About { title, author, date, language: "en" })
    }

    /// A line through all points; the pen's width is in millimetres too.
    pub fn line(&mut self, points: &[(f32, f32)], pen: f32, colour: Rgb) {
        self.canvas.line(&scaled(points), pen * MM, colour);
    }

    /// A line of dashes and gaps.
    pub fn dashed(&mut self, points: &[(f32, f32)], pen: f32, colour: Rgb, pattern: &[f32]) {
        let pattern: Vec<f32> = pattern.iter().map(|part| part * MM).collect();
        self.canvas.dashed(&scaled(points), pen * MM, colour, &pattern);
    }

    /// The outline of a rectangle.
    pub fn frame(&mut self, x: f32, y: f32, w: f32, h: f32, pen: f32) {
        self.canvas.frame(x * MM, y * MM, w * MM, h * MM, pen * MM, INK);
    }

    /// A filled rectangle.
    pub fn block(&mut self, x: f32, y: f32, w: f32, h: f32, colour: Rgb) {
        self.canvas.block(x * MM, y * MM, w * MM, h * MM, colour);
    }

    /// The outline of a circle.
    pub fn circle(&mut self, x: f32, y: f32, r: f32, pen: f32) {
        self.canvas.circle(x * MM, y * MM, r * MM, pen * MM, INK);
    }

    /// A filled shape.
    pub fn fill(&mut self, points: &[(f32, f32)], colour: Rgb) {
        self.canvas.fill(&scaled(points), colour);
    }

    /// Text; the size stays in points.
    pub fn text(&mut self, x: f32, y: f32, text: &str, face: Face) {
        self.canvas.text(x * MM, y * MM, text, face);
    }

    /// Text centred on `x`.
    pub fn centre(&mut self, x: f32, y: f32, text: &str, face: Face) {
        self.canvas.text_centre(x * MM, y * MM, text, face);
    }

    /// A horizontal dimension with its extension lines from `edge`.
    pub fn across(&mut self, from: f32, to: f32, y: f32, edge: f32, label: &str) {
        for x in [from, to] {
            self.line(&[(x, edge), (x, if y < edge { y - 2.0 } else { y + 2.0 })], 0.1, MUTED);
        }
        figure::span(&mut self.canvas, (from * MM, y * MM), (to * MM, y * MM));
        self.centre((from + to) / 2.0, y - 1.0, label, regular(8.0, INK));
    }

    /// A vertical dimension with its extension lines from `edge`.
    pub fn upright(&mut self, from: f32, to: f32, x: f32, edge: f32, label: &str) {
        for y in [from, to] {
            self.line(&[(edge, y), (if x < edge { x - 2.0 } else { x + 2.0 }, y)], 0.1, MUTED);
        }
        figure::span(&mut self.canvas, (x * MM, from * MM), (x * MM, to * MM));
        self.canvas.text_upwards((x - 1.0) * MM, (from + to) / 2.0 * MM, label, regular(8.0, INK));
    }

    /// An arrow.
    pub fn arrow(&mut self, from: (f32, f32), to: (f32, f32), colour: Rgb) {
        figure::arrow(&mut self.canvas, (from.0 * MM, from.1 * MM), (to.0 * MM, to.1 * MM), colour);
    }

    /// A position number in a circle, with a line to what it names.
    pub fn balloon(&mut self, number: &str, at: (f32, f32), target: (f32, f32)) {
        let (dx, dy) = (target.0 - at.0, target.1 - at.1);
        let length = dx.hypot(dy).max(0.1);
        let start = (at.0 + dx / length * 4.0, at.1 + dy / length * 4.0);
        self.line(&[start, target], 0.18, INK);
        self.block(target.0 - 0.5, target.1 - 0.5, 1.0, 1.0, INK);
        self.circle(at.0, at.1, 4.0, 0.25);
        self.centre(at.0, at.1 + 1.2, number, bold(9.0, INK));
    }

    fn border(&mut self) {
        self.frame(15.0, 5.0, 400.0, 287.0, 0.18);
        self.frame(20.0, 10.0, 390.0, 277.0, 0.7);
        for i in 0..8_u8 {
            let x = 20.0 + (f32::from(i) + 0.5) * 48.75;
            let number = (i + 1).to_string();
            for (text, from, to) in [(8.9, 5.0, 10.0), (290.9, 287.0, 292.0)] {
                self.centre(x, text, &number, regular(8.0, MUTED));
                if i > 0 {
                    self.line(&[(x - 24.375, from), (x - 24.375, to)], 0.18, INK);
                }
            }
        }
        for (i, letter) in ["A", "B", "C", "D", "E", "F"].iter().enumerate() {
            let y = 10.0 + (i as f32 + 0.5) * 46.167;
            for (text, from, to) in [(17.5, 15.0, 20.0), (412.5, 410.0, 415.0)] {
                self.centre(text, y + 1.0, letter, regular(8.0, MUTED));
                if i > 0 {
                    self.line(&[(from, y - 23.08), (to, y - 23.08)], 0.18, INK);
                }
            }
        }
    }

    /// The title block in the lower right corner and the revisions beside it.
    pub fn title_block(&mut self, number: &str, title: [&str; 2], sheet: &str, revisions: &[Revision]) {
        let (x, y) = (230.0, 239.0);
        self.block(x, y, 180.0, 48.0, [1.0, 1.0, 1.0]);
        self.frame(x, y, 180.0, 48.0, 0.5);
        for (from, to) in [
            ((x, y + 16.0), (x + 180.0, y + 16.0)),
            ((x, y + 34.0), (x + 180.0, y + 34.0)),
            ((x + 96.0, y), (x + 96.0, y + 16.0)),
            ((x + 138.0, y), (x + 138.0, y + 16.0)),
            ((x + 52.0, y + 34.0), (x + 52.0, y + 48.0)),
            ((x + 118.0, y + 34.0), (x + 118.0, y + 48.0)),
            ((x + 144.0, y + 34.0), (x + 144.0, y + 48.0)),
            ((x + 162.0, y + 34.0), (x + 162.0, y + 48.0)),
        ] {
            self.line(&[from, to], 0.25, INK);
        }
        self.canvas.mark((x + 3.0) * MM, (y + 3.0) * MM, 10.0 * MM);
        self.text(x + 16.0, y + 7.6, "Nordlicht Maschinenbau GmbH", bold(10.5, INK));
        self.text(x + 16.0, y + 12.2, "Werftstraße 18, 24143 Kiel", regular(8.0, MUTED));
        let last = revisions.last();
        let date = last.map(|revision| Language::En.date(revision.date)).unwrap_or_default();
        let index = last.map_or("", |revision| revision.index);
        for (at, label, value) in [
            ((x + 98.0, y), "Drawn", "J. Petersen"),
            ((x + 140.0, y), "Checked", "P. Mommsen"),
            ((x, y + 34.0), "Customer", "ACME Werke AG, Hamm"),
            ((x + 54.0, y + 34.0), "Drawing number", number),
            ((x + 120.0, y + 34.0), "Scale", "1:25"),
            ((x + 146.0, y + 34.0), "Sheet", sheet),
            ((x + 164.0, y + 34.0), "Index", index),
        ] {
            self.text(at.0 + 2.0, at.1 + 4.2, label, regular(6.5, MUTED));
            self.text(at.0 + 2.0, at.1 + 9.6, value, bold(9.0, INK));
        }
        for at in [x + 100.0, x + 142.0] {
            self.text(at, y + 13.6, &date, regular(7.0, MUTED));
        }
        self.text(x + 2.0, y + 24.4, title[0], bold(14.0, INK));
        self.text(x + 2.0, y + 30.4, title[1], regular(9.5, MUTED));
        for (i, revision) in revisions.iter().rev().enumerate() {
            let at = y - 7.0 * (i as f32 + 1.0);
            self.frame(x + 84.0, at, 96.0, 7.0, 0.18);
            self.text(x + 86.0, at + 4.7, revision.index, bold(8.0, INK));
            self.text(x + 92.0, at + 4.7, &Language::En.date(revision.date), regular(7.5, MUTED));
            self.text(x + 122.0, at + 4.7, revision.change, regular(7.5, INK));
        }
    }
}

impl Default for Sheet {
    fn default() -> Self {
        Self::new()
    }
}

fn scaled(points: &[(f32, f32)]) -> Vec<(f32, f32)> {
    points.iter().map(|(x, y)| (x * MM, y * MM)).collect()
}
