//! Use cases of documents. Pages, server functions, REST, file handlers and the command line all enter here.

use crate::access::{Action, Actor, Granted, Relation, Role, Scope, Topic, allow, grant, policy};
use crate::audit::{self, Event};
use crate::categories;
use crate::ctx::Ctx;
use crate::day::Day;
use crate::db::Tx;
use crate::error::{AppError, FieldErrors};
use crate::idempotency;
use crate::ids::{DocumentId, OrganisationId, UserId};
use crate::scan;
use crate::scan::model::Scan;
use crate::validity;
use crate::validity::model::Validity;

use super::audience;
use super::changes;
use super::cursor::Cursor;
use super::model::{Category, Document, EditDocument, NewDocument, Reader, State, Version};
use super::policy::{Create, Draft, Edit, Read, SeeAudience};
use super::store;
use super::tags;

pub(crate) use super::publish::publish_in;
pub use super::publish::{preview, publish, withdraw};
pub use store::Filter;

/// The longest title.
pub const TITLE_LONGEST: usize = 200;

/// One page of a list and where the next begins.
#[derive(Clone, Debug)]
pub struct Page {
    /// The rows, in the order asked for.
    pub items: Vec<Document>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

/// A page of the documents the actor may see.
pub async fn list(ctx: &Ctx, mut filter: Filter) -> Result<Page, AppError> {
    let scope = Scope::of(&ctx.actor)?;
    let wanted = filter.limit;
    filter.limit += 1;
    let mut items = store::list(&ctx.db, scope, ctx.actor.staff().is_some(), &filter).await?;
    let more = items.len() > usize::try_from(wanted).unwrap_or(usize::MAX);
    items.truncate(usize::try_from(wanted).unwrap_or(usize::MAX));
    let next = items.last().filter(|_| more).map(|last| filter.after.followed_by(last));
    let items = items.into_iter().map(|row| redacted(ctx, row)).collect();
    Ok(Page { items, next })
}

/// One document. Foreign and missing are the same.
pub async fn find(ctx: &Ctx, id: DocumentId) -> Result<Document, AppError> {
    let row = store::find(&ctx.db, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    Ok(redacted(ctx, grant::<Read, _>(&ctx.actor, row)?.into_row()))
}

/// Those of these documents that the actor may see, in the order they are named.
pub async fn find_all(ctx: &Ctx, ids: &[DocumentId]) -> Result<Vec<Document>, AppError> {
    let scope = match Scope::of(&ctx.actor) {
        Ok(scope) if !ids.is_empty() => scope,
        // A token for other areas sees none, which is no reason to refuse what it may see.
        Ok(_) | Err(AppError::Forbidden) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = crate::search::store::documents(&ctx.db, scope, ids).await?;
    found.sort_by_key(|document| ids.iter().position(|id| *id == document.id));
    Ok(found.into_iter().map(|document| redacted(ctx, document)).collect())
}

/// Whether this actor sees versions that were never published.
pub fn sees_internal(actor: &Actor) -> bool {
    actor.staff().is_some()
}

/// The versions of a document, newest first.
pub async fn versions(ctx: &Ctx, document: &Document, before: i64, limit: i64) -> Result<Vec<Version>, AppError> {
    let versions = store::versions(&ctx.db, document.id, sees_internal(&ctx.actor), before, limit).await?;
    Ok(versions.into_iter().map(|version| shown(ctx, version)).collect())
}

/// A reader learns what keeps a file from them, and not what was found in it, nor who decided what about it.
fn shown(ctx: &Ctx, version: Version) -> Version {
    if sees_internal(&ctx.actor) {
        return version;
    }
    let scan = if version.scan == Scan::Released { Scan::Clean } else { version.scan };
    Version { scan, finding: None, release_reason: None, released_by_name: None, ..version }
}

/// One version of a document.
pub async fn version(ctx: &Ctx, document: &Document, number: i64) -> Result<Version, AppError> {
    let version = store::version(&ctx.db, document, sees_internal(&ctx.actor), number).await?;
    version.map(|version| shown(ctx, version)).ok_or(AppError::NotFound)
}

/// What the actor may do with a document: so that pages offer only what will succeed.
#[derive(Clone, Copy, Debug)]
pub struct May {
    /// Change title and category.
    pub edit: bool,
    /// Add a version.
    pub upload: bool,
    /// Publish.
    pub publish: bool,
    /// Withdraw.
    pub withdraw: bool,
    /// See who can read it.
    pub audience: bool,
}

/// Asks the policy about every act at once.
pub fn may(ctx: &Ctx, document: &Document) -> May {
    use crate::access::Guarded as _;
    let relation = document.relation(&ctx.actor);
    let can = |action| allow(&ctx.actor, action, relation, Some(document.organisation_id)).is_ok();
    let topic = document.topic;
    let rules_let = categories::service::lets_publish(&ctx.actor, &ctx.portal.categories.get().of(document.category));
    May {
        edit: can(Action::DocumentEdit(topic)),
        // A version of a published document is published at once.
        upload: can(Action::DocumentUpload(topic)) && (document.state != State::Published || rules_let),
        publish: can(Action::DocumentPublish(topic)) && document.current_version > 0 && rules_let,
        withdraw: can(Action::DocumentWithdraw(topic)) && document.state == State::Published,
        audience: can(Action::DocumentAudience(topic)),
    }
}

/// The categories in which the actor may make documents for some customer.
pub fn categories_to_create(actor: &Actor) -> Vec<Category> {
    let Some(staff) = actor.staff() else { return Vec::new() };
    let may = |category: &Category| {
        [Relation::Assigned, Relation::Other].into_iter().any(|relation| {
            let action = Action::DocumentCreate(category.topic());
            policy::allowed(Role::Staff(staff), action, relation) && actor.within_door(action)
        })
    };
    Category::ALL.into_iter().filter(may).collect()
}

/// Whether the actor may make any document at all: asked before an upload is read.
pub fn check_creator(ctx: &Ctx) -> Result<(), AppError> {
    if ctx.actor.is_anonymous() {
        return Err(AppError::Unauthenticated);
    }
    if categories_to_create(&ctx.actor).is_empty() { Err(AppError::Forbidden) } else { Ok(()) }
}

/// Whether the actor may publish this document: asked before anything an audience names is looked up.
pub fn check_publisher(ctx: &Ctx, document: &Document) -> Result<(), AppError> {
    use crate::access::Guarded as _;
    let action = Action::DocumentPublish(document.topic);
    allow(&ctx.actor, action, document.relation(&ctx.actor), Some(document.organisation_id))?;
    let rules = ctx.portal.categories.get().of(document.category);
    if categories::service::lets_publish(&ctx.actor, &rules) { Ok(()) } else { Err(AppError::Forbidden) }
}

/// A document for a customer group is read by several customers: whose it is stays with its own people and staff.
pub(crate) fn redacted(ctx: &Ctx, mut document: Document) -> Document {
    let own = ctx.actor.memberships().iter().any(|m| m.organisation_id == document.organisation_id);
    if ctx.actor.staff().is_none() && !own {
        document.foreign = true;
        document.organisation_name = ctx.portal.name.get();
    }
    // That somebody of staff let it be read all the same is not for the customer.
    if ctx.actor.staff().is_none() && document.scan == Some(Scan::Released) {
        document.scan = Some(Scan::Clean);
    }
    document
}

fn check_title(ctx: &Ctx, title: &str, errors: &mut FieldErrors) -> String {
    let title: String = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title: String = title.chars().filter(|c| !c.is_control()).collect();
    if title.is_empty() {
        errors.add("title", ctx.t("documents-error-title-missing"));
    } else if title.chars().count() > TITLE_LONGEST {
        errors.add("title", ctx.with("documents-error-title-long", &[("max", TITLE_LONGEST.into())]));
    }
    title
}

/// Checks a new draft and asks the policy. An organisation that the actor may not see does not exist.
pub(super) async fn grant_create(ctx: &Ctx, new: &mut NewDocument) -> Result<Granted<Create, Draft>, AppError> {
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    // Nobody who can make no document at all learns which organisations exist.
    check_creator(ctx)?;
    let assigned = store::is_assigned(&ctx.db, user, new.organisation_id).await?;
    let mut errors = FieldErrors::default();
    new.title = check_title(ctx, &new.title, &mut errors);
    let visible = |assigned| {
        let relation = if assigned { Relation::Assigned } else { Relation::Other };
        allow(&ctx.actor, Action::DocumentCreate(new.category.topic()), relation, Some(new.organisation_id)).is_ok()
            || allow(&ctx.actor, Action::OrganisationRead, relation, Some(new.organisation_id)).is_ok()
    };
    let Some(assigned) = assigned.filter(|a| visible(*a)) else {
        errors.add("organisation_id", ctx.t("documents-error-organisation"));
        return Err(AppError::Invalid(errors));
    };
    let draft = Draft { organisation_id: new.organisation_id, category: new.category, assigned };
    let granted = grant::<Create, _>(&ctx.actor, draft)?;
    errors.into_result()?;
    Ok(granted)
}

/// Makes a draft without a file. With an `Idempotency-Key`, a repetition returns the first one.
pub async fn create(ctx: &Ctx, mut new: NewDocument) -> Result<Document, AppError> {
    let granted = grant_create(ctx, &mut new).await?;
    if let Some((id, _)) = idempotency::replay(&ctx.db, ctx).await? {
        return find(ctx, DocumentId(id)).await;
    }
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    let id = DocumentId::new();
    let tx = ctx.db.begin().await?;
    match idempotency::claim(&tx, ctx, id.0, 0).await {
        Err(AppError::Conflict(text)) => {
            drop(tx);
            let (id, _) = idempotency::replay(&ctx.db, ctx).await?.ok_or(AppError::Conflict(text))?;
            return find(ctx, DocumentId(id)).await;
        }
        other => other?,
    }
    store::insert(&tx, &granted, id, &new, user, ctx.now()).await?;
    let event = Event::new("document.create", "document", id.0).organisation(new.organisation_id);
    audit::record(&tx, ctx, event.with("category", new.category.key())).await?;
    tx.commit().await?;
    find(ctx, id).await
}

/// The revision a caller saw, if they said so, must still be the one.
pub(super) fn check_revision(
    ctx: &Ctx,
    document: &Document,
    expected: Option<i64>,
    form: bool,
) -> Result<(), AppError> {
    match expected {
        Some(revision) if revision != document.revision => Err(moved_on(ctx, form)),
        _ => Ok(()),
    }
}

pub(super) fn moved_on(ctx: &Ctx, form: bool) -> AppError {
    if form { AppError::Conflict(ctx.t("documents-error-changed").to_owned()) } else { AppError::Stale }
}

/// What a caller saw before they acted.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The revision they looked at.
    pub revision: Option<i64>,
    /// The digest of the readers they were shown.
    pub readers: Option<String>,
    /// They came from a form: a conflict is told in words (409), not as a failed precondition (412).
    pub form: bool,
}

/// Changes title or category.
pub async fn edit(ctx: &Ctx, id: DocumentId, seen: &Seen, edit: EditDocument) -> Result<Document, AppError> {
    let tx = ctx.db.begin().await?;
    let event = edit_in(&tx, ctx, id, seen, edit).await?;
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    find(ctx, id).await
}

/// The same, in a transaction that records the event at its end: what it locks, everybody waits for.
pub(crate) async fn edit_in(
    tx: &Tx,
    ctx: &Ctx,
    id: DocumentId,
    seen: &Seen,
    mut edit: EditDocument,
) -> Result<Event, AppError> {
    let row = store::find(tx, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<Edit, _>(&ctx.actor, row)?;
    check_revision(ctx, granted.row(), seen.revision, seen.form)?;
    let mut errors = FieldErrors::default();
    if let Some(title) = &edit.title {
        edit.title = Some(check_title(ctx, title, &mut errors));
    }
    if let Some(category) = edit.category {
        use crate::access::Guarded as _;
        // Into another topic only as somebody who may also make such documents.
        let relation = granted.row().relation(&ctx.actor);
        let action = Action::DocumentCreate(category.topic());
        if allow(&ctx.actor, action, relation, Some(granted.row().organisation_id)).is_err() {
            errors.add("category", ctx.t("documents-error-category"));
        } else if category != granted.row().category {
            let rules = categories::store::of(tx, category).await?;
            if let Some(why) = categories::service::why_not(ctx, &rules, granted.row()) {
                errors.add("category", why);
            }
        }
    }
    if let Some(validity) = &edit.validity {
        validity::service::check(ctx, validity, &mut errors);
    }
    if let Some(typed) = &edit.tags {
        edit.tags = Some(tags::check(ctx, typed, &mut errors));
    }
    errors.into_result()?;
    let tags = match &edit.tags {
        Some(tags) => Some(tags::spelled(tx, tags).await?),
        None => None,
    };
    if !store::set_details(tx, &granted, &edit).await? {
        return Err(moved_on(ctx, seen.form));
    }
    let mut event = Event::new("document.edit", "document", id.0).organisation(granted.row().organisation_id);
    if let Some(Validity { from, until, .. }) = edit.validity.filter(|wanted| *wanted != granted.row().validity()) {
        let day = |day: Option<Day>| day.map_or_else(|| "none".to_owned(), |day| day.to_string());
        event = event.with("valid_from", day(from)).with("valid_until", day(until));
    }
    // Titles and tags are somebody's words: the trail says which fields, and where from what to what is written down.
    let changing = changes::between(granted.row(), &edit, tags.as_deref());
    if let Some(change) = changes::write(tx, id, &changing).await? {
        let fields: Vec<&str> = changing.iter().map(|change| change.field).collect();
        event = event.with("change", change).with("fields", fields.join(" "));
    }
    Ok(event)
}

/// Who can read the document now, and why: customers first, then staff.
pub async fn readers(ctx: &Ctx, id: DocumentId) -> Result<Vec<Reader>, AppError> {
    let row = store::find(&ctx.db, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    readers_of(ctx, row).await
}

/// The same of a document that was just read.
pub async fn readers_of(ctx: &Ctx, row: Document) -> Result<Vec<Reader>, AppError> {
    let row = grant::<SeeAudience, _>(&ctx.actor, row)?.into_row();
    let mut readers = Vec::new();
    if row.state == State::Published {
        let subjects = store::subjects(&ctx.db, row.id).await?;
        readers = audience::customers(&ctx.db, &row, subjects).await?;
        // A customer admin learns who of their own people reads it; another customer in the same group stays unnamed.
        if ctx.actor.staff().is_none() {
            readers.retain(|r| r.organisation.as_ref().is_some_and(|(id, _)| *id == row.organisation_id));
        } else if allow(&ctx.actor, Action::OrganisationRead, Relation::Other, None).is_err() {
            // Staff who see assigned customers only learn of the people of those only.
            let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
            let assigned = audience::assigned_organisations(&ctx.db, user).await?;
            readers.retain(|r| r.organisation.as_ref().is_some_and(|(id, _)| assigned.contains(id)));
        }
    }
    readers.extend(audience::staff(&ctx.db, row.id, row.organisation_id, row.topic).await?);
    Ok(readers)
}

/// Whether there is a file that readers may have now.
pub fn is_readable(ctx: &Ctx, document: &Document) -> bool {
    document.scan.is_some_and(|known| scan::service::is_readable(ctx, known))
}

/// Remembers that the actor opened the current version, if they are one of its readers.
pub async fn mark_read(ctx: &Ctx, document: &Document) -> Result<(), AppError> {
    let Some(user) = ctx.actor.user_id() else { return Ok(()) };
    if ctx.actor.staff().is_some() || ctx.actor.viewer().is_some() || !document.is_new() || !is_readable(ctx, document)
    {
        return Ok(());
    }
    let tx = ctx.db.begin().await?;
    store::mark_read(&tx, document.id, user, document.current_version, ctx.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether staff of any kind could make a document for this customer: for the button on its page.
pub fn may_create_for(actor: &Actor, organisation: OrganisationId, assigned: bool) -> bool {
    let relation = if assigned { Relation::Assigned } else { Relation::Other };
    Topic::ALL.into_iter().any(|t| allow(actor, Action::DocumentCreate(t), relation, Some(organisation)).is_ok())
}

/// People's ids from texts as forms and API send them; `None` when one is not an id.
pub fn parse_people(texts: &[String]) -> Option<Vec<UserId>> {
    texts.iter().map(|text| text.parse().ok()).collect()
}
