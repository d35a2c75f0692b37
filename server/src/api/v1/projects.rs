//! `/api/v1/projects`.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::ctx::Ctx;
use app::day::Day;
use app::error::{AppError, FieldErrors};
use app::export::Format;
use app::ids::ProjectId;
use app::projects::input::Input;
use app::projects::list::{self as projects, Sort, Wanted};
use app::projects::model::{Project, Which};
use app::projects::{audience, people, service, take};
use app::search::list::typed;
use axum::Json;
use axum::extract::Path;
use axum::http::header::{ETAG, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::dto::{List, ReaderDto, readers};
use super::extract::{Answer, Body, Caller, Params, if_match};
use super::order_dto::TakenDto;
use super::orders::ResultsDto;
use super::organisations::{Paging, limit};
use super::project_dto::{MilestoneDto, ProjectDto, ProjectPersonDto, SaveProjectDto, milestones, taken};
use crate::api::problem::Problem;
use crate::http::projects as file;

/// The most projects of one call.
const BATCH: usize = 500;

/// Filters and paging.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProjectsQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// open (the soonest first), closed (the last first) or all; default all.
    which: Option<String>,
    /// Only with this status, by its key.
    status: Option<String>,
    /// Only of this customer.
    organisation_id: Option<String>,
    /// Only what has these words: number, title, description or the title of a milestone begin with each of them. Projects
    /// with exactly this number come first, then those that were changed last.
    search: Option<String>,
    /// Only open ones whose next step or last day has passed, what passed first first.
    overdue: Option<bool>,
    /// What comes next, or what is over, on this day or later, such as 2026-11-22.
    from: Option<String>,
    /// What comes next, or what is over, on this day or earlier.
    to: Option<String>,
    /// soonest or latest (first). Not for what is looked for, nor for what is overdue.
    sort: Option<String>,
}

/// Filters of an export, as those of the list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// csv or xlsx; default csv.
    format: Option<String>,
    /// open, closed or all; default all.
    which: Option<String>,
    /// Only with this status, by its key.
    status: Option<String>,
    /// Only of this customer.
    organisation_id: Option<String>,
    /// Only what has these words.
    search: Option<String>,
    /// Only open ones that are late.
    overdue: Option<bool>,
    /// What comes next, or what is over, on this day or later.
    from: Option<String>,
    /// What comes next, or what is over, on this day or earlier.
    to: Option<String>,
    /// soonest or latest (first).
    sort: Option<String>,
}

/// Several projects, by `external_id` or short name: those that are there are changed, the others are new.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectsDto {
    /// At most 500.
    pub projects: Vec<SaveProjectDto>,
}

/// Every milestone.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MilestonesDto {
    /// In their order.
    pub milestones: Vec<MilestoneDto>,
    /// Why they change; the customer reads it.
    #[serde(default)]
    pub reason: String,
}

/// The id in a path.
pub(super) fn parse_id(text: &str) -> Result<ProjectId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

fn bad(text: &str) -> AppError {
    AppError::BadRequest(text.to_owned())
}

/// An answer with its revision as ETag.
pub(super) fn tag(mut response: Response, revision: i64) -> Response {
    if let Ok(etag) = HeaderValue::from_str(&format!("\"{revision}\"")) {
        response.headers_mut().insert(ETAG, etag);
    }
    response
}

async fn tagged(ctx: &Ctx, status: StatusCode, row: Project) -> Result<Response, AppError> {
    let milestones = service::milestones(ctx, &row).await?;
    let revision = row.project_revision;
    Ok(tag((status, Json(ProjectDto::new(row, milestones))).into_response(), revision))
}

/// What a query asks for.
async fn wanted(ctx: &Ctx, query: &ProjectsQuery) -> Result<Wanted, AppError> {
    let statuses = service::statuses(ctx).await?;
    let which = match (query.status.as_deref(), query.which.as_deref()) {
        (Some(key), None) if statuses.iter().any(|s| s.key == key) => Which::Open,
        (Some(_), None) => return Err(bad("status: unknown")),
        (Some(_), Some(_)) => return Err(bad("status and which: only one of them")),
        (None, None | Some("all")) => Which::All,
        (None, Some("open")) => Which::Open,
        (None, Some("closed")) => Which::Closed,
        (None, Some(_)) => return Err(bad("which: unknown")),
    };
    let parse = |name: &str, text: &Option<String>| {
        text.as_deref().map(|text| text.parse::<Day>().map_err(|()| bad(&format!("{name}: not a day")))).transpose()
    };
    let sort = query.sort.as_deref().map(|name| Sort::parse(name).ok_or_else(|| bad("sort: unknown"))).transpose()?;
    let (search, overdue) = (typed(query.search.as_deref()), query.overdue.unwrap_or(false));
    if sort.is_some() && (search.is_some() || overdue) {
        return Err(bad("sort: what is looked for or overdue has an order of its own"));
    }
    let only = query.organisation_id.as_deref().map(|id| id.parse().map_err(|_| bad("organisation_id: not an id")));
    Ok(Wanted {
        search,
        which,
        status: query.status.clone(),
        overdue,
        from: parse("from", &query.from)?,
        to: parse("to", &query.to)?,
        organisation: only.transpose()?,
        sort: sort.unwrap_or_else(|| Sort::usual(which, query.status.as_deref(), &statuses)),
        after: query.cursor.clone(),
        limit: limit(query.limit)?,
    })
}

/// Projects: what is open the soonest first, anything else the last first.
#[utoipa::path(get, path = "/projects", tag = "projects", operation_id = "list_projects", params(ProjectsQuery), responses((status = 200, body = List<ProjectDto>), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn list(caller: Caller, Params(query): Params<ProjectsQuery>) -> Answer<Json<List<ProjectDto>>> {
    let ctx = &caller.0;
    let listed = async { projects::list(ctx, &wanted(ctx, &query).await?).await };
    let page = listed.await.map_err(|e| caller.refuse(&e))?;
    let items = page.items.into_iter().map(|row| ProjectDto::new(row, Vec::new())).collect();
    Ok(Json(List { items, next: page.next }))
}

/// The list as a file for a spreadsheet, with headings in the caller's language: at most 100,000 projects.
#[utoipa::path(get, path = "/projects/export", tag = "projects", operation_id = "export_projects", params(ExportQuery), responses((status = 200, content_type = "application/octet-stream"), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn export(caller: Caller, Params(query): Params<ExportQuery>) -> Answer<Response> {
    let ctx = &caller.0;
    let ExportQuery { format, which, status, organisation_id, search, overdue, from, to, sort } = query;
    let list =
        ProjectsQuery { limit: None, cursor: None, which, status, organisation_id, search, overdue, from, to, sort };
    let made = async {
        let format = Format::parse(format.as_deref().unwrap_or("csv")).ok_or_else(|| bad("format: unknown"))?;
        file::serve(ctx, wanted(ctx, &list).await?, format).await
    };
    made.await.map_err(|e| caller.refuse(&e))
}

/// One project, with its milestones.
#[utoipa::path(get, path = "/projects/{id}", tag = "projects", operation_id = "find_project", params(("id" = String, Path)), responses((status = 200, body = ProjectDto), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(id): Path<String>) -> Answer<Response> {
    let ctx = &caller.0;
    let found = async { tagged(ctx, StatusCode::OK, service::find(ctx, parse_id(&id)?).await?).await };
    found.await.map_err(|e| caller.refuse(&e))
}

fn keeps(ctx: &Ctx) -> Result<(), AppError> {
    if service::may_manage_any(ctx) { Ok(()) } else { Err(AppError::Forbidden) }
}

/// Makes a project.
#[utoipa::path(post, path = "/projects", tag = "projects", operation_id = "create_project", request_body = SaveProjectDto, params(("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = ProjectDto), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn create(mut caller: Caller, headers: HeaderMap, body: Body<SaveProjectDto>) -> Answer<Response> {
    caller.idempotent(&headers, &[b"POST /projects", &body.raw])?;
    let ctx = &caller.0;
    let created = async {
        keeps(ctx)?;
        let input = body.value.into_input(ctx).map_err(AppError::Invalid)?;
        let id = take::create(ctx, input).await?;
        let mut response = tagged(ctx, StatusCode::CREATED, service::find(ctx, id).await?).await?;
        if let Ok(value) = HeaderValue::from_str(&format!("/api/v1/projects/{id}")) {
            response.headers_mut().insert(LOCATION, value);
        }
        Ok::<_, AppError>(response)
    };
    created.await.map_err(|e| caller.refuse(&e))
}

async fn change(ctx: &Ctx, row: Project, headers: &HeaderMap, sent: SaveProjectDto) -> Result<Response, AppError> {
    if !service::may(ctx, &row).manage {
        return Err(AppError::Forbidden);
    }
    let revision = if_match(headers, true)?;
    let mut input = sent.into_input(ctx).map_err(AppError::Invalid)?;
    input.organisation = Some(row.organisation_id.to_string());
    input.external_id = input.external_id.or_else(|| row.external_id.clone());
    input.revision = revision;
    take::change(ctx, &row, input).await?;
    tagged(ctx, StatusCode::OK, service::find(ctx, row.id).await?).await
}

/// Changes a project. What is not said stays as it is; milestones are replaced as a whole.
#[utoipa::path(patch, path = "/projects/{id}", tag = "projects", operation_id = "edit_project", request_body = SaveProjectDto, params(("id" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = ProjectDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn edit(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<SaveProjectDto>,
) -> Answer<Response> {
    let ctx = &caller.0;
    let edited = async {
        // What is not visible is not found, whatever else is wrong with the request.
        let row = service::find(ctx, parse_id(&id)?).await?;
        change(ctx, row, &headers, body.value).await
    };
    edited.await.map_err(|e| caller.refuse(&e))
}

/// Its milestones.
#[utoipa::path(get, path = "/projects/{id}/milestones", tag = "projects", operation_id = "list_milestones", params(("id" = String, Path)), responses((status = 200, body = List<MilestoneDto>), (status = 404, body = Problem)))]
pub async fn list_milestones(caller: Caller, Path(id): Path<String>) -> Answer<Json<List<MilestoneDto>>> {
    let ctx = &caller.0;
    let listed = async {
        let rows = service::milestones(ctx, &service::find(ctx, parse_id(&id)?).await?).await?;
        Ok::<_, AppError>(List { items: rows.into_iter().map(MilestoneDto::from).collect(), next: None })
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// Replaces its milestones as a whole.
#[utoipa::path(put, path = "/projects/{id}/milestones", tag = "projects", operation_id = "set_milestones", request_body = MilestonesDto, params(("id" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = ProjectDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn set_milestones(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<MilestonesDto>,
) -> Answer<Response> {
    let ctx = &caller.0;
    let set = async {
        let row = service::find(ctx, parse_id(&id)?).await?;
        if !service::may(ctx, &row).manage {
            return Err(AppError::Forbidden);
        }
        let revision = if_match(&headers, true)?;
        let mut errors = FieldErrors::default();
        let rows = milestones(ctx, body.value.milestones, &mut errors);
        errors.into_result()?;
        let input = Input { milestones: Some(rows), reason: body.value.reason, revision, ..Input::default() };
        take::change(ctx, &row, input).await?;
        tagged(ctx, StatusCode::OK, service::find(ctx, row.id).await?).await
    };
    set.await.map_err(|e| caller.refuse(&e))
}

/// Takes many projects at once, with a result for each: what is right is done, whatever is wrong with the others. Sending
/// the same again changes nothing.
#[utoipa::path(post, path = "/projects/batch", tag = "projects", operation_id = "take_projects", request_body = ProjectsDto, responses((status = 200, body = ResultsDto), (status = 400, body = Problem), (status = 403, body = Problem), (status = 409, body = Problem)))]
pub async fn batch(caller: Caller, body: Body<ProjectsDto>) -> Answer<Json<ResultsDto>> {
    let ctx = &caller.0;
    let done = async {
        keeps(ctx)?;
        if body.value.projects.len() > BATCH {
            return Err(bad("projects: at most 500"));
        }
        let sent: Vec<Result<Input, FieldErrors>> =
            body.value.projects.into_iter().map(|project| project.into_input(ctx)).collect();
        let good: Vec<Input> = sent.iter().flatten().cloned().collect();
        let mut done = take::take(ctx, good).await?.into_iter();
        let results = sent.into_iter().map(|input| match input {
            Ok(_) => done.next().map_or_else(|| TakenDto::refused(&FieldErrors::default()), taken),
            Err(errors) => TakenDto::refused(&errors),
        });
        Ok::<_, AppError>(ResultsDto { results: results.collect() })
    };
    Ok(Json(done.await.map_err(|e| caller.refuse(&e))?))
}

/// Who is on it, on both sides.
#[utoipa::path(get, path = "/projects/{id}/people", tag = "projects", operation_id = "list_project_people", params(("id" = String, Path)), responses((status = 200, body = List<ProjectPersonDto>), (status = 404, body = Problem)))]
pub async fn list_people(caller: Caller, Path(id): Path<String>) -> Answer<Json<List<ProjectPersonDto>>> {
    let ctx = &caller.0;
    let listed = async {
        let (customers, staff) = service::people(ctx, &service::find(ctx, parse_id(&id)?).await?).await?;
        let items = customers.into_iter().chain(staff).map(ProjectPersonDto::from).collect();
        Ok::<_, AppError>(List { items, next: None })
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// Puts somebody on it: of the customer, or of the staff who see it.
#[utoipa::path(put, path = "/projects/{id}/people/{person}", tag = "projects", operation_id = "add_project_person", params(("id" = String, Path), ("person" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn add_person(caller: Caller, Path((id, person)): Path<(String, String)>) -> Answer<StatusCode> {
    let ctx = &caller.0;
    let done = async {
        let project = service::find(ctx, parse_id(&id)?).await?;
        people::add(ctx, project.id, person.parse().map_err(|_| AppError::NotFound)?).await
    };
    done.await.map(|()| StatusCode::NO_CONTENT).map_err(|e| caller.refuse(&e))
}

/// Takes somebody off it.
#[utoipa::path(delete, path = "/projects/{id}/people/{person}", tag = "projects", operation_id = "remove_project_person", params(("id" = String, Path), ("person" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn remove_person(caller: Caller, Path((id, person)): Path<(String, String)>) -> Answer<StatusCode> {
    let ctx = &caller.0;
    let done = async {
        let project = service::find(ctx, parse_id(&id)?).await?;
        people::remove(ctx, project.id, person.parse().map_err(|_| AppError::NotFound)?).await
    };
    done.await.map(|()| StatusCode::NO_CONTENT).map_err(|e| caller.refuse(&e))
}

/// Who can see it, and why.
#[utoipa::path(get, path = "/projects/{id}/audience", tag = "projects", operation_id = "project_audience", params(("id" = String, Path), Paging), responses((status = 200, body = List<ReaderDto>), (status = 400, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn see_audience(
    caller: Caller,
    Path(id): Path<String>,
    Params(paging): Params<Paging>,
) -> Answer<Json<List<ReaderDto>>> {
    let listed = async { readers(audience::readers(&caller.0, parse_id(&id)?).await?, &paging) };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}
