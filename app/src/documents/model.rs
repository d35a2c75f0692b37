//! Plain types of documents.

use serde::{Deserialize, Serialize};

use crate::access::{Module, Role, Topic};
use crate::day::Day;
use crate::files::Object;
use crate::ids::{DocumentId, GroupId, OrganisationId, ProjectId, UserId, VersionId};
use crate::scan::model::Scan;
use crate::time::Instant;
use crate::validity::model::Validity;

/// What kind of paper it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// An offer.
    Proposal,
    /// A contract.
    Contract,
    /// An invoice or credit note.
    Invoice,
    /// A specification, drawing or test report.
    Specification,
    /// Minutes of a meeting.
    Minutes,
    /// Anything else.
    Other,
}

impl Category {
    /// Every category, in the order they are offered.
    pub const ALL: [Self; 6] =
        [Self::Proposal, Self::Contract, Self::Invoice, Self::Specification, Self::Minutes, Self::Other];

    /// The key in the database, in addresses and in the API.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Proposal => "proposal",
            Self::Contract => "contract",
            Self::Invoice => "invoice",
            Self::Specification => "specification",
            Self::Minutes => "minutes",
            Self::Other => "other",
        }
    }

    /// The category with this key.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.key() == key)
    }

    /// Which staff roles it concerns.
    pub const fn topic(self) -> Topic {
        match self {
            Self::Invoice => Topic::Money,
            Self::Proposal => Topic::Quotes,
            Self::Contract | Self::Specification | Self::Minutes | Self::Other => Topic::General,
        }
    }

    /// Which right of a membership opens it.
    pub const fn module(self) -> Module {
        match self.topic() {
            Topic::General => Module::Documents,
            Topic::Money | Topic::Quotes => Module::Money,
        }
    }

    /// The Fluent key of its name.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Proposal => "category-proposal",
            Self::Contract => "category-contract",
            Self::Invoice => "category-invoice",
            Self::Specification => "category-specification",
            Self::Minutes => "category-minutes",
            Self::Other => "category-other",
        }
    }
}

/// Where a document stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Internal; no customer sees it.
    Draft,
    /// Visible to its audience.
    Published,
    /// Was visible; taken back.
    Withdrawn,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Published, Self::Withdrawn];

    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state with this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Draft, Self::Published, Self::Withdrawn].into_iter().find(|state| state.name() == name)
    }
}

/// Who a document is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everyone of the document's organisation, partners excepted.
    Organisation,
    /// Everyone of the organisations in a customer group.
    Group(GroupId),
    /// These people of the document's organisation.
    People(Vec<UserId>),
    /// The people of a project of the document's organisation.
    Project(ProjectId),
}

impl Audience {
    /// The kind's name in the database, in forms and in the API.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Group(_) => "group",
            Self::People(_) => "people",
            Self::Project(_) => "project",
        }
    }
}

/// One document as a list or a page reads it, with its current version.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Document {
    /// Id.
    pub id: DocumentId,
    /// The customer it belongs to.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// Title.
    pub title: String,
    /// Tags, separated by line ends.
    pub tags: String,
    /// Category.
    pub category: Category,
    /// The category's topic.
    pub topic: Topic,
    /// State.
    pub state: State,
    /// The audience's kind, once published.
    pub audience_kind: Option<String>,
    /// Number of the current version; 0 while there is no file.
    pub current_version: i64,
    /// Raised by every change.
    pub revision: i64,
    /// Made at.
    pub created_at: Instant,
    /// First or again published at.
    pub published_at: Option<Instant>,
    /// When a reader last had reason to look.
    pub changed_at: Instant,
    /// File name of the current version.
    pub file_name: Option<String>,
    /// Media type of the current version.
    pub media_type: Option<String>,
    /// Size of the current version.
    pub size: Option<i64>,
    /// The first day it holds.
    pub valid_from: Option<Day>,
    /// The last day it holds.
    pub valid_until: Option<Day>,
    /// So many days before that it is to be renewed.
    pub notice_days: i64,
    /// What is known of the current version's file.
    pub scan: Option<Scan>,
    /// The version this reader opened last.
    pub read_version: Option<i64>,
    /// This member of staff is assigned to the customer.
    pub assigned: bool,
    /// It belongs to another customer and reaches this reader through a group: whose it is, is not for them.
    #[sqlx(skip)]
    pub foreign: bool,
    /// A customer sent it without being asked; known where staff's list shows it.
    #[sqlx(skip)]
    pub unasked: bool,
}

impl Document {
    /// From when and until when it holds.
    pub const fn validity(&self) -> Validity {
        Validity { from: self.valid_from, until: self.valid_until, notice_days: self.notice_days }
    }

    /// Its tags, in their order.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.tags.lines()
    }

    /// Whether this reader has not opened the current version yet.
    pub fn is_new(&self) -> bool {
        self.read_version.unwrap_or(0) < self.current_version
    }
}

/// One version of a document.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Version {
    /// Id.
    pub id: VersionId,
    /// 1, 2, ...
    pub number: i64,
    /// The name it was uploaded with.
    pub file_name: String,
    /// By content.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 of the bytes.
    pub sha256: Vec<u8>,
    /// Where it lies in the store.
    pub store_key: String,
    /// The file's own key, sealed.
    pub sealed_key: Option<Vec<u8>>,
    /// Who uploaded it.
    pub uploaded_by: UserId,
    /// Their name.
    pub uploaded_by_name: String,
    /// When.
    pub created_at: Instant,
    /// Since when its readers could have it.
    pub published_at: Option<Instant>,
    /// What is new in it, in the words of whoever uploaded it; may be empty.
    pub note: String,
    /// The older version that it brings back.
    pub restored_from: Option<i64>,
    /// What is known of the file.
    pub scan: Scan,
    /// What a scanner found.
    pub finding: Option<String>,
    /// Why it may be read all the same.
    pub release_reason: Option<String>,
    /// Who decided that.
    pub released_by_name: Option<String>,
}

impl Version {
    /// The file in the store.
    pub fn object(&self) -> Object {
        Object { key: self.store_key.clone(), size: self.size, sealed_key: self.sealed_key.clone() }
    }

    /// The SHA-256 in hexadecimal: the ETag of the bytes.
    pub fn sha256_hex(&self) -> String {
        hex(&self.sha256)
    }
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A new draft.
#[derive(Clone, Debug)]
pub struct NewDocument {
    /// The customer.
    pub organisation_id: OrganisationId,
    /// Title.
    pub title: String,
    /// Category.
    pub category: Category,
}

/// What of a document may be changed afterwards. Nothing else can be assigned.
#[derive(Clone, Debug, Default)]
pub struct EditDocument {
    /// A new title.
    pub title: Option<String>,
    /// A new category.
    pub category: Option<Category>,
    /// From when and until when it holds.
    pub validity: Option<Validity>,
    /// Other tags.
    pub tags: Option<Vec<String>>,
}

/// Why somebody can read a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Named in the audience.
    Person,
    /// On the project.
    Project,
    /// Of the organisation it is for.
    Organisation,
    /// Of an organisation in the group it is for.
    Group,
    /// Administers the organisation.
    Admin,
    /// Staff assigned to the customer.
    Assigned,
    /// Staff whose role sees such documents.
    StaffRole,
}

impl Reason {
    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Project => "project",
            Self::Organisation => "organisation",
            Self::Group => "group",
            Self::Admin => "admin",
            Self::Assigned => "assigned",
            Self::StaffRole => "staff_role",
        }
    }

    /// The Fluent key of the words.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Person => "reason-person",
            Self::Project => "reason-project",
            Self::Organisation => "reason-organisation",
            Self::Group => "reason-group",
            Self::Admin => "reason-admin",
            Self::Assigned => "reason-assigned",
            Self::StaffRole => "reason-staff-role",
        }
    }
}

/// Somebody who can read a document, and why.
#[derive(Clone, Debug)]
pub struct Reader {
    /// Who.
    pub user_id: UserId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// The organisation through which; `None` for staff.
    pub organisation: Option<(OrganisationId, String)>,
    /// The role that lets them.
    pub role: Role,
    /// Why.
    pub reason: Reason,
    /// Last signed in.
    pub last_sign_in_at: Option<Instant>,
    /// The version they opened last.
    pub read_version: Option<i64>,
}

impl Reader {
    /// Staff of the operator.
    pub const fn is_staff(&self) -> bool {
        matches!(self.reason, Reason::Assigned | Reason::StaffRole)
    }
}
