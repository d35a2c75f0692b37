//! The SQL of endpoints. Of their messages: `log.rs`, `spread.rs` and `send.rs`.

use crate::access::Granted;
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::ids::{OrganisationId, UserId, WebhookId};
use crate::time::Instant;

use super::model::{Reason, State, Wanted, Webhook};
use super::policy::{Add, Manage, Owner};
use super::scope::{Scope, may_see};

macro_rules! rows {
    ($which:literal) => {
        concat!(
            "SELECT w.id, w.organisation_id, g.name AS organisation_name, w.name, w.url, w.events, w.state, w.pause_reason, w.old_until, w.failing_since, w.succeeded_at, \
             u.name AS created_by_name, w.created_at, w.revision, \
             EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = w.organisation_id) AS assigned \
             FROM webhooks w LEFT JOIN organisations g ON g.id = w.organisation_id LEFT JOIN users u ON u.id = w.created_by WHERE ",
            may_see!(),
            $which
        )
    };
}

sql! {
    LIST = rows!(" AND w.id < $4 ORDER BY w.id DESC LIMIT $5");
    LIST_OF = rows!(" AND w.organisation_id = $6 AND w.id < $4 ORDER BY w.id DESC LIMIT $5");
    FIND = rows!(" AND w.id = $4");
    COUNT = "SELECT COUNT(*) AS count FROM webhooks WHERE organisation_id = $1 AND state <> 'deleted'";
    COUNT_OPERATOR = "SELECT COUNT(*) AS count FROM webhooks WHERE organisation_id IS NULL AND state <> 'deleted'";
    INSERT = "INSERT INTO webhooks (id, organisation_id, name, url, events, state, secret, since, failures, created_by, created_at, revision) VALUES ($1, $2, $3, $4, $5, 'active', $6, 0, 0, $7, $8, 1)";
    UPDATE = "UPDATE webhooks SET name = $3, url = $4, events = $5, failures = CASE WHEN url = $4 THEN failures ELSE 0 END, failing_since = CASE WHEN url = $4 THEN failing_since ELSE NULL END, revision = revision + 1 WHERE id = $1 AND revision = $2";
    PAUSE = "UPDATE webhooks SET state = 'paused', pause_reason = $3, revision = revision + 1 WHERE id = $1 AND revision = $2 AND state = 'active'";
    RESUME = "UPDATE webhooks SET state = 'active', pause_reason = NULL, failures = 0, failing_since = NULL, revision = revision + 1 WHERE id = $1 AND revision = $2 AND state = 'paused'";
    /// Told of what happens from here on.
    BEGIN = "UPDATE webhooks SET since = $2 WHERE id = $1";
    ROTATE = "UPDATE webhooks SET old_secret = secret, old_until = $4, secret = $3, revision = revision + 1 WHERE id = $1 AND revision = $2";
    /// Its secrets go at once, its log with the next purge.
    DELETE = "UPDATE webhooks SET state = 'deleted', secret = $3, old_secret = NULL, old_until = NULL, revision = revision + 1 WHERE id = $1 AND revision = $2";
    /// What waits is due at once when somebody resumes it.
    WAKE = "UPDATE webhook_deliveries SET due_at = $2, claim = NULL WHERE webhook_id = $1 AND state = 'waiting'";
}

/// Endpoints, the newest first, before this one; of one customer.
pub async fn list(
    db: &Db,
    scope: Scope,
    of: Option<OrganisationId>,
    before: WebhookId,
    limit: i64,
) -> DbResult<Vec<Webhook>> {
    let [a, b, c] = scope.values();
    match of {
        None => db.all(LIST, [a, b, c, before.into(), limit.into()]).await,
        Some(of) => db.all(LIST_OF, [a, b, c, before.into(), limit.into(), of.into()]).await,
    }
}

/// An endpoint, if the scope reaches it.
pub async fn find(db: &Db, scope: Scope, id: WebhookId) -> DbResult<Option<Webhook>> {
    let [a, b, c] = scope.values();
    db.optional(FIND, [a, b, c, id.into()]).await
}

/// How many its owner has.
pub async fn count(db: &Db, owner: &Owner) -> DbResult<i64> {
    let (count,): (i64,) = match owner.organisation_id {
        Some(id) => db.one(COUNT, args![id]).await?,
        None => db.one(COUNT_OPERATOR, args![]).await?,
    };
    Ok(count)
}

/// Writes a new one.
pub async fn insert(
    tx: &Tx,
    granted: &Granted<Add, Owner>,
    id: WebhookId,
    wanted: &Wanted,
    secret: Vec<u8>,
    by: Option<UserId>,
    at: Instant,
) -> DbResult<()> {
    let owner = granted.row().organisation_id;
    let events = wanted.events.join(" ");
    tx.execute(INSERT, args![id, owner, &wanted.name, &wanted.url, events, secret, by, at]).await?;
    Ok(())
}

/// Changes one; `false` when somebody was faster, as everywhere here.
pub async fn update(tx: &Tx, granted: &Granted<Manage, Webhook>, revision: i64, wanted: &Wanted) -> DbResult<bool> {
    let events = wanted.events.join(" ");
    Ok(tx.execute(UPDATE, args![granted.row().id, revision, &wanted.name, &wanted.url, events]).await? == 1)
}

/// Pauses or resumes one.
pub async fn set_state(
    tx: &Tx,
    granted: &Granted<Manage, Webhook>,
    revision: i64,
    state: State,
    now: Instant,
) -> DbResult<bool> {
    let id = granted.row().id;
    if state == State::Active {
        let resumed = tx.execute(RESUME, args![id, revision]).await? == 1;
        if resumed {
            tx.execute(WAKE, args![id, now]).await?;
        }
        return Ok(resumed);
    }
    Ok(tx.execute(PAUSE, args![id, revision, Reason::ByHand.name()]).await? == 1)
}

/// From which place of the trail on it is told.
pub async fn begin(tx: &Tx, granted: WebhookId, sequence: i64) -> DbResult<()> {
    tx.execute(BEGIN, args![granted, sequence]).await.map(|_| ())
}

/// Gives it another secret; the one before counts until then.
pub async fn rotate(
    tx: &Tx,
    granted: &Granted<Manage, Webhook>,
    revision: i64,
    secret: Vec<u8>,
    until: Instant,
) -> DbResult<bool> {
    Ok(tx.execute(ROTATE, args![granted.row().id, revision, secret, until]).await? == 1)
}

/// Takes it away.
pub async fn delete(tx: &Tx, granted: &Granted<Manage, Webhook>, revision: i64) -> DbResult<bool> {
    Ok(tx.execute(DELETE, args![granted.row().id, revision, Vec::<u8>::new()]).await? == 1)
}
