//! All SQL of what waits for somebody.

use jiff::tz::TimeZone;

use crate::access::{Action, Relation, allow};
use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::error::AppError;
use crate::ids::{OrganisationId, UserId};
use crate::time::Instant;
use crate::validity::service::today;

use super::model::{After, Item, Key, Kind};
use super::scope::{counts, first, one, page};

sql! {
    COUNTS = sqlite: counts!(sqlite), postgres: counts!(postgres);
    FIRST = sqlite: first!(sqlite), postgres: first!(postgres);
    PAGE = sqlite: page!(sqlite), postgres: page!(postgres);
    ONE = sqlite: one!(sqlite), postgres: one!(postgres);
    SNOOZE = "INSERT INTO inbox_snoozes (user_id, kind, object_id, snoozed_until, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (user_id, kind, object_id) DO UPDATE SET snoozed_until = excluded.snoozed_until, created_at = excluded.created_at";
    WAKE = "DELETE FROM inbox_snoozes WHERE user_id = $1 AND kind = $2 AND object_id = $3";
    /// What has come back is put off no more.
    FORGET = "DELETE FROM inbox_snoozes WHERE user_id = $1 AND snoozed_until <= $2";
}

/// Whose inbox, and what of it: the arguments that all statements begin with.
#[derive(Clone, Debug)]
pub struct Scope([Value; 12]);

impl Scope {
    /// The actor's own, in one of their organisations or in all; only of some kinds where that is asked for.
    pub fn of(ctx: &Ctx, organisation: Option<OrganisationId>, only: Option<Kind>) -> Result<Self, AppError> {
        let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
        allow(&ctx.actor, Action::HomeRead, Relation::Own, organisation)?;
        let looked_at = ctx.actor.viewer().is_some();
        let kinds: Vec<&str> = Kind::ALL
            .into_iter()
            .filter(|kind| only.is_none_or(|only| only == *kind))
            .filter(|kind| ctx.actor.within_door(kind.action()) && !(looked_at && kind.is_own()))
            .map(Kind::name)
            .collect();
        // What somebody has put off they have put off for themselves: whoever looks as them sees it all.
        let snoozer = (!looked_at).then_some(user);
        let nothing = Value::from(false);
        Ok(Self([
            user.into(),
            nothing.clone(),
            nothing.clone(),
            nothing.clone(),
            nothing,
            Value::from(ctx.locale),
            ctx.now().into(),
            today(ctx).into(),
            snoozer.into(),
            Value::from(offset(&ctx.zone, ctx.now())),
            organisation.into(),
            Value::from(format!(" {} ", kinds.join(" "))),
        ]))
    }

    fn and<const N: usize>(self, rest: impl IntoIterator<Item = Value>) -> DbResult<[Value; N]> {
        let values: Vec<Value> = self.0.into_iter().chain(rest).collect();
        values.try_into().map_err(|_| sqlx::Error::Configuration("wrong number of arguments".into()))
    }
}

/// Microseconds that a zone is ahead of UTC.
fn offset(zone: &TimeZone, now: Instant) -> i64 {
    i64::from(zone.to_offset(now.timestamp()).seconds()) * 1_000_000
}

/// An item with its place among what waits or was put off, how much of that there is, and how much of its kind.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Placed {
    /// The item.
    #[sqlx(flatten)]
    pub item: Item,
    /// 1, 2, ...
    pub place: i64,
    /// How many there are.
    pub total: i64,
    /// How many of its kind.
    pub of_kind: i64,
}

/// An item of a page, and what it is sorted by.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Sorted {
    /// The item.
    #[sqlx(flatten)]
    pub item: Item,
    /// 0: late.
    pub late: i64,
    /// The day it is due.
    pub day: String,
}

/// The first of what waits and of what was put off, and the first of every kind.
pub async fn first(db: &Db, scope: Scope, limit: i64) -> DbResult<Vec<Placed>> {
    db.all(FIRST, scope.and([limit.into()])?).await
}

/// A page of what waits, or was put off.
pub async fn page(db: &Db, scope: Scope, snoozed: bool, after: After, limit: i64) -> DbResult<Vec<Sorted>> {
    let key = [
        snoozed.into(),
        after.late.into(),
        Value::from(after.day),
        after.since.into(),
        Value::from(after.key.kind.name()),
        Value::from(after.key.id),
        limit.into(),
    ];
    db.all(PAGE, scope.and(key)?).await
}

/// One item, whether it was put off or not.
pub async fn one(db: &Db, scope: Scope, key: Key) -> DbResult<Option<Item>> {
    db.optional(ONE, scope.and([Value::from(key.kind.name()), key.id.into()])?).await
}

/// How much waits in each organisation.
pub async fn counts(db: &Db, scope: Scope) -> DbResult<Vec<(OrganisationId, i64)>> {
    db.all(COUNTS, scope.0).await
}

/// Puts something off for somebody, and forgets what has come back meanwhile.
pub async fn snooze(tx: &Tx, user: UserId, key: Key, until: Instant, now: Instant) -> DbResult<()> {
    tx.execute(FORGET, args![user, now]).await?;
    tx.execute(SNOOZE, args![user, key.kind.name(), key.id, until, now]).await.map(|_| ())
}

/// Takes it back; `false` where it was not put off.
pub async fn wake(tx: &Tx, user: UserId, key: Key) -> DbResult<bool> {
    Ok(tx.execute(WAKE, args![user, key.kind.name(), key.id]).await? == 1)
}
