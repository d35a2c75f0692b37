//! Telling somebody, in the transaction of the act that needs them.

use crate::ctx::Ctx;
use crate::db::Tx;
use crate::error::AppError;
use crate::ids::{NotificationId, OrganisationId, UserId};

use super::kind::{Class, Kind};
use super::model::{Notice, Object, Rows};
use super::{id, mail, push, store};

/// Tells one person: the bell at once, a mail when they want it. Without its act nobody is told, and no act without this.
/// What concerns their safety is mailed by itself and at once, whatever they chose.
pub async fn tell(tx: &Tx, ctx: &Ctx, notice: Notice) -> Result<(), AppError> {
    let Notice { kind, to, organisation, object, mut letter } = notice;
    let now = ctx.now();
    if kind.class() == Class::Security
        && let Some(letter) = letter.take()
    {
        crate::mail::queue(tx, ctx, letter).await?;
    }
    let due = mail::plan(tx, &ctx.portal.zone, kind, organisation, &[to], now).await?;
    let due = due.get(&to).copied().flatten();
    // Its words are kept for the mail alone.
    let letter = letter.filter(|_| due.is_some()).map(|letter| letter.kept()).transpose()?;
    if kind.class() == Class::NeedsMe {
        store::hush(tx, to, object).await?;
    }
    let rows = Rows {
        kind,
        organisation,
        object,
        actor: ctx.actor.user_id(),
        event: None,
        at: now,
        letter: letter.as_deref(),
        people: vec![(to, id::at(now), due)],
    };
    write(tx, ctx, &rows).await
}

/// Tells several people the same, as a line: with the same few statements however many they are. Whoever does it knows it.
pub async fn tell_all(
    tx: &Tx,
    ctx: &Ctx,
    kind: Kind,
    organisation: Option<OrganisationId>,
    object: Object,
    people: &[UserId],
) -> Result<(), AppError> {
    let (now, actor) = (ctx.now(), ctx.actor.user_id());
    let people: Vec<UserId> = people.iter().copied().filter(|person| Some(*person) != actor).collect();
    if people.is_empty() {
        return Ok(());
    }
    let due = mail::plan(tx, &ctx.portal.zone, kind, organisation, &people, now).await?;
    let told = people.iter().map(|person| (*person, id::at(now), due.get(person).copied().flatten())).collect();
    let rows = Rows { kind, organisation, object, actor, event: None, at: now, letter: None, people: told };
    write(tx, ctx, &rows).await
}

async fn write(tx: &Tx, ctx: &Ctx, rows: &Rows<'_>) -> Result<(), AppError> {
    store::insert(tx, rows).await?;
    let ids: Vec<NotificationId> = rows.people.iter().map(|(_, id, _)| *id).collect();
    push::queue(tx, ctx, &ids).await?;
    let people: Vec<UserId> = rows.people.iter().map(|(person, ..)| *person).collect();
    ctx.portal.live.touch(tx, &people).await?;
    tx.wake_after_commit(&ctx.portal.live.post);
    Ok(())
}
