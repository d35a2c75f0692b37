//! `/api/v1/invitations`.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::access::{MembershipRole, Rights};
use app::ctx::Ctx;
use app::error::{AppError, FieldErrors};
use app::i18n::Locale;
use app::ids::{InvitationId, OrganisationId, ProjectId};
use app::invitations::model::{Invitation, NewInvitation};
use app::invitations::{invite, service};
use app::team::service as team;
use axum::Json;
use axum::extract::Path;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::dto::{List, RightsDto};
use super::extract::{Answer, Body, Caller, Params};
use super::organisations::limit;
use super::people::{NewRightsDto, role};
use crate::api::problem::Problem;

/// An invitation.
#[derive(Serialize, ToSchema)]
pub struct InvitationDto {
    /// Id.
    pub id: String,
    /// The customer; null for the staff.
    pub organisation_id: Option<String>,
    /// Where the mail goes.
    pub email: String,
    /// Name.
    pub name: String,
    /// admin, member or partner; a staff role for the staff.
    pub role: String,
    /// What they will see.
    pub rights: RightsDto,
    /// open, accepted, withdrawn or expired.
    pub state: String,
    /// RFC 3339.
    pub created_at: String,
    /// RFC 3339: when the mail was last asked for.
    pub sent_at: String,
    /// RFC 3339: until when it can be accepted.
    pub expires_at: String,
}

fn dto(row: &Invitation, now: app::time::Instant) -> InvitationDto {
    InvitationDto {
        id: row.id.to_string(),
        organisation_id: row.organisation_id.map(|id| id.to_string()),
        email: row.email.clone(),
        name: row.name.clone(),
        role: row.role.map_or_else(|| row.as_role().name(), MembershipRole::name).to_owned(),
        rights: row.rights().into(),
        state: row.state_name(now).to_owned(),
        created_at: row.created_at.rfc3339(),
        sent_at: row.sent_at.rfc3339(),
        expires_at: row.expires_at.rfc3339(),
    }
}

/// Whose invitations, and paging.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// The customer.
    organisation_id: String,
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

fn parse_id(text: &str) -> Result<InvitationId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// The invitation that a page begins after.
pub(super) fn cursor(text: Option<&str>) -> Result<Option<InvitationId>, AppError> {
    let bad = |_| AppError::BadRequest("cursor: not one of ours".into());
    text.map(|text| text.parse().map_err(bad)).transpose()
}

/// A page of invitations.
pub(super) fn listed((rows, more): &(Vec<Invitation>, bool), now: app::time::Instant) -> List<InvitationDto> {
    let next = rows.last().filter(|_| *more).map(|row| row.id.to_string());
    List { items: rows.iter().map(|row| dto(row, now)).collect(), next }
}

/// Made, with where to find it.
pub(super) fn created(row: &Invitation, now: app::time::Instant) -> Response {
    let mut response = (StatusCode::CREATED, Json(dto(row, now))).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("/api/v1/invitations/{}", row.id)) {
        response.headers_mut().insert(LOCATION, value);
    }
    response
}

/// The language of the mail; the reader's where none is named.
pub(super) fn locale(ctx: &Ctx, tag: Option<&str>) -> Result<Locale, AppError> {
    let unknown = || AppError::Invalid(FieldErrors::one("locale", "en, de or nl"));
    tag.map_or(Ok(ctx.locale), |tag| Locale::parse(tag).ok_or_else(unknown))
}

/// A customer's invitations, newest first.
#[utoipa::path(get, path = "/invitations", tag = "invitations", operation_id = "list_invitations", params(ListQuery), responses((status = 200, body = List<InvitationDto>), (status = 400, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn list(caller: Caller, Params(query): Params<ListQuery>) -> Answer<Json<List<InvitationDto>>> {
    let refuse = |e: AppError| caller.refuse(&e);
    let organisation: OrganisationId = query.organisation_id.parse().map_err(|_| refuse(AppError::NotFound))?;
    let limit = limit(query.limit).map_err(refuse)?;
    let before = cursor(query.cursor.as_deref()).map_err(refuse)?;
    let page = service::list(&caller.0, organisation, before, limit).await.map_err(refuse)?;
    Ok(Json(listed(&page, caller.0.now())))
}

/// Somebody to invite.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitationDto {
    /// The customer.
    pub organisation_id: String,
    /// Where the mail goes.
    pub email: String,
    /// Name.
    pub name: String,
    /// admin, member (default) or partner.
    pub role: Option<String>,
    /// What they will see; as usual for the role where left out.
    #[serde(default)]
    pub rights: NewRightsDto,
    /// Projects they will be on; a partner needs one.
    #[serde(default)]
    pub projects: Vec<String>,
    /// A few words in the mail.
    #[serde(default)]
    pub message: String,
    /// en, de or nl: the language of the mail.
    pub locale: Option<String>,
}

/// Invites somebody to a customer. Whether the address has a login already makes no difference to the answer.
#[utoipa::path(post, path = "/invitations", tag = "invitations", operation_id = "create_invitation", request_body = NewInvitationDto, params(("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = InvitationDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn create(mut caller: Caller, headers: HeaderMap, body: Body<NewInvitationDto>) -> Answer<Response> {
    caller.idempotent(&headers, &[b"POST /invitations", &body.raw])?;
    let refuse = |e: AppError| caller.refuse(&e);
    let ctx = &caller.0;
    let value = body.value;
    let organisation: OrganisationId = value.organisation_id.parse().map_err(|_| refuse(AppError::NotFound))?;
    let role = value.role.as_deref().map_or(Ok(MembershipRole::Member), |text| role(ctx, text)).map_err(refuse)?;
    let limits = team::limits(ctx, organisation, role).await.map_err(refuse)?;
    let rights = value.rights.over(ctx, Rights::default_of(role).at_most(limits)).map_err(refuse)?;
    let wrong = || AppError::Invalid(FieldErrors::one("projects", ctx.t("invite-error-project")));
    let projects: Vec<ProjectId> =
        value.projects.iter().map(|id| id.parse().map_err(|_| wrong())).collect::<Result<_, _>>().map_err(refuse)?;
    let locale = locale(ctx, value.locale.as_deref()).map_err(refuse)?;
    let new = NewInvitation {
        email: value.email,
        name: value.name,
        role,
        rights: (role != MembershipRole::Admin).then_some(rights),
        projects,
        message: value.message,
        locale,
    };
    let row = invite::to_customer(ctx, organisation, new).await.map_err(refuse)?;
    Ok(created(&row, ctx.now()))
}

/// One invitation.
#[utoipa::path(get, path = "/invitations/{id}", tag = "invitations", operation_id = "find_invitation", params(("id" = String, Path)), responses((status = 200, body = InvitationDto), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(id): Path<String>) -> Answer<Json<InvitationDto>> {
    let refuse = |e: AppError| caller.refuse(&e);
    let row = service::find(&caller.0, parse_id(&id).map_err(refuse)?).await.map_err(refuse)?;
    Ok(Json(dto(&row, caller.0.now())))
}

/// Sends it again; the time begins anew.
#[utoipa::path(post, path = "/invitations/{id}/resend", tag = "invitations", operation_id = "resend_invitation", params(("id" = String, Path)), responses((status = 200, body = InvitationDto), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn resend(caller: Caller, Path(id): Path<String>) -> Answer<Json<InvitationDto>> {
    let refuse = |e: AppError| caller.refuse(&e);
    let row = service::resend(&caller.0, parse_id(&id).map_err(refuse)?).await.map_err(refuse)?;
    Ok(Json(dto(&row, caller.0.now())))
}

/// Takes it back: its link works no more.
#[utoipa::path(delete, path = "/invitations/{id}", tag = "invitations", operation_id = "withdraw_invitation", params(("id" = String, Path)), responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn withdraw(caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    let refuse = |e: AppError| caller.refuse(&e);
    service::withdraw(&caller.0, parse_id(&id).map_err(refuse)?).await.map_err(refuse)?;
    Ok(StatusCode::NO_CONTENT)
}
