//! `/api/v1/organisations`.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::ctx::Ctx;
use app::error::AppError;
use app::organisation::list::{self, Customer, Filter};
use app::organisation::model::Organisation;
use app::organisation::roster::{self, Known, State};
use app::organisation::service;
use axum::Json;
use axum::extract::Path;
use serde::Deserialize;
use utoipa::IntoParams;

use super::customer_groups::CustomerGroupDto;
use super::dto::{List, NamedDto, OrganisationDto, PersonDto};
use super::extract::{Answer, Caller, Params};
use crate::api::problem::Problem;

/// Paging.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// 1 to 100, default 25.
    pub limit: Option<i64>,
    /// `next` of the page before.
    pub cursor: Option<String>,
}

/// Filters and paging of organisations.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OrganisationsQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Words, each the beginning of one in name, number or city; the two longest count.
    search: Option<String>,
    /// Only of this customer group, by id or short name: for staff.
    group: Option<String>,
    /// active (default) or archived.
    state: Option<String>,
    /// Only those that the token's owner is assigned to.
    #[serde(default)]
    assigned: bool,
}

impl OrganisationsQuery {
    async fn filter(self, ctx: &Ctx) -> Result<Filter, AppError> {
        let bad = |text: &str| AppError::BadRequest(text.to_owned());
        let limit = limit(self.limit)?;
        let after = match &self.cursor {
            None => None,
            Some(text) => {
                let parsed = text.split_once('.').and_then(|(id, name)| Some((name.to_owned(), id.parse().ok()?)));
                Some(parsed.ok_or_else(|| bad("cursor: not one of ours"))?)
            }
        };
        let archived = match self.state.as_deref() {
            None | Some("active") => false,
            Some("archived") => true,
            Some(_) => return Err(bad("state: active or archived")),
        };
        let group = match &self.group {
            None => None,
            Some(text) => Some(list::group(ctx, text).await?.ok_or_else(|| bad("group: unknown"))?),
        };
        Ok(Filter { search: self.search.unwrap_or_default(), group, mine: self.assigned, archived, after, limit })
    }
}

fn dto(row: Customer) -> OrganisationDto {
    OrganisationDto { id: row.id.to_string(), slug: row.slug, name: row.name, number: row.number }
}

/// The limit of a list: 1 to 100, default 25.
pub fn limit(limit: Option<i64>) -> Result<i64, AppError> {
    match limit {
        None => Ok(25),
        Some(n @ 1..=100) => Ok(n),
        Some(_) => Err(AppError::BadRequest("limit: 1 to 100".into())),
    }
}

/// Organisations the token's owner may see, by name.
#[utoipa::path(get, path = "/organisations", tag = "organisations", operation_id = "list_organisations", params(OrganisationsQuery), responses((status = 200, body = List<OrganisationDto>), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn list(caller: Caller, Params(query): Params<OrganisationsQuery>) -> Answer<Json<List<OrganisationDto>>> {
    let listed = async {
        let filter = query.filter(&caller.0).await?;
        let (rows, more) = list::list(&caller.0, &filter).await?;
        let next = rows.last().filter(|_| more).map(|last| format!("{}.{}", last.id, last.name));
        Ok(List { items: rows.into_iter().map(dto).collect(), next })
    };
    listed.await.map(Json).map_err(|e: AppError| caller.refuse(&e))
}

async fn found(ctx: &Ctx, id: &str) -> Result<Organisation, AppError> {
    service::find(ctx, id.parse().map_err(|_| AppError::NotFound)?).await
}

/// Filters and paging of people.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PeopleQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Only in this state: `not_invited`, `invited`, `never_signed_in`, `active` or `suspended`.
    state: Option<String>,
}

impl PeopleQuery {
    fn filter(self) -> Result<roster::Filter, AppError> {
        let bad = |text: &str| AppError::BadRequest(text.to_owned());
        let after = match &self.cursor {
            None => None,
            Some(text) => {
                let parsed = text.split_once('.').and_then(|(id, name)| Some((name.to_owned(), id.parse().ok()?)));
                Some(parsed.ok_or_else(|| bad("cursor: not one of ours"))?)
            }
        };
        let state = match &self.state {
            None => None,
            Some(name) => Some(State::parse(name).ok_or_else(|| bad("state: unknown"))?),
        };
        Ok(roster::Filter { state, after, limit: limit(self.limit)? })
    }
}

impl From<Known> for PersonDto {
    fn from(row: Known) -> Self {
        Self {
            id: row.id.to_string(),
            kind: row.kind.name().to_owned(),
            name: row.name,
            email: row.email,
            role: row.role.map(|role| role.name().to_owned()),
            state: row.state.name().to_owned(),
            last_sign_in_at: row.last_sign_in_at.map(|at| at.rfc3339()),
        }
    }
}

/// Its people by name, with how far each has come. Staff see contacts and invitations too, the customer's administrators
/// invitations.
#[utoipa::path(get, path = "/organisations/{id}/people", tag = "organisations", operation_id = "list_organisation_people", params(("id" = String, Path), PeopleQuery), responses((status = 200, body = List<PersonDto>), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub async fn people(
    caller: Caller,
    Path(id): Path<String>,
    Params(query): Params<PeopleQuery>,
) -> Answer<Json<List<PersonDto>>> {
    let listed = async {
        let row = found(&caller.0, &id).await?;
        let (rows, more) = roster::list(&caller.0, &row, query.filter()?).await?;
        let next = rows.last().filter(|_| more).map(|last| format!("{}.{}", last.id, last.name));
        Ok(List { items: rows.into_iter().map(PersonDto::from).collect(), next })
    };
    listed.await.map(Json).map_err(|e: AppError| caller.refuse(&e))
}

/// Its projects.
#[utoipa::path(get, path = "/organisations/{id}/projects", tag = "organisations", operation_id = "list_organisation_projects", params(("id" = String, Path)), responses((status = 200, body = List<NamedDto>), (status = 404, body = Problem)))]
pub async fn projects(caller: Caller, Path(id): Path<String>) -> Answer<Json<List<NamedDto>>> {
    let refuse = |e: AppError| caller.refuse(&e);
    let row = found(&caller.0, &id).await.map_err(refuse)?;
    let rows = service::projects(&caller.0, &row).await.map_err(refuse)?;
    let items = rows.into_iter().map(|p| NamedDto { id: p.id.to_string(), name: p.name }).collect();
    Ok(Json(List { items, next: None }))
}

/// The customer groups it is in: staff only.
#[utoipa::path(get, path = "/organisations/{id}/groups", tag = "organisations", operation_id = "list_organisation_groups", params(("id" = String, Path)), responses((status = 200, body = List<CustomerGroupDto>), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn groups(caller: Caller, Path(id): Path<String>) -> Answer<Json<List<CustomerGroupDto>>> {
    let refuse = |e: AppError| caller.refuse(&e);
    let row = found(&caller.0, &id).await.map_err(refuse)?;
    let rows = service::groups(&caller.0, &row).await.map_err(refuse)?;
    let items = rows.into_iter().map(CustomerGroupDto::from).collect();
    Ok(Json(List { items, next: None }))
}
