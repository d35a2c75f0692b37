//! Use cases of what customers send. Pages, server functions, REST and uploads in parts all enter here.

use bytes::Bytes;
use futures::Stream;

use crate::access::{Action, Granted, Relation, Scope, Topic, allow, allow_any, grant};
use crate::audit::{self, Event};
use crate::categories;
use crate::categories::model::Rules;
use crate::ctx::Ctx;
use crate::documents::model::{Category, Document};
use crate::documents::policy::Edit;
use crate::documents::upload::{self, Incoming, SentProof};
use crate::documents::{self, service::TITLE_LONGEST};
use crate::error::{AppError, FieldErrors};
use crate::idempotency;
use crate::ids::{DocumentId, OrganisationId};
use crate::organisation::service as organisation;

use super::model::{After, Arrival, Mark, NewArrival};
use super::policy::{Send, Sending};
use super::{store, tell};

/// Refuses whoever can send nothing anywhere: asked before a page is made or a body is read.
pub fn check_sender(ctx: &Ctx) -> Result<(), AppError> {
    let mut refused = AppError::Forbidden;
    for topic in Topic::ALL {
        match allow_any(&ctx.actor, Action::DocumentSend(topic)) {
            Ok(()) => return Ok(()),
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

/// An organisation that the actor may send files from, and the categories that are open to them there.
#[derive(Clone, Debug)]
pub struct Open {
    /// The organisation.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// The rules of the categories.
    pub categories: Vec<Rules>,
}

/// Where the actor may send what, as the rules were last read: for pages and buttons.
pub fn open(ctx: &Ctx) -> Vec<Open> {
    if check_sender(ctx).is_err() {
        return Vec::new();
    }
    let rules = ctx.portal.categories.get();
    let of = |membership: &crate::access::Membership| {
        let categories = Category::ALL.into_iter().map(|category| rules.of(category)).filter(|rules| {
            use crate::access::{MembershipRole, Reach};
            let admin = membership.role == MembershipRole::Admin;
            let reaches = membership.rights.of(rules.category.module()) != Reach::None;
            let relation = match (admin, reaches) {
                (true, _) => Relation::Own,
                (false, true) => Relation::Addressed,
                (false, false) => Relation::Other,
            };
            let action = Action::DocumentSend(rules.category.topic());
            rules.customers_send && allow(&ctx.actor, action, relation, Some(membership.organisation_id)).is_ok()
        });
        Open { id: membership.organisation_id, name: membership.name.clone(), categories: categories.collect() }
    };
    ctx.actor.memberships().iter().map(of).filter(|open| !open.categories.is_empty()).collect()
}

/// Permission to send a file, asked for before the first byte is read.
#[derive(Debug)]
pub struct SendGrant(Granted<Send, Sending>);

async fn granted(
    db: &crate::db::Db,
    ctx: &Ctx,
    new: &NewArrival,
    rules: &Rules,
) -> Result<Granted<Send, Sending>, AppError> {
    check_sender(ctx)?;
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    // An organisation that is not theirs does not exist.
    let Some(place) = store::place(db, user, new.organisation_id, new.category.topic()).await? else {
        return Err(AppError::Invalid(FieldErrors::one("organisation_id", ctx.t("documents-error-organisation"))));
    };
    let sending = Sending {
        organisation_id: new.organisation_id,
        organisation_name: place.name,
        category: new.category,
        title: new.title.clone(),
        administers: place.administers,
        reaches: place.reaches,
    };
    let granted = grant::<Send, _>(&ctx.actor, sending)?;
    if !rules.customers_send {
        return Err(AppError::Invalid(FieldErrors::one("category", ctx.t("arrivals-error-closed"))));
    }
    Ok(granted)
}

/// Asks whether the actor may send this. The title is not checked where it is to be the file's name.
pub async fn grant_send(ctx: &Ctx, mut new: NewArrival) -> Result<SendGrant, AppError> {
    new.title = new.title.split_whitespace().collect::<Vec<_>>().join(" ");
    new.title = new.title.chars().filter(|c| !c.is_control()).collect();
    let rules = categories::store::of(&ctx.db, new.category).await?;
    let granted = granted(&ctx.db, ctx, &new, &rules).await?;
    if new.title.chars().count() > TITLE_LONGEST {
        let text = ctx.with("documents-error-title-long", &[("max", TITLE_LONGEST.into())]);
        return Err(AppError::Invalid(FieldErrors::one("title", text)));
    }
    Ok(SendGrant(granted))
}

/// Streams the file to the store; it becomes a document of the customer. With an `Idempotency-Key`, a repetition
/// returns the first one.
pub async fn send<E: std::fmt::Display>(
    ctx: &Ctx,
    granted: SendGrant,
    file: Incoming<'_>,
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> Result<DocumentId, AppError> {
    if let Some((done, version)) = idempotency::replay(&ctx.db, ctx).await? {
        upload::check_repeated(ctx, DocumentId(done), version, bytes).await?;
        return Ok(DocumentId(done));
    }
    let sending = granted.0.into_row();
    let category = sending.category;
    let title = if sending.title.is_empty() { file.name.stem().to_owned() } else { sending.title };
    let title = title.chars().take(TITLE_LONGEST).collect();
    let received = upload::receive_sent(ctx, category, file, bytes).await?;
    // Rights and rules as they are now that the file is here.
    let ctx = &crate::sign_in::actor::refreshed(ctx).await?;
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    let new = NewArrival { organisation_id: sending.organisation_id, category, title };
    let tx = ctx.db.begin().await?;
    let rules = categories::store::of(&tx, category).await?;
    let granted = self::granted(&tx, ctx, &new, &rules).await?;
    let (document, version, event) =
        upload::add_sent(&tx, ctx, SentProof::Unasked(&granted), &received, vec![user]).await?;
    store::insert(&tx, &granted, document, user, ctx.now()).await?;
    tell::later(&tx, ctx, new.organisation_id, user).await?;
    idempotency::claim(&tx, ctx, document.0, version).await?;
    audit::record(&tx, ctx, event.with("unasked", "yes")).await?;
    tx.commit().await?;
    Ok(document)
}

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page {
    /// The newest first.
    pub items: Vec<Arrival>,
    /// Where the next page begins, if there is one.
    pub next: Option<After>,
}

/// What customers sent, for staff; `unseen`: only what nobody has looked at.
pub async fn list(ctx: &Ctx, unseen: bool, after: Option<After>, limit: i64) -> Result<Page, AppError> {
    organisation::require_staff(ctx)?;
    let after = after.unwrap_or(After::START);
    let mut items = store::list(&ctx.db, Scope::of(&ctx.actor)?, unseen, after, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = items.len() > wanted;
    items.truncate(wanted);
    let next = items.last().filter(|_| more).map(|last| After { sent_at: last.mark.sent_at, id: last.document.id });
    Ok(Page { items, next })
}

/// Who sent a document, if a customer did without being asked: for staff.
pub async fn mark(ctx: &Ctx, document: &Document) -> Result<Option<Mark>, AppError> {
    organisation::require_staff(ctx)?;
    Ok(store::mark(&ctx.db, document).await?)
}

/// Which of these documents customers sent unasked: for staff.
pub async fn among(ctx: &Ctx, documents: &[DocumentId]) -> Result<Vec<DocumentId>, AppError> {
    organisation::require_staff(ctx)?;
    Ok(store::among(&ctx.db, documents).await?)
}

/// Somebody of staff has looked at what came. A second time changes nothing.
pub async fn see(ctx: &Ctx, id: DocumentId) -> Result<Document, AppError> {
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    let tx = ctx.db.begin().await?;
    let row = documents::store::find(&tx, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<Edit, _>(&ctx.actor, row)?;
    if store::mark(&tx, granted.row()).await?.is_none() {
        return Err(AppError::Conflict(ctx.t("arrivals-error-not-sent").to_owned()));
    }
    if store::see(&tx, &granted, user, ctx.now()).await? {
        let event = Event::new("document.seen", "document", id.0).organisation(granted.row().organisation_id);
        audit::record(&tx, ctx, event).await?;
    }
    tx.commit().await?;
    documents::service::find(ctx, id).await
}
