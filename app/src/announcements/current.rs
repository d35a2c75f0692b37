//! What stands on the pages of a reader now.

use crate::access::{Action, Actor, Relation, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::ids::{AnnouncementId, GroupId, UserId};
use crate::notifications::{self, Object};

use super::model::{Announcement, Audience, Phase};
use super::store;

/// Which of these are for somebody who is in these groups.
fn is_for(actor: &Actor, audience: Audience, of: &[GroupId], mine: &[GroupId]) -> bool {
    let staff = actor.staff().is_some();
    match audience {
        Audience::Everyone => true,
        Audience::Customers => !staff,
        Audience::Staff => staff,
        Audience::Groups => of.iter().any(|group| mine.contains(group)),
    }
}

/// What is for this person now, whether or not they have closed it. Asks the database only where something may be.
async fn addressed(ctx: &Ctx) -> Result<Vec<Announcement>, AppError> {
    let current = ctx.portal.announcements.get();
    let running = || current.0.iter().filter(|(row, _)| row.phase(ctx.now()) == Phase::Running);
    let mine = match ctx.actor.user_id() {
        Some(user) if ctx.actor.staff().is_none() && running().any(|(row, _)| row.audience == Audience::Groups) => {
            store::my_groups(&ctx.db, user).await?
        }
        _ => Vec::new(),
    };
    let addressed = running().filter(|(row, groups)| is_for(&ctx.actor, row.audience, groups, &mine));
    Ok(addressed.map(|(row, _)| row.clone()).collect())
}

/// What the reader has not closed yet, the newest first. That they see it on a page is noted, unless somebody else looks
/// through their eyes.
pub async fn shown(ctx: &Ctx) -> Result<Vec<Announcement>, AppError> {
    let Some(user) = ctx.actor.user_id() else { return Ok(Vec::new()) };
    let mut rows = addressed(ctx).await?;
    if rows.is_empty() {
        return Ok(rows);
    }
    let known = store::receipts(&ctx.db, user, ctx.now()).await?;
    let of = |id: AnnouncementId| known.iter().find(|(of, _)| *of == id).map(|(_, closed)| *closed);
    rows.retain(|row| of(row.id) != Some(true));
    let fresh: Vec<AnnouncementId> = rows.iter().map(|row| row.id).filter(|id| of(*id).is_none()).collect();
    if !fresh.is_empty() && ctx.session.is_some() && ctx.viewing.is_none() {
        // That it was seen may be forgotten in a power cut: then it is noted with the next page.
        let tx = ctx.db.begin_relaxed().await?;
        for id in fresh {
            store::see(&tx, user, id, ctx.now()).await?;
        }
        tx.commit().await?;
    }
    Ok(rows)
}

/// Closes it for oneself; where it is to be confirmed, that is on record.
pub async fn close(ctx: &Ctx, id: AnnouncementId) -> Result<(), AppError> {
    let user: UserId = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    allow(&ctx.actor, Action::AccountManage, Relation::Own, None)?;
    let row = addressed(ctx).await?.into_iter().find(|row| row.id == id).ok_or(AppError::NotFound)?;
    let tx = ctx.db.begin().await?;
    if store::close(&tx, user, id, ctx.now()).await? && row.confirm {
        audit::record(&tx, ctx, Event::new("announcement.confirm", "announcement", id.0)).await?;
    }
    tx.commit().await?;
    notifications::read(ctx, Object::Announcement(id)).await;
    Ok(())
}
