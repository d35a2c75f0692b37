//! Use cases of whoever is told.

use crate::access::{Action, Relation, Role, allow};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::idempotency;
use crate::ids::{NotificationId, UserId};
use crate::sign_in::origin;

use super::kind::{Area, Class, Kind};
use super::line::{Reader, line};
use super::model::{Line, Object};
use super::store;

/// Nobody counts further: the bell says "9+". Every page counts, and asks of each whether it may still be seen.
pub const MOST: i64 = 10;

/// What of the list is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Of one area.
    pub area: Option<Area>,
    /// Only what was not seen.
    pub unseen: bool,
}

/// A page of the list.
#[derive(Debug)]
pub struct Page {
    /// The newest first.
    pub items: Vec<Line>,
    /// Where the next page begins.
    pub next: Option<NotificationId>,
}

fn person(ctx: &Ctx, action: Action) -> Result<UserId, AppError> {
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    allow(&ctx.actor, action, Relation::Own, None)?;
    Ok(user)
}

/// The kinds whoever asks may learn of: a token only of areas that it may read, and who looks as somebody else nothing of
/// their sign-in.
pub(super) fn kinds(ctx: &Ctx, area: Option<Area>) -> String {
    let staff = ctx.actor.staff();
    let mut names = String::from(" ");
    for kind in Kind::ALL {
        let offered = kind.concerns(staff.is_some()) && staff.is_none_or(|role| kind.is_for(Role::Staff(role)));
        let told = offered && area.is_none_or(|area| kind.area() == area);
        let hidden = kind.class() == Class::Security && ctx.actor.viewer().is_some();
        if told && !hidden && ctx.actor.within_door(kind.area().reads()) {
            names.push_str(kind.name());
            names.push(' ');
        }
    }
    names
}

/// Whoever asks, and the names of the kinds they may learn of.
pub(super) fn told(ctx: &Ctx) -> Result<(UserId, String), AppError> {
    Ok((person(ctx, Action::NotificationRead)?, kinds(ctx, None)))
}

/// The areas in which whoever asks can be told something: for the filter.
pub fn areas(ctx: &Ctx) -> Vec<Area> {
    Area::ALL.into_iter().filter(|area| !kinds(ctx, Some(*area)).trim().is_empty()).collect()
}

/// How much they have not seen, of what they may still see; at most [`MOST`].
pub async fn unseen(ctx: &Ctx) -> Result<i64, AppError> {
    let user = person(ctx, Action::NotificationRead)?;
    Ok(store::unseen(&ctx.db, user, &kinds(ctx, None), MOST, ctx.now()).await?)
}

/// What they were told, the newest first.
pub async fn list(ctx: &Ctx, filter: Filter, before: Option<NotificationId>, limit: i64) -> Result<Page, AppError> {
    let user = person(ctx, Action::NotificationRead)?;
    let before = before.unwrap_or(NotificationId(uuid::Uuid::max()));
    let part = store::Part { kinds: kinds(ctx, filter.area), before, seen_too: !filter.unseen, limit: limit + 1 };
    let mut rows = store::list(&ctx.db, user, part, ctx.now()).await?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let next = rows.last().map(|last| last.id).filter(|_| more);
    let reader = Reader::of(ctx);
    Ok(Page { items: rows.into_iter().filter_map(|row| line(&reader, row)).collect(), next })
}

/// One of theirs, if they may still see what it is about.
pub async fn find(ctx: &Ctx, id: NotificationId) -> Result<Line, AppError> {
    let user = person(ctx, Action::NotificationRead)?;
    let row = store::by_ids(&ctx.db, user, &[id], ctx.now()).await?.into_iter().next().ok_or(AppError::NotFound)?;
    let line = line(&Reader::of(ctx), row).ok_or(AppError::NotFound)?;
    let told = kinds(ctx, None).contains(&format!(" {} ", line.kind.name()));
    told.then_some(line).ok_or(AppError::NotFound)
}

/// Marks one as seen.
pub async fn see(ctx: &Ctx, id: NotificationId) -> Result<Line, AppError> {
    let user = person(ctx, Action::NotificationManage)?;
    let mut line = find(ctx, id).await?;
    if line.seen_at.is_none() {
        let tx = ctx.db.begin_relaxed().await?;
        store::see_one(&tx, user, id, ctx.now()).await?;
        ctx.portal.live.touch(&tx, &[user]).await?;
        tx.commit().await?;
        line.seen_at = Some(ctx.now());
    }
    Ok(line)
}

/// Where the link of one leads. Following it is seeing it, but not for who looks as somebody else.
pub async fn follow(ctx: &Ctx, id: NotificationId) -> Result<String, AppError> {
    let may_mark = person(ctx, Action::NotificationManage).is_ok();
    let line = if may_mark { see(ctx, id).await? } else { find(ctx, id).await? };
    Ok(line.path)
}

/// Marks everything of an area, or of all, as seen that is not newer than the newest one they had before their eyes.
/// Answers how many that were.
pub async fn see_all(ctx: &Ctx, area: Option<Area>, up_to: Option<NotificationId>) -> Result<u64, AppError> {
    let user = person(ctx, Action::NotificationManage)?;
    let up_to = up_to.unwrap_or(NotificationId(uuid::Uuid::max()));
    let tx = ctx.db.begin_relaxed().await?;
    let seen = store::see_all(&tx, user, up_to, &kinds(ctx, area), ctx.now()).await?;
    if seen > 0 {
        ctx.portal.live.touch(&tx, &[user]).await?;
    }
    // Again it would take what has come since.
    idempotency::claim_act(&tx, ctx).await?;
    tx.commit().await?;
    Ok(seen)
}

/// Somebody has opened what they were told of: the page says so, and what is told of it is seen. Who looks as somebody else
/// changes nothing, nor does a program that reads or a page that renews itself; and a mark is no reason to withhold a page.
pub async fn seen(ctx: &Ctx, object: Object) {
    if is_there(ctx) {
        read(ctx, object).await;
    }
}

/// Whether somebody looks at the page, and not a program or the page itself.
fn is_there(ctx: &Ctx) -> bool {
    ctx.session.is_some() && !origin::current().is_some_and(|origin| origin.by_itself)
}

/// The same for who has had its contents, through whatever door.
pub async fn read(ctx: &Ctx, object: Object) {
    let Some(user) = ctx.actor.user_id().filter(|_| ctx.viewing.is_none()) else { return };
    let mark = async {
        if !store::has_unseen(&ctx.db, user, object).await? {
            return Ok(());
        }
        let tx = ctx.db.begin_relaxed().await?;
        store::see_object(&tx, user, object, ctx.now()).await?;
        ctx.portal.live.touch(&tx, &[user]).await?;
        tx.commit().await
    };
    if let Err(error) = mark.await {
        tracing::warn!(%error, "notifications were not marked as seen");
    }
}

/// Somebody has opened the list that shows everything a kind tells of, whatever else is told of the same things.
pub async fn seen_kind(ctx: &Ctx, kind: Kind) {
    let Some(user) = ctx.actor.user_id().filter(|_| ctx.viewing.is_none() && is_there(ctx)) else { return };
    let mark = async {
        if !store::has_unseen_kind(&ctx.db, user, kind.name()).await? {
            return Ok(());
        }
        let tx = ctx.db.begin_relaxed().await?;
        let all = NotificationId(uuid::Uuid::max());
        store::see_all(&tx, user, all, &format!(" {} ", kind.name()), ctx.now()).await?;
        ctx.portal.live.touch(&tx, &[user]).await?;
        tx.commit().await
    };
    if let Err(error) = mark.await {
        tracing::warn!(%error, "notifications were not marked as seen");
    }
}
