//! `/api/v1/search`: one question over all areas.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::everywhere::model::{Found, Group, Piece};
use app::everywhere::service;
use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::{Answer, Caller, Params};
use crate::api::problem::Problem;

/// What is looked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// Words, each the beginning of one that is found; of an order the beginning of its number.
    q: String,
}

/// One thing that was found.
#[derive(Serialize, ToSchema)]
pub struct FoundDto {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Whose or what it is; may be empty.
    pub meta: String,
    /// Where in it the words stand, where its title does not have them all.
    pub excerpt: Option<String>,
    /// Its page.
    pub path: String,
}

/// What was found in one area.
#[derive(Serialize, ToSchema)]
pub struct GroupDto {
    /// orders, projects, customers, people or documents.
    pub area: String,
    /// The first five.
    pub items: Vec<FoundDto>,
    /// The page that lists all of them, where there are more.
    pub more: Option<String>,
}

/// What was found, area by area. An area without any is left out.
#[derive(Serialize, ToSchema)]
pub struct FoundInDto {
    /// The areas.
    pub groups: Vec<GroupDto>,
}

fn text(pieces: Vec<Piece>) -> String {
    pieces.into_iter().map(|(text, _)| text).collect()
}

impl From<Found> for FoundDto {
    fn from(found: Found) -> Self {
        Self {
            id: found.id.to_string(),
            title: text(found.title),
            meta: found.meta,
            excerpt: found.excerpt.map(text),
            path: found.path,
        }
    }
}

impl From<Group> for GroupDto {
    fn from(group: Group) -> Self {
        Self {
            area: group.area.name().to_owned(),
            items: group.found.into_iter().map(FoundDto::from).collect(),
            more: group.all,
        }
    }
}

/// Looks everywhere, as far as the token's owner may see and the token reaches.
#[utoipa::path(get, path = "/search", tag = "home", operation_id = "search", params(SearchQuery), responses((status = 200, body = FoundInDto), (status = 400, body = Problem), (status = 401, body = Problem)))]
pub async fn find(caller: Caller, Params(query): Params<SearchQuery>) -> Answer<Json<FoundInDto>> {
    let groups = service::search(&caller.0, &query.q).await.map_err(|e| caller.refuse(&e))?;
    Ok(Json(FoundInDto { groups: groups.into_iter().map(GroupDto::from).collect() }))
}
