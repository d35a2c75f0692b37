//! A copy of everything that is stored about oneself (GDPR, articles 15 and 20), as JSON. Long lists are read page by
//! page while they are sent, so that the copy is complete and needs no memory.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use futures::{Stream, stream};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::Via;
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::day::Day;
use crate::db::{args, sql};
use crate::error::AppError;
use crate::ids::{
    AppointmentId, ApprovalId, CommentId, DocumentId, NotificationId, OrderId, OrganisationId, ProjectId, TaskId,
    UserId,
};
use crate::notifications::mail::preferences;
use crate::notifications::push;
use crate::sign_in::{proof, sessions};
use crate::time::Instant;

use super::portrait;
use super::service::{self, oneself};

sql! {
    MEMBERSHIPS = "SELECT o.id, o.name, m.role, m.state, m.documents, m.orders, m.money, m.tickets, m.created_at FROM memberships m JOIN organisations o ON o.id = m.organisation_id WHERE m.user_id = $1 ORDER BY o.name, o.id";
    TOKENS = "SELECT name, scopes, created_at, expires_at, last_used_at, revoked_at FROM api_tokens WHERE user_id = $1 ORDER BY id";
    PASSKEYS = "SELECT name, created_at, last_used_at FROM passkeys WHERE user_id = $1 ORDER BY id";
    TOTP = "SELECT created_at, last_used_at FROM totp_secrets WHERE user_id = $1";
    DEVICES = "SELECT first_seen_at, last_seen_at FROM known_devices WHERE user_id = $1 ORDER BY first_seen_at, token_hash";
    SNOOZES = "SELECT kind, object_id, snoozed_until, created_at FROM inbox_snoozes WHERE user_id = $1 ORDER BY created_at, object_id";
    APPROVALS = "SELECT a.id, a.document_id, a.version, s.decision, s.decided_at, s.comment, s.evidence FROM approval_seats s JOIN approvals a ON a.id = s.approval_id WHERE s.user_id = $1 AND s.approval_id > $2 ORDER BY s.approval_id LIMIT $3";
    READS = "SELECT document_id, version, read_at FROM document_reads WHERE user_id = $1 AND document_id > $2 ORDER BY document_id LIMIT $3";
    TASKS = "SELECT id, project_id, title, due_on, done_at FROM project_tasks WHERE assignee_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    COMMENTS = "SELECT id, task_id, written_at, text FROM project_comments WHERE written_by = $1 AND id > $2 ORDER BY id LIMIT $3";
    NOTIFICATIONS = "SELECT id, kind, object_kind, object_id, created_at, seen_at FROM notifications WHERE user_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    FEED = "SELECT created_at, last_used_at FROM calendar_feeds WHERE user_id = $1";
    APPOINTMENTS = "SELECT a.id, a.organisation_id, a.title, a.state, a.starts_at, a.minutes FROM appointment_people p JOIN appointments a ON a.id = p.appointment_id WHERE p.user_id = $1 AND a.id > $2 ORDER BY a.id LIMIT $3";
    /// What they have ordered, without what it costs: that is their customer's.
    ORDERS = "SELECT o.id, o.ordered_on, o.number, o.title, o.reference, o.status, o.organisation_id, o.confirmed_on, o.delivered_on FROM orders o WHERE o.buyer_id = $1 AND (o.ordered_on, o.id) > ($2, $3) ORDER BY o.ordered_on, o.id LIMIT $4";
    EVENTS = "SELECT sequence, at, actor_id, actor_kind, action, object_kind, object_id, organisation_id, detail FROM (SELECT sequence, at, actor_id, actor_kind, action, object_kind, object_id, organisation_id, detail FROM audit_events WHERE actor_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3) AS acts UNION SELECT sequence, at, actor_id, actor_kind, action, object_kind, object_id, organisation_id, detail FROM (SELECT sequence, at, actor_id, actor_kind, action, object_kind, object_id, organisation_id, detail FROM audit_events WHERE object_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3) AS befallen ORDER BY sequence LIMIT $3";
}

/// How many rows are read at once.
const PAGE: i64 = 500;

#[derive(sqlx::FromRow)]
struct MembershipRow {
    id: Uuid,
    name: String,
    role: String,
    state: String,
    documents: String,
    orders: String,
    money: String,
    tickets: String,
    created_at: Instant,
}

#[derive(sqlx::FromRow)]
struct EventRow {
    sequence: i64,
    at: Instant,
    actor_id: Option<Uuid>,
    actor_kind: String,
    action: String,
    object_kind: String,
    object_id: Option<Uuid>,
    organisation_id: Option<Uuid>,
    detail: String,
}

#[derive(sqlx::FromRow)]
struct OrderRow {
    id: OrderId,
    ordered_on: Day,
    number: String,
    title: String,
    reference: String,
    status: String,
    organisation_id: OrganisationId,
    confirmed_on: Option<Day>,
    delivered_on: Option<Day>,
}

type TokenRow = (String, String, Instant, Option<Instant>, Option<Instant>, Option<Instant>);

/// What is there at once; long lists follow.
#[derive(Debug)]
pub struct Export {
    user: UserId,
    head: Value,
}

/// Collects what is stored about whoever asks, and notes that they did.
///
/// # Errors
/// `ProofNeeded` without a fresh proof: a session left open must not give away a whole person.
pub async fn begin(ctx: &Ctx) -> Result<Export, AppError> {
    let user = oneself(ctx)?;
    proof::require(ctx)?;
    let profile = service::profile(ctx).await?;
    let (db, now) = (&ctx.db, ctx.now());
    let portrait = portrait::own(db, user).await?;
    let memberships: Vec<MembershipRow> = db.all(MEMBERSHIPS, args![user]).await?;
    let living = sessions::list(db, user, ctx.portal.sessions, now).await?;
    let tokens: Vec<TokenRow> = db.all(TOKENS, args![user]).await?;
    let passkeys: Vec<(String, Instant, Option<Instant>)> = db.all(PASSKEYS, args![user]).await?;
    let totp: Option<(Instant, Instant)> = db.optional(TOTP, args![user]).await?;
    let feed: Option<(Instant, Option<Instant>)> = db.optional(FEED, args![user]).await?;
    let devices: Vec<(Instant, Instant)> = db.all(DEVICES, args![user]).await?;
    let told_on = push::store::export(db, user).await?;
    let told_how = preferences::export(db, user).await?;
    let snoozes: Vec<(String, Uuid, Instant, Instant)> = db.all(SNOOZES, args![user]).await?;
    let head = json!({
        "made_at": now,
        "portal": ctx.portal.name.get(),
        "profile": {
            "id": profile.id,
            "name": profile.name,
            "email": profile.email,
            "staff_role": ctx.actor.staff().map(crate::access::StaffRole::name),
            "locale": profile.locale,
            "theme": profile.theme.map(crate::ctx::Theme::name),
            "time_zone": profile.time_zone,
            "phone": profile.phone,
            "hours": profile.hours,
            "portrait": portrait.map(|(png, made)| json!({ "made_at": made, "png": BASE64_STANDARD.encode(png) })),
            "created_at": profile.created_at,
            "last_sign_in_at": profile.last_sign_in_at,
        },
        "memberships": memberships.into_iter().map(|m| json!({
            "organisation_id": m.id, "organisation": m.name, "role": m.role, "state": m.state,
            "rights": { "documents": m.documents, "orders": m.orders, "money": m.money, "tickets": m.tickets },
            "since": m.created_at,
        })).collect::<Vec<_>>(),
        "authenticator_app": totp.map(|(made, used)| json!({ "created_at": made, "last_used_at": used })),
        "passkeys": passkeys.into_iter().map(|(name, made, used)| {
            json!({ "name": name, "created_at": made, "last_used_at": used })
        }).collect::<Vec<_>>(),
        "sessions": living.into_iter().map(|row| json!({
            "id": row.id, "device": row.device, "address": row.sender, "through_proxy": row.proxied,
            "begun_at": row.created_at, "last_used_at": row.last_seen_at,
        })).collect::<Vec<_>>(),
        "known_devices": devices.into_iter().map(|(first, last)| {
            json!({ "first_sign_in_at": first, "last_sign_in_at": last })
        }).collect::<Vec<_>>(),
        "notification_preferences": told_how,
        "told_on": told_on.into_iter().map(|(device, endpoint, made, last)| {
            json!({ "device": device, "endpoint": endpoint, "since": made, "last_told_at": last })
        }).collect::<Vec<_>>(),
        "put_off": snoozes.into_iter().map(|(kind, id, until, made)| {
            json!({ "kind": kind, "id": id, "until": until, "since": made })
        }).collect::<Vec<_>>(),
        "calendar": feed.map(|(made, used)| json!({ "created_at": made, "last_used_at": used })),
        "tokens": tokens.into_iter().map(|(name, scopes, made, expires, used, revoked)| json!({
            "name": name, "scopes": scopes.split_whitespace().collect::<Vec<_>>(), "created_at": made,
            "expires_at": expires, "last_used_at": used, "revoked_at": revoked,
        })).collect::<Vec<_>>(),
    });
    let via = if matches!(ctx.actor.via(), Via::Token(..)) { "token" } else { "page" };
    let tx = ctx.db.begin().await?;
    audit::record(&tx, ctx, Event::new("account.export", "user", user.0).with("via", via)).await?;
    tx.commit().await?;
    Ok(Export { user, head })
}

/// Which part comes next.
enum Part {
    Head(Value),
    Approvals(ApprovalId),
    Reads(DocumentId),
    Tasks(TaskId),
    Comments(CommentId),
    Appointments(AppointmentId),
    Orders(Day, OrderId),
    Notifications(NotificationId),
    Events(i64),
    End,
}

/// The rows of a page, each behind a comma but the first of its list.
fn rows(page: Vec<Value>, first: bool, opening: &str) -> String {
    let mut text = if first { opening.to_owned() } else { String::new() };
    for (at, row) in page.into_iter().enumerate() {
        if at > 0 || !first {
            text.push(',');
        }
        text.push('\n');
        text.push_str(&row.to_string());
    }
    text
}

impl Export {
    /// The copy as it is sent.
    pub fn stream(self, ctx: Ctx) -> impl Stream<Item = Result<Bytes, AppError>> + Send + use<> {
        let user = self.user;
        stream::try_unfold((ctx, Part::Head(self.head)), move |(ctx, part)| async move {
            let (text, next) = match part {
                Part::Head(head) => (opened(&head)?, Part::Approvals(ApprovalId(Uuid::nil()))),
                Part::Approvals(after) => approvals(&ctx, user, after).await?,
                Part::Reads(after) => reads(&ctx, user, after).await?,
                Part::Tasks(after) => tasks(&ctx, user, after).await?,
                Part::Comments(after) => comments(&ctx, user, after).await?,
                Part::Appointments(after) => appointments(&ctx, user, after).await?,
                Part::Orders(day, after) => orders(&ctx, user, (day, after)).await?,
                Part::Notifications(after) => notifications(&ctx, user, after).await?,
                Part::Events(after) => events(&ctx, user, after).await?,
                Part::End => return Ok(None),
            };
            Ok(Some((Bytes::from(text), (ctx, next))))
        })
    }
}

/// The object, open at its end.
fn opened(head: &Value) -> Result<String, AppError> {
    let text = serde_json::to_string_pretty(head).map_err(|_| AppError::Internal)?;
    Ok(text.strip_suffix('}').unwrap_or(&text).trim_end().to_owned())
}

/// What they were asked to approve, what they said, and what is kept to prove it.
async fn approvals(ctx: &Ctx, user: UserId, after: ApprovalId) -> Result<(String, Part), AppError> {
    type Row = (ApprovalId, DocumentId, i64, String, Option<Instant>, String, Option<String>);
    let page: Vec<Row> = ctx.db.all(APPROVALS, args![user, after, PAGE]).await?;
    let (first, last) = (after.0.is_nil(), page.last().map(|row| row.0));
    let values = page.into_iter().map(|(id, document, version, decision, at, comment, evidence)| {
        let evidence: Option<Value> = evidence.and_then(|text| serde_json::from_str(&text).ok());
        json!({
            "approval_id": id, "document_id": document, "version": version, "decision": decision, "at": at,
            "comment": comment, "evidence": evidence,
        })
    });
    let mut text = rows(values.collect(), first, ",\n  \"approvals\": [");
    match last {
        Some(last) => Ok((text, Part::Approvals(last))),
        None => {
            text.push(']');
            Ok((text, Part::Reads(DocumentId(Uuid::nil()))))
        }
    }
}

/// Which version of which document they have opened last.
async fn reads(ctx: &Ctx, user: UserId, after: DocumentId) -> Result<(String, Part), AppError> {
    let page: Vec<(DocumentId, i64, Instant)> = ctx.db.all(READS, args![user, after, PAGE]).await?;
    let (first, last) = (after.0.is_nil(), page.last().map(|row| row.0));
    let values = page.into_iter().map(|(id, version, at)| json!({ "document_id": id, "version": version, "at": at }));
    let mut text = rows(values.collect(), first, ",\n  \"documents_read\": [");
    match last {
        Some(last) => Ok((text, Part::Reads(last))),
        None => {
            text.push(']');
            Ok((text, Part::Tasks(TaskId(Uuid::nil()))))
        }
    }
}

/// What is theirs to do in projects, by name.
async fn tasks(ctx: &Ctx, user: UserId, after: TaskId) -> Result<(String, Part), AppError> {
    type Row = (TaskId, ProjectId, String, Option<Day>, Option<Instant>);
    let page: Vec<Row> = ctx.db.all(TASKS, args![user, after, PAGE]).await?;
    let (first, last) = (after.0.is_nil(), page.last().map(|row| row.0));
    let values = page.into_iter().map(|(id, project, title, due, done)| {
        let due = due.map(|day| day.to_string());
        json!({ "task_id": id, "project_id": project, "title": title, "due_on": due, "done_at": done })
    });
    let mut text = rows(values.collect(), first, ",\n  \"project_tasks\": [");
    match last {
        Some(last) => Ok((text, Part::Tasks(last))),
        None => {
            text.push(']');
            Ok((text, Part::Comments(CommentId(Uuid::nil()))))
        }
    }
}

/// What they said about tasks.
async fn comments(ctx: &Ctx, user: UserId, after: CommentId) -> Result<(String, Part), AppError> {
    let page: Vec<(CommentId, TaskId, Instant, String)> = ctx.db.all(COMMENTS, args![user, after, PAGE]).await?;
    let (first, last) = (after.0.is_nil(), page.last().map(|row| row.0));
    let values = page.into_iter().map(|(_, task, at, text)| json!({ "task_id": task, "at": at, "text": text }));
    let mut text = rows(values.collect(), first, ",\n  \"project_comments\": [");
    match last {
        Some(last) => Ok((text, Part::Comments(last))),
        None => {
            text.push(']');
            Ok((text, Part::Appointments(AppointmentId(Uuid::nil()))))
        }
    }
}

/// What they take or took part in.
async fn appointments(ctx: &Ctx, user: UserId, after: AppointmentId) -> Result<(String, Part), AppError> {
    type Row = (AppointmentId, Uuid, String, String, Instant, i64);
    let page: Vec<Row> = ctx.db.all(APPOINTMENTS, args![user, after, PAGE]).await?;
    let (first, last) = (after.0.is_nil(), page.last().map(|row| row.0));
    let values = page.into_iter().map(|(id, organisation, title, state, starts_at, minutes)| {
        json!({
            "appointment_id": id, "organisation_id": organisation, "title": title, "state": state,
            "starts_at": starts_at, "minutes": minutes,
        })
    });
    let mut text = rows(values.collect(), first, ",\n  \"appointments\": [");
    match last {
        Some(last) => Ok((text, Part::Appointments(last))),
        None => {
            text.push(']');
            Ok((text, Part::Orders(Day::FIRST, OrderId(Uuid::nil()))))
        }
    }
}

/// What they have ordered.
async fn orders(ctx: &Ctx, user: UserId, after: (Day, OrderId)) -> Result<(String, Part), AppError> {
    let page: Vec<OrderRow> = ctx.db.all(ORDERS, args![user, after.0, after.1, PAGE]).await?;
    let (first, last) = (after.1.0.is_nil(), page.last().map(|row| (row.ordered_on, row.id)));
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    let values = page.into_iter().map(|row| {
        json!({
            "order_id": row.id, "organisation_id": row.organisation_id, "number": row.number, "title": row.title,
            "reference": row.reference, "status": row.status, "ordered_on": row.ordered_on.to_string(),
            "confirmed_on": day(row.confirmed_on), "delivered_on": day(row.delivered_on),
        })
    });
    let mut text = rows(values.collect(), first, ",\n  \"orders\": [");
    match last {
        Some((day, last)) => Ok((text, Part::Orders(day, last))),
        None => {
            text.push(']');
            Ok((text, Part::Notifications(NotificationId(Uuid::nil()))))
        }
    }
}

/// What they were told, and when they saw it.
async fn notifications(ctx: &Ctx, user: UserId, after: NotificationId) -> Result<(String, Part), AppError> {
    type Row = (NotificationId, String, String, Uuid, Instant, Option<Instant>);
    let page: Vec<Row> = ctx.db.all(NOTIFICATIONS, args![user, after, PAGE]).await?;
    let (first, last) = (after.0.is_nil(), page.last().map(|row| row.0));
    let values = page.into_iter().map(|(id, kind, object, object_id, at, seen_at)| {
        json!({ "notification_id": id, "kind": kind, "object": object, "object_id": object_id, "at": at, "seen_at": seen_at })
    });
    let mut text = rows(values.collect(), first, ",\n  \"notifications\": [");
    match last {
        Some(last) => Ok((text, Part::Notifications(last))),
        None => {
            text.push(']');
            Ok((text, Part::Events(0)))
        }
    }
}

/// What they did, and what was done to their login. Others stay unnamed.
async fn events(ctx: &Ctx, user: UserId, after: i64) -> Result<(String, Part), AppError> {
    let page: Vec<EventRow> = ctx.db.all(EVENTS, args![user, after, PAGE]).await?;
    let last = page.last().map(|row| row.sequence);
    let values = page.into_iter().map(|row| {
        let by = if row.actor_id == Some(user.0) { "yourself" } else { row.actor_kind.as_str() };
        let detail: Value = serde_json::from_str(&row.detail).unwrap_or_default();
        json!({
            "at": row.at, "by": by, "action": row.action, "object": row.object_kind, "object_id": row.object_id,
            "organisation_id": row.organisation_id, "detail": detail,
        })
    });
    let mut text = rows(values.collect(), after == 0, ",\n  \"events\": [");
    match last {
        Some(last) => Ok((text, Part::Events(last))),
        None => {
            text.push_str("]\n}\n");
            Ok((text, Part::End))
        }
    }
}
