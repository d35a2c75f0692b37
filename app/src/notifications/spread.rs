//! Spreading the trail: what happened becomes a notification for everybody who may see it now and may want to know.
//!
//! The trail's numbers are given under a lock that holds until the commit, so their order is the order of the commits and
//! nothing appears behind the cursor. The cursor and what it passes are written in one transaction: every event reaches
//! everybody exactly once, whoever dies.

use std::time::Duration;

use uuid::Uuid;

use crate::ctx::Ctx;
use crate::db::{DbResult, Tx, Value, args, sql};
use crate::error::AppError;
use crate::ids::{NotificationId, OrganisationId, UserId};
use crate::news::is_public;
use crate::time::Instant;

use super::kind::Kind;
use super::model::{Object, Rows};
use super::reach::{self, subjects, visible};
use super::{id, mail, push, store};

/// People told in one transaction: others must write, too.
const PEOPLE: i64 = 500;
/// Events passed in one transaction, and of these how many that somebody is told of.
const EVENTS: i64 = 200;
const TOLD: usize = 20;
/// What is told so late is for the bell only: a portal that was away for days does not send yesterday's mails.
const OLD: Duration = Duration::from_secs(24 * 3600);
/// Whoever is asked to do something about it just then needs no news of it.
const JUST: Duration = Duration::from_secs(10 * 60);

/// Who may be meant at all: looked for by an index, before each is asked about. People of the customer and of those in the
/// audience, the staff who look after it, whoever is on the project, or the person themselves.
macro_rules! meant {
    () => {
        "(SELECT user_id FROM memberships WHERE organisation_id = $17 UNION SELECT user_id FROM staff_assignments WHERE organisation_id = $17 \
          UNION SELECT m.user_id FROM document_audience x JOIN memberships m ON m.organisation_id = x.subject_id WHERE x.document_id = $15 \
          UNION SELECT m.user_id FROM document_audience x JOIN group_organisations g ON g.group_id = x.subject_id JOIN memberships m ON m.organisation_id = g.organisation_id WHERE x.document_id = $15 \
          UNION SELECT user_id FROM project_staff WHERE project_id = $15 UNION SELECT x.user_id FROM project_tasks t JOIN project_staff x ON x.project_id = t.project_id WHERE t.id = $15 UNION SELECT id FROM users WHERE id = $15) i JOIN users u ON u.id = i.user_id "
    };
}

/// `$1` to `$14` the reach, `$15` to `$17` the object, its kind and its customer, `$18` after whom, `$19` who did it, `$20` and
/// `$21` whether customers and staff are told, `$22` whether who has read it is not, `$23` how far back somebody was asked,
/// `$24` how many.
macro_rules! readers {
    (sqlite, $from:expr) => {
        readers!($from, "SELECT $15 AS object_id, $16 AS object_kind, $17 AS organisation_id")
    };
    (postgres, $from:expr) => {
        readers!($from, "SELECT CAST($15 AS uuid) AS object_id, CAST($16 AS text) AS object_kind, CAST($17 AS uuid) AS organisation_id")
    };
    ($from:expr, $object:expr) => {
        concat!(
            "SELECT u.id FROM ", $from, "JOIN (", $object, ") n ON TRUE", subjects!(),
            "WHERE u.id > $18 AND (u.id <> $19 OR $19 IS NULL) AND u.state = 'active' AND (($20 AND u.staff_role IS NULL) OR ($21 AND u.staff_role IS NOT NULL)) AND ",
            visible!(),
            " AND NOT ($22 AND EXISTS (SELECT 1 FROM document_reads r WHERE r.document_id = d.id AND r.user_id = u.id AND r.version >= d.current_version)) \
             AND NOT EXISTS (SELECT 1 FROM notifications t WHERE t.object_id = $15 AND t.user_id = u.id AND (t.object_kind = 'announcement' OR (t.seen_at IS NULL AND t.class = 'needs_me' AND t.created_at > $23) OR (n.object_kind = 'member' AND t.kind = 'security.membership' AND t.created_at > $23))) \
             ORDER BY u.id LIMIT $24"
        )
    };
}

sql! {
    /// One node at a time; the others do not wait for it.
    CURSOR = sqlite: "SELECT sequence, user_id FROM notification_cursor WHERE id = 1",
        postgres: "SELECT sequence, user_id FROM notification_cursor WHERE id = 1 FOR UPDATE SKIP LOCKED";
    BEHIND = "SELECT h.sequence - c.sequence AS events FROM notification_cursor c JOIN audit_head h ON h.id = 1 WHERE c.id = 1";
    ADVANCE = "UPDATE notification_cursor SET sequence = $1, user_id = $2 WHERE id = 1";
    EVENTS_AFTER = "SELECT sequence, at, action, actor_id, object_kind, object_id, organisation_id, detail FROM audit_events WHERE sequence > $1 ORDER BY sequence LIMIT $2";
    READERS = sqlite: readers!(sqlite, meant!()), postgres: readers!(postgres, meant!());
    /// The house speaks to many: everybody is asked about.
    EVERYBODY = sqlite: readers!(sqlite, "users u "), postgres: readers!(postgres, "users u ");
}

#[derive(sqlx::FromRow)]
struct Event {
    sequence: i64,
    at: Instant,
    action: String,
    actor_id: Option<UserId>,
    object_kind: String,
    object_id: Option<Uuid>,
    organisation_id: Option<OrganisationId>,
    detail: String,
}

impl Event {
    fn detail(&self, key: &str) -> Option<String> {
        let detail: serde_json::Value = serde_json::from_str(&self.detail).ok()?;
        Some(detail.get(key)?.as_str()?.to_owned())
    }

    /// What it is told as, and of what; none where nobody is told.
    fn news(&self) -> Option<(Kind, Object)> {
        let kind = Kind::of_act(&self.action)?;
        let object = match kind {
            Kind::MemberJoined => Object::Member(self.detail("user")?.parse().ok()?),
            Kind::MemberChanged | Kind::MemberRemoved => Object::Member(UserId(self.object_id?)),
            Kind::ProjectComment => Object::Task(self.detail("task")?.parse().ok()?),
            // Whether it was the organisation itself or a domain of it.
            Kind::OrganisationSecurity => Object::Organisation(self.organisation_id?),
            _ => Object::of(&self.object_kind, self.object_id?)?,
        };
        // What only the house knows of it, or whoever sees prices, is not told to everybody who sees the order.
        let says_nothing = || self.detail("fields").is_some_and(|fields| !fields.split_whitespace().any(is_public));
        let silent = match kind {
            Kind::OrderChanged | Kind::ProjectChanged => says_nothing(),
            // The operator prepares a portal, or a demo, at the machine.
            Kind::ProjectCreated => self.actor_id.is_none(),
            // The first password of somebody whom the operator has just made.
            Kind::SecurityPassword => self.actor_id.is_none(),
            _ => false,
        };
        (!silent).then_some((kind, object))
    }
}

/// How far one transaction went.
enum Step {
    /// There is more.
    More,
    /// Everything was spread.
    Done,
    /// Another node is at it.
    Elsewhere,
}

/// Spreads all there is; answers how many people were told. Costs one read where nothing happened.
pub async fn run(ctx: &Ctx) -> Result<usize, AppError> {
    let mut told = 0;
    let behind: Option<(i64,)> = ctx.db.optional(BEHIND, args![]).await?;
    if behind.is_none_or(|(events,)| events <= 0) {
        return Ok(told);
    }
    loop {
        let (step, some) = step(ctx).await?;
        told += some;
        if !matches!(step, Step::More) {
            return Ok(told);
        }
    }
}

async fn step(ctx: &Ctx) -> Result<(Step, usize), AppError> {
    let tx = ctx.db.begin().await?;
    let cursor: Option<(i64, Option<UserId>)> = tx.optional(CURSOR, args![]).await?;
    let Some((mut sequence, mut after)) = cursor else { return Ok((Step::Elsewhere, 0)) };
    let events: Vec<Event> = tx.all(EVENTS_AFTER, args![sequence, EVENTS]).await?;
    let mut step = if events.len() < usize::try_from(EVENTS).unwrap_or(usize::MAX) { Step::Done } else { Step::More };
    let (mut told, mut asked) = (0, 0);
    for event in events {
        let people = match event.news() {
            Some((kind, object)) => {
                asked += 1;
                tell(&tx, ctx, &event, kind, object, after).await?
            }
            None => Vec::new(),
        };
        told += people.len();
        if people.len() == usize::try_from(PEOPLE).unwrap_or(usize::MAX) {
            // There may be more of them: the next transaction goes on after the last.
            after = people.last().copied();
            step = Step::More;
            break;
        }
        (sequence, after) = (event.sequence, None);
        if asked == TOLD || told >= usize::try_from(PEOPLE).unwrap_or(usize::MAX) {
            step = Step::More;
            break;
        }
    }
    tx.execute(ADVANCE, args![sequence, after]).await?;
    tx.commit().await?;
    Ok((step, told))
}

/// Tells the next people of an event; answers who they are.
async fn tell(
    tx: &Tx,
    ctx: &Ctx,
    event: &Event,
    kind: Kind,
    object: Object,
    after: Option<UserId>,
) -> Result<Vec<UserId>, AppError> {
    let now = ctx.now();
    let people = readers(tx, event, kind, object, after, now).await?;
    if people.is_empty() {
        return Ok(people);
    }
    let late = event.at < now.minus(OLD);
    let organisation = event.organisation_id;
    let due = match late {
        true => Default::default(),
        false => mail::plan(tx, &ctx.portal.zone, kind, organisation, &people, now).await?,
    };
    let mut told = Vec::with_capacity(people.len());
    for user in &people {
        told.push((*user, id::at(event.at), due.get(user).copied().flatten()));
    }
    let rows = Rows {
        kind,
        organisation,
        object,
        actor: event.actor_id,
        event: Some(event.sequence),
        at: event.at,
        letter: None,
        people: told,
    };
    store::insert(tx, &rows).await?;
    if !late {
        let ids: Vec<NotificationId> = rows.people.iter().map(|(_, id, _)| *id).collect();
        push::queue(tx, ctx, &ids).await?;
    }
    ctx.portal.live.touch(tx, &people).await?;
    Ok(people)
}

/// Who may see it now, and is to be told.
async fn readers(
    tx: &Tx,
    event: &Event,
    kind: Kind,
    object: Object,
    after: Option<UserId>,
    now: Instant,
) -> DbResult<Vec<UserId>> {
    let (object_kind, object_id) = object.parts();
    // What happens to somebody's sign-in they are told even where it seems that they did it themselves.
    let but = event.actor_id.filter(|_| !matches!(object, Object::User(_)));
    let unread_only = matches!(kind, Kind::DocumentPublished | Kind::DocumentVersion);
    let more: [Value; 10] = args![
        object_id,
        object_kind,
        event.organisation_id,
        after.unwrap_or(UserId(Uuid::nil())),
        but,
        kind.concerns(false),
        kind.concerns(true),
        unread_only,
        event.at.minus(JUST),
        PEOPLE
    ];
    let rows: Vec<(UserId,)> = match object {
        Object::Announcement(_) => tx.all(EVERYBODY, reach::with(now, more)).await?,
        _ => tx.all(READERS, reach::with(now, more)).await?,
    };
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
