//! Telling somebody, in the transaction of the act that needs them.

use crate::ctx::Ctx;
use crate::db::Tx;
use crate::error::AppError;

use super::kind::Class;
use super::model::{Notice, Rows};
use super::{id, mail, push, store};

/// Tells one person: the bell at once, a mail when they want it. Without its act nobody is told, and no act without this.
pub async fn tell(tx: &Tx, ctx: &Ctx, notice: Notice) -> Result<(), AppError> {
    let Notice { kind, to, organisation, object, letter } = notice;
    let now = ctx.now();
    let due = mail::plan(tx, &ctx.portal.zone, kind, organisation, &[to], now).await?;
    let due = due.get(&to).copied().flatten();
    // Its words are kept for the mail alone.
    let letter = letter.filter(|_| due.is_some()).map(|letter| letter.kept()).transpose()?;
    if kind.class() == Class::NeedsMe {
        store::hush(tx, to, object).await?;
    }
    let id = id::at(now);
    let rows = Rows {
        kind,
        organisation,
        object,
        actor: ctx.actor.user_id(),
        event: None,
        at: now,
        letter: letter.as_deref(),
        people: vec![(to, id, due)],
    };
    store::insert(tx, &rows).await?;
    push::queue(tx, ctx, &[id]).await?;
    ctx.portal.live.touch(tx, &[to]).await?;
    tx.wake_after_commit(&ctx.portal.live.post);
    Ok(())
}
