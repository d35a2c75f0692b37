//! Use cases of whoever keeps endpoints: a customer's administrators for their own, staff for a customer and for the operator.

use std::time::Duration;

use unicode_normalization::UnicodeNormalization as _;
use url::Url;

use crate::access::{Action, Granted, allow_any, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::error::{AppError, FieldErrors};
use crate::ids::{DeliveryId, OrganisationId, WebhookId};
use crate::jobs::{self, Kind, New};
use crate::organisation::service as organisations;

use super::model::{State, Wanted, Webhook};
use super::policy::{Add, Manage, Owner, Read};
use super::scope::Scope;
use super::{deliver, event, secret, spread, store};

/// The longest name, in characters.
pub const NAME_LONGEST: usize = 80;
/// The longest address.
pub const URL_LONGEST: usize = 500;
/// How many endpoints a customer, or the operator, has at most.
pub const MOST: i64 = 20;
/// How long a secret counts after it was replaced.
pub const OVERLAP: Duration = Duration::from_secs(24 * 3600);

/// Refuses whoever keeps no endpoints at all.
pub fn check_read(ctx: &Ctx) -> Result<(), AppError> {
    allow_any(&ctx.actor, Action::WebhookRead)
}

/// Refuses whoever changes no endpoints at all.
pub fn check_manage(ctx: &Ctx) -> Result<(), AppError> {
    allow_any(&ctx.actor, Action::WebhookManage)
}

/// Whether the actor changes this one.
pub fn may_manage(ctx: &Ctx, webhook: &Webhook) -> bool {
    grant::<Manage, _>(&ctx.actor, webhook.clone()).is_ok()
}

async fn owner(ctx: &Ctx, organisation: Option<OrganisationId>) -> Result<Owner, AppError> {
    let assigned = match organisation {
        Some(id) => organisations::find(ctx, id).await?.assigned,
        None => false,
    };
    Ok(Owner { organisation_id: organisation, assigned })
}

/// Refuses whoever makes none for this customer, or for the operator.
pub async fn check_add(ctx: &Ctx, organisation: Option<OrganisationId>) -> Result<(), AppError> {
    check_manage(ctx)?;
    grant::<Add, _>(&ctx.actor, owner(ctx, organisation).await?).map(|_| ())
}

/// Whether the actor makes endpoints for this customer, or for the operator.
pub async fn may_add(ctx: &Ctx, organisation: Option<OrganisationId>) -> bool {
    check_add(ctx, organisation).await.is_ok()
}

/// A page of the list.
#[derive(Debug)]
pub struct Page {
    /// The newest first.
    pub items: Vec<Webhook>,
    /// Where the next page begins.
    pub next: Option<WebhookId>,
}

/// The endpoints the actor may see; of one customer.
pub async fn list(
    ctx: &Ctx,
    organisation: Option<OrganisationId>,
    before: Option<WebhookId>,
    limit: i64,
) -> Result<Page, AppError> {
    check_read(ctx)?;
    if let Some(id) = organisation {
        grant::<Read, _>(&ctx.actor, owner(ctx, Some(id)).await?)?;
    }
    let before = before.unwrap_or(WebhookId(uuid::Uuid::max()));
    let mut items = store::list(&ctx.db, Scope::of(&ctx.actor)?, organisation, before, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = items.len() > wanted;
    items.truncate(wanted);
    let next = items.last().map(|last| last.id).filter(|_| more);
    Ok(Page { items, next })
}

/// One of them.
pub async fn find(ctx: &Ctx, id: WebhookId) -> Result<Webhook, AppError> {
    check_read(ctx)?;
    let row = store::find(&ctx.db, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    Ok(grant::<Read, _>(&ctx.actor, row)?.into_row())
}

/// One of them, to change it.
pub(super) async fn granted(ctx: &Ctx, id: WebhookId) -> Result<Granted<Manage, Webhook>, AppError> {
    check_manage(ctx)?;
    let row = store::find(&ctx.db, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    grant::<Manage, _>(&ctx.actor, row)
}

/// Where an endpoint is, as far as the reader may know: an address can hold a secret, so whoever changes nothing sees its
/// machine only.
pub fn shown_url(ctx: &Ctx, webhook: &Webhook) -> String {
    if may_manage(ctx, webhook) {
        return webhook.url.clone();
    }
    Url::parse(&webhook.url).map_or_else(|_| String::new(), |url| format!("{}/…", url.origin().ascii_serialization()))
}

/// What is wanted as it is kept, with everything that is wrong with it.
fn checked(ctx: &Ctx, operator: bool, wanted: Wanted) -> Result<Wanted, AppError> {
    let mut errors = FieldErrors::default();
    let name: String = wanted.name.nfc().filter(|c| !c.is_control()).collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        errors.add("name", ctx.t("webhooks-error-name"));
    } else if name.chars().count() > NAME_LONGEST {
        errors.add("name", ctx.with("approval-error-long", &[("max", NAME_LONGEST.into())]));
    }
    let url = wanted.url.trim();
    match Url::parse(url) {
        Ok(parsed) if url.len() <= URL_LONGEST && parsed.has_host() => {
            let outgoing = if operator { &ctx.portal.outgoing } else { &ctx.portal.outgoing_for_customers };
            if !outgoing.accepts(&parsed) {
                errors.add("url", ctx.t("webhooks-error-url-refused"));
            }
        }
        _ => errors.add("url", ctx.t("webhooks-error-url")),
    }
    let mut events = wanted.events;
    events.sort_unstable();
    events.dedup();
    if events.is_empty() {
        errors.add("events", ctx.t("webhooks-error-events"));
    } else if events.iter().any(|name| !event::offered(operator).any(|kind| kind.name == name)) {
        errors.add("events", ctx.t("webhooks-error-event"));
    }
    errors.into_result()?;
    Ok(Wanted { name, url: url.to_owned(), events })
}

/// Makes an endpoint, told of what happens from now on. Answers its secret, which is shown now and never again.
///
/// # Errors
/// `Invalid` by field; `Conflict` where there are too many.
pub async fn create(
    ctx: &Ctx,
    organisation: Option<OrganisationId>,
    wanted: Wanted,
) -> Result<(WebhookId, String), AppError> {
    check_manage(ctx)?;
    let add = grant::<Add, _>(&ctx.actor, owner(ctx, organisation).await?)?;
    let wanted = checked(ctx, organisation.is_none(), wanted)?;
    let (id, plain) = (WebhookId::new(), secret::generate());
    let tx = ctx.db.begin().await?;
    crate::settings::check_key_in(&tx, &ctx.portal.secrets.fingerprint()).await?;
    if store::count(&tx, add.row()).await? >= MOST {
        return Err(AppError::Conflict(ctx.with("webhooks-error-many", &[("max", MOST.into())])));
    }
    let sealed = ctx.portal.secrets.seal(&secret::place(id), &plain);
    store::insert(&tx, &add, id, &wanted, sealed, ctx.actor.user_id(), ctx.now()).await?;
    let event = about(Event::new("webhook.create", "webhook", id.0), organisation).with("events", wanted.events.len());
    let place = audit::record_at(&tx, ctx, event).await?;
    store::begin(&tx, id, place).await?;
    tx.commit().await?;
    Ok((id, secret::text(&plain)))
}

pub(super) fn about(event: Event, organisation: Option<OrganisationId>) -> Event {
    match organisation {
        Some(id) => event.organisation(id),
        None => event,
    }
}

/// Changes one that was seen at this revision; without one, whatever it is.
///
/// # Errors
/// `Invalid` by field; `Stale` where somebody was faster.
pub async fn edit(ctx: &Ctx, id: WebhookId, revision: Option<i64>, wanted: Wanted) -> Result<(), AppError> {
    let granted = granted(ctx, id).await?;
    let (row, owner) = (granted.row(), granted.row().organisation_id);
    let wanted = checked(ctx, owner.is_none(), wanted)?;
    let tx = ctx.db.begin().await?;
    if !store::update(&tx, &granted, revision.unwrap_or(row.revision), &wanted).await? {
        return Err(AppError::Stale);
    }
    let event = about(Event::new("webhook.edit", "webhook", id.0), owner);
    let event = event.with("events", wanted.events.len()).with("moved", wanted.url != row.url);
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(())
}

/// Pauses it or resumes it. What happens while it is paused is not kept for it; what already waited is.
///
/// # Errors
/// `Stale` where somebody was faster.
pub async fn set_state(ctx: &Ctx, id: WebhookId, revision: Option<i64>, state: State) -> Result<(), AppError> {
    let granted = granted(ctx, id).await?;
    let (row, owner) = (granted.row(), granted.row().organisation_id);
    // Before the trail goes on: what happened until now was for it, or was not.
    if state == State::Paused {
        spread::all(ctx).await?;
    }
    let tx = ctx.db.begin().await?;
    if !store::set_state(&tx, &granted, revision.unwrap_or(row.revision), state, ctx.now()).await? {
        return Err(AppError::Stale);
    }
    if state == State::Active {
        deliver::soon(&tx, ctx, id).await?;
        let event = about(Event::new("webhook.resume", "webhook", id.0), owner);
        let place = audit::record_at(&tx, ctx, event).await?;
        store::begin(&tx, id, place).await?;
    } else {
        audit::record(&tx, ctx, about(Event::new("webhook.pause", "webhook", id.0), owner).with("reason", "by_hand"))
            .await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Gives it another secret. For a day messages are signed with both. Answers the new one, which is shown now and never again.
///
/// # Errors
/// `Stale` where somebody was faster.
pub async fn rotate(ctx: &Ctx, id: WebhookId, revision: Option<i64>) -> Result<String, AppError> {
    let granted = granted(ctx, id).await?;
    let row = granted.row();
    let plain = secret::generate();
    let tx = ctx.db.begin().await?;
    crate::settings::check_key_in(&tx, &ctx.portal.secrets.fingerprint()).await?;
    let sealed = ctx.portal.secrets.seal(&secret::place(id), &plain);
    if !store::rotate(&tx, &granted, revision.unwrap_or(row.revision), sealed, ctx.now().plus(OVERLAP)).await? {
        return Err(AppError::Stale);
    }
    audit::record(&tx, ctx, about(Event::new("webhook.rotate", "webhook", id.0), row.organisation_id)).await?;
    tx.commit().await?;
    Ok(secret::text(&plain))
}

/// Takes it away with its log.
///
/// # Errors
/// `Stale` where somebody was faster.
pub async fn delete(ctx: &Ctx, id: WebhookId, revision: Option<i64>) -> Result<(), AppError> {
    let granted = granted(ctx, id).await?;
    let row = granted.row();
    let tx = ctx.db.begin().await?;
    if !store::delete(&tx, &granted, revision.unwrap_or(row.revision)).await? {
        return Err(AppError::Stale);
    }
    let purge = New::new(Kind::PurgeWebhooks, serde_json::json!({})).once(Kind::PurgeWebhooks.name());
    jobs::enqueue(&tx, ctx, purge).await?;
    audit::record(&tx, ctx, about(Event::new("webhook.delete", "webhook", id.0), row.organisation_id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Sends a message that says nothing but that it is a test.
///
/// # Errors
/// `Conflict` while it is paused; `Stale` where the endpoint is another by now.
pub async fn test(ctx: &Ctx, id: WebhookId, revision: Option<i64>) -> Result<DeliveryId, AppError> {
    let granted = granted(ctx, id).await?;
    let row = granted.row();
    if revision.is_some_and(|seen| seen != row.revision) {
        return Err(AppError::Stale);
    }
    if row.state != State::Active {
        return Err(AppError::Conflict(ctx.t("webhooks-error-paused").to_owned()));
    }
    let tx = ctx.db.begin().await?;
    let made = spread::insert(&tx, id, None, event::TEST, ctx.now(), ctx.now()).await?;
    deliver::soon(&tx, ctx, id).await?;
    audit::record(&tx, ctx, about(Event::new("webhook.test", "webhook", id.0), row.organisation_id)).await?;
    tx.commit().await?;
    Ok(made)
}
