//! `/api/v1/organisations`.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::ctx::Ctx;
use app::error::AppError;
use app::ids::OrganisationId;
use app::organisation::model::Organisation;
use app::organisation::service;
use axum::Json;
use axum::extract::Path;
use serde::Deserialize;
use utoipa::IntoParams;

use super::dto::{GroupDto, List, NamedDto, OrganisationDto, PersonDto};
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

fn dto(row: Organisation) -> OrganisationDto {
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
#[utoipa::path(get, path = "/organisations", tag = "organisations", params(Paging), responses((status = 200, body = List<OrganisationDto>), (status = 400, body = Problem)))]
pub async fn list(caller: Caller, Params(paging): Params<Paging>) -> Answer<Json<List<OrganisationDto>>> {
    let ctx = &caller.0;
    let refuse = |e: AppError| caller.refuse(&e);
    let limit = limit(paging.limit).map_err(refuse)?;
    let after = match &paging.cursor {
        None => None,
        Some(text) => {
            let parsed = text.split_once('.').and_then(|(id, name)| Some((name, id.parse::<OrganisationId>().ok()?)));
            Some(parsed.ok_or_else(|| refuse(AppError::BadRequest("cursor: not one of ours".into())))?)
        }
    };
    let (rows, more) = service::list(ctx, after, limit).await.map_err(refuse)?;
    let next = rows.last().filter(|_| more).map(|last| format!("{}.{}", last.id, last.name));
    Ok(Json(List { items: rows.into_iter().map(dto).collect(), next }))
}

async fn found(ctx: &Ctx, id: &str) -> Result<Organisation, AppError> {
    service::find(ctx, id.parse().map_err(|_| AppError::NotFound)?).await
}

/// Its people.
#[utoipa::path(get, path = "/organisations/{id}/people", tag = "organisations", params(("id" = String, Path)), responses((status = 200, body = List<PersonDto>), (status = 404, body = Problem)))]
pub async fn people(caller: Caller, Path(id): Path<String>) -> Answer<Json<List<PersonDto>>> {
    let refuse = |e: AppError| caller.refuse(&e);
    let row = found(&caller.0, &id).await.map_err(refuse)?;
    let people = service::people(&caller.0, &row).await.map_err(refuse)?;
    let items = people
        .into_iter()
        .map(|p| PersonDto { id: p.id.to_string(), name: p.name, email: p.email, role: p.role.name().to_owned() })
        .collect();
    Ok(Json(List { items, next: None }))
}

/// Its projects.
#[utoipa::path(get, path = "/organisations/{id}/projects", tag = "organisations", params(("id" = String, Path)), responses((status = 200, body = List<NamedDto>), (status = 404, body = Problem)))]
pub async fn projects(caller: Caller, Path(id): Path<String>) -> Answer<Json<List<NamedDto>>> {
    let refuse = |e: AppError| caller.refuse(&e);
    let row = found(&caller.0, &id).await.map_err(refuse)?;
    let rows = service::projects(&caller.0, &row).await.map_err(refuse)?;
    let items = rows.into_iter().map(|p| NamedDto { id: p.id.to_string(), name: p.name }).collect();
    Ok(Json(List { items, next: None }))
}

/// The customer groups it is in: staff only.
#[utoipa::path(get, path = "/organisations/{id}/groups", tag = "organisations", params(("id" = String, Path)), responses((status = 200, body = List<GroupDto>), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn groups(caller: Caller, Path(id): Path<String>) -> Answer<Json<List<GroupDto>>> {
    let refuse = |e: AppError| caller.refuse(&e);
    let row = found(&caller.0, &id).await.map_err(refuse)?;
    let rows = service::groups(&caller.0, &row).await.map_err(refuse)?;
    let items = rows.into_iter().map(|g| GroupDto { id: g.id.to_string(), slug: g.slug, name: g.name }).collect();
    Ok(Json(List { items, next: None }))
}
