//! What would have come last week, had one chosen as one has now.

use std::time::Duration;

use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::error::AppError;
use crate::ids::{NotificationId, OrganisationId};
use crate::time::Instant;

use super::cadence::{Cadence, SOON, due};
use super::effective;
use super::preferences::{oneself, own};
use crate::notifications::kind::Kind;
use crate::notifications::lines;

sql! {
    WEEK = "SELECT id, kind, organisation_id, created_at FROM notifications WHERE user_id = $1 AND created_at > $2 AND id > $3 ORDER BY id DESC LIMIT $4";
}

const LENGTH: Duration = Duration::from_secs(7 * 24 * 3600);
/// More than this nobody looks through: the newest.
const MOST: i64 = 300;
/// Mails that are shown.
const MAILS: usize = 20;
/// Lines of one that are shown.
const SHOWN: usize = 3;

/// A mail that would have come.
#[derive(Clone, Debug)]
pub struct Mail {
    /// When.
    pub at: Instant,
    /// How: at once or as a summary.
    pub cadence: Cadence,
    /// What stands in it, as far as it is shown.
    pub lines: Vec<String>,
    /// How much stands in it.
    pub count: usize,
}

/// A week as it would have been.
#[derive(Clone, Debug, Default)]
pub struct Week {
    /// The mails, the newest first, as many as are shown.
    pub mails: Vec<Mail>,
    /// How many there would have been.
    pub count: usize,
    /// How much would have been told by the bell alone.
    pub silent: usize,
    /// How much of it is still to come, in a summary.
    pub waiting: usize,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: NotificationId,
    kind: String,
    organisation_id: Option<OrganisationId>,
    created_at: Instant,
}

struct Planned {
    at: Instant,
    cadence: Cadence,
    ids: Vec<NotificationId>,
}

/// The last seven days, by what one has chosen now.
pub async fn week(ctx: &Ctx) -> Result<Week, AppError> {
    let user = oneself(ctx)?;
    let since = ctx.now().minus(LENGTH);
    // Ids begin with the time in milliseconds: where the index is entered.
    let first = NotificationId(first_id(since));
    let mut rows: Vec<Row> = ctx.db.all(WEEK, args![user, since, first, MOST]).await?;
    // Mails come together in the order in which it happened.
    rows.reverse();
    let chosen = own(ctx).await?;
    let choices = effective::choices(&ctx.db, user).await?;
    let mut settings = chosen.settings;
    settings.last_mail_at = None;
    let mut week = Week::default();
    let mut planned: Vec<Planned> = Vec::new();
    for row in rows {
        let kind = Kind::parse(&row.kind).and_then(|kind| choices.iter().find(|one| one.kind == kind));
        let Some(choice) = kind else { continue };
        let muted = chosen.muted.iter().any(|(id, _)| row.organisation_id == Some(*id));
        let cadence = if muted { Cadence::Off } else { choice.cadence() };
        let Some(at) = due(row.created_at, cadence, &settings, &ctx.zone) else {
            week.silent += 1;
            continue;
        };
        match planned.iter_mut().rev().find(|mail| mail.cadence == cadence && mail.at.plus(SOON) >= at) {
            Some(mail) => mail.ids.push(row.id),
            None => planned.push(Planned { at, cadence, ids: vec![row.id] }),
        }
        if cadence == Cadence::AtOnce {
            settings.last_mail_at = planned.iter().rev().find(|mail| mail.cadence == cadence).map(|mail| mail.at);
        }
    }
    week.waiting = planned.iter().filter(|mail| mail.at > ctx.now()).map(|mail| mail.ids.len()).sum();
    planned.retain(|mail| mail.at <= ctx.now());
    planned.sort_by_key(|mail| std::cmp::Reverse(mail.at));
    week.count = planned.len();
    planned.truncate(MAILS);
    let shown: Vec<NotificationId> = planned.iter().flat_map(|mail| mail.ids.iter().take(SHOWN)).copied().collect();
    let said = lines(ctx, user, ctx.locale, &ctx.zone, &shown).await?;
    let text = |id: &NotificationId| said.iter().find(|line| line.id == *id).map(|line| line.text.clone());
    week.mails = planned
        .into_iter()
        .map(|mail| Mail {
            at: mail.at,
            cadence: mail.cadence,
            lines: mail.ids.iter().take(SHOWN).filter_map(text).collect(),
            count: mail.ids.len(),
        })
        .collect();
    // What may not be seen any more would not have stood in it.
    week.mails.retain(|mail| !mail.lines.is_empty());
    Ok(week)
}

/// The smallest id made at this time.
fn first_id(at: Instant) -> uuid::Uuid {
    let millis = u128::try_from(at.0 / 1000).unwrap_or(0);
    uuid::Uuid::from_u128(millis << 80)
}
