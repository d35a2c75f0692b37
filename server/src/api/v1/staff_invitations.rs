//! `/api/v1/staff-invitations`. One of them is seen, sent again and taken back at `/api/v1/invitations/{id}`.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::access::StaffRole;
use app::error::AppError;
use app::invitations::model::NewStaff;
use app::invitations::{invite, service};
use app::people::users;
use axum::Json;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::dto::List;
use super::extract::{Answer, Body, Caller, Params};
use super::invitations::{InvitationDto, created, cursor, listed, locale};
use super::organisations::{Paging, limit};
use crate::api::problem::Problem;

/// Invitations to the staff, newest first.
#[utoipa::path(get, path = "/staff-invitations", tag = "invitations", operation_id = "list_staff", params(Paging), responses((status = 200, body = List<InvitationDto>), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn list(caller: Caller, Params(paging): Params<Paging>) -> Answer<Json<List<InvitationDto>>> {
    let page = async {
        let (before, limit) = (cursor(paging.cursor.as_deref())?, limit(paging.limit)?);
        service::list_of_staff(&caller.0, before, limit).await
    };
    let page = page.await.map_err(|e| caller.refuse(&e))?;
    Ok(Json(listed(&page, caller.0.now())))
}

/// Somebody to invite to the staff.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStaffInvitationDto {
    /// Where the mail goes.
    #[serde(default)]
    email: String,
    /// Name.
    #[serde(default)]
    name: String,
    /// `project_manager`, `support`, `finance`, `sales`, `management` or `administrator`.
    #[serde(default)]
    role: String,
    /// A few words in the mail.
    #[serde(default)]
    message: String,
    /// en, de or nl: the language of the mail.
    locale: Option<String>,
}

/// Invites somebody to the staff.
#[utoipa::path(post, path = "/staff-invitations", tag = "invitations", operation_id = "create_staff", request_body = NewStaffInvitationDto, params(("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = InvitationDto), (status = 403, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn create(mut caller: Caller, headers: HeaderMap, body: Body<NewStaffInvitationDto>) -> Answer<Response> {
    caller.idempotent(&headers, &[b"POST /staff-invitations", &body.raw])?;
    let ctx = &caller.0;
    let invited = async {
        users::check_manage(ctx)?;
        let NewStaffInvitationDto { email, name, role, message, locale: tag } = body.value;
        let locale = locale(ctx, tag.as_deref())?;
        invite::to_staff(ctx, NewStaff { email, name, role: StaffRole::parse(&role), message, locale }).await
    };
    let row = invited.await.map_err(|e: AppError| caller.refuse(&e))?;
    Ok(created(&row, ctx.now()))
}
