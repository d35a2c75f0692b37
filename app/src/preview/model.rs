//! Plain types of previews.

use serde::{Deserialize, Serialize};

use crate::files::Object;
use crate::ids::{DocumentId, VersionId};
use crate::scan::model::Scan;
use crate::time::Instant;

pub use ::preview::{Invoice, Kind, Reason};

/// Where a preview stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// To be made.
    Pending,
    /// There to be looked at.
    Ready,
    /// Of a kind that is not shown.
    None,
    /// The document could not be read.
    Failed,
    /// The document is too large to be looked at.
    TooLarge,
}

impl State {
    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Ready => "ready",
            Self::None => "none",
            Self::Failed => "failed",
            Self::TooLarge => "too_large",
        }
    }

    /// What a reason makes of a preview.
    pub const fn because(reason: Reason) -> Self {
        match reason {
            Reason::Unsupported => Self::None,
            Reason::Pixels | Reason::Length => Self::TooLarge,
            Reason::Protected | Reason::Broken | Reason::Bomb | Reason::Slow | Reason::Died => Self::Failed,
        }
    }
}

/// The kind's name in the database and in the API.
pub const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Pdf => "pdf",
        Kind::Image => "image",
        Kind::Text => "text",
        Kind::Office => "office",
        Kind::Invoice => "invoice",
    }
}

/// The Fluent key of why there is nothing to see.
pub const fn reason_key(reason: Reason) -> &'static str {
    match reason {
        Reason::Unsupported => "preview-why-unsupported",
        Reason::Protected => "preview-why-protected",
        Reason::Broken => "preview-why-broken",
        Reason::Bomb => "preview-why-bomb",
        Reason::Pixels => "preview-why-pixels",
        Reason::Length => "preview-why-length",
        Reason::Slow => "preview-why-slow",
        Reason::Died => "preview-why-died",
    }
}

/// Where the image of a page lies, and how large it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// First byte in the object of all images.
    pub at: u64,
    /// Bytes.
    pub length: u64,
    /// Pixels across.
    pub width: u16,
    /// Pixels down.
    pub height: u16,
}

/// A preview as it is stored, with as much of its text as is shown.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    /// Where it stands.
    pub state: State,
    /// What the document is.
    pub kind: Option<String>,
    /// How many pages it has.
    pub pages: i64,
    /// The beginning of its text.
    pub excerpt: String,
    /// There is more of it.
    pub cut: bool,
    /// An invoice, as JSON.
    pub summary: Option<String>,
    /// Why there is nothing to see.
    pub reason: Option<String>,
    /// When it was made.
    pub made_at: Option<Instant>,
    /// Where the images lie.
    pub store_key: Option<String>,
    /// Their key, sealed.
    pub sealed_key: Option<Vec<u8>>,
    /// Their bytes.
    pub size: i64,
    /// Each image, as JSON.
    pub images: Option<String>,
    /// The day on which the reader looked last.
    pub seen_on: Option<String>,
}

impl Row {
    /// The images of the first pages.
    pub fn images(&self) -> Vec<Image> {
        let images = self.images.as_deref().map(serde_json::from_str);
        images.and_then(Result::ok).unwrap_or_default()
    }

    /// The invoice.
    pub fn invoice(&self) -> Option<Invoice> {
        self.summary.as_deref().and_then(|json| serde_json::from_str(json).ok())
    }

    /// Why there is nothing to see.
    pub fn reason(&self) -> Option<Reason> {
        self.reason.as_deref().and_then(Reason::parse)
    }

    /// The object of all images.
    pub fn object(&self) -> Option<Object> {
        let key = self.store_key.clone()?;
        Some(Object { key, size: self.size, sealed_key: self.sealed_key.clone() })
    }
}

/// A version whose preview is to be made.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ToMake {
    /// Its id.
    pub version_id: VersionId,
    /// The document.
    pub document_id: DocumentId,
    /// SHA-256 of the bytes.
    pub sha256: Vec<u8>,
    /// Where it lies in the store.
    pub store_key: String,
    /// Its own key, sealed.
    pub sealed_key: Option<Vec<u8>>,
    /// Bytes.
    pub size: i64,
    /// What is known of it.
    pub scan: Scan,
}

/// What was made of a version, as it is stored.
#[derive(Clone, Debug)]
pub struct Made {
    /// Where it stands.
    pub state: State,
    /// What the document is.
    pub kind: Option<&'static str>,
    /// How many pages it has.
    pub pages: i64,
    /// Its text.
    pub text: String,
    /// An invoice, as JSON.
    pub summary: Option<String>,
    /// Why there is nothing to see.
    pub reason: Option<&'static str>,
    /// The images, if there are any.
    pub images: Option<Images>,
}

impl Made {
    /// There is nothing to see.
    pub fn nothing(reason: Reason) -> Self {
        Self {
            state: State::because(reason),
            kind: None,
            pages: 0,
            text: String::new(),
            summary: None,
            reason: Some(reason.name()),
            images: None,
        }
    }
}

/// All images as one object in the store.
#[derive(Clone, Debug)]
pub struct Images {
    /// Where it lies.
    pub key: String,
    /// Its own key, sealed.
    pub sealed_key: Option<Vec<u8>>,
    /// Bytes.
    pub size: i64,
    /// Each image, as JSON.
    pub list: String,
}
