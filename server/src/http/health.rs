//! `/healthz`, `/readyz`, `/metrics`.

use std::time::Duration;

use app::access::Actor;
use app::db::SchemaState;
use app::jobs::service as jobs;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use metrics_exporter_prometheus::PrometheusHandle;
use serde_json::json;

use crate::layers::error_pages::Finished;
use crate::state::AppState;

/// The process is up.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// 200 when everything needed is there; 503 naming what is not.
pub async fn readyz(State(state): State<AppState>) -> Response {
    let limit = Duration::from_secs(8);
    let database = async {
        match tokio::time::timeout(limit, state.db.ping()).await {
            Ok(Ok(())) => None,
            _ => Some("database"),
        }
    };
    let schema = async {
        match tokio::time::timeout(limit, app::db::schema_state(&state.db)).await {
            Ok(Ok(SchemaState::Current)) => None,
            _ => Some("schema"),
        }
    };
    let store = async {
        match tokio::time::timeout(limit, state.files.ping()).await {
            Ok(Ok(())) => None,
            _ => Some("store"),
        }
    };
    let (database, schema, store) = tokio::join!(database, schema, store);
    let stopping = state.stopping.is_set().then_some("stopping");
    let down: Vec<&str> = [database, schema, store, stopping].into_iter().flatten().collect();
    let status = if down.is_empty() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = json!({ "ready": down.is_empty(), "down": down });
    (status, axum::Extension(Finished), Json(body)).into_response()
}

/// Prometheus text.
pub async fn metrics(State(handle): State<Option<PrometheusHandle>>, State(state): State<AppState>) -> Response {
    let Some(handle) = handle else { return StatusCode::NOT_FOUND.into_response() };
    // One cheap read; a database that is away leaves the numbers as they were.
    let ctx = state.ctx(Actor::operator(), "metrics");
    if let Ok(Ok(counts)) = tokio::time::timeout(Duration::from_secs(2), jobs::counts(&ctx)).await {
        for (name, count) in [("waiting", counts.waiting), ("running", counts.running), ("dead", counts.dead)] {
            let age = count.oldest.map_or(0, |at| (ctx.now().0 - at.0).max(0) / 1_000_000);
            #[expect(clippy::cast_precision_loss, reason = "metrics are floating point")]
            let (jobs, age) = (count.jobs as f64, age as f64);
            metrics::gauge!("kontor_jobs", "state" => name).set(jobs);
            metrics::gauge!("kontor_jobs_oldest_seconds", "state" => name).set(age);
        }
    }
    handle.render().into_response()
}
