//! PDF: pages painted by `hayro`, which has no unsafe code; their text; and an invoice that is inside.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::object::dict::keys::{AF, KIDS, NAMES};
use hayro::hayro_syntax::object::{Array, Dict, Object, Stream, String as PdfString};
use hayro::hayro_syntax::page::Page as PdfPage;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings};

use crate::invoice::{self, Invoice};
use crate::protocol::{Page, Part, Reason};
use crate::{Budget, HEIGHT, Sink, Stop, WIDTH, picture, text};

mod words;

/// How deep the tree of attached files is walked, and how many files are looked at.
const DEEPEST: usize = 8;
const ATTACHED: usize = 50;

/// Sends the first pages, the text and the invoice. Answers how many pages there are.
pub(crate) fn preview(bytes: Vec<u8>, budget: &mut Budget, out: &mut Sink<'_>) -> Result<u32, Stop> {
    let pdf = catch(|| Pdf::new(bytes)).ok_or(Reason::Broken)?.map_err(|error| match error {
        LoadPdfError::Decryption(_) => Reason::Protected,
        LoadPdfError::Invalid => Reason::Broken,
    })?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(Reason::Broken.into());
    }
    if let Some(invoice) = catch(|| attached(&pdf)).flatten() {
        out(Part::Invoice(Box::new(invoice)))?;
    }
    let settings = InterpreterSettings::default();
    let cache = RenderCache::new();
    let mut painted = 0;
    for page in pages.iter().take(budget.limits.pages) {
        if !budget.is_left() {
            break;
        }
        let Some(image) = catch(|| paint(page, &cache, &settings)).flatten() else { break };
        if !budget.take(image.png.len()) {
            break;
        }
        out(Part::Page(image))?;
        painted += 1;
    }
    if painted == 0 {
        return Err(Reason::Broken.into());
    }
    let mut all = String::new();
    for page in pages.iter().take(budget.limits.text_pages) {
        if !budget.is_left() || all.len() > budget.limits.text {
            break;
        }
        let Some(words) = catch(|| words::of(page, &settings)) else { break };
        all.push_str(&words);
        all.push_str("\n\n");
    }
    let all = text::clean(all.trim(), budget.limits.text);
    if !all.is_empty() {
        out(Part::Text(all))?;
    }
    Ok(u32::try_from(pages.len()).unwrap_or(u32::MAX))
}

/// A panic over one page costs that page.
fn catch<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

fn paint<'a>(page: &'a PdfPage<'a>, cache: &RenderCache<'a>, settings: &InterpreterSettings) -> Option<Page> {
    let (width, height) = page.render_dimensions();
    let scale = (f32::from(WIDTH) / width).min(f32::from(HEIGHT) / height);
    if !scale.is_finite() || scale <= 0.0 {
        return None;
    }
    let size = |length: f32, most: u16| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the bounds of a page")]
        let pixels = (length * scale).round().clamp(1.0, f32::from(most)) as u16;
        pixels
    };
    let (width, height) = (size(width, WIDTH), size(height, HEIGHT));
    let settings_of_page =
        RenderSettings { x_scale: scale, y_scale: scale, width: Some(width), height: Some(height), bg_color: WHITE };
    let pixmap = hayro::render(page, cache, settings, &settings_of_page);
    let (pixels, _) = pixmap.data_as_u8_slice().as_chunks::<4>();
    // Behind everything is white: nothing shows through.
    let colored = pixels.iter().any(|[red, green, blue, _]| red != green || red != blue);
    let (color, take) = if colored { (png::ColorType::Rgb, 3) } else { (png::ColorType::Grayscale, 1) };
    let flat: Vec<u8> = pixels.iter().flat_map(|pixel| pixel.iter().take(take)).copied().collect();
    let png = picture::encode(width, height, color, &flat).ok()?;
    Some(Page { width, height, png })
}

/// The invoice among the attached files.
fn attached(pdf: &Pdf) -> Option<Invoice> {
    let root: Dict<'_> = pdf.xref().get(pdf.xref().root_id())?;
    let mut files = Vec::new();
    if let Some(tree) = root.get::<Dict<'_>>(NAMES).and_then(|names| names.get::<Dict<'_>>(b"EmbeddedFiles")) {
        walk(&tree, DEEPEST, &mut files);
    }
    if let Some(array) = root.get::<Array<'_>>(AF) {
        files.extend(array.iter::<Dict<'_>>().take(ATTACHED));
    }
    files.iter().take(ATTACHED).filter(|file| is_xml(file)).find_map(|file| {
        let embedded: Dict<'_> = file.get(b"EF")?;
        let stream = embedded.get::<Stream<'_>>(b"F").or_else(|| embedded.get::<Stream<'_>>(b"UF"))?;
        invoice::read(&stream.decoded().ok()?)
    })
}

fn walk<'a>(node: &Dict<'a>, deepest: usize, files: &mut Vec<Dict<'a>>) {
    if deepest == 0 || files.len() >= ATTACHED {
        return;
    }
    if let Some(names) = node.get::<Array<'a>>(NAMES) {
        let found = names.iter::<Object<'a>>().filter_map(|object| match object {
            Object::Dict(file) => Some(file),
            _ => None,
        });
        files.extend(found.take(ATTACHED));
    }
    if let Some(kids) = node.get::<Array<'a>>(KIDS) {
        for kid in kids.iter::<Dict<'a>>().take(ATTACHED) {
            walk(&kid, deepest - 1, files);
        }
    }
}

fn is_xml(file: &Dict<'_>) -> bool {
    [b"F".as_slice(), b"UF"].into_iter().filter_map(|key| file.get::<PdfString<'_>>(key)).any(|name| {
        // Latin or UTF-16: the letters are there either way.
        let letters: Vec<u8> = name.as_bytes().iter().copied().filter(|byte| *byte != 0).collect();
        letters.to_ascii_lowercase().ends_with(b".xml")
    })
}
