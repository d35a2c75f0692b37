//! The text of a page: its letters in the order in which they are set, with spaces and ends of lines where they jump.

use hayro::hayro_interpret::font::Glyph;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::util::TransformExt as _;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, interpret_page,
};
use hayro::hayro_syntax::page::Page;
use kurbo::{Affine, BezPath, Point, Rect};

/// Bytes of one page's text.
const LONGEST: usize = 1_000_000;
/// What lies this far apart, in parts of the letters' height, are two words.
const GAP: f64 = 0.18;
/// What lies this far above or below are two lines.
const LINE: f64 = 0.4;

/// The text of a page.
pub(super) fn of<'a>(page: &'a Page<'a>, settings: &InterpreterSettings) -> String {
    let cache = InterpreterCache::new();
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, width.into(), height.into());
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, bounds, &cache, page.xref(), settings.clone());
    let mut words = Words::default();
    interpret_page(page, &mut context, &mut words);
    words.text
}

#[derive(Default)]
struct Words {
    text: String,
    /// Where the last letter ended, and how high it was.
    last: Option<(Point, f64)>,
}

impl Words {
    fn letter(&mut self, letter: &str, start: Point, end: Point, height: f64) {
        if self.text.len() + letter.len() > LONGEST {
            return;
        }
        if let Some((before, size)) = self.last {
            let size = size.max(height).max(0.1);
            let (across, down) = (start.x - before.x, (start.y - before.y).abs());
            let ended = self.text.ends_with(char::is_whitespace);
            if down > size * LINE {
                self.text.push('\n');
            } else if !ended && (across > size * GAP || across < -size) {
                self.text.push(' ');
            }
        }
        self.text.push_str(letter);
        self.last = Some((end, height));
    }
}

impl<'a> Device<'a> for Words {
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        let Some(letter) = glyph.as_unicode() else { return };
        let letter = match letter {
            BfString::Char(letter) => letter.to_string(),
            BfString::String(letters) => letters,
        };
        // Glyphs are a thousand units high.
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width().unwrap_or(500.0),
            Glyph::Type3(_) => 500.0,
        };
        let whole = transform * glyph_transform;
        let start = whole * Point::ZERO;
        let end = whole * Point::new(advance.into(), 0.0);
        let height = (whole * Point::new(0.0, 1000.0)).distance(start);
        if start.is_finite() && end.is_finite() && height.is_finite() {
            self.letter(&letter, start, end, height);
        }
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
