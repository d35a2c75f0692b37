//! `GET /staff/audit/export`: the trail as CSV or as lines of JSON, streamed. What REST sends is the same. Without a fresh
//! proof people are asked for one and come back to the page, as it was filtered.

use app::audit::EventRow;
use app::audit::search::{self, Filter};
use app::ctx::Ctx;
use app::doors::{Form, Query};
use app::error::AppError;
use app::staff::audit_page::{address, read};
use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};

use crate::http::csv;
use crate::layers::ctx::Asker;

/// Events read at once: memory does not grow with the trail.
const BATCH: i64 = 500;

/// Serves the export.
pub async fn export(Asker(ctx): Asker, uri: Uri) -> Response {
    if ctx.actor.is_anonymous() {
        let to = app::paths::with_next(app::paths::SIGN_IN, app::paths::STAFF_AUDIT);
        return axum::response::Redirect::to(&to).into_response();
    }
    match serve(ctx.clone(), &uri).await {
        Ok(response) => response,
        Err(error @ AppError::ProofNeeded) => prove(&ctx, &uri, error),
        Err(error) => refused(&error),
    }
}

fn refused(error: &AppError) -> Response {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}

/// As every form: to prove who they are, and back.
fn prove(ctx: &Ctx, uri: &Uri, error: AppError) -> Response {
    let query = Query::parse(uri.query().unwrap_or_default());
    let page = address(app::paths::STAFF_AUDIT, &query, &[]);
    match Form::on("audit-export", page).outcome(ctx, Err(error)) {
        Ok((path, _)) => axum::response::Redirect::to(&path).into_response(),
        Err(error) => refused(&error),
    }
}

async fn serve(ctx: Ctx, uri: &Uri) -> Result<Response, AppError> {
    search::check(&ctx)?;
    let query = Query::parse(uri.query().unwrap_or_default());
    let as_csv = match query.get("format").unwrap_or("csv") {
        "csv" => true,
        "jsonl" => false,
        _ => return Err(AppError::NotFound),
    };
    let (filter, errors) = read(&ctx, &query).await?;
    errors.into_result()?;
    file(ctx, filter, as_csv).await
}

/// The file, for the page and REST alike: CSV or lines of JSON, with the export on record before the first line leaves.
pub async fn file(ctx: Ctx, filter: Filter, as_csv: bool) -> Result<Response, AppError> {
    search::begin_export(&ctx, if as_csv { "csv" } else { "jsonl" }).await?;
    let head = if as_csv { HEAD.to_owned() } else { String::new() };
    let batches = futures::stream::try_unfold(Some((ctx, filter, head)), move |state| async move {
        let Some((ctx, filter, mut text)) = state else { return Ok::<_, std::io::Error>(None) };
        let events = search::search(&ctx, &filter, BATCH).await.map_err(std::io::Error::other)?;
        for event in &events {
            text.push_str(&if as_csv { csv_line(event) } else { json_line(event) });
        }
        let more = events.len() >= usize::try_from(BATCH).unwrap_or(usize::MAX);
        let last = events.last().map(|event| event.sequence).filter(|_| more);
        let next = last.map(|before| (ctx, Filter { before, ..filter }, String::new()));
        Ok(Some((Bytes::from(text), next)))
    });
    let mut response = Response::new(Body::from_stream(batches));
    let (kind, name) = if as_csv {
        ("text/csv; charset=utf-8", "attachment; filename=\"audit.csv\"")
    } else {
        ("application/x-ndjson", "attachment; filename=\"audit.jsonl\"")
    };
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(CONTENT_DISPOSITION, HeaderValue::from_static(name));
    Ok(response)
}

const HEAD: &str =
    "sequence,at,actor_kind,actor_id,action,object_kind,object_id,organisation_id,detail,request_id,hash\r\n";

fn fields(event: &EventRow) -> [(&'static str, String); 11] {
    let id = |id: Option<uuid::Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    [
        ("sequence", event.sequence.to_string()),
        ("at", event.at.rfc3339()),
        ("actor_kind", event.actor_kind.clone()),
        ("actor_id", id(event.actor_id)),
        ("action", event.action.clone()),
        ("object_kind", event.object_kind.clone()),
        ("object_id", id(event.object_id)),
        ("organisation_id", id(event.organisation_id)),
        ("detail", event.detail.clone()),
        ("request_id", event.request_id.clone()),
        ("hash", app::documents::model::hex(&event.hash)),
    ]
}

fn csv_line(event: &EventRow) -> String {
    csv::line(&fields(event).map(|(_, value)| value))
}

fn json_line(event: &EventRow) -> String {
    let object: serde_json::Map<String, serde_json::Value> =
        fields(event).into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    format!("{}\n", serde_json::Value::Object(object))
}
