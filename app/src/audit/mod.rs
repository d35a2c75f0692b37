//! The trail of what happened: append-only, hash-chained, written in the transaction of the act itself.
//!
//! Each event's hash covers its own fields and the hash before it, so a changed, removed or inserted event
//! breaks the chain from there on. `audit_head` holds the end, so a cut tail shows too. Events hold
//! references, numbers and keys, never names, addresses or contents; only the portal's own name where that was changed.

pub mod search;
mod store;
mod verify;
mod words;

pub use store::{EventRow, recent};
pub use verify::{Verdict, verify};
pub use words::{all as all_acts, words};

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::access::{ActorKind, Via};
use crate::ctx::Ctx;
use crate::db::{DbResult, Tx};
use crate::idempotency;
use crate::ids::{EventId, OrganisationId};
use crate::notifications::Kind;
use crate::time::Instant;

/// Events that are written with one statement when they are released.
const RELEASED: usize = 500;

/// What happened, to be recorded.
#[derive(Clone, Debug)]
pub struct Event {
    action: &'static str,
    object_kind: &'static str,
    object_id: Option<Uuid>,
    organisation_id: Option<OrganisationId>,
    detail: Vec<(&'static str, String)>,
}

impl Event {
    /// An event: a name like `document.publish`, and the thing it happened to.
    pub fn new(action: &'static str, object_kind: &'static str, object_id: impl Into<Option<Uuid>>) -> Self {
        Self { action, object_kind, object_id: object_id.into(), organisation_id: None, detail: Vec::new() }
    }

    /// The organisation whose trail it belongs to.
    pub fn organisation(mut self, id: OrganisationId) -> Self {
        self.organisation_id = Some(id);
        self
    }

    /// A reference or a number that belongs to the event. Never personal data.
    pub fn with(mut self, key: &'static str, value: impl ToString) -> Self {
        self.detail.push((key, value.to_string()));
        self
    }
}

/// Records an event as the actor of the context. The last thing before the commit: it takes the chain's end.
pub async fn record(tx: &Tx, ctx: &Ctx, event: Event) -> DbResult<()> {
    for event in tx.keep_events(vec![event]).into_iter().flatten() {
        record_at(tx, ctx, event).await?;
    }
    Ok(())
}

/// Writes what waited in a transaction that holds its events, in their order. The last thing before its commit.
pub async fn release(tx: &Tx, ctx: &Ctx) -> DbResult<()> {
    let mut kept = tx.kept_events().into_iter();
    loop {
        let some: Vec<Event> = kept.by_ref().take(RELEASED).collect();
        if some.is_empty() {
            return Ok(());
        }
        record_all(tx, ctx, some).await?;
    }
}

/// The same; answers the event's place in the chain.
pub async fn record_at(tx: &Tx, ctx: &Ctx, event: Event) -> DbResult<i64> {
    idempotency::claim_act(tx, ctx).await?;
    let (event, detail) = noted(tx, ctx, event);
    store::append(tx, &fields(ctx, &event, &detail)).await
}

/// Records several events, in this order, with as many statements as one takes.
pub async fn record_all(tx: &Tx, ctx: &Ctx, events: Vec<Event>) -> DbResult<()> {
    let Some(events) = tx.keep_events(events) else { return Ok(()) };
    idempotency::claim_act(tx, ctx).await?;
    let events: Vec<(Event, String)> = events.into_iter().map(|event| noted(tx, ctx, event)).collect();
    let fields: Vec<Fields<'_>> = events.iter().map(|(event, detail)| fields(ctx, event, detail)).collect();
    store::append_all(tx, &fields).await
}

/// An event with its details as they are written; whoever spreads it is woken with the commit.
fn noted(tx: &Tx, ctx: &Ctx, mut event: Event) -> (Event, String) {
    if let (Some(_), Some(user)) = (ctx.actor.viewer(), ctx.actor.user_id()) {
        event = event.with("viewed_as", user);
    }
    if Kind::of_act(event.action).is_some() {
        tx.wake_after_commit(&ctx.portal.live.post);
    }
    let detail = std::mem::take(&mut event.detail);
    let detail: serde_json::Map<String, serde_json::Value> =
        detail.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect();
    (event, serde_json::Value::Object(detail).to_string())
}

/// What its hash covers, with who did it.
fn fields<'a>(ctx: &'a Ctx, event: &Event, detail: &'a str) -> Fields<'a> {
    let (actor_kind, actor_id) = match ctx.actor.kind() {
        ActorKind::Anonymous => ("anonymous", None),
        ActorKind::Operator => ("operator", None),
        ActorKind::Person { user_id, .. } => (
            match ctx.actor.via() {
                Via::Token(..) => "token",
                Via::ViewAs(_) => "viewer",
                _ => "person",
            },
            // Whoever looks as somebody else did it themselves.
            Some(ctx.actor.viewer().map_or(user_id.0, |viewer| viewer.user_id.0)),
        ),
    };
    Fields {
        id: EventId::new(),
        at: ctx.clock.now(),
        actor_kind,
        actor_id,
        action: event.action,
        object_kind: event.object_kind,
        object_id: event.object_id,
        organisation_id: event.organisation_id.map(|id| id.0),
        detail,
        request_id: &ctx.request_id,
    }
}

/// The fields an event's hash covers.
pub(crate) struct Fields<'a> {
    pub id: EventId,
    pub at: Instant,
    pub actor_kind: &'a str,
    pub actor_id: Option<Uuid>,
    pub action: &'a str,
    pub object_kind: &'a str,
    pub object_id: Option<Uuid>,
    pub organisation_id: Option<Uuid>,
    pub detail: &'a str,
    pub request_id: &'a str,
}

impl Fields<'_> {
    /// SHA-256 over the previous hash, the sequence number and every field, each with its length before it, so
    /// that no two different events can have the same bytes.
    pub fn hash(&self, previous: &[u8], sequence: i64) -> Vec<u8> {
        let mut hasher = Sha256::new();
        let mut field = |bytes: &[u8]| {
            hasher.update((bytes.len() as u64).to_be_bytes());
            hasher.update(bytes);
        };
        let id = |id: Option<Uuid>| id.map(|id| id.as_bytes().to_vec()).unwrap_or_default();
        field(previous);
        field(&sequence.to_be_bytes());
        field(self.id.0.as_bytes());
        field(&self.at.0.to_be_bytes());
        field(self.actor_kind.as_bytes());
        field(&id(self.actor_id));
        field(self.action.as_bytes());
        field(self.object_kind.as_bytes());
        field(&id(self.object_id));
        field(&id(self.organisation_id));
        field(self.detail.as_bytes());
        field(self.request_id.as_bytes());
        hasher.finalize().to_vec()
    }
}
