//! What the API says and hears. Apart from the pages' own types, so that a page may change without breaking
//! anybody's program.

use app::access::Rights;
use app::documents::activity::Doer;
use app::documents::changes::Changed;
use app::documents::history::Entry;
use app::documents::model::{Document, Reader, Version};
use app::error::AppError;
use app::ids::UserId;
use app::search::model::Hit;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::order_dto::ChangeDto;
use super::organisations::{Paging, limit};

/// A page of a list.
#[derive(Serialize, ToSchema)]
pub struct List<T> {
    /// The rows.
    pub items: Vec<T>,
    /// The cursor of the next page; null on the last.
    pub next: Option<String>,
}

impl<T> List<T> {
    /// All of them, where there are never many.
    pub fn whole<R: Into<T>>(rows: impl IntoIterator<Item = R>) -> Self {
        Self { items: rows.into_iter().map(Into::into).collect(), next: None }
    }
}

/// A document.
#[derive(Serialize, ToSchema)]
pub struct DocumentDto {
    /// Id.
    pub id: String,
    /// The customer it belongs to; null where it is another one's and came through a customer group.
    pub organisation_id: Option<String>,
    /// Its name.
    pub organisation_name: Option<String>,
    /// Title.
    pub title: String,
    /// proposal, contract, invoice, specification, minutes or other.
    pub category: String,
    /// Names that staff gave it, in the order of the alphabet.
    pub tags: Vec<String>,
    /// draft, published or withdrawn.
    pub state: String,
    /// organisation, group, people or project; null until published.
    pub audience: Option<String>,
    /// Number of the current version; null while there is no file.
    pub current_version: Option<i64>,
    /// Raised by every change; the ETag.
    pub revision: i64,
    /// RFC 3339.
    pub created_at: String,
    /// RFC 3339; null until published.
    pub published_at: Option<String>,
    /// RFC 3339; lists are in this order, newest first.
    pub changed_at: String,
    /// The first day it holds, such as 2026-11-22; null: it always did.
    pub valid_from: Option<String>,
    /// The last day it holds; null: for good.
    pub valid_until: Option<String>,
    /// So many days before that it is to be renewed.
    pub notice_days: i64,
    /// Facts of the current version's file.
    pub file: Option<FileDto>,
    /// Where the words stand in the file that were searched for, where the title does not have them all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<String>,
}

/// Facts of a file.
#[derive(Serialize, ToSchema)]
pub struct FileDto {
    /// As uploaded.
    pub name: String,
    /// Decided by content.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// pending, clean, infected, too_large, not_scanned or released: what a virus scanner says of it.
    pub scan: String,
}

impl From<Document> for DocumentDto {
    fn from(row: Document) -> Self {
        let file = match (row.file_name, row.media_type, row.size, row.scan) {
            (Some(name), Some(media_type), Some(size), Some(scan)) => {
                Some(FileDto { name, media_type, size, scan: scan.name().to_owned() })
            }
            _ => None,
        };
        let tags = row.tags.lines().map(str::to_owned).collect();
        Self {
            id: row.id.to_string(),
            organisation_id: (!row.foreign).then(|| row.organisation_id.to_string()),
            organisation_name: (!row.foreign).then_some(row.organisation_name),
            title: row.title,
            category: row.category.key().to_owned(),
            tags,
            state: row.state.name().to_owned(),
            audience: row.audience_kind,
            current_version: (row.current_version > 0).then_some(row.current_version),
            revision: row.revision,
            created_at: row.created_at.rfc3339(),
            published_at: row.published_at.map(|at| at.rfc3339()),
            changed_at: row.changed_at.rfc3339(),
            valid_from: row.valid_from.map(|day| day.to_string()),
            valid_until: row.valid_until.map(|day| day.to_string()),
            notice_days: row.notice_days,
            file,
            excerpt: None,
        }
    }
}

impl From<Hit> for DocumentDto {
    fn from(hit: Hit) -> Self {
        let excerpt = hit.excerpt.map(|pieces| pieces.into_iter().map(|(text, _)| text).collect());
        Self { excerpt, ..Self::from(hit.document) }
    }
}

/// One line of a document's history.
#[derive(Serialize, ToSchema)]
pub struct HistoryDto {
    /// Its place in the trail.
    pub sequence: i64,
    /// RFC 3339.
    pub at: String,
    /// What, such as `document.publish`.
    pub action: String,
    /// Who, as far as the reader may know; null for somebody else, or for the operator.
    pub by: Option<String>,
    /// The version it is about.
    pub version: Option<i64>,
    /// The fields that it changed: title, category, tags (one a line), valid_from, valid_until, notice_days or hold.
    pub changes: Vec<ChangeDto>,
    /// Whom it concerned, as far as the reader may know them: who could read it from then on, who was asked, to whom it was
    /// handed on.
    pub people: Vec<String>,
    /// So many more whom the reader does not know.
    pub others: usize,
    /// The project or the customer group it was published for.
    pub published_to: Option<String>,
    /// RFC 3339: until when people were asked to decide.
    pub due_at: Option<String>,
    /// Why, or what was said of it.
    pub words: Option<String>,
}

impl From<Entry> for HistoryDto {
    fn from(entry: Entry) -> Self {
        Self {
            sequence: entry.sequence,
            at: entry.at.rfc3339(),
            version: entry.version(),
            action: entry.action,
            changes: entry.changes.into_iter().map(change).collect(),
            people: entry.to.names,
            others: entry.to.others,
            published_to: entry.to.place,
            due_at: entry.due_at.map(app::time::Instant::rfc3339),
            words: entry.words,
            by: match entry.doer {
                Doer::Person(name) => Some(name),
                Doer::Other | Doer::Operator => None,
            },
        }
    }
}

fn change(Changed { field, old, new, .. }: Changed) -> ChangeDto {
    ChangeDto { field, old, new }
}

/// One version of a document.
#[derive(Serialize, ToSchema)]
pub struct VersionDto {
    /// Id.
    pub id: String,
    /// The document.
    pub document_id: String,
    /// 1, 2, ...
    pub number: i64,
    /// As uploaded.
    pub file_name: String,
    /// Decided by content.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Of the bytes, in hexadecimal.
    pub sha256: String,
    /// Who uploaded it.
    pub uploaded_by: String,
    /// RFC 3339.
    pub created_at: String,
    /// Since when its readers could have it; null while internal.
    pub published_at: Option<String>,
    /// What is new in it, in the words of whoever uploaded it.
    pub note: String,
    /// The older version that it brings back.
    pub restored_from: Option<i64>,
    /// pending, clean, infected, too_large, not_scanned or released: what a virus scanner says of the file.
    pub scan: String,
    /// The scanner's name for what it found.
    pub finding: Option<String>,
}

impl VersionDto {
    /// Of a document's version.
    pub fn new(document_id: String, row: Version) -> Self {
        Self {
            id: row.id.to_string(),
            document_id,
            number: row.number,
            sha256: row.sha256_hex(),
            file_name: row.file_name,
            media_type: row.media_type,
            size: row.size,
            uploaded_by: row.uploaded_by.to_string(),
            created_at: row.created_at.rfc3339(),
            published_at: row.published_at.map(|at| at.rfc3339()),
            note: row.note,
            restored_from: row.restored_from,
            scan: row.scan.name().to_owned(),
            finding: row.finding,
        }
    }
}

/// Somebody who can read a document, and why.
#[derive(Serialize, ToSchema)]
pub struct ReaderDto {
    /// Who.
    pub user_id: String,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// customer or staff.
    pub side: String,
    /// The organisation through which; null for staff.
    pub organisation_id: Option<String>,
    /// person, project, organisation, group, admin, assigned or staff_role.
    pub reason: String,
    /// The version they opened last.
    pub read_version: Option<i64>,
}

impl From<Reader> for ReaderDto {
    fn from(reader: Reader) -> Self {
        Self {
            user_id: reader.user_id.to_string(),
            side: if reader.is_staff() { "staff" } else { "customer" }.to_owned(),
            organisation_id: reader.organisation.as_ref().map(|(id, _)| id.to_string()),
            reason: reader.reason.name().to_owned(),
            read_version: reader.read_version,
            name: reader.name,
            email: reader.email,
        }
    }
}

/// A page of everybody who can see something, in the order of their ids: who comes or goes meanwhile moves nobody else.
pub fn readers(mut readers: Vec<Reader>, paging: &Paging) -> Result<List<ReaderDto>, AppError> {
    let most = usize::try_from(limit(paging.limit)?).map_err(|_| AppError::Internal)?;
    let unknown = |_| AppError::BadRequest("cursor: not one of ours".into());
    let after = paging.cursor.as_deref().map(|id| id.parse::<UserId>().map_err(unknown)).transpose()?;
    readers.retain(|reader| after.is_none_or(|after| reader.user_id > after));
    readers.sort_unstable_by_key(|reader| reader.user_id);
    let more = readers.len() > most;
    readers.truncate(most);
    let next = readers.last().filter(|_| more).map(|reader| reader.user_id.to_string());
    Ok(List { items: readers.into_iter().map(ReaderDto::from).collect(), next })
}

/// A new draft.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDocumentDto {
    /// The customer.
    pub organisation_id: String,
    /// Title.
    pub title: String,
    /// proposal, contract, invoice, specification, minutes or other.
    pub category: String,
}

/// What may be changed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditDocumentDto {
    /// Title.
    pub title: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// The first day it holds, such as 2026-11-22; null: it always did. Left out: as it was.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub valid_from: Option<Option<String>>,
    /// The last day it holds; null: for good. Left out: as it was.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub valid_until: Option<Option<String>>,
    /// So many days before that it is to be renewed.
    pub notice_days: Option<i64>,
    /// Tags instead of those it has, at most 10.
    pub tags: Option<Vec<String>>,
}

/// What is there, null or not, as against what is left out (RFC 7396).
fn given<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(value).map(Some)
}

/// Who a document is for: exactly one of the four.
#[derive(Deserialize, Default, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AudienceDto {
    /// true: everyone of the organisation, partners excepted.
    pub organisation: Option<bool>,
    /// Ids of people of the organisation.
    pub people: Option<Vec<String>>,
    /// A project of the organisation.
    pub project_id: Option<String>,
    /// A customer group the organisation is in, by id or short name.
    pub group: Option<String>,
}

/// What publishing takes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishDto {
    /// Who may read it.
    pub audience: AudienceDto,
}

/// An organisation.
#[derive(Serialize, ToSchema)]
pub struct OrganisationDto {
    /// Id.
    pub id: String,
    /// Short name.
    pub slug: String,
    /// Name.
    pub name: String,
    /// The operator's customer number.
    pub number: String,
}

/// Somebody known at an organisation.
#[derive(Serialize, ToSchema)]
pub struct PersonDto {
    /// Of the login, the invitation or the contact, as `kind` says.
    pub id: String,
    /// user, invitation or contact.
    pub kind: String,
    /// Name.
    pub name: String,
    /// E-mail address; may be empty for a contact.
    pub email: String,
    /// admin, member or partner; null for a contact.
    pub role: Option<String>,
    /// `not_invited` (a contact), `invited`, `never_signed_in`, `active` or `suspended`.
    pub state: String,
    /// RFC 3339; null for somebody who never has.
    pub last_sign_in_at: Option<String>,
}

/// Something with an id and a name.
#[derive(Serialize, ToSchema)]
pub struct NamedDto {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
}

/// The token's owner.
#[derive(Serialize, ToSchema)]
pub struct MeDto {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// en, de or nl; null where none was chosen.
    pub locale: Option<String>,
    /// A name of the IANA database; null: the portal's zone.
    pub time_zone: Option<String>,
    /// The staff role; null for customers.
    pub staff_role: Option<String>,
    /// Where customers reach a member of staff who is their contact; may be empty.
    pub phone: String,
    /// When; may be empty.
    pub hours: String,
    /// Memberships of a customer.
    pub memberships: Vec<MembershipDto>,
}

/// A membership.
#[derive(Serialize, ToSchema)]
pub struct MembershipDto {
    /// The organisation.
    pub organisation_id: String,
    /// Its short name.
    pub slug: String,
    /// admin, member or partner.
    pub role: String,
    /// What it lets one see.
    pub rights: RightsDto,
}

/// How far somebody sees into each module: none, own or organisation.
#[derive(Serialize, ToSchema)]
pub struct RightsDto {
    /// Contracts, specifications, minutes and other papers.
    pub documents: String,
    /// Orders and projects.
    pub orders: String,
    /// Quotes, invoices and payments.
    pub money: String,
    /// Questions to the house.
    pub tickets: String,
}

impl From<Rights> for RightsDto {
    fn from(rights: Rights) -> Self {
        let [documents, orders, money, tickets] =
            [rights.documents, rights.orders, rights.money, rights.tickets].map(|reach| reach.name().to_owned());
        Self { documents, orders, money, tickets }
    }
}

/// What one may change about oneself.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditMeDto {
    /// Name.
    pub name: Option<String>,
    /// en, de or nl; an empty text forgets the choice.
    pub locale: Option<String>,
    /// A name of the IANA database; an empty text forgets the choice.
    pub time_zone: Option<String>,
    /// Where customers reach them; staff only.
    pub phone: Option<String>,
    /// When; staff only.
    pub hours: Option<String>,
}

/// A place where somebody is signed in.
#[derive(Serialize, ToSchema)]
pub struct SessionDto {
    /// Id.
    pub id: String,
    /// Firefox, Safari and so on; null for an unusual one.
    pub browser: Option<String>,
    /// Windows, iPhone and so on.
    pub system: Option<String>,
    /// The address of its last use.
    pub address: String,
    /// Somebody else's proxy has passed it on.
    pub through_proxy: bool,
    /// password, passkey, totp, recovery_code, single_sign_on or mail_link.
    pub method: Option<String>,
    /// RFC 3339.
    pub begun_at: String,
    /// RFC 3339, to the minute.
    pub last_used_at: String,
}

/// A browser that somebody is told on while the portal is closed.
#[derive(Serialize, ToSchema)]
pub struct DeviceDto {
    /// Id.
    pub id: String,
    /// Firefox, Safari and so on; null for an unusual one.
    pub browser: Option<String>,
    /// Windows, iPhone and so on.
    pub system: Option<String>,
    /// The host of the push service that carries the messages.
    pub service: String,
    /// RFC 3339.
    pub created_at: String,
    /// When the push service last took a message for it; null if it never did. RFC 3339.
    pub last_told_at: Option<String>,
}

/// An API token, never its secret.
#[derive(Serialize, ToSchema)]
pub struct TokenDto {
    /// Id.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// read, AREA or AREA:read; empty: everything its owner may.
    pub scopes: Vec<String>,
    /// RFC 3339.
    pub created_at: String,
    /// RFC 3339; null: until it is revoked.
    pub expires_at: Option<String>,
    /// RFC 3339, to five minutes; null: never.
    pub last_used_at: Option<String>,
    /// It is the one that asks.
    pub current: bool,
}
