//! Plain types of uploads in parts.

use uuid::Uuid;

use crate::documents::model::Category;
use crate::ids::{DocumentId, OrganisationId, RequestId, UploadId, UserId};
use crate::paths;
use crate::time::Instant;

/// What a file is sent for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A customer was asked for it.
    Request(RequestId),
    /// A customer sends it unasked.
    Category(OrganisationId, Category),
    /// Staff make a draft of it.
    Draft(OrganisationId, Category),
    /// Staff add it as the next version.
    Version(DocumentId),
}

/// The kind of target, as it stands in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Kind {
    /// [`Target::Request`].
    Request,
    /// [`Target::Category`].
    Category,
    /// [`Target::Draft`].
    Draft,
    /// [`Target::Version`].
    Version,
}

impl Kind {
    /// The name in the database and in the metadata.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Category => "category",
            Self::Draft => "draft",
            Self::Version => "version",
        }
    }
}

impl Target {
    /// Its kind.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Request(_) => Kind::Request,
            Self::Category(..) => Kind::Category,
            Self::Draft(..) => Kind::Draft,
            Self::Version(_) => Kind::Version,
        }
    }
}

/// What somebody wants to send.
#[derive(Clone, Debug)]
pub struct NewUpload {
    /// What it is for.
    pub target: Target,
    /// The title of the document it becomes; empty: the name of the file.
    pub title: String,
    /// A word to it.
    pub note: String,
    /// The name it was sent with.
    pub file_name: String,
    /// Bytes.
    pub length: u64,
}

/// An upload as it stands.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Upload {
    /// Id.
    pub id: UploadId,
    /// Whose it is.
    pub user_id: UserId,
    /// What it is for.
    pub target: Kind,
    /// The request or the document.
    pub target_id: Option<Uuid>,
    /// The customer.
    pub organisation_id: Option<OrganisationId>,
    /// The category.
    pub category: Option<Category>,
    /// The title of the document it becomes.
    pub title: String,
    /// A word to it.
    pub note: String,
    /// The name it was sent with.
    pub file_name: String,
    /// Bytes in all.
    pub length: i64,
    /// Bytes that count.
    pub received: i64,
    /// What it has become.
    pub result_id: Option<Uuid>,
    /// When it is given up.
    pub expires_at: Instant,
    /// Until then its end is being worked on.
    pub writer_until: Instant,
}

impl Upload {
    /// What it is for; `None` only for a row that this version does not know.
    pub fn target(&self) -> Option<Target> {
        Some(match self.target {
            Kind::Request => Target::Request(RequestId(self.target_id?)),
            Kind::Version => Target::Version(DocumentId(self.target_id?)),
            Kind::Category => Target::Category(self.organisation_id?, self.category?),
            Kind::Draft => Target::Draft(self.organisation_id?, self.category?),
        })
    }

    /// Where what it has become is looked at.
    pub fn location(&self) -> Option<String> {
        let id = DocumentId(self.result_id?);
        Some(match self.target()? {
            Target::Request(request) => paths::request(request),
            Target::Category(..) => paths::document(id),
            Target::Draft(..) => paths::staff_document_publish(id),
            Target::Version(document) => paths::staff_document(document),
        })
    }
}

/// A part that is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Part {
    /// Its first byte.
    pub start: i64,
    /// Bytes.
    pub size: i64,
    /// Where it lies.
    pub store_key: String,
    /// Its own key, sealed.
    pub sealed_key: Option<Vec<u8>>,
}
