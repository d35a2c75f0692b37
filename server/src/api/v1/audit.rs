//! `/api/v1/audit-chain` and `/api/v1/audit-events/export`: the trail as a whole.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::audit::search;
use app::error::AppError;
use axum::Json;
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::administration::EventsQuery;
use super::extract::{Answer, Caller, Params};
use crate::api::problem::Problem;
use crate::http::audit as file;

/// How far the chain of events goes, and what the last walk along it found.
#[derive(Serialize, ToSchema)]
pub struct AuditChainDto {
    /// The place of its last event.
    pub sequence: i64,
    /// The last walk; null where nobody has asked for one yet.
    pub verified: Option<AuditVerificationDto>,
}

/// A walk along the chain.
#[derive(Serialize, ToSchema)]
pub struct AuditVerificationDto {
    /// RFC 3339.
    pub at: String,
    /// Every link holds.
    pub intact: bool,
    /// How far it went, or the place of the first link that does not hold.
    pub sequence: i64,
    /// Why that link does not hold.
    pub problem: Option<String>,
    /// Who asked for it; null for the operator at the machine.
    pub by: Option<String>,
}

/// How far the chain goes, and whether it held when it was last looked at.
#[utoipa::path(get, path = "/audit-chain", tag = "audit", operation_id = "find_audit_chain", responses((status = 200, body = AuditChainDto), (status = 403, body = Problem)))]
pub async fn chain(caller: Caller) -> Answer<Json<AuditChainDto>> {
    let (sequence, last) = search::chain(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    let verified = last.map(|walk| AuditVerificationDto {
        at: walk.at.rfc3339(),
        intact: walk.problem.is_empty(),
        sequence: walk.sequence,
        problem: Some(walk.problem).filter(|text| !text.is_empty()),
        by: walk.by_name,
    });
    Ok(Json(AuditChainDto { sequence, verified }))
}

/// Has the whole chain walked, in the background. What it finds stands at `/audit-chain` afterwards.
#[utoipa::path(post, path = "/audit-chain/verify", tag = "audit", operation_id = "verify_audit_chain", responses((status = 202, description = "Asked for"), (status = 403, body = Problem)))]
pub async fn verify(caller: Caller) -> Answer<StatusCode> {
    search::request_verification(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    Ok(StatusCode::ACCEPTED)
}

/// Filters of an export, as those of the list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportEventsQuery {
    /// csv or jsonl (a line of JSON for each event); default csv.
    format: Option<String>,
    /// Who did it.
    actor_id: Option<String>,
    /// To which thing.
    object_id: Option<String>,
    /// Of which customer.
    organisation_id: Option<String>,
    /// What, such as `document.publish`.
    action: Option<String>,
    /// Not before: RFC 3339.
    from: Option<String>,
    /// Before: RFC 3339.
    to: Option<String>,
}

/// The trail as a file, newest first, streamed. The export itself is in it.
#[utoipa::path(get, path = "/audit-events/export", tag = "audit", operation_id = "export_audit_events", params(ExportEventsQuery), responses((status = 200, content_type = "application/octet-stream", description = "CSV, or lines of JSON"), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn export(caller: Caller, Params(query): Params<ExportEventsQuery>) -> Answer<Response> {
    let ExportEventsQuery { format, actor_id, object_id, organisation_id, action, from, to } = query;
    let list = EventsQuery { limit: None, cursor: None, actor_id, object_id, organisation_id, action, from, to };
    let made = async {
        search::check(&caller.0)?;
        let as_csv = match format.as_deref() {
            None | Some("csv") => true,
            Some("jsonl") => false,
            Some(_) => return Err(AppError::BadRequest("format: csv or jsonl".into())),
        };
        file::file(caller.0.clone(), list.filter()?, as_csv).await
    };
    made.await.map_err(|e| caller.refuse(&e))
}
