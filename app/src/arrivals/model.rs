//! Plain types of what customers send.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::documents::model::{Category, Document};
use crate::ids::{DocumentId, OrganisationId};
use crate::time::Instant;

/// What somebody wants to send.
#[derive(Clone, Debug)]
pub struct NewArrival {
    /// The customer.
    pub organisation_id: OrganisationId,
    /// The category.
    pub category: Category,
    /// The title; empty: the name of the file.
    pub title: String,
}

/// Who sent a document, when, and whether staff have looked at it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Mark {
    /// Who.
    pub sent_by_name: String,
    /// When.
    pub sent_at: Instant,
    /// Who of staff has looked.
    pub seen_by_name: Option<String>,
    /// When.
    pub seen_at: Option<Instant>,
}

/// A document that a customer sent.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Arrival {
    /// The document.
    #[sqlx(flatten)]
    pub document: Document,
    /// Who sent it, and who has looked.
    #[sqlx(flatten)]
    pub mark: Mark,
}

/// Where a list continues, the newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    /// When the last one was sent.
    pub sent_at: Instant,
    /// Its id.
    pub id: DocumentId,
}

impl After {
    /// Before the first row.
    pub const START: Self = Self { sent_at: Instant::END, id: DocumentId(Uuid::max()) };
}

impl fmt::Display for After {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{}", self.sent_at.0, self.id.0.simple())
    }
}

impl FromStr for After {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, id) = text.split_once('-').ok_or(())?;
        let at = i64::from_str_radix(at, 16).map_err(|_| ())?;
        Ok(Self { sent_at: Instant(at), id: DocumentId(Uuid::try_parse(id).map_err(|_| ())?) })
    }
}
