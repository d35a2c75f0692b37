//! What a document looks like: its pages as images, what can be read in it, and an electronic invoice in short.
//!
//! Documents are hostile. All of this runs in a process of its own ([`worker`]) that may open nothing, has little time
//! and memory, and knows no secret. It reads one document and writes what it made of it ([`protocol`]); when it dies,
//! nothing else does.

pub mod invoice;
pub mod protocol;
pub mod text;
pub mod watermark;
pub mod worker;

mod confine;
mod office;
mod pdf;
mod picture;
mod xml;

use std::time::{Duration, Instant};

pub use invoice::Invoice;
pub use protocol::{End, Job, Kind, Page, Part, Reason};

/// How much is made at most. What is beyond is left out, not refused.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Pages that become images.
    pub pages: usize,
    /// Pages whose text is read.
    pub text_pages: usize,
    /// Bytes of all images together.
    pub images: usize,
    /// Bytes of text.
    pub text: usize,
    /// Pixels of an image before it is scaled.
    pub pixels: u64,
    /// New pages are begun for so long.
    pub patience: Duration,
}

/// The limits of every preview.
pub const LIMITS: Limits = Limits {
    pages: 50,
    text_pages: 500,
    images: 24 * 1024 * 1024,
    text: 1_000_000,
    pixels: 50_000_000,
    patience: Duration::from_secs(20),
};

/// How wide a page is painted, in pixels.
pub const WIDTH: u16 = 1200;
/// How high a page may become.
pub const HEIGHT: u16 = 3600;
/// The edge of a portrait.
pub const PORTRAIT: u16 = 128;

/// Receives what is made, as soon as it is made. An error ends the work: whoever asked is gone.
pub type Sink<'a> = dyn FnMut(Part) -> std::io::Result<()> + 'a;

/// What there is left of the limits.
pub(crate) struct Budget {
    pub(crate) limits: Limits,
    begun: Instant,
    images: usize,
}

impl Budget {
    /// All of it.
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, begun: Instant::now(), images: 0 }
    }

    /// Whether another page may be begun.
    pub(crate) fn is_left(&self) -> bool {
        self.begun.elapsed() < self.limits.patience
    }

    /// Takes the room of an image, if there is any.
    pub(crate) fn take(&mut self, bytes: usize) -> bool {
        let fits = self.images.saturating_add(bytes) <= self.limits.images;
        if fits {
            self.images += bytes;
        }
        fits
    }
}

/// Why there is no preview.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The document.
    Document(Reason),
    /// Whoever asked is gone.
    Gone(std::io::Error),
}

impl From<Reason> for Stop {
    fn from(reason: Reason) -> Self {
        Self::Document(reason)
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Gone(error)
    }
}

/// Makes the preview of a document. What it is, its content decides.
pub fn preview(bytes: Vec<u8>, limits: Limits, out: &mut Sink<'_>) -> std::io::Result<()> {
    let mut budget = Budget::new(limits);
    let end = match make(bytes, &mut budget, out) {
        Ok(end) => end,
        Err(Stop::Document(reason)) => End { kind: None, pages: 0, reason: Some(reason) },
        Err(Stop::Gone(error)) => return Err(error),
    };
    out(Part::End(end))
}

/// Makes the square of an image of somebody. Anything but an image is refused.
pub fn portrait(bytes: Vec<u8>, limits: Limits, out: &mut Sink<'_>) -> std::io::Result<()> {
    let mut budget = Budget::new(limits);
    let made = match picture::format(bytes.get(..bytes.len().min(1024)).unwrap_or_default()) {
        Some(format) => picture::portrait(&bytes, format, &mut budget),
        None => Err(Reason::Unsupported.into()),
    };
    match made {
        Ok(page) => {
            out(Part::Page(page))?;
            out(Part::End(End { kind: Some(Kind::Image), pages: 1, reason: None }))
        }
        Err(Stop::Document(reason)) => out(Part::End(End { kind: None, pages: 0, reason: Some(reason) })),
        Err(Stop::Gone(error)) => Err(error),
    }
}

fn make(bytes: Vec<u8>, budget: &mut Budget, out: &mut Sink<'_>) -> Result<End, Stop> {
    let seen = |kind, pages| Ok(End { kind: Some(kind), pages, reason: None });
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if head.windows(5).any(|window| window == b"%PDF-") {
        return seen(Kind::Pdf, pdf::preview(bytes, budget, out)?);
    }
    if head.starts_with(b"PK\x03\x04") {
        let text = office::text(&bytes, budget.limits.text)?;
        out(Part::Text(text))?;
        return seen(Kind::Office, 0);
    }
    if let Some(format) = picture::format(head) {
        out(Part::Page(picture::preview(&bytes, format, budget)?))?;
        return seen(Kind::Image, 1);
    }
    let text = text::decode(&bytes, budget.limits.text).ok_or(Reason::Unsupported)?;
    if let Some(invoice) = invoice::read(&bytes) {
        out(Part::Text(text::clean(&invoice.words(), budget.limits.text)))?;
        out(Part::Invoice(Box::new(invoice)))?;
        return seen(Kind::Invoice, 0);
    }
    if text.trim().is_empty() {
        return Err(Reason::Unsupported.into());
    }
    out(Part::Text(text))?;
    seen(Kind::Text, 0)
}

#[cfg(test)]
mod tests;
