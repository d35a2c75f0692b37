//! `/api/v1/documents/publish`, `move` and `tag`: several documents at once, all of them or none.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::documents::bulk::{self, Item};
use app::documents::model::Category;
use app::documents::service::Seen;
use app::error::{AppError, FieldErrors};
use axum::Json;
use serde::Deserialize;

use super::documents::parse_id;
use super::extract::{Answer, Body, Caller};
use crate::api::problem::Problem;

/// A document of several, and the revision that was looked at.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemDto {
    /// Id.
    pub id: String,
    /// Nothing is done if it is another by now; null: whatever it is.
    #[serde(default)]
    pub revision: Option<i64>,
}

/// Several documents, at most 100.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ManyDto {
    /// Which.
    pub documents: Vec<ItemDto>,
}

/// Several documents, at most 100, and where they go.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveDto {
    /// Which.
    pub documents: Vec<ItemDto>,
    /// Key of the category.
    pub category: String,
}

/// Documents and the tags they get.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TagDto {
    /// Which.
    pub documents: Vec<ItemDto>,
    /// Tags they get beside those they have.
    pub tags: Vec<String>,
}

/// How many it was done to.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct CountDto {
    /// Documents.
    pub documents: usize,
}

fn items(documents: &[ItemDto]) -> Result<Vec<Item>, AppError> {
    let item =
        |dto: &ItemDto| Ok(Item { id: parse_id(&dto.id)?, seen: Seen { revision: dto.revision, ..Seen::default() } });
    documents.iter().map(item).collect()
}

/// Publishes several documents to everyone of their organisations: all of them, or none.
#[utoipa::path(post, path = "/documents/publish", tag = "documents", operation_id = "publish_documents", request_body = ManyDto, responses((status = 200, body = CountDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn publish_many(caller: Caller, body: Body<ManyDto>) -> Answer<Json<CountDto>> {
    let done = async { bulk::publish(&caller.0, &items(&body.value.documents)?).await };
    Ok(Json(CountDto { documents: done.await.map_err(|e| caller.refuse(&e))? }))
}

/// Moves several documents into a category: all of them, or none.
#[utoipa::path(post, path = "/documents/move", tag = "documents", operation_id = "move_documents", request_body = MoveDto, responses((status = 200, body = CountDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn move_many(caller: Caller, body: Body<MoveDto>) -> Answer<Json<CountDto>> {
    let ctx = &caller.0;
    let done = async {
        let items = items(&body.value.documents)?;
        // What is not visible is not found, whatever else is wrong.
        bulk::chosen(ctx, &items.iter().map(|item| item.id).collect::<Vec<_>>()).await?;
        let unknown = || AppError::Invalid(FieldErrors::one("category", ctx.t("documents-error-category")));
        bulk::move_to(ctx, &items, Category::parse(&body.value.category).ok_or_else(unknown)?).await
    };
    Ok(Json(CountDto { documents: done.await.map_err(|e| caller.refuse(&e))? }))
}

/// Gives several documents tags: all of them, or none.
#[utoipa::path(post, path = "/documents/tag", tag = "documents", operation_id = "tag_documents", request_body = TagDto, responses((status = 200, body = CountDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn tag_many(caller: Caller, body: Body<TagDto>) -> Answer<Json<CountDto>> {
    let done = async { bulk::tag(&caller.0, &items(&body.value.documents)?, &body.value.tags).await };
    Ok(Json(CountDto { documents: done.await.map_err(|e| caller.refuse(&e))? }))
}
