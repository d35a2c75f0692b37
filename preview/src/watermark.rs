//! Words across a page image: they are part of its pixels, so that they are on every copy of the image.
//!
//! This reads images that this crate has made itself, not what customers send. It runs in the portal.

use std::io::Cursor;
use std::sync::LazyLock;

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use ttf_parser::{Face, OutlineBuilder};

use crate::picture::encode;

static FACE: LazyLock<Option<Face<'static>>> =
    LazyLock::new(|| Face::parse(include_bytes!("../../app/fonts/NotoSans-Bold.ttf"), 0).ok());

/// How much of the words covers what is below them.
const COVER: f32 = 0.26;
/// The words rise by 30 degrees: cosine and sine.
const RISE: (f32, f32) = (0.866_025_4, 0.5);
/// Letters of the words that are written.
const LONGEST: usize = 200;
/// From one row of words to the next, in heights of a letter.
const PITCH: f32 = 5.0;
/// How far the light rim of the letters lies beside them; it is what shows on dark pictures.
const RIM: f32 = 1.5;

/// The same image with these words across it. The stored one is not touched.
///
/// # Errors
/// When it is no image of ours.
pub fn mark(png: &[u8], words: &str) -> Result<Vec<u8>, Unreadable> {
    let decoder = png::Decoder::new(Cursor::new(png));
    let mut reader = decoder.read_info().map_err(|_| Unreadable)?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or(Unreadable)?];
    let info = reader.next_frame(&mut pixels).map_err(|_| Unreadable)?;
    let (channels, inked) = match (info.color_type, info.bit_depth) {
        (png::ColorType::Grayscale, png::BitDepth::Eight) => (1, 1),
        (png::ColorType::Rgb, png::BitDepth::Eight) => (3, 3),
        // What is clear stays as clear as it was.
        (png::ColorType::Rgba, png::BitDepth::Eight) => (4, 3),
        _ => return Err(Unreadable),
    };
    let width = u16::try_from(info.width).map_err(|_| Unreadable)?;
    let height = u16::try_from(info.height).map_err(|_| Unreadable)?;
    let size = (f32::from(width) / 40.0).clamp(12.0, 32.0);
    let strip = Strip::of(words, size).ok_or(Unreadable)?;
    let rows = pixels.chunks_exact_mut(usize::from(width) * channels);
    for (y, row) in (0..height).zip(rows) {
        for (x, pixel) in (0..width).zip(row.chunks_exact_mut(channels)) {
            let (x, y) = (f32::from(x), f32::from(y));
            let ink = strip.at(x, y, size);
            let rim = strip.at(x - RIM, y - RIM, size) * (1.0 - ink);
            if ink + rim > 0.0 {
                for value in pixel.iter_mut().take(inked) {
                    *value = blend(*value, ink, rim);
                }
            }
        }
    }
    encode(width, height, info.color_type, &pixels).map_err(|_| Unreadable)
}

/// It is no image of ours, or the font is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// Dark letters with a light rim: one of them shows, whatever is below.
fn blend(below: u8, ink: f32, rim: f32) -> u8 {
    let below = f32::from(below);
    let value = below + COVER * (ink * (40.0 - below) + rim * (255.0 - below));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a byte, by then")]
    let value = value.round().clamp(0.0, 255.0) as u8;
    value
}

/// The words once, lying flat, with room behind them; how much of each pixel they cover.
struct Strip {
    width: usize,
    height: usize,
    cover: Vec<f32>,
}

impl Strip {
    fn of(words: &str, size: f32) -> Option<Self> {
        let face = FACE.as_ref()?;
        let scale = size / f32::from(face.units_per_em());
        // What the font lacks is left out: a box says nothing, and an address is always there.
        let glyphs: Vec<_> = words.chars().take(LONGEST).filter_map(|c| face.glyph_index(c)).collect();
        let advance = |id| f32::from(face.glyph_hor_advance(id).unwrap_or(600)) * scale;
        let long: f32 = glyphs.iter().map(|id| advance(*id)).sum();
        let (width, height) = (pixels(long + 3.0 * size)?, pixels(size * 1.8)?);
        let mut pen = Pen {
            into: Rasterizer::new(width, height),
            scale,
            left: size,
            base: size * 1.3,
            at: point(0.0, 0.0),
            begun: point(0.0, 0.0),
        };
        for id in glyphs {
            face.outline_glyph(id, &mut pen);
            pen.left += advance(id);
        }
        let mut cover = vec![0.0; width * height];
        pen.into.for_each_pixel(|at, value| {
            if let Some(pixel) = cover.get_mut(at) {
                *pixel = value.clamp(0.0, 1.0);
            }
        });
        Some(Self { width, height, cover })
    }

    /// How much the words cover a pixel of the page: in rows that rise, each beginning elsewhere.
    fn at(&self, x: f32, y: f32, size: f32) -> f32 {
        let (cos, sin) = RISE;
        let (along, down) = (x * cos - y * sin, x * sin + y * cos);
        let pitch = size * PITCH;
        let row = (down / pitch).floor();
        let within = down - row * pitch;
        if within >= self.height as f32 {
            return 0.0;
        }
        let along = (along + row * 0.37 * self.width as f32).rem_euclid(self.width as f32);
        let (left, top) = (along.floor(), within.floor());
        let (right, low) = (along - left, within - top);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the strip")]
        let (left, top) = (left as usize, top as usize);
        let pixel = |x: usize, y: usize| self.cover.get(y * self.width + x % self.width).copied().unwrap_or(0.0);
        let upper = pixel(left, top) * (1.0 - right) + pixel(left + 1, top) * right;
        let lower = pixel(left, top + 1) * (1.0 - right) + pixel(left + 1, top + 1) * right;
        upper * (1.0 - low) + lower * low
    }
}

/// A length in whole pixels, if it is one that is drawn.
fn pixels(length: f32) -> Option<usize> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded here")]
    let pixels = length.ceil().clamp(0.0, 20_000.0) as usize;
    (pixels > 0).then_some(pixels)
}

/// Draws the outlines of letters one behind the other.
struct Pen {
    into: Rasterizer,
    scale: f32,
    left: f32,
    base: f32,
    at: Point,
    begun: Point,
}

impl Pen {
    fn place(&self, x: f32, y: f32) -> Point {
        point(self.left + x * self.scale, self.base - y * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = self.place(x, y);
        self.begun = self.at;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.place(x, y);
        self.into.draw_line(self.at, to);
        self.at = to;
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (by, to) = (self.place(x1, y1), self.place(x, y));
        self.into.draw_quad(self.at, by, to);
        self.at = to;
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (one, two, to) = (self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        self.into.draw_cubic(self.at, one, two, to);
        self.at = to;
    }

    fn close(&mut self) {
        self.into.draw_line(self.at, self.begun);
        self.at = self.begun;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn decoded(png: &[u8]) -> (u32, u32, png::ColorType, Vec<u8>) {
        let mut reader = png::Decoder::new(Cursor::new(png)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        (info.width, info.height, info.color_type, pixels)
    }

    #[test]
    fn the_words_are_in_the_pixels_of_every_kind_of_image_and_its_size_stays() {
        let words = "Bärbel Żółć, baerbel@acme.example, 21 Nov 2026, 13:00";
        for (color, channels) in [(png::ColorType::Grayscale, 1), (png::ColorType::Rgb, 3), (png::ColorType::Rgba, 4)] {
            for paper in [255, 128, 0] {
                let clean = encode(600, 400, color, &vec![paper; 600 * 400 * channels]).unwrap();
                let marked = mark(&clean, words).unwrap();
                let (width, height, kind, pixels) = decoded(&marked);
                assert_eq!((width, height, kind), (600, 400, color));
                let touched = pixels.iter().filter(|value| **value != paper).count();
                let share = touched * 100 / pixels.len();
                assert!((3..40).contains(&share), "{color:?} on {paper}: {share} %");
                assert_eq!(marked, mark(&clean, words).unwrap(), "the same words, the same image");
                assert_ne!(marked, mark(&clean, "Ben Brandt, ben@acme.example").unwrap());
                if channels == 4 {
                    assert!(pixels.iter().skip(3).step_by(4).all(|alpha| *alpha == paper), "as clear as before");
                }
            }
        }
    }

    #[test]
    fn european_names_are_written_and_what_the_font_lacks_is_left_out() {
        let face = FACE.as_ref().unwrap();
        for name in ["Müller", "Łukasz Żółć", "Ελένη Παπαδοπούλου", "Екатерина Щукина", "Þórður", "·,@"]
        {
            assert!(name.chars().filter(|c| *c != ' ').all(|c| face.glyph_index(c).is_some()), "{name}");
        }
        let clean = encode(300, 300, png::ColorType::Grayscale, &[255; 90_000]).unwrap();
        assert_eq!(mark(&clean, "田中, t@acme.example").unwrap(), mark(&clean, ", t@acme.example").unwrap());
        for size in [1, 3, 30] {
            let tiny =
                encode(size, size, png::ColorType::Grayscale, &vec![9; usize::from(size) * usize::from(size)]).unwrap();
            assert!(mark(&tiny, "").is_ok() && mark(&tiny, &"W".repeat(2000)).is_ok(), "{size}");
        }
        assert_eq!(mark(b"no image", "x"), Err(Unreadable));
    }
}
