//! Plain types of scanning.

use crate::access::Topic;
use crate::ids::{DocumentId, OrganisationId, UserId, VersionId};
use crate::time::Instant;

/// What is known of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Scan {
    /// A scanner is to look at it.
    Pending,
    /// A scanner found nothing.
    Clean,
    /// A scanner found something.
    Infected,
    /// Longer than the scanner takes, or with parts beyond its limits.
    TooLarge,
    /// No scanner was configured when it came.
    NotScanned,
    /// An administrator lets it be read all the same.
    Released,
}

impl Scan {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Pending, Self::Clean, Self::Infected, Self::TooLarge, Self::NotScanned, Self::Released];

    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Clean => "clean",
            Self::Infected => "infected",
            Self::TooLarge => "too_large",
            Self::NotScanned => "not_scanned",
            Self::Released => "released",
        }
    }

    /// The state with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scan| scan.name() == name)
    }

    /// The Fluent key of its name.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Pending => "scan-pending",
            Self::Clean => "scan-clean",
            Self::Infected => "scan-infected",
            Self::TooLarge => "scan-too-large",
            Self::NotScanned => "scan-not-scanned",
            Self::Released => "scan-released",
        }
    }

    /// Whether anybody may have the bytes; `scanner`: one is configured.
    pub const fn is_readable(self, scanner: bool) -> bool {
        match self {
            Self::Clean | Self::Released => true,
            Self::NotScanned => !scanner,
            Self::Pending | Self::Infected | Self::TooLarge => false,
        }
    }

    /// The Fluent key of why nobody may have the bytes.
    pub const fn held_key(self) -> &'static str {
        match self {
            Self::Infected => "scan-held-infected",
            Self::TooLarge => "scan-held-too-large",
            _ => "scan-held-pending",
        }
    }
}

/// What a scanner says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was found.
    Clean,
    /// This was found, by the scanner's name for it.
    Infected(String),
    /// It is longer than the scanner takes, or has parts beyond its limits.
    TooLarge,
}

impl Verdict {
    /// The state of a file of which this is said.
    pub const fn scan(&self) -> Scan {
        match self {
            Self::Clean => Scan::Clean,
            Self::Infected(_) => Scan::Infected,
            Self::TooLarge => Scan::TooLarge,
        }
    }

    /// What was found.
    pub fn finding(&self) -> Option<&str> {
        match self {
            Self::Infected(name) => Some(name),
            Self::Clean | Self::TooLarge => None,
        }
    }
}

/// A version that is to be looked at.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Unscanned {
    /// Id.
    pub id: VersionId,
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
    /// When it was looked at.
    pub scanned_at: Option<Instant>,
}

/// A version nobody may have, and whose it is.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Held {
    /// Id of the version.
    pub id: VersionId,
    /// Its number.
    pub number: i64,
    /// The name it was uploaded with.
    pub file_name: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 of the bytes.
    pub sha256: Vec<u8>,
    /// What is known of it.
    pub scan: Scan,
    /// What was found.
    pub finding: Option<String>,
    /// When it was looked at.
    pub scanned_at: Option<Instant>,
    /// When it came.
    pub created_at: Instant,
    /// Who uploaded it.
    pub uploaded_by: UserId,
    /// Their name.
    pub uploaded_by_name: String,
    /// The document.
    pub document_id: DocumentId,
    /// Its title.
    pub title: String,
    /// The topic of its category.
    pub topic: Topic,
    /// The customer.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// The reader is assigned to the customer.
    pub assigned: bool,
}

/// Where the list of what is held continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before {
    /// When the last one came.
    pub created_at: Instant,
    /// Its id.
    pub id: VersionId,
}
