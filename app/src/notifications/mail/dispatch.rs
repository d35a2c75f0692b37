//! What is due goes into the queue: for each person one mail of all that has come together. A batch of people at a time, so
//! that a hundred thousand cost no more memory than a few, and each batch in one transaction with its jobs, so that a node
//! that dies has either handed a mail over or not.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::error::AppError;
use crate::ids::{NotificationId, UserId};
use crate::jobs::{self, Kind as Work, New};
use crate::notifications::kind::Kind;
use crate::time::Instant;

use super::cadence::{APART, SOON, Settings};

macro_rules! among {
    (sqlite) => {
        "IN (SELECT unhex(value) FROM json_each($1))"
    };
    (postgres) => {
        "= ANY($1)"
    };
}

/// The rows that are due, on PostgreSQL those that nobody is at: whoever holds one is just seeing it, and is not waited for
/// by somebody who holds rows that they may want next.
macro_rules! free {
    (sqlite) => {
        concat!(
            "WITH due AS (SELECT id FROM notifications WHERE user_id ",
            among!(sqlite),
            " AND mail_due_at IS NOT NULL AND mail_due_at <= $2) "
        )
    };
    (postgres) => {
        concat!(
            "WITH due AS MATERIALIZED (SELECT id FROM notifications WHERE user_id ",
            among!(postgres),
            " AND mail_due_at IS NOT NULL AND mail_due_at <= $2 FOR UPDATE SKIP LOCKED) "
        )
    };
}

/// Nobody gets two mails within five minutes: what follows the last one waits until then.
macro_rules! postpone {
    ($engine:ident) => {
        concat!(
            free!($engine), "UPDATE notifications SET mail_due_at = (SELECT s.last_mail_at FROM notification_settings s WHERE s.user_id = notifications.user_id) + $3 \
             WHERE id IN (SELECT id FROM due) AND EXISTS (SELECT 1 FROM notification_settings s WHERE s.user_id = notifications.user_id AND s.last_mail_at <= $2 AND s.last_mail_at + $3 > $2)"
        )
    };
}

/// What was seen meanwhile is not mailed.
macro_rules! take {
    ($engine:ident) => {
        concat!(
            free!($engine), "UPDATE notifications SET mail_due_at = NULL, mailed_at = CASE WHEN seen_at IS NULL THEN CAST($3 AS BIGINT) END WHERE id IN (SELECT id FROM due) \
             RETURNING id, user_id, kind, seen_at IS NOT NULL AS seen"
        )
    };
}

macro_rules! how_many {
    ($engine:ident) => {
        concat!(
            "SELECT user_id, COUNT(*) AS due FROM notifications WHERE user_id ",
            among!($engine),
            " AND mail_due_at IS NOT NULL AND mail_due_at <= $2 GROUP BY user_id ORDER BY user_id"
        )
    };
}

macro_rules! mailed {
    ($engine:ident) => {
        concat!(
            "INSERT INTO notification_settings (user_id, digest_hour, digest_weekday, weekends, last_mail_at, revision) SELECT u.id, $3, $4, $5, $2, 0 FROM users u WHERE u.id ",
            among!($engine), " ON CONFLICT (user_id) DO UPDATE SET last_mail_at = excluded.last_mail_at"
        )
    };
}

sql! {
    NEXT = "SELECT mail_due_at FROM notifications WHERE mail_due_at IS NOT NULL ORDER BY mail_due_at LIMIT 1";
    /// One node at a time: two would each make a mail of half of it. SQLite's writer is alone as it is.
    ALONE = sqlite: "SELECT CAST(1 AS BIGINT) AS alone", postgres: "SELECT CASE WHEN pg_try_advisory_xact_lock(5208133) THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS alone";
    PEOPLE = "SELECT DISTINCT user_id FROM notifications WHERE mail_due_at IS NOT NULL AND mail_due_at <= $1 LIMIT $2";
    HOW_MANY = sqlite: how_many!(sqlite), postgres: how_many!(postgres);
    POSTPONE = sqlite: postpone!(sqlite), postgres: postpone!(postgres);
    TAKE = sqlite: take!(sqlite), postgres: take!(postgres);
    MAILED = sqlite: mailed!(sqlite), postgres: mailed!(postgres);
}

/// People at once.
const PEOPLE_AT_ONCE: i64 = 200;
/// Rows at once, but for those of one person: people who were told very much make a batch of their own.
const ROWS_AT_ONCE: i64 = 20_000;
/// What one mail can be made of; the rest is counted.
const MOST: usize = 200;

/// Whom to tell of what: all that the queue holds of a mail. What it says, and whether it is sent at all, is decided when it
/// goes out, with the rights that hold then.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Told {
    /// Who.
    pub person: UserId,
    /// Of what, the oldest first.
    pub notifications: Vec<NotificationId>,
    /// How much more there is than a mail is made of.
    #[serde(default)]
    pub beyond: usize,
}

/// How much of what is due goes into one mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Together {
    /// All of it.
    All,
    /// Each for itself: for tests that look for one letter.
    Each,
}

#[derive(sqlx::FromRow)]
struct Taken {
    id: NotificationId,
    user_id: UserId,
    kind: String,
    seen: bool,
}

/// When something is due next.
pub async fn next_due(db: &Db) -> DbResult<Option<Instant>> {
    let row: Option<(Instant,)> = db.optional(NEXT, args![]).await?;
    Ok(row.map(|(at,)| at))
}

/// Hands over what is due by then; how many mails that makes. Where another node is at it, none.
pub async fn dispatch(ctx: &Ctx, until: Instant) -> Result<usize, AppError> {
    dispatch_so(ctx, until, Together::All).await
}

/// The same, with a word on what goes together.
pub async fn dispatch_so(ctx: &Ctx, until: Instant, together: Together) -> Result<usize, AppError> {
    let mut mails = 0;
    // Asked before anything is written: most of the time nothing is due.
    while next_due(&ctx.db).await?.is_some_and(|at| at <= until) {
        let Some(some) = batch(ctx, until, together).await? else { break };
        mails += some;
    }
    Ok(mails)
}

/// One batch of people; none when there is nobody left, or another node is at it.
async fn batch(ctx: &Ctx, until: Instant, together: Together) -> Result<Option<usize>, AppError> {
    let tx = ctx.db.begin().await?;
    let (alone,): (i64,) = tx.one(ALONE, args![]).await?;
    let people: Vec<(UserId,)> = if alone == 1 { tx.all(PEOPLE, args![until, PEOPLE_AT_ONCE]).await? } else { vec![] };
    if people.is_empty() {
        return Ok(None);
    }
    let people: BTreeSet<UserId> = people.into_iter().map(|(person,)| person).collect();
    let ids = Value::Uuids(people.iter().map(|person| person.0).collect());
    let apart = i64::try_from(APART.as_micros()).unwrap_or(i64::MAX);
    let postponed = tx.execute(POSTPONE, args![ids, until, apart]).await?;
    // Whoever was postponed has nothing due any more. What came in the last seconds does not wait for the next mail.
    let due: Vec<(UserId,)> = tx.all(PEOPLE, args![until, PEOPLE_AT_ONCE]).await?;
    let due = due.into_iter().map(|(person,)| person).filter(|person| people.contains(person)).collect();
    let due = Value::Uuids(fitting(&tx, due, until.plus(SOON)).await?);
    let mut taken: Vec<Taken> = tx.all(TAKE, args![due, until.plus(SOON), ctx.now()]).await?;
    if taken.is_empty() && postponed == 0 {
        // Whoever is at all of them is done soon.
        return Ok(None);
    }
    taken.retain(|row| !row.seen);
    taken.sort_by_key(|row| (row.user_id, row.id));
    let mut mails = 0;
    let mut told = Vec::new();
    let each: Vec<&[Taken]> = taken.chunk_by(|a, b| a.user_id == b.user_id).collect();
    for of_one in each {
        let size = if together == Together::Each { 1 } else { of_one.len() };
        for rows in of_one.chunks(size) {
            mails += enqueue(&tx, ctx, rows).await?;
        }
        told.extend(of_one.first().map(|row| row.user_id.0));
    }
    let usual = Settings::default();
    let (hour, weekday) = (i64::from(usual.digest_hour), i64::from(usual.digest_weekday));
    tx.execute(MAILED, args![Value::Uuids(told), ctx.now(), hour, weekday, usual.weekends]).await?;
    tx.commit().await?;
    Ok(Some(mails))
}

/// The first of these people that have no more rows due than are read at once; one of them in any case.
async fn fitting(tx: &Tx, people: Vec<UserId>, until: Instant) -> DbResult<Vec<Uuid>> {
    let people = Value::Uuids(people.into_iter().map(|person| person.0).collect());
    let rows: Vec<(UserId, i64)> = tx.all(HOW_MANY, args![people, until]).await?;
    let mut sum = 0_i64;
    let fits = rows.into_iter().take_while(|(_, due)| {
        let first = sum == 0;
        sum += due;
        first || sum <= ROWS_AT_ONCE
    });
    Ok(fits.map(|(person, _)| person.0).collect())
}

async fn enqueue(tx: &Tx, ctx: &Ctx, rows: &[Taken]) -> Result<usize, AppError> {
    let Some(first) = rows.first() else { return Ok(0) };
    let topic = match rows {
        [one] => Kind::parse(&one.kind).map_or("notifications", Kind::name),
        _ => "notifications",
    };
    let notifications: Vec<NotificationId> = rows.iter().map(|row| row.id).take(MOST).collect();
    let beyond = rows.len() - notifications.len();
    let told = Told { person: first.user_id, notifications, beyond };
    let payload = serde_json::to_value(told).map_err(|_| AppError::Internal)?;
    jobs::enqueue(tx, ctx, New::new(Work::Mail, payload).about(topic)).await?;
    Ok(1)
}
