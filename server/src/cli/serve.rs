//! `kontor serve`.

use super::Outcome;
use crate::config::Config;
use crate::router::router;
use crate::serve::{serve, signal};
use crate::state::AppState;
use crate::{sweep, telemetry};

pub async fn run(config: Config) -> Outcome {
    telemetry::start_log(&config);
    let metrics = telemetry::start_metrics();
    let addr = config.addr;
    let (state, _claim) = AppState::open(config, true).await?;
    let listener = tokio::net::TcpListener::bind(addr).await.map_err(|e| format!("KONTOR_ADDR: {addr}: {e}"))?;
    let addr = listener.local_addr().map_err(|e| e.to_string())?;
    tracing::info!(%addr, database = state.db.engine_name(), store = state.files.kind(), "ready");
    let sweeper = tokio::spawn(sweep::run(state.clone()));
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
    serve(listener, router(state.clone(), metrics), state.stopping.clone(), signal()).await;
    sweeper.abort();
    state.db.close().await;
    tracing::info!("stopped");
    Ok(())
}
