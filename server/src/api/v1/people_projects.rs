//! `/api/v1/organisations/{id}/people/{person}/projects`: which projects a colleague or an external partner is on.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::error::AppError;
use app::organisation::model::Project;
use app::team::{projects, service};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::dto::List;
use super::extract::{Answer, Caller};
use super::people::ids;
use crate::api::problem::Problem;

/// A project that somebody is on.
#[derive(Serialize, ToSchema)]
pub struct PersonProjectDto {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
}

impl From<Project> for PersonProjectDto {
    fn from(row: Project) -> Self {
        Self { id: row.id.to_string(), name: row.name }
    }
}

/// The projects of this organisation that a person is on, by name. What they see beyond these stands under `access/projects`.
#[utoipa::path(get, path = "/organisations/{id}/people/{person}/projects", tag = "organisations", operation_id = "list_person_projects", params(("id" = String, Path), ("person" = String, Path)), responses((status = 200, body = List<PersonProjectDto>), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn list_projects(
    caller: Caller,
    Path((id, person)): Path<(String, String)>,
) -> Answer<Json<List<PersonProjectDto>>> {
    let ctx = &caller.0;
    let listed = async {
        let (organisation, user) = ids(&id, &person)?;
        let (_, member) = service::find(ctx, organisation, user).await?;
        let items = projects::on(ctx, &member).await?.into_iter().map(PersonProjectDto::from).collect();
        Ok::<_, AppError>(List { items, next: None })
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// Puts a person on a project of this organisation; it holds from their next request. Doing it again changes nothing.
#[utoipa::path(put, path = "/organisations/{id}/people/{person}/projects/{project}", tag = "organisations", operation_id = "add_person_to_project", params(("id" = String, Path), ("person" = String, Path), ("project" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn add_project(
    caller: Caller,
    Path((id, person, project)): Path<(String, String, String)>,
) -> Answer<StatusCode> {
    let ctx = &caller.0;
    let done = async {
        let (organisation, user) = ids(&id, &person)?;
        projects::add(ctx, organisation, user, project.parse().map_err(|_| AppError::NotFound)?).await
    };
    done.await.map(|_| StatusCode::NO_CONTENT).map_err(|e| caller.refuse(&e))
}

/// Takes a person off a project of this organisation; it holds from their next request.
#[utoipa::path(delete, path = "/organisations/{id}/people/{person}/projects/{project}", tag = "organisations", operation_id = "remove_person_from_project", params(("id" = String, Path), ("person" = String, Path), ("project" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn remove_project(
    caller: Caller,
    Path((id, person, project)): Path<(String, String, String)>,
) -> Answer<StatusCode> {
    let ctx = &caller.0;
    let done = async {
        let (organisation, user) = ids(&id, &person)?;
        projects::remove(ctx, organisation, user, project.parse().map_err(|_| AppError::NotFound)?).await
    };
    done.await.map(|_| StatusCode::NO_CONTENT).map_err(|e| caller.refuse(&e))
}
