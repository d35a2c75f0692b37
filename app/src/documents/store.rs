//! All SQL of documents. Reads take the actor's scope; writes take the policy's proof.

use crate::access::{Granted, Scope};
use crate::arrivals::policy::{Send, Sending};
use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::ids::{DocumentId, OrganisationId, UserId, VersionId};
use crate::requests::model::Request;
use crate::requests::policy::Answer;
use crate::scan::model::Scan;
use crate::time::Instant;

use super::cursor::{Cursor, Key};
use super::model::{Audience, Category, Document, EditDocument, NewDocument, State, Version};
use super::policy::{Create, Draft, Edit, Publish, Upload, Withdraw};
use super::scope::{columns, may_see, page, page_of_organisation, sources};
use super::sort::title_key;
use super::sorted::{sorted, sorted_of_organisation};

/// Versions of document `$1`; `$2`: also those that were never published.
macro_rules! versions {
    ($which:literal) => {
        concat!(
            "SELECT v.id, v.number, v.file_name, v.media_type, v.size, v.sha256, v.store_key, v.sealed_key, v.uploaded_by, u.name AS uploaded_by_name, \
             v.created_at, v.published_at, v.note, v.restored_from, v.scan, v.finding, v.release_reason, r.name AS released_by_name \
             FROM document_versions v JOIN users u ON u.id = v.uploaded_by LEFT JOIN users r ON r.id = v.released_by \
             WHERE v.document_id = $1 AND ($2 OR v.published_at IS NOT NULL)",
            $which
        )
    };
}

sql! {
    FIND = concat!("SELECT ", columns!(), " FROM documents d ", sources!(), " WHERE d.id = $6 AND ", may_see!());
    PAGE = sqlite: page!(sqlite, none, whole), postgres: page!(postgres, none, whole);
    PAGE_BY_MODULE = sqlite: page!(sqlite, none, split), postgres: page!(postgres, none, split);
    PAGE_IN_CATEGORY = sqlite: page!(sqlite, category, category), postgres: page!(postgres, category, category);
    PAGE_IN_STATE = sqlite: page!(sqlite, state, whole), postgres: page!(postgres, state, whole);
    PAGE_IN_STATE_BY_MODULE = sqlite: page!(sqlite, state, split), postgres: page!(postgres, state, split);
    PAGE_IN_BOTH = sqlite: page!(sqlite, both, category), postgres: page!(postgres, both, category);
    OF_ORGANISATION = sqlite: page_of_organisation!(sqlite, none), postgres: page_of_organisation!(postgres, none);
    OF_ORGANISATION_IN_CATEGORY = sqlite: page_of_organisation!(sqlite, category), postgres: page_of_organisation!(postgres, category);
    OF_ORGANISATION_IN_STATE = sqlite: page_of_organisation!(sqlite, state), postgres: page_of_organisation!(postgres, state);
    OF_ORGANISATION_IN_BOTH = sqlite: page_of_organisation!(sqlite, both), postgres: page_of_organisation!(postgres, both);
    OLDEST = sqlite: sorted!(sqlite, oldest), postgres: sorted!(postgres, oldest);
    BY_TITLE = sqlite: sorted!(sqlite, title), postgres: sorted!(postgres, title);
    BY_END = sqlite: sorted!(sqlite, end), postgres: sorted!(postgres, end);
    OLDEST_OF_ORGANISATION = sqlite: sorted_of_organisation!(sqlite, oldest), postgres: sorted_of_organisation!(postgres, oldest);
    BY_TITLE_OF_ORGANISATION = sqlite: sorted_of_organisation!(sqlite, title), postgres: sorted_of_organisation!(postgres, title);
    BY_END_OF_ORGANISATION = sqlite: sorted_of_organisation!(sqlite, end), postgres: sorted_of_organisation!(postgres, end);

    IS_ASSIGNED = "SELECT EXISTS (SELECT 1 FROM staff_assignments WHERE user_id = $1 AND organisation_id = $2) AS assigned FROM organisations WHERE id = $2 AND state = 'active'";
    INSERT = "INSERT INTO documents (id, organisation_id, title, category, topic, state, audience_kind, current_version, revision, created_by, created_at, changed_at, title_key) VALUES ($1, $2, $3, $4, $5, 'draft', NULL, 0, 1, $6, $7, $7, $8)";
    INSERT_SENT = "INSERT INTO documents (id, organisation_id, title, category, topic, state, audience_kind, current_version, revision, created_by, created_at, published_by, published_at, changed_at, title_key) VALUES ($1, $2, $3, $4, $5, 'published', 'people', 0, 1, $6, $7, $6, $7, $7, $8)";
    SET_DETAILS = "UPDATE documents SET title = $3, category = $4, topic = $5, valid_from = $6, valid_until = $7, notice_days = $8, renew_from = $9, notice_on = CASE WHEN $10 THEN $9 ELSE notice_on END, tags = $11, title_key = $12, revision = revision + 1 WHERE id = $1 AND revision = $2";
    /// Takes the document for a change that depends on its state; the second waits for the first and finds another revision.
    SET_PUBLISHED = "UPDATE documents SET state = 'published', audience_kind = $3, published_by = $4, published_at = $5, changed_at = $5, revision = revision + 1 WHERE id = $1 AND revision = $2";
    SET_WITHDRAWN = "UPDATE documents SET state = 'withdrawn', revision = revision + 1 WHERE id = $1 AND revision = $2";
    /// Takes the document for a transaction that depends on how it stands.
    LOCK = "UPDATE documents SET revision = revision WHERE id = $1";
    NEXT_VERSION = "UPDATE documents SET current_version = current_version + 1, revision = revision + 1, changed_at = $2 WHERE id = $1 RETURNING current_version, state";
    INSERT_VERSION = "INSERT INTO document_versions (id, document_id, number, file_name, media_type, size, sha256, store_key, uploaded_by, created_at, published_at, scan, note, restored_from, sealed_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    PUBLISH_VERSION = "UPDATE document_versions SET published_at = $3 WHERE document_id = $1 AND number = $2 AND published_at IS NULL";
    VERSIONS = versions!(" AND v.number < $3 ORDER BY v.number DESC LIMIT $4");
    VERSION = versions!(" AND v.number = $3");
    CLEAR_AUDIENCE = "DELETE FROM document_audience WHERE document_id = $1";
    /// `$5`: a person by name. What they have opened already does not wait for them.
    ADD_SUBJECT = "INSERT INTO document_audience (subject_id, changed_at, document_id, category, module, title_key, valid_until, waiting_for) VALUES ($1, $2, $3, $4, $6, (SELECT d.title_key FROM documents d WHERE d.id = $3), (SELECT d.valid_until FROM documents d WHERE d.id = $3), CASE WHEN $5 AND NOT EXISTS (SELECT 1 FROM document_reads r JOIN documents d ON d.id = r.document_id WHERE r.document_id = $3 AND r.user_id = $1 AND r.version >= d.current_version) THEN $1 END)";
    SET_AUDIENCE_CATEGORY = "UPDATE document_audience SET category = $2, module = $3 WHERE document_id = $1 AND category <> $2";
    SET_APPROVALS_CATEGORY = "UPDATE approvals SET category = $2, topic = $3 WHERE document_id = $1 AND category <> $2";
    /// What lists are sorted by.
    SET_AUDIENCE_ORDER = "UPDATE document_audience SET title_key = (SELECT d.title_key FROM documents d WHERE d.id = $1), valid_until = (SELECT d.valid_until FROM documents d WHERE d.id = $1) WHERE document_id = $1";
    /// A new version waits for everybody who is named.
    TOUCH_AUDIENCE = "UPDATE document_audience SET changed_at = $2, waiting_for = (SELECT u.id FROM users u WHERE u.id = document_audience.subject_id) WHERE document_id = $1";
    /// Waits for whoever is publishing or adding a version just now, and keeps the next waiting: what is read is this.
    CURRENT_VERSION = sqlite: "SELECT current_version FROM documents WHERE id = $1", postgres: "SELECT current_version FROM documents WHERE id = $1 FOR SHARE";
    NO_LONGER_WAITING = "UPDATE document_audience SET waiting_for = NULL WHERE document_id = $1 AND waiting_for = $2";
    SUBJECTS = "SELECT subject_id FROM document_audience WHERE document_id = $1 ORDER BY subject_id";
    READ_VERSION = "SELECT version FROM document_reads WHERE document_id = $1 AND user_id = $2";
    MARK_READ = "INSERT INTO document_reads (document_id, user_id, version, read_at) VALUES ($1, $2, $3, $4) ON CONFLICT (document_id, user_id) DO UPDATE SET version = excluded.version, read_at = excluded.read_at WHERE document_reads.version < excluded.version";
    PUBLISHER = "SELECT u.name FROM documents d JOIN users u ON u.id = d.published_by WHERE d.id = $1";

    INSERT_PENDING = "INSERT INTO pending_uploads (store_key, started_at) VALUES ($1, $2)";
    DELETE_PENDING = "DELETE FROM pending_uploads WHERE store_key = $1";
    STALE_PENDING = "SELECT store_key FROM pending_uploads WHERE started_at < $1 ORDER BY started_at LIMIT 100";
}

/// The scope and the rest of a statement's arguments. The number is the statement's; SQLite would take missing
/// ones as NULL in silence.
fn scoped<const N: usize>(scope: Scope, rest: impl IntoIterator<Item = Value>) -> DbResult<[Value; N]> {
    let values: Vec<Value> = scope.values().into_iter().chain(rest).collect();
    values.try_into().map_err(|_| sqlx::Error::Configuration("wrong number of arguments".into()))
}

/// Which documents a list shows.
#[derive(Clone, Debug)]
pub struct Filter {
    /// Only of this category.
    pub category: Option<Category>,
    /// Only in this state.
    pub state: Option<State>,
    /// For a customer: only through this membership. For staff: only of this customer.
    pub organisation: Option<OrganisationId>,
    /// Continue after this.
    pub after: Cursor,
    /// How many.
    pub limit: i64,
}

/// A document, if the scope reaches it.
pub async fn find(db: &Db, scope: Scope, id: DocumentId) -> DbResult<Option<Document>> {
    db.optional(FIND, scoped(scope, [id.into()])?).await
}

/// A page of what the scope reaches, in the order of its cursor.
pub async fn list(db: &Db, scope: Scope, staff: bool, filter: &Filter) -> DbResult<Vec<Document>> {
    let Filter { category, state, organisation, after, limit } = filter;
    let key = [after.key.clone().into(), after.id.into(), Value::from(*limit)];
    let base = key.into_iter().chain([Value::from(*organisation)]);
    let one = staff && organisation.is_some();
    let sorted = match (&after.key, one) {
        (Key::Newest(_), _) => None,
        (Key::Oldest(_), false) => Some(OLDEST),
        (Key::Oldest(_), true) => Some(OLDEST_OF_ORGANISATION),
        (Key::Title(_), false) => Some(BY_TITLE),
        (Key::Title(_), true) => Some(BY_TITLE_OF_ORGANISATION),
        (Key::ValidUntil(_), false) => Some(BY_END),
        (Key::ValidUntil(_), true) => Some(BY_END_OF_ORGANISATION),
    };
    if let Some(sorted) = sorted {
        let filter = [Value::from(category.map(Category::key)), Value::from(state.map(State::name))];
        return db.all(sorted, scoped(scope, base.chain(filter))?).await;
    }
    let scope = category.map_or(scope, |c| scope.about(c.topic()));
    let category = category.map(|c| Value::from(c.key()));
    let state = state.map(|s| Value::from(s.name()));
    let (plain, in_category, in_state, in_both) = if one {
        (OF_ORGANISATION, OF_ORGANISATION_IN_CATEGORY, OF_ORGANISATION_IN_STATE, OF_ORGANISATION_IN_BOTH)
    } else if scope.by_module() {
        (PAGE_BY_MODULE, PAGE_IN_CATEGORY, PAGE_IN_STATE_BY_MODULE, PAGE_IN_BOTH)
    } else {
        (PAGE, PAGE_IN_CATEGORY, PAGE_IN_STATE, PAGE_IN_BOTH)
    };
    match (category, state) {
        (None, None) => db.all(plain, scoped(scope, base)?).await,
        (Some(c), None) => db.all(in_category, scoped(scope, base.chain([c]))?).await,
        (None, Some(s)) => db.all(in_state, scoped(scope, base.chain([s]))?).await,
        (Some(c), Some(s)) => db.all(in_both, scoped(scope, base.chain([c, s]))?).await,
    }
}

/// Whether the person is assigned to a customer; `None` when there is no such customer.
pub async fn is_assigned(db: &Db, user: UserId, organisation: OrganisationId) -> DbResult<Option<bool>> {
    let row: Option<(bool,)> = db.optional(IS_ASSIGNED, args![user, organisation]).await?;
    Ok(row.map(|(assigned,)| assigned))
}

/// A draft that was made in this transaction, with the policy's leave: its first version needs no other.
#[derive(Debug)]
pub struct Made(DocumentId);

/// Inserts a draft.
pub async fn insert(
    tx: &Tx,
    grant: &Granted<Create, Draft>,
    id: DocumentId,
    new: &NewDocument,
    by: UserId,
    at: Instant,
) -> DbResult<Made> {
    let draft = grant.row();
    let topic = draft.category.topic();
    let (category, key) = (draft.category.key(), title_key(&new.title));
    tx.execute(INSERT, args![id, draft.organisation_id, &new.title, category, topic.name(), by, at, key]).await?;
    Ok(Made(id))
}

/// The policy's leave to send a file from a customer's side.
#[derive(Clone, Copy, Debug)]
pub enum SentProof<'a> {
    /// Somebody asked for it.
    Asked(&'a Granted<Answer, Request>),
    /// Nobody did; the category is open.
    Unasked(&'a Granted<Send, Sending>),
}

impl SentProof<'_> {
    /// The customer.
    pub fn organisation_id(self) -> OrganisationId {
        match self {
            Self::Asked(request) => request.row().organisation_id,
            Self::Unasked(sending) => sending.row().organisation_id,
        }
    }

    /// The category of the document.
    pub fn category(self) -> Category {
        match self {
            Self::Asked(request) => request.row().category,
            Self::Unasked(sending) => sending.row().category,
        }
    }

    /// Its title.
    fn title(&self) -> &str {
        match self {
            Self::Asked(request) => &request.row().title,
            Self::Unasked(sending) => &sending.row().title,
        }
    }

    /// What was sent before and is put right now.
    pub fn sent_before(self) -> Option<DocumentId> {
        match self {
            Self::Asked(request) => request.row().document_id,
            Self::Unasked(_) => None,
        }
    }
}

/// Inserts what a customer sends: published at once, for these people.
pub async fn insert_sent(
    tx: &Tx,
    granted: SentProof<'_>,
    id: DocumentId,
    mut readers: Vec<UserId>,
    by: UserId,
    at: Instant,
) -> DbResult<()> {
    let (category, module) = (granted.category().key(), granted.category().module().name());
    let topic = granted.category().topic().name();
    let key = title_key(granted.title());
    tx.execute(INSERT_SENT, args![id, granted.organisation_id(), granted.title(), category, topic, by, at, key])
        .await?;
    readers.sort_unstable();
    readers.dedup();
    for reader in readers {
        tx.execute(ADD_SUBJECT, args![reader, at, id, category, true, module]).await?;
    }
    Ok(())
}

/// The rows of who it is for repeat what lists are sorted by.
pub async fn repeat_order(tx: &Tx, id: DocumentId) -> DbResult<()> {
    tx.execute(SET_AUDIENCE_ORDER, args![id]).await.map(|_| ())
}

/// Changes title, category, validity and tags; `false` when the revision has moved on.
pub async fn set_details(tx: &Tx, grant: &Granted<Edit, Document>, edit: &EditDocument) -> DbResult<bool> {
    let row = grant.row();
    let title = edit.title.as_ref().unwrap_or(&row.title);
    let category = edit.category.unwrap_or(row.category);
    let validity = edit.validity.unwrap_or(row.validity());
    let tags = match &edit.tags {
        Some(tags) => super::tags::spelled(tx, tags).await?,
        None => row.tags.clone(),
    };
    // Who was told of this end already is not told again.
    let (moved, renew_from) = (validity != row.validity(), validity.renew_from());
    let values = args![
        row.id,
        row.revision,
        title,
        category.key(),
        category.topic().name(),
        validity.from,
        validity.until,
        validity.notice_days,
        renew_from,
        moved,
        tags,
        title_key(title)
    ];
    let changed = tx.execute(SET_DETAILS, values).await?;
    if changed == 1 {
        repeat_order(tx, row.id).await?;
        tx.execute(SET_AUDIENCE_CATEGORY, args![row.id, category.key(), category.module().name()]).await?;
        tx.execute(SET_APPROVALS_CATEGORY, args![row.id, category.key(), category.topic().name()]).await?;
    }
    Ok(changed == 1)
}

/// Publishes to these subjects; `false` when the revision has moved on.
pub async fn set_published(
    tx: &Tx,
    grant: &Granted<Publish, Document>,
    audience: &Audience,
    by: UserId,
    at: Instant,
) -> DbResult<bool> {
    let row = grant.row();
    if tx.execute(SET_PUBLISHED, args![row.id, row.revision, audience.kind(), by, at]).await? != 1 {
        return Ok(false);
    }
    tx.execute(CLEAR_AUDIENCE, args![row.id]).await?;
    let named = matches!(audience, Audience::People(_));
    for subject in super::audience::subjects(audience, row.organisation_id) {
        let (category, module) = (row.category.key(), row.category.module().name());
        tx.execute(ADD_SUBJECT, args![subject, at, row.id, category, named, module]).await?;
    }
    tx.execute(PUBLISH_VERSION, args![row.id, row.current_version, at]).await?;
    Ok(true)
}

/// Takes a document back; `false` when the revision has moved on.
pub async fn set_withdrawn(tx: &Tx, grant: &Granted<Withdraw, Document>) -> DbResult<bool> {
    let row = grant.row();
    if tx.execute(SET_WITHDRAWN, args![row.id, row.revision]).await? != 1 {
        return Ok(false);
    }
    tx.execute(CLEAR_AUDIENCE, args![row.id]).await?;
    Ok(true)
}

/// What a version row needs; the object is already durable.
#[derive(Debug)]
pub struct NewVersion<'a> {
    /// Its id.
    pub id: VersionId,
    /// File name.
    pub file_name: &'a str,
    /// Media type.
    pub media_type: &'a str,
    /// Bytes.
    pub size: i64,
    /// SHA-256.
    pub sha256: Vec<u8>,
    /// Where it lies.
    pub store_key: &'a str,
    /// The file's own key, sealed.
    pub sealed_key: Option<Vec<u8>>,
    /// What is known of the file.
    pub scan: Scan,
    /// What is new in it.
    pub note: &'a str,
    /// The older version that it brings back.
    pub restored_from: Option<i64>,
}

/// Takes the document: whoever changes it meanwhile waits, and what is read of it from here on stays true until the commit.
pub async fn lock(tx: &Tx, id: DocumentId) -> DbResult<()> {
    tx.execute(LOCK, args![id]).await.map(|_| ())
}

/// A version that was just added, in the transaction that holds the document.
#[derive(Clone, Copy, Debug)]
pub struct Added {
    /// Its number.
    pub number: i64,
    /// The document is published, and so is the version.
    pub published: bool,
}

/// Adds the next version. Visible at once if the document is published.
pub async fn insert_version(
    tx: &Tx,
    proof: VersionProof<'_>,
    new: NewVersion<'_>,
    by: UserId,
    at: Instant,
) -> DbResult<Added> {
    let document = match proof {
        VersionProof::Upload(grant) => grant.row().id,
        VersionProof::Create(Made(id)) => *id,
        VersionProof::Sent(_, id) => id,
    };
    let (number, state): (i64, State) = tx.one(NEXT_VERSION, args![document, at]).await?;
    let published = (state == State::Published).then_some(at);
    tx.execute(
        INSERT_VERSION,
        args![
            new.id,
            document,
            number,
            new.file_name,
            new.media_type,
            new.size,
            new.sha256,
            new.store_key,
            by,
            at,
            published,
            new.scan.name(),
            new.note,
            new.restored_from,
            new.sealed_key
        ],
    )
    .await?;
    tx.execute(TOUCH_AUDIENCE, args![document, at]).await?;
    Ok(Added { number, published: published.is_some() })
}

/// A version may be added to a document one may upload to, or to the draft one may make.
#[derive(Debug)]
pub enum VersionProof<'a> {
    /// To an existing document.
    Upload(&'a Granted<Upload, Document>),
    /// To the draft just made.
    Create(&'a Made),
    /// To what a customer sends.
    Sent(SentProof<'a>, DocumentId),
}

/// Versions, newest first, before a number. `internal`: also those that were never published.
pub async fn versions(
    db: &Db,
    document: DocumentId,
    internal: bool,
    before: i64,
    limit: i64,
) -> DbResult<Vec<Version>> {
    db.all(VERSIONS, args![document, internal, before, limit]).await
}

/// One version of a document that was found in scope.
pub async fn version(db: &Db, document: &Document, internal: bool, number: i64) -> DbResult<Option<Version>> {
    db.optional(VERSION, args![document.id, internal, number]).await
}

/// Ids of the organisations, groups, people or projects a document is for.
pub async fn subjects(db: &Db, document: DocumentId) -> DbResult<Vec<uuid::Uuid>> {
    let rows: Vec<(uuid::Uuid,)> = db.all(SUBJECTS, args![document]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Who published it.
pub async fn publisher(db: &Db, document: DocumentId) -> DbResult<Option<String>> {
    let row: Option<(String,)> = db.optional(PUBLISHER, args![document]).await?;
    Ok(row.map(|(name,)| name))
}

/// The version somebody opened last.
pub async fn read_version(db: &Db, document: DocumentId, user: UserId) -> DbResult<Option<i64>> {
    let row: Option<(i64,)> = db.optional(READ_VERSION, args![document, user]).await?;
    Ok(row.map(|(version,)| version))
}

/// Remembers that somebody opened a version.
pub async fn mark_read(tx: &Tx, document: DocumentId, user: UserId, version: i64, at: Instant) -> DbResult<()> {
    let (current,): (i64,) = tx.one(CURRENT_VERSION, args![document]).await?;
    tx.execute(MARK_READ, args![document, user, version, at]).await?;
    if version >= current {
        tx.execute(NO_LONGER_WAITING, args![document, user]).await?;
    }
    Ok(())
}

/// Notes that an object is about to be written.
pub async fn insert_pending(tx: &Tx, key: &str, at: Instant) -> DbResult<()> {
    tx.execute(INSERT_PENDING, args![key, at]).await.map(|_| ())
}

/// The object has its row, or is gone; `false` when the sweeper was here first.
pub async fn delete_pending(tx: &Tx, key: &str) -> DbResult<bool> {
    Ok(tx.execute(DELETE_PENDING, args![key]).await? == 1)
}

/// Objects that were begun before this instant and never got a row.
pub async fn stale_pending(db: &Db, before: Instant) -> DbResult<Vec<String>> {
    let rows: Vec<(String,)> = db.all(STALE_PENDING, args![before]).await?;
    Ok(rows.into_iter().map(|(key,)| key).collect())
}
