//! Finding events: by who did it, what, to which thing, of which customer, and when.

use uuid::Uuid;

use crate::access::{Action, Relation, allow};
use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::error::AppError;
use crate::idempotency;
use crate::jobs::{self, Kind, New};
use crate::sign_in::proof;
use crate::time::Instant;

use super::store::EventRow;
use super::{Event, Verdict, record, verify};

/// `$1` before this place, `$2` how many, `$3` who, `$4` the thing, `$5` the customer, `$6` what, `$7` and `$8` from when
/// to when. `$which` begins at the index that names the fewest.
macro_rules! found {
    ($which:expr) => {
        concat!(
            "SELECT sequence, id, at, actor_kind, actor_id, action, object_kind, object_id, organisation_id, detail, request_id, hash FROM audit_events WHERE ",
            $which,
            "sequence < $1 AND (actor_id = $3 OR $3 IS NULL) AND (object_id = $4 OR $4 IS NULL) AND (organisation_id = $5 OR $5 IS NULL) AND (action = $6 OR $6 = '') AND at >= $7 AND at < $8 ORDER BY sequence DESC LIMIT $2"
        )
    };
}

sql! {
    ALL = found!("");
    OF_OBJECT = found!("object_id = $4 AND ");
    OF_ACTOR = found!("actor_id = $3 AND ");
    OF_ORGANISATION = found!("organisation_id = $5 AND ");
    OF_ACTION = found!("action = $6 AND ");
    HEAD = "SELECT sequence FROM audit_head WHERE id = 1";
    VERIFIED = "INSERT INTO audit_verifications (id, user_id, at, sequence, problem) VALUES ($1, $2, $3, $4, $5)";
    LAST = "SELECT v.at, v.sequence, v.problem, u.name AS by_name FROM audit_verifications v LEFT JOIN users u ON u.id = v.user_id ORDER BY v.id DESC LIMIT 1";
    PERSON = "SELECT id FROM users WHERE email_key = $1";
    CUSTOMER = "SELECT id FROM organisations WHERE number = $1";
}

/// Which events.
#[derive(Clone, Debug)]
pub struct Filter {
    /// Who did it.
    pub actor: Option<Uuid>,
    /// To which thing.
    pub object: Option<Uuid>,
    /// Of which customer.
    pub organisation: Option<Uuid>,
    /// What; empty for anything.
    pub action: String,
    /// Not before.
    pub from: Instant,
    /// Before.
    pub to: Instant,
    /// Before this place in the chain.
    pub before: i64,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            actor: None,
            object: None,
            organisation: None,
            action: String::new(),
            from: Instant(i64::MIN),
            to: Instant::END,
            before: i64::MAX,
        }
    }
}

/// Whether the actor may read the trail.
pub fn check(ctx: &Ctx) -> Result<(), AppError> {
    allow(&ctx.actor, Action::AuditRead, Relation::Other, None)
}

/// Events that match, newest first.
pub async fn search(ctx: &Ctx, filter: &Filter, limit: i64) -> Result<Vec<EventRow>, AppError> {
    check(ctx)?;
    let statement = if filter.object.is_some() {
        OF_OBJECT
    } else if filter.actor.is_some() {
        OF_ACTOR
    } else if filter.organisation.is_some() {
        OF_ORGANISATION
    } else if filter.action.is_empty() {
        ALL
    } else {
        OF_ACTION
    };
    let Filter { actor, object, organisation, action, from, to, before } = filter;
    Ok(ctx.db.all(statement, args![*before, limit, *actor, *object, *organisation, action, *from, *to]).await?)
}

/// Records that somebody takes a copy of the trail away, before the first line leaves.
///
/// # Errors
/// `ProofNeeded` without a fresh proof: a session left open must not give away who did what.
pub async fn begin_export(ctx: &Ctx, format: &'static str) -> Result<(), AppError> {
    check(ctx)?;
    proof::require(ctx)?;
    let tx = ctx.db.begin().await?;
    record(&tx, ctx, Event::new("audit.export", "audit", None).with("format", format)).await?;
    tx.commit().await?;
    Ok(())
}

/// The id of whoever signs in with this address.
pub async fn person(ctx: &Ctx, email: &str) -> Result<Option<Uuid>, AppError> {
    check(ctx)?;
    let row: Option<(Uuid,)> = ctx.db.optional(PERSON, args![crate::sign_in::service::email_key(email)]).await?;
    Ok(row.map(|(id,)| id))
}

/// The id of the customer with this number.
pub async fn customer(ctx: &Ctx, number: &str) -> Result<Option<Uuid>, AppError> {
    check(ctx)?;
    let row: Option<(Uuid,)> = ctx.db.optional(CUSTOMER, args![number.trim()]).await?;
    Ok(row.map(|(id,)| id))
}

/// What the last walk along the chain found.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Verified {
    /// When.
    pub at: Instant,
    /// How far it went, or where the chain is broken.
    pub sequence: i64,
    /// Empty: every link holds.
    pub problem: String,
    /// Who wanted it; none for the operator at the machine.
    pub by_name: Option<String>,
}

/// The end of the chain, and what the last walk along it found.
pub async fn chain(ctx: &Ctx) -> Result<(i64, Option<Verified>), AppError> {
    check(ctx)?;
    let (head,): (i64,) = ctx.db.one(HEAD, args![]).await?;
    Ok((head, ctx.db.optional(LAST, args![]).await?))
}

/// Has the whole chain walked, by a worker: a long one takes longer than a page may.
pub async fn request_verification(ctx: &Ctx) -> Result<(), AppError> {
    check(ctx)?;
    let tx = ctx.db.begin().await?;
    let user = ctx.actor.user_id().map(|id| id.to_string());
    let job = New::new(Kind::VerifyAudit, serde_json::json!({ "user": user })).once("audit.verify");
    jobs::enqueue(&tx, ctx, job).await?;
    // That it was asked for is no event.
    idempotency::claim_act(&tx, ctx).await?;
    tx.commit().await?;
    Ok(())
}

/// Notes what a walk found.
pub async fn note(ctx: &Ctx, user: Option<Uuid>, verdict: &Verdict) -> Result<(), AppError> {
    let (sequence, problem) = match verdict {
        Verdict::Intact(count) => (*count, ""),
        Verdict::Broken { sequence, reason } => (*sequence, *reason),
    };
    let tx = ctx.db.begin().await?;
    tx.execute(VERIFIED, args![Uuid::now_v7(), user, ctx.now(), sequence, problem]).await?;
    tx.commit().await?;
    Ok(())
}

/// The worker's part: walks the chain and notes what it found. A broken chain is loud in the log.
pub async fn run_verification(ctx: &Ctx, payload: &str) -> Result<(), AppError> {
    let payload: serde_json::Value = serde_json::from_str(payload).unwrap_or_default();
    let verdict = verify(&ctx.db, |_| {}).await?;
    if let Verdict::Broken { sequence, reason } = &verdict {
        tracing::error!(sequence, reason, "the audit chain is broken");
    }
    let user = payload.get("user").and_then(serde_json::Value::as_str).and_then(|id| id.parse().ok());
    note(ctx, user, &verdict).await
}
