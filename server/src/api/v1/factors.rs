//! `/api/v1/me/factors`, `/api/v1/users/{id}/factors` and `/api/v1/sign-in-rules`.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::access::Role;
use app::error::{AppError, FieldErrors};
use app::factors::{rules, service};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extract::{Answer, Body, Caller};
use crate::api::problem::Problem;

/// What somebody signs in with, besides the password.
#[derive(Debug, Serialize, ToSchema)]
pub struct FactorsDto {
    /// Whether an authenticator app is set up.
    authenticator_app: bool,
    /// Passkeys, oldest first.
    passkeys: Vec<PasskeyDto>,
    /// Recovery codes that have not been used.
    recovery_codes_left: i64,
}

/// A passkey.
#[derive(Debug, Serialize, ToSchema)]
pub struct PasskeyDto {
    /// Id.
    id: String,
    /// What its owner calls it.
    name: String,
    /// RFC 3339.
    created_at: String,
    /// RFC 3339.
    last_used_at: Option<String>,
    /// A copy of it may have been used: it opens nothing any more.
    blocked: bool,
}

/// Which roles need a second factor.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInRulesDto {
    /// Names of roles, as in the printed policy.
    second_factor_roles: Vec<String>,
}

/// The second factors of the token's owner.
#[utoipa::path(get, path = "/me/factors", tag = "me", responses((status = 200, body = FactorsDto), (status = 401, body = Problem)))]
pub async fn mine(caller: Caller) -> Answer<Json<FactorsDto>> {
    let factors = service::mine(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    let passkeys = factors
        .passkeys
        .into_iter()
        .map(|passkey| PasskeyDto {
            id: passkey.id.to_string(),
            name: passkey.name,
            created_at: passkey.created_at.rfc3339(),
            last_used_at: passkey.last_used_at.map(app::time::Instant::rfc3339),
            blocked: passkey.suspected_at.is_some(),
        })
        .collect();
    Ok(Json(FactorsDto {
        authenticator_app: factors.app.is_some(),
        passkeys,
        recovery_codes_left: factors.codes.unused,
    }))
}

/// Takes away every second factor of somebody who lost theirs. Their sessions end, and they are told. A password that is
/// too short to stay alone is replaced by its owner first.
#[utoipa::path(delete, path = "/users/{id}/factors", tag = "users", params(("id" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn reset(caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    let user = id.parse().unwrap_or(app::ids::UserId(uuid::Uuid::nil()));
    service::reset_by_staff(&caller.0, user).await.map_err(|e| caller.refuse(&e))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which roles need a second factor.
#[utoipa::path(get, path = "/sign-in-rules", tag = "users", responses((status = 200, body = SignInRulesDto), (status = 403, body = Problem)))]
pub async fn rules(caller: Caller) -> Answer<Json<SignInRulesDto>> {
    let roles = rules::roles(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    Ok(Json(SignInRulesDto { second_factor_roles: roles.iter().map(|role| role.name().to_owned()).collect() }))
}

/// Sets which roles need a second factor. It holds from everybody's next request.
#[utoipa::path(put, path = "/sign-in-rules", tag = "users", request_body = SignInRulesDto, responses((status = 200, body = SignInRulesDto), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn set_rules(caller: Caller, body: Body<SignInRulesDto>) -> Answer<Json<SignInRulesDto>> {
    let refuse = |e: AppError| caller.refuse(&e);
    rules::roles(&caller.0).await.map_err(refuse)?;
    let mut roles = Vec::new();
    for name in &body.value.second_factor_roles {
        let unknown = || AppError::Invalid(FieldErrors::one("second_factor_roles", format!("no such role: {name}")));
        roles.push(Role::parse(name).ok_or_else(|| refuse(unknown()))?);
    }
    rules::set_roles(&caller.0, &roles).await.map_err(refuse)?;
    let kept = rules::roles(&caller.0).await.map_err(refuse)?;
    Ok(Json(SignInRulesDto { second_factor_roles: kept.iter().map(|role| role.name().to_owned()).collect() }))
}
