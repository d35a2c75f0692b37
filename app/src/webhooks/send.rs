//! Sending one message, and the SQL of those that are being sent.

use std::time::Duration;

use axum::http::Request;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::ids::{DeliveryId, OrganisationId, UserId, WebhookId};
use crate::outgoing;
use crate::time::Instant;

use super::payload::{self, Facts};
use super::scope::facts;
use super::{model, secret};

/// How long a receiver may take.
const WITHIN: Duration = Duration::from_secs(10);
/// Bytes of its answer that are kept.
const KEPT: usize = 1000;

macro_rules! claim {
    ($from:literal, $skip:literal) => {
        concat!(
            $from,
            "(SELECT id FROM webhook_deliveries WHERE webhook_id = $1 AND state = 'waiting' AND due_at <= $2 ORDER BY due_at, id LIMIT $5",
            $skip,
            ") UPDATE webhook_deliveries SET claim = $4, due_at = $3 WHERE id IN (SELECT id FROM due)"
        )
    };
}

sql! {
    ENDPOINT = "SELECT id, organisation_id, url, secret, CASE WHEN old_until > $2 THEN old_secret END AS old_secret, failures FROM webhooks WHERE id = $1 AND state = 'active'";
    /// An administrator of the customer: all of them see the same of it.
    ADMINISTRATOR = "SELECT m.user_id FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.organisation_id = $1 AND m.role = 'admin' AND m.state = 'active' AND u.state = 'active' ORDER BY m.user_id LIMIT 1";
    /// Materialised, as in the queue of jobs: locked rows are asked for once.
    CLAIM = sqlite: claim!("WITH due AS ", ""), postgres: claim!("WITH due AS MATERIALIZED ", " FOR UPDATE SKIP LOCKED");
    CLAIMED = facts!("v.claim = $6");
    ONE = facts!("v.id = $6 AND v.webhook_id = $7");
    /// What its receiver may not see was never for it: not even that there was something.
    DROP = "DELETE FROM webhook_deliveries WHERE id = $1 AND claim = $2 AND NOT EXISTS (SELECT 1 FROM webhook_attempts t WHERE t.delivery_id = webhook_deliveries.id)";
    DROP_TRIED = "UPDATE webhook_deliveries SET state = 'failed', claim = NULL, finished_at = $3, problem = 'hidden', status = NULL WHERE id = $1 AND claim = $2";
    NOTE = "UPDATE webhook_deliveries SET state = $3, due_at = $4, claim = NULL, attempts = attempts + 1, finished_at = $5, status = $6, problem = $7, milliseconds = $8 WHERE id = $1 AND claim = $2";
    ATTEMPT = "INSERT INTO webhook_attempts (id, delivery_id, at, status, problem, milliseconds, answer) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    RELEASE = "UPDATE webhook_deliveries SET claim = NULL, due_at = $2 WHERE claim = $1";
    BEHIND = "UPDATE webhook_deliveries SET due_at = $3 WHERE webhook_id = $1 AND state = 'waiting' AND claim IS NULL AND due_at <= $2";
    NEXT = "SELECT MIN(due_at) AS due FROM webhook_deliveries WHERE webhook_id = $1 AND state = 'waiting'";
}

/// An endpoint that is told, with its secrets as they are kept.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Endpoint {
    pub id: WebhookId,
    pub organisation_id: Option<OrganisationId>,
    pub url: String,
    pub secret: Vec<u8>,
    pub old_secret: Option<Vec<u8>>,
    pub failures: i64,
}

/// How a try went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tried {
    /// What was answered.
    pub status: Option<u16>,
    /// Why nothing was.
    pub problem: Option<outgoing::Failure>,
    /// When the receiver wants to be asked again, in seconds.
    pub retry_after: Option<u64>,
    pub milliseconds: i64,
    /// The first of the answer.
    pub answer: String,
}

impl Tried {
    /// It has the message.
    pub fn accepted(&self) -> bool {
        self.status.is_some_and(|status| (200..300).contains(&status))
    }

    /// The name of the problem in the database and in the API.
    pub fn problem_name(&self) -> Option<&'static str> {
        self.problem.map(|problem| match problem {
            outgoing::Failure::Refused => "refused",
            outgoing::Failure::Unreachable => "unreachable",
            outgoing::Failure::Slow => "slow",
            outgoing::Failure::TooLarge => "too_large",
            outgoing::Failure::Redirected => "redirected",
        })
    }

    /// Nobody is there, which takes time to find out.
    pub fn nobody(&self) -> bool {
        matches!(self.problem, Some(outgoing::Failure::Unreachable | outgoing::Failure::Slow))
    }
}

/// The endpoint, while it is told.
pub(super) async fn endpoint(db: &Db, id: WebhookId, now: Instant) -> DbResult<Option<Endpoint>> {
    db.optional(ENDPOINT, args![id, now]).await
}

/// Takes due messages until `lease`; how many.
pub(super) async fn claim(
    tx: &Tx,
    webhook: WebhookId,
    now: Instant,
    lease: Instant,
    claim: Uuid,
    limit: i64,
) -> DbResult<u64> {
    tx.execute(CLAIM, args![webhook, now, lease, claim, limit]).await
}

/// As whom the policy is asked: an administrator of the customer, or whoever sees all. None: there is nobody.
async fn eyes(db: &Db, organisation: Option<OrganisationId>) -> DbResult<Option<[Value; 5]>> {
    let Some(organisation) = organisation else {
        let yes = || Value::from(true);
        return Ok(Some([Uuid::nil().into(), false.into(), yes(), yes(), yes()]));
    };
    let found: Option<(UserId,)> = db.optional(ADMINISTRATOR, args![organisation]).await?;
    let no = || Value::from(false);
    Ok(found.map(|(user,)| [user.into(), no(), no(), no(), no()]))
}

/// What is known of the messages that were claimed. Nobody to see them: nothing is visible.
pub(super) async fn claimed(db: &Db, endpoint: &Endpoint, claim: Uuid) -> DbResult<Vec<Facts>> {
    let eyes = eyes(db, endpoint.organisation_id).await?;
    let nobody = eyes.is_none();
    let [a, b, c, d, e] =
        eyes.unwrap_or_else(|| [Uuid::nil().into(), false.into(), false.into(), false.into(), false.into()]);
    let mut facts: Vec<Facts> = db.all(CLAIMED, [a, b, c, d, e, claim.into()]).await?;
    if nobody {
        facts.iter_mut().for_each(|fact| fact.visible = false);
    }
    Ok(facts)
}

/// What is known of one message, as its receiver may see it now.
pub(super) async fn facts(
    db: &Db,
    webhook: WebhookId,
    organisation: Option<OrganisationId>,
    id: DeliveryId,
) -> DbResult<Option<Facts>> {
    let Some([a, b, c, d, e]) = eyes(db, organisation).await? else { return Ok(None) };
    let found: Option<Facts> = db.optional(ONE, [a, b, c, d, e, id.into(), webhook.into()]).await?;
    Ok(found.filter(|facts| facts.may_be_told(organisation)))
}

/// Sends a message and says how it went.
pub(super) async fn send(ctx: &Ctx, endpoint: &Endpoint, facts: &Facts) -> Tried {
    let begun = std::time::Instant::now();
    let result = match request(ctx, endpoint, facts) {
        Some(request) => {
            let portal = &ctx.portal;
            let operator = endpoint.organisation_id.is_none();
            let outgoing = if operator { &portal.outgoing } else { &portal.outgoing_for_customers };
            outgoing.brief(request, WITHIN, KEPT).await
        }
        None => Err(outgoing::Failure::Refused),
    };
    let milliseconds = i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX);
    match result {
        Ok(brief) => Tried {
            status: Some(brief.status),
            problem: None,
            retry_after: brief.retry_after,
            milliseconds,
            answer: plain(&brief.head),
        },
        Err(problem) => {
            Tried { status: None, problem: Some(problem), retry_after: None, milliseconds, answer: String::new() }
        }
    }
}

/// The signed request; none where the secret does not open any more.
fn request(ctx: &Ctx, endpoint: &Endpoint, facts: &Facts) -> Option<Request<Vec<u8>>> {
    let body = payload::of(ctx, facts, endpoint.id, endpoint.organisation_id.is_none()).to_string().into_bytes();
    let place = secret::place(endpoint.id);
    let current = ctx.portal.secrets.open(&place, &endpoint.secret)?;
    let old = endpoint.old_secret.as_ref().and_then(|sealed| ctx.portal.secrets.open(&place, sealed));
    let secrets = [Some(&current), old.as_ref()].into_iter().flatten().map(Vec::as_slice);
    let (id, seconds) = (model::message_id(facts.id), ctx.now().0.div_euclid(1_000_000));
    let signature = secret::signatures(secrets, &id, seconds, &body);
    Request::post(&endpoint.url)
        .header("content-type", "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", seconds)
        .header("webhook-signature", signature)
        .body(body)
        .ok()
}

/// An answer as plain text: whatever it is made of, it is shown and never read as anything.
fn plain(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

/// What its receiver may not see: nothing was sent, and nothing is left of it. Where a try has told of it before, only
/// that it ended here is.
pub(super) async fn hide(tx: &Tx, id: DeliveryId, claim: Uuid, now: Instant) -> DbResult<()> {
    if tx.execute(DROP, args![id, claim]).await? == 0 {
        tx.execute(DROP_TRIED, args![id, claim, now]).await?;
    }
    Ok(())
}

/// Notes how a try went; `false` when somebody else has the message by now.
pub(super) async fn note(
    tx: &Tx,
    id: DeliveryId,
    claim: Uuid,
    tried: &Tried,
    next: Option<Instant>,
    now: Instant,
) -> DbResult<bool> {
    let outcome = match next {
        _ if tried.accepted() => model::Outcome::Delivered,
        Some(_) => model::Outcome::Waiting,
        None => model::Outcome::Failed,
    };
    let finished = (outcome != model::Outcome::Waiting).then_some(now);
    let (status, problem) = (tried.status.map(i64::from), tried.problem_name());
    let due = next.unwrap_or(now);
    let values = args![id, claim, outcome.name(), due, finished, status, problem, tried.milliseconds];
    if tx.execute(NOTE, values).await? == 0 {
        return Ok(false);
    }
    tx.execute(ATTEMPT, args![Uuid::now_v7(), id, now, status, problem, tried.milliseconds, &tried.answer]).await?;
    Ok(true)
}

/// Gives back what was claimed and not tried.
pub(super) async fn release(tx: &Tx, claim: Uuid, due: Instant) -> DbResult<()> {
    tx.execute(RELEASE, args![claim, due]).await.map(|_| ())
}

/// Has everything that is due for an endpoint wait until then.
pub(super) async fn put_behind(tx: &Tx, webhook: WebhookId, now: Instant, until: Instant) -> DbResult<()> {
    tx.execute(BEHIND, args![webhook, now, until]).await.map(|_| ())
}

/// When the next message of an endpoint is due.
pub(super) async fn next(db: &Db, webhook: WebhookId) -> DbResult<Option<Instant>> {
    let (due,): (Option<Instant>,) = db.one(NEXT, args![webhook]).await?;
    Ok(due)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_text_whatever_it_was() {
        assert_eq!(plain(b"<b>no</b>\0\x1b[31m\nagain\xff"), "<b>no</b>[31m\nagain\u{fffd}");
    }

    #[test]
    fn only_a_success_is_one() {
        let tried = |status| Tried {
            status: Some(status),
            problem: None,
            retry_after: None,
            milliseconds: 1,
            answer: String::new(),
        };
        assert!(tried(200).accepted() && tried(204).accepted() && !tried(300).accepted() && !tried(500).accepted());
        assert!(!tried(500).nobody());
    }
}
