//! `GET /staff/approvals/export`, and the same of the API: who was asked about what and said what, as CSV, streamed.

use app::approvals::overview::{self, Filter, Row};
use app::approvals::page::read_filter;
use app::ctx::Ctx;
use app::doors::Query;
use app::error::AppError;
use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::http::csv;
use crate::layers::ctx::Asker;

/// Approvals read at once: memory does not grow with the list.
const BATCH: i64 = 100;

const HEAD: &str = "approval_id,document_id,title,category,customer,customer_number,version,sha256,state,asked_at,due_at,ended_at,step,person,email,decision,decided_at,comment,read_version\r\n";

/// Serves the export, filtered as the page is.
pub async fn export(Asker(ctx): Asker, uri: Uri) -> Response {
    if ctx.actor.is_anonymous() {
        let to = app::paths::with_next(app::paths::SIGN_IN, app::paths::STAFF_APPROVALS);
        return Redirect::to(&to).into_response();
    }
    of_page(ctx, &uri).await.unwrap_or_else(|error| {
        StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
    })
}

async fn of_page(ctx: Ctx, uri: &Uri) -> Result<Response, AppError> {
    overview::check(&ctx)?;
    let filter = read_filter(&Query::parse(uri.query().unwrap_or_default()))?;
    serve(ctx, filter).await
}

/// The list as a file, whoever asks for it.
pub async fn serve(ctx: Ctx, filter: Filter) -> Result<Response, AppError> {
    let filter = Filter { limit: BATCH, ..filter };
    overview::begin_export(&ctx).await?;
    let batches = futures::stream::try_unfold(Some((ctx, filter, HEAD.to_owned())), |state| async move {
        let Some((ctx, filter, mut text)) = state else { return Ok::<_, std::io::Error>(None) };
        let listed = overview::list(&ctx, filter).await.map_err(std::io::Error::other)?;
        for row in &listed.rows {
            lines(row, &mut text);
        }
        let next = listed.next.map(|after| (ctx, Filter { after: Some(after), ..filter }, String::new()));
        Ok(Some((Bytes::from(text), next)))
    });
    let mut response = Response::new(Body::from_stream(batches));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"approvals.csv\""));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}

/// One line for everybody who was asked.
fn lines(row: &Row, text: &mut String) {
    let approval = &row.round.approval;
    let at = |at: Option<app::time::Instant>| at.map(app::time::Instant::rfc3339).unwrap_or_default();
    for seat in &row.round.seats {
        text.push_str(&csv::line(&[
            approval.id.to_string(),
            approval.document_id.to_string(),
            row.title.clone(),
            row.category.key().to_owned(),
            row.organisation_name.clone(),
            row.organisation_number.clone(),
            approval.version.to_string(),
            approval.sha256_hex(),
            approval.state.name().to_owned(),
            approval.asked_at.rfc3339(),
            approval.due_at.rfc3339(),
            at(approval.ended_at),
            seat.step.to_string(),
            seat.name.clone(),
            seat.email.clone(),
            seat.decision.name().to_owned(),
            at(seat.decided_at),
            seat.comment.clone(),
            seat.read_version.map(|version| version.to_string()).unwrap_or_default(),
        ]));
    }
}
