//! `/api/v1/organisations/{id}/people/{person}`: one colleague and their rights.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::access::{MembershipRole, Module, Reach, Rights};
use app::ctx::Ctx;
use app::error::{AppError, FieldErrors};
use app::ids::{OrganisationId, UserId};
use app::team::model::{Change, Member, MemberState};
use app::team::policy;
use app::team::service::{self, Seen};
use axum::Json;
use axum::extract::Path;
use axum::http::header::ETAG;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::dto::RightsDto;
use super::extract::{Answer, Body, Caller, if_match};
use crate::api::problem::Problem;

/// The rights to give; what is left out is as usual for the role, or stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRightsDto {
    /// none, own or organisation.
    pub documents: Option<String>,
    /// none, own or organisation.
    pub orders: Option<String>,
    /// none, own or organisation.
    pub money: Option<String>,
    /// none, own or organisation.
    pub tickets: Option<String>,
}

impl NewRightsDto {
    /// Over those that it leaves open. An unknown reach is an error of its field.
    pub fn over(&self, ctx: &Ctx, open: Rights) -> Result<Rights, AppError> {
        let mut rights = open;
        let mut errors = FieldErrors::default();
        let fields = [&self.documents, &self.orders, &self.money, &self.tickets];
        for (module, text) in Module::ALL.into_iter().zip(fields) {
            match text.as_deref().map(Reach::parse) {
                None => {}
                Some(Some(reach)) => rights = rights.with(module, reach),
                Some(None) => errors.add(module.name(), ctx.t("team-error-reach")),
            }
        }
        errors.into_result()?;
        Ok(rights)
    }
}

/// The role that a body names.
pub fn role(ctx: &Ctx, text: &str) -> Result<MembershipRole, AppError> {
    MembershipRole::parse(text).ok_or_else(|| AppError::Invalid(FieldErrors::one("role", ctx.t("team-error-role"))))
}

/// Somebody of an organisation.
#[derive(Serialize, ToSchema)]
pub struct MemberDto {
    /// Id.
    pub id: String,
    /// The organisation.
    pub organisation_id: String,
    /// Name.
    pub name: String,
    /// Sign-in address.
    pub email: String,
    /// admin, member or partner.
    pub role: String,
    /// active or suspended.
    pub state: String,
    /// What they may see.
    pub rights: RightsDto,
    /// Raised by every change; the ETag.
    pub revision: i64,
    /// RFC 3339; null for somebody who never has.
    pub last_sign_in_at: Option<String>,
    /// RFC 3339: belongs to it since.
    pub created_at: String,
}

fn tagged(row: &Member) -> Response {
    let dto = MemberDto {
        id: row.user_id.to_string(),
        organisation_id: row.organisation_id.to_string(),
        name: row.name.clone(),
        email: row.email.clone(),
        role: row.role.name().to_owned(),
        state: row.state.name().to_owned(),
        rights: row.rights().into(),
        revision: row.revision,
        last_sign_in_at: row.last_sign_in_at.map(|at| at.rfc3339()),
        created_at: row.created_at.rfc3339(),
    };
    let mut response = Json(dto).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("\"{}\"", row.revision)) {
        response.headers_mut().insert(ETAG, value);
    }
    response
}

/// The ids in a path.
pub(super) fn ids(id: &str, person: &str) -> Result<(OrganisationId, UserId), AppError> {
    let missing = |_| AppError::NotFound;
    Ok((id.parse().map_err(missing)?, person.parse().map_err(missing)?))
}

/// One person of an organisation.
#[utoipa::path(get, path = "/organisations/{id}/people/{person}", tag = "organisations", operation_id = "find_member", params(("id" = String, Path), ("person" = String, Path)), responses((status = 200, body = MemberDto), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path((id, person)): Path<(String, String)>) -> Answer<Response> {
    let refuse = |e: AppError| caller.refuse(&e);
    let (organisation, user) = ids(&id, &person).map_err(refuse)?;
    let (_, member) = service::find(&caller.0, organisation, user).await.map_err(refuse)?;
    Ok(tagged(&member))
}

/// What to change about a membership; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeMemberDto {
    /// admin, member or partner.
    pub role: Option<String>,
    /// active or suspended.
    pub state: Option<String>,
    /// What they may see.
    pub rights: Option<NewRightsDto>,
}

/// Changes a colleague's role, rights or state; it holds from their next request.
#[utoipa::path(patch, path = "/organisations/{id}/people/{person}", tag = "organisations", operation_id = "change_member", request_body = ChangeMemberDto, params(("id" = String, Path), ("person" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = MemberDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn change(
    caller: Caller,
    Path((id, person)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body<ChangeMemberDto>,
) -> Answer<Response> {
    let refuse = |e: AppError| caller.refuse(&e);
    let ctx = &caller.0;
    let (organisation, user) = ids(&id, &person).map_err(refuse)?;
    let revision = if_match(&headers, true).map_err(refuse)?;
    let (found, member) = service::find(ctx, organisation, user).await.map_err(refuse)?;
    check_manage(ctx, &member).map_err(refuse)?;
    let role = body.value.role.as_deref().map(|text| role(ctx, text)).transpose().map_err(refuse)?;
    let state = body
        .value
        .state
        .as_deref()
        .map(|text| {
            let wrong = || AppError::Invalid(FieldErrors::one("state", "active or suspended"));
            MemberState::parse(text).ok_or_else(wrong)
        })
        .transpose()
        .map_err(refuse)?;
    let rights = match &body.value.rights {
        Some(rights) => {
            let open = match role {
                Some(role) if role != member.role => {
                    let limits = service::limits(ctx, found.id, role).await.map_err(refuse)?;
                    Rights::default_of(role).at_most(limits)
                }
                _ => member.rights(),
            };
            Some(rights.over(ctx, open).map_err(refuse)?)
        }
        None => None,
    };
    let seen = Seen { revision, form: false };
    let member =
        service::change(ctx, organisation, user, seen, Change { role, rights, state }).await.map_err(refuse)?;
    Ok(tagged(&member))
}

/// Whoever may not manage learns nothing from the errors of a body.
fn check_manage(ctx: &Ctx, member: &Member) -> Result<(), AppError> {
    let relation = policy::relation_to(&ctx.actor, member.assigned);
    app::access::allow(&ctx.actor, app::access::Action::MemberManage, relation, Some(member.organisation_id))
}

/// Ends a membership.
#[utoipa::path(delete, path = "/organisations/{id}/people/{person}", tag = "organisations", operation_id = "remove_member", params(("id" = String, Path), ("person" = String, Path), ("If-Match" = String, Header)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn remove(
    caller: Caller,
    Path((id, person)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer<StatusCode> {
    let refuse = |e: AppError| caller.refuse(&e);
    let (organisation, user) = ids(&id, &person).map_err(refuse)?;
    let revision = if_match(&headers, true).map_err(refuse)?;
    service::remove(&caller.0, organisation, user, Seen { revision, form: false }).await.map_err(refuse)?;
    Ok(StatusCode::NO_CONTENT)
}
