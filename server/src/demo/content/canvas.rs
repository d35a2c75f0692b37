//! One PDF page to draw on, measured in points from the top left corner.

use pdf_writer::types::{LineCapStyle, LineJoinStyle};
use pdf_writer::{Content, Name, Str};

use super::metrics::{self, Weight};

/// A colour as red, green and blue from 0 to 1.
pub type Rgb = [f32; 3];

/// Text.
pub const INK: Rgb = [0.10, 0.13, 0.16];
/// Labels and small print.
pub const MUTED: Rgb = [0.38, 0.43, 0.47];
/// Hairlines.
pub const HAIR: Rgb = [0.80, 0.83, 0.86];
/// The tone behind table heads and notes.
pub const SOFT: Rgb = [0.945, 0.965, 0.98];
/// The company's blue.
pub const BRAND: Rgb = [0.0, 0.392, 0.532];
/// The deep tone that carries the mark.
pub const DEEP: Rgb = [0.0, 0.199, 0.274];
/// Paper white.
pub const WHITE: Rgb = [1.0, 1.0, 1.0];

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub struct Face {
    /// Regular or bold.
    pub weight: Weight,
    /// Size in points.
    pub size: f32,
    /// Colour.
    pub colour: Rgb,
}

/// Regular text of this size and colour.
#[must_use]
pub const fn regular(size: f32, colour: Rgb) -> Face {
    Face { weight: Weight::Regular, size, colour }
}

/// Bold text of this size and colour.
#[must_use]
pub const fn bold(size: f32, colour: Rgb) -> Face {
    Face { weight: Weight::Bold, size, colour }
}

/// One page being drawn. All positions are points from the top left corner.
pub struct Canvas {
    content: Content,
    width: f32,
    height: f32,
}

impl Canvas {
    /// An empty page of this size.
    #[must_use]
    pub fn new(width: f32, height: f32) -> Self {
        let mut content = Content::new();
        content.set_line_cap(LineCapStyle::ButtCap).set_line_join(LineJoinStyle::MiterJoin);
        Self { content, width, height }
    }

    /// Width and height.
    #[must_use]
    pub fn size(&self) -> (f32, f32) {
        (self.width, self.height)
    }

    /// The page's drawing operators.
    #[must_use]
    pub fn operators(self) -> Vec<u8> {
        self.content.finish().to_vec()
    }

    /// Writes text with its baseline starting at `x`, `y`.
    pub fn text(&mut self, x: f32, y: f32, text: &str, face: Face) {
        self.turned(x, y, text, face, [1.0, 0.0, 0.0, 1.0]);
    }

    /// Writes text that ends at `x`.
    pub fn text_right(&mut self, x: f32, y: f32, text: &str, face: Face) {
        self.text(x - metrics::width(text, face.weight, face.size), y, text, face);
    }

    /// Writes text centred on `x`.
    pub fn text_centre(&mut self, x: f32, y: f32, text: &str, face: Face) {
        self.text(x - metrics::width(text, face.weight, face.size) / 2.0, y, text, face);
    }

    /// Writes text that reads upwards, centred on `y`, its baseline at `x`.
    pub fn text_upwards(&mut self, x: f32, y: f32, text: &str, face: Face) {
        let half = metrics::width(text, face.weight, face.size) / 2.0;
        self.turned(x, y + half, text, face, [0.0, 1.0, -1.0, 0.0]);
    }

    fn turned(&mut self, x: f32, y: f32, text: &str, face: Face, [a, b, c, d]: [f32; 4]) {
        let font = match face.weight {
            Weight::Regular => Name(b"F1"),
            Weight::Bold => Name(b"F2"),
        };
        let [red, green, blue] = face.colour;
        self.content.set_fill_rgb(red, green, blue).begin_text();
        self.content.set_font(font, face.size).set_text_matrix([a, b, c, d, x, self.height - y]);
        self.content.show(Str(&metrics::encode(text))).end_text();
    }

    /// A line through all points.
    pub fn line(&mut self, points: &[(f32, f32)], width: f32, colour: Rgb) {
        self.pen(width, colour);
        self.path(points);
        self.content.stroke();
    }

    /// A line through all points, drawn with this pattern of dashes and gaps.
    pub fn dashed(&mut self, points: &[(f32, f32)], width: f32, colour: Rgb, pattern: &[f32]) {
        self.content.save_state().set_dash_pattern(pattern.iter().copied(), 0.0);
        self.line(points, width, colour);
        self.content.restore_state();
    }

    /// A smooth line: a start, then two control points and an end for each piece.
    pub fn curve(&mut self, start: (f32, f32), pieces: &[[(f32, f32); 3]], width: f32, colour: Rgb) {
        self.pen(width, colour);
        let h = self.height;
        self.content.move_to(start.0, h - start.1);
        for [(ax, ay), (bx, by), (x, y)] in pieces {
            self.content.cubic_to(*ax, h - ay, *bx, h - by, *x, h - y);
        }
        self.content.stroke();
    }

    /// A filled shape.
    pub fn fill(&mut self, points: &[(f32, f32)], colour: Rgb) {
        let [red, green, blue] = colour;
        self.content.set_fill_rgb(red, green, blue);
        self.path(points);
        self.content.close_path().fill_nonzero();
    }

    /// A filled rectangle.
    pub fn block(&mut self, x: f32, y: f32, w: f32, h: f32, colour: Rgb) {
        self.fill(&[(x, y), (x + w, y), (x + w, y + h), (x, y + h)], colour);
    }

    /// The outline of a rectangle.
    pub fn frame(&mut self, x: f32, y: f32, w: f32, h: f32, width: f32, colour: Rgb) {
        self.pen(width, colour);
        self.content.rect(x, self.height - y - h, w, h).stroke();
    }

    /// The outline of a circle.
    pub fn circle(&mut self, x: f32, y: f32, r: f32, width: f32, colour: Rgb) {
        let k = r * 0.5523;
        self.curve(
            (x + r, y),
            &[
                [(x + r, y + k), (x + k, y + r), (x, y + r)],
                [(x - k, y + r), (x - r, y + k), (x - r, y)],
                [(x - r, y - k), (x - k, y - r), (x, y - r)],
                [(x + k, y - r), (x + r, y - k), (x + r, y)],
            ],
            width,
            colour,
        );
    }

    /// The Nordlicht mark: three lights of different height on a deep square.
    pub fn mark(&mut self, x: f32, y: f32, size: f32) {
        self.block(x, y, size, size, DEEP);
        self.content.save_state().set_line_cap(LineCapStyle::RoundCap);
        let unit = size / 28.0;
        for (column, top) in [(8.0, 13.0), (14.0, 7.0), (20.0, 10.5)] {
            let at = x + column * unit;
            self.line(&[(at, y + 20.5 * unit), (at, y + top * unit)], 2.6 * unit, WHITE);
        }
        self.content.restore_state();
    }

    fn pen(&mut self, width: f32, [red, green, blue]: Rgb) {
        self.content.set_line_width(width).set_stroke_rgb(red, green, blue);
    }

    fn path(&mut self, points: &[(f32, f32)]) {
        for (i, (x, y)) in points.iter().enumerate() {
            if i == 0 {
                self.content.move_to(*x, self.height - y);
            } else {
                self.content.line_to(*x, self.height - y);
            }
        }
    }
}
