//! `/api/v1/users` and `/api/v1/audit-events`: for whoever administers the portal.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::access::StaffRole;
use app::audit::EventRow;
use app::audit::search::{self, Filter as Events};
use app::ctx::Ctx;
use app::error::{AppError, FieldErrors};
use app::ids::UserId;
use app::people::state::{Change, UserState};
use app::people::users::{self, Filter, Found};
use app::time::Instant;
use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::dto::List;
use super::extract::{Answer, Body, Caller, Params, if_match, with_etag};
use super::organisations::limit;
use super::user_dto::{UserDetailDto, UserDto};
use crate::api::problem::Problem;

/// Filters and paging of people.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UsersQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Part of a name or an address.
    search: Option<String>,
    /// staff or customer.
    kind: Option<String>,
    /// A staff role.
    role: Option<String>,
    /// active or suspended.
    state: Option<String>,
}

/// Everybody with a sign-in, by address.
#[utoipa::path(get, path = "/users", tag = "users", params(UsersQuery), responses((status = 200, body = List<UserDto>), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn list_users(caller: Caller, Params(query): Params<UsersQuery>) -> Answer<Json<List<UserDto>>> {
    let listed = async {
        let bad = |text: &str| AppError::BadRequest(text.to_owned());
        let kind = query.kind.unwrap_or_default();
        if !["", "staff", "customer"].contains(&kind.as_str()) {
            return Err(bad("kind: staff or customer"));
        }
        let filter = Filter {
            search: query.search.unwrap_or_default(),
            kind,
            role: query.role.as_deref().map(|r| StaffRole::parse(r).ok_or_else(|| bad("role: unknown"))).transpose()?,
            state: query
                .state
                .as_deref()
                .map(|s| UserState::parse(s).ok_or_else(|| bad("state: unknown")))
                .transpose()?,
            after: query.cursor.unwrap_or_default(),
            limit: limit(query.limit)?,
        };
        let (rows, more) = users::find(&caller.0, &filter).await?;
        let next = rows.last().filter(|_| more).map(|last| last.email_key.clone());
        Ok(List { items: rows.into_iter().map(UserDto::from).collect(), next })
    };
    listed.await.map(Json).map_err(|e| caller.refuse(&e))
}

fn parse_id(text: &str) -> Result<UserId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

async fn tagged(ctx: &Ctx, row: Found) -> Result<Response, AppError> {
    let (places, customers) = (users::places(ctx, &row).await?, users::customers(ctx, &row).await?);
    let tag = row.revision.to_string();
    Ok(with_etag(UserDetailDto::new(row, places, customers), &tag))
}

/// One person with the ETag, and what they are at the customers that the caller may see.
#[utoipa::path(get, path = "/users/{id}", tag = "users", params(("id" = String, Path)), responses((status = 200, body = UserDetailDto), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn find_user(caller: Caller, Path(id): Path<String>) -> Answer<Response> {
    let ctx = &caller.0;
    let found = async {
        users::check(ctx)?;
        tagged(ctx, users::one(ctx, parse_id(&id)?).await?).await
    };
    found.await.map_err(|e| caller.refuse(&e))
}

/// What to change about somebody; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeUserDto {
    /// active or suspended.
    state: Option<String>,
    /// `project_manager`, `support`, `finance`, `sales`, `management` or `administrator`: for staff only.
    staff_role: Option<String>,
}

impl ChangeUserDto {
    /// What it names, for this person. What is wrong is said of each field.
    fn parse(&self, ctx: &Ctx, person: &Found) -> Result<Change, AppError> {
        let mut errors = FieldErrors::default();
        let state = self.state.as_deref().map(UserState::parse);
        if state == Some(None) {
            errors.add("state", "active or suspended");
        }
        let role = self.staff_role.as_deref().map(StaffRole::parse);
        match role {
            Some(None) => errors.add("staff_role", ctx.t("users-error-role")),
            Some(_) if person.staff_role.is_none() => errors.add("staff_role", ctx.t("people-not-staff")),
            _ => {}
        }
        errors.into_result()?;
        Ok(Change { state: state.flatten(), role: role.flatten() })
    }
}

/// Changes whether somebody may sign in, and the role of staff; it holds from their next request.
#[utoipa::path(patch, path = "/users/{id}", tag = "users", request_body = ChangeUserDto, params(("id" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = UserDetailDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn change_user(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<ChangeUserDto>,
) -> Answer<Response> {
    let changed = async {
        let ctx = &caller.0;
        users::check_manage(ctx)?;
        let person = users::one(ctx, parse_id(&id)?).await?;
        let revision = if_match(&headers, true)?;
        let change = body.value.parse(ctx, &person)?;
        app::people::state::change(ctx, person.id, revision, change).await?;
        tagged(ctx, users::one(ctx, person.id).await?).await
    };
    changed.await.map_err(|e| caller.refuse(&e))
}

/// Changes somebody as they were read, where the request says what that was.
async fn act(ctx: &Ctx, id: &str, headers: &HeaderMap, change: Change) -> Result<(), AppError> {
    users::check_manage(ctx)?;
    app::people::state::change(ctx, parse_id(id)?, if_match(headers, false)?, change).await
}

/// Lets somebody sign in no more, from the next request on.
#[utoipa::path(post, path = "/users/{id}/suspend", tag = "users", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem)))]
pub async fn suspend_user(caller: Caller, Path(id): Path<String>, headers: HeaderMap) -> Answer<StatusCode> {
    let change = Change { state: Some(UserState::Suspended), role: None };
    let done = act(&caller.0, &id, &headers, change).await;
    done.map(|()| StatusCode::NO_CONTENT).map_err(|e| caller.refuse(&e))
}

/// Lets somebody sign in again.
#[utoipa::path(post, path = "/users/{id}/restore", tag = "users", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem)))]
pub async fn restore_user(caller: Caller, Path(id): Path<String>, headers: HeaderMap) -> Answer<StatusCode> {
    let change = Change { state: Some(UserState::Active), role: None };
    let done = act(&caller.0, &id, &headers, change).await;
    done.map(|()| StatusCode::NO_CONTENT).map_err(|e| caller.refuse(&e))
}

/// Ends all of somebody's sessions. Their tokens stay.
#[utoipa::path(delete, path = "/users/{id}/sessions", tag = "users", operation_id = "end_user_sessions", params(("id" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn end_user_sessions(caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    let done = async {
        users::check_manage(&caller.0)?;
        app::people::sign_out(&caller.0, parse_id(&id)?).await
    };
    done.await.map(|_| StatusCode::NO_CONTENT).map_err(|e| caller.refuse(&e))
}

/// A role of staff.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleDto {
    /// `project_manager`, `support`, `finance`, `sales`, `management` or `administrator`.
    #[serde(default)]
    role: String,
}

/// Gives a member of staff another role.
#[utoipa::path(post, path = "/users/{id}/role", tag = "users", request_body = RoleDto, params(("id" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn set_user_role(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<RoleDto>,
) -> Answer<StatusCode> {
    let done = async {
        users::check_manage(&caller.0)?;
        let unknown = || AppError::Invalid(FieldErrors::one("role", caller.0.t("users-error-role")));
        let role = StaffRole::parse(&body.value.role).ok_or_else(unknown)?;
        act(&caller.0, &id, &headers, Change { state: None, role: Some(role) }).await
    };
    done.await.map(|()| StatusCode::NO_CONTENT).map_err(|e| caller.refuse(&e))
}

/// One event of the trail.
#[derive(Serialize, ToSchema)]
pub struct EventDto {
    /// Its place in the chain.
    pub sequence: i64,
    /// Id.
    pub id: String,
    /// RFC 3339.
    pub at: String,
    /// anonymous, person, token, viewer (as somebody else) or operator.
    pub actor_kind: String,
    /// Who.
    pub actor_id: Option<String>,
    /// What.
    pub action: String,
    /// To what kind of thing.
    pub object_kind: String,
    /// To which.
    pub object_id: Option<String>,
    /// Of which customer.
    pub organisation_id: Option<String>,
    /// References and numbers.
    pub detail: serde_json::Value,
    /// The request.
    pub request_id: String,
    /// SHA-256 over the event and the one before, in hexadecimal.
    pub hash: String,
}

impl From<EventRow> for EventDto {
    fn from(row: EventRow) -> Self {
        let id = |id: Option<uuid::Uuid>| id.map(|id| id.to_string());
        Self {
            sequence: row.sequence,
            id: row.id.to_string(),
            at: row.at.rfc3339(),
            actor_kind: row.actor_kind,
            actor_id: id(row.actor_id),
            action: row.action,
            object_kind: row.object_kind,
            object_id: id(row.object_id),
            organisation_id: id(row.organisation_id),
            detail: serde_json::from_str(&row.detail).unwrap_or_default(),
            request_id: row.request_id,
            hash: app::documents::model::hex(&row.hash),
        }
    }
}

/// Filters and paging of the trail.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EventsQuery {
    /// 1 to 100, default 25.
    pub limit: Option<i64>,
    /// `next` of the page before.
    pub cursor: Option<i64>,
    /// Who did it.
    pub actor_id: Option<String>,
    /// To which thing.
    pub object_id: Option<String>,
    /// Of which customer.
    pub organisation_id: Option<String>,
    /// What, such as `document.publish`.
    pub action: Option<String>,
    /// Not before: RFC 3339.
    pub from: Option<String>,
    /// Before: RFC 3339.
    pub to: Option<String>,
}

impl EventsQuery {
    /// Which events it names.
    pub fn filter(&self) -> Result<Events, AppError> {
        let bad = |text: &str| AppError::BadRequest(text.to_owned());
        let id = |text: &Option<String>, field: &str| {
            text.as_deref().map(|id| id.parse().map_err(|_| bad(&format!("{field}: not an id")))).transpose()
        };
        let time = |text: &Option<String>, field: &str| {
            let parse = |text: &str| text.parse::<jiff::Timestamp>().map(|at| Instant(at.as_microsecond()));
            text.as_deref().map(|at| parse(at).map_err(|_| bad(&format!("{field}: not RFC 3339")))).transpose()
        };
        let all = Events::default();
        Ok(Events {
            actor: id(&self.actor_id, "actor_id")?,
            object: id(&self.object_id, "object_id")?,
            organisation: id(&self.organisation_id, "organisation_id")?,
            action: self.action.clone().unwrap_or_default(),
            from: time(&self.from, "from")?.unwrap_or(all.from),
            to: time(&self.to, "to")?.unwrap_or(all.to),
            before: self.cursor.unwrap_or(all.before),
        })
    }
}

/// The trail, newest first.
#[utoipa::path(get, path = "/audit-events", tag = "audit", operation_id = "list_audit_events", params(EventsQuery), responses((status = 200, body = List<EventDto>), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn list_events(caller: Caller, Params(query): Params<EventsQuery>) -> Answer<Json<List<EventDto>>> {
    let listed = async {
        search::check(&caller.0)?;
        let filter = query.filter()?;
        let limit = limit(query.limit)?;
        let mut rows = search::search(&caller.0, &filter, limit + 1).await?;
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > wanted;
        rows.truncate(wanted);
        let next = rows.last().filter(|_| more).map(|last| last.sequence.to_string());
        Ok(List { items: rows.into_iter().map(EventDto::from).collect(), next })
    };
    listed.await.map(Json).map_err(|e: AppError| caller.refuse(&e))
}
