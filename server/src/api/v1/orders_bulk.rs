//! `/api/v1/orders/status`: another status for several orders at once, all of them or none.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::error::AppError;
use app::orders::bulk::{self, Item};
use app::orders::model::Order;
use app::orders::service;
use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extract::{Answer, Body, Caller};
use super::orders::parse_id;
use crate::api::problem::Problem;

/// An order of several, and the revision that was looked at.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderItemDto {
    /// Id.
    pub id: String,
    /// Nothing is done if it is another by now; null: whatever it is.
    #[serde(default)]
    pub revision: Option<i64>,
}

/// Several orders, and the status they get.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderStatusesDto {
    /// At most 100.
    pub orders: Vec<OrderItemDto>,
    /// Key of the status.
    pub status: String,
    /// Why; their customers read it.
    #[serde(default)]
    pub reason: String,
    /// Only says what would change, and who would see it.
    #[serde(default)]
    pub dry_run: bool,
}

/// What changed, or would change.
#[derive(Serialize, ToSchema)]
pub struct StatusChangeDto {
    /// Ids of orders that get the status.
    pub changes: Vec<String>,
    /// Ids of orders that have it already.
    pub same: Vec<String>,
    /// Ids of orders that are not the caller's to change: with any of them, nothing is done.
    pub refused: Vec<String>,
    /// Who sees the change, by customer.
    pub readers: Vec<ReadersDto>,
}

/// Who at one customer sees the change.
#[derive(Serialize, ToSchema)]
pub struct ReadersDto {
    /// The customer.
    pub organisation_id: String,
    /// How many people.
    pub people: usize,
    /// How many of them have never signed in.
    pub never_signed_in: usize,
}

/// Gives several orders a status: all of them, or none.
#[utoipa::path(post, path = "/orders/status", tag = "orders", operation_id = "set_order_statuses", request_body = OrderStatusesDto, responses((status = 200, body = StatusChangeDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn set_status(caller: Caller, body: Body<OrderStatusesDto>) -> Answer<Json<StatusChangeDto>> {
    let ctx = &caller.0;
    let done = async {
        if !service::may_manage_any(ctx) {
            return Err(AppError::Forbidden);
        }
        let OrderStatusesDto { orders, status, reason, dry_run } = body.value;
        let item = |dto: &OrderItemDto| Ok(Item { id: parse_id(&dto.id)?, revision: dto.revision });
        let items = orders.iter().map(item).collect::<Result<Vec<_>, AppError>>()?;
        let chosen = bulk::chosen(ctx, &items.iter().map(|item| item.id).collect::<Vec<_>>()).await?;
        let preview = bulk::preview(ctx, chosen, &bulk::status(ctx, &status).await?).await?;
        if !dry_run {
            bulk::set_status(ctx, &items, &status, &reason, None).await?;
        }
        let ids = |orders: &[Order]| orders.iter().map(|order| order.id.to_string()).collect();
        let readers = preview.readers.iter().map(|of| ReadersDto {
            organisation_id: of.organisation_id.to_string(),
            people: of.people.len(),
            never_signed_in: of.people.iter().filter(|(_, never)| *never).count(),
        });
        Ok::<_, AppError>(StatusChangeDto {
            changes: ids(&preview.changes),
            same: ids(&preview.same),
            refused: ids(&preview.refused),
            readers: readers.collect(),
        })
    };
    Ok(Json(done.await.map_err(|e| caller.refuse(&e))?))
}
