//! `kontor serve`.

use std::sync::Arc;

use app::access::Actor;
use app::db::DbOptions;
use app::notifications;
use app::search::index as search;
use app::webhooks;

use super::Outcome;
use crate::config::Config;
use crate::router::router;
use crate::serve::{serve, signal};
use crate::state::AppState;
use crate::telemetry;

pub async fn run(config: Config) -> Outcome {
    telemetry::start_log(&config);
    let metrics = telemetry::start_metrics();
    let addr = config.addr;
    let (state, _claim) = AppState::open(config, true).await?;
    let listener = tokio::net::TcpListener::bind(addr).await.map_err(|e| format!("KONTOR_ADDR: {addr}: {e}"))?;
    let addr = listener.local_addr().map_err(|e| e.to_string())?;
    let told = signal();
    tracing::info!(%addr, database = state.db.engine_name(), store = state.files.kind(), "ready");
    // Only this process works on an SQLite file.
    let alone = matches!(state.config.database, DbOptions::Sqlite(_));
    let (stop_work, stopped) = tokio::sync::watch::channel(false);
    let work = tokio::spawn(Arc::new(state.worker()).run(alone, stopped));
    let index = tokio::spawn(search::keep(state.ctx(Actor::operator(), "search"), stop_work.subscribe()));
    let post = tokio::spawn(notifications::run::keep(state.ctx(Actor::operator(), "notify"), stop_work.subscribe()));
    let live = state.portal.live.clone();
    let listening = tokio::spawn(live.clone().listen(state.db.clone()));
    let webhooks =
        tokio::spawn(webhooks::spread::keep(state.ctx(Actor::operator(), "webhooks"), stop_work.subscribe()));
    if let Some(handle) = metrics.clone() {
        // Folds samples together also while nobody reads them.
        tokio::spawn(async move {
            let mut interval = tokio::time::interval(std::time::Duration::from_secs(5));
            loop {
                interval.tick().await;
                handle.run_upkeep();
            }
        });
    }
    let stop = async {
        told.await;
        // Requests and jobs end at the same time.
        let _ = stop_work.send(true);
        // Browsers come back to another node.
        live.stop();
    };
    serve(listener, router(state.clone(), metrics), state.stopping.clone(), stop).await;
    let _ = tokio::join!(work, index, webhooks, post, listening);
    state.db.close().await;
    tracing::info!("stopped");
    Ok(())
}
