//! `/api/v1/settings`: how the portal is set up, for its administrators.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::settings::service::{self, Change, Settings};
use axum::Json;
use axum::http::header::ETAG;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extract::{Answer, Body, Caller, if_match};
use crate::api::problem::Problem;

/// The settings of the portal.
#[derive(Serialize, ToSchema)]
pub struct SettingsDto {
    /// The operator's name on every page.
    pub portal_name: String,
    /// Master data that customers' administrators may change, where a customer has no list of its own.
    pub released_fields: Vec<String>,
    /// Customers' administrators see who of staff viewed the portal as one of theirs.
    pub view_as_shown: bool,
    /// Raised by every change; the ETag.
    pub revision: i64,
}

/// Settings to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSettingsDto {
    /// The operator's name on every page.
    portal_name: Option<String>,
    /// `name`, `street`, `postcode`, `city`, `country`, `phone`, `website`, `vat_id` or `language`.
    released_fields: Option<Vec<String>>,
    /// Customers' administrators see who of staff viewed the portal as one of theirs.
    view_as_shown: Option<bool>,
}

fn tagged(settings: Settings) -> Response {
    let dto = SettingsDto {
        released_fields: settings.released_fields.iter().map(|field| field.name().to_owned()).collect(),
        portal_name: settings.portal_name,
        view_as_shown: settings.view_as_shown,
        revision: settings.revision,
    };
    let etag = format!("\"{}\"", dto.revision);
    let mut response = Json(dto).into_response();
    if let Ok(value) = HeaderValue::from_str(&etag) {
        response.headers_mut().insert(ETAG, value);
    }
    response
}

/// The settings with their ETag.
#[utoipa::path(get, path = "/settings", tag = "settings", operation_id = "read_settings", responses((status = 200, body = SettingsDto), (status = 403, body = Problem)))]
pub async fn read(caller: Caller) -> Answer<Response> {
    service::read(&caller.0).await.map(tagged).map_err(|e| caller.refuse(&e))
}

/// Changes settings; they hold from the next request.
#[utoipa::path(patch, path = "/settings", tag = "settings", operation_id = "change_settings", request_body = ChangeSettingsDto, params(("If-Match" = String, Header)), responses((status = 200, body = SettingsDto), (status = 403, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn change(caller: Caller, headers: HeaderMap, body: Body<ChangeSettingsDto>) -> Answer<Response> {
    let changed = async {
        service::check_manage(&caller.0)?;
        let revision = if_match(&headers, true)?;
        let ChangeSettingsDto { portal_name, released_fields, view_as_shown } = body.value;
        service::change(&caller.0, revision, Change { portal_name, released_fields, view_as_shown }).await
    };
    changed.await.map(tagged).map_err(|e| caller.refuse(&e))
}
