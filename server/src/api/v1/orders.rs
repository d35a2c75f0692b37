//! `/api/v1/orders`.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::ctx::Ctx;
use app::day::Day;
use app::error::{AppError, FieldErrors};
use app::export::Format;
use app::ids::OrderId;
use app::orders::input::Input;
use app::orders::list::{self as orders, Sort, Wanted};
use app::orders::model::{Order, Which};
use app::orders::{audience, service, take};
use app::search::list::typed;
use axum::Json;
use axum::extract::Path;
use axum::http::header::{ETAG, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::dto::{List, ReaderDto, readers};
use super::extract::{Answer, Body, Caller, Params, if_match};
use super::order_dto::{OrderDto, OrderLineDto, SaveOrderDto, TakenDto};
use super::organisations::{Paging, limit};
use crate::api::problem::Problem;
use crate::http::orders as file;

/// The most orders of one call.
const BATCH: usize = 500;

/// Filters and paging.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OrdersQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// open, closed or all; default all.
    which: Option<String>,
    /// Only with this status, by its key.
    status: Option<String>,
    /// Only of this customer.
    organisation_id: Option<String>,
    /// Only what has these words: number, reference, title, article or title of a line begin with each of them. The order
    /// with exactly this number comes first, then those that were changed last.
    search: Option<String>,
    /// Only open ones that should have been delivered, or whose next step should have been done; by the day they were
    /// expected.
    overdue: Option<bool>,
    /// Ordered on this day or later, such as 2026-11-22.
    from: Option<String>,
    /// Ordered on this day or earlier.
    to: Option<String>,
    /// newest, oldest or due (what is expected first; open ones only); default newest. Not for what is looked for.
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
    /// Ordered on this day or later.
    from: Option<String>,
    /// Ordered on this day or earlier.
    to: Option<String>,
    /// newest, oldest or due; default newest.
    sort: Option<String>,
}

/// Paging of lines.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LinesQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// Several orders, by their number or `external_id`: those that are there are changed, the others are new.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrdersDto {
    /// At most 500.
    pub orders: Vec<SaveOrderDto>,
}

/// What became of each order, in the order they were sent.
#[derive(Serialize, ToSchema)]
pub struct ResultsDto {
    /// As many as were sent.
    pub results: Vec<TakenDto>,
}

pub(super) fn parse_id(text: &str) -> Result<OrderId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

fn bad(text: &str) -> AppError {
    AppError::BadRequest(text.to_owned())
}

async fn tagged(ctx: &Ctx, status: StatusCode, row: Order) -> Result<Response, AppError> {
    let steps = service::steps(ctx, &row).await?;
    let (changes, documents) = (service::changes(ctx, &row).await?, service::documents(ctx, &row).await?);
    let etag = HeaderValue::from_str(&format!("\"{}\"", row.order_revision)).ok();
    let whole = OrderDto::whole(row, steps, changes, documents, ctx.actor.staff().is_some());
    let mut response = (status, Json(whole)).into_response();
    if let Some(etag) = etag {
        response.headers_mut().insert(ETAG, etag);
    }
    Ok(response)
}

/// What a query asks for.
pub(super) async fn wanted(ctx: &Ctx, query: &OrdersQuery) -> Result<Wanted, AppError> {
    let statuses = service::statuses(ctx).await?;
    let overdue = query.overdue.unwrap_or(false);
    let which = match (query.status.as_deref(), query.which.as_deref()) {
        (Some(key), None) if statuses.iter().any(|s| s.key == key) => Which::Status(key.to_owned()),
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
    let search = typed(query.search.as_deref());
    if search.is_some() && sort.is_some() {
        return Err(bad("sort: what is looked for has an order of its own"));
    }
    let only = query.organisation_id.as_deref().map(|id| id.parse().map_err(|_| bad("organisation_id: not an id")));
    let mut wanted = Wanted {
        search,
        which,
        overdue,
        from: parse("from", &query.from)?,
        to: parse("to", &query.to)?,
        organisation: only.transpose()?,
        sort: sort.unwrap_or_default(),
        after: query.cursor.clone(),
        limit: limit(query.limit)?,
    };
    wanted.settle(&statuses);
    Ok(wanted)
}

/// Orders, the newest first unless another order is asked for.
#[utoipa::path(get, path = "/orders", tag = "orders", operation_id = "list_orders", params(OrdersQuery), responses((status = 200, body = List<OrderDto>), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn list(caller: Caller, Params(query): Params<OrdersQuery>) -> Answer<Json<List<OrderDto>>> {
    let ctx = &caller.0;
    let listed = async { orders::list(ctx, &wanted(ctx, &query).await?).await };
    let page = listed.await.map_err(|e| caller.refuse(&e))?;
    let items = page.items.into_iter().map(|row| OrderDto::new(row, Vec::new())).collect();
    Ok(Json(List { items, next: page.next }))
}

/// The list as a file for a spreadsheet, with headings in the caller's language: at most 100,000 orders.
#[utoipa::path(get, path = "/orders/export", tag = "orders", operation_id = "export_orders", params(ExportQuery), responses((status = 200, content_type = "application/octet-stream"), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn export(caller: Caller, Params(query): Params<ExportQuery>) -> Answer<Response> {
    let ctx = &caller.0;
    let ExportQuery { format, which, status, organisation_id, search, overdue, from, to, sort } = query;
    let list =
        OrdersQuery { limit: None, cursor: None, which, status, organisation_id, search, overdue, from, to, sort };
    let made = async {
        let format = Format::parse(format.as_deref().unwrap_or("csv")).ok_or_else(|| bad("format: unknown"))?;
        file::serve(ctx, wanted(ctx, &list).await?, format).await
    };
    made.await.map_err(|e| caller.refuse(&e))
}

/// One order, with its steps, what was changed of it, and its papers.
#[utoipa::path(get, path = "/orders/{id}", tag = "orders", operation_id = "find_order", params(("id" = String, Path)), responses((status = 200, body = OrderDto), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(id): Path<String>) -> Answer<Response> {
    let ctx = &caller.0;
    let found = async { tagged(ctx, StatusCode::OK, service::find(ctx, parse_id(&id)?).await?).await };
    found.await.map_err(|e| caller.refuse(&e))
}

/// Who can see it, and why.
#[utoipa::path(get, path = "/orders/{id}/audience", tag = "orders", operation_id = "order_audience", params(("id" = String, Path), Paging), responses((status = 200, body = List<ReaderDto>), (status = 400, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn see_audience(
    caller: Caller,
    Path(id): Path<String>,
    Params(paging): Params<Paging>,
) -> Answer<Json<List<ReaderDto>>> {
    let listed = async { readers(audience::readers(&caller.0, parse_id(&id)?).await?, &paging) };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// Its lines, by position.
#[utoipa::path(get, path = "/orders/{id}/lines", tag = "orders", operation_id = "list_order_lines", params(("id" = String, Path), LinesQuery), responses((status = 200, body = List<OrderLineDto>), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub async fn lines(
    caller: Caller,
    Path(id): Path<String>,
    Params(query): Params<LinesQuery>,
) -> Answer<Json<List<OrderLineDto>>> {
    let ctx = &caller.0;
    let listed = async {
        let order = service::find(ctx, parse_id(&id)?).await?;
        let after = query.cursor.as_deref().map(|text| text.parse().map_err(|_| bad("cursor: not one of ours")));
        let after = after.transpose()?.unwrap_or(i64::MIN);
        let (lines, more) = service::lines(ctx, &order, after, limit(query.limit)?).await?;
        let next = lines.last().filter(|_| more).map(|line| line.position.to_string());
        let items = lines.into_iter().map(|line| OrderLineDto::new(line, &order.currency)).collect();
        Ok::<_, AppError>(List { items, next })
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// What was sent, or what is wrong with it, field by field.
fn inputs(ctx: &Ctx, body: Vec<SaveOrderDto>) -> Vec<Result<Input, FieldErrors>> {
    body.into_iter().map(|order| order.into_input(ctx)).collect()
}

fn keeps(ctx: &Ctx) -> Result<(), AppError> {
    if service::may_manage_any(ctx) { Ok(()) } else { Err(AppError::Forbidden) }
}

/// Takes a new order.
#[utoipa::path(post, path = "/orders", tag = "orders", operation_id = "create_order", request_body = SaveOrderDto, params(("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = OrderDto), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn create(mut caller: Caller, headers: HeaderMap, body: Body<SaveOrderDto>) -> Answer<Response> {
    caller.idempotent(&headers, &[b"POST /orders", &body.raw])?;
    let ctx = &caller.0;
    let created = async {
        keeps(ctx)?;
        let input = body.value.into_input(ctx).map_err(AppError::Invalid)?;
        let id = take::create(ctx, input).await?;
        let mut response = tagged(ctx, StatusCode::CREATED, service::find(ctx, id).await?).await?;
        if let Ok(value) = HeaderValue::from_str(&format!("/api/v1/orders/{id}")) {
            response.headers_mut().insert(LOCATION, value);
        }
        Ok::<_, AppError>(response)
    };
    created.await.map_err(|e| caller.refuse(&e))
}

/// Changes an order. What is not said stays as it is; lines and steps are replaced as a whole.
#[utoipa::path(patch, path = "/orders/{id}", tag = "orders", operation_id = "edit_order", request_body = SaveOrderDto, params(("id" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = OrderDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn edit(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<SaveOrderDto>,
) -> Answer<Response> {
    let ctx = &caller.0;
    let edited = async {
        // What is not visible is not found, whatever else is wrong with the request.
        let row = service::find(ctx, parse_id(&id)?).await?;
        if !service::may(ctx, &row).manage {
            return Err(AppError::Forbidden);
        }
        let revision = if_match(&headers, true)?;
        let mut sent = body.value;
        if sent.number.is_empty() {
            sent.number.clone_from(&row.number);
        }
        sent.organisation = Some(row.organisation_id.to_string());
        let mut input = sent.into_input(ctx).map_err(AppError::Invalid)?;
        input.external_id = input.external_id.or_else(|| row.external_id.clone());
        input.revision = revision;
        take::change(ctx, &row, input).await?;
        tagged(ctx, StatusCode::OK, service::find(ctx, row.id).await?).await
    };
    edited.await.map_err(|e| caller.refuse(&e))
}

/// Confirms the step of an order that waits for its customer. 409 where none does.
#[utoipa::path(post, path = "/orders/{id}/confirm", tag = "orders", operation_id = "confirm_order_step", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 200, body = OrderDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem)))]
pub async fn confirm(caller: Caller, Path(id): Path<String>, headers: HeaderMap) -> Answer<Response> {
    let ctx = &caller.0;
    let confirmed = async {
        let id = parse_id(&id)?;
        app::orders::confirm::confirm(ctx, id, if_match(&headers, false)?).await?;
        tagged(ctx, StatusCode::OK, service::find(ctx, id).await?).await
    };
    confirmed.await.map_err(|e| caller.refuse(&e))
}

/// Takes many orders at once, with a result for each: what is right is done, whatever is wrong with the others. Sending the
/// same again changes nothing.
#[utoipa::path(post, path = "/orders/batch", tag = "orders", operation_id = "take_orders", request_body = OrdersDto, responses((status = 200, body = ResultsDto), (status = 400, body = Problem), (status = 403, body = Problem), (status = 409, body = Problem)))]
pub async fn batch(caller: Caller, body: Body<OrdersDto>) -> Answer<Json<ResultsDto>> {
    let ctx = &caller.0;
    let taken = async {
        keeps(ctx)?;
        if body.value.orders.len() > BATCH {
            return Err(bad("orders: at most 500"));
        }
        let sent = inputs(ctx, body.value.orders);
        let good: Vec<Input> = sent.iter().flatten().cloned().collect();
        let mut done = take::take(ctx, good).await?.into_iter();
        let results = sent.into_iter().map(|input| match input {
            Ok(_) => done.next().map_or_else(|| TakenDto::refused(&FieldErrors::default()), TakenDto::from),
            Err(errors) => TakenDto::refused(&errors),
        });
        Ok::<_, AppError>(ResultsDto { results: results.collect() })
    };
    Ok(Json(taken.await.map_err(|e| caller.refuse(&e))?))
}

/// A day, or what is wrong with it.
pub(super) fn day(ctx: &Ctx, field: &str, text: &str, errors: &mut FieldErrors) -> Option<Day> {
    let day = text.parse().ok();
    if day.is_none() {
        errors.add(field, ctx.t("orders-error-day"));
    }
    day
}
