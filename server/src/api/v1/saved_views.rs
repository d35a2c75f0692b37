//! `/api/v1/me/views`: lists as their owner likes to see them, under a name.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::error::{AppError, FieldErrors};
use app::saved_views::model::{List as Which, SavedView};
use app::saved_views::service;
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::dto::List;
use super::extract::{Answer, Body, Caller, Params};
use crate::api::problem::Problem;

/// A list with its filters, under a name.
#[derive(Serialize, ToSchema)]
pub struct SavedViewDto {
    /// Id.
    pub id: String,
    /// documents, staff_documents, orders, staff_orders, projects or staff_projects.
    pub list: String,
    /// What its owner calls it.
    pub name: String,
    /// The filters as they stand in the page's address, such as `category=contract&sort=title`.
    pub query: String,
}

impl SavedViewDto {
    fn of(list: Which, view: SavedView) -> Self {
        Self { id: view.id.to_string(), list: list.name().to_owned(), name: view.name, query: view.query }
    }
}

/// A new view.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSavedViewDto {
    /// documents, staff_documents, orders, staff_orders, projects or staff_projects.
    pub list: String,
    /// Up to 60 characters. A name that is there already means this view from now on.
    pub name: String,
    /// The filters as they stand in the page's address. What the list does not filter by is left out.
    pub query: String,
}

/// Of which list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ViewsQuery {
    /// documents, staff_documents, orders, staff_orders, projects or staff_projects.
    list: String,
}

/// One's own views of a list, by name.
#[utoipa::path(get, path = "/me/views", tag = "me", operation_id = "list_saved_views", params(ViewsQuery), responses((status = 200, body = List<SavedViewDto>), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn list(caller: Caller, Params(query): Params<ViewsQuery>) -> Answer<Json<List<SavedViewDto>>> {
    let found = async {
        service::check(&caller.0)?;
        let list = Which::named(&query.list).ok_or_else(|| AppError::BadRequest("list: unknown".to_owned()))?;
        let views = service::all(&caller.0, list).await?;
        Ok::<_, AppError>(List::whole(views.into_iter().map(|view| SavedViewDto::of(list, view))))
    };
    Ok(Json(found.await.map_err(|e| caller.refuse(&e))?))
}

/// Saves a view of a list.
#[utoipa::path(post, path = "/me/views", tag = "me", operation_id = "save_view", request_body = NewSavedViewDto, responses((status = 201, body = SavedViewDto), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn save(caller: Caller, body: Body<NewSavedViewDto>) -> Answer<(StatusCode, Json<SavedViewDto>)> {
    let ctx = &caller.0;
    let saved = async {
        service::check(ctx)?;
        let NewSavedViewDto { list, name, query } = body.value;
        let unknown = || AppError::Invalid(FieldErrors::one("list", ctx.t("views-error-list")));
        let list = Which::named(&list).ok_or_else(unknown)?;
        let view = service::save(ctx, list, &name, &query).await?;
        Ok::<_, AppError>(SavedViewDto::of(list, view))
    };
    Ok((StatusCode::CREATED, Json(saved.await.map_err(|e| caller.refuse(&e))?)))
}

/// Removes one of one's own views.
#[utoipa::path(delete, path = "/me/views/{id}", tag = "me", operation_id = "remove_saved_view", params(("id" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn remove(caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    let removed = async {
        service::check(&caller.0)?;
        service::remove(&caller.0, id.parse().map_err(|_| AppError::NotFound)?).await
    };
    removed.await.map_err(|e| caller.refuse(&e))?;
    Ok(StatusCode::NO_CONTENT)
}
