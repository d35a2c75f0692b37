//! `/api/v1/customer-groups`, and `/api/v1/organisations/{id}/groups/{group}`: to publish to several customers at once.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::error::AppError;
use app::ids::{GroupId, OrganisationId};
use app::organisation::groups;
use app::organisation::model::Group;
use axum::Json;
use axum::extract::Path;
use axum::http::header::{ETAG, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::dto::List;
use super::extract::{Answer, Body, Caller, Params, if_match};
use super::organisations::{Paging, limit};
use crate::api::problem::Problem;

/// A group of customers.
#[derive(Serialize, ToSchema)]
pub struct CustomerGroupDto {
    /// Id.
    pub id: String,
    /// Short name; it never changes.
    pub slug: String,
    /// Name.
    pub name: String,
    /// How many customers are in it.
    pub organisations: i64,
    /// Raised by every change of its name; the ETag.
    pub revision: i64,
}

impl From<Group> for CustomerGroupDto {
    fn from(row: Group) -> Self {
        Self {
            id: row.id.to_string(),
            slug: row.slug,
            name: row.name,
            organisations: row.organisations,
            revision: row.revision,
        }
    }
}

/// A group to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCustomerGroupDto {
    /// Name.
    #[serde(default)]
    name: String,
    /// Short name: a-z, 0-9 and -; made of the name where left out.
    slug: Option<String>,
}

/// Another name for a group.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenameCustomerGroupDto {
    /// Name.
    #[serde(default)]
    name: String,
}

fn parse_id(text: &str) -> Result<GroupId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

fn tagged(status: StatusCode, row: Group) -> Response {
    let etag = format!("\"{}\"", row.revision);
    let mut response = (status, Json(CustomerGroupDto::from(row))).into_response();
    if let Ok(value) = HeaderValue::from_str(&etag) {
        response.headers_mut().insert(ETAG, value);
    }
    response
}

/// Groups of customers, by name: for staff.
#[utoipa::path(get, path = "/customer-groups", tag = "organisations", operation_id = "list_customer_groups", params(Paging), responses((status = 200, body = List<CustomerGroupDto>), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn list(caller: Caller, Params(paging): Params<Paging>) -> Answer<Json<List<CustomerGroupDto>>> {
    let listed = async {
        let limit = limit(paging.limit)?;
        let after = match &paging.cursor {
            None => None,
            Some(text) => {
                let parsed = text.split_once('.').and_then(|(id, name)| Some((name, id.parse().ok()?)));
                Some(parsed.ok_or_else(|| AppError::BadRequest("cursor: not one of ours".into()))?)
            }
        };
        let (rows, more) = groups::list(&caller.0, after, limit).await?;
        let next = rows.last().filter(|_| more).map(|last| format!("{}.{}", last.id, last.name));
        Ok(List { items: rows.into_iter().map(CustomerGroupDto::from).collect(), next })
    };
    listed.await.map(Json).map_err(|e: AppError| caller.refuse(&e))
}

/// Makes a group.
#[utoipa::path(post, path = "/customer-groups", tag = "organisations", operation_id = "create_customer_group", request_body = NewCustomerGroupDto, params(("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = CustomerGroupDto), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn create(caller: Caller, body: Body<NewCustomerGroupDto>) -> Answer<Response> {
    let NewCustomerGroupDto { name, slug } = body.value;
    let row = groups::create(&caller.0, slug.as_deref(), &name).await.map_err(|e| caller.refuse(&e))?;
    let location = format!("/api/v1/customer-groups/{}", row.id);
    let mut response = tagged(StatusCode::CREATED, row);
    if let Ok(value) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(LOCATION, value);
    }
    Ok(response)
}

/// One group, with its ETag: for staff.
#[utoipa::path(get, path = "/customer-groups/{id}", tag = "organisations", operation_id = "find_customer_group", params(("id" = String, Path)), responses((status = 200, body = CustomerGroupDto), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(id): Path<String>) -> Answer<Response> {
    let found = async { groups::find(&caller.0, parse_id(&id)?).await };
    Ok(tagged(StatusCode::OK, found.await.map_err(|e| caller.refuse(&e))?))
}

/// Gives a group another name. What was published to it stays published.
#[utoipa::path(patch, path = "/customer-groups/{id}", tag = "organisations", operation_id = "rename_customer_group", request_body = RenameCustomerGroupDto, params(("id" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = CustomerGroupDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn rename(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<RenameCustomerGroupDto>,
) -> Answer<Response> {
    let renamed = async {
        let id = parse_id(&id)?;
        // Whoever may change nothing learns that before what is missing in the request.
        groups::check_manage(&caller.0)?;
        groups::rename(&caller.0, id, if_match(&headers, true)?, &body.value.name).await
    };
    Ok(tagged(StatusCode::OK, renamed.await.map_err(|e| caller.refuse(&e))?))
}

/// Deletes a group to which nothing is published.
#[utoipa::path(delete, path = "/customer-groups/{id}", tag = "organisations", operation_id = "delete_customer_group", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem)))]
pub async fn delete(caller: Caller, Path(id): Path<String>, headers: HeaderMap) -> Answer<StatusCode> {
    let deleted = async {
        let id = parse_id(&id)?;
        groups::check_manage(&caller.0)?;
        groups::delete(&caller.0, id, if_match(&headers, false)?).await
    };
    deleted.await.map(|()| StatusCode::NO_CONTENT).map_err(|e| caller.refuse(&e))
}

/// The customer and the group in a path.
fn ids(id: &str, group: &str) -> Result<(OrganisationId, GroupId), AppError> {
    Ok((id.parse().map_err(|_| AppError::NotFound)?, parse_id(group)?))
}

/// Takes a customer into a group: its people see what was published to it, from their next request on.
#[utoipa::path(put, path = "/organisations/{id}/groups/{group}", tag = "organisations", operation_id = "join_customer_group", params(("id" = String, Path), ("group" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn join(caller: Caller, Path((id, group)): Path<(String, String)>) -> Answer<StatusCode> {
    let done = async {
        let (id, group) = ids(&id, &group)?;
        groups::set(&caller.0, id, group, true).await
    };
    done.await.map(|()| StatusCode::NO_CONTENT).map_err(|e| caller.refuse(&e))
}

/// Takes a customer out of a group: its people see nothing more because of it, from their next request on.
#[utoipa::path(delete, path = "/organisations/{id}/groups/{group}", tag = "organisations", operation_id = "leave_customer_group", params(("id" = String, Path), ("group" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn leave(caller: Caller, Path((id, group)): Path<(String, String)>) -> Answer<StatusCode> {
    let done = async {
        let (id, group) = ids(&id, &group)?;
        groups::set(&caller.0, id, group, false).await
    };
    done.await.map(|()| StatusCode::NO_CONTENT).map_err(|e| caller.refuse(&e))
}
