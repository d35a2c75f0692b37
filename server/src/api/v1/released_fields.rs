//! `/api/v1/organisations/{id}/released-fields`: which master data a customer's own administrators may change.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::ctx::Ctx;
use app::error::{AppError, FieldErrors};
use app::ids::OrganisationId;
use app::organisation::details::{self, Details, Seen};
use app::organisation::fields::Field;
use axum::Json;
use axum::extract::Path;
use axum::http::header::ETAG;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extract::{Answer, Body, Caller, if_match};
use crate::api::problem::Problem;

/// What a customer's administrators may change of its master data.
#[derive(Serialize, ToSchema)]
pub struct ReleasedFieldsDto {
    /// Names of fields.
    pub fields: Vec<String>,
    /// The customer has no list of its own: the portal's setting counts.
    pub inherited: bool,
    /// The organisation's revision; the ETag.
    pub revision: i64,
}

/// A list of the customer's own, in place of the portal's.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetReleasedFieldsDto {
    /// Any of `name`, `street`, `postcode`, `city`, `country`, `phone`, `website`, `vat_id` and `language`; none: they may
    /// change nothing.
    fields: Vec<String>,
}

fn parse_id(text: &str) -> Result<OrganisationId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// The fields that are named. What cannot be released is an error of the list.
fn parse(ctx: &Ctx, names: &[String]) -> Result<Vec<Field>, AppError> {
    let mut errors = FieldErrors::default();
    let releasable = |name: &str| Field::RELEASABLE.into_iter().find(|field| field.name() == name);
    for name in names.iter().filter(|name| releasable(name).is_none()) {
        errors.add("fields", ctx.with("settings-error-field", &[("name", name.clone().into())]));
    }
    errors.into_result()?;
    let named = |field: &Field| names.iter().any(|name| name == field.name());
    Ok(Field::RELEASABLE.into_iter().filter(named).collect())
}

async fn tagged(ctx: &Ctx, row: &Details) -> Result<Response, AppError> {
    let fields = details::released(&ctx.db, row).await?;
    let dto = ReleasedFieldsDto {
        fields: fields.into_iter().map(|field| field.name().to_owned()).collect(),
        inherited: row.released.is_none(),
        revision: row.revision,
    };
    let mut response = Json(dto).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("\"{}\"", row.revision)) {
        response.headers_mut().insert(ETAG, value);
    }
    Ok(response)
}

/// Which master data a customer's administrators may change, with the organisation's ETag: for whoever may change any.
#[utoipa::path(get, path = "/organisations/{id}/released-fields", tag = "organisations", operation_id = "find_released_fields", params(("id" = String, Path)), responses((status = 200, body = ReleasedFieldsDto), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(id): Path<String>) -> Answer<Response> {
    let ctx = &caller.0;
    let found = async {
        let row = details::find(ctx, parse_id(&id)?).await?;
        if !details::may_edit(ctx, &row) {
            return Err(AppError::Forbidden);
        }
        tagged(ctx, &row).await
    };
    found.await.map_err(|e| caller.refuse(&e))
}

/// Releases what a list says, or what the portal's setting does.
async fn release(caller: &Caller, id: &str, headers: &HeaderMap, names: Option<&[String]>) -> Answer<Response> {
    let ctx = &caller.0;
    let released = async {
        let row = details::find(ctx, parse_id(id)?).await?;
        // Whoever may decide nothing learns that before what is missing in the request.
        if !details::may_manage(ctx, &row) {
            return Err(AppError::Forbidden);
        }
        let seen = Seen { revision: if_match(headers, names.is_some())?, form: false };
        let fields = names.map(|names| parse(ctx, names)).transpose()?;
        tagged(ctx, &details::release(ctx, row.id, seen, fields).await?).await
    };
    released.await.map_err(|e| caller.refuse(&e))
}

/// Gives a customer a list of its own.
#[utoipa::path(put, path = "/organisations/{id}/released-fields", tag = "organisations", operation_id = "set_released_fields", request_body = SetReleasedFieldsDto, params(("id" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = ReleasedFieldsDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn set(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<SetReleasedFieldsDto>,
) -> Answer<Response> {
    release(&caller, &id, &headers, Some(&body.value.fields)).await
}

/// Takes a customer's own list away: the portal's setting counts again. Answers what it releases.
#[utoipa::path(delete, path = "/organisations/{id}/released-fields", tag = "organisations", operation_id = "inherit_released_fields", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 200, body = ReleasedFieldsDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem)))]
pub async fn inherit(caller: Caller, Path(id): Path<String>, headers: HeaderMap) -> Answer<Response> {
    release(&caller, &id, &headers, None).await
}
