//! `/api/v1/inbox`: what waits for the token's owner, over all areas.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::ctx::Ctx;
use app::error::AppError;
use app::home::inbox;
use app::home::model::{After, Item, Key, Kind, Until};
use app::home::page::words;
use app::validity::service::today;
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::dto::List;
use super::extract::{Answer, Body, Caller, Params};
use super::organisations::limit;
use crate::api::problem::Problem;

/// One thing that waits.
#[derive(Serialize, ToSchema)]
pub struct InboxItemDto {
    /// approve, send, order, task, choose, read, renew, factor, codes or passkey.
    pub kind: String,
    /// Of those, which.
    pub id: String,
    /// In which of the owner's organisations.
    pub organisation_id: String,
    /// What is to do, in the owner's language.
    pub text: String,
    /// What it is about: the title of a document, a request or an order; may be empty.
    pub title: String,
    /// The page where it is done.
    pub path: String,
    /// Who asks.
    pub asked_by: Option<String>,
    /// Since when it waits as it is; RFC 3339.
    pub since: String,
    /// The last day in time, such as 2026-12-24.
    pub due_on: Option<String>,
    /// The last instant in time, where it is one; RFC 3339.
    pub due_at: Option<String>,
    /// Its time has passed.
    pub overdue: bool,
    /// Put off until then; RFC 3339.
    pub snoozed_until: Option<String>,
}

impl InboxItemDto {
    fn new(ctx: &Ctx, item: Item) -> Self {
        let said = words(ctx, &item);
        Self {
            kind: item.kind.name().to_owned(),
            id: item.id.to_string(),
            organisation_id: item.organisation_id.to_string(),
            text: said.text,
            path: said.href,
            asked_by: Some(item.by_name.clone()).filter(|name| !name.is_empty()),
            since: item.since.rfc3339(),
            due_on: item.due_on.map(|day| day.to_string()),
            due_at: item.due_at.map(|at| at.rfc3339()),
            overdue: item.is_late(ctx.now(), today(ctx)),
            snoozed_until: item.snoozed_until.map(|at| at.rfc3339()),
            title: item.title,
        }
    }
}

/// Until when something is put off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SnoozeDto {
    /// The day it comes back, such as 2026-12-01; or `tomorrow`, or `next_week`.
    pub until: String,
}

/// Filters and paging.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct InboxQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Only what waits in this organisation.
    organisation_id: Option<String>,
    /// What was put off, in place of what waits.
    snoozed: Option<bool>,
}

fn key(kind: &str, id: &str) -> Option<Key> {
    Some(Key { kind: Kind::parse(kind)?, id: id.parse().ok()? })
}

/// What waits for the token's owner: overdue first, then by due date, then by age.
#[utoipa::path(get, path = "/inbox", tag = "home", operation_id = "list_inbox", params(InboxQuery), responses((status = 200, body = List<InboxItemDto>), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn list(caller: Caller, Params(query): Params<InboxQuery>) -> Answer<Json<List<InboxItemDto>>> {
    let ctx = &caller.0;
    let bad = |text: &str| AppError::BadRequest(text.to_owned());
    let listed = async {
        let only = query.organisation_id.as_deref().map(|id| id.parse().map_err(|_| bad("organisation_id: not an id")));
        let after =
            query.cursor.as_deref().map(|text| text.parse::<After>().map_err(|()| bad("cursor: not one of ours")));
        let (only, after, snoozed) = (only.transpose()?, after.transpose()?, query.snoozed.unwrap_or(false));
        let page = inbox::page(ctx, only, snoozed, after, limit(query.limit)?).await?;
        let next = page.next.map(|next| next.to_string());
        let items = page.items.into_iter().map(|item| InboxItemDto::new(ctx, item)).collect();
        Ok::<_, AppError>(List { items, next })
    };
    Ok(Json(listed.await.map_err(|e| caller.refuse(&e))?))
}

/// Puts something off for the token's owner alone. It comes back on the morning of that day, and at once when it changes.
#[utoipa::path(post, path = "/inbox/{kind}/{id}/snooze", tag = "home", operation_id = "snooze_item", request_body = SnoozeDto, params(("kind" = String, Path), ("id" = String, Path)), responses((status = 200, body = InboxItemDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn snooze(
    caller: Caller,
    Path((kind, id)): Path<(String, String)>,
    body: Body<SnoozeDto>,
) -> Answer<Json<InboxItemDto>> {
    let until = match body.value.until.as_str() {
        "tomorrow" => Some(Until::Tomorrow),
        "next_week" => Some(Until::NextWeek),
        day => day.parse().ok().map(Until::Day),
    };
    let item = inbox::snooze(&caller.0, key(&kind, &id), until).await.map_err(|e| caller.refuse(&e))?;
    Ok(Json(InboxItemDto::new(&caller.0, item)))
}

/// Takes it back.
#[utoipa::path(delete, path = "/inbox/{kind}/{id}/snooze", tag = "home", operation_id = "wake_item", params(("kind" = String, Path), ("id" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn wake(caller: Caller, Path((kind, id)): Path<(String, String)>) -> Answer<StatusCode> {
    inbox::wake(&caller.0, key(&kind, &id)).await.map_err(|e| caller.refuse(&e))?;
    Ok(StatusCode::NO_CONTENT)
}
