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
use crate::supervise::supervise;
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
    let worker = Arc::new(state.worker());
    let work = supervise("jobs", &stopped, move |stop| worker.clone().run(alone, stop));
    let ctx = state.ctx(Actor::operator(), "search");
    let index = supervise("search", &stopped, move |stop| search::keep(ctx.clone(), stop));
    let ctx = state.ctx(Actor::operator(), "notify");
    let post = supervise("notify", &stopped, move |stop| notifications::run::keep(ctx.clone(), stop));
    let ctx = state.ctx(Actor::operator(), "webhooks");
    let webhooks = supervise("webhooks", &stopped, move |stop| webhooks::spread::keep(ctx.clone(), stop));
    let live = state.portal.live.clone();
    let (hub, db) = (live.clone(), state.db.clone());
    let listening = supervise("listen", &stopped, move |_| hub.clone().listen(db.clone()));
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
