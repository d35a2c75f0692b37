//! Publishing: who would read it, publish, withdraw.

use crate::access::{Action, Relation, Scope, allow, grant};
use crate::approvals::renew;
use crate::audit::{self, Event};
use crate::categories;
use crate::ctx::Ctx;
use crate::db::{Db, Tx};
use crate::error::{AppError, FieldErrors};
use crate::idempotency;
use crate::ids::DocumentId;
use crate::scan;
use crate::scan::model::Scan;
use crate::validity;
use crate::validity::model::Validity;

use super::audience;
use super::model::{Audience, Document, Reader, State};
use super::policy::{Publish, SeeAudience, Withdraw};
use super::service::{Seen, check_revision, find, moved_on};
use super::store;

/// Checks an audience against the document: it exists, it is of this customer, and the actor may reach all of it.
async fn check_audience(ctx: &Ctx, db: &Db, document: &Document, wanted: &Audience) -> Result<(), AppError> {
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    let refuse = |key: &'static str| Err(AppError::Invalid(FieldErrors::one("audience", ctx.t(key))));
    match wanted {
        Audience::Organisation => Ok(()),
        Audience::Group(group) => {
            let organisations = audience::group_organisations(db, *group, user).await?;
            if !organisations.iter().any(|(id, _)| *id == document.organisation_id) {
                return refuse("documents-error-group");
            }
            let action = Action::DocumentPublish(document.topic);
            let all = organisations.iter().all(|(id, assigned)| {
                let relation = if *assigned { Relation::Assigned } else { Relation::Other };
                allow(&ctx.actor, action, relation, Some(*id)).is_ok()
            });
            if all { Ok(()) } else { refuse("documents-error-group-foreign") }
        }
        Audience::People(people) => {
            let mut distinct = people.clone();
            distinct.sort_unstable();
            distinct.dedup();
            if distinct.is_empty() {
                return refuse("documents-error-people-none");
            }
            let found = audience::count_members(db, document.organisation_id, &distinct).await?;
            if usize::try_from(found).ok() == Some(distinct.len()) { Ok(()) } else { refuse("documents-error-people") }
        }
        Audience::Project(project) => match audience::project(db, *project).await? {
            Some((_, organisation)) if organisation == document.organisation_id => Ok(()),
            _ => refuse("documents-error-project"),
        },
    }
}

/// Exactly who would be able to read the document if it were published to this audience.
pub async fn preview(ctx: &Ctx, id: DocumentId, wanted: &Audience) -> Result<Vec<Reader>, AppError> {
    let row = store::find(&ctx.db, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let row = grant::<SeeAudience, _>(&ctx.actor, row)?.into_row();
    check_audience(ctx, &ctx.db, &row, wanted).await?;
    Ok(audience::customers(&ctx.db, &row, audience::subjects(wanted, row.organisation_id)).await?)
}

/// Publishes the current version to an audience; publishing again replaces the audience.
///
/// # Errors
/// `Stale` for another revision than the one that was seen; `Conflict` in words.
pub async fn publish(ctx: &Ctx, id: DocumentId, seen: &Seen, wanted: Audience) -> Result<Document, AppError> {
    if idempotency::replay(&ctx.db, ctx).await?.is_some_and(|(done, _)| done == id.0) {
        return find(ctx, id).await;
    }
    let tx = ctx.db.begin().await?;
    let (version, event) = publish_in(&tx, ctx, id, seen, &wanted).await?;
    idempotency::claim(&tx, ctx, id.0, version).await?;
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    find(ctx, id).await
}

/// The same, in a transaction that records the event at its end. Answers the version that is published.
pub(crate) async fn publish_in(
    tx: &Tx,
    ctx: &Ctx,
    id: DocumentId,
    seen: &Seen,
    wanted: &Audience,
) -> Result<(i64, Event), AppError> {
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    // Whoever named no revision waits for the other, and is not told of one that they never saw.
    store::lock(tx, id).await?;
    let row = store::find(tx, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<Publish, _>(&ctx.actor, row)?;
    let document = granted.row();
    check_revision(ctx, document, seen.revision, seen.form)?;
    // As they are now, not as this process last read them.
    let rules = categories::store::of(tx, document.category).await?;
    if !categories::service::lets_publish(&ctx.actor, &rules) {
        return Err(AppError::Forbidden);
    }
    if document.current_version == 0 {
        return Err(AppError::Conflict(ctx.t("documents-error-no-file").to_owned()));
    }
    // What is still to be looked at may be published: its readers have it as soon as it is clean.
    if let Some(known @ (Scan::Infected | Scan::TooLarge)) = document.scan {
        scan::service::check_usable(ctx, known)?;
    }
    if store::is_assigned(tx, user, document.organisation_id).await?.is_none() {
        return Err(AppError::Conflict(ctx.t("customers-error-archived").to_owned()));
    }
    if let Audience::Group(group) = wanted {
        audience::hold_group(tx, *group).await?;
    }
    check_audience(ctx, tx, document, wanted).await?;
    if let Some(shown) = &seen.readers {
        let now = audience::customers(tx, document, audience::subjects(wanted, document.organisation_id)).await?;
        if audience::digest(&now) != *shown {
            return Err(AppError::Conflict(ctx.t("documents-error-readers-changed").to_owned()));
        }
    }
    if !store::set_published(tx, &granted, wanted, user, ctx.now()).await? {
        return Err(moved_on(ctx, seen.form));
    }
    // What the category says holds from the first time on, unless staff have said something else.
    if let Some(days) = rules.valid_days.filter(|_| document.published_at.is_none() && document.valid_until.is_none()) {
        let from = document.valid_from.unwrap_or_else(|| validity::service::today(ctx));
        let wanted = Validity { from: Some(from), until: Some(from.plus(days)), notice_days: rules.notice_days };
        validity::store::set(tx, &granted, &wanted).await?;
    }
    let event = Event::new("document.publish", "document", id.0)
        .organisation(document.organisation_id)
        .with("version", document.current_version)
        .with("audience", wanted.kind());
    // For everyone of the organisation nobody need be named.
    let event = match wanted {
        Audience::Organisation => event,
        Audience::Group(_) | Audience::People(_) | Audience::Project(_) => {
            let ids = audience::subjects(wanted, document.organisation_id);
            event.with("to", ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
        }
    };
    Ok((document.current_version, event))
}

/// Takes a document back: from the next request on, no customer sees it.
pub async fn withdraw(ctx: &Ctx, id: DocumentId, seen: &Seen) -> Result<Document, AppError> {
    let tx = ctx.db.begin().await?;
    store::lock(&tx, id).await?;
    let row = store::find(&tx, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<Withdraw, _>(&ctx.actor, row)?;
    check_revision(ctx, granted.row(), seen.revision, seen.form)?;
    if granted.row().state != State::Published {
        return Err(AppError::Conflict(ctx.t("documents-error-not-published").to_owned()));
    }
    if !store::set_withdrawn(&tx, &granted).await? {
        return Err(moved_on(ctx, seen.form));
    }
    renew::after_withdrawal(&tx, ctx, id).await?;
    let event = Event::new("document.withdraw", "document", id.0).organisation(granted.row().organisation_id);
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    find(ctx, id).await
}
