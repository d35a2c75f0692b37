//! `/api/v1/order-statuses` and `/api/v1/project-statuses`: how orders and projects can stand. Their doors are in
//! `order_statuses.rs` and `project_statuses.rs`; what they do is here.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::ctx::Ctx;
use app::error::{AppError, FieldErrors};
use app::statuses::model::{Input, Kind, Look, Side, Status};
use app::statuses::service;
use app::{orders, projects};
use axum::Json;
use axum::http::header::{ETAG, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::dto::List;
use super::extract::{Answer, Caller, if_match, if_match_digest, with_etag};

/// How an order or a project can stand.
#[derive(Serialize, ToSchema)]
pub struct StatusDto {
    /// What orders or projects name it by.
    pub key: String,
    /// English.
    pub name_en: String,
    /// German.
    pub name_de: String,
    /// Dutch.
    pub name_nl: String,
    /// idle, mine, good, warn or bad.
    pub tone: String,
    /// house, customer or nobody.
    pub waits_for: String,
    /// Nothing more will come.
    pub is_final: bool,
    /// Raised by every change; the ETag.
    pub revision: i64,
}

/// A status as it is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveStatusDto {
    /// What orders or projects are to name it by: small letters, digits and underscores. Made of the English name where a new one says
    /// none; it never changes.
    #[serde(default)]
    pub key: Option<String>,
    /// English.
    pub name_en: String,
    /// German.
    pub name_de: String,
    /// Dutch.
    pub name_nl: String,
    /// idle, mine, good, warn or bad.
    pub tone: String,
    /// house, customer or nobody.
    pub waits_for: String,
    /// Nothing more will come. What stands so is closed, or open again.
    #[serde(default)]
    pub is_final: bool,
}

/// The statuses in the order in which they are to stand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArrangeDto {
    /// Every key, once.
    pub keys: Vec<String>,
}

impl From<Status> for StatusDto {
    fn from(row: Status) -> Self {
        Self {
            key: row.key,
            name_en: row.name_en,
            name_de: row.name_de,
            name_nl: row.name_nl,
            tone: row.tone.name().to_owned(),
            waits_for: row.waits_for.name().to_owned(),
            is_final: row.is_final,
            revision: row.revision,
        }
    }
}

/// Every status of a kind, in their order.
async fn all(ctx: &Ctx, kind: Kind) -> Result<Vec<Status>, AppError> {
    match kind {
        Kind::Orders => orders::service::statuses(ctx).await,
        Kind::Projects => projects::service::statuses(ctx).await,
    }
}

async fn one(ctx: &Ctx, kind: Kind, key: &str) -> Result<Status, AppError> {
    all(ctx, kind).await?.into_iter().find(|status| status.key == key).ok_or(AppError::NotFound)
}

/// A status with its ETag.
fn tagged(code: StatusCode, status: Status) -> Response {
    let etag = HeaderValue::from_str(&format!("\"{}\"", status.revision)).ok();
    let mut response = (code, Json(StatusDto::from(status))).into_response();
    if let Some(etag) = etag {
        response.headers_mut().insert(ETAG, etag);
    }
    response
}

/// A status as the service takes it.
fn input(ctx: &Ctx, dto: SaveStatusDto) -> Result<Input, AppError> {
    let mut errors = FieldErrors::default();
    let mut unknown = |field: &str, name: &str| {
        errors.add(field, ctx.with("categories-error-unknown", &[("name", name.to_owned().into())]));
    };
    let (tone, waits_for) = (Look::parse(&dto.tone), Side::parse(&dto.waits_for));
    if tone.is_none() {
        unknown("tone", &dto.tone);
    }
    if waits_for.is_none() {
        unknown("waits_for", &dto.waits_for);
    }
    errors.into_result()?;
    Ok(Input {
        name_en: dto.name_en,
        name_de: dto.name_de,
        name_nl: dto.name_nl,
        tone: tone.unwrap_or(Look::Idle),
        waits_for: waits_for.unwrap_or(Side::House),
        is_final: dto.is_final,
    })
}

/// Refuses another key than the one it has.
fn same_key(ctx: &Ctx, dto: &SaveStatusDto, key: &str) -> Result<(), AppError> {
    if dto.key.as_ref().is_some_and(|said| said != key) {
        return Err(AppError::Invalid(FieldErrors::one("key", ctx.t("statuses-error-key-fixed"))));
    }
    Ok(())
}

/// All of them, with their ETag.
pub async fn list_of(caller: &Caller, kind: Kind) -> Answer<Response> {
    let rows = all(&caller.0, kind).await.map_err(|e| caller.refuse(&e))?;
    let tag = service::digest(&rows);
    Ok(with_etag(List::<StatusDto>::whole(rows), &tag))
}

/// Adds one, after the others. `path` is where they are.
pub async fn create_of(caller: &Caller, kind: Kind, path: &str, dto: SaveStatusDto) -> Answer<Response> {
    let ctx = &caller.0;
    let created = async {
        service::check_manage(ctx)?;
        let key = dto.key.clone();
        let key = service::create(ctx, kind, key.as_deref(), &input(ctx, dto)?).await?;
        let mut response = tagged(StatusCode::CREATED, one(ctx, kind, &key).await?);
        if let Ok(value) = HeaderValue::from_str(&format!("{path}/{key}")) {
            response.headers_mut().insert(LOCATION, value);
        }
        Ok::<_, AppError>(response)
    };
    created.await.map_err(|e| caller.refuse(&e))
}

/// Puts them in another order.
pub async fn arrange_of(caller: &Caller, kind: Kind, headers: &HeaderMap, keys: &[String]) -> Answer<Response> {
    let arranged = async {
        service::check_manage(&caller.0)?;
        service::arrange(&caller.0, kind, keys, if_match_digest(headers, true)?).await
    };
    arranged.await.map_err(|e| caller.refuse(&e))?;
    list_of(caller, kind).await
}

/// One of them.
pub async fn find_of(caller: &Caller, kind: Kind, key: &str) -> Answer<Response> {
    let status = one(&caller.0, kind, key).await.map_err(|e| caller.refuse(&e))?;
    Ok(tagged(StatusCode::OK, status))
}

/// Sets one, all of it but its key.
pub async fn edit_of(
    caller: &Caller,
    kind: Kind,
    key: &str,
    headers: &HeaderMap,
    dto: SaveStatusDto,
) -> Answer<Response> {
    let ctx = &caller.0;
    let edited = async {
        service::check_manage(ctx)?;
        one(ctx, kind, key).await?;
        let seen = if_match(headers, true)?;
        same_key(ctx, &dto, key)?;
        service::edit(ctx, kind, key, &input(ctx, dto)?, seen).await?;
        one(ctx, kind, key).await
    };
    Ok(tagged(StatusCode::OK, edited.await.map_err(|e| caller.refuse(&e))?))
}

/// Deletes one; how many stood so and got `replacement`.
pub async fn delete_of(
    caller: &Caller,
    kind: Kind,
    key: &str,
    headers: &HeaderMap,
    replacement: Option<&str>,
    reason: Option<&str>,
) -> Answer<u64> {
    let ctx = &caller.0;
    let deleted = async {
        service::check_manage(ctx)?;
        let seen = if_match(headers, false)?;
        service::delete(ctx, kind, key, replacement, reason.unwrap_or_default(), seen).await
    };
    deleted.await.map_err(|e| caller.refuse(&e))
}
