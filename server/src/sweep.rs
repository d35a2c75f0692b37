//! Housekeeping while the server runs: uploads a crash left behind, ended sessions, old keys and counts.

use std::time::Duration;

use app::access::Actor;
use app::documents::upload;
use app::sign_in::{sessions, throttle};

use crate::state::AppState;

/// How often.
const EVERY: Duration = Duration::from_secs(3600);
/// An upload that began this long ago and has no row has failed.
const STALE: Duration = Duration::from_secs(24 * 3600);

/// One round. Each part stands alone: one that fails is tried again in the next round.
pub async fn round(state: &AppState) {
    let ctx = state.ctx(Actor::operator(), "sweep");
    let now = state.clock.now();
    match upload::sweep(&ctx, now.minus(STALE)).await {
        Ok(0) => {}
        Ok(swept) => tracing::info!(swept, "orphaned uploads removed"),
        Err(error) => tracing::warn!(%error, "sweep of uploads"),
    }
    if let Err(error) = sessions::purge(&state.db, state.portal.sessions, now).await {
        tracing::warn!(%error, "purge of sessions");
    }
    if let Err(error) = throttle::purge(&state.db, now).await {
        tracing::warn!(%error, "purge of throttles");
    }
    if let Err(error) = app::idempotency::purge(&state.db, now).await {
        tracing::warn!(%error, "purge of idempotency keys");
    }
}

/// Rounds until the server stops.
pub async fn run(state: AppState) {
    let mut interval = tokio::time::interval(EVERY);
    loop {
        interval.tick().await;
        if state.stopping.is_set() {
            return;
        }
        round(&state).await;
    }
}
