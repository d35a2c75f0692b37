//! What waits for somebody, over all areas: one list in the order in which it is due, how much there is where, and what they
//! do about it from there. Pages, server functions and REST all enter here.

use crate::access::{Action, Relation, allow};
use crate::ctx::Ctx;
use crate::day::Day;
use crate::documents;
use crate::error::{AppError, FieldErrors};
use crate::idempotency;
use crate::ids::{DocumentId, OrganisationId, UserId};
use crate::scan;
use crate::time::Instant;

use super::model::{After, Item, Key, Kind, Until};
use super::store::{self, Scope};

/// The furthest day to put something off to, from today.
pub const FURTHEST: i64 = 366;

/// What waits for the actor in the organisation they look at.
#[derive(Clone, Debug, Default)]
pub struct Inbox {
    /// The first of it.
    pub waiting: Vec<Item>,
    /// How much there is.
    pub total: u32,
    /// The first of what they have put off.
    pub snoozed: Vec<Item>,
    /// How much of that there is.
    pub snoozed_total: u32,
    kinds: Vec<(Kind, u32)>,
}

impl Inbox {
    /// How much of a kind waits.
    pub fn of(&self, kind: Kind) -> u32 {
        self.kinds.iter().find(|(known, _)| *known == kind).map_or(0, |(_, count)| *count)
    }
}

fn number(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The first of what waits for the actor in the organisation they look at, all kinds or one.
pub async fn first(ctx: &Ctx, only: Option<Kind>, limit: i64) -> Result<Inbox, AppError> {
    let mut inbox = Inbox::default();
    for row in store::first(&ctx.db, Scope::of(ctx, ctx.organisation, only)?, limit).await? {
        let snoozed = row.item.snoozed_until.is_some();
        if !snoozed && inbox.of(row.item.kind) == 0 {
            inbox.kinds.push((row.item.kind, number(row.of_kind)));
        }
        let (items, total) = match snoozed {
            true => (&mut inbox.snoozed, &mut inbox.snoozed_total),
            false => (&mut inbox.waiting, &mut inbox.total),
        };
        *total = number(row.total);
        if row.place <= limit {
            items.push(row.item);
        }
    }
    Ok(inbox)
}

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page {
    /// Overdue first, then by due date, then by age.
    pub items: Vec<Item>,
    /// Where the next page begins, if there is one.
    pub next: Option<After>,
}

/// What waits for the actor, or what they have put off, in one of their organisations or all.
pub async fn page(
    ctx: &Ctx,
    only: Option<OrganisationId>,
    snoozed: bool,
    after: Option<After>,
    limit: i64,
) -> Result<Page, AppError> {
    let start = After {
        late: -1,
        day: String::new(),
        since: Instant(i64::MIN),
        key: Key { kind: Kind::Approve, id: uuid::Uuid::nil() },
    };
    let scope = Scope::of(ctx, only, None)?;
    let mut rows = store::page(&ctx.db, scope, snoozed, after.unwrap_or(start), limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next = rows.last().filter(|_| more).map(|last| After {
        late: last.late,
        day: last.day.clone(),
        since: last.item.since,
        key: last.item.key(),
    });
    Ok(Page { items: rows.into_iter().map(|row| row.item).collect(), next })
}

/// How much waits for the actor in each of their organisations; one where nothing does is left out.
pub async fn counts(ctx: &Ctx) -> Result<Vec<(OrganisationId, u32)>, AppError> {
    let rows = store::counts(&ctx.db, Scope::of(ctx, None, None)?).await?;
    Ok(rows.into_iter().map(|(id, count)| (id, number(count))).collect())
}

/// Whether the actor may put anything off: for the buttons.
pub fn may_snooze(ctx: &Ctx) -> bool {
    owner(ctx).is_ok()
}

fn owner(ctx: &Ctx) -> Result<UserId, AppError> {
    allow(&ctx.actor, Action::HomeSnooze, Relation::Own, ctx.organisation)?;
    ctx.actor.user_id().ok_or(AppError::Unauthenticated)
}

/// What waits for the actor under this key, put off or not. What waits for somebody else is not there.
async fn find(ctx: &Ctx, key: Option<Key>) -> Result<(UserId, Item), AppError> {
    let user = owner(ctx)?;
    let key = key.ok_or(AppError::NotFound)?;
    let item = store::one(&ctx.db, Scope::of(ctx, None, None)?, key).await?;
    Ok((user, item.ok_or(AppError::NotFound)?))
}

/// The day it is for the actor.
pub fn today(ctx: &Ctx) -> Day {
    Day::new(ctx.now().timestamp().to_zoned(ctx.zone.clone()).date())
}

/// Puts something off; nobody else learns of it, so the trail does not, either. It comes back by itself on the morning of
/// that day, and at once when it changes.
///
/// # Errors
/// `Invalid` at `until` for a day that has come, or is too far.
pub async fn snooze(ctx: &Ctx, key: Option<Key>, until: Option<Until>) -> Result<Item, AppError> {
    let (user, item) = find(ctx, key).await?;
    let today = today(ctx);
    let day = until.map(|until| until.day(today)).filter(|day| (1..=FURTHEST).contains(&day.days_since(today)));
    let begins = day.and_then(|day| day.date().to_zoned(ctx.zone.clone()).ok());
    let begins = begins.map(|begins| Instant(begins.timestamp().as_microsecond()));
    let Some(begins) = begins else {
        return Err(AppError::Invalid(FieldErrors::one("until", ctx.t("inbox-error-until"))));
    };
    keep(ctx, user, item.key(), begins).await?;
    Ok(Item { snoozed_until: Some(begins), ..item })
}

/// They have done it where the portal cannot know. It comes back when it changes.
pub async fn done(ctx: &Ctx, key: Option<Key>) -> Result<Item, AppError> {
    let (user, item) = find(ctx, key).await?;
    if !item.kind.can_be_done() {
        return Err(AppError::Conflict(ctx.t("inbox-error-done").to_owned()));
    }
    keep(ctx, user, item.key(), Instant::END).await?;
    Ok(item)
}

async fn keep(ctx: &Ctx, user: UserId, key: Key, until: Instant) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    store::snooze(&tx, user, key, until, ctx.now()).await?;
    idempotency::claim_act(&tx, ctx).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes back what was put off or said. What is not put off stays as it is.
pub async fn wake(ctx: &Ctx, key: Option<Key>) -> Result<Item, AppError> {
    let (user, item) = find(ctx, key).await?;
    let tx = ctx.db.begin().await?;
    store::wake(&tx, user, item.key()).await?;
    tx.commit().await?;
    Ok(Item { snoozed_until: None, ..item })
}

/// Takes a document that was sent to the actor as read.
pub async fn read(ctx: &Ctx, key: Option<Key>) -> Result<Item, AppError> {
    let (_, item) = find(ctx, key.filter(|key| key.kind == Kind::Read)).await?;
    let document = documents::service::find(ctx, DocumentId(item.id)).await?;
    // What nobody could open yet has not been read.
    if let Some(why) = document.scan.and_then(|known| scan::service::why_held(ctx, known)) {
        return Err(AppError::Conflict(why.to_owned()));
    }
    documents::service::mark_read(ctx, &document).await?;
    Ok(item)
}
