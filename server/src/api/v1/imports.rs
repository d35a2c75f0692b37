//! `/api/v1/imports`.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use std::collections::BTreeMap;

use app::ctx::Ctx;
use app::error::{AppError, FieldErrors};
use app::files::FileName;
use app::ids::ImportId;
use app::imports::kind::Kind;
use app::imports::mapping::{self, Mapping, Saved};
use app::imports::model::{Options, Run, RunRow, Source, State};
use app::imports::service::{self, NewImport};
use app::imports::values::DayOrder;
use axum::Json;
use axum::extract::{Path, Request};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::documents::file_name;
use super::dto::List;
use super::extract::{Answer, Body, Caller, Params};
use super::organisations::limit;
use crate::api::problem::Problem;
use crate::http::imports as http;
use crate::http::upload::chunks;

/// Filters and paging.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportsQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Only this state: checking, ready, waiting, running, done, failed, undoing or undone.
    state: Option<String>,
}

/// What a file is and what is to be done with it.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReceiveQuery {
    /// organisations, people, orders, order-lines, projects, project-tasks or documents.
    kind: String,
    /// Name of a saved mapping; default auto: columns are known by their names.
    mapping: Option<String>,
    /// Imports it at once; otherwise it is looked through first and waits.
    start: Option<bool>,
    /// Leaves out what is wrong; otherwise nothing is done where anything is.
    skip_bad: Option<bool>,
    /// Of prices that say none (ISO 4217), default EUR.
    currency: Option<String>,
    /// People get an invitation by mail; otherwise they are only known.
    invite: Option<bool>,
    /// Documents are published to their customer; otherwise they are drafts.
    publish: Option<bool>,
}

/// Paging of rows.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RowsQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Only this result: create, change or rejected.
    result: Option<String>,
}

/// How it is to be imported.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StartDto {
    /// Leaves out what is wrong; otherwise nothing is done where anything is.
    #[serde(default)]
    pub skip_bad: bool,
}

/// A run of an import.
#[derive(Serialize, ToSchema)]
pub struct ImportDto {
    /// Id.
    pub id: String,
    /// organisations, people, orders, order-lines, projects, project-tasks or documents.
    pub kind: String,
    /// checking, ready, waiting, running, done, failed, undoing or undone.
    pub state: String,
    /// page, api, command or folder.
    pub source: String,
    /// Who began it; null: the operator at the machine, or the watched folder.
    pub started_by: Option<String>,
    /// The file's name.
    pub file_name: String,
    /// Its bytes.
    pub size: i64,
    /// SHA-256 of them.
    pub sha256: String,
    /// What is wrong is left out.
    pub skip_bad: bool,
    /// Rows that were gone through, and about how many there are.
    pub done: u64,
    /// About how many rows there are.
    pub total: u64,
    /// New ones; of what is only ready, those that would be.
    pub created: i64,
    /// Different ones.
    pub changed: i64,
    /// As they were.
    pub unchanged: i64,
    /// Wrong ones.
    pub rejected: i64,
    /// A word for why it failed or was not undone; null: nothing is the matter.
    pub problem: Option<String>,
    /// The same in words.
    pub problem_text: Option<String>,
    /// It can be undone, unless something else has touched its rows since.
    pub can_be_undone: bool,
    /// When the file came.
    pub created_at: String,
    /// When it was begun.
    pub started_at: Option<String>,
    /// When it ended.
    pub ended_at: Option<String>,
}

impl ImportDto {
    fn new(ctx: &Ctx, run: Run) -> Self {
        let (done, total) = service::progress(ctx, &run);
        let problem = run
            .problem()
            .map(|(word, detail)| (word.to_owned(), app::imports::words::problem(ctx, run.kind, word, detail)));
        let (problem, problem_text) = problem.unzip();
        Self {
            id: run.id.to_string(),
            kind: run.kind.name().to_owned(),
            state: run.state.name().to_owned(),
            source: run.source.name().to_owned(),
            started_by: run.started_by.map(|id| id.to_string()),
            size: run.size,
            sha256: run.sha256_hex(),
            skip_bad: run.options().skip_bad,
            done,
            total,
            created: run.counts.created,
            changed: run.counts.changed,
            unchanged: run.counts.unchanged,
            rejected: run.counts.rejected,
            problem,
            problem_text,
            can_be_undone: run.can_be_undone(),
            created_at: run.created_at.rfc3339(),
            started_at: run.started_at.map(|at| at.rfc3339()),
            ended_at: run.ended_at.map(|at| at.rfc3339()),
            file_name: run.file_name,
        }
    }
}

/// One field that changes.
#[derive(Serialize, ToSchema)]
pub struct RowChangeDto {
    /// Its name.
    pub field: String,
    /// What it was.
    pub old: String,
    /// What it is to be.
    pub new: String,
}

/// What became of a row. Those that change nothing are only counted.
#[derive(Serialize, ToSchema)]
pub struct ImportRowDto {
    /// Line in the file.
    pub line: i64,
    /// What it is about: its number.
    pub number: String,
    /// create, change or rejected.
    pub result: String,
    /// What changed.
    pub changes: Vec<RowChangeDto>,
    /// What is wrong, by field.
    pub errors: BTreeMap<String, String>,
}

impl From<RunRow> for ImportRowDto {
    fn from(row: RunRow) -> Self {
        let detail = row.detail();
        let change = |(field, old, new)| RowChangeDto { field, old, new };
        Self {
            line: row.line,
            number: row.number,
            result: row.result,
            changes: detail.changes.into_iter().map(change).collect(),
            errors: detail.errors.into_iter().collect(),
        }
    }
}

/// A way to read files.
#[derive(Serialize, ToSchema)]
pub struct MappingDto {
    /// Id.
    pub id: String,
    /// organisations, people, orders, order-lines, projects, project-tasks or documents.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Field and the heading of its column; null: columns are known by their names.
    pub columns: Option<BTreeMap<String, String>>,
    /// year_first, day_first or month_first; null: told from the file.
    pub days: Option<String>,
    /// Numbers have a comma before the decimals; null: told from the file.
    pub decimal_comma: Option<bool>,
}

impl From<Saved> for MappingDto {
    fn from(saved: Saved) -> Self {
        let Mapping { columns, days, comma } = saved.mapping();
        Self {
            id: saved.id.to_string(),
            kind: saved.kind.name().to_owned(),
            name: saved.name,
            columns,
            days: days.map(|order| order.name().to_owned()),
            decimal_comma: comma,
        }
    }
}

/// A way to read files, to be kept under a name in place of the one that has it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveMappingDto {
    /// organisations, people, orders, order-lines, projects, project-tasks or documents.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Field and the heading of its column; null: columns are known by their names.
    #[serde(default)]
    pub columns: Option<BTreeMap<String, String>>,
    /// year_first, day_first or month_first; null: told from the file.
    #[serde(default)]
    pub days: Option<String>,
    /// Numbers have a comma before the decimals; null: told from the file.
    #[serde(default)]
    pub decimal_comma: Option<bool>,
}

fn parse_id(text: &str) -> Result<ImportId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

fn bad(text: &str) -> AppError {
    AppError::BadRequest(text.to_owned())
}

async fn found(ctx: &Ctx, id: ImportId) -> Result<Json<ImportDto>, AppError> {
    Ok(Json(ImportDto::new(ctx, service::find(ctx, id).await?)))
}

/// Runs, the newest first.
#[utoipa::path(get, path = "/imports", tag = "imports", operation_id = "list_imports", params(ImportsQuery), responses((status = 200, body = List<ImportDto>), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn list(caller: Caller, Params(query): Params<ImportsQuery>) -> Answer<Json<List<ImportDto>>> {
    let ctx = &caller.0;
    let listed = async {
        let state = query.state.as_deref().map(|text| State::parse(text).ok_or_else(|| bad("state: unknown")));
        let before = query.cursor.as_deref().map(|text| text.parse().map_err(|_| bad("cursor: not one of ours")));
        let (runs, more) = service::list(ctx, state.transpose()?, before.transpose()?, limit(query.limit)?).await?;
        let next = runs.last().filter(|_| more).map(|last| last.id.to_string());
        Ok::<_, AppError>(List { items: runs.into_iter().map(|run| ImportDto::new(ctx, run)).collect(), next })
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// Takes a file in: the raw bytes (CSV, XLSX or JSON, told from the content; for documents a zip of their files and a list of them) with `X-Filename`. It is looked through, and
/// imported at once only with `start`.
#[utoipa::path(post, path = "/imports", tag = "imports", operation_id = "receive_import", request_body(content = Vec<u8>, content_type = "application/octet-stream"), params(ReceiveQuery, ("X-Filename" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = ImportDto), (status = 400, body = Problem), (status = 403, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub async fn receive(mut caller: Caller, Params(query): Params<ReceiveQuery>, request: Request) -> Answer<Response> {
    let headers = request.headers().clone();
    let of = |name: &str| headers.get(name).map(|v| v.as_bytes().to_vec()).unwrap_or_default();
    let asked = request.uri().query().unwrap_or_default().as_bytes().to_vec();
    caller.idempotent(&headers, &[b"POST /imports", &asked, &of("x-filename"), &of("content-length")])?;
    let ctx = &caller.0;
    let received = async {
        // The policy before the first byte.
        service::check(ctx)?;
        let kind = Kind::parse(&query.kind).ok_or_else(|| bad("kind: unknown"))?;
        let new = NewImport {
            kind,
            name: FileName::parse(&file_name(&of("x-filename"))),
            source: Source::Api,
            mapping: mapping::named(ctx, kind, query.mapping.as_deref().unwrap_or("auto")).await?,
            options: Options {
                skip_bad: query.skip_bad.unwrap_or(false),
                currency: service::currency(ctx, query.currency.as_deref().unwrap_or_default())?,
                invite: query.invite.unwrap_or(false),
                publish: query.publish.unwrap_or(false),
                ..Options::default()
            },
            start: query.start.unwrap_or(false),
        };
        let id = service::receive(ctx, new, chunks(request.into_body().into_data_stream())).await?;
        let mut response = (StatusCode::CREATED, found(ctx, id).await?).into_response();
        if let Ok(value) = HeaderValue::from_str(&format!("/api/v1/imports/{id}")) {
            response.headers_mut().insert(LOCATION, value);
        }
        Ok::<_, AppError>(response)
    };
    received.await.map_err(|e| caller.refuse(&e))
}

/// One run.
#[utoipa::path(get, path = "/imports/{id}", tag = "imports", operation_id = "find_import", params(("id" = String, Path)), responses((status = 200, body = ImportDto), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(id): Path<String>) -> Answer<Json<ImportDto>> {
    let one = async { found(&caller.0, parse_id(&id)?).await };
    one.await.map_err(|e| caller.refuse(&e))
}

/// What became of its rows, in their order; of what is only ready, what would.
#[utoipa::path(get, path = "/imports/{id}/rows", tag = "imports", operation_id = "list_import_rows", params(("id" = String, Path), RowsQuery), responses((status = 200, body = List<ImportRowDto>), (status = 400, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn rows(
    caller: Caller,
    Path(id): Path<String>,
    Params(query): Params<RowsQuery>,
) -> Answer<Json<List<ImportRowDto>>> {
    let ctx = &caller.0;
    let listed = async {
        let run = service::find(ctx, parse_id(&id)?).await?;
        let result = query.result.as_deref();
        if result.is_some_and(|result| !["create", "change", "rejected"].contains(&result)) {
            return Err(bad("result: unknown"));
        }
        let after = query.cursor.as_deref().map(|text| text.parse().map_err(|_| bad("cursor: not one of ours")));
        let (rows, more) = service::rows(ctx, &run, result, after.transpose()?, limit(query.limit)?).await?;
        let next = rows.last().filter(|_| more).map(|last| last.position.to_string());
        Ok::<_, AppError>(List { items: rows.into_iter().map(ImportRowDto::from).collect(), next })
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// The same as CSV.
#[utoipa::path(get, path = "/imports/{id}/report.csv", tag = "imports", operation_id = "import_report", params(("id" = String, Path)), responses((status = 200, content_type = "text/csv", body = String), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn report(caller: Caller, Path(id): Path<String>) -> Answer<Response> {
    http::serve(caller.0.clone(), &id).await.map_err(|e| caller.refuse(&e))
}

/// Imports a file that was looked through.
#[utoipa::path(post, path = "/imports/{id}/start", tag = "imports", operation_id = "start_import", request_body = StartDto, params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)), responses((status = 200, body = ImportDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn start(
    mut caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<StartDto>,
) -> Answer<Json<ImportDto>> {
    caller.idempotent(&headers, &[b"POST /imports/start", id.as_bytes(), &body.raw])?;
    let started = async {
        let id = parse_id(&id)?;
        service::start(&caller.0, id, body.value.skip_bad).await?;
        found(&caller.0, id).await
    };
    started.await.map_err(|e| caller.refuse(&e))
}

/// Imports a file again that failed or was undone: one that was cut off goes on, another is looked through anew.
#[utoipa::path(post, path = "/imports/{id}/again", tag = "imports", operation_id = "import_again", params(("id" = String, Path)), responses((status = 200, body = ImportDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn again(caller: Caller, Path(id): Path<String>) -> Answer<Json<ImportDto>> {
    let again = async {
        let id = parse_id(&id)?;
        service::again(&caller.0, id).await?;
        found(&caller.0, id).await
    };
    again.await.map_err(|e| caller.refuse(&e))
}

/// Takes an import back, unless something else has touched its rows since: then `problem` says so.
#[utoipa::path(post, path = "/imports/{id}/undo", tag = "imports", operation_id = "undo_import", params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)), responses((status = 200, body = ImportDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn undo(mut caller: Caller, Path(id): Path<String>, headers: HeaderMap) -> Answer<Json<ImportDto>> {
    caller.idempotent(&headers, &[b"POST /imports/undo", id.as_bytes()])?;
    let undone = async {
        let id = parse_id(&id)?;
        service::undo(&caller.0, id).await?;
        found(&caller.0, id).await
    };
    undone.await.map_err(|e| caller.refuse(&e))
}

/// Forgets a file that nothing was imported of.
#[utoipa::path(delete, path = "/imports/{id}", tag = "imports", operation_id = "discard_import", params(("id" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn discard(caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    let discarded = async { service::discard(&caller.0, parse_id(&id)?).await };
    discarded.await.map_err(|e| caller.refuse(&e))?;
    Ok(StatusCode::NO_CONTENT)
}

/// The ways to read files that are kept.
#[utoipa::path(get, path = "/import-mappings", tag = "imports", operation_id = "list_import_mappings", responses((status = 200, body = List<MappingDto>), (status = 403, body = Problem)))]
pub async fn mappings(caller: Caller) -> Answer<Json<List<MappingDto>>> {
    let saved = mapping::all(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    Ok(Json(List::whole(saved)))
}

/// Keeps a way to read files under a name, in place of the one that has it.
#[utoipa::path(post, path = "/import-mappings", tag = "imports", operation_id = "save_import_mapping", request_body = SaveMappingDto, responses((status = 200, body = MappingDto), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn save_mapping(caller: Caller, body: Body<SaveMappingDto>) -> Answer<Json<MappingDto>> {
    let ctx = &caller.0;
    let saved = async {
        service::check(ctx)?;
        let sent = body.value;
        let mut errors = FieldErrors::default();
        let kind = Kind::parse(&sent.kind);
        if kind.is_none() {
            errors.add("kind", ctx.t("imports-error-kind"));
        }
        let unknown = |field: &&String| kind.is_some_and(|kind| kind.field(field).is_none());
        for field in sent.columns.iter().flat_map(BTreeMap::keys).filter(unknown) {
            errors.add("columns", ctx.with("imports-error-field", &[("field", field.clone().into())]));
        }
        let days = sent.days.as_deref().map(DayOrder::parse);
        if days == Some(None) {
            errors.add("days", ctx.t("imports-error-days"));
        }
        errors.into_result()?;
        let kind = kind.ok_or(AppError::Internal)?;
        let wanted = Mapping { columns: sent.columns, days: days.flatten(), comma: sent.decimal_comma };
        let name = mapping::save(ctx, kind, &sent.name, &wanted).await?;
        mapping::find(&ctx.db, kind, &name).await?.ok_or(AppError::NotFound)
    };
    Ok(Json(saved.await.map_err(|e: AppError| caller.refuse(&e))?.into()))
}

/// Forgets a way to read files.
#[utoipa::path(delete, path = "/import-mappings/{id}", tag = "imports", operation_id = "forget_import_mapping", params(("id" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn forget_mapping(caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    let forgotten = async { mapping::forget(&caller.0, id.parse().map_err(|_| AppError::NotFound)?).await };
    forgotten.await.map_err(|e: AppError| caller.refuse(&e))?;
    Ok(StatusCode::NO_CONTENT)
}
