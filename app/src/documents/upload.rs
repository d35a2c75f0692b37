//! Uploads: the policy first, then the bytes, then the row. Nothing is visible before it is durable.

use bytes::Bytes;
use futures::Stream;

use crate::access::{Granted, Scope, grant};
use crate::approvals::renew;
use crate::audit::{self, Event};
use crate::categories;
use crate::categories::model::Rules;
use crate::ctx::Ctx;
use crate::db::Tx;
use crate::error::{AppError, FieldErrors};
use crate::files::{FileName, PutError, Stored, media_type};
use crate::idempotency;
use crate::ids::{DocumentId, UserId, VersionId};
use crate::preview;
use crate::scan;
use crate::scan::model::Scan;
use crate::settings;
use crate::time::Instant;

use super::model::{Category, Document, NewDocument, State, Version};
use super::policy::{Create, Draft, Upload};
use super::service::{self, Seen};
use super::store::{self, Added, NewVersion, VersionProof};

pub use super::store::SentProof;

/// Permission to add a version, asked for before the first byte is read.
#[derive(Debug)]
pub struct UploadGrant(Granted<Upload, Document>);

impl UploadGrant {
    /// The category of the document.
    pub fn category(&self) -> Category {
        self.0.row().category
    }
}

/// Permission to make a draft with its first version.
#[derive(Debug)]
pub struct CreateGrant(Granted<Create, Draft>, NewDocument);

/// What comes with a file.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// The name it was sent with.
    pub name: &'a FileName,
    /// What is new in it, in the sender's words; may be empty.
    pub note: &'a str,
}

impl<'a> From<&'a FileName> for Incoming<'a> {
    fn from(name: &'a FileName) -> Self {
        Self { name, note: "" }
    }
}

/// The longest note, in characters.
pub const NOTE_LONGEST: usize = 500;

/// What is new, as it is kept; too long is an error of the field.
pub fn check_note(ctx: &Ctx, note: &str) -> Result<String, AppError> {
    let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
    let note: String = note.chars().filter(|c| !c.is_control()).collect();
    if note.chars().count() > NOTE_LONGEST {
        let text = ctx.with("approval-error-long", &[("max", NOTE_LONGEST.into())]);
        return Err(AppError::Invalid(FieldErrors::one("note", text)));
    }
    Ok(note)
}

/// Asks whether the actor may add a version to this document.
pub async fn grant_version(ctx: &Ctx, id: DocumentId) -> Result<UploadGrant, AppError> {
    let row = store::find(&ctx.db, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    Ok(UploadGrant(grant::<Upload, _>(&ctx.actor, row)?))
}

/// Asks whether the actor may make this draft.
pub async fn grant_draft(ctx: &Ctx, mut new: NewDocument) -> Result<CreateGrant, AppError> {
    let granted = service::grant_create(ctx, &mut new).await?;
    Ok(CreateGrant(granted, new))
}

/// Streams a file to the store and adds it as the next version.
pub async fn add_version<'a, E: std::fmt::Display>(
    ctx: &Ctx,
    granted: UploadGrant,
    file: impl Into<Incoming<'a>>,
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> Result<Version, AppError> {
    let Incoming { name, note } = file.into();
    let document = granted.0.row().id;
    if let Some((done, number)) = idempotency::replay(&ctx.db, ctx).await? {
        let version = replayed(ctx, DocumentId(done), number).await?;
        idempotency::check_same(ctx, &version.sha256, bytes).await?;
        return Ok(version);
    }
    let note = check_note(ctx, note)?;
    let rules = categories::store::of(&ctx.db, granted.0.row().category).await?;
    let (object, stored) = receive(ctx, Some(&rules), ctx.portal.upload_limit, name, bytes).await?;
    let file = NewFile { name, stored: &stored, note: &note, restored_from: None };
    commit_version(ctx, document, None, &object, file).await
}

/// A file that a customer sent, in the store, and not anybody's yet.
#[derive(Debug)]
pub struct Received {
    object: Object,
    stored: Stored,
    name: FileName,
    note: String,
}

/// Streams a file that a customer sends to the store, as far as the category takes it.
pub async fn receive_sent<E: std::fmt::Display>(
    ctx: &Ctx,
    category: Category,
    file: Incoming<'_>,
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> Result<Received, AppError> {
    let note = check_note(ctx, file.note)?;
    let rules = categories::store::of(&ctx.db, category).await?;
    let (object, stored) = receive(ctx, Some(&rules), ctx.portal.upload_limit, file.name, bytes).await?;
    Ok(Received { object, stored, name: file.name.clone(), note })
}

/// Makes what was received a document of the customer for these readers, or the next version of what was sent before.
/// Answers the document, the number of the version, and what the trail is to say of it at the end of the transaction.
pub async fn add_sent(
    tx: &Tx,
    ctx: &Ctx,
    granted: SentProof<'_>,
    received: &Received,
    readers: Vec<UserId>,
) -> Result<(DocumentId, i64, Event), AppError> {
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    let Received { object, stored, name, note } = received;
    let file = NewFile { name, stored, note, restored_from: None };
    let (document, event) = match granted.sent_before() {
        Some(document) => {
            store::lock(tx, document).await?;
            (document, Event::new("document.upload", "document", document.0))
        }
        None => {
            let document = DocumentId::new();
            store::insert_sent(tx, granted, document, readers, user, ctx.now()).await?;
            let event =
                Event::new("document.create", "document", document.0).with("category", granted.category().key());
            (document, event)
        }
    };
    let number = insert(tx, ctx, VersionProof::Sent(granted, document), object, file).await?.number;
    store::mark_read(tx, document, user, number, ctx.now()).await?;
    let mut event = event
        .organisation(granted.organisation_id())
        .with("version", number)
        .with("sha256", super::model::hex(&stored.sha256));
    if let SentProof::Asked(request) = granted {
        event = event.with("request", request.row().id);
    }
    Ok((document, number, event))
}

/// Brings an older version back: its bytes become the next version. `seen`: the revision the actor looked at.
pub async fn restore(ctx: &Ctx, id: DocumentId, number: i64, seen: &Seen) -> Result<Version, AppError> {
    let granted = grant_version(ctx, id).await?;
    if let Some((done, number)) = idempotency::replay(&ctx.db, ctx).await? {
        return replayed(ctx, DocumentId(done), number).await;
    }
    let document = granted.0.row();
    let old = service::version(ctx, document, number).await?;
    if old.number == document.current_version {
        return Err(AppError::Conflict(ctx.t("documents-error-current").to_owned()));
    }
    scan::service::check_usable(ctx, old.scan)?;
    // Read and written anew: an object belongs to one version, and what the store returns is compared.
    let bytes = ctx.files.get(&old.object(), None).await?;
    let name = FileName::parse(&old.file_name);
    // What the category and the portal took then is not asked again.
    let limit = ctx.portal.upload_limit.max(u64::try_from(old.size).unwrap_or(0));
    let (object, stored) = receive(ctx, None, limit, &name, bytes).await.map_err(|error| match error {
        // The sender is the store.
        AppError::Invalid(_) => AppError::Unavailable,
        other => other,
    })?;
    if stored.sha256 != old.sha256 {
        tracing::error!(version = %old.id, "the store returns other bytes than were uploaded");
        return Err(AppError::Unavailable);
    }
    let file = NewFile { name: &name, stored: &stored, note: "", restored_from: Some(number) };
    commit_version(ctx, id, Some(seen), &object, file).await
}

/// Adds what was received as the next version.
async fn commit_version(
    ctx: &Ctx,
    document: DocumentId,
    seen: Option<&Seen>,
    object: &Object,
    file: NewFile<'_>,
) -> Result<Version, AppError> {
    // Rights and state as they are now that the file is here: uploads can take an hour.
    let ctx = &crate::sign_in::actor::refreshed(ctx).await?;
    let tx = ctx.db.begin().await?;
    let (number, event) = add_in(&tx, ctx, document, seen, object, file).await?;
    idempotency::claim(&tx, ctx, document.0, number).await?;
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    let document = service::find(ctx, document).await?;
    service::version(ctx, &document, number).await
}

/// The same in a transaction that does more, and records the event at its end.
async fn add_in(
    tx: &Tx,
    ctx: &Ctx,
    document: DocumentId,
    seen: Option<&Seen>,
    object: &Object,
    file: NewFile<'_>,
) -> Result<(i64, Event), AppError> {
    // Whoever publishes, moves or adds a version as well waits from here on.
    store::lock(tx, document).await?;
    let row = store::find(tx, Scope::of(&ctx.actor)?, document).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<Upload, _>(&ctx.actor, row)?;
    if let Some(seen) = seen {
        service::check_revision(ctx, granted.row(), seen.revision, seen.form)?;
    }
    // A version of a published document is published at once.
    let rules = categories::store::of(tx, granted.row().category).await?;
    if granted.row().state == State::Published && !categories::service::lets_publish(&ctx.actor, &rules) {
        return Err(AppError::Forbidden);
    }
    let added = insert(tx, ctx, VersionProof::Upload(&granted), object, file).await?;
    let number = added.number;
    let asked = renew::after_version(tx, ctx, granted.row(), added, &file.stored.sha256).await?;
    let event = match file.restored_from {
        None => Event::new("document.upload", "document", document.0),
        Some(old) => Event::new("document.restore", "document", document.0).with("restored_from", old),
    };
    let mut event = event
        .organisation(granted.row().organisation_id)
        .with("version", number)
        .with("sha256", super::model::hex(&file.stored.sha256));
    if asked > 0 {
        event = event.with("asked_again", asked);
    }
    Ok((number, event))
}

/// Makes what was received the next version of a document, in a transaction that does more and records the event at its end.
pub async fn version_in(
    tx: &Tx,
    ctx: &Ctx,
    document: DocumentId,
    received: &Received,
) -> Result<(i64, Event), AppError> {
    let Received { object, stored, name, note } = received;
    add_in(tx, ctx, document, None, object, NewFile { name, stored, note, restored_from: None }).await
}

/// Makes what was received a draft, in a transaction that does more and records the event at its end.
pub async fn draft_in(
    tx: &Tx,
    ctx: &Ctx,
    granted: CreateGrant,
    received: &Received,
) -> Result<(DocumentId, Event), AppError> {
    let CreateGrant(granted, new) = granted;
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    let id = DocumentId::new();
    let made = store::insert(tx, &granted, id, &new, user, ctx.now()).await?;
    let Received { object, stored, name, note } = received;
    let file = NewFile { name, stored, note, restored_from: None };
    let number = insert(tx, ctx, VersionProof::Create(&made), object, file).await?.number;
    let event = Event::new("document.create", "document", id.0)
        .organisation(new.organisation_id)
        .with("category", new.category.key())
        .with("version", number)
        .with("sha256", super::model::hex(&stored.sha256));
    Ok((id, event))
}

/// Compares a file that is sent again with the version it became the first time.
pub async fn check_repeated<E: std::fmt::Display>(
    ctx: &Ctx,
    document: DocumentId,
    number: i64,
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> Result<(), AppError> {
    let version = replayed(ctx, document, number).await?;
    idempotency::check_same(ctx, &version.sha256, bytes).await
}

async fn replayed(ctx: &Ctx, document: DocumentId, number: i64) -> Result<Version, AppError> {
    let document = service::find(ctx, document).await?;
    service::version(ctx, &document, number).await
}

/// Streams a file to the store and makes a draft of it.
pub async fn create_with_file<E: std::fmt::Display>(
    ctx: &Ctx,
    granted: CreateGrant,
    name: &FileName,
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> Result<DocumentId, AppError> {
    if let Some((done, number)) = idempotency::replay(&ctx.db, ctx).await? {
        check_repeated(ctx, DocumentId(done), number, bytes).await?;
        return Ok(DocumentId(done));
    }
    let rules = categories::store::of(&ctx.db, granted.1.category).await?;
    let (object, stored) = receive(ctx, Some(&rules), ctx.portal.upload_limit, name, bytes).await?;
    // Asked again, for the same reason as above.
    let ctx = &crate::sign_in::actor::refreshed(ctx).await?;
    let CreateGrant(granted, new) = {
        let CreateGrant(_, new) = granted;
        grant_draft(ctx, new).await?
    };
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    let id = DocumentId::new();
    let tx = ctx.db.begin().await?;
    let made = store::insert(&tx, &granted, id, &new, user, ctx.now()).await?;
    let file = NewFile { name, stored: &stored, note: "", restored_from: None };
    let number = insert(&tx, ctx, VersionProof::Create(&made), &object, file).await?.number;
    idempotency::claim(&tx, ctx, id.0, number).await?;
    let event = Event::new("document.create", "document", id.0)
        .organisation(new.organisation_id)
        .with("category", new.category.key())
        .with("version", number)
        .with("sha256", super::model::hex(&stored.sha256));
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(id)
}

/// A file that is in the store, and what is known of it.
#[derive(Clone, Copy)]
struct NewFile<'a> {
    name: &'a FileName,
    stored: &'a Stored,
    note: &'a str,
    restored_from: Option<i64>,
}

async fn insert(
    tx: &Tx,
    ctx: &Ctx,
    proof: VersionProof<'_>,
    object: &Object,
    file: NewFile<'_>,
) -> Result<Added, AppError> {
    let NewFile { name, stored, note, restored_from } = file;
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    // The sweeper may have given this upload up; then its object is gone and the version must not appear.
    if !store::delete_pending(tx, &object.key).await? {
        return Err(AppError::Unavailable);
    }
    let new = NewVersion {
        id: object.id,
        file_name: name.as_str(),
        media_type: media_type(&stored.head, name),
        size: stored.size,
        sha256: stored.sha256.clone(),
        store_key: &object.key,
        sealed_key: stored.sealed_key.clone(),
        scan: scan::service::initial(ctx),
        note,
        restored_from,
    };
    let looked_at = new.scan == Scan::Pending;
    if new.sealed_key.is_some() {
        settings::check_key_in(tx, &ctx.portal.secrets.fingerprint()).await?;
    }
    let added = store::insert_version(tx, proof, new, user, ctx.now()).await?;
    if looked_at {
        scan::service::enqueue(tx, ctx, object.id).await?;
    }
    // What is to be looked at first has its preview made when it was found clean.
    preview::service::begin(tx, ctx, object.id, !looked_at).await?;
    Ok(added)
}

#[derive(Debug)]
struct Object {
    id: VersionId,
    key: String,
}

/// Writes the bytes under a new key that is noted first, so that whatever a crash leaves behind is found again.
async fn receive<E: std::fmt::Display>(
    ctx: &Ctx,
    rules: Option<&Rules>,
    limit: u64,
    name: &FileName,
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> Result<(Object, Stored), AppError> {
    let id = VersionId::new();
    let object = Object { id, key: format!("documents/{id}/content") };
    let tx = ctx.db.begin().await?;
    store::insert_pending(&tx, &object.key, ctx.now()).await?;
    tx.commit().await?;
    let limit = rules.map_or(limit, |rules| rules.limit(limit));
    let check = |head: &[u8]| rules.map_or(Ok(()), |rules| categories::service::check_file(ctx, rules, head, name));
    match ctx.files.put_named(&object.key, Some(name), bytes, limit, check).await {
        Ok(stored) => Ok((object, stored)),
        Err(e) => {
            // What a store that is away has of it nobody knows: the note stays, and the sweeper looks.
            if !matches!(e, PutError::Store(_)) {
                forget(ctx, &object.key).await;
            }
            let invalid = |key: &'static str| AppError::Invalid(FieldErrors::one("file", ctx.t(key)));
            Err(match e {
                PutError::TooLarge(limit) => AppError::TooLarge(limit),
                PutError::Refused(why) => AppError::Invalid(FieldErrors::one("file", why)),
                PutError::Empty => invalid("documents-error-file-empty"),
                PutError::Sender(cause) => {
                    tracing::info!(cause, "upload broken off");
                    invalid("documents-error-file-broken")
                }
                PutError::Store(e) => e.into(),
            })
        }
    }
}

/// A refused upload leaves no note; if the database is away too, the sweeper finds it.
pub async fn forget(ctx: &Ctx, key: &str) {
    let forgotten = async {
        let tx = ctx.db.begin().await?;
        store::delete_pending(&tx, key).await?;
        tx.commit().await
    };
    if let Err(e) = forgotten.await {
        tracing::warn!(error = %e, "pending upload left for the sweeper");
    }
}

/// Removes objects whose upload began before `before` and never got a row. Returns how many.
pub async fn sweep(ctx: &Ctx, before: Instant) -> Result<usize, AppError> {
    let stale = store::stale_pending(&ctx.db, before).await?;
    let mut swept = 0;
    for key in stale {
        let tx = ctx.db.begin().await?;
        // The note goes first, in a transaction that ends after the object is gone: an upload that finishes
        // meanwhile waits and then finds no note.
        if store::delete_pending(&tx, &key).await? {
            ctx.files.delete(&key).await?;
            tx.commit().await?;
            swept += 1;
        }
    }
    Ok(swept)
}
