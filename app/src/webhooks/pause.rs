//! An endpoint that has accepted nothing for days is paused, and whoever made it is told.

use std::time::Duration;

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Tx, args, sql};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::ids::{OrganisationId, UserId, WebhookId};
use crate::mail::{self, Button, Letter, Recipient, Template};
use crate::paths;
use crate::time::Instant;

use super::model::Reason;
use super::service::about;

/// So long nothing was accepted: chance can make the three days of tries a little shorter.
const DAYS: Duration = Duration::from_secs(60 * 3600);

sql! {
    SUCCEEDED = "UPDATE webhooks SET failures = 0, failing_since = NULL, succeeded_at = $2 WHERE id = $1";
    FAILED = "UPDATE webhooks SET failures = failures + $3, failing_since = COALESCE(failing_since, $2) WHERE id = $1 RETURNING name, organisation_id, created_by, failing_since, state";
    PAUSE = "UPDATE webhooks SET state = 'paused', pause_reason = $2, revision = revision + 1 WHERE id = $1 AND state = 'active'";
    /// What was put behind, and never tried, need not wait for its turn.
    FORWARD = "UPDATE webhook_deliveries SET due_at = $2 WHERE webhook_id = $1 AND state = 'waiting' AND attempts = 0 AND claim IS NULL AND due_at > $2";
    /// Whoever made it, if they still keep it; else everybody who does.
    KEEPERS = "SELECT u.id, u.email, u.name, u.locale, u.staff_role IS NOT NULL AS house FROM users u WHERE u.state = 'active' AND (u.staff_role = 'administrator' OR (u.id = $1 AND u.staff_role = 'project_manager' AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = u.id AND s.organisation_id = $2)) \
        OR EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.organisation_id = $2 AND m.role = 'admin' AND m.state = 'active')) ORDER BY CASE WHEN u.id = $1 THEN 0 WHEN u.staff_role IS NULL THEN 1 ELSE 2 END, u.id LIMIT 20";
}

/// How a round of messages went.
#[derive(Clone, Copy, Debug)]
pub(super) struct Round {
    /// One at least was accepted.
    pub accepted: bool,
    /// How many were not.
    pub failed: i64,
    /// One of them was given up.
    pub given_up: bool,
    /// The receiver says that it is gone.
    pub gone: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    name: String,
    organisation_id: Option<OrganisationId>,
    created_by: Option<UserId>,
    failing_since: Option<Instant>,
    state: String,
}

#[derive(sqlx::FromRow)]
struct Keeper {
    id: UserId,
    email: String,
    name: String,
    locale: Option<Locale>,
    house: bool,
}

/// Notes how a round went. `true`: the endpoint is paused now.
pub(super) async fn note(tx: &Tx, ctx: &Ctx, id: WebhookId, round: Round) -> Result<bool, AppError> {
    let now = ctx.now();
    if round.accepted {
        tx.execute(SUCCEEDED, args![id, now]).await?;
        tx.execute(FORWARD, args![id, now]).await?;
        if !round.gone {
            return Ok(false);
        }
    }
    if round.failed == 0 {
        return Ok(false);
    }
    let Some(row): Option<Row> = tx.optional(FAILED, args![id, now, round.failed]).await? else { return Ok(true) };
    if row.state != "active" {
        return Ok(true);
    }
    let long = row.failing_since.is_some_and(|since| since <= now.minus(DAYS));
    let reason = match (round.gone, round.given_up && long) {
        (true, _) => Reason::Gone,
        (false, true) => Reason::Failing,
        (false, false) => return Ok(false),
    };
    tx.execute(PAUSE, args![id, reason.name()]).await?;
    tell(tx, ctx, id, &row, reason).await?;
    let event = about(Event::new("webhook.pause", "webhook", id.0), row.organisation_id);
    audit::record(tx, ctx, event.with("reason", reason.name())).await?;
    Ok(true)
}

async fn tell(tx: &Tx, ctx: &Ctx, id: WebhookId, row: &Row, reason: Reason) -> Result<(), AppError> {
    let keepers: Vec<Keeper> = tx.all(KEEPERS, args![row.created_by, row.organisation_id]).await?;
    let made = keepers.first().filter(|keeper| Some(keeper.id) == row.created_by).map(|_| 1);
    // Nobody made it any more: the customer's own, or staff where there are none.
    let customers = keepers.iter().filter(|keeper| !keeper.house).count();
    let told = made.unwrap_or(if customers > 0 { customers } else { keepers.len() });
    for keeper in keepers.into_iter().take(told) {
        let path = if keeper.house { paths::staff_webhook(id) } else { paths::organisation_webhook(id) };
        let to = Recipient { address: keeper.email, name: keeper.name, locale: keeper.locale.unwrap_or_default() };
        let values = vec![("title", row.name.clone()), ("why", reason.name().to_owned())];
        mail::queue(tx, ctx, Letter { template: Template::WebhookPaused, to, values, button: Button::Path(path) })
            .await?;
    }
    Ok(())
}
