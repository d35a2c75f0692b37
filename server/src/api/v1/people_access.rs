//! `/api/v1/organisations/{id}/people/{person}/access`: what a colleague can see, area by area. Whoever asks gets no more
//! than they see themselves.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::appointments::model::Appointment;
use app::appointments::service as appointments;
use app::ctx::Ctx;
use app::documents::cursor::Cursor;
use app::error::AppError;
use app::team::access::{self, Whom};
use axum::Json;
use axum::extract::Path;

use super::appointment_dto::AppointmentDto;
use super::dto::{DocumentDto, List};
use super::extract::{Answer, Caller, Params};
use super::order_dto::OrderDto;
use super::organisations::{Paging, limit};
use super::people::ids;
use super::project_dto::ProjectDto;
use super::requests::RequestDto;
use crate::api::problem::Problem;

async fn whom(ctx: &Ctx, id: &str, person: &str) -> Result<Whom, AppError> {
    let (organisation, user) = ids(id, person)?;
    access::whom(ctx, organisation, user).await
}

fn after<T: std::str::FromStr>(paging: &Paging) -> Result<Option<T>, AppError> {
    let bad = |_| AppError::BadRequest("cursor: not one of ours".to_owned());
    paging.cursor.as_deref().map(|text| text.parse::<T>().map_err(bad)).transpose()
}

/// The documents a colleague can see through this organisation, the latest change first.
#[utoipa::path(get, path = "/organisations/{id}/people/{person}/access", tag = "organisations", operation_id = "access", params(("id" = String, Path), ("person" = String, Path), Paging), responses((status = 200, body = List<DocumentDto>), (status = 400, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn documents(
    caller: Caller,
    Path((id, person)): Path<(String, String)>,
    Params(paging): Params<Paging>,
) -> Answer<Json<List<DocumentDto>>> {
    let ctx = &caller.0;
    let listed = async {
        let (limit, after) = (limit(paging.limit)?, after(&paging)?.unwrap_or(Cursor::START));
        let seen = access::documents(ctx, &whom(ctx, &id, &person).await?, after, limit).await?;
        let next = seen.next.map(|next| next.to_string());
        Ok::<_, AppError>(List { items: seen.items.into_iter().map(DocumentDto::from).collect(), next })
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// The orders a colleague can see through this organisation, the last ordered first.
#[utoipa::path(get, path = "/organisations/{id}/people/{person}/access/orders", tag = "organisations", operation_id = "access_to_orders", params(("id" = String, Path), ("person" = String, Path), Paging), responses((status = 200, body = List<OrderDto>), (status = 400, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn orders(
    caller: Caller,
    Path((id, person)): Path<(String, String)>,
    Params(paging): Params<Paging>,
) -> Answer<Json<List<OrderDto>>> {
    let ctx = &caller.0;
    let listed = async {
        let (limit, after) = (limit(paging.limit)?, after(&paging)?);
        let seen = access::orders(ctx, &whom(ctx, &id, &person).await?, after, limit).await?;
        let next = seen.next.map(|next| next.to_string());
        let items = seen.items.into_iter().map(|row| OrderDto::new(row, Vec::new())).collect();
        Ok::<_, AppError>(List { items, next })
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// The projects a colleague can see through this organisation, the furthest day first.
#[utoipa::path(get, path = "/organisations/{id}/people/{person}/access/projects", tag = "organisations", operation_id = "access_to_projects", params(("id" = String, Path), ("person" = String, Path), Paging), responses((status = 200, body = List<ProjectDto>), (status = 400, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn projects(
    caller: Caller,
    Path((id, person)): Path<(String, String)>,
    Params(paging): Params<Paging>,
) -> Answer<Json<List<ProjectDto>>> {
    let ctx = &caller.0;
    let listed = async {
        let (limit, after) = (limit(paging.limit)?, after(&paging)?);
        let seen = access::projects(ctx, &whom(ctx, &id, &person).await?, after, limit).await?;
        let next = seen.next.map(|next| next.to_string());
        let items = seen.items.into_iter().map(|row| ProjectDto::new(row, Vec::new())).collect();
        Ok::<_, AppError>(List { items, next })
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// The appointments a colleague can see through this organisation, to come and over, the last first.
#[utoipa::path(get, path = "/organisations/{id}/people/{person}/access/appointments", tag = "organisations", operation_id = "access_to_appointments", params(("id" = String, Path), ("person" = String, Path), Paging), responses((status = 200, body = List<AppointmentDto>), (status = 400, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn list_appointments(
    caller: Caller,
    Path((id, person)): Path<(String, String)>,
    Params(paging): Params<Paging>,
) -> Answer<Json<List<AppointmentDto>>> {
    let ctx = &caller.0;
    let listed = async {
        let (limit, after) = (limit(paging.limit)?, after(&paging)?);
        let seen = access::appointments(ctx, &whom(ctx, &id, &person).await?, after, limit).await?;
        let next = seen.next.map(|next| next.to_string());
        let slots = appointments::slots_of(ctx, &seen.items).await?;
        let dto = |row: Appointment| {
            let own = slots.iter().filter(|(id, _)| *id == row.id).map(|(_, at)| *at).collect();
            AppointmentDto::new(ctx, row, own, None)
        };
        Ok::<_, AppError>(List { items: seen.items.into_iter().map(dto).collect(), next })
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// The requests a colleague can see through this organisation, the last asked first.
#[utoipa::path(get, path = "/organisations/{id}/people/{person}/access/requests", tag = "organisations", operation_id = "access_to_requests", params(("id" = String, Path), ("person" = String, Path), Paging), responses((status = 200, body = List<RequestDto>), (status = 400, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn requests(
    caller: Caller,
    Path((id, person)): Path<(String, String)>,
    Params(paging): Params<Paging>,
) -> Answer<Json<List<RequestDto>>> {
    let ctx = &caller.0;
    let listed = async {
        let (limit, before) = (limit(paging.limit)?, after(&paging)?);
        let seen = access::requests(ctx, &whom(ctx, &id, &person).await?, before, limit).await?;
        let next = seen.next.map(|next| next.to_string());
        Ok::<_, AppError>(List { items: seen.items.into_iter().map(RequestDto::from).collect(), next })
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}
